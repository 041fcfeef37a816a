"""Footnotes in typed text: the list of notes that ends it, and their marks in the sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.footnotes import Footnotes
from corpus.labels import label_at
from corpus.manuscript import BlockKind, Line, PlacedNote
from corpus.mapped import Edit
from corpus.records import Note

_TYPED = re.compile(r"\s?\(?(?<![\d,.])(\d{1,3})\)|\s?\[(\d{1,3})\]")
_TYPED_NOTE = re.compile(r"\s*(?:\(?(\d{1,3})\)|\[(\d{1,3})\])\s*(\S.*)")
_LISTED_NOTE = re.compile(r"\s*(\d{1,3})\.\s+(\S.*)")
_BARE_NOTE = re.compile(r"\s*(\d{1,2})\s*([A-ZÀ-Ý«“‘\"'\[(].*|https?:.*|www\..*)")
_BARE_MARK = re.compile(r"(?<=[.?!,;:»”’'\")])(?<!\d[.,])(\d{1,2})(?=\s|$)")
_GLUED_MARK = re.compile(r"(?:(?<=[.?!,;:»”’'\")])(?<!\d[.,])|(?<=[a-zà-ÿ]{3}))(\d{1,2})(?=[\s.,;:?!)»”’]|$)")
"""Notes and marks without a sign, as a superior number comes out of a letter; behind any word where not all are found
behind a sign."""
_BARE_MARKS = (_BARE_MARK, _GLUED_MARK)
_CERTAIN_MARK = re.compile(r"(?<=[a-zà-ÿ])(\d{1,3})\)|[.?!»”’'\")]\s?(\d{1,3})\)(?=\s*$)")
_LAST_MARK = re.compile(r"(?<=[.?!»”’'\")])\s?(?<!\d)(\d{1,2})\)\s*$")


def typed_notes(lines: Sequence[Line], body: Sequence[int]) -> Footnotes:
    """The notes of a typed text: "1) …" or "[1] …" in a list that ends it, and their marks "1)" and "[1]".

    `body`: the positions of the lines, not empty, that can hold text, notes and marks. A "Toelichting" may follow
    the list. Marks without a list are taken out too, where they can be nothing else.
    """
    explanation = next((place for place in body if _explains(lines, place)), None)
    places = [place for place in body if explanation is None or place < explanation]
    first = places[0] if places else 0
    opening = next((index for index, place in enumerate(places) if _opens_list(lines, places, index, first)), None)
    if opening is None:
        return Footnotes(frozenset(), _marks_without_notes(lines, places), ())
    texts: dict[int, str] = {}
    order: list[int] = []
    for place in places[opening:]:
        number, text = _note_at(lines[place].text)
        if number == (order[-1] + 1 if order else 1):
            texts[number] = text
            order.append(number)
        else:
            texts[order[-1]] += " " + lines[place].text.strip()
    edits, placed = [], []
    marked: set[int] = set()
    bare = _BARE_NOTE.fullmatch(lines[places[opening]].text)
    pattern = (_bare_pattern(lines, first, places[opening], order) if bare else None) or _TYPED
    for place in range(first, places[opening]):
        for match in pattern.finditer(lines[place].text):
            number = int(next(filter(None, match.groups())))
            if number not in texts:
                continue
            start = lines[place].start + match.start()
            edits.append(Edit(start, lines[place].start + match.end()))
            if number not in marked:
                marked.add(number)
                placed.append(PlacedNote(start, Note(str(number), texts[number])))
    end = lines[places[opening]].start
    placed.extend(PlacedNote(end - 1, Note(str(number), texts[number])) for number in order if number not in marked)
    dropped = set(places[opening:])
    rule = places[opening] - 1
    while rule >= first and re.fullmatch(r"[\s_*–-]*", lines[rule].text):
        dropped.add(rule)
        rule -= 1
    return Footnotes(frozenset(dropped), tuple(edits), tuple(placed))


def _explains(lines: Sequence[Line], place: int) -> bool:
    label = label_at(place, lines[place])
    return label is not None and label.kind is BlockKind.EXPLANATION


def _note_at(text: str) -> tuple[int, str]:
    """The number and the text of the note that a line begins; (0, "") where it begins none."""
    match = _TYPED_NOTE.match(text) or _LISTED_NOTE.match(text) or _BARE_NOTE.fullmatch(text)
    if match is None:
        return 0, ""
    return int(next(filter(None, match.groups()[:-1]))), match.group(match.lastindex or 0).strip()


def _opens_list(lines: Sequence[Line], places: list[int], index: int, first: int) -> bool:
    """Whether a line begins the list of notes that ends a text."""
    text = lines[places[index]].text
    if _note_at(text)[0] != 1 or not _only_notes(lines, places[index:]):
        return False
    if _TYPED_NOTE.match(text):
        return _is_marked(lines, first, places[index])
    if _BARE_NOTE.fullmatch(text):
        notes = [number for place in places[index:] if (number := _note_at(lines[place].text)[0])]
        return _bare_pattern(lines, first, places[index], notes) is not None
    listed = {_note_at(lines[place].text)[0] for place in places[index:]} - {0}
    marks = {
        int(match.group(1) or match.group(2))
        for place in range(first, places[index])
        for match in _CERTAIN_MARK.finditer(lines[place].text)
    }
    return listed <= marks


def _marks_without_notes(lines: Sequence[Line], places: Sequence[int]) -> tuple[Edit, ...]:
    """The edits that take out marks "1)", "2)" … at the ends of lines, of notes that the text does not hold."""
    found = [(place, match) for place in places if (match := _LAST_MARK.search(lines[place].text))]
    if [int(match.group(1)) for _, match in found] != list(range(1, len(found) + 1)):
        return ()
    return tuple(Edit(lines[place].start + match.start(), lines[place].end) for place, match in found)


def _only_notes(lines: Sequence[Line], places: list[int]) -> bool:
    """Whether the rest of the text is a list of notes numbered 1, 2, 3 … with some lines between that go on."""
    expected = 1
    loose = 0
    for place in places:
        if _note_at(lines[place].text)[0] == expected:
            expected += 1
            loose = 0
        else:
            loose += 1
            if loose > 3 or label_at(place, lines[place]):
                return False
    return expected > 1


def _bare_pattern(lines: Sequence[Line], first: int, end: int, notes: list[int]) -> re.Pattern[str] | None:
    """The pattern by which the marks without a sign are those of the notes, in order; None where none is."""

    def marks(pattern: re.Pattern[str]) -> list[int]:
        found = (int(match.group(1)) for place in range(first, end) for match in pattern.finditer(lines[place].text))
        return list(dict.fromkeys(found))

    return next((pattern for pattern in _BARE_MARKS if marks(pattern) == notes), None)


def _is_marked(lines: Sequence[Line], first: int, end: int) -> bool:
    for place in range(first, end):
        for match in _TYPED.finditer(lines[place].text):
            if int(match.group(1) or match.group(2)) == 1 and not _TYPED_NOTE.match(lines[place].text):
                return True
    return False
