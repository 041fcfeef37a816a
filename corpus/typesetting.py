"""The line width of the official PDF: where its lines can have ended.

The official edition sets its text ragged right, in one column of a fixed width, in a sans serif of the usual
proportions. The widths below are those of the Helvetica metrics, in thousandths of the type size; measured
on printed lines, no line is wider than `LINE_WIDTH` and the next word never fitted.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import accumulate

LINE_WIDTH = 34_700
"""The widest line of running text, in thousandths of the type size."""
NARROWEST_LINE = 27_500
"""A line that ends a sentence nowhere is at least this wide, because the next word did not fit."""
NOTE_LINE_WIDTH = 46_000
"""The widest line of a footnote, which is set smaller."""

_CLASSES = {
    "ijl’‘'": 222,
    " !,./:;I[]\\|ft": 278,
    "r()-`“”": 333,
    '"': 355,
    "*•": 380,
    "ckvxyzsJ": 500,
    "0123456789#$?_abdeghnopquL«»–€": 556,
    "+<=>~": 584,
    "FTZ": 611,
    "ABEKPSVXY&": 667,
    "wCDHNRU": 722,
    "GOQ": 778,
    "mM": 833,
    "%": 889,
    "W": 944,
    "…—": 1000,
    "@": 1015,
}
_WIDTHS = {char: width for chars, width in _CLASSES.items() for char in chars}


@cache
def char_width(char: str) -> int:
    """The width of one character, in thousandths of the type size; accents do not count."""
    if char in _WIDTHS:
        return _WIDTHS[char]
    return _WIDTHS.get(unicodedata.normalize("NFD", char)[0], 556)


class _Widths(dict[str, int]):
    def __missing__(self, char: str) -> int:
        self[char] = width = char_width(char)
        return width


_OF_CHARS = _Widths()


def widths(text: str) -> list[int]:
    """The widths of the beginnings of a text: of none of it, of its first character, of its first two …"""
    return list(accumulate(map(_OF_CHARS.__getitem__, text), initial=0))


def text_width(text: str) -> int:
    """The width of a text on one line, in thousandths of the type size."""
    return sum(map(_OF_CHARS.__getitem__, text))
