"""How well each found exchange answers the question: what decides which is quoted first, and whether any is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chatbot.asked import Asked, Said, covered, named, spoken, stems_of
from chatbot.evidence import NAMES_CAUSE, NAMES_FIGURE, NAMES_TIME, Evidence, sentences_of
from chatbot.language import ENGLISH
from chatbot.wanted import has
from chatbot.weights import SUPPORT, Weights
from corpus.records import AnswerKind, Exchange, Paper
from index.records import Hit
from index.search import Index

MOST_SURE = 6.0
"""Log odds beyond which it makes no difference."""

EXCHANGE_SIGNS = (
    "near", "behind", "rank", "sentence", "cover", "cover_answer", "names_missing", "names_nowhere", "figures_missing",
    "year_missing", "other_official", "no_figure", "no_time", "no_cause", "short", "points", "english",
    "question_cover", "wanted", "wanted_missing", "wanted_cover", "sentence_cover",
)  # fmt: skip
"""What the judgement of an exchange rests on, in the order of `Support.signs`."""


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """An exchange that may answer. `exchange` counts from 0 in its paper. `signs`: what `probability` rests on."""

    paper: str
    exchange: int
    probability: float
    signs: Mapping[str, float]


def weigh(
    index: Index, asked: Asked, hits: Sequence[Hit], evidence: Sequence[Evidence], *, weights: Weights = SUPPORT
) -> tuple[Support, ...]:
    """The exchanges of the evidence, most probable first."""
    groups: dict[tuple[str, int], list[Evidence]] = {}
    for item in evidence:
        groups.setdefault((item.citation.paper, item.citation.exchange), []).append(item)
    mean, spread = index.background(asked.question)
    nearest = max((hit.dense or 0.0 for hit in hits), default=0.0)
    weighed = []
    for (identifier, place), items in groups.items():
        paper = index.paper(identifier)
        hit = hits[min(item.rank for item in items)]
        near = (hit.dense or 0.0) if hit.dense is not None else mean
        signs = {
            "near": (near - mean) / spread,
            "behind": (near - nearest) / spread,
            "rank": math.log1p(min(item.rank for item in items)),
            "sentence": log_odds(max(item.probability for item in items)),
        } | held_against(asked, paper, paper.exchanges[place])
        weighed.append(Support(identifier, place, weights.probability(signs), signs))
    return tuple(sorted(weighed, key=lambda support: -support.probability))


def held_against(asked: Asked, paper: Paper, exchange: Exchange) -> dict[str, float]:
    """What of the question an exchange has, and what it lacks."""
    english = asked.language == ENGLISH
    answer, question = stems_of(exchange.answer), stems_of(exchange.question)
    about = " ".join(
        [paper.subject, exchange.question, exchange.answer, *(note.text for note in exchange.notes)]
        + [f"{speaker.name} {speaker.office} {speaker.ministry}" for speaker in paper.speakers]
        + [f"{member.name} {member.party}" for member in paper.askers]
    )
    here = spoken(about)
    years = {str(day.year) for day in (paper.asked, paper.answered) if day}
    lacking = [name for name in asked.names if not named(name, here, asked.language)]
    others = (spoken(f"{other.question} {other.answer}") for other in paper.exchanges) if lacking else ()
    everywhere = here.union(*others)
    unknown = [name for name in lacking if not named(name, everywhere, asked.language)]
    speakers = spoken(" ".join(official.name for official in paper.speakers))
    return {
        "cover": 0.0 if english else covered(asked.words, answer, question, stems_of(paper.subject)),
        "cover_answer": 0.0 if english else covered(asked.words, answer),
        "names_missing": len(lacking) / max(1, len(asked.names)),
        "names_nowhere": len(unknown) / max(1, len(asked.names)),
        "figures_missing": float(any(not re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", _plain(about))
                                     for figure in asked.figures)),
        "year_missing": float(any(str(year) not in about and str(year) not in years for year in asked.years)),
        "other_official": float(bool(asked.officials) and not asked.officials & speakers),
        "no_figure": float(asked.how_many and not NAMES_FIGURE.search(exchange.answer)),
        "no_time": float(asked.when and not NAMES_TIME.search(exchange.answer)),
        "no_cause": float(asked.why and not NAMES_CAUSE.search(exchange.answer)),
        "short": float(len(exchange.answer) < 80),
        "points": float(exchange.kind in (AnswerKind.REFERRED, AnswerKind.REFERRED_ELSEWHERE)),
        "english": float(english),
        "question_cover": 0.0 if english else covered(asked.words, question),
    } | _told(asked, exchange)  # fmt: skip


def _told(asked: Asked, exchange: Exchange) -> dict[str, float]:
    """Whether the answer has what is asked for, and how near the words of the question it stands."""
    english = asked.language == ENGLISH
    wanted = asked.wanted
    best = telling = 0.0
    missing = wanted is not None
    before: tuple[Said, ...] = ()
    for start, end in sentences_of(exchange.answer):
        said = stems_of(exchange.answer[start:end])
        cover = 0.0 if english else covered(asked.words, said, *before)
        best = max(best, cover)
        if wanted is not None and has(wanted, exchange.answer[start:end], asked.question):
            missing, telling = False, max(telling, cover)
        before = (said,)
    return {
        "wanted": float(wanted is not None),
        "wanted_missing": float(missing),
        "wanted_cover": telling if wanted is not None else best,
        "sentence_cover": best,
    }


def _plain(text: str) -> str:
    """Digits without the marks between thousands."""
    return re.sub(r"(?<=\d)[.](?=\d{3}\b)", "", text).replace(",", ".")


def ordered(evidence: Sequence[Evidence], supports: Sequence[Support], *, most: int) -> tuple[Evidence, ...]:
    """The sentences by how well they and their exchange answer together, best first and numbered so."""
    sure = {(support.paper, support.exchange): log_odds(support.probability) for support in supports}

    def rank(item: Evidence) -> float:
        return -log_odds(item.probability) - sure[(item.citation.paper, item.citation.exchange)]

    best = sorted(evidence, key=rank)[:most]
    return tuple(replace(item, citation=replace(item.citation, n=n)) for n, item in enumerate(best, 1))


def log_odds(probability: float) -> float:
    """The logarithm of the odds, within MOST_SURE either way."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-MOST_SURE, min(MOST_SURE, math.log(bounded / (1 - bounded))))
