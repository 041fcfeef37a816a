"""Text with a map back to the raw text that it was made from.

A mapped text starts as a plain copy of a range of the raw text; every change after that is a list of
edits, so that each remaining character still knows its place in the raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Self

from corpus.records import Knot

_BLANK = r"[ \t\u00a0\u2007\u202f]"
_SPACES = re.compile(rf"[ \t\n\u00a0\u2007\u202f](?:(?<=\n)\s*|{_BLANK}*\n\s*|{_BLANK}+|(?<! ))")
"""A line break with the space around it, several spaces, or one of an unusual kind; written so that the search skips
letters quickly."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters from `start` up to `end` by `text`."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text and its knots, ascending, that lead each character to the raw text."""

    text: str
    knots: tuple[Knot, ...]

    @classmethod
    def copy(cls, raw: str, start: int, end: int) -> Self:
        """The characters of `raw` from `start` up to `end`, unchanged."""
        return cls(raw[start:end], (Knot(0, start),) if end > start else ())

    def edited(self, edits: Iterable[Edit]) -> MappedText:
        """The text after `edits`, which may not overlap; their offsets are those of this text."""
        ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
        if not ordered:
            return self
        pieces: list[str] = []
        knots: list[Knot] = []
        length = 0
        position = 0
        for edit in ordered:
            if edit.start < position:
                continue
            if edit.start > position:
                length = self._keep(position, edit.start, length, pieces, knots)
            pieces.append(edit.text)
            if edit.text and not knots and self.knots:
                knots.append(Knot(0, self.raw_offset(min(edit.start, max(len(self.text) - 1, 0)))))
            length += len(edit.text)
            position = edit.end
        self._keep(position, len(self.text), length, pieces, knots)
        return MappedText("".join(pieces), tuple(knots))

    def _keep(self, start: int, end: int, length: int, pieces: list[str], knots: list[Knot]) -> int:
        if end <= start:
            return length
        pieces.append(self.text[start:end])
        place = bisect_right(self.knots, start, key=lambda knot: knot.start) - 1
        shift = length - start
        knot = self.knots[place]
        _append(knots, Knot(length, knot.raw + start - knot.start))
        for further in range(place + 1, len(self.knots)):
            knot = self.knots[further]
            if knot.start >= end:
                break
            _append(knots, Knot(knot.start + shift, knot.raw))
        return length + end - start

    def raw_offset(self, offset: int) -> int:
        """Where character `offset` of this text stands in the raw text."""
        place = max(bisect_right(self.knots, offset, key=lambda knot: knot.start) - 1, 0)
        knot = self.knots[place]
        return knot.raw + offset - knot.start

    def tidied(self) -> MappedText:
        """The text with single spaces, without space around line breaks, empty lines and outer space."""
        text = self.text
        end = len(text.rstrip())
        begin = len(text) - len(text.lstrip()) if end else 0
        edits = [Edit(0, begin), Edit(end, len(text))]
        for match in _SPACES.finditer(text, begin, end):
            edits.append(Edit(match.start(), match.end(), "\n" if "\n" in match.group() else " "))
        return self.edited(edit for edit in edits if edit.start < edit.end)


def through(knots: tuple[Knot, ...], length: int, middle: MappedText) -> tuple[Knot, ...]:
    """The map of a text of `length` characters into the text that `middle` was made from.

    `knots` lead into `middle.text`. () where the ways cross, so that the result would not ascend.
    """
    result: list[Knot] = []
    for place, knot in enumerate(knots):
        end = knots[place + 1].start if place + 1 < len(knots) else length
        stop = knot.raw + end - knot.start
        _append(result, Knot(knot.start, middle.raw_offset(knot.raw)))
        first = bisect_right(middle.knots, knot.raw, key=lambda inner: inner.start)
        for inner in islice(middle.knots, first, None):
            if inner.start >= stop:
                break
            _append(result, Knot(knot.start + inner.start - knot.raw, inner.raw))
    if any(later.raw <= earlier.raw for earlier, later in pairwise(result)):
        return ()
    return tuple(result)


def _append(knots: list[Knot], knot: Knot) -> None:
    """Add a knot, unless the last one already leads there."""
    if knots and knot.raw - knots[-1].raw == knot.start - knots[-1].start:
        return
    knots.append(knot)
