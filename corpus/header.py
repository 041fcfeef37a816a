"""The header of a Kamervraag: who asks, who answers, about what, when, and which other papers belong to it.

Shapes in sources.md, sections 4.3, 6.1 and 6.2. The header comes as one string of running text; every part of
it may be missing, and brackets and spaces may be damaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.dates import dutch_date, session_year_on
from corpus.members import members_in
from corpus.officials import officials_in
from corpus.records import Member, Official

IDENTIFIER = re.compile(r"\b(?:ah-(?:tk|ek)-\d{8}-\d+|ah-\d{5,8}|kv-(?:tk|ek)-\d{4}Z\d{5})\b")
QUESTION_ID = re.compile(r"\b(20\d{2}|19\d{2})\s?Z\s?(\d{5})\b")

_ASKED = re.compile(
    r"\b(?:Mondelinge\s+|Schriftelijke\s+)?Vra(?:gen|ag)\s+(?:van|gesteld door)\s*"
    r"(?=(?:het|de)?\s*(?:kamer)?(?:lid|leden)\b|(?:het|de)\s*(?:lid|leden))",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(Nader\s+antwoord|Antwoord(?:en)?|Mededeling|Reactie)\s*van\s*(?=de\b|het\b|minist|minst|staatss)",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"\(?\s*ont\s?vangen\s*:?\s*([^)]{6,40}?\d{4})", re.IGNORECASE)
_SUBMITTED = re.compile(r"\(?\s*in\s?gezonden\s*:?\s*([^)]{6,40}?\d{4})", re.IGNORECASE)
_TOLD = re.compile(
    r",?\s*\(?\bop\s+(\d{1,2}\s\w+\s\d{4})\s+mede\s?gedeeld\b|,?\s*\(?\bmede\s?gedeeld\s+op\s+(\d{1,2}\s\w+\s\d{4})\b\)?",
    re.IGNORECASE,
)
"""When the Eerste Kamer passed the questions on."""
_SEE_ALSO = re.compile(
    r"Aanhangsel\)?(?:\s+(?:van\s+de|der))?(?:\s+Handelingen)?,?(?:\s+(?P<house>I{1,2}))?,?\s*(?:vergaderjaar\s*)?"
    r"(?P<first>\d{4})\s*[-–/]{1,2}\s*(?P<last>\d{2,4})\s*,?\s*(?:aanhangsel\s*)?(?:nrs?\.?|nummers?)\s*(?P<number>\d+(?:\s*(?:,|en)\s*\d+(?!\d*\s*\d{3}\b))*)",
    re.IGNORECASE,
)
_LOOSE_IDENTIFIER = re.compile(r"\bah-(tk|ek)-(\d{4})[-–]?(\d{4})[-–](\d+)\b")
_CASE = re.compile(
    r"\b(?:vraagnummer|zaaknummer|kenmerk|ingezonden vragen|nr\.?)\s*:?\s*\(?(\d{4}Z\d{5})\b", re.IGNORECASE
)
_CASE_NUMBER = re.compile(r"[Zz]\d{5}")
_LEADS_UP = re.compile(
    r",\s*(?:die|welke)\s+(?:(?:zijn|is|werden|werd|waren)\s*\Z|(?:u\s+)?op\s+\d{1,2}\s\w+\s\d{4}\b.*)", re.IGNORECASE
)
"""What is left of a clause that tells when the questions were sent in."""
_OVER = re.compile(r"\bover\s*(?=[^\s])|\binzake\s+|\bnaar aanleiding van\s+|(?<=van het)\s+(?=bericht)", re.IGNORECASE)
_TO = re.compile(r"(?:(?<=\))|\s)aan\s*(?:de|het)?\s*(?=(?:vice-?)?\s?minist|minster|staatss)", re.IGNORECASE)
_SESSION = re.compile(r"ergaderjaar\s+(\d{4})\s*[-–]\s*(\d{4})")
_REFERENCE = re.compile(
    r"\s*\(\s*(?:met )?(?:(?:uw )?kenmerk\b|\d{4}\s?Z\s?\d{5})|,?\s+met\s+kenmerk\s+\d", re.IGNORECASE
)
"""What ends a subject: the number of its case."""
_NAMES = (
    r"(?:(?!\b(?:geachte|hier(?:bij|mee)|bijgaand|mede namens|vragen|hebben|heeft"
    r"|(?:onze?|uw)\s(?:kenmerk|referentie|brief))\b).)+?"
)
"""Names of members, as far as no other sentence or field of a letter begins."""
_ASKED_IN_PROSE = re.compile(
    rf"(?:schriftelijke\s+)?(?:kamer)?vragen\s+(?:(?:toe)?(?:zond|stuurde|gezonden)\s+)?"
    rf"(?:van|(?:die\s+(?:u?\s?op\s+\d{{1,2}}\s\w+\s\d{{4}}\s+)?(?:zijn|werden)\s+)?gesteld\s+door)\s+(?P<one>(?:het|de)\s+(?:kamer)?(?:lid|leden)\s{_NAMES})"
    r"\s+(?:aan\s+(?:de|het)\s+(?P<to>.+?)\s+)?(?:over|inzake)\s+(?P<about>.+?)"
    r"\s*(?:\((?:\d{4}Z\d{5}|ingezonden|(?:met )?kenmerk)|,?\s*(?:kunnen|kan|worden|zijn)\b.{0,40}(?:niet|beantwoord)"
    r"|\s(?:binnen\s+de\s+(?:\w+\s)?termijn|,?(?:deel|bericht|meld|antwoord|beantwoord|informeer)\s+ik|(?:treft|ontvangt)\s+u)\b"
    r"|\.(?:\s|\Z))"
    r"|(?:hebben|heeft)\s+(?P<two>(?:het\s+(?:kamer)?lid|de\s+(?:kamer)?leden)\s.+?)\s+(?:(?:aan\s+)?(?:mij|ons|u)\s+)?(?:schriftelijke\s+)?(?:kamer)?vragen"
    r"\s+gesteld\s+(?:aan\s+(?:de|het)\s+(?P<to2>.+?)\s+)?over\s+(?P<about2>.+?)\.(?:\s|\Z)"
    rf"|(?:kamer)?vragen\s+die\s+(?P<three>(?:het\s+(?:kamer)?lid|de\s+(?:kamer)?leden)\s{_NAMES})"
    r"(?:\s+op\s+\d{1,2}\s\w+(?:\s\d{4})?)?\s+(?:heeft|hebben)\s+gesteld"
    r"\s+(?:aan\s+(?:de|het)\s+(?P<to3>.+?)\s+)?over\s+(?P<about3>.+?)\.(?:\s|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_FULL_STOP = re.compile(r"(?<=[a-zà-ÿ]{5})\.\Z")
_ASKED_ON = re.compile(
    r"uw\s+brief\s+van\s+.{6,30}?\d{4}|\bin\s?gezonden\s+(?:op\s+)?[^()]{6,24}?\d{4}"
    r"|\bop\s+\d{1,2}\s\w+\s\d{4}\s+(?:(?:zijn|is|werden|werd|waren)\s+in\s?gezonden"
    r"|(?:(?:zijn|werden)\s+)?(?:in\s?gezonden|gesteld\b|(?:heeft|hebben)\s+gesteld))"
    r"|(?<=\))\s+van\s+\d{1,2}\s\w+\s\d{4}\s+(?=(?:over|inzake|aan)\b)"
    r"|\bOp\s+\d{1,2}\s\w+\s\d{4}\s+(?=(?:hebben|heeft)\s+(?:(?:het|de)\s|gesteld\b))",
    re.IGNORECASE,
)
_SENT_BEHIND = re.compile(r",?\s*\(?\bin\s?gezonden\b.*|\s+van\s+\d{1,2}\s\w+\s\d{4}\b.*", re.IGNORECASE | re.DOTALL)
_FICTITIOUS = re.compile(r"[\s(\[]*\bFICTIEF\b[\s)\]:.–-]*")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says; empty and None where it does not. `deferral`: a Mededeling instead of an answer."""

    subject: str = ""
    askers: tuple[Member, ...] = ()
    addressees: tuple[Official, ...] = ()
    speakers: tuple[Official, ...] = ()
    asked: date | None = None
    answered: date | None = None
    related: tuple[str, ...] = ()
    deferral: bool = False
    answer: bool = False


def read_header(text: str, subject: str = "", asked: date | None = None, answered: date | None = None) -> Header:
    """Understand a header's running text; `subject` and the dates, where given, are those of the metadata."""
    text = " ".join(text.split())
    question_match = _ASKED.search(text)
    answer_match = _last_before_body(text, question_match)
    question = ""
    if question_match:
        stop = answer_match.start() if answer_match and answer_match.start() > question_match.start() else len(text)
        question = text[question_match.end() : stop]
    told = _TOLD.search(question)
    question = _TOLD.sub("", question)
    answer = text[answer_match.start() :] if answer_match else ""
    asked = asked or _when(_SUBMITTED, text) or (dutch_date(told.group()) if told else None)
    answered = answered or _when(_RECEIVED, answer or text)
    addressing = _question_parts(question)
    on_asked = asked or answered
    speakers: tuple[Official, ...] = ()
    if answer_match:
        speakers = officials_in(_signature(answer), answered or asked)
    house = "ek" if re.search(r"Eerste Kamer der Staten-Generaal", text) else "tk"
    return Header(
        subject=clean_subject(subject or addressing.subject),
        askers=members_in(addressing.askers),
        addressees=officials_in(addressing.addressees, on_asked),
        speakers=speakers,
        asked=asked,
        answered=answered,
        related=related_papers(text, house),
        deferral=bool(answer_match and answer_match.group(1).lower() == "mededeling"),
        answer=bool(answer_match and answer_match.group(1).lower() != "mededeling"),
    )


@dataclass(frozen=True, slots=True)
class _Addressing:
    askers: str
    addressees: str
    subject: str


def _question_parts(question: str) -> _Addressing:
    """ "het lid X (P) aan de Minister van A over S (ingezonden …)" in its three parts."""
    submitted = _SUBMITTED.search(question)
    question = question[: submitted.start()].strip(" (") if submitted else question.strip(" .(")
    to = _TO.search(question)
    if to is None:
        over = _OVER.search(question)
        if over is None:
            return _Addressing(question, "", "")
        return _Addressing(question[: over.start()], "", question[over.end() :])
    askers = question[: to.start()]
    rest = question[to.end() :]
    over = _OVER.search(rest)
    if over is None:
        return _Addressing(askers, rest, "")
    return _Addressing(askers, rest[: over.start()], rest[over.end() :])


def clean_subject(subject: str) -> str:
    """A subject without the date and number that follow it, and without the word FICTIEF."""
    subject = _LEADS_UP.sub("", _REFERENCE.split(_SUBMITTED.split(subject)[0])[0])
    subject = _FULL_STOP.sub("", " ".join(subject.split()).strip(" ,;("))
    subject = _FICTITIOUS.sub(" ", subject).strip()
    return subject


def asked_on(text: str) -> date | None:
    """The day on which questions were sent in, as a sentence of a letter or a notice tells it."""
    match = _ASKED_ON.search(text)
    return dutch_date(match.group()) if match else None


def asked_in_prose(text: str, answered: date | None) -> Header:
    """Who asked whom about what, as a sentence of a letter or a notice tells it; an empty header where none does.

    Of several sentences the first that tells the askers' parties, else the first of all.
    """
    found: list[Header] = []
    place = 0
    while match := _ASKED_IN_PROSE.search(text, place):
        # A line without a full stop, such as a subject, runs on into the sentence that tells more.
        place = match.start() + 1
        about = match.group("about") or match.group("about2") or match.group("about3")
        to = match.group("to") or match.group("to2") or match.group("to3") or ""
        who = _SENT_BEHIND.sub("", match.group("one") or match.group("two") or match.group("three"))
        phrase = f"Vragen van {who}{f' aan de {to}' if to else ''} over {about}"
        found.append(read_header(phrase, answered=answered))
        if any(asker.party for asker in found[-1].askers):
            return found[-1]
    return found[0] if found else Header()


def related_papers(text: str, house: str = "tk") -> tuple[str, ...]:
    """Identifiers of the papers that a text names: "Zie ook Aanhangsel Handelingen, vergaderjaar 2024–2025, nr. 505".

    A paper of questions is named by its zaaknummer ("vraagnummer 2024Z14814").
    """
    found: list[tuple[int, str]] = []
    lower = text.lower()
    for match in _SEE_ALSO.finditer(text) if "aanhangsel" in lower else ():
        first = match.group("first")
        last = first[: 4 - len(match.group("last"))] + match.group("last")
        chamber = {"I": "ek", "II": "tk"}.get((match.group("house") or "").upper(), house)
        for number in re.findall(r"\d+", match.group("number")):
            found.append((match.start(), f"ah-{chamber}-{first}{last}-{int(number)}"))
    for match in _LOOSE_IDENTIFIER.finditer(text) if "ah-" in lower else ():
        found.append((match.start(), "ah-{}-{}{}-{}".format(*match.groups())))
    for match in _CASE.finditer(text) if _CASE_NUMBER.search(text) else ():
        found.append((match.start(), f"kv-{house}-{match.group(1)}"))
    return tuple(dict.fromkeys(identifier for _, identifier in sorted(found)))


def session_year(text: str, answered: date | None, asked: date | None) -> str | None:
    """The vergaderjaar that the head or foot of the paper names, else that of its date; None without both."""
    match = _SESSION.search(text)
    if match:
        return f"{match.group(1)}-{match.group(2)}"
    day = answered or asked
    return session_year_on(day) if day else None


def question_ids(text: str) -> tuple[str, ...]:
    """The zaaknummers in a text, each once, without the space that some have ("2024Z 17972")."""
    return tuple(dict.fromkeys(f"{year}Z{number}" for year, number in QUESTION_ID.findall(text)))


def is_fictitious(text: str) -> bool:
    """Whether a title calls its paper FICTIEF."""
    return "FICTIEF" in text


def _last_before_body(text: str, question: re.Match[str] | None) -> re.Match[str] | None:
    """The answer's phrase: after the question's, so that "antwoord van de Minister" in a subject does not count."""
    candidates = list(_ANSWERED.finditer(text))
    if question is not None:
        submitted = _SUBMITTED.search(text, question.end())
        after = submitted.end() if submitted else question.end()
        candidates = [match for match in candidates if match.start() >= after or match.start() < question.start()]
        later = [match for match in candidates if match.start() >= after]
        earlier = [match for match in candidates if match.start() < question.start()]
        candidates = later or (earlier if submitted else candidates)
    return candidates[0] if candidates else None


def _signature(answer: str) -> str:
    """The phrase of who answers: up to the date of receipt, or to the end of its sentence."""
    stop = re.search(
        r"\(?\s*ontvangen\b|\bZie ook\b|\bop (?:de )?(?:schriftelijke |Kamer)?vragen\b", answer, re.IGNORECASE
    )
    return answer[: stop.start()] if stop else answer


def _when(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(text)
    return dutch_date(match.group(1)) if match else None
