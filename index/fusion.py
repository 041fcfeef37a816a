"""Vectors and words brought together: a weighted sum of what each says of an exchange.

Scores rather than ranks are summed: on questions with known answers that put the right exchange in front
more often than reciprocal rank fusion did, under cross-validation. Neither part depends on which other
exchanges are candidates, so a score does not change with the number of hits that is asked for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

WORDS_WEIGHT = 4.0
"""What it counts that all words of the query stand in a passage, in spreads of the cosine (see `fused`)."""


def fused(cosines: Numbers, shares: Numbers, spread: float) -> Numbers:
    """Scores, higher is better, in the unit of a cosine.

    `cosines`: of the query with each exchange's best passage. `shares`: the best passage's BM25 score as a
    share of the highest that the query could have; words that no passage has, such as those of another
    language, keep it low. `spread`: how far the cosines of this model differ, see `DenseIndex.spread`.
    """
    total: Numbers = cosines + WORDS_WEIGHT * spread * shares
    return total
