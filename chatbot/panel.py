"""The HTML of the panel: one exchange of a paper, with the cited sentence highlighted. All text is escaped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urlsplit

from chatbot import citations
from chatbot.language import enumeration, long_date
from chatbot.records import Citation
from chatbot.rendering import Span, badge, number, officials, paragraphs
from chatbot.texts import TEXTS
from corpus.records import Exchange, Official, Paper, PaperKind, speakers_at
from index.search import Index


class Outdated(Exception):
    """The paper in the index no longer has the exchange that the panel asks for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the panel shows: exchange number `exchange` (from 0) of `paper`.

    `cited`: the exchange of the citation that opened the panel, `start` and `end` its characters there.
    """

    paper: str
    exchange: int
    cited: int
    start: int
    end: int


def opened(citation: Citation) -> Opened:
    """The panel at a citation."""
    return Opened(citation.paper, citation.exchange, citation.exchange, citation.start, citation.end)


def stepped(place: Opened, steps: int) -> Opened:
    """The panel `steps` exchanges further in the same paper."""
    return replace(place, exchange=place.exchange + steps)


def exchange_panel(paper: Paper, place: Opened, language: str) -> str:
    """One exchange: its question, its answer, who said it, when and where, and the ways onward.

    Raises:
        Outdated: the paper has no such exchange; it was replaced since the answer was made.
    """
    if not 0 <= place.exchange < len(paper.exchanges):
        raise Outdated(
            f"{paper.id} has {len(paper.exchanges)} exchanges, and number {place.exchange + 1} was asked for"
        )
    exchange = paper.exchanges[place.exchange]
    here = place.exchange == place.cited
    key = f"{paper.id} {place.exchange} {place.start} {place.end}"
    quote = exchange.answer[place.start : place.end] if here else ""
    return (
        f'<section class="exchange" data-key="{escape(key)}" aria-labelledby="panel-title">'
        f"{_heading(paper.fictitious, language)}"
        f'<p class="subject" lang="nl">{escape(paper.subject)}</p>'
        f"{_question(paper, exchange, language)}"
        f"{_answer(paper, exchange, place if here else None, language)}"
        f"{_notes(exchange, language)}"
        f"{_facts(paper, exchange, language)}"
        f"{publication(paper, _address(paper, exchange, quote), language, whole=not quote)}"
        f"{_copying(paper, exchange, quote, language)}"
        f"{_steps(paper, place, language)}"
        "</section>"
    )


def at(index: Index, place: Opened | None, language: str) -> str:
    """The panel at a place; "" for no place."""
    if place is None:
        return ""
    try:
        return exchange_panel(index.paper(place.paper), place, language)
    except (LookupError, Outdated):
        return gone(language)


def gone(language: str) -> str:
    """The panel for a paper that is no longer in the index."""
    texts = TEXTS[language]
    return (
        f'<section class="exchange" data-key="gone" aria-labelledby="panel-title">'
        f"{_heading(False, language)}<p>{escape(texts.gone)}</p></section>"
    )


def _heading(fictitious: bool, language: str) -> str:
    texts = TEXTS[language]
    return (
        f'<header><h2 id="panel-title" tabindex="-1">{escape(texts.panel)}</h2>{badge(texts) if fictitious else ""}'
        f'<button type="button" class="close" data-go="close" aria-label="{escape(texts.close)}">'
        '<span aria-hidden="true">×</span></button></header>'
    )


def _question(paper: Paper, exchange: Exchange, language: str) -> str:
    texts = TEXTS[language]
    if paper.kind is PaperKind.OTHER and not exchange.question:
        return ""
    askers = [f"{asker.name} ({asker.party})" if asker.party else asker.name for asker in paper.askers]
    heading = texts.question_asked
    if askers:
        heading = texts.question_asked_by.format(askers=enumeration(askers, language))
    return f'<h3>{escape(heading)}</h3><div class="question" lang="nl">{paragraphs(exchange.question)}</div>'


def _answer(paper: Paper, exchange: Exchange, place: Opened | None, language: str) -> str:
    texts = TEXTS[language]
    if not exchange.answer:
        return f'<p class="notice">{escape(texts.no_answer)}</p>'
    heading = _answer_heading(paper, exchange, language)
    spans = [Span(place.start, place.end, _highlighted)] if place else []
    referral = ""
    if exchange.refers_to:
        numbers = enumeration(map(str, exchange.refers_to), language)
        referral = f'<p class="more">{escape(texts.referral.format(numbers=numbers))}</p>'
    return (
        f'<h3>{escape(heading)}</h3><div class="reply" lang="nl">{paragraphs(exchange.answer, spans)}</div>{referral}'
    )


def _answer_heading(paper: Paper, exchange: Exchange, language: str) -> str:
    """Whose answer it is; of prose, that it is an article, and whom it quotes."""
    texts = TEXTS[language]
    if paper.kind is PaperKind.OTHER:
        quoted = [quotation.speaker for quotation in exchange.quotations if quotation.speaker is not None]
        named = officials(dict.fromkeys(quoted), language)
        return texts.article_quoting.format(speakers=named) if named else texts.article
    speakers = officials(exchange.speakers or paper.speakers, language)
    return texts.answer_of.format(speakers=speakers) if speakers else texts.answer


def _highlighted(text: str) -> str:
    return f"<mark>{escape(text)}</mark>"


def _notes(exchange: Exchange, language: str) -> str:
    if not exchange.notes:
        return ""
    notes = "".join(
        f'<li><span class="note-mark">{escape(note.mark)}</span> {escape(note.text)}</li>' for note in exchange.notes
    )
    return f'<h3>{escape(TEXTS[language].notes)}</h3><ul class="notes" lang="nl">{notes}</ul>'


def _facts(paper: Paper, exchange: Exchange, language: str) -> str:
    texts = TEXTS[language]
    named = []
    if paper.answered:
        published = paper.kind is PaperKind.OTHER
        named.append((texts.date_published if published else texts.date_answered, long_date(paper.answered, language)))
    elif paper.asked:
        named.append((texts.date_asked, long_date(paper.asked, language)))
    named.append((texts.paper, f"{citations.reference(paper, exchange)} ({paper.id})"))
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in named)
    return f'<dl class="facts">{rows}</dl>'


def publication(paper: Paper, address: str | None, language: str, *, whole: bool) -> str:
    """The link to the official publication at `address`; or why there is none. `whole`: it opens at the top."""
    texts = TEXTS[language]
    if paper.fictitious:
        return f'<p class="more">{escape(texts.fictitious_link)}</p>'
    if address is None or urlsplit(address).scheme != "https":
        return f'<p class="more">{escape(texts.no_official_paper)}</p>'
    if paper.kind is PaperKind.OTHER:
        label = texts.open_article
    else:
        label = texts.official_whole if whole else texts.official_paper
    return (
        f'<p class="official"><a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(label)}"
        f'<span class="hidden"> ({escape(texts.new_tab)})</span>'
        '<span aria-hidden="true"> ↗</span></a></p>'
    )


def full_reference(paper: Paper, exchange: Exchange, quote: str, language: str) -> str:
    """A reference in one line for under a quotation: official style, speakers, date and address, as far as known."""
    parts = [
        citations.reference(paper, exchange),
        officials(speakers_of(paper, exchange, quote), language),
        long_date(paper.answered, language) if paper.answered else "",
        _address(paper, exchange, quote) or "",
    ]
    return ", ".join(part for part in parts if part)


def _address(paper: Paper, exchange: Exchange, quote: str) -> str | None:
    """The address of the publication, opening at a quotation of the exchange if there is one."""
    start = exchange.answer.find(quote)
    if not quote or start < 0:
        return citations.link(paper, quote)
    return citations.quotation_link(paper, paper.exchanges.index(exchange), start, start + len(quote))


def speakers_of(paper: Paper, exchange: Exchange, quote: str) -> tuple[Official, ...]:
    """Who says a quotation of an exchange; of prose, those whom it quotes there."""
    start = exchange.answer.find(quote)
    return speakers_at(paper, paper.exchanges.index(exchange), start, start + len(quote))


def _copying(paper: Paper, exchange: Exchange, quote: str, language: str) -> str:
    texts = TEXTS[language]
    reference = full_reference(paper, exchange, quote, language)
    buttons = [_copy(texts.copy_quote, quote, language)] if quote else []
    buttons.append(_copy(texts.copy_reference, reference, language))
    return f'<p class="copying">{"".join(buttons)}</p>'


def _copy(label: str, text: str, language: str) -> str:
    texts = TEXTS[language]
    encoded = escape(text).replace("\n", "&#10;")
    return (
        f'<button type="button" data-copy="{encoded}" data-copied="{escape(texts.copied)}" '
        f'data-failed="{escape(texts.copy_failed)}">{escape(label)}</button>'
    )


def _steps(paper: Paper, place: Opened, language: str) -> str:
    texts = TEXTS[language]
    total = len(paper.exchanges)
    count = texts.exchange_of.format(place=number(place.exchange + 1, language), total=number(total, language))
    first, last = place.exchange == 0, place.exchange == total - 1
    return (
        f'<nav class="steps" aria-label="{escape(texts.steps)}">'
        f'<button type="button" data-go="previous"{" disabled" if first else ""}>'
        f'<span aria-hidden="true">← </span>{escape(texts.previous)}</button><span>{escape(count)}</span>'
        f'<button type="button" data-go="next"{" disabled" if last else ""}>'
        f'{escape(texts.next)}<span aria-hidden="true"> →</span></button></nav>'
    )
