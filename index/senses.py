"""The words of a text in their context, by which a question and the answers that come nearest are compared once more.

One vector for a passage says what it is about; it hardly tells which of several answers of one paper holds what is
asked for. So each word of the question is also held against the words of the answer, as ColBERT does
(https://arxiv.org/abs/2004.12832), here with what the bundled model makes of them below its last layer, and without
training. Of a passage's words a bit a number is kept, its sign; the question's stay as they are. A word may be read in
pieces, each of which counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

COMMON = 4.0
"""Surprise, -log(probability), up to which a word says nothing."""
LEAST = 0.5
"""What such a word counts all the same."""

_WORD = re.compile(r"[^\W_]+")
_BITS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Senses:
    """The words of a text. `vectors`: (n, dimension), rows of length 1, at least one; `weights`: (n,), together 1."""

    vectors: Vectors
    weights: Vectors

    def packed(self) -> bytes:
        """The signs of the vectors, a bit a number, one word after another."""
        return np.packbits(self.vectors > 0, axis=1).tobytes()


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
        return Senses(_unit(seen.mean(axis=0, keepdims=True)), np.ones(1, dtype=np.float32))
    weights = np.maximum(surprise[inside] - COMMON, LEAST)
    return Senses(_unit(seen[inside]), (weights / weights.sum()).astype(np.float32))


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    return unit


def matches(asked: Senses, packed: Sequence[bytes]) -> npt.NDArray[np.float64]:
    """How well each passage has the words of a question, (n,): the mean cosine with the most like word, by weight.

    `packed`: the words of each passage, see `Senses.packed`; none of them empty.
    """
    width = asked.vectors.shape[1] // _BITS
    counts = [len(each) // width for each in packed]
    rows = np.frombuffer(b"".join(packed), dtype=np.uint8).reshape(-1, width)
    # The product with signs is twice that with bits, less the sum.
    products = np.unpackbits(rows, axis=1).astype(np.float32) @ (2 * asked.vectors.T) - asked.vectors.sum(axis=1)
    best = np.maximum.reduceat(products, np.cumsum([0, *counts[:-1]]), axis=0)
    return np.asarray(best @ asked.weights / np.sqrt(asked.vectors.shape[1]), dtype=np.float64)
