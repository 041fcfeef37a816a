"""Whether the papers answer a question at all, and if not, whether it is still open in parliament.

The decision is a logistic model over a few plain signs, fitted on questions with known answers; see
`benchmarks/calibrate.py` and docs/answers.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chatbot.evidence import Evidence
from chatbot.language import DUTCH, detect
from chatbot.weights import REFUSAL
from index.analysis import folded, words
from index.records import Filters, Hit
from index.search import Index

FEWEST_WORDS = 0.12
"""A Dutch question of whose words, weighted by rarity, no exchange among the first holds so large a share is about
something else. English words are not expected in Dutch papers."""
CLOSE_TO_OPEN = 0.0
"""An open question is named when it fits at least as well as the best answer, by this margin of the score."""
NAME = re.compile(r"(?<!^)(?<![.?!]\s)\b[A-ZÀ-Ý][\w’'-]{2,}|\b[A-ZÀ-Ý]{2,}\b|\b\d[\d.,]*\b")
"""Names, abbreviations and figures in a question: what an answer must be about too."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`answered`: the papers answer the question. `open_question`: an unanswered question that is close to it."""

    answered: bool
    probability: float
    open_question: Hit | None = None
    signs: Mapping[str, float] = field(default_factory=dict)


def judge(
    index: Index,
    question: str,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    *,
    filters: Filters,
    threshold: float | None,
) -> Verdict:
    """Decide over what was found for `question`. `threshold`: None for the fitted one."""
    waiting = index.search_questions(question, filters=filters, limit=1)
    if not hits or not evidence:
        return Verdict(answered=False, probability=0.0, open_question=waiting[0] if waiting else None)
    signs = look(index, question, hits, waiting)
    probability = REFUSAL.probability(signs)
    answered = probability >= (REFUSAL.threshold if threshold is None else threshold)
    if detect(question) == DUTCH and signs["words"] < FEWEST_WORDS:
        answered = False
    closer = bool(waiting) and waiting[0].score >= hits[0].score + CLOSE_TO_OPEN
    return Verdict(answered, probability, waiting[0] if closer and not answered else None, signs)


def look(index: Index, question: str, hits: Sequence[Hit], waiting: Sequence[Hit]) -> dict[str, float]:
    """The signs of the decision."""
    best = hits[0]
    paper = index.paper(best.paper)
    exchange = paper.exchanges[best.exchange]
    rarities = index.rarities(question)
    total = sum(rarities.values()) or 1.0
    about = " ".join(
        [paper.subject, exchange.question, exchange.answer]
        + [f"{speaker.name} {speaker.office} {speaker.ministry}" for speaker in paper.speakers]
        + [f"{member.name} {member.party}" for member in paper.askers]
    )
    present = set(words(about))
    named = [folded(name) for name in NAME.findall(question)]
    folded_about = folded(about)
    return {
        "cosine": best.dense or 0.0,
        "words": sum(rarity for word, rarity in rarities.items() if word in present) / total,
        "ahead": best.score
        - (sum(hit.score for hit in hits[4:10]) / max(1, len(hits[4:10])) if len(hits) > 4 else best.score),
        "missing": sum(name not in folded_about for name in named) / max(1, len(named)),
        "open": (waiting[0].score - best.score) if waiting else -0.2,
    }
