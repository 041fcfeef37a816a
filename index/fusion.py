"""Vectors, words and clues brought together: a weighted sum of what each says of an exchange.

Scores rather than ranks are summed: on questions with known answers that put the right exchange in front
more often than reciprocal rank fusion did, under cross-validation. No part depends on which other
exchanges are candidates, so a score does not change with the number of hits that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Blend:
    """What each part counts.

    `vectors`: the cosine with the best passage. `words`: that all words of the query stand in a passage, in
    spreads of the cosine (see `DenseIndex.spread`). `clues`: that an exchange fits what the query says of who
    answered, who asked or when, in spreads as well; with 0 the query is taken as it stands, its abbreviations
    too. `text`: whether the best are looked at once more by what their text is (see `index.second_look`).
    """

    vectors: float = 1.0
    words: float = 4.0
    clues: float = 2.0
    text: bool = True


BLEND = Blend()
"""The weights of the search; docs/quality.md says how they were found."""
VECTORS_ONLY = Blend(words=0.0, clues=0.0, text=False)
WORDS_ONLY = Blend(vectors=0.0, words=1.0, clues=0.0, text=False)


def fused(cosines: Numbers, shares: Numbers, clues: Numbers | float, spread: float, blend: Blend = BLEND) -> Numbers:
    """Scores, higher is better, in the unit of a cosine.

    `cosines`: of the query with each exchange's best passage. `shares`: the best passage's BM25 score as a
    share of the highest that the query could have; words that no passage has, such as those of another
    language, keep it low. `clues`: the share of the query's clues that fit, 0 to 1. `spread`: how far the
    cosines of this model differ, see `DenseIndex.spread`.
    """
    total: Numbers = blend.vectors * cosines + spread * (blend.words * shares + blend.clues * clues)
    return total
