"""Signatures of letters and typed papers: an office on a line of its own, and the name of who holds it beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import dutch_date
from corpus.manuscript import Line, cells
from corpus.ministries import known_name_at
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
    r"\s*(?:(?i:drs|dr|mr|ir|ing|prof|mw|mevr|dhr|jhr|jkvr)\.\s*|(?i:mevrouw|de heer)\s+)*"
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
TITLE_ROWS = 4
"""The names below offices side by side stand within so many lines."""
SLACK = 2
"""So many characters to the left of its column a line may begin."""

_SIGNED = re.compile(r"\s*\(?(?:w\.\s?g\.|(?:was )?(?:get\.|getekend)):?\)?:?\s*", re.IGNORECASE)
"""What stands before a name in the copy of a letter."""
_PARTING = re.compile(r"\s*(?:Hoogachtend|Met vriendelijke groet\w*|(?:[’']s-Gravenhage|Den Haag),?)\W*", re.IGNORECASE)
_BARE_NAME = re.compile(r"(?:[A-ZÀ-Ý]?[a-z’']+\s+){0,3}[A-ZÀ-Ý][\w’'-]+(?:\s?[-–]\s?[\w’' ]+)?")
"""A family name without initials, which is one only behind "w.g."."""
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
    while start and (
        _is_office(texts[start - 1])
        or _signed_name(texts[start - 1])
        or (start > 1 and start < len(last) and _goes_on(texts[start - 2], texts[start - 1]))
    ):
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


def _goes_on(office: str, text: str) -> bool:
    """Whether a line is the rest of the title above it: "De Minister van Landbouw, Natuur", "en Voedselkwaliteit,"."""
    of = (
        re.search(r"\b(?:van|voor)\s+(?=\S)", office, re.I)
        if _OFFICE_LINE.match(office) and len(office) < 120
        else None
    )
    if of is None or not text or _OFFICE_LINE.match(text) or _signed_name(text):
        return False
    end = known_name_at(f"{office} {text}", of.end())
    return end is not None and end > len(office) + 1


def _is_office(text: str) -> bool:
    return len(text) < 120 and _OFFICE_LINE.match(text) is not None and text[-1:] not in ".?!:;"


def _day(text: str) -> date | None:
    """The day of a line that holds hardly more: "Den Haag, 2 februari 2098"."""
    return dutch_date(text) if len(text) < 40 else None


def columns(lines: Sequence[Line], places: Sequence[int]) -> list[str]:
    """The lines, with signatures that stand side by side put one after the other."""
    rows = [cells(lines[place].text) for place in places]
    texts: list[str] = []
    place = 0
    while place < len(rows):
        row = [cell for _, cell in rows[place]]
        below = _names_below(rows, place) if len(row) > 1 and all(map(_OFFICE_LINE.match, row)) else 0
        if below:
            titles = _titles(rows[place : place + below])
            names = [cell for _, cell in rows[place + below]]
            texts.extend(text for pair in zip(titles, names, strict=True) for text in pair)
            place += below + 1
        elif texts and _goes_on(texts[-1], " ".join(row)):
            texts[-1] += " " + " ".join(row)
            place += 1
        else:
            texts.append(" ".join(row))
            place += 1
    return texts


def _names_below(rows: Sequence[list[tuple[int, str]]], place: int) -> int:
    """How many rows below a row of offices their names stand; 0 where they do not."""
    for below, row in enumerate(rows[place + 1 : place + 1 + TITLE_ROWS], start=1):
        if len(row) == len(rows[place]) and all(_signed_name(cell) for _, cell in row):
            return below
    following = rows[place + 1] if place + 1 < len(rows) else []
    return 1 if len(following) == len(rows[place]) else 0


def _titles(rows: Sequence[list[tuple[int, str]]]) -> list[str]:
    """The offices of the first row, each with what goes on below it in its column."""
    starts = [start for start, _ in rows[0]]
    titles = [title for _, title in rows[0]]
    for row in rows[1:]:
        for place, (start, text) in enumerate(row):
            column = max((index for index, edge in enumerate(starts) if edge <= start + SLACK), default=0)
            titles[place if len(row) == len(starts) else column] += f" {text}"
    return titles


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


def _may_be_one(speaker: Official, signer: Official) -> bool:
    """Whether who signs may be the speaker: the same office, and the same ministry where both tell theirs."""
    same = not speaker.ministry or not signer.ministry or speaker.ministry == signer.ministry
    return same and (not speaker.office or not signer.office or speaker.office == signer.office)


def _signed_name(text: str) -> str:
    """The family name that a line under a letter is: "H.J. Dorrestijn", "Ida van Beverwoude"; "" where it is none."""
    mark = _SIGNED.match(text)
    text = text[mark.end() :] if mark else text
    if _NAME.fullmatch(text):
        return family_name(text)
    if len(text) >= 60 or _NO_NAME.search(text):
        return ""
    if mark and _BARE_NAME.fullmatch(text):
        return family_name(text)
    full = _FULL_NAME.fullmatch(text)
    return family_name(full.group("family")) if full else ""


def named(speakers: tuple[Official, ...], signed: tuple[Official, ...]) -> tuple[Official, ...]:
    """Speakers with the names of those who signed for the same office; without a match, the only name goes first."""
    names = {(official.office, official.ministry): official.name for official in signed if official.name}
    result = list(
        dict.fromkeys(
            official
            if official.name
            else Official(names.get((official.office, official.ministry), ""), official.office, official.ministry)
            for official in speakers
        )
    )
    nameless = not any(official.name for official in result)
    if result and nameless and len(names) == 1 and all(_may_be_one(result[0], official) for official in signed):
        result[0] = Official(next(iter(names.values())), result[0].office, result[0].ministry)
    return tuple(result)
