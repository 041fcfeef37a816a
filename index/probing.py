"""How many lists of an index a search must look into, measured with questions of the papers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.dense import Blocks, DenseIndex, Places, Scores

QUESTIONS = 128
"""Questions that the search is tuned by."""

NEAREST = 10
"""First hits of exact search that are to be found again."""

RECALL = 0.99
"""Share of them that must be found."""

LEAST_SHARE = 1 / 64
"""Share of the lists that is probed at least: questions of users are farther from the papers than their own."""


def probes(file: Path, vectors: Blocks, questions: Sequence[Scores]) -> int:
    """The fewest lists, by powers of two, in which enough of what exact search finds is found.

    `questions`: vectors of queries; none leaves a share of the lists that did for others.
    """
    lists = DenseIndex.open(file).lists or 1
    least = max(1, round(lists * LEAST_SHARE))
    if not questions:
        return min(lists, 2 * least)
    queries = np.stack(questions)
    right = _exact(vectors, queries)
    while least < lists:
        index = DenseIndex.open(file, probes=least)
        found = [index.search(query, right.shape[1])[0] for query in queries]
        hits = [len(np.intersect1d(some, all_)) for some, all_ in zip(found, right, strict=True)]
        if sum(hits) >= RECALL * right.size:
            break
        least *= 2
    return min(least, lists)


def _exact(vectors: Blocks, queries: Scores) -> Places:
    """Places of the nearest vectors of each query, (queries, NEAREST)."""
    best = np.full((len(queries), 0), 0, dtype=np.int64)
    scores = np.empty((len(queries), 0), dtype=np.float32)
    first = 0
    for block in vectors():
        scores = np.concatenate([scores, queries @ block.T], axis=1)
        here = np.broadcast_to(np.arange(first, first + len(block)), (len(queries), len(block)))
        best = np.concatenate([best, here], axis=1)
        order = np.argpartition(-scores, min(NEAREST, scores.shape[1]) - 1, axis=1)[:, :NEAREST]
        best, scores = np.take_along_axis(best, order, axis=1), np.take_along_axis(scores, order, axis=1)
        first += len(block)
    return best
