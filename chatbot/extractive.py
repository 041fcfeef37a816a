"""Answers from quotations alone: who said it, when, in answer to what, and the words themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from chatbot import prompts
from chatbot.asked import Asked
from chatbot.citations import cite, label, question_needed, quotes, signatories, signing
from chatbot.evidence import Evidence, leans_back
from chatbot.language import long_date
from chatbot.marks import marked
from chatbot.records import Answer, Citation
from chatbot.stretches import stretches
from chatbot.support import Support
from chatbot.tables import LONGEST, tables
from corpus.passages import shortened
from corpus.records import Exchange, Paper, PaperKind
from corpus.sentences import split
from index.analysis import folded
from index.search import Index

MODE = "extractive"
MOST_SENTENCES = 5
"""Sentences quoted in one answer, those that are brought along for context included."""
MOST_EXCHANGES = 4
WORTH_SHOWING = 0.1
"""A further exchange or sentence is quoted when it is at least so probable, as a share of the best one's."""
ABOUT_AS_GOOD = 0.5
"""Exchanges at least so probable, as a share of the best one's, go by date when the question is about now."""
WHOLE_ANSWER = 320
"""Answers of one paragraph up to this many characters are quoted whole: cutting them would only hide something."""
QUESTION_SHOWN = 220
"""Characters of the members' question that introduce a quotation that says something without it, at most."""


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent sentences of one paragraph that are quoted together; `start` and `end` in the answer's text."""

    start: int
    end: int


def compose(
    index: Index, asked: Asked, evidence: Sequence[Evidence], supports: Sequence[Support], language: str
) -> Iterator[Answer]:
    """The answer in parts: for each exchange quoted, its introduction and its quotations. `evidence`: best first."""
    n = 1
    groups = choose(index, asked, evidence, supports)
    newest = max((group[0].citation.date for group in groups if group[0].citation.date), default=None)
    for place, chosen in enumerate(groups):
        first = chosen[0].citation
        paper = index.paper(first.paper)
        exchange = paper.exchanges[first.exchange]
        opening = "\n\n" if place else ""
        if asked.now and place and newest and first.date and first.date < newest:
            opening += prompts.EARLIER[language]
        pointers: tuple[Citation, ...] = ()
        if chosen[0].pointer is not None:
            pointing = paper.exchanges[chosen[0].pointer]
            text = pointing.answer.strip()
            start = pointing.answer.index(text)
            pointers = (cite(paper, chosen[0].pointer, start, start + len(text), n),)
            n += 1
        spans = [span for run in runs(exchange.answer, chosen) for span in stretches(exchange, run.start, run.end)]
        citations = tuple(cite(paper, first.exchange, *span, number) for number, span in enumerate(spans, n))
        n += len(citations)
        by_voice = [list(group) for _, group in groupby(citations, key=lambda citation: citation.speakers)]
        if pointers:
            word = prompts.QUESTION_WORDS[language][len(exchange.answers) > 1]
            said = prompts.POINTED[language].format(
                introduction=introduction(paper, pointing, pointers[0], language),
                pointer=pointers[0].quote, n=pointers[0].n, word=word, numbers=label(exchange),
            ) + _quoted(citations, language)  # fmt: skip
        else:
            said = "\n\n".join(
                introduction(paper, exchange, group[0], language) + _quoted(group, language) for group in by_voice
            )
        yield Answer(text=opening + said, citations=pointers + citations)


def choose(
    index: Index, asked: Asked, evidence: Sequence[Evidence], supports: Sequence[Support]
) -> list[list[Evidence]]:
    """The sentences to quote, by exchange, the exchange that answers best first, within it in printed order.

    Everyone whom the question names is heard; a question about now begins with the newest. The best sentence of
    each exchange is quoted, so that other statements on the subject are seen; what is left of the room goes to the
    next best sentences of these exchanges.
    """
    best = supports[0].probability
    worth = [support for support in supports if support.probability >= WORTH_SHOWING * best][:MOST_EXCHANGES]
    for official in sorted(asked.officials) if len(asked.officials) > 1 else ():
        heard = [support for support in supports if official in _speakers(index, support)]
        if heard and not any(official in _speakers(index, support) for support in worth):
            worth = [*worth[: MOST_EXCHANGES - 1], heard[0]]
    if asked.now:
        dates = {support: index.paper(support.paper).answered or date.min for support in worth}
        near = [support for support in worth if support.probability >= ABOUT_AS_GOOD * best]
        worth = sorted(near, key=lambda each: dates[each], reverse=True) + [each for each in worth if each not in near]
    groups: dict[tuple[str, int], list[Evidence]] = {(support.paper, support.exchange): [] for support in worth}
    room = MOST_SENTENCES
    for item in evidence:
        group = groups.get((item.citation.paper, item.citation.exchange))
        if group is not None and not group and room:
            group.append(item)
            room -= 1
    least = WORTH_SHOWING * max((item.probability for item in evidence), default=0.0)
    for item in evidence:
        group = groups.get((item.citation.paper, item.citation.exchange))
        if group and item not in group and room and item.probability >= least:
            group.append(item)
            room -= 1
    return [sorted(group, key=lambda item: item.citation.start) for group in groups.values() if group]


def _speakers(index: Index, support: Support) -> frozenset[str]:
    paper = index.paper(support.paper)
    speakers = paper.exchanges[support.exchange].speakers or paper.speakers
    return frozenset(part for speaker in speakers for part in re.findall(r"\w+", folded(speaker.name)))


def runs(answer: str, chosen: Sequence[Evidence]) -> list[Run]:
    """The chosen sentences with what they lean on, adjacent ones joined; a short answer whole, and so a table."""
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
    whole = [
        Run(start, end)
        for start, end in tables(answer)
        if end - start <= LONGEST and any(sentences[place][0] < end and start < sentences[place][1] for place in wanted)
    ]
    wanted -= {
        place
        for place, (start, end) in enumerate(sentences)
        if any(start < table.end and table.start < end for table in whole)
    }
    joined: list[Run] = []
    for place in sorted(wanted):
        start, end = sentences[place]
        if joined and place - 1 in wanted and "\n" not in answer[joined[-1].end : start]:
            joined[-1] = Run(joined[-1].start, end)
        else:
            joined.append(Run(start, end))
    return sorted([*joined, *whole], key=lambda run: run.start)


def introduction(paper: Paper, exchange: Exchange, citation: Citation, language: str) -> str:
    """Who answered, when and what was asked: "Minister Van Elk (Financiën) antwoordde op 3 mei 2099 op vraag 2"."""
    if paper.kind is PaperKind.OTHER:
        return _prose_introduction(paper, citation, language)
    speakers = signatories(citation.speakers, language)
    answered = prompts.ANSWERED_TOGETHER if signing(citation.speakers) > 1 else prompts.ANSWERED
    text = answered[language].format(
        speakers=speakers[:1].upper() + speakers[1:],
        date=long_date(citation.date, language) if citation.date else prompts.UNDATED[language],
    )
    asked = question_needed(citation) or shortened(exchange.question, QUESTION_SHOWN)
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


def _quoted(citations: Sequence[Citation], language: str) -> str:
    return "".join(f"\n“{citation.quote}” [{citation.n}]{_named(citation.quote, language)}" for citation in citations)


def _named(quote: str, language: str) -> str:
    """What in a quotation a reader looks for, in brackets: " (toezegging; datum: 1 februari 2099)"; "" for nothing."""
    found = marked(quote)
    parts = [prompts.PROMISE[language]] if found.promise else []
    for runs_, words in ((found.amounts, prompts.AMOUNT), (found.dates, prompts.DATE)):
        if runs_:
            parts.append(f"{words[language][len(runs_) > 1]}: {', '.join(runs_)}")
    return f" ({'; '.join(parts)})" if parts else ""
