"""Letters of ministries with their answers: what the pages before the answers say (sources.md, section 6.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.dates import dutch_date
from corpus.header import Header, clean_subject, read_header
from corpus.labels import label_at
from corpus.manuscript import Line
from corpus.officials import family_name, officials_in
from corpus.records import Official

_SIGNS = re.compile(r"(?:Retouradres|uw brief van|Ons kenmerk|Aan de Voorzitter|Postbus 2001[78])", re.IGNORECASE)
_HEADING = re.compile(
    r"\s*(?:Antwoord(?:en)?|Beantwoording)\s+(?:van|door|op)\b.*?\b(?:Kamer)?vragen\b.*?\b(?:lid|leden)\b",
    re.IGNORECASE | re.DOTALL,
)
_BY = re.compile(
    r"^\s*Antwoord(?:en)?\s+(?:van|door)\s+(?P<by>.*?)\s+op\s+(?:de\s+)?(?:schriftelijke\s+)?(?:Kamer)?vragen\b",
    re.I | re.S,
)
_OF = re.compile(
    r"\b(?:kamer)?vragen\s+(?:van|gesteld door)\s+(?:het van\s+)?(?=(?:het|de)?\s*(?:kamer)?(?:lid|leden)\b)",
    re.IGNORECASE,
)
_OFFICE_LINE = re.compile(
    r"\s*(?:,?\s*en\s+)?(?:mede\s+namens\s+)?(?:de\s+|het\s+)?(?:minister|staatssecretaris|minister-president)\b", re.I
)
_NAME = re.compile(
    r"\s*(?:(?:drs|dr|mr|ir|ing|prof)\.\s*)*(?:[A-ZÀ-Ý][a-z]?h?\.\s?-?)+\s*(?:\([^)]*\)\s*)?(?:[a-z’']+\s+)*[A-ZÀ-Ý][\w’'-]+(?:\s*[-–]?\s*[\w’'-]+){0,4}\s*"
)
_BRIEF = re.compile(r"uw\s+brief\s+van\s+(.{6,30}?\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's header, and the line that heads its answers, before which there are no labels."""

    header: Header
    heading_line: int


def find_letter(lines: Sequence[Line], kept: Sequence[int]) -> Letter | None:
    """Read the letter that a text is; None when it is none."""
    first_label = next((place for place in kept if (label := label_at(place, lines[place])) and label.numbers), None)
    if first_label is None:
        return None
    before = [place for place in kept if place < first_label]
    if len(before) < 4 or not _SIGNS.search("\n".join(lines[place].text for place in before)):
        return None
    heading_line = next((place for place in reversed(before) if _HEADING.match(lines[place].text)), -1)
    opening = [place for place in before if place < heading_line] if heading_line >= 0 else before
    texts = [" ".join(lines[place].text.split()) for place in opening]
    heading = " ".join(" ".join(lines[place].text for place in before if place >= heading_line >= 0).split())
    subject_line = _after(texts, "Onderwerp")
    answered = dutch_date(_after(texts, "Datum")) or next((day for text in texts if (day := _bare_date(text))), None)
    body = " ".join(texts)
    asked_line = _BRIEF.search(body)
    asked = dutch_date(asked_line.group(1)) if asked_line else None
    header = _header(heading or subject_line, answered)
    if not header.askers or not header.subject:
        other = _header(subject_line, answered)
        header = replace(header, askers=header.askers or other.askers, subject=header.subject or other.subject)
        header = replace(header, addressees=header.addressees or other.addressees)
    signed = _signatures(texts, answered)
    speakers = _named(header.speakers or signed, signed)
    return Letter(
        replace(header, answered=answered, asked=header.asked or asked, speakers=speakers, answer=True),
        heading_line if heading_line >= 0 else before[-1],
    )


def _header(heading: str, answered: date | None) -> Header:
    by = _BY.match(heading)
    of = _OF.search(heading)
    phrase = "Vragen van " + heading[of.end() :] if of else ""
    header = read_header(phrase, answered=answered)
    speakers = officials_in(by.group("by"), answered) if by else ()
    return replace(
        header, speakers=speakers, subject=clean_subject(re.sub(r",?\s*nr\.?\s*\S+\)?$", "", header.subject))
    )


def _after(texts: list[str], word: str) -> str:
    """What stands after a word in the letter's table: on the same line, or on the next."""
    for place, text in enumerate(texts):
        if re.match(rf"{word}\b\s*:?\s*", text, re.IGNORECASE):
            rest = re.sub(rf"^{word}\b\s*:?\s*\|?\s*", "", text, flags=re.IGNORECASE)
            return rest or (texts[place + 1] if place + 1 < len(texts) else "")
    return ""


def _bare_date(text: str) -> date | None:
    return dutch_date(text) if len(text) < 30 else None


def _signatures(texts: list[str], answered: date | None) -> tuple[Official, ...]:
    """The officials who sign: an office on a line of its own, the name on the next; "mede namens" after them."""
    signed: list[Official] = []
    also: list[Official] = []
    for place, text in enumerate(texts):
        if len(text) > 160 or not _OFFICE_LINE.match(text):
            continue
        officials = officials_in(text, answered)
        if re.match(r"\s*mede\s+namens", text, re.IGNORECASE):
            also.extend(officials)
            continue
        name = next((family_name(other) for other in texts[place + 1 : place + 3] if _NAME.fullmatch(other)), "")
        signed.extend(Official(name or official.name, official.office, official.ministry) for official in officials)
    return tuple(dict.fromkeys([*signed, *also]))


def _named(speakers: tuple[Official, ...], signed: tuple[Official, ...]) -> tuple[Official, ...]:
    """Speakers with the names of those who signed for the same office; without a match, the only name goes first."""
    names = {(official.office, official.ministry): official.name for official in signed if official.name}
    result = [
        official
        if official.name
        else Official(names.get((official.office, official.ministry), ""), official.office, official.ministry)
        for official in speakers
    ]
    if result and not any(official.name for official in result) and len(names) == 1:
        result[0] = Official(next(iter(names.values())), result[0].office, result[0].ministry)
    return tuple(result)
