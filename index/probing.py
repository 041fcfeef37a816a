"""How many lists of an index a search must look into, measured with questions of the papers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.dense import DenseIndex, Scores

QUESTIONS = 128
"""Questions that the search is tuned by."""

NEAREST = 10
"""First hits that are to be found."""

RECALL = 0.995
"""Share that must be found of what looking into all lists finds; bytes for numbers may cost as much again."""

LEAST_SHARE = 1 / 64
"""Share of the lists that is probed at least: questions of users are farther from the papers than their own."""


def probes(file: Path, questions: Sequence[Scores]) -> int:
    """The fewest lists, doubled from a least number, in which enough is found of what all lists hold.

    `questions`: vectors of queries; with none, twice the least number.
    """
    lists = DenseIndex.open(file).lists or 1
    chosen = max(1, round(lists * LEAST_SHARE))
    if not questions:
        return min(lists, 2 * chosen)
    right = _found(file, lists, questions)
    while chosen < lists:
        hits = [len(some & every) for some, every in zip(_found(file, chosen, questions), right, strict=True)]
        if sum(hits) >= RECALL * sum(map(len, right)):
            break
        chosen *= 2
    return min(chosen, lists)


def _found(file: Path, probes: int, questions: Sequence[Scores]) -> list[set[int]]:
    index = DenseIndex.open(file, probes=probes)
    return [set(index.search(np.asarray(question), NEAREST)[0].tolist()) for question in questions]
