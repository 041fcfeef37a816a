"""Lists of questions and answers of committees (feitelijke vragen): what the lines before the first question say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.dates import dutch_date
from corpus.header import Header, clean_subject
from corpus.labels import label_at, number_at
from corpus.manuscript import Line
from corpus.officials import family_name, officials_in
from corpus.records import Member, Official
from corpus.signatures import columns, named, signatures

OPENING = 60
"""The title stands within so many lines from the top."""

_TITLE = re.compile(
    r"\s*(?:Nr\.\s*\d{1,4}\s+)?(?:VERSLAG HOUDENDE EEN |INBRENG )?"
    r"LIJST VAN (?:FEITELIJKE )?VRAGEN(?: EN ANTWOORDEN)?\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\bDe (?P<who>(?:\w+ )?commissie\b.{0,120}?) (?:heeft|hebben)\b.{0,60}?\bvragen\b.{0,40}? aan (?:de |het )?"
    r"(?P<to>.{5,160}?) (?:over|inzake|naar aanleiding van) (?P<about>.+?)\.(?=\s|$)(?<!nr\.)(?<!d\.d\.)"
)
_DOSSIER = re.compile(r"\s*(\d{2})\s?(\d{3})(?:[\s-]+([IVXLCDM]+)\b)?(?=[\s-])")
_NUMBER = re.compile(r"\s*Nr\.\s*(\d{1,4}|[A-Z]{1,3})\b")
_ANSWERED = re.compile(
    r"\bbeantwoord\b.{0,40}?\bbrief van (.{6,30}?\d{4})"
    r"|\bbrief van (.{6,30}?\d{4})(?:(?!\b(?:over|inzake)\b).){0,90}?\bbeantwoord\b"
)
_PUT = re.compile(
    r"\bvragen (?:zijn|werden) op (\d{1,2} \w+ \d{4})\b(?:(?!beantwoord).){0,100}?\b(?:voorgelegd|gesteld|gezonden)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bdoor (?:de )?(?P<office>minister|staatssecretaris)\b[^.]{0,90}?, (?:de heer|mevrouw) "
    r"(?P<name>[^,.]{3,60}?),? beantwoord",
    re.IGNORECASE,
)
_SETTLED = re.compile(r"\bVastgesteld (?:op )?(.{6,30}?\d{4})")


@dataclass(frozen=True, slots=True)
class CommitteeList:
    """The header of a list, its identifier ("kst-36600-XX-14", "" where unknown), and the last line before its body."""

    header: Header
    identifier: str
    heading_line: int


def find_committee_list(
    lines: Sequence[Line], kept: Sequence[int], running: Callable[[Sequence[int]], str]
) -> CommitteeList | None:
    """Read the list of questions that a text is; None when it is none. `running`: lines as running text."""
    title = next((place for place in kept[:OPENING] if _TITLE.match(lines[place].text)), None)
    if title is None:
        return None
    first = next((place for place in kept if place > title and _opens(place, lines[place])), None)
    if first is None:
        return None
    before = [place for place in kept if place < first]
    opening = running(before)
    asked = _ASKED.search(opening)
    if asked is None:
        return None
    answering = _ANSWERED.search(opening)
    settled = _SETTLED.search(opening)
    when = dutch_date(next(filter(None, answering.groups()))) if answering else None
    when = when or (dutch_date(settled.group(1)) if settled else None)
    addressees = officials_in(asked.group("to"), when)
    signed = signatures(columns(lines, before), when) or _by(opening, when)
    answer = answering is not None or "ANTWOORDEN" in lines[title].text.upper()
    header = Header(
        subject=clean_subject(asked.group("about")),
        askers=(Member(asked.group("who"), ""),),
        addressees=addressees,
        speakers=named(addressees, signed) if answer else (),
        asked=(dutch_date(put.group(1)) if (put := _PUT.search(opening)) else None) if answer else when,
        answered=when if answer else None,
        answer=answer,
    )
    return CommitteeList(header, _identifier([lines[place].text for place in before]), before[-1])


def _by(opening: str, when: date | None) -> tuple[Official, ...]:
    """By whom the questions were answered: "zijn ze door de Minister, de heer Van Stolk, beantwoord"."""
    by = _BY.search(opening)
    if by is None:
        return ()
    (office,) = officials_in(by.group("office"), when)
    return (replace(office, name=family_name(by.group("name"))),)


def _opens(place: int, line: Line) -> bool:
    """Whether a line is the label of question 1."""
    label = label_at(place, line) or number_at(place, line)
    return label is not None and label.numbers[:1] == (1,)


def _identifier(texts: list[str]) -> str:
    dossier = next((match for text in texts if (match := _DOSSIER.match(text))), None)
    number = next((match for text in texts if (match := _NUMBER.match(text))), None)
    if dossier is None or number is None:
        return ""
    parts = ["kst", dossier.group(1) + dossier.group(2), dossier.group(3) or "", number.group(1)]
    return "-".join(part for part in parts if part)
