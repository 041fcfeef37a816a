"""What is measured of one question: of the ranking, by ir_measures, and of the answer, by plain comparison.

A measure that says nothing of a question is left out of its result.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import ir_measures
from ir_measures import RR, R, Success, nDCG

from chatbot.gold import NOT_FOUND, GoldQuestion
from chatbot.language import DUTCH
from chatbot.numerals import figures
from corpus.folding import fold
from index.search import Index

DEPTH = 10
"""Hits of a ranking that are looked at."""
SHORTEST_QUOTE = 40
"""Characters from which on a quotation counts as evidence when it is a part of the known one."""

Place = tuple[str, int]
"""An exchange: the identifier of its paper and its position there."""
Ranking = Sequence[frozenset[Place]]
"""Hits, best first, each with the exchanges that it holds a part of: one, but for pieces cut by length."""
Values = dict[str, float]

RANKED = {
    **{f"answer@{k}": Success @ k for k in (1, 5, 10)},
    **{f"recall@{k}": R @ k for k in (1, 5, 10)},
    **{f"ndcg@{k}": nDCG @ k for k in (1, 5, 10)},
    "mrr": RR @ DEPTH,
}
ON_PAPERS = {f"document@{k}": Success @ k for k in (1, 5, 10)}


def right_places(index: Index, question: GoldQuestion) -> frozenset[Place]:
    """The exchanges that answer a question. Raises KeyError when a paper is not in the index."""
    return frozenset(
        (paper, position)
        for paper, numbers in question.places.items()
        for position, exchange in enumerate(index.paper(paper).exchanges)
        if exchange.answer and numbers & set(exchange.answers)
    )


def ranking_values(rankings: Mapping[str, Ranking], right: Mapping[str, frozenset[Place]]) -> dict[str, Values]:
    """The measures of rankings by the question's identifier; a right exchange counts once, where it comes first.

    A hit that holds parts of several right exchanges counts for the first of them not counted yet.
    """
    marked = {name: _marked(rankings[name][:DEPTH], right[name]) for name in right}
    values = _measured(RANKED, marked, {name: [_key(place) for place in right[name]] for name in right})
    papers = {name: {paper for paper, _ in places} for name, places in right.items()}
    hits = {
        name: [_key(min(hit)) if papers[name] & {paper for paper, _ in hit} else "" for hit in rankings[name][:DEPTH]]
        for name in right
    }
    for name, found in _measured(ON_PAPERS, hits, {name: [hit for hit in hits[name] if hit] for name in hits}).items():
        seen = {paper for hit in rankings[name][:DEPTH] for paper, _ in hit}
        values[name] |= found | ({"all_documents@10": float(papers[name] <= seen)} if len(papers[name]) > 1 else {})
    return values


def _key(place: Place) -> str:
    return f"{place[0]}#{place[1]}"


def _marked(ranking: Ranking, right: frozenset[Place]) -> list[str]:
    """For each hit the right exchange that it counts for, "" for none."""
    left, marks = set(right), []
    for hit in ranking:
        place = min(left & hit, default=None)
        if place is not None:
            left.discard(place)
        marks.append("" if place is None else _key(place))
    return marks


def _measured(
    wanted: Mapping[str, ir_measures.Measure], hits: Mapping[str, list[str]], right: Mapping[str, list[str]]
) -> dict[str, Values]:
    run = {name: {key or f"wrong {rank}": float(-rank) for rank, key in enumerate(keys)} for name, keys in hits.items()}
    judged = {name: dict.fromkeys(keys, 1) for name, keys in right.items()}
    names = {str(measure): name for name, measure in wanted.items()}
    # A question without a hit gets no line of its own: it counts as nought.
    values: dict[str, Values] = {name: dict.fromkeys(wanted, 0.0) for name in right}
    for metric in ir_measures.iter_calc(list(wanted.values()), judged, run):
        values[metric.query_id][names[str(metric.measure)]] = float(metric.value)
    return values


def answer_values(index: Index, question: GoldQuestion, given: Mapping[str, Any]) -> Values:
    """The measures of an answer, in the form in which the command line prints it as JSON."""
    if question.refusable:
        values = {"refused_rightly": float(given["abstained"])}
    else:
        values = {"refused_wrongly": float(given["abstained"])}
    cited = given["citations"]
    if cited:
        values["exact_quote"] = sum(_is_exact(index, citation) for citation in cited) / len(cited)
    if not question.places:
        return values
    from_right = [
        citation for citation in cited if question.places.get(citation["paper"], frozenset()) & set(citation["answers"])
    ]
    values["cited_first"] = float(bool(cited) and cited[0] in from_right)
    values["cited"] = float(bool(from_right))
    if question.quotes:
        values["evidence"] = float(
            any(_proves(citation["quote"], quote) for citation in cited for quote in question.quotes)
        )
    if question.speakers:
        named = cited if len(question.speakers) > 1 else [c for c in cited if c["paper"] in question.places][:1]
        names = [f" {fold(speaker['name'])} " for citation in named for speaker in citation["speakers"]]
        values["speaker"] = float(
            all(any(f" {fold(speaker)} " in name for name in names) for speaker in question.speakers)
        )
    wanted = figures(question.answer, DUTCH, articles=False)
    if wanted.numbers or wanted.days:
        said = figures(given["answer"] + " " + " ".join(citation["quote"] for citation in cited), DUTCH)
        values["figures"] = float(
            {number.value for number in wanted.numbers} <= {number.value for number in said.numbers}
        )
    return values


def _is_exact(index: Index, citation: Mapping[str, Any]) -> bool:
    try:
        paper = index.paper(citation["paper"])
    except KeyError:
        return False
    return any(
        list(exchange.answers) == citation["answers"]
        and exchange.answer[citation["start"] : citation["end"]] == citation["quote"]
        for exchange in paper.exchanges
    )


def _proves(shown: str, known: str) -> bool:
    shown, known = _without_damage(shown), _without_damage(known)
    return known in shown or (len(shown) >= SHORTEST_QUOTE and shown in known)


def _without_damage(text: str) -> str:
    """Without case, white space, hyphens and quotation marks: what reading a page breaks and cleaning mends."""
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s\-‐-―\u00ad\"'«»“”„‘’‹›`´]", "", text)


def verdicts(questions: Sequence[GoldQuestion], given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """How often each verdict was given on claims of each right verdict; "" where none was given."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for question in questions:
        if question.verdict is not None:
            answer = given[question.id]
            said = answer.get("verdict") or (NOT_FOUND if answer["abstained"] else "")
            table[question.verdict][said] += 1
    return {right: dict(row) for right, row in sorted(table.items())}
