"""Answers from quotations alone: who said it, when, in answer to what, and the words themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from chatbot import prompts
from chatbot.citations import cite, label, quotes, signatories
from chatbot.evidence import Evidence, leans_back
from chatbot.language import long_date
from chatbot.records import Answer, Citation
from chatbot.refusal import Verdict
from chatbot.stretches import stretches
from corpus.passages import shortened
from corpus.records import Exchange, Paper, PaperKind
from corpus.sentences import split
from index.search import Index, Status

MODE = "extractive"
MOST_SENTENCES = 5
"""Sentences quoted in one answer, those that are brought along for context included."""
MOST_EXCHANGES = 3
WORTH_SHOWING = 0.1
"""A further sentence is quoted when it is at least so probable, as a share of the best one's probability."""
WHOLE_ANSWER = 320
"""Answers of one paragraph up to this many characters are quoted whole: cutting them would only hide something."""
QUESTION_SHOWN = 220
"""Characters of the members' question that introduce a quotation, at most."""
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent sentences of one paragraph that are quoted together; `start` and `end` in the answer's text."""

    start: int
    end: int


def compose(index: Index, evidence: Sequence[Evidence], language: str) -> Iterator[Answer]:
    """The answer in parts: for each exchange quoted, its introduction and its quotations."""
    n = 1
    for chosen in choose(evidence):
        first = chosen[0].citation
        paper = index.paper(first.paper)
        exchange = paper.exchanges[first.exchange]
        spans = [span for run in runs(exchange.answer, chosen) for span in stretches(exchange, run.start, run.end)]
        citations = tuple(cite(paper, first.exchange, *span, number) for number, span in enumerate(spans, n))
        opening = "\n\n" if n > 1 else ""
        n += len(citations)
        by_voice = [list(group) for _, group in groupby(citations, key=lambda citation: citation.speakers)]
        voices = [introduction(paper, exchange, group[0], language) + _quoted(group) for group in by_voice]
        yield Answer(text=opening + "\n\n".join(voices), citations=citations)


def choose(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """The sentences to quote, by exchange: the exchange with the best one first, within it in printed order.

    The best sentence of each of the first exchanges is quoted, so that other statements on the subject are
    seen; what is left of the room goes to the next best sentences of these exchanges.
    """
    ranked = sorted(evidence, key=lambda item: -item.probability)
    worth = [item for item in ranked if item.probability >= WORTH_SHOWING * ranked[0].probability]
    groups: dict[tuple[str, int], list[Evidence]] = {}
    for item in worth:
        place = (item.citation.paper, item.citation.exchange)
        if place not in groups and len(groups) < MOST_EXCHANGES:
            groups[place] = [item]
    room = MOST_SENTENCES - len(groups)
    for item in worth:
        group = groups.get((item.citation.paper, item.citation.exchange))
        if group is not None and item not in group and room:
            group.append(item)
            room -= 1
    return [sorted(group, key=lambda item: item.citation.start) for group in groups.values()]


def runs(answer: str, chosen: Sequence[Evidence]) -> list[Run]:
    """The chosen sentences with what they lean on, adjacent ones joined; a short answer whole."""
    if len(answer) <= WHOLE_ANSWER and "\n" not in answer.strip():
        text = answer.strip()
        start = answer.index(text)
        return [Run(start, start + len(text))]
    sentences = split(answer)
    wanted = set()
    for item in chosen:
        for place, (start, end) in enumerate(sentences):
            if start < item.citation.end and item.citation.start < end:
                wanted.add(place)
                if place and leans_back(answer[start:end]) and "\n" not in answer[sentences[place - 1][1] : start]:
                    wanted.add(place - 1)
    joined: list[Run] = []
    for place in sorted(wanted):
        start, end = sentences[place]
        if joined and place - 1 in wanted and "\n" not in answer[joined[-1].end : start]:
            joined[-1] = Run(joined[-1].start, end)
        else:
            joined.append(Run(start, end))
    return joined


def introduction(paper: Paper, exchange: Exchange, citation: Citation, language: str) -> str:
    """Who answered, when and what was asked: "Minister Van Elk (Financiën) antwoordde op 3 mei 2099 op vraag 2"."""
    if paper.kind is PaperKind.OTHER:
        return _prose_introduction(paper, citation, language)
    speakers = signatories(citation.speakers, language)
    text = prompts.ANSWERED[language].format(
        speakers=speakers[:1].upper() + speakers[1:],
        date=long_date(citation.date, language) if citation.date else prompts.UNDATED[language],
    )
    asked = shortened(exchange.question, QUESTION_SHOWN)
    numbers = label(exchange)
    if asked and numbers:
        word = prompts.QUESTION_WORDS[language][len(exchange.answers) > 1]
        text += prompts.TO_QUESTION[language].format(word=word, numbers=numbers, question=asked)
    return text + ":"


def _prose_introduction(paper: Paper, citation: Citation, language: str) -> str:
    """Whom a news article quotes, or that these are its own words; never that somebody answered."""
    where = (prompts.ARTICLE if quotes(paper) else prompts.TEXT)[language]
    if paper.answered:
        where += prompts.OF_DAY[language].format(date=long_date(paper.answered, language))
    quoted = signatories(citation.speakers, language)
    if quoted:
        return prompts.QUOTED_BY[language].format(speakers=quoted, where=where) + ":"
    return prompts.OWN_WORDS[language].format(where=where) + ":"


def _quoted(citations: Sequence[Citation]) -> str:
    return "".join(f"\n“{citation.quote}” [{citation.n}]" for citation in citations)


def refuse(index: Index, verdict: Verdict, evidence: Sequence[Evidence], language: str) -> Answer:
    """No answer: what was searched, questions still open on the subject, and what comes closest."""
    lines = [_searched(index.status(), language)]
    if verdict.open_question is not None:
        paper = index.paper(verdict.open_question.paper)
        template = prompts.POSTPONED if paper.notice else prompts.STILL_OPEN
        day = paper.asked or paper.answered
        lines.append(
            template[language].format(
                date=long_date(day, language) if day else prompts.UNDATED[language],
                subject=paper.subject,
                paper=paper.question_ids[0] if paper.question_ids else paper.id,
            )
        )
    best: dict[tuple[str, int], Evidence] = {}
    for item in sorted(evidence, key=lambda item: -item.probability):
        best.setdefault((item.citation.paper, item.citation.exchange), item)
    nearest = []
    for n, item in enumerate(list(best.values())[:NEAREST], 1):
        cited = item.citation
        nearest.append(cite(index.paper(cited.paper), cited.exchange, cited.start, cited.end, n))
    if nearest:
        lines.append(prompts.CLOSEST[language])
    return Answer(text="\n".join(lines), abstained=True, nearest=tuple(nearest))


def _searched(status: Status, language: str) -> str:
    if status.first is None or status.last is None:
        return prompts.NOTHING_INDEXED[language]
    return prompts.NOT_FOUND[language].format(
        answers=status.answers,
        first=long_date(status.first, language),
        last=long_date(status.last, language),
    )
