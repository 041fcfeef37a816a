"""Whether the papers answer a question at all, and if not, whether it is still open in parliament.

The decision is a logistic model over a few plain signs, fitted on questions with known answers; see
`benchmarks/calibrate.py` and docs/answers.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from chatbot.asked import Asked, covered, stems_of
from chatbot.language import ENGLISH
from chatbot.outside import Outside, outside
from chatbot.support import Support, log_odds
from chatbot.weights import REFUSAL
from index.records import Filters, Hit
from index.search import Index

OPEN = 3
"""Open questions that are compared with the best answers."""
FARTHEST = -5.0
"""How far an open question is behind where there is none, in spreads of the cosine."""
CLOSER = 0.0
"""From where on an open question counts as asking the same: nearness and words of it, against the best answer's."""
NOTHING_OUTSIDE = Outside()
COMPARED = 6
"""Hits whose words are looked at; those behind them tell how near is usual."""
LACKS = (
    "behind", "cover", "cover_question", "rarest_missing", "said", "typed", "names_missing", "names_nowhere",
    "figures_missing", "year_missing", "other_official", "no_figure", "no_time",
)  # fmt: skip
"""Signs of the best exchange that count for the decision too."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`answered`: the papers answer the question. `open_question`: an unanswered question that is close to it.

    `outside`: what of a refused question the collection does not cover.
    """

    answered: bool
    probability: float
    open_question: Hit | None = None
    signs: Mapping[str, float] = field(default_factory=dict)
    outside: Outside = NOTHING_OUTSIDE


def judge(
    index: Index,
    asked: Asked,
    hits: Sequence[Hit],
    supports: Sequence[Support],
    *,
    filters: Filters,
    threshold: float | None,
) -> Verdict:
    """Decide over what was found. `threshold`: None for the fitted one."""
    waiting = index.search_questions(asked.question, filters=filters, limit=OPEN)
    if not hits or not supports:
        return Verdict(False, 0.0, waiting[0] if waiting else None, outside=outside(index, asked, hits))
    signs = look(index, asked, hits, supports, waiting)
    probability = REFUSAL.probability(signs)
    answered = probability >= (REFUSAL.threshold if threshold is None else threshold)
    if answered:
        return Verdict(True, probability, None, signs)
    closer = bool(waiting) and signs["open_near"] + signs["open_cover"] > CLOSER
    return Verdict(False, probability, waiting[0] if closer else None, signs, outside(index, asked, hits))


def look(
    index: Index, asked: Asked, hits: Sequence[Hit], supports: Sequence[Support], waiting: Sequence[Hit]
) -> dict[str, float]:
    """The signs of the decision."""
    return standing(supports) | surroundings(index, asked, hits, waiting)


def standing(supports: Sequence[Support]) -> dict[str, float]:
    """What the exchanges found say of the decision: how sure the best is, and what it lacks."""
    best = supports[0]
    return {
        "support": log_odds(best.probability),
        "others": log_odds(1 - math.prod(1 - support.probability for support in supports[1:4])),
    } | {name: best.signs[name] for name in LACKS}


def surroundings(index: Index, asked: Asked, hits: Sequence[Hit], waiting: Sequence[Hit]) -> dict[str, float]:
    """What all hits, and the questions that are still open, say of the decision."""
    mean, spread = index.background(asked.question)
    english = asked.language == ENGLISH
    best = hits[:COMPARED]
    near = max((hit.dense for hit in hits if hit.dense is not None), default=mean)
    behind = [hit.dense for hit in hits[COMPARED:] if hit.dense is not None]
    beyond = outside(index, asked, hits)
    open_near = max(((hit.dense or mean) - near) / spread for hit in waiting) if waiting else FARTHEST
    return {
        "outside_place": float(bool(beyond.countries or beyond.senate)),
        "outside_year": float(bool(beyond.years)),
        "ahead": (near - sum(behind) / len(behind)) / spread if behind else 0.0,
        "margin": (hits[0].score - hits[1].score) / spread if len(hits) > 1 else 0.0,
        "bm25": (hits[0].lexical or 0.0) / (sum(index.rarities(asked.question).values()) or 1.0),
        "open_near": open_near,
        "open_cover": 0.0 if english else _cover(index, asked, waiting, _text) - _cover(index, asked, best, _text),
        "open_question": (
            0.0 if english else _cover(index, asked, waiting, _text) - _cover(index, asked, best, _question)
        ),
        "names": float(bool(asked.names)),
        "english": float(english),
        "near_english": (near - mean) / spread if english else 0.0,
        "open_english": open_near if english and waiting else 0.0,
    }


def _cover(index: Index, asked: Asked, hits: Sequence[Hit], text: Callable[[Index, Hit], str]) -> float:
    """How much of the question's words the best of these hits has in a part of its text."""
    return max((covered(asked.words, stems_of(text(index, hit))) for hit in hits), default=0.0)


def _question(index: Index, hit: Hit) -> str:
    paper = index.paper(hit.paper)
    return f"{paper.subject} {paper.exchanges[hit.exchange].question}"


def _text(index: Index, hit: Hit) -> str:
    paper = index.paper(hit.paper)
    exchange = paper.exchanges[hit.exchange]
    return f"{paper.subject} {exchange.question} {exchange.answer}"
