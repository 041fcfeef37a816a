"""Signatures of letters and typed papers: an office on a line of its own, and the name of who holds it beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import dutch_date
from corpus.manuscript import Line
from corpus.officials import family_name, officials_in
from corpus.records import Official

_OFFICE_LINE = re.compile(
    r"\s*(?:,?\s*en\s+)?(?:mede\s+namens\s+)?(?:de\s+|het\s+)?(?:minister|staatssecretaris|minister-president)\b", re.I
)
_NO_NAME = re.compile(
    r"\b(?:Kamer|Postbus|Ministerie|Minister|Bijlage|Datum|Den Haag|Geachte|Hoogachtend"
    r"|Voorzitter|Zaken|Sport|Directie|Pagina|Waterstaat)\b"
    r"|\d",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\s*(?:(?:drs|dr|mr|ir|ing|prof|mw|mevr|dhr|jhr|jkvr)\.\s*|(?:mevrouw|de heer)\s+)*"
    r"(?:[A-ZÀ-Ý][a-z]?h?\.\s?-?)+\s*(?:\([^)]*\)\s*)?"
    r"(?:[a-z’']+\s+)*[A-ZÀ-Ý][\w’'-]+(?:\s*[-–]?\s*[\w’'-]+){0,4}\s*"
)
_FULL_NAME = re.compile(
    r"[A-ZÀ-Ý][\w’'-]+\s+"
    r"(?P<family>(?:(?:van|de|den|der|het|’t|'t|ten|ter|te|el|la|le|di|von|(?:in|op|aan|bij|uit)\s(?:de|den|het|’t|'t))\s+)*"
    r"[A-ZÀ-Ý][\w’'-]+"
    r"(?:\s(?:tot|thoe|toe|thor|van|zu|von)(?:\s(?:de|den|der|het|’t|'t))?\s[A-ZÀ-Ý][\w’'-]+)*(?:\s?-\s?[\w’' ]+)?)"
)
"""A first name and a family name, which may end in that of an estate ("Van Harinxma thoe Slooten")."""
_COLUMN = re.compile(r"\t+|\s{3,}")

_PARTING = re.compile(r"\s*(?:Hoogachtend|Met vriendelijke groet\w*|(?:[’']s-Gravenhage|Den Haag),?)\W*", re.IGNORECASE)
CLOSING = 8
"""The signature below the last answer stands within so many lines from the end."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The signature that ends a text: its lines, who signs, and the day, None where it has none."""

    lines: frozenset[int]
    signed: tuple[Official, ...]
    day: date | None


def find_closing(lines: Sequence[Line], kept: Sequence[int]) -> Closing | None:
    """The signature below the last answer; None when the text ends otherwise.

    An office and a name are its last lines, so that a sentence about a minister is none.
    """
    last = list(kept[-CLOSING:])
    texts = [" ".join(lines[place].text.split()) for place in last]
    start = len(last)
    while start and (_is_office(texts[start - 1]) or _signed_name(texts[start - 1])):
        start -= 1
    ending = texts[start:]
    if not any(map(_is_office, ending)) or not any(map(_signed_name, ending)):
        return None
    day = None
    while start and ((day_here := _day(texts[start - 1])) or _PARTING.fullmatch(texts[start - 1])):
        day = day or day_here
        start -= 1
    signed = signatures(columns(lines, last[start:]), day)
    return Closing(frozenset(last[start:]), signed, day) if signed else None


def _is_office(text: str) -> bool:
    return len(text) < 120 and _OFFICE_LINE.match(text) is not None and text[-1:] not in ".?!:;"


def _day(text: str) -> date | None:
    """The day of a line that holds hardly more: "Den Haag, 2 februari 2098"."""
    return dutch_date(text) if len(text) < 40 else None


def columns(lines: Sequence[Line], places: Sequence[int]) -> list[str]:
    """The lines, with signatures that stand side by side put one after the other."""
    rows = [[" ".join(cell.split()) for cell in _COLUMN.split(lines[place].text.strip())] for place in places]
    texts: list[str] = []
    place = 0
    while place < len(rows):
        row, following = rows[place], rows[place + 1] if place + 1 < len(rows) else []
        if len(row) > 1 and len(following) == len(row) and all(map(_OFFICE_LINE.match, row)):
            texts.extend(cell for pair in zip(row, following, strict=True) for cell in pair)
            place += 2
        else:
            texts.append(" ".join(row))
            place += 1
    return texts


def signatures(texts: list[str], answered: date | None) -> tuple[Official, ...]:
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
        near = [*texts[place + 1 : place + 3], *texts[max(place - 1, 0) : place]]
        name = next((name for other in near if (name := _signed_name(other))), "")
        signed.extend(Official(name or official.name, official.office, official.ministry) for official in officials)
    return tuple(dict.fromkeys([*signed, *also]))


def _signed_name(text: str) -> str:
    """The family name that a line under a letter is: "H.J. Dorrestijn", "Ida van Beverwoude"; "" where it is none."""
    if _NAME.fullmatch(text):
        return family_name(text)
    full = _FULL_NAME.fullmatch(text) if len(text) < 60 else None
    return family_name(full.group("family")) if full and not _NO_NAME.search(text) else ""


def named(speakers: tuple[Official, ...], signed: tuple[Official, ...]) -> tuple[Official, ...]:
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
