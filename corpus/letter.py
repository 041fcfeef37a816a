"""Letters of ministries with their answers: what the pages before the answers say (sources.md, section 6.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from corpus.body import asked_numbers
from corpus.cleaning import no_room, wrapped_at
from corpus.dates import dutch_date
from corpus.header import Header, asked_in_prose, asked_on, clean_subject, read_header
from corpus.joining import flowing
from corpus.labels import label_at, number_at
from corpus.manuscript import BlockKind, Line, cells
from corpus.ministries import known_name_at
from corpus.officials import officials_in
from corpus.records import Member, Official
from corpus.signatures import columns, named, signatures

_SIGNS = re.compile(
    r"(?:Retouradres|uw brief van|On(?:s|ze) (?:kenmerk|referentie)|Geachte voorzitter|Hoogachtend|Postbus 2001[78]"
    r"|(?:Aan:? )?de voorzitter(?: van de (?:Tweede|Eerste) Kamer)?\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(
    r"\s*(?:De\s+)?(?:Antwoord(?:en)?|Beantwoording)\s+(?:van|door|op)\b.*?\b(?:Kamer)?vragen\b.*?\b(?:Kamer)?(?:lid|leden)\b",
    re.IGNORECASE | re.DOTALL,
)
_BY = re.compile(
    r"^\s*Antwoord(?:en)?\s+(?:van|door)\s+(?P<by>.*?)\s+op\s+(?:de\s+)?(?:schriftelijke\s+)?(?:Kamer)?vragen\b",
    re.I | re.S,
)
_NAMED_FIRST = re.compile(
    r"\b(?:mevrouw|de heer|mw\.|dhr\.)\s+([^,()]{3,60}?),\s+(?:de\s+)?(minister|staatssecretaris)\s+(?:van|voor)\s+"
    r"(.+?)"
    r"(?=,?\s+en\s+(?:mevrouw|de heer|mw\.|dhr\.)|,?\s*\Z)",
    re.IGNORECASE,
)
"""An official named before the office: "mevrouw Quispel, minister voor Buitenlandse Handel"."""
_OF = re.compile(
    r"\b(?:kamer)?vragen\s+(?:van|gesteld door)\s+(?:het van\s+)?(?=(?:het|de)?\s*(?:kamer)?(?:lid|leden)\b)",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"\s*(?:Datum|Betreft|Onderwerp|Aan de|De voorzitter|> Retour|Bij beantwoording)\b|\s*>", re.IGNORECASE
)
_FIELD = re.compile(
    r"(?:Geachte|(?:Ons|Onze|Uw)\s+(?:kenmerk|referentie|brief)|Bijlage|Kenmerk|Hierbij|Hiermee|Op \d"
    r"|In (?:antwoord|reactie)|Ministerie|Postbus|Directie|Contact)\b",
    re.IGNORECASE,
)
"""What begins another field of a letter's table, or the letter itself."""
_DEFERS = re.compile(
    r"\bvragen\b.{0,300}\bniet\b.{0,120}\b(?:beantwoord|beantwoorden|termijn)\b|\buitstel(?:bericht)?\b",
    re.IGNORECASE | re.DOTALL,
)
_ALSO_FOR = re.compile(r"\bmede\s+namens\s+(?=(?:de|het)?\s*(?:minister|staatssecretaris))", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:deel|doe|bied|zend|stuur|dat|ontvang\w*|hierbij|beantwoord|informeer|bericht|meld|(?:de|het|mijn|onze)\s+(?:antwoord|reactie|beantwoording)\w*|u)\b"
    r"|\.\s",
    re.IGNORECASE,
)


_OFFICIAL_HEADING = re.compile(
    r"\s*(?:Schriftelijke )?Vragen van (?:het (?:Kamer)?lid|de (?:Kamer)?leden)\b.{3,300}?\baan (?:de|het) "
    r"(?:minist|staatssecr)"
)
_COMMITTEE = re.compile(
    r"\bvragen\s+(?:van|die)\s+(?:de\s+)?(?P<who>(?:(?:vaste|algemene|tijdelijke)\s+)?(?:Kamer)?commissie\s.{3,120}?)\s+"
    r"(?:(?:(?:aan\s+)?(?:mij|ons)\s+)?(?:op\s+\d{1,2}\s\w+\s\d{4}\s+)?(?:heeft|hebben)\s+gesteld\s+)?over\s+(?P<about>.+?)\.(?=\s|$)(?<!nr\.)",
    re.IGNORECASE,
)
"""The committee whose questions a letter answers, and what they are about."""
HEADING_LINES = 5
"""A heading takes so many lines at most."""
BESIDE = 3
"""So many characters what stands below the name of a field may be out of its column."""
DEFERRAL = 4_000
"""A letter that only puts answers off has at most so many characters."""
SENTENCE = 60
"""A line of so many characters belongs to the running text of a letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's header, and the line that heads its answers, before which there are no labels."""

    header: Header
    heading_line: int


def find_letter(lines: Sequence[Line], kept: Sequence[int]) -> Letter | None:
    """Read the letter that a text is; None when it is none."""
    first_label = _first_label(lines, kept)
    if first_label is None:
        if (deferral := _deferral(lines, kept)) is not None:
            return deferral
        first_label = _headed_questions(lines, kept) or _asking_numbers(lines, kept)
    if first_label is None:
        return None
    before = [place for place in kept if place < first_label]
    if len(before) < 4 or not _SIGNS.search("\n".join(lines[place].text for place in before)):
        return None
    heading_line = next((place for place in reversed(before) if _heads(lines, before, place)), -1)
    opening = [place for place in before if place < heading_line] if heading_line >= 0 else before
    texts = [" ".join(lines[place].text.split()) for place in opening]
    heading = flowing(_heading(lines, before, heading_line)) if heading_line >= 0 else ""
    wide = _wide(lines, opening)
    subject_line = _after(wide, "Onderwerp") or _after(wide, "Betreft")
    table = [cells(lines[place].text) for place in opening]
    answered = _sent(texts, table)
    body = flowing(texts)
    asked = asked_on(body) or dutch_date(_field(table, "uw brief van", "uw brief"))
    header = _header(heading or subject_line, answered)
    if not header.askers or not header.subject:
        other = _header(subject_line, answered)
        header = replace(header, askers=header.askers or other.askers, subject=header.subject or other.subject)
        header = replace(header, addressees=header.addressees or other.addressees)
    if not any(asker.party for asker in header.askers) or not header.subject:
        other = asked_in_prose(body, answered)
        if any(asker.party for asker in other.askers):
            header = replace(header, askers=())
        header = replace(header, askers=header.askers or other.askers, subject=header.subject or other.subject)
        header = replace(header, addressees=header.addressees or other.addressees)
    if not header.askers and (committee := _COMMITTEE.search(body)):
        asker = Member(" ".join(committee.group("who").split()), "")
        header = replace(header, askers=(asker,), subject=clean_subject(committee.group("about")))
    also = _also_for(body, answered)
    signed = tuple(dict.fromkeys([*signatures(columns(lines, opening), answered), *also]))
    speakers = named(_together(_known_by_name(header.speakers, signed) or signed, also), signed)
    return Letter(
        replace(header, answered=answered, asked=header.asked or asked, speakers=speakers, answer=True),
        heading_line if heading_line >= 0 else before[-1],
    )


def _header(heading: str, answered: date | None) -> Header:
    by = _BY.match(heading)
    of = _OF.search(heading)
    phrase = "Vragen van " + heading[of.end() :] if of else ""
    header = read_header(phrase, answered=answered)
    speakers = officials_in(_NAMED_FIRST.sub(r"\2 \1 (\3)", by.group("by")), answered) if by else ()
    return replace(
        header, speakers=speakers, subject=clean_subject(re.sub(r",?\s*nr\.?\s*\S+\)?$", "", header.subject))
    )


def _deferral(lines: Sequence[Line], kept: Sequence[int]) -> Letter | None:
    """The letter that puts answers off; None when it is none."""
    text = "\n".join(lines[place].text for place in kept)
    if len(kept) < 6 or len(text) > DEFERRAL or not (_SIGNS.search(text) and _DEFERS.search(text)):
        return None
    first = next(
        (place for place in kept if len(lines[place].text) >= SENTENCE and not _ROW.match(lines[place].text)), 0
    )
    opening = [place for place in kept if place < first]
    texts = [" ".join(lines[place].text.split()) for place in kept]
    body = flowing(texts)
    answered = _sent(texts, [cells(lines[place].text) for place in kept])
    header = asked_in_prose(body, answered)
    signed = tuple(dict.fromkeys([*signatures(columns(lines, kept), answered), *_also_for(body, answered)]))
    if not opening or not signed or not header.askers:
        return None
    asked = asked_on(body)
    return Letter(replace(header, answered=answered, asked=asked, speakers=signed, deferral=True), opening[-1])


def _first_label(lines: Sequence[Line], kept: Sequence[int]) -> int | None:
    """The line of the first label with a number; where questions have numbers only, that of the first of them."""
    labels = [label for place in kept if (label := label_at(place, lines[place]))]
    first = next((label for label in labels if label.numbers), None)
    if first is not None and first.kind is not BlockKind.ANSWER:
        return first.line
    answer = next((label.line for label in labels if label.kind is BlockKind.ANSWER), -1)
    ones = (
        place for place in kept if place < answer and (one := number_at(place, lines[place])) and one.numbers == (1,)
    )
    return max(ones, default=first.line if first else None)


def _headed_questions(lines: Sequence[Line], kept: Sequence[int]) -> int | None:
    """The line of a question 1 without a word, right below the heading "Vragen"."""
    for heading, place in pairwise(kept):
        label, number = label_at(heading, lines[heading]), number_at(place, lines[place])
        if label and label.kind is BlockKind.QUESTION and number and number.numbers == (1,):
            return place
    return None


def _asking_numbers(lines: Sequence[Line], kept: Sequence[int]) -> int | None:
    """The line "1. …?" of a letter that answers each question right below it, without any heading.

    The number may stand on a line of its own.
    """
    bare = [label for place in kept if (label := number_at(place, lines[place]))]
    if not any(label.numbers == (1,) for label in bare):
        bare = [label for place in kept if (label := number_at(place, lines[place], bare=True))]
    asked = asked_numbers(lines, kept, bare)
    asking_ones = [label for label in bare if label.line in asked]
    numbers = [label.numbers[0] for label in asking_ones]
    return asking_ones[0].line if len(asking_ones) > 1 and numbers[:2] == [1, 2] else None


def _heads(lines: Sequence[Line], before: Sequence[int], place: int) -> bool:
    """Whether a line begins the heading above questions and answers, which may take several lines."""
    text = flowing(lines[other].text for other in before if place <= other < place + HEADING_LINES)
    return _HEADING.match(text) is not None or _OFFICIAL_HEADING.match(text) is not None


def _heading(lines: Sequence[Line], before: Sequence[int], first: int) -> list[str]:
    """The lines of the heading that begins on line `first`: those of its paragraph, and what stands in brackets."""
    texts: list[str] = []
    last = first
    for place in (place for place in before if place >= first):
        if place - last > 1 and not lines[place].text.lstrip().startswith("("):
            break
        texts.append(lines[place].text)
        last = place
    return texts


def _sent(texts: list[str], table: Sequence[list[tuple[int, str]]]) -> date | None:
    """The day of a letter: in its table, or a date on a line of its own."""
    named = dutch_date(_after(texts, "Datum")) or dutch_date(_field(table, "datum", "den haag", "’s-gravenhage"))
    return named or next((day for text in texts if (day := _bare_date(text))), None)


def _field(table: Sequence[list[tuple[int, str]]], *names: str) -> str:
    """What stands beside or below the name of a field, where several are side by side; "" where none has the name."""
    for place, row in enumerate(table):
        for index, (column, cell) in enumerate(row):
            if cell.casefold().rstrip(": ") not in names:
                continue
            below = table[place + 1] if place + 1 < len(table) else []
            under = next((text for start, text in below if abs(start - column) <= BESIDE), "")
            beside = row[index + 1][1] if index + 1 < len(row) else ""
            return next((text for text in (under, beside) if dutch_date(text)), under or beside)
    return ""


def _also_for(body: str, answered: date | None) -> tuple[Official, ...]:
    """On whose behalf the letter is written too: "deel ik u, mede namens de Staatssecretaris van …, mee"."""
    match = _ALSO_FOR.search(body)
    if match is None:
        return ()
    phrase = body[match.end() : match.end() + 250]
    stop = _GOES_ON.search(phrase)
    found = officials_in(phrase[: stop.start()] if stop else phrase, answered)
    return tuple(official for official in found if known_name_at(official.ministry, 0) == len(official.ministry))


def _known_by_name(speakers: tuple[Official, ...], signed: tuple[Official, ...]) -> tuple[Official, ...]:
    """The speakers, with the ministry in the signature for one who has a name in its place: "minister Stroop"."""
    signers = {official.name.casefold(): official for official in signed if official.name}
    return tuple(
        signers.get(official.ministry.casefold(), official) if not official.name else official for official in speakers
    )


def _together(speakers: tuple[Official, ...], also: tuple[Official, ...]) -> tuple[Official, ...]:
    """The speakers, and behind them those on whose behalf they write who hold an office that none of them has."""
    held = {(official.office, official.ministry) for official in speakers}
    return (*speakers, *(official for official in also if (official.office, official.ministry) not in held))


def _after(texts: list[str], word: str) -> str:
    """What stands after a word in the letter's table: on the same line, or on the next."""
    for place, text in enumerate(texts):
        if re.match(rf"{word}\b\s*:?\s*", text, re.IGNORECASE):
            rest = re.sub(rf"^{word}\b\s*:?\s*\|?\s*", "", text, flags=re.IGNORECASE)
            return rest or (texts[place + 1] if place + 1 < len(texts) else "")
    return ""


def _wide(lines: Sequence[Line], places: Sequence[int]) -> list[str]:
    """The lines of a letter's table, each with those below it on which it goes on."""
    texts: list[str] = []
    width = wrapped_at([line.text for line in lines])
    last = -2
    for place in places:
        text = lines[place].text.strip()
        full = place - 1 == last and no_room(lines[last].text.rstrip(), text, width)
        if full and not _ROW.match(text) and not _FIELD.match(text):
            texts[-1] = flowing((texts[-1], text))
        else:
            texts.append(text)
        last = place
    return [" ".join(text.split()) for text in texts]


def _bare_date(text: str) -> date | None:
    return dutch_date(text) if len(text) < 30 else None
