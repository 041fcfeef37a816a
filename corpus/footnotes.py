"""Footnotes in text from the official PDF: the notes at page ends, and their marks in the sentences.

The numbers of a paper's notes are known and come in order, which tells a mark from a figure: "onderzoek?1" is
a mark where note 1 is next, "CO2" hardly ever is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.dates import MONTHS
from corpus.furniture import Furniture
from corpus.joining import mend
from corpus.labels import label_at
from corpus.manuscript import BlockKind, Line, PlacedNote
from corpus.mapped import Edit, MappedText
from corpus.records import Note
from corpus.typesetting import NOTE_LINE_WIDTH

_BEFORE_A_NUMBER = re.compile(r"\b(?:op|bij|van|onder|zie)\s+(?:de\s+)?(?:vraag|vragen)\s*$", re.IGNORECASE)
_SECOND = re.compile(r"(?<=[.,;:?!)»]\d) (\d{1,3})(?=\s*$)|(?<=[.,;:?!)»]\d\d) (\d{1,3})(?=\s*$)")
_ENDED = re.compile(r"[.:;?!]\s*\Z")
"""What the point of a mark at the start of the next line cannot end once more: "1." is the number of a list there."""
_COUNTS = re.compile(
    rf"\s+(?:{MONTHS}|procent|miljoen"
    r"|miljard|duizend|euro|uur|jaar|dag|dagen|week|weken|maand|maanden|keer|van de|tot)\b|\s*[%€]"
)
"""What makes of a number at the start of a line a date or a quantity."""
_TABLE_NOTE = re.compile(r" [A-ZÀ-Ý«]")
"""What follows the number of a note right below a table."""
_NOTE = re.compile(r"\d{1,2} ?(?:[A-ZÀ-Ý«“‘]|https?:|www\.)")
"""How a note of a typed text begins."""
SAME_PAGE = 0.4
"""Added to the quality of a mark on the page of its note."""
ITEM_LINES = 12
"""Lines that an item of a list has at most."""
_DIGIT = re.compile(r"\d")
_GLUED = re.compile(r"(?<=[^\W\d_])(\d{1,3})(?![\d\w])|(?<=[.,;:?!)\]»”’'\"%])(\d{1,3})(?=[\s.,;:?!)»]|$)")
_AFTER_YEAR = re.compile(r"(?<=\b(?:19|20)\d\d)(\d{1,2})(?![\d\w–-])")
_AT_LINE_START = re.compile(
    r"(?:^|(?<=\n))[ \t]*(\d{1,3}(?:(?:, ?| en | )\d{1,3})*)(?=[ \t]*(?:\n|$)|[.,;:?!)»]|[ \t]+\S)"
)
_AFTER_SPACE = re.compile(r"(?<=[^\W\d_.,;:?!»)]) (\d{1,3})(?=[.,;:?!](?:\s|$))")
_AFTER_SIGN = re.compile(r"(?<=[^\W\d_][.?!»)]) (\d{1,3})(?= [^\W\d_]|\s*$)")
_PATTERNS = ((_GLUED, 2.0), (_SECOND, 2.0), (_AFTER_YEAR, 0.8), (_AFTER_SPACE, 0.9), (_AFTER_SIGN, 0.7))
"""Where marks stand, and how likely a number there is one; the last only where notes are set apart by a space."""
_NO_NOTE = re.compile(r"0|[.,;:)]|\d{3}\b(?![,Z])|\d{1,2}[.,]|\s*$|[–-]\d")
_DECIMAL = re.compile(r"(?<!\d)\d{1,3},\Z")
"""What stands before the decimals of a figure: "4,2"."""
_FIGURES = re.compile(r"(?:\d{4}Z\d|\d{4}D\d|\d{2} \d{3}\b|\d{5}\b|\d{4}[/–-]\d|(?:19|20)\d\d [A-ZÀ-Ý])")
_CHEMICAL = re.compile(r"\b(?:CO|NO|SO|PM|H|O|N|CH|A|F|Q|K|L|G|P|D|V|box|Box|covid|B|M|U|Art|art|RED|NIS|NEN)\Z")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """`lines`: positions of the lines that are notes, to leave out. `marks`: edits on the raw text that take the marks
    out. `placed`: the notes, where their marks stand."""

    lines: frozenset[int]
    marks: tuple[Edit, ...]
    placed: tuple[PlacedNote, ...]


@dataclass(frozen=True, slots=True)
class _RawNote:
    number: int
    lines: tuple[int, ...]
    cut: int


def printed_notes(
    raw: str,
    lines: Sequence[Line],
    furniture: Furniture,
    first: int,
    words: frozenset[str] = frozenset(),
    numbers: frozenset[int] = frozenset(),
) -> Footnotes:
    """The notes of a text from the official PDF.

    `first`: the first line of the body. `words`: its own words. `numbers`: the lines that only number a question.
    """
    notes = _notes_at_page_ends(lines, furniture, first, spaced=False)
    marks = _marks(raw, lines, notes, furniture, numbers, first)
    if not notes:
        # A line "1 Text" is a note where the marks of all such lines stand before them, else it may be anything.
        return _set_apart(raw, lines, furniture, first, words, numbers, spaced=True)
    return _footnotes(lines, notes, marks, words)


def paged_notes(raw: str, lines: Sequence[Line], furniture: Furniture, first: int) -> Footnotes:
    """The notes at the page ends of a typed text, of which each has its mark in the text; else none.

    `first`: the first line of the body. Pages that the text does not show can end with any paragraph of notes.
    """
    if not furniture.ends:
        furniture = replace(furniture, ends=tuple(_noted(lines, first)))
    return _set_apart(raw, lines, furniture, first, frozenset(), frozenset(), spaced=False)


def _noted(lines: Sequence[Line], first: int) -> Iterator[int]:
    """The empty lines below the paragraphs that begin as a note does."""
    noted = False
    for place in range(first, len(lines)):
        empty = not lines[place].text.strip()
        if noted and empty:
            yield place
        above = place == first or not lines[place - 1].text.strip()
        noted = not empty and (noted or (above and _NOTE.match(lines[place].text) is not None))


def _set_apart(
    raw: str,
    lines: Sequence[Line],
    furniture: Furniture,
    first: int,
    words: frozenset[str],
    numbers: frozenset[int],
    *,
    spaced: bool,
) -> Footnotes:
    """The notes at page ends whose numbers a space parts from their texts, where each has its mark.

    spaced: whether a space may part the marks too.
    """
    notes = _notes_at_page_ends(lines, furniture, first, spaced=True)
    marks = _marks(raw, lines, notes, furniture, numbers, first, spaced=spaced)
    if not all(note.number in marks for note in notes):
        notes = []
    return _footnotes(lines, notes, marks, words)


def _footnotes(
    lines: Sequence[Line], notes: Sequence[_RawNote], marks: dict[int, Edit], words: frozenset[str]
) -> Footnotes:
    taken = frozenset(place for note in notes for place in note.lines)
    edits: list[Edit] = []
    placed = []
    for note in notes:
        text = _note_text(lines, note, words)
        mark = marks.get(note.number)
        if mark is not None:
            edits.append(mark)
        place = mark.start if mark is not None else lines[note.lines[0]].start
        placed.append(PlacedNote(place, Note(str(note.number), text)))
    return Footnotes(taken, tuple(_merged(edits)), tuple(sorted(placed, key=lambda item: item.place)))


def _notes_at_page_ends(lines: Sequence[Line], furniture: Furniture, first: int, *, spaced: bool) -> list[_RawNote]:
    """The notes below the text of each page. `spaced`: whether a space parts their numbers from their texts."""
    notes: list[_RawNote] = []
    start = first
    content = [
        place for place in range(first, len(lines)) if place not in furniture.lines and lines[place].text.strip()
    ]
    ends = [*furniture.ends, len(lines)]
    for end in ends:
        page = [place for place in content if start <= place < end]
        start = end
        expected = notes[-1].number + 1 if notes else 1
        zone = _note_zone(lines, page, expected, spaced)
        if zone is None and spaced:
            page = _before_explanation(lines, page)
            zone = _note_zone(lines, page, expected, spaced)
        if zone is None:
            continue
        for place in page[zone:]:
            if _begins_note(lines[place].text, expected, spaced):
                notes.append(_RawNote(expected, (place,), len(str(expected))))
                expected += 1
            else:
                last = notes[-1]
                notes[-1] = _RawNote(last.number, (*last.lines, place), last.cut)
    return notes


def _note_zone(lines: Sequence[Line], page: Sequence[int], expected: int, spaced: bool) -> int | None:
    """Where in `page` the notes begin, below which there is no label; None where it has none."""
    for index, place in enumerate(page):
        if _begins_note(lines[place].text, expected, spaced) and not any(
            label_at(other, lines[other]) for other in page[index:]
        ):
            return index
    return None


def _before_explanation(lines: Sequence[Line], page: list[int]) -> list[int]:
    """The lines of a page up to its Toelichting: where notes are set apart by a space, it can follow them."""
    labels = ((index, label_at(place, lines[place])) for index, place in enumerate(page))
    end = next((index for index, label in labels if label and label.kind is BlockKind.EXPLANATION), len(page))
    return page[:end]


def _begins_note(text: str, number: int, spaced: bool = False) -> bool:
    """Whether a line is "2Kamerstuk …": the number of the next note with its text glued to it.

    `spaced`: or a space between them.
    """
    mark = str(number)
    if not text.startswith(mark):
        return False
    rest = text[len(mark) :]
    if rest[:1].isdigit():
        return _FIGURES.match(rest) is not None
    if spaced and re.match(r" [A-ZÀ-Ý«“‘]|\s(?:www\.|https?:)", rest):
        return True
    return _NO_NOTE.match(rest) is None and not rest.startswith((" ", "e "))


def _note_text(lines: Sequence[Line], note: _RawNote, words: frozenset[str]) -> str:
    parts = [lines[place].text.strip() for place in note.lines]
    parts[0] = parts[0][note.cut :].strip()
    text = ""
    for part in (_mended(part, words) for part in parts):
        if text.endswith("-") and part[:1].islower():
            text = text[:-1] + part if not re.search(r"\S*(?:/|www\.|https?:)\S*-\Z", text) else text + part
        elif not text or re.search(r"(?:https?:|www\.)\S*/\Z", text):
            text += part
        else:
            text += " " + part
    return " ".join(text.split())


def _mended(text: str, words: frozenset[str]) -> str:
    edits = mend(text, words, NOTE_LINE_WIDTH).edits
    return MappedText.copy(text, 0, len(text)).edited(edits).text.replace("\n", " ")


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: int
    edit: Edit
    quality: float


def _marks(
    raw: str,
    lines: Sequence[Line],
    notes: Sequence[_RawNote],
    furniture: Furniture,
    numbers: frozenset[int],
    first: int,
    *,
    spaced: bool = False,
) -> dict[int, Edit]:
    """The best chain of marks in ascending order, each before its note, most likely on its page, not long before it.

    `numbers`: lines that hold no marks. `spaced`: whether a space may part a mark from the sign before it.
    """
    if not notes:
        return {}
    dropped = furniture.lines.union(numbers, *(note.lines for note in notes))
    pages = {note.number: max((end for end in furniture.ends if end < note.lines[0]), default=-1) for note in notes}
    limits = {note.number: lines[note.lines[0]].start for note in notes}
    candidates: list[_Candidate] = []
    for place in range(first, len(lines)):
        if place in dropped:
            continue
        candidates.extend(
            replace(candidate, quality=candidate.quality + SAME_PAGE) if place > pages[candidate.number] else candidate
            for candidate in _candidates(raw, lines, place, limits, spaced)
        )
    usable = [
        candidate
        for candidate in candidates
        if candidate.edit.start <= limits[candidate.number]
        and (candidate.number - 1 not in limits or candidate.edit.start > limits[candidate.number - 1] - 9000)
    ]
    usable.sort(key=lambda candidate: (candidate.edit.start, candidate.number))
    best: list[tuple[float, int]] = []
    for index, candidate in enumerate(usable):
        score, back = candidate.quality, -1
        for earlier in range(index):
            if usable[earlier].number < candidate.number and best[earlier][0] + candidate.quality > score:
                score, back = best[earlier][0] + candidate.quality, earlier
        best.append((score, back))
    chain: dict[int, Edit] = {}
    place = max(range(len(best)), key=lambda index: best[index][0], default=-1)
    while place >= 0:
        chain[usable[place].number] = usable[place].edit
        place = best[place][1]
    return chain


def _candidates(raw: str, lines: Sequence[Line], place: int, known: dict[int, int], spaced: bool) -> list[_Candidate]:
    line = lines[place]
    found: list[_Candidate] = []
    if not _DIGIT.search(line.text) or not any(str(number) in line.text for number in known):
        return found
    start = _AT_LINE_START.match(line.text)
    number_of = place > 0 and _BEFORE_A_NUMBER.search(lines[place - 1].text)
    if start and not number_of and label_at(place, line) is None:
        numbers = list(re.finditer(r"\d+", start.group(1)))
        rest = line.text[start.end() :]
        alone = not rest.strip()
        listed = rest[:1] == "." and place > 0 and _ENDED.search(lines[place - 1].text) is not None
        if not listed and all(int(match.group()) in known for match in numbers) and (alone or len(numbers) == 1):
            before = line.start - 1 if line.start else 0
            quality = 3.0 if alone else 2.5 if rest[0] != "." or re.match(r"\.(?:$| [A-ZÀ-Ý])", rest) else 1.0
            below_figures = place > 0 and lines[place - 1].text.rstrip()[-1:].isdigit()
            if below_figures and _TABLE_NOTE.match(rest):
                quality = 0.3
            if _COUNTS.match(rest) or (rest[:1] == "." and _goes_on(lines, place, int(numbers[-1].group()) + 1)):
                quality = 0.3
            glued = rest[:1] in ".,;:?!)»" or alone
            for index, match in enumerate(numbers):
                begin = (
                    before if index == 0 else line.start + numbers[index - 1].end() + start.start(1) - start.start(1)
                )
                stop = line.start + start.start(1) + match.end()
                edit = Edit(begin, stop, "")
                if index == 0 and not glued:
                    edit = Edit(begin, stop + 1, " ")
                found.append(_Candidate(int(match.group()), edit, quality))
    for pattern, quality in _PATTERNS if spaced else _PATTERNS[:-1]:
        for match in pattern.finditer(line.text):
            digits = next(filter(None, match.groups()))
            number = int(digits)
            if number not in known or digits.startswith("0"):
                continue
            worth = quality
            head = line.text[: match.start()]
            if _DECIMAL.search(head) or _CHEMICAL.search(head) or re.search(r"(?:www\.|https?:|/)\S*\Z", head):
                worth = 0.2
            found.append(_Candidate(number, Edit(line.start + match.start(), line.start + match.end(), ""), worth))
    return found


def _goes_on(lines: Sequence[Line], place: int, number: int) -> bool:
    """Whether a list has its next item "2." within some lines."""
    return any(line.text.lstrip().startswith(f"{number}. ") for line in lines[place + 1 : place + ITEM_LINES])


def _merged(edits: list[Edit]) -> list[Edit]:
    """Edits without overlap, in order."""
    result: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if result and edit.start < result[-1].end:
            edit = Edit(result[-1].end, max(edit.end, result[-1].end), edit.text)
        result.append(edit)
    return result
