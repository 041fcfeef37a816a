"""The exchanges that a query might mean, with their passages and scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.dense import DenseIndex
from index.fusion import fused
from index.lexical import LexicalIndex
from index.places import Group, Places

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Exchanges with their scores, and all their passages.

    `scores`: one for each exchange. For each passage: `places`, `owners` (the exchange that it belongs to,
    a position in `scores`), `cosines`, `words` (BM25, 0 where none of the words stands) and `ranking`, by
    which the passages of one exchange are put in order.
    """

    scores: Numbers
    places: Indices
    owners: Indices
    cosines: Numbers
    words: Numbers
    ranking: Numbers


def gather(
    query: str,
    vector: npt.NDArray[np.float32],
    *,
    places: Places,
    dense: DenseIndex,
    lexical: LexicalIndex,
    group: Group,
    papers: set[int] | None,
    limit: int,
) -> Candidates:
    """The exchanges of the `limit` passages of a group that are nearest, and of as many by words.

    What one of the two found is scored by both. `papers`: rows of the papers that may be found, None for all.
    """
    allowed = places.allowed(group, papers)
    near, _ = dense.search(vector, limit, allowed)
    said, scores = lexical.search(query, limit, group=group, papers=papers, allowed=allowed)
    exchanges = np.unique(np.concatenate([places.exchanges[near], places.exchanges[said]]))
    members, owners = places.members(exchanges)
    cosines = dense.scores(vector, members).astype(np.float64)
    found = dict(zip(said.tolist(), scores.tolist(), strict=True))
    words = np.array([found.get(place, 0.0) for place in members.tolist()], dtype=np.float64)
    shares = words / (lexical.highest(query) or 1.0)
    return Candidates(
        scores=fused(_best(cosines, owners, len(exchanges)), _best(shares, owners, len(exchanges)), dense.spread),
        places=members,
        owners=owners,
        cosines=cosines,
        words=words,
        ranking=fused(cosines, shares, dense.spread),
    )


def _best(scores: Numbers, owners: Indices, count: int) -> Numbers:
    highest = np.full(count, -np.inf)
    np.maximum.at(highest, owners, scores)
    return highest
