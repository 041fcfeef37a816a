"""Tables in an answer's text: rows of figures one below the other, with what stands above their columns.

A row says nothing without its column's head, so that a table is quoted whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FEWEST_ROWS = 2
"""Rows of figures from which on lines are a table."""
MOST_HEADS = 3
"""Lines above the figures that may be the heads of their columns."""
LONGEST = 1_500
"""Characters of a table that is quoted whole."""
_FIGURE = re.compile(r"[(€]?\d[\d.,:%€/–-]*[)%.]?|[–-]|x")
_ENDS = re.compile(r"[.?!:;][»”’\")]*\Z")


def tables(text: str) -> Iterator[tuple[int, int]]:
    """Where the tables of a text begin and end, heads included."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    rows = [_is_row(text[start:end]) for start, end in lines]
    place = 0
    while place < len(lines):
        end = place
        while end < len(lines) and rows[end]:
            end += 1
        if end - place >= FEWEST_ROWS:
            head = place
            while head and place - head < MOST_HEADS and _is_head(text[slice(*lines[head - 1])]):
                head -= 1
            yield lines[head][0], lines[end - 1][1]
        place = max(end, place + 1)


def _is_row(line: str) -> bool:
    """Whether a line is hardly more than figures, or has cells."""
    words = line.split()
    if "|" in words:
        return True
    figures = sum(_FIGURE.fullmatch(word) is not None for word in words)
    return bool(figures) and len(words) > 1 and 3 * figures >= len(words) and not _ENDS.search(line)


def _is_head(line: str) -> bool:
    return bool(line.strip()) and not _ENDS.search(line.strip())
