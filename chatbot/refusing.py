"""What is said when the papers do not answer: what was searched, what is still open, and what comes closest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chatbot import prompts
from chatbot.asked import Asked
from chatbot.citations import cite
from chatbot.evidence import Evidence
from chatbot.language import enumeration, long_date
from chatbot.outside import Outside
from chatbot.records import EVERYTHING, Answer, Citation
from chatbot.refusal import Verdict
from chatbot.tables import tables
from corpus.records import PaperKind
from index.records import Filters
from index.search import Index, Status

NEAREST = 3
"""Passages that are shown as coming closest, each from another exchange."""


def refuse(
    index: Index, asked: Asked, verdict: Verdict, evidence: Sequence[Evidence], filters: Filters, language: str
) -> Answer:
    """No answer; `evidence`: best first."""
    status = index.status()
    lines = [_searched(status, filters, language)]
    if verdict.outside:
        lines.append(_outside(verdict.outside, status, language))
    if verdict.open_question is not None:
        lines.append(_still_open(index, verdict, language))
    best: dict[tuple[str, int], Evidence] = {}
    for item in evidence:
        if not _in_table(index, item.citation):
            best.setdefault((item.citation.paper, item.citation.exchange), item)
    nearest = []
    for n, item in enumerate(list(best.values())[:NEAREST], 1):
        cited = item.citation
        nearest.append(cite(index.paper(cited.paper), cited.exchange, cited.start, cited.end, n))
    if nearest:
        lines.append(prompts.CLOSEST[language])
    return Answer(text="\n".join(lines), abstained=True, nearest=tuple(nearest))


def _in_table(index: Index, cited: Citation) -> bool:
    """Whether a quotation is a row of a table, which says nothing by itself."""
    answer = index.paper(cited.paper).exchanges[cited.exchange].answer
    return any(start < cited.end and cited.start < end for start, end in tables(answer))


def _searched(status: Status, filters: Filters, language: str) -> str:
    if status.first is None or status.last is None:
        return prompts.NOTHING_INDEXED[language]
    template = prompts.NOT_FOUND if filters == EVERYTHING else prompts.NOT_FOUND_FILTERED
    return template[language].format(
        answers=status.answers,
        first=long_date(status.first, language),
        last=long_date(status.last, language),
        updated=long_date(datetime.fromisoformat(status.updated).date(), language),
    )


def _outside(outside: Outside, status: Status, language: str) -> str:
    reasons = []
    if outside.years and status.first is not None and status.last is not None:
        reasons.append(
            prompts.OUTSIDE_YEARS[language].format(
                years=enumeration(map(str, outside.years), language),
                first=long_date(status.first, language),
                last=long_date(status.last, language),
            )
        )
    if outside.senate:
        reasons.append(prompts.OUTSIDE_SENATE[language])
    if outside.countries:
        reasons.append(prompts.OUTSIDE_COUNTRIES[language].format(names=enumeration(outside.countries, language)))
    return prompts.OUTSIDE[language].format(reasons="; ".join(reasons))


def _still_open(index: Index, verdict: Verdict, language: str) -> str:
    assert verdict.open_question is not None
    paper = index.paper(verdict.open_question.paper)
    postponed = paper.kind is PaperKind.DEFERRAL or bool(paper.notice)
    template = prompts.POSTPONED if postponed else prompts.STILL_OPEN
    day = paper.asked or paper.answered
    return template[language].format(
        date=long_date(day, language) if day else prompts.UNDATED[language],
        subject=paper.subject,
        paper=paper.question_ids[0] if paper.question_ids else paper.id,
        answered=long_date(paper.answered, language) if paper.answered else prompts.UNDATED[language],
    )
