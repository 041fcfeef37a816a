"""Whether the papers answer a question at all, and if not, whether it is still open in parliament.

The decision is a logistic model over a few plain signs, fitted on questions with known answers; see
`benchmarks/calibrate.py` and docs/answers.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chatbot.asked import Asked, covered, present, stems_of
from chatbot.language import ENGLISH
from chatbot.outside import Outside, outside
from chatbot.support import Support, log_odds
from chatbot.weights import REFUSAL
from index.records import Hit
from index.search import Index

OPEN = 3
"""Open questions that are compared with the best answers."""
FARTHEST = -5.0
"""How far an open question is behind where there is none, in spreads of the cosine."""
CLOSER = 0.0
"""From where on an open question counts as asking the same: nearness and words of it, against the best answer's."""
OF_WORDS, FITS = 4.0, 4.0
"""An open question is named when its nearness, in spreads of the cosine, and its share of the words of the question
come to so much together: of 51 questions that only an open one asks, two in three are then told so, none with another
one's paper; of 263 others without an answer one in twenty (one in six when the nearer one of the two was enough)."""
NOTHING_OUTSIDE = Outside()
COMPARED = 6
"""Hits whose words are looked at; those behind them tell how near is usual."""
LACKS = (
    "cover", "cover_answer", "names_missing", "names_nowhere", "figures_missing", "year_missing", "other_official",
    "no_figure", "no_time", "question_cover", "wanted", "wanted_missing", "wanted_cover", "sentence_cover",
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
    waiting: Sequence[Hit],
    *,
    threshold: float | None,
) -> Verdict:
    """Decide over what was found. `waiting`: open questions on the same. `threshold`: None for the fitted one."""
    if not hits or not supports:
        return Verdict(False, 0.0, waiting[0] if waiting else None, outside=outside(index, asked, hits))
    signs = look(index, asked, hits, supports, waiting)
    probability = REFUSAL.probability(signs)
    answered = probability >= (REFUSAL.threshold if threshold is None else threshold)
    if answered:
        return Verdict(True, probability, None, signs)
    closer = bool(waiting) and signs["open_near"] + signs["open_cover"] > CLOSER and _fits(index, asked, waiting[0])
    return Verdict(False, probability, waiting[0] if closer else None, signs, outside(index, asked, hits))


def _fits(index: Index, asked: Asked, waiting: Hit) -> bool:
    """Whether an open question is about the same, and not merely nearer than answers about something else."""
    mean, spread = index.background(asked.question)
    near = ((waiting.dense if waiting.dense is not None else mean) - mean) / spread
    cover = 0.0 if asked.language == ENGLISH else covered(asked.words, stems_of(text_of(index, waiting)))
    return near + OF_WORDS * cover >= FITS


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
    near = max((hit.dense for hit in hits if hit.dense is not None), default=mean)
    behind = [hit.dense for hit in hits[COMPARED:] if hit.dense is not None]
    found = [stems_of(text_of(index, hit)) for hit in hits[:COMPARED]]
    covers = 0.0 if english else max(covered(asked.words, stems) for stems in found)
    open_cover = (
        0.0 if english else max((covered(asked.words, stems_of(text_of(index, hit))) for hit in waiting), default=0.0)
    )
    lacking = [rarity for word, rarity in asked.words.items() if not any(present(word, stems) for stems in found)]
    beyond = outside(index, asked, hits)
    return {
        "outside_place": float(bool(beyond.countries or beyond.senate)),
        "outside_year": float(bool(beyond.years)),
        "near": (near - mean) / spread,
        "ahead": (near - sum(behind) / len(behind)) / spread if behind else 0.0,
        "open_near": max(((hit.dense or mean) - near) / spread for hit in waiting) if waiting else FARTHEST,
        "open_cover": open_cover - covers,
        "unknown": 0.0 if english else sum(lacking) / (sum(asked.words.values()) or 1.0),
        "rarest": 0.0 if english else max(lacking, default=0.0),
        "words": float(len(asked.words)),
        "english": float(english),
    }


def text_of(index: Index, hit: Hit) -> str:
    """What an exchange says, with the subject of its paper."""
    paper = index.paper(hit.paper)
    exchange = paper.exchanges[hit.exchange]
    return f"{paper.subject} {exchange.question} {exchange.answer}"
