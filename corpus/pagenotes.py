"""Footnotes at the feet of printed pages: small type under the text, each begun by its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.labels import label_at
from corpus.manuscript import Line
from corpus.pdf import PdfLine
from corpus.records import Note

_SMALLER = 0.94
"""Type smaller than this share of the usual size is that of notes."""
_OPENING = re.compile(r"(\d{1,3})[.)]?(?!\d)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class PageNote:
    """A note, the page at whose foot it begins, and the positions of its lines."""

    note: Note
    page: int
    lines: tuple[int, ...]


def find_notes(printed: Sequence[PdfLine], body: Sequence[int], usual: float) -> list[PageNote]:
    """The notes among the lines at positions `body`; `usual`: the type size of the running text."""
    found: list[tuple[str, int, list[int]]] = []
    pages: dict[int, list[int]] = {}
    for place in body:
        pages.setdefault(printed[place].page, []).append(place)
    for page, places in pages.items():
        for place in _foot(printed, places, usual, bool(found)):
            mark = _mark(printed[place], found[-1][0] if found else "0")
            if mark:
                found.append((mark, page, [place]))
            elif found:
                found[-1][2].append(place)
    return [
        PageNote(Note(mark, note_text([printed[place].text for place in lines], len(mark))), page, tuple(lines))
        for mark, page, lines in found
    ]


def _foot(printed: Sequence[PdfLine], places: list[int], usual: float, going_on: bool) -> list[int]:
    """The lines of notes at the foot of a page. `going_on`: a note of an earlier page may go on here."""
    start = len(places)
    while start and _is_small(printed[places[start - 1]], usual):
        start -= 1
    while start < len(places) and not going_on and not _opens(printed[places[start]]):
        start += 1
    if start < len(places) and (going_on or any(_opens(printed[place]) for place in places[start:])):
        return places[start:]
    raised = [index for index, place in enumerate(places) if _is_raised(printed[place])]
    for index in raised:
        rest = places[index:]
        if not any(label_at(place, Line(0, len(printed[place].text), printed[place].text)) for place in rest):
            return rest
    return []


def _is_small(line: PdfLine, usual: float) -> bool:
    return line.size < _SMALLER * usual and not line.cells


def _is_raised(line: PdfLine) -> bool:
    """Whether a line begins with a raised figure and goes on."""
    return bool(line.marks) and line.marks[0].start == 0 and len(line.text) > line.marks[0].end


def _opens(line: PdfLine) -> bool:
    return _is_raised(line) or _OPENING.match(line.text) is not None


def _mark(line: PdfLine, last: str) -> str:
    """The mark of the note that a line opens; "" where the line goes on with the note before."""
    if _is_raised(line):
        return line.text[: line.marks[0].end]
    following = str(int(last) + 1)
    if re.match(rf"{following}[.)]?(?!\d)\s*\S", line.text) or (line.text.startswith(following) and last == "0"):
        return following
    return ""


def note_text(lines: Sequence[str], mark: int) -> str:
    """The text of a note's lines, joined; `mark`: length of the mark in front."""
    text = re.sub(r"^[.)]?\s*", "", lines[0][mark:])
    for line in lines[1:]:
        address = re.search(r"(?:https?:|www\.)\S*\Z", text)
        if text.endswith("-") and line[:1].islower():
            text = text + line if address else text[:-1] + line
        elif address and text.endswith(("/", "-", "_", "=", "&", "?")):
            text += line
        else:
            text += " " + line
    return " ".join(text.split())
