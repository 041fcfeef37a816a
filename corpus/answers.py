"""What an answer says about itself: what kind it is, whom it points to, and which official speaks."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.ministries import ministry_matches
from corpus.numbers import NUMBERS, question_numbers
from corpus.officials import MINISTER, PRIME_MINISTER, STATE_SECRETARY, officials_in
from corpus.records import AnswerKind, Official

A_WORD = 60
"""An answer of at most so many characters that begins with yes or no is an answer in a word."""
A_POINTER = 420
"""An answer of more characters says more than where to look."""
AN_EXCUSE = 700
"""The same, where the last sentence says where the answer is to be found."""
A_REFUSAL = 160
"""An answer of more characters says more than that it does not answer."""

_BUT = r"(?!.*\b(?:maar|echter|zie|verwijs|mits|tenzij)\b)"
_YES = re.compile(
    r"(?:Ja|Jazeker|Zeker|Akkoord|(?:Dat|Dit) klopt|Klopt|(?:Dat|Dit) is (?:juist|correct|bekend)"
    r"|(?:Dat|Dit) kan ik bevestigen|(?:Die|Deze) mening deel ik|Ik deel (?:die|deze) mening"
    r"|(?:Hier|Daar)(?:mee)? ben ik (?:het |van |er )?(?:mee |op )?(?:eens|bekend|de hoogte)"
    r"|Ik ben (?:hier|daar)(?:mee| van) (?:bekend|op de hoogte))\b(?!.*\b(?:niet|nee)\b)" + _BUT,
    re.I | re.S,
)
_NO = re.compile(
    r"(?:(?:Nee|Neen|Geenszins)\b|(?:(?:Dat|Dit) (?:klopt|deel ik)|(?:Die|Deze) mening deel ik"
    r"|Ik deel (?:die|deze) mening) niet\b"
    r"|(?:Dat|Dit) is (?:niet (?:juist|correct|het geval|zo)|onjuist)\b)" + _BUT,
    re.I | re.S,
)
_REFERENCE = re.compile(
    rf"\b(?:antwoord(?:en)?|beantwoording|reactie|antwoorden?\s+hierboven)\s*(?:(?:op|van|bij|onder)\s+)?(?:de\s+|uw\s+)?(?:(?:schriftelijke\s+)?vra(?:ag|gen)\s+)?(?P<one>{NUMBERS})"
    rf"|\b(?:bij|onder|van|op|en|zie(?:\s+(?:ook|verder|tevens|hiervoor))?)\s+(?:de\s+)?vra(?:ag|gen)\s+(?P<two>{NUMBERS})",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PREVIOUS = re.compile(
    r"\b(?:(?:vorige|voorgaande|bovenstaande|voorafgaande|hiervoor gestelde)\s+(?:vra(?:ag|gen)|antwoord(?:en)?)"
    r"|(?:antwoord(?:en)?|beantwoording)\s+(?:hierboven|hiervoor))|\bzie\s+(?:het\s+antwoord\s+)?(?:hierboven|boven)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\bvolgende\s+(?:vra(?:ag|gen)|antwoord(?:en)?)\b|\bantwoord(?:en)?\s+hieronder\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\s*(?:van\s+(?:het\s+lid|de\s+leden|uw)|uit\s+(?:de\s+)?(?:eerdere|set)|in\s+de\s+(?:eerdere|vorige)\s+set)", re.I
)
_ASKED_OR_ANSWERED = ("vra", "antwoord", "reactie")
_BEFORE = ("vorige", "voorgaande", "boven", "voorafgaande", "hiervoor")
_BEHIND = ("volgende", "hieronder")
_POINTS = re.compile(r"(?<!\()\b(?:zie\b|verwijs|verwezen|verwijzen|verwijzing)", re.IGNORECASE)
_FOR_THE_ANSWER = re.compile(
    r"(?:Voor|Ten aanzien van|Met betrekking tot|Wat betreft)\b[^.]*\b(?:antwoord(?:en)?|beantwoording|reactie)\b[^.]*"
    r"\b(?:verwijs|verwijzen|verwezen)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:brief|brieven|\w*brief|kamerstuk\w*|aanhangsel|nota|rapport|\w*debat|voortgangsrapportage|verslag|bijlage"
    r"|(?:eerdere|schriftelijke)\s+(?:Kamer)?vragen|set\s+vragen|vragen\s+van\s+(?:het\s+lid|de\s+leden))",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\bkom(?:en|t)?\b.{0,60}\b(?:later|separaat|nog|binnenkort)\b.{0,40}\bterug\b"
    r"|\b(?:vra(?:ag|gen)|antwoord(?:en)?|beantwoording)\b.{0,80}"
    r"\b(?:later|separaat|volgt|volgen|uitstel|niet binnen (?:de|drie)"
    r"|(?:zal|zullen|ontvang\w*|stuur) .{0,40}zo (?:spoedig|snel) mogelijk)\b"
    r"|\b(?:later|separaat|(?:zal|zullen) .{0,40}zo (?:spoedig|snel) mogelijk)\b.{0,80}"
    r"\b(?:vra(?:ag|gen)\b.{0,20}\bbeantwoord\w*|antwoord)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:vra(?:ag|gen)|hier(?:op|over|aan)?|daar(?:op|over)?)\b.{0,60}"
    r"\b(?:niet (?:te )?(?:beantwoorden|worden beantwoord)|geen antwoord)"
    r"|\b(?:geen antwoord|niet beantwoorden)\b|^\s*(?:Niet van toepassing|N\.?v\.?t)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!\n]+(?:\.(?=\w)[^.?!\n]+)*[.?!\n]*")
_ABBREVIATED = re.compile(r"\b(nr|nrs|jl|d\.d|blz|p|mr|dr|o\.a|art)\.", re.IGNORECASE)
_VOICE = re.compile(
    r"\b(?:ik|mij|mijn|ikzelf)\s*[,(]\s*(?:als\s+|de\s+)?(?P<office>minister-president|minister|staatssecretaris)(?:\s+(?:van|voor)\s+(?P<ministry>[^),]{2,60}))?\s*[),]",
    re.IGNORECASE,
)


def references(answer: str, own: Collection[int] = (), known: Collection[int] = ()) -> tuple[int, ...]:
    """Numbers of questions of the same paper that an answer points to or mentions, ascending.

    `own`: the numbers of the questions that it answers, `known`: all numbers of the paper; with them "de vorige
    vraag" and "zie hierboven" are understood too.
    """
    numbers: set[int] = set()
    lower = answer.lower()
    for match in _REFERENCE.finditer(answer) if _DIGIT.search(answer) and _holds(lower, _ASKED_OR_ANSWERED) else ():
        if _OTHERS.match(answer, match.end()):
            continue
        numbers.update(question_numbers(match.group("one") or match.group("two")))
    if own and _holds(lower, _BEFORE) and _PREVIOUS.search(answer):
        numbers.update(sorted(number for number in known if number < min(own))[-1:])
    if own and _holds(lower, _BEHIND) and _NEXT.search(answer):
        numbers.update(sorted(number for number in known if number > max(own))[:1])
    return tuple(sorted(numbers))


def _holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of some words occurs, which is looked for before a pattern is searched: it is much quicker."""
    return any(word in text for word in words)


def answer_kind(answer: str, refers: bool) -> AnswerKind:
    """What kind of answer a text is; `refers`: it mentions another answer of the same paper."""
    text = answer.strip()
    if not text:
        return AnswerKind.UNANSWERED
    if len(text) > AN_EXCUSE:
        return AnswerKind.ANSWERED
    if len(text) <= A_POINTER and "\n" not in text and _only_points(text):
        if refers:
            return AnswerKind.REFERRED
        if _ELSEWHERE.search(text):
            return AnswerKind.REFERRED_ELSEWHERE
    sentences = _sentences(text)
    if len(sentences) <= 4 and _FOR_THE_ANSWER.match(sentences[-1]):
        if refers:
            return AnswerKind.REFERRED
        if _ELSEWHERE.search(sentences[-1]):
            return AnswerKind.REFERRED_ELSEWHERE
    if len(text) <= A_WORD:
        if _YES.match(text):
            return AnswerKind.CONFIRMED
        if _NO.match(text):
            return AnswerKind.DENIED
    if len(text) <= A_POINTER and len(sentences) <= 2:
        if any(map(_LATER.search, sentences)):
            return AnswerKind.DEFERRED
        if len(text) <= A_REFUSAL and _REFUSES.search(text):
            return AnswerKind.UNANSWERED
    return AnswerKind.ANSWERED


def _sentences(text: str) -> list[str]:
    """The sentences of an answer, but for a yes or no in front."""
    parts = [part.strip() for part in _SENTENCE.findall(_ABBREVIATED.sub(r"\1", text)) if part.strip()]
    return [part for part in parts if not re.fullmatch(r"(?:Ja|Nee|Neen)[.,]?", part)] or parts or [text]


def _only_points(text: str) -> bool:
    """Whether every sentence says where to look, but for a yes or no in front."""
    telling = _sentences(text)
    return len(telling) <= 2 and all(_POINTS.search(part) for part in telling)


def voices(answer: str, speakers: tuple[Official, ...]) -> tuple[Official, ...]:
    """Who of `speakers` answers: the one whom "Ik (Minister)" or "Ik (Staatssecretaris)" names, or all."""
    if len(speakers) < 2:
        return speakers
    named: dict[Official, None] = {}
    for match in _VOICE.finditer(answer):
        fitting = [official for official in speakers if _fits(official, match)]
        if len(fitting) != 1:
            return speakers
        named[fitting[0]] = None
    return tuple(named) if len(named) == 1 else speakers


def named_by(label: str, speakers: tuple[Official, ...]) -> tuple[Official, ...]:
    """Who of `speakers` a label names ("Antwoord vraag 1 (staatssecretaris van Financiën)"); () when not sure."""
    found = []
    for named in officials_in(label):
        fitting = [
            official
            for official in speakers
            if official.office == named.office and (not named.ministry or named.ministry == official.ministry)
        ]
        if len(fitting) != 1:
            return ()
        found.extend(fitting)
    return tuple(dict.fromkeys(found))


def _fits(official: Official, voice: re.Match[str]) -> bool:
    word = voice.group("office").lower()
    office = {"minister-president": PRIME_MINISTER, "minister": MINISTER}.get(word, STATE_SECRETARY)
    if official.office != office:
        return False
    ministry = voice.group("ministry")
    return ministry is None or ministry_matches(ministry, official.ministry) or official.ministry == ministry.strip()
