"""Printed pages as one running text: running heads out, notes apart, lines joined into paragraphs.

The raw text keeps every line as it was printed; the clean text is made from it by edits, so that each of its
characters leads back to its page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.extracted import Extracted
from corpus.furniture import find_furniture
from corpus.header import IDENTIFIER
from corpus.joining import broken_word, own_words
from corpus.labels import label_at, number_at
from corpus.manuscript import Line, PlacedNote
from corpus.mapped import Edit, MappedText
from corpus.pagenotes import PageNote, find_notes
from corpus.pdf import PdfLine

_LIST_ITEM = re.compile(r"(?:[–•●▪◦·*-]|\d{1,2}[.)]|[a-z][.)]|\(?[ivx]{1,4}[.)])\s")
_SENTENCE_END = re.compile(r"[.?!:;…][»”’\")\]]*\Z")
_PAGE_NUMBER = re.compile(
    r"(?:[-–]\s*)?(?:pag(?:ina|\.)?|blz\.?|bladzijde|page)?\s*\d{1,4}(?:\s*(?:van|/|of)\s*\d{1,4})?(?:\s*[-–])?", re.I
)
_EDGE_LINES = 4
"""So many lines at the top and at the foot of a page may be its running head and foot."""
_SLACK = 1.2
"""The next word counts as fitting on a line when so much room, in type sizes, would still be left."""


@dataclass(frozen=True, slots=True)
class _Written:
    """The raw text of the printed lines, and each line in it."""

    raw: str
    lines: tuple[Line, ...]
    pages: tuple[int, ...]


def laid_out(printed: Sequence[PdfLine]) -> Extracted:
    """The text of printed lines given in reading order."""
    written = _written(printed)
    furniture = _furniture(printed, written.lines)
    usual = _usual_size(printed)
    body = [place for place in range(len(printed)) if place not in furniture]
    notes = find_notes(printed, body, usual)
    taken = {place for note in notes for place in note.lines}
    kept = [place for place in body if place not in taken]
    edits, places = _mark_edits(printed, written.lines, kept, notes)
    edits += [Edit(written.lines[place].start, written.lines[place].end + 1) for place in furniture | taken]
    edits += _breaks(printed, written, kept, own_words(written.raw))
    clean = MappedText.copy(written.raw, 0, len(written.raw)).edited(edits)
    raw_places = sorted((place, number) for number, place in places.items())
    placed = [PlacedNote(_clean_offset(clean, place), notes[number].note) for place, number in raw_places]
    identifiers = [
        match.group() for place in sorted(furniture) if (match := IDENTIFIER.fullmatch(printed[place].text.strip()))
    ]
    return Extracted(
        raw=written.raw,
        clean=clean,
        notes=tuple(placed),
        pages=written.pages,
        identifier=identifiers[0] if identifiers else "",
    )


def _written(printed: Sequence[PdfLine]) -> _Written:
    lines: list[Line] = []
    pages: list[int] = []
    start = 0
    for line in printed:
        while len(pages) <= line.page:
            pages.append(start)
        lines.append(Line(start, start + len(line.text), line.text))
        start += len(line.text) + 1
    raw = "\n".join(line.text for line in lines)
    return _Written(raw, tuple(lines), tuple(pages))


def _usual_size(printed: Sequence[PdfLine]) -> float:
    """The height of most of the type."""
    counts: Counter[float] = Counter()
    for line in printed:
        counts[round(line.size * 4) / 4] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _furniture(printed: Sequence[PdfLine], lines: Sequence[Line]) -> set[int]:
    """Positions of the running heads and feet: the official ones, what page after page repeats, and page numbers."""
    found = set(find_furniture(list(lines)).lines)
    usual = _usual_size(printed)
    found.update(
        place for place, line in enumerate(printed) if line.size > 1.5 * usual and line.text.strip() in {"1", "2"}
    )
    pages: dict[int, list[int]] = {}
    for place, line in enumerate(printed):
        pages.setdefault(line.page, []).append(place)
    edges: dict[int, list[int]] = {}
    for number, places in pages.items():
        ordered = sorted((place for place in places if place not in found), key=lambda place: -printed[place].base)
        beside = [place for place in places if printed[place].aside]
        edges[number] = list(dict.fromkeys([*ordered[:_EDGE_LINES], *ordered[-_EDGE_LINES:], *beside]))
    seen: Counter[str] = Counter()
    for places in edges.values():
        seen.update({_pattern(printed[place]) for place in places})
    for places in edges.values():
        for place in places:
            text = printed[place].text.strip()
            if label_at(place, lines[place]):
                continue
            outermost = place in places[:1] or place in places[-_EDGE_LINES:][-1:] or printed[place].aside
            repeated = seen[_pattern(printed[place])] > 1
            first = printed[place].page == 0 and printed[place].aside
            if (repeated and not first) or (outermost and len(pages) > 1 and _PAGE_NUMBER.fullmatch(text)):
                found.add(place)
    return found


def _pattern(line: PdfLine) -> str:
    """What a running line has in common with its like on other pages: its words and its height on the page."""
    return f"{re.sub(r'[0-9]+', '0', line.text.strip())}@{round(line.base / 6)}"


def _mark_edits(
    printed: Sequence[PdfLine], lines: Sequence[Line], kept: Sequence[int], notes: Sequence[PageNote]
) -> tuple[list[Edit], dict[int, int]]:
    """Edits that take the marks of the notes out, and for each note the offset in the raw text where it belongs."""
    edits: list[Edit] = []
    places: dict[int, int] = {}
    for place in kept:
        for mark in printed[place].marks:
            number = next(
                (
                    index
                    for index, note in enumerate(notes)
                    if note.note.mark == lines[place].text[mark.start : mark.end]
                    and note.page >= printed[place].page - 1
                    and index not in places
                ),
                None,
            )
            if number is not None:
                start = lines[place].start + mark.start
                edits.append(Edit(start, lines[place].start + mark.end))
                places[number] = start
    for index, note in enumerate(notes):
        if index in places:
            continue
        glued = re.compile(rf"(?<=[^\W\d]|[.,;:?!)»”’\"])\s?{re.escape(note.note.mark)}(?![\d\w])")
        for place in kept:
            if printed[place].page == note.page and (match := glued.search(lines[place].text)):
                edits.append(Edit(lines[place].start + match.start(), lines[place].start + match.end()))
                places[index] = lines[place].start + match.start()
                break
        else:
            places[index] = lines[note.lines[0]].start
    return edits, places


def _clean_offset(clean: MappedText, raw: int) -> int:
    """The last character of the clean text that stands before `raw` in the raw text."""
    knots = clean.knots
    place = max((index for index, knot in enumerate(knots) if knot.raw < raw), default=-1)
    if place < 0:
        return 0
    end = knots[place + 1].start if place + 1 < len(knots) else len(clean.text)
    return min(knots[place].start + raw - knots[place].raw, end) - 1


def _breaks(printed: Sequence[PdfLine], written: _Written, kept: Sequence[int], words: frozenset[str]) -> list[Edit]:
    """What becomes of the line break before each kept line but the first."""
    edge = _right_edge(printed, kept)
    pitch = _usual_pitch(printed, kept)
    edits = []
    for before, place in pairwise(kept):
        start, end = written.lines[before].end, written.lines[before].end + 1
        text, following = printed[before].text, printed[place].text
        if _is_paragraph(printed, written.lines, before, place, edge, pitch):
            edits.append(Edit(start, end, "\n\n"))
        elif broken := broken_word(text, following, words):
            edits.append(Edit(start - broken.taken, end, broken.between))
        elif text.endswith("/") and following[:1].isalnum():
            edits.append(Edit(start, end))
        else:
            edits.append(Edit(start, end, " "))
    return edits


def _right_edge(printed: Sequence[PdfLine], kept: Sequence[int]) -> float:
    """The right edge of the running text: that of its widest line, as all pages of a paper are set alike."""
    usual = _usual_size(printed)
    return max(
        (
            printed[place].right
            for place in kept
            if not printed[place].aside and not printed[place].cells and abs(printed[place].size - usual) < 0.12 * usual
        ),
        default=0.0,
    )


def _usual_pitch(printed: Sequence[PdfLine], kept: Sequence[int]) -> float:
    """The distance between most lines, in points; 0 for a text of one line."""
    gaps: Counter[float] = Counter()
    for before, place in pairwise(kept):
        gap = printed[before].base - printed[place].base
        if printed[before].page == printed[place].page and 0 < gap < 4 * printed[place].size:
            gaps[round(gap * 2) / 2] += 1
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _is_paragraph(
    printed: Sequence[PdfLine],
    lines: Sequence[Line],
    before: int,
    place: int,
    edge: float,
    pitch: float,
) -> bool:
    """Whether a new paragraph begins with line `place`."""
    first, second = printed[before], printed[place]
    if first.cells or second.cells or first.aside or second.aside:
        return True
    if label_at(before, lines[before]) or label_at(place, lines[place]):
        return True
    if re.fullmatch(r"\s*\d{1,3}[.)]?\s*", first.text) and number_at(before, lines[before]):
        return True
    gap = first.base - second.base
    if first.page == second.page and pitch and (gap > 1.3 * max(pitch, second.size) or gap < 0):
        return True
    if abs(first.size - second.size) > 0.12 * max(first.size, second.size):
        return True
    ended = _SENTENCE_END.search(first.text) is not None
    item = _LIST_ITEM.match(second.text) is not None
    if item and (ended or abs(second.left - first.left) > 0.4 * second.size or _LIST_ITEM.match(first.text)):
        return True
    if first.text.endswith(("-", "/")):
        return False
    begins = second.text[:1].isupper() or not second.text[:1].isalnum() or second.text[:1].isdigit()
    fits = first.right + second.first_word + (0.28 + _SLACK) * first.size < edge
    return fits and (ended or begins)
