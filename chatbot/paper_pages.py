"""The HTML of papers: rows of the list, one paper with all its exchanges, and what can be counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from textwrap import shorten

from babel.dates import format_date

from chatbot import citations
from chatbot.charts import MONTHS_APART, Bar, bars, timeline
from chatbot.collection import Collection, day_of, days_taken
from chatbot.language import enumeration, long_date
from chatbot.panel import publication
from chatbot.rendering import badge, capitalised, number, officials, paragraphs
from chatbot.texts import TEXTS
from corpus.records import Exchange, Member, Paper
from index.store import PaperHeader

ROWS = 100
"""Rows of the list that are drawn at once; further ones come when the list is scrolled to its end."""
TITLE = 140
"""Characters of the question that stands for the subject of a paper that names none."""


def listing(headers: Sequence[PaperHeader], read: Callable[[str], Paper], language: str) -> str:
    """The list with its first rows, and a button that brings more (the script presses it in time).

    `read`: gives the paper of an identifier.
    """
    texts = TEXTS[language].papers
    if not headers:
        return f'<p class="count">{escape(texts.none)}</p>'
    count = texts.listed_one if len(headers) == 1 else texts.listed.format(count=number(len(headers), language))
    return (
        f'<p class="count">{escape(count)}</p>'
        f'<ol class="papers" aria-label="{escape(texts.list)}">{rows(headers[:ROWS], read, language)}</ol>'
        f"{more(len(headers), ROWS, language)}"
    )


def rows(headers: Sequence[PaperHeader], read: Callable[[str], Paper], language: str) -> str:
    """Some rows of the list. `read`: gives the paper of an identifier."""
    return "".join(_row(header, capitalised(header.subject) or title(read(header.id)), language) for header in headers)


def title(paper: Paper) -> str:
    """The subject of a paper, else how its first question begins, else its identifier."""
    asked = next((exchange.question for exchange in paper.exchanges if exchange.question), "")
    return capitalised(paper.subject) or shorten(asked, TITLE, placeholder=" …") or paper.id


def more(total: int, shown: int, language: str) -> str:
    """The button that brings the rows from number `shown` (from 0) on; "" when there are none."""
    if shown >= total:
        return ""
    text = TEXTS[language].papers.more.format(count=number(min(total - shown, ROWS), language))
    return f'<button type="button" class="plain" data-rows="{shown}">{escape(text)}</button>'


def _row(header: PaperHeader, name: str, language: str) -> str:
    texts = TEXTS[language].papers
    day = day_of(header)
    facts = [texts.kinds[header.kind.value]]
    if header.answers:
        facts.append(f"{number(header.answers, language)} {texts.answers.lower()}")
    if (days := days_taken(header)) is not None:
        facts.append(f"{texts.days.lower()} {texts.days_value.format(days=number(days, language))}")
    people = [_askers(header.askers), officials(header.speakers, language)]
    return (
        f'<li data-card><span class="day">{escape(_short(day, language) if day else "")}</span><div class="body">'
        f'<button type="button" class="open" data-act="paper" data-paper="{escape(header.id)}" lang="nl">'
        f'{escape(name)}</button><p class="who">{badge(TEXTS[language]) if header.fictitious else ""}'
        f"{escape(' → '.join(part for part in people if part))}</p>"
        f'<p class="where">{escape(" · ".join([*facts, header.id]))}</p></div></li>'
    )


def _short(day: date, language: str) -> str:
    return format_date(day, "d MMM y", locale=language)


def _askers(askers: Sequence[Member]) -> str:
    return ", ".join(f"{asker.name} ({asker.party})" if asker.party else asker.name for asker in askers)


def paper_page(paper: Paper, known: frozenset[str], language: str) -> str:
    """A paper, whole: its head, then every question with its answer. `known`: related papers that can be opened."""
    texts = TEXTS[language].papers
    contents = "".join(_exchange(paper, exchange, language) for exchange in paper.exchanges)
    notice = (
        f'<h3>{escape(texts.notice)}</h3><div class="reply" lang="nl">{paragraphs(paper.notice)}</div>'
        if paper.notice
        else ""
    )
    return (
        f'<article class="paper" data-key="{escape(paper.id)}" aria-labelledby="paper-title">'
        f'<button type="button" class="plain back" data-act="back"><span aria-hidden="true">← </span>'
        f'{escape(texts.back)}</button><h2 id="paper-title" tabindex="-1" lang="nl">'
        f"{badge(TEXTS[language]) if paper.fictitious else ''}{escape(title(paper))}</h2>"
        f"{_facts(paper, known, language)}{publication(paper, citations.link(paper), language, whole=True)}{notice}"
        f'<section aria-label="{escape(texts.contents)}">{contents}</section></article>'
    )


def _facts(paper: Paper, known: frozenset[str], language: str) -> str:
    texts = TEXTS[language].papers
    speakers = officials(paper.speakers, language)
    days = (
        (paper.answered - paper.asked).days
        if paper.asked and paper.answered and paper.answered >= paper.asked
        else None
    )
    values = [
        (texts.kind, texts.kinds[paper.kind.value]),
        (texts.asked_by, _askers(paper.askers)),
        (texts.asked_to, "" if speakers else officials(paper.addressees, language)),
        (texts.answered_by, capitalised(speakers)),
        (texts.asked_on, long_date(paper.asked, language) if paper.asked else ""),
        (texts.answered_on, long_date(paper.answered, language) if paper.answered else ""),
        (texts.taken, texts.days_value.format(days=number(days, language)) if days is not None else ""),
        (texts.paper, f"{citations.reference(paper)} ({paper.id})"),
        (texts.questions_of, enumeration(paper.question_ids, language)),
        (texts.file, paper.source),
    ]
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in values if value)
    if paper.related:
        links = ", ".join(
            f'<button type="button" class="open" data-act="paper" data-paper="{escape(other)}">{escape(other)}</button>'
            if other in known
            else escape(other)
            for other in paper.related
        )
        facts += f"<dt>{escape(texts.related)}</dt><dd>{links}</dd>"
    return f'<dl class="facts">{facts}</dl>'


def _exchange(paper: Paper, exchange: Exchange, language: str) -> str:
    texts = TEXTS[language]
    numbers = enumeration(map(str, exchange.answers), language)
    heading = texts.papers.question_heading.format(numbers=numbers).strip()
    differing = exchange.speakers and exchange.speakers != paper.speakers
    by = f": {officials(exchange.speakers, language)}" if differing else ""
    referral = ""
    if exchange.refers_to:
        listed = enumeration(map(str, exchange.refers_to), language)
        referral = f'<p class="more">{escape(texts.referral.format(numbers=listed))}</p>'
    notes = "".join(
        f'<li><span class="note-mark">{escape(note.mark)}</span> {escape(note.text)}</li>' for note in exchange.notes
    )
    listed_notes = f'<ul class="notes" lang="nl">{notes}</ul>' if notes else ""
    answer = (
        f"<h4>{escape(texts.papers.answer_heading + by)}</h4>"
        f'<div class="reply" lang="nl">{paragraphs(exchange.answer)}</div>'
        if exchange.answer
        else f'<p class="notice">{escape(texts.no_answer)}</p>'
    )
    return (
        f'<section class="exchange"><h3>{escape(heading)}</h3>'
        f'<div class="question" lang="nl">{paragraphs(exchange.question)}</div>{answer}{referral}'
        f"{listed_notes}</section>"
    )


def numbers(collection: Collection, ministries: Sequence[tuple[str, int]], language: str) -> str:
    """Answers over time and by ministry, and how long answering took, as plots that are tables too."""
    texts = TEXTS[language].papers
    return (
        f"{_over_time(collection, language)}"
        + _if_any(
            texts.by_ministry, texts.ministry, texts.number_of_answers, [Bar(*row) for row in ministries], language
        )
        + _terms(collection, language)
        + _answer_times(collection, language)
    )


def _if_any(title: str, names: str, values: str, rows: Sequence[Bar], language: str) -> str:
    return bars(title, names, values, rows, language) if rows else ""


def _over_time(collection: Collection, language: str) -> str:
    texts = TEXTS[language]
    monthly = collection.by_month()
    unit = texts.statements.month
    rows = [Bar(format_date(month, "MMMM y", locale=language), count) for month, count in monthly]
    if len(monthly) > MONTHS_APART:
        unit = texts.statements.year
        yearly: dict[int, int] = {}
        for month, count in monthly:
            yearly[month.year] = yearly.get(month.year, 0) + count
        rows = [Bar(str(year), count) for year, count in yearly.items()]
    return timeline(texts.papers.over_time.format(unit=unit), unit, texts.papers.number_of_answers, rows, language)


def _terms(collection: Collection, language: str) -> str:
    texts = TEXTS[language].papers
    counts = collection.terms()
    names = (texts.within_term, texts.within_twice, texts.later)
    rows = [Bar(name, count) for name, count in zip(names, counts, strict=True)] if any(counts) else []
    return _if_any(texts.term, texts.term, texts.number_of_papers, rows, language)


def _answer_times(collection: Collection, language: str) -> str:
    texts = TEXTS[language].papers
    rows = [
        Bar(
            row.ministry or texts.all_ministries,
            row.days,
            texts.days_value.format(days=number(round(row.days), language)),
        )
        for row in collection.delays()
    ]
    plot = _if_any(texts.answer_times, texts.ministry, texts.days, rows, language)
    return f'{plot}<p class="more">{escape(texts.answer_times_more)}</p>' if plot else ""
