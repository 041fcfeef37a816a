"""The cleaned text of a part of a paper: marks and furniture out, lines joined into paragraphs.

Text from the official PDF is mended (see `corpus.joining`); text that was typed is left as it is, but for
space and for lines that were broken inside a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.joining import broken_word, has_room, mend, own_words
from corpus.manuscript import Line
from corpus.mapped import Edit, MappedText
from corpus.typesetting import LINE_WIDTH, text_width

HARD_WRAP = 55
"""A typed line of at least so many characters may have been broken by its program rather than by its writer."""
BROKEN_LINES = 4
"""From so many lines on that go on in the next, a typed text was broken by a program."""
WIDEST = 120
"""A text with a longer line was not broken by a program: its lines are paragraphs."""
A_LITTLE_WIDER = 1.08
"""Widths are approximate: a line up to so many times the full width in which nothing is glued is one printed line."""
TABLE_ROW = 300
"""A row of a table has at most so many characters."""

_LIST_ITEM = re.compile(r"\s*(?:[–•●▪◦-]\s|\d{1,2}[.)]\s+\S|[a-z][.)]\s)")
_SENTENCE_END = re.compile(r"[.?!:;…][»”’\")]*\s*\Z")
_ENDS_NOTHING = re.compile(r"\b(?:en|of|de|het|een|van|te)\Z")
"""Words that end no paragraph."""
_BROKEN_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})(\d)(?=\d{1,3}\.\d{3}(?!\d))")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[\d.,%€x–-]+")
_STRAY_SPACE = re.compile(r"(?<=[\w)»”’]) (?=[.,;:?!](?:[\s»”’)]|\Z)|[)»](?![\w(«]))|(?<=[(«]) (?=\w)")
"""The space that an extractor leaves where the type changes: "de Black Sea Initiative , waarmee"."""
_TABLE_NOTE = re.compile(r"(?m)^(\d) (?=[A-ZÀ-Ý«])")


def drop_lines(lines: Sequence[Line], dropped: frozenset[int]) -> list[Edit]:
    """Edits that take whole lines out, with their line breaks."""
    return [Edit(lines[place].start, lines[place].end + 1) for place in sorted(dropped)]


def within(edits: Sequence[Edit], start: int, end: int) -> list[Edit]:
    """The edits that touch the raw text from `start` up to `end`, moved so that `start` becomes 0."""
    first = bisect_left(edits, start, key=lambda edit: edit.start)
    if first and edits[first - 1].end > start:
        first -= 1
    result = []
    for edit in edits[first:]:
        if edit.start >= end:
            break
        result.append(Edit(max(edit.start, start) - start, min(edit.end, end) - start, edit.text))
    return result


def typed_text(raw: str, start: int, end: int, edits: Sequence[Edit]) -> MappedText:
    """The cleaned text of a typed part; paragraphs are its lines."""
    text = MappedText.copy(raw, start, end).edited(within(edits, start, end)).tidied()
    joins = []
    for match in re.finditer(r"\n", text.text):
        line = text.text[text.text.rfind("\n", 0, match.start()) + 1 : match.start()]
        following = text.text[match.end() :].split("\n", 1)[0]
        goes_on = len(line) >= HARD_WRAP and line[-1] not in '.?!:;)»”’"' and following[:1].islower()
        if (goes_on or _is_full(raw, line, following)) and not _blank_between(raw, text, match):
            joins.append(_flow(line, following, match, raw))
    return text.edited(joins)


def _flow(line: str, following: str, end: re.Match[str], raw: str) -> Edit:
    """The edit that undoes a line end of a typed text, with the hyphen of a word that was broken there."""
    broken = broken_word(line, following, _own_words(raw)) if line.endswith("-") else None
    if broken is None:
        return Edit(end.start(), end.end(), " ")
    return Edit(end.start() - broken.taken, end.end(), broken.between)


@lru_cache(maxsize=8)
def _own_words(raw: str) -> frozenset[str]:
    return own_words(raw)


def _is_full(raw: str, line: str, following: str) -> bool:
    """Whether a long line goes on: the first word of the following one had no room on it, or its own ends nothing."""
    if len(line) < HARD_WRAP or line[-1] == ":" or _LIST_ITEM.match(following):
        return False
    if _ENDS_NOTHING.search(line) and following[:1].isalnum():
        return True
    return no_room(line, following, _width(raw))


@lru_cache(maxsize=8)
def _width(raw: str) -> int:
    return wrapped_at(raw.split("\n"))


def wrapped_at(lines: Sequence[str]) -> int:
    """At how many characters a program broke the lines of a typed text; 0 where none did."""
    lines = [line.rstrip() for line in lines]
    broken = [len(line) for line, following in pairwise(lines) if len(line) >= HARD_WRAP and following[:1].islower()]
    return max(broken) if len(broken) >= BROKEN_LINES and max(map(len, lines)) <= WIDEST else 0


def no_room(line: str, following: str, width: int) -> bool:
    """Whether lines are broken at `width` characters, and the first word of the following one had no room on a line."""
    return bool(width) and len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _blank_between(raw: str, text: MappedText, match: re.Match[str]) -> bool:
    gap = raw[text.raw_offset(match.start()) : text.raw_offset(match.end())]
    return gap.count("\n") > 1


def printed_text(
    raw: str,
    start: int,
    end: int,
    edits: Sequence[Edit],
    words: frozenset[str],
    width: int = LINE_WIDTH,
    *,
    glued: bool = True,
) -> MappedText:
    """The cleaned text of a part from the official PDF. `glued`: lines were put together without spaces."""
    text = MappedText.copy(raw, start, end).edited(within(edits, start, end))
    text = _without_table_marks(text)
    changes: list[Edit] = []
    previous: tuple[str, int, int] | None = None
    position = 0
    after_table = False
    for line in text.text.split("\n"):
        stripped = line.strip()
        if stripped:
            begin = position + len(line) - len(line.lstrip())
            if previous is not None:
                changes.append(_join(previous, stripped, begin, words, width))
            tabular = _is_tabular(stripped) or (after_table and _TABLE_NOTE.match(stripped) is not None)
            after_table = tabular
            run = mend(stripped, words, width, begin) if glued and not tabular else None
            if run is not None:
                changes.extend(run.edits)
            last_width = text_width(stripped)
            wide = last_width >= width * A_LITTLE_WIDER
            if run is not None and (run.edits or wide):
                last_width = run.last_width
            elif wide and not glued:
                last_width %= width
            previous = (stripped, begin + len(stripped), last_width)
        position += len(line) + 1
    mended = text.edited(_settled(changes)).tidied()
    return mended.edited(Edit(space.start(), space.end()) for space in _STRAY_SPACE.finditer(mended.text))


def _settled(changes: list[Edit]) -> list[Edit]:
    return [edit for edit in changes if edit.end > edit.start or edit.text]


def _join(previous: tuple[str, int, int], line: str, begin: int, words: frozenset[str], width: int) -> Edit:
    """The edit for the line break between two lines; its range is the break with the space around it."""
    before, end, used = previous
    if _is_tabular(before) or _is_tabular(line) or _LIST_ITEM.match(line):
        return Edit(end, begin, "\n")
    if broken := broken_word(before, line, words):
        return Edit(end - broken.taken, begin, broken.between)
    if before.endswith(("/", "–")) and line[0].isalnum() and before[-2:-1].isalnum():
        return Edit(end, begin, "")
    starts_anew = line[0].isupper() or line[0] in '«“‘"('
    if _SENTENCE_END.search(before) and (starts_anew or line[0].isdigit()) and has_room(used, line, width):
        return Edit(end, begin, "\n")
    if starts_anew and used < width * 0.55 and has_room(used, line[:60], width) and not before.endswith(","):
        return Edit(end, begin, "\n")
    return Edit(end, begin, " ")


def _is_tabular(line: str) -> bool:
    """Whether a line is a row of a table: mostly figures."""
    if len(line) > TABLE_ROW or not _DIGIT.search(line) or line.endswith((".", "?")):
        return False
    words = line.split()
    if len(words) < 2 or len(words) > 25:
        return False
    figures = sum(1 for word in words if _FIGURE.fullmatch(word))
    return figures >= 2 and figures * 2 >= len(words)


def _without_table_marks(text: MappedText) -> MappedText:
    """Figures with a note's mark between them taken apart: "88711.122" is 887, note 1, and 1.122."""
    note = _TABLE_NOTE.search(text.text)
    if note is None:
        return text
    edits = [
        Edit(match.start(2), match.end(2), " ")
        for match in _BROKEN_THOUSANDS.finditer(text.text, 0, note.start())
        if match.group(2) == note.group(1)
    ]
    return text.edited(edits)
