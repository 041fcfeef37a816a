"""The exchanges that a query might mean, with their passages and scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.dense import DenseIndex
from index.fusion import BLEND, Blend, fused
from index.lexical import LexicalIndex
from index.places import Group, Places

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

CLOSE = 60
"""Exchanges whose passages are looked at more closely where vectors are not kept in full: more than anyone sees."""


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
    vector: Callable[[], npt.NDArray[np.float32]],
    *,
    places: Places,
    dense: DenseIndex,
    lexical: LexicalIndex,
    group: Group,
    papers: set[int] | None,
    limit: int,
    meant: Sequence[set[int]] = (),
    blend: Blend = BLEND,
) -> Candidates:
    """The exchanges of the `limit` passages of a group that are nearest, and of as many by words.

    What one of the two found is scored by both. `vector`: waits for the vector of the query, and is called when the
    words are done. `papers`: rows of the papers that may be found, None for all.
    `meant`: for each kind of clue in the query the rows of the papers that fit it; these are also searched apart,
    so that what fits is a candidate however many others are nearer.
    """
    searched = [(some, places.allowed(group, some)) for some in _searched(papers, meant)]
    found: dict[int, float] = {}
    for some, allowed in searched:
        said, scores = lexical.search(query, limit, group=group, papers=some, allowed=allowed)
        found.update(zip(said.tolist(), scores.tolist(), strict=True))
    near = [dense.search(vector(), limit, allowed)[0] for _, allowed in searched]
    exchanges = np.unique(places.exchanges[np.concatenate([np.array(list(found), dtype=np.int64), *near])])
    members, owners = places.members(exchanges)
    cosines = dense.scores(vector(), members).astype(np.float64)
    words = np.array([found.get(place, 0.0) for place in members.tolist()], dtype=np.float64)
    shares = words / (lexical.highest(query) or 1.0)
    rows = places.table["paper"][members]
    clues = np.zeros(len(members))
    for fitting in meant:
        clues += np.isin(rows, np.fromiter(fitting, dtype=np.int64, count=len(fitting)))
    said_best, fits = (_best(part, owners, len(exchanges)) for part in (shares, clues))

    def scored() -> Numbers:
        return fused(_best(cosines, owners, len(exchanges)), said_best, fits, dense.spread, blend)

    if not dense.exact:
        close = np.isin(owners, np.argsort(-scored(), kind="stable")[:CLOSE])
        cosines[close] = dense.closer_scores(vector(), members[close])
    return Candidates(
        scores=scored(),
        places=members,
        owners=owners,
        cosines=cosines,
        words=words,
        ranking=fused(cosines, shares, clues, dense.spread, blend),
    )


def _searched(papers: set[int] | None, meant: Sequence[set[int]]) -> list[set[int] | None]:
    """The sets of papers that are searched: all that may be found, and of them those that fit each kind of clue."""
    narrower = [fitting if papers is None else fitting & papers for fitting in meant]
    return [papers, *(some for some in narrower if some)]


def _best(scores: Numbers, owners: Indices, count: int) -> Numbers:
    highest = np.full(count, -np.inf)
    np.maximum.at(highest, owners, scores)
    return highest
