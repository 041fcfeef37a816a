"""The HTML of statements that were found: a timeline, cards with the sentence in its context, and ways to keep them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from babel.dates import format_date

from chatbot import bibliography
from chatbot.charts import MONTHS_APART, Bar, timeline
from chatbot.language import long_date
from chatbot.rendering import Span, badge, capitalised, number, officials, paragraphs
from chatbot.statements import MOST, Statement, by_month
from chatbot.texts import TEXTS
from index.search import Index

PAGE = 20
"""Cards that are shown at once, and that come with every click on "more"."""


def results(index: Index, statements: Sequence[Statement], shown: int, language: str) -> str:
    """The first `shown` statements, in the order given, under a line that says how many there are."""
    texts = TEXTS[language].statements
    if not statements:
        nothing = f'<p class="count">{escape(texts.none)}</p><p class="more">{escape(texts.none_more)}</p>'
        return f'<div class="results">{nothing}</div>'
    cards = "".join(_card(index, item, language) for item in statements[:shown])
    left = min(len(statements) - shown, PAGE)
    more = (
        f'<button type="button" class="plain" data-act="more">'
        f"{escape(texts.more.format(count=number(left, language)))}</button>"
        if left > 0
        else ""
    )
    return (
        f'<section class="results" aria-label="{escape(texts.results)}">{_summary(statements, language)}'
        f"{_timeline(statements, language)}{_keeping(len(statements), language)}<ol>{cards}</ol>{more}</section>"
    )


def found(statements: Sequence[Statement], language: str) -> str:
    """How many statements there are, in a sentence; how many of them hold the words, where others are among them."""
    texts = TEXTS[language].statements
    if not statements:
        return texts.none
    if len(statements) == 1:
        return texts.found_one
    if all(item.literal for item in statements):
        return texts.found_all.format(count=number(len(statements), language))
    literal = number(sum(item.literal for item in statements), language)
    return texts.found.format(count=number(len(statements), language), literal=literal)


def _summary(statements: Sequence[Statement], language: str) -> str:
    line = f'<p class="count">{escape(found(statements, language))}</p>'
    if len(statements) >= MOST:
        more = TEXTS[language].statements.cut_off.format(count=number(MOST, language))
        line += f'<p class="more">{escape(more)}</p>'
    return line


def _timeline(statements: Sequence[Statement], language: str) -> str:
    texts = TEXTS[language].statements
    literal = [item for item in statements if item.literal] or statements
    monthly = by_month(literal)
    if len(monthly) < 2:
        return ""
    if len(monthly) > MONTHS_APART:
        yearly = Counter[int]()
        for month, count in monthly:
            yearly[month.year] += count
        rows = [Bar(str(year), count) for year, count in yearly.items()]
        unit = texts.year
    else:
        rows = [Bar(format_date(month, "MMMM y", locale=language), count) for month, count in monthly]
        unit = texts.month
    return timeline(texts.timeline.format(unit=unit), unit, texts.count, rows, language)


def _keeping(count: int, language: str) -> str:
    texts = TEXTS[language].statements
    buttons = "".join(
        f'<button type="button" class="plain" data-act="export" data-format="{kind.value}">{escape(name)}</button>'
        for kind, name in (
            (bibliography.Format.TEXT, texts.as_text),
            *((kind, kind.shown) for kind in bibliography.Format if kind is not bibliography.Format.TEXT),
        )
    )
    every = escape(texts.export_all.format(count=number(count, language)))
    chosen = escape(texts.export_chosen.format(count="{count}"))
    copy = (
        f'<button type="button" class="plain" data-copy-chosen data-copied="{escape(TEXTS[language].copied)}" '
        f'data-failed="{escape(TEXTS[language].copy_failed)}">{escape(texts.copy_text)}</button>'
    )
    return (
        f'<p class="keeping" data-every="{every}" data-some="{chosen}">'
        f'<span class="what" aria-live="polite">{every}</span>{buttons}{copy}</p>'
    )


def _card(index: Index, item: Statement, language: str) -> str:
    texts = TEXTS[language]
    cited = item.citation
    answer = index.paper(cited.paper).exchanges[cited.exchange].answer
    context = answer[item.context_start : item.context_end]
    begin = item.context_start
    quoted = Span(cited.start - begin, cited.end - begin, _marked)
    facts = [long_date(cited.date, language) if cited.date else "", cited.reference]
    marks = badge(texts) if cited.fictitious else ""
    marks += f'<span class="tag">{escape(texts.statements.promise)}</span>' if item.promise else ""
    marks += "" if item.literal else f'<span class="tag faint">{escape(texts.statements.similar)}</span>'
    text = escape(bibliography.as_text(cited)).replace("\n", "&#10;")
    described = texts.statements.select.format(n=cited.n)
    named = texts.citation.format(n=cited.n, speakers=officials(cited.speakers, language), date=facts[0])
    hidden = f'<span class="hidden">: {escape(named)}</span>'
    return (
        f'<li class="card" data-card><input type="checkbox" data-choose="{cited.n}" data-text="{text}" '
        f'aria-label="{escape(described)}"><div class="body">'
        f'<blockquote lang="nl">{paragraphs(context, [quoted])}</blockquote>'
        f'<p class="who">{marks}{escape(capitalised(officials(cited.speakers, language)))}</p>'
        f'<p class="where">{escape(" · ".join(fact for fact in facts if fact))}</p>'
        f'<p class="where" lang="nl">{escape(cited.subject)}</p>'
        f'<button type="button" class="open" data-act="open" data-n="{cited.n}">{escape(texts.open_exchange)}{hidden}'
        "</button></div></li>"
    )


def _marked(text: str) -> str:
    return f"<mark>{escape(text)}</mark>"
