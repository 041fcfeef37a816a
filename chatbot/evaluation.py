"""A file of questions asked of the program and of simpler ones, with what holds of the differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from langchain_core.runnables import Runnable

from chatbot import batch, output
from chatbot.gold import GoldQuestion
from chatbot.measures import Ranking, Values, answer_values, ranking_values, right_places, verdicts
from chatbot.records import Answer, Request
from index.fusion import VECTORS_ONLY, WORDS_ONLY
from index.search import Index
from index.tutorial import Tutorial

OURS = "kamerantwoord"
WORDS = "words (BM25)"
VECTORS = "vectors"
TUTORIAL = "tutorial pipeline"
RESAMPLES = 2000
SURE = 0.95
HITS = 40
"""Hits that a baseline is asked for: more than are looked at, so that nothing is lost at the border."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `count` questions, with the bounds within which it lies by the bootstrap, 95 times in 100."""

    value: float
    low: float
    high: float
    count: int


Figures = dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Groups:
    """Figures by measure: over all questions, by kind of question and by language."""

    overall: Figures
    kinds: dict[str, Figures]
    languages: dict[str, Figures]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured.

    `rankings`: by system, ours first. `ahead`: by baseline, how far we are ahead of it, question by question.
    `claims`: counts by right verdict and given verdict. `milliseconds`: of a whole answer, median and p95.
    `probabilities`: that the papers answer, of each question
    that they do answer. `missing`: papers that questions name and the index lacks; they count as not found.
    """

    questions: int
    rankings: dict[str, Groups]
    ahead: dict[str, Figures]
    answers: Groups
    claims: dict[str, dict[str, int]]
    milliseconds: dict[str, float]
    probabilities: tuple[float, ...]
    missing: tuple[str, ...]


def evaluate(
    index: Index,
    chain: Runnable[Request, Answer],
    questions: Sequence[GoldQuestion],
    *,
    tutorial: bool,
    progress: Progress = lambda step, done, total: None,
) -> Evaluation:
    """Ask every question, earlier turns first, and measure. `tutorial`: also embed all papers the tutorials' way."""
    given: dict[str, dict[str, Any]] = {}
    probabilities: list[float] = []
    for done, question in enumerate(questions, 1):
        answer = chain.invoke(batch.with_answers(question.request, chain))
        given[question.id] = output.answer(answer) | {"found": answer.hits}
        if question.places and answer.trace is not None:
            probabilities.append(answer.trace.probability)
        progress("asking", done, len(questions))
    known = {paper.id for paper in index.papers()}
    missing = sorted({paper for question in questions for paper in question.places} - known)
    ranked = [question for question in questions if question.places]
    right = {
        question.id: right_places(index, _within(question, known))
        | {(paper, -1) for paper in question.places if paper in missing}
        for question in ranked
    }
    searched = {question.id: given[question.id]["searched"] for question in ranked}
    systems: dict[str, dict[str, Ranking]] = {
        OURS: {name: [frozenset({(hit.paper, hit.exchange)}) for hit in given[name]["found"]] for name in searched}
    }
    for system, blend in ((WORDS, WORDS_ONLY), (VECTORS, VECTORS_ONLY)):
        systems[system] = {
            name: [
                frozenset({(hit.paper, hit.exchange)})
                for hit in index.search(query, limit=HITS, blend=blend)
                if blend is not WORDS_ONLY or hit.lexical
            ]
            for name, query in searched.items()
        }
    if tutorial:
        papers = [index.paper(paper) for paper in sorted(known)]
        cut = Tutorial(papers, index.embedder, progress=partial(progress, "embedding for the tutorial pipeline"))
        systems[TUTORIAL] = {name: cut.search(query, HITS) for name, query in searched.items()}
    values = {system: ranking_values(rankings, right) for system, rankings in systems.items()}
    of_answers = {question.id: answer_values(index, question, given[question.id]) for question in questions}
    times = [answer["milliseconds"]["total"] for answer in given.values()]
    return Evaluation(
        questions=len(questions),
        rankings={system: grouped(ranked, rows) for system, rows in values.items()},
        ahead={
            system: summarised([_difference(values[OURS][name], rows[name]) for name in rows])
            for system, rows in values.items()
            if system != OURS
        },
        answers=grouped(questions, of_answers),
        claims=verdicts(questions, given),
        milliseconds={
            "median": round(float(np.median(times)), 1),
            "p95": round(float(np.percentile(times, 95)), 1),
        },
        probabilities=tuple(probabilities),
        missing=tuple(missing),
    )


def _within(question: GoldQuestion, known: set[str]) -> GoldQuestion:
    return replace(question, places={paper: numbers for paper, numbers in question.places.items() if paper in known})


def _difference(ours: Values, theirs: Values) -> Values:
    return {name: ours[name] - theirs[name] for name in ours}


def grouped(questions: Sequence[GoldQuestion], values: Mapping[str, Values]) -> Groups:
    """Figures over all questions and over those of each kind and each language; `values` by identifier."""

    def by(group: Callable[[GoldQuestion], str]) -> dict[str, Figures]:
        names = sorted({group(question) for question in questions} - {""})
        return {name: summarised([values[q.id] for q in questions if group(q) == name]) for name in names}

    return Groups(
        overall=summarised([values[question.id] for question in questions]),
        kinds=by(lambda question: question.kind),
        languages=by(lambda question: question.language),
    )


def summarised(rows: Sequence[Values]) -> Figures:
    """Means with their bounds; a measure counts over the questions that have it."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    figures = {}
    for name in names:
        values = np.array([row[name] for row in rows if name in row])
        draws = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
        low, high = np.quantile(values[draws].mean(axis=1), [(1 - SURE) / 2, (1 + SURE) / 2])
        figures[name] = Figure(float(values.mean()), float(low), float(high), len(values))
    return figures
