"""The HTML of the window: turns of a conversation and citation cards. All text from outside is escaped here.

A button carries what it asks for in data attributes: `data-turn`, `data-list` and `data-n` name a citation,
`data-go` a step in the panel. The window's script hands them to the server, which checks them again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import NamedTuple

from babel.numbers import format_decimal

from chatbot import prompts
from chatbot.chips import filter_labels
from chatbot.citations import question_needed
from chatbot.language import enumeration, long_date
from chatbot.records import Answer, Citation, Turn
from chatbot.texts import TEXTS, Texts
from corpus.records import Official

EXTRACTIVE = "extractive"
CLOSING = 2
"""Characters between a quotation and its mark: a closing quotation mark and a space."""
MARK = re.compile(r"\[(\d{1,3})\]")


class Outcome(StrEnum):
    """How far the answer of a turn is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Kind(StrEnum):
    """Which list of an answer a citation stands in."""

    CITATIONS = "citations"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Shown:
    """A turn as the window shows it."""

    turn: Turn
    outcome: Outcome = Outcome.RUNNING


class Span(NamedTuple):
    """A run of characters of a text and how it is rendered: `render` takes the raw text, gives escaped HTML."""

    start: int
    end: int
    render: Callable[[str], str]


def paragraphs(text: str, spans: Sequence[Span] = ()) -> str:
    """`text` as HTML paragraphs, one a line, with non-overlapping `spans` in ascending order rendered their way."""
    html, begin = [], 0
    for line in text.split("\n"):
        end = begin + len(line)
        if line.strip():
            html.append(f"<p>{_inline(text, begin, end, spans)}</p>")
        begin = end + 1
    return "".join(html)


def _inline(text: str, begin: int, end: int, spans: Sequence[Span]) -> str:
    pieces, position = [], begin
    for span in spans:
        start, stop = max(span.start, position), min(span.end, end)
        if start < stop:
            pieces += [escape(text[position:start]), span.render(text[start:stop])]
            position = stop
    return "".join(pieces) + escape(text[position:end])


def officials(speakers: Iterable[Official], language: str) -> str:
    """Officials as a line of plain text: "minister Van Weel (Justitie en Veiligheid) en …"; "" for none."""
    return enumeration((official(speaker, language) for speaker in speakers), language)


def official(speaker: Official, language: str) -> str:
    """One official as plain text, with office, name and ministry as far as they are known."""
    office = TEXTS[language].offices.get(speaker.office, speaker.office)
    ministry = f"({speaker.ministry})" if speaker.ministry else ""
    return " ".join(part for part in (office, speaker.name, ministry) if part)


def capitalised(text: str) -> str:
    """`text` with its first character in upper case."""
    return text[:1].upper() + text[1:]


def badge(texts: Texts) -> str:
    """The mark of a fictitious paper."""
    return f'<span class="badge">{escape(texts.fictitious)}</span>'


def conversation(shown: Sequence[Shown], first: int, language: str) -> str:
    """The turns of a conversation, the first of which has position `first` (from 0)."""
    return "".join(turn(item, first + place, language) for place, item in enumerate(shown))


def turn(shown: Shown, place: int, language: str) -> str:
    """One question with as much of its answer as there is. `place`: position in the conversation, from 0."""
    texts = TEXTS[language]
    answer = shown.turn.answer or Answer()
    return (
        f'<article class="turn" aria-labelledby="turn-{place}">'
        f'<h2 class="asked" id="turn-{place}">{escape(shown.turn.question)}</h2>'
        f"{_understood(shown.turn.question, answer, language)}"
        f'<div class="answer">{_answer_text(answer, place, language)}</div>'
        f"{_outcome(shown.outcome, texts)}"
        f"{_notice(answer.notice)}"
        f"{_cards(answer.citations, Kind.CITATIONS, place, language)}"
        f"{_cards(answer.nearest, Kind.NEAREST, place, language)}"
        "</article>"
    )


def _understood(question: str, answer: Answer, language: str) -> str:
    texts = TEXTS[language]
    lines = []
    if answer.searched and answer.searched.strip() != question.strip():
        lines.append(texts.searched_as.format(question=answer.searched))
    if chosen := [value for _, value in filter_labels(answer.filters, language)]:
        lines.append(texts.only.format(filters=" · ".join(chosen)))
    return "".join(f'<p class="understood">{escape(line)}</p>' for line in lines)


def _outcome(outcome: Outcome, texts: Texts) -> str:
    match outcome:
        case Outcome.RUNNING:
            return f'<p class="running">{escape(texts.searching)}</p>'
        case Outcome.STOPPED:
            return f'<p class="notice">{escape(texts.stopped)}</p>'
        case Outcome.FAILED:
            return f'<p class="notice">{escape(texts.failed)}</p>'
        case Outcome.DONE:
            return ""


def _notice(notice: str) -> str:
    return f'<div class="notice">{paragraphs(notice)}</div>' if notice else ""


def _answer_text(answer: Answer, place: int, language: str) -> str:
    quotes = _quotations(answer)
    by_number = {citation.n: citation for citation in answer.citations}
    marks = [
        Span(match.start(), match.end(), lambda _, citation=citation: _mark(citation, place, language))  # type: ignore[misc]
        for match in MARK.finditer(answer.text)
        if (citation := by_number.get(int(match[1]))) is not None and _is_mark(answer, match, quotes)
    ]
    return paragraphs(answer.text, sorted([*quotes, *marks]))


def _is_mark(answer: Answer, match: re.Match[str], quotes: Sequence[Span]) -> bool:
    """Whether "[1]" was set by the program: not inside a quotation, and where only quotations are cited, behind one.

    A quotation, or a member's question that introduces one, may hold such a mark of its own.
    """
    if any(quote.start < match.end() and match.start() < quote.end for quote in quotes):
        return False
    return answer.mode != EXTRACTIVE or any(0 <= match.start() - quote.end <= CLOSING for quote in quotes)


def _quotations(answer: Answer) -> list[Span]:
    """Where the quotations stand in the answer's text; what looks like a mark inside one is not a citation."""
    found: list[Span] = []
    for quote in sorted({citation.quote for citation in answer.citations if citation.quote}, key=len, reverse=True):
        for match in re.finditer(re.escape(quote), answer.text):
            if not any(span.start < match.end() and match.start() < span.end for span in found):
                found.append(Span(match.start(), match.end(), _quoted))
    return found


def _quoted(text: str) -> str:
    return f'<span class="quoted" lang="nl">{escape(text)}</span>'


def _opener(citation: Citation, kind: Kind, place: int) -> str:
    return f'type="button" data-turn="{place}" data-list="{kind.value}" data-n="{citation.n}"'


def _described(citation: Citation, language: str) -> str:
    speakers = officials(citation.speakers, language) or citation.reference
    day = long_date(citation.date, language) if citation.date else ""
    return TEXTS[language].citation.format(n=citation.n, speakers=speakers, date=day).rstrip(", ")


def _mark(citation: Citation, place: int, language: str) -> str:
    hidden = f'<span class="hidden"> {escape(_described(citation, language))}</span>'
    return f'<button class="cite" {_opener(citation, Kind.CITATIONS, place)}>[{citation.n}]{hidden}</button>'


def _cards(citations: Sequence[Citation], kind: Kind, place: int, language: str) -> str:
    if not citations:
        return ""
    texts = TEXTS[language]
    heading = texts.sources if kind is Kind.CITATIONS else texts.nearest
    more = f'<p class="more">{escape(texts.nearest_more)}</p>' if kind is Kind.NEAREST else ""
    cards = "".join(_card(citation, kind, place, language) for citation in citations)
    return (
        f'<section class="sources {kind.value}" aria-labelledby="turn-{place}-{kind.value}">'
        f'<h3 id="turn-{place}-{kind.value}">{escape(heading)}</h3>{more}<ol>{cards}</ol></section>'
    )


def _card(citation: Citation, kind: Kind, place: int, language: str) -> str:
    texts = TEXTS[language]
    facts = [long_date(citation.date, language) if citation.date else "", citation.reference]
    hidden = f'<span class="hidden">: {escape(_described(citation, language))}</span>'
    return (
        f'<li class="card" data-card><span class="number" aria-hidden="true">{citation.n}</span><div class="body">'
        f"{_needed(citation, language)}"
        f'<blockquote lang="nl">{paragraphs(citation.quote)}</blockquote>'
        f'<p class="who">{badge(texts) if citation.fictitious else ""}'
        f"{escape(capitalised(officials(citation.speakers, language)))}</p>"
        f'<p class="where">{escape(" · ".join(fact for fact in facts if fact))}</p>'
        f'<button class="open" {_opener(citation, kind, place)}>{escape(texts.open_exchange)}{hidden}</button>'
        "</div></li>"
    )


def _needed(citation: Citation, language: str) -> str:
    """The question without which the quotation of a card says nothing; "" where it needs none."""
    question = question_needed(citation)
    asked = prompts.AS_ASKED[language].format(question=f'<span lang="nl">{escape(question)}</span>')
    return f'<p class="where">{asked}</p>' if question else ""


def number(value: int, language: str) -> str:
    """A whole number as the language writes it: 12.345 or 12,345."""
    return str(format_decimal(value, locale=language))
