"""The words of a text in their context, by which a question and the answers that come nearest are compared once more.

One vector for a passage says what it is about; it hardly tells which of several answers of one paper holds what is
asked for. So each word of the question is also held against the words of the answer, as ColBERT does
(https://arxiv.org/abs/2004.12832), here with what the bundled model makes of them below its last layer, and without
training. Of a passage's words a bit a number is kept, its sign; the question's stay as they are. A word may be read in
pieces, each of which counts as one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

COMMON = 4.0
"""Surprise, -log(probability), up to which a word says nothing."""
LEAST = 0.5
"""What such a word counts all the same."""

_WORD = re.compile(r"[^\W_]+")
_BITS = 8
_END = np.dtype("<u2")


@dataclass(frozen=True, slots=True, eq=False)
class Senses:
    """The words of a text. `vectors`: (n, dimension), rows of length 1, at least one; `weights`: (n,), together 1;
    `ends`: where each has its last character, (n,), ascending."""

    vectors: Vectors
    weights: Vectors
    ends: Places

    def packed(self) -> bytes:
        """One word after another: the signs of its vector, a bit a number, and its end in two bytes."""
        signs = np.packbits(self.vectors > 0, axis=1)
        ends = self.ends.astype(_END).view(np.uint8).reshape(-1, _END.itemsize)
        return np.concatenate([signs, ends], axis=1).tobytes()


def found_in(text: str, begin: int, pieces: Sequence[tuple[int, int]], seen: Vectors, surprise: Vectors) -> Senses:
    """The words of a text; all that the model read, in one, of a text without words.

    Args:
        begin: where the text begins, behind what the model wants in front.
        pieces: where each piece of the text that the model read starts and ends; (0, 0) for what is no text.
        seen: what the model made of the pieces, (n, dimension).
        surprise: how improbable each piece is at large, (n,), as -log(probability): what it counts in a question.
    """
    words = np.array([match.span() for match in _WORD.finditer(text, begin)], dtype=np.int64).reshape(-1, 2)
    # A piece begins with the space before its word.
    last = np.array([end - 1 for _, end in pieces], dtype=np.int64)
    owners = np.searchsorted(words[:, 0], last, side="right") - 1
    inside = owners >= 0
    inside[inside] = last[inside] < words[owners[inside], 1]
    if not inside.any():
        whole = _unit(seen.mean(axis=0, keepdims=True))
        return Senses(whole, np.ones(1, dtype=np.float32), np.zeros(1, dtype=np.int64))
    weights = np.maximum(surprise[inside] - COMMON, LEAST)
    return Senses(_unit(seen[inside]), (weights / weights.sum()).astype(np.float32), last[inside] - begin)


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    return unit


def matches(asked: Senses, packed: Sequence[bytes]) -> npt.NDArray[np.float64]:
    """How well each passage has the words of a question, (n,): the mean cosine with the most like word, by weight.

    `packed`: the words of each passage, see `Senses.packed`; none of them empty.
    """
    cosines, _ = _compared(asked, b"".join(packed))
    width = asked.vectors.shape[1] // _BITS + _END.itemsize
    counts = [len(each) // width for each in packed]
    best = np.maximum.reduceat(cosines, np.cumsum([0, *counts[:-1]]), axis=0)
    return np.asarray(best @ asked.weights, dtype=np.float64)


class Stretches:
    """The words of one passage against those of a question, to say of any stretch of it how well that has them.

    `cosines`: of its words with those of the question, (n, asked), `weights`: of the latter, `ends`: of the former.
    `heading`: characters that stand in front of the passage's text; what they have counts for each stretch.
    """

    def __init__(self, cosines: Vectors, weights: Vectors, ends: Places, heading: int) -> None:
        self._cosines, self._weights = cosines, weights
        self._ends: list[int] = (ends - heading).tolist()
        above = bisect_left(self._ends, 0)
        self._above = cosines[:above].max(axis=0) if above else np.full(len(weights), -1, dtype=np.float32)

    def match(self, start: int, end: int) -> float:
        """How well characters `start` to `end` of the passage have the words, with its heading: as `matches` has it."""
        first, last = bisect_left(self._ends, start), bisect_left(self._ends, end)
        best = np.maximum(self._above, self._cosines[first:last].max(axis=0)) if first < last else self._above
        return float(best @ self._weights)


def stretches(asked: Senses, packed: Sequence[bytes], headings: Sequence[int]) -> list[Stretches]:
    """Passages, each with the characters of its heading, to say of any stretch of them how well it has the words."""
    cosines, ends = _compared(asked, b"".join(packed))
    width = asked.vectors.shape[1] // _BITS + _END.itemsize
    borders = np.cumsum([0, *(len(each) // width for each in packed)]).tolist()
    return [
        Stretches(cosines[first:last], asked.weights, ends[first:last], heading)
        for (first, last), heading in zip(pairwise(borders), headings, strict=True)
    ]


def _compared(asked: Senses, packed: bytes) -> tuple[Vectors, Places]:
    """The cosine of each packed word's signs with each word of a question, (packed, asked), and the words' ends."""
    width = asked.vectors.shape[1] // _BITS
    rows = np.frombuffer(packed, dtype=np.uint8).reshape(-1, width + _END.itemsize)
    ends = np.ascontiguousarray(rows[:, width:]).view(_END).ravel().astype(np.int64)
    # The product with signs is twice that with bits, less the sum.
    bits = np.unpackbits(rows[:, :width], axis=1).astype(np.float32)
    cosines = bits @ (asked.vectors.T * (2 / np.sqrt(asked.vectors.shape[1], dtype=np.float32)))
    cosines -= asked.vectors.sum(axis=1) / np.sqrt(asked.vectors.shape[1], dtype=np.float32)
    return cosines, ends
