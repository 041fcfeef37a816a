"""Statements: sentences of answers that hold the words looked for, or come close, in the order asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from chatbot.asked import Asked, stands_in, stems_of, understand
from chatbot.charts import months
from chatbot.citations import cite
from chatbot.evidence import gather
from chatbot.promises import is_promise
from chatbot.records import Citation
from corpus.records import Exchange, Paper
from corpus.sentences import split
from index.records import Filters, Hit
from index.search import Index

MOST = 200
"""Statements found for one question, at most."""
SIMILAR = 20
"""Statements without the words looked for are only added up to this many in all."""
SHORT = 4
"""Sentences of fewer words say nothing by themselves, unless they hold words that are looked for."""
LITERAL = 0.5
"""An answer holds the words looked for when it has this share of them, by their rarity; those in compounds too."""


class Order(StrEnum):
    """How statements are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that was found, in its context.

    `context_start`, `context_end`: it with its neighbours, in the answer's text. `literal`: the answer holds the
    words looked for. `promise`: in the sentence something is promised. `citation.n` counts from 1, the most
    relevant first, and stays with the statement in every order.
    """

    citation: Citation
    context_start: int
    context_end: int
    literal: bool
    promise: bool


def find(index: Index, sought: str, filters: Filters, *, promises: bool = False) -> tuple[Statement, ...]:
    """The statements that bear on `sought`, most relevant first, one for each answer; at most `MOST`.

    Without words: the first sentence of every answer that the filters let through, newest first. `promises`: only
    sentences in which something is promised, as many of them as an answer has.
    """
    if any(character.isalnum() for character in sought):
        found = _by_words(index, sought, filters, promises)
    else:
        found = _by_filters(index, filters, promises)
    return tuple(replace(item, citation=replace(item.citation, n=n)) for n, item in enumerate(found[:MOST], 1))


def literal(index: Index, sought: str) -> Callable[[Exchange], bool]:
    """What says of an exchange whether its answer holds the words that are looked for."""
    rarities = index.rarities(sought)
    total = sum(rarities.values()) or 1.0

    def holds(exchange: Exchange) -> bool:
        said = stems_of(exchange.answer)
        return sum(rarity for word, rarity in rarities.items() if stands_in(word, said)) / total >= LITERAL

    return holds


def _by_words(index: Index, sought: str, filters: Filters, promises: bool) -> list[Statement]:
    holds = literal(index, sought)
    asked = understand(index, sought)
    found = []
    for hit in index.search(sought, filters=filters, limit=MOST):
        paper = index.paper(hit.paper)
        exchange = paper.exchanges[hit.exchange]
        if promises:
            found += [replace(item, literal=holds(exchange)) for item in _promises(paper, hit.exchange)]
        elif (citation := _best(index, asked, hit)) is not None:
            found.append(_statement(exchange, citation, holds(exchange)))
    with_words = [item for item in found if item.literal]
    others = [item for item in found if not item.literal]
    return with_words + others[: max(0, SIMILAR - len(with_words))]


def _best(index: Index, asked: Asked, hit: Hit) -> Citation | None:
    judged = gather(index, asked, [hit])
    telling = [item for item in judged if item.signs.get("words", 0.0) > 0 or len(item.citation.quote.split()) >= SHORT]
    if not telling:
        return None
    return max(telling, key=lambda item: (item.signs.get("words", 0.0), item.probability)).citation


def _by_filters(index: Index, filters: Filters, promises: bool) -> list[Statement]:
    found: list[Statement] = []
    headers = sorted(index.papers(filters), key=lambda header: header.answered or date.min, reverse=True)
    for header in headers:
        if not header.answers:
            continue
        paper = index.paper(header.id)
        for place, exchange in enumerate(paper.exchanges):
            if promises:
                found += _promises(paper, place)
            elif sentences := split(exchange.answer):
                start, end = sentences[0]
                found.append(_statement(exchange, cite(paper, place, start, end, 1), True))
        if len(found) >= MOST:
            break
    return found


def _promises(paper: Paper, place: int) -> list[Statement]:
    exchange = paper.exchanges[place]
    return [
        _statement(exchange, cite(paper, place, start, end, 1), True)
        for start, end in split(exchange.answer)
        if is_promise(exchange.answer[start:end])
    ]


def _statement(exchange: Exchange, citation: Citation, literal: bool) -> Statement:
    start, end = _context(exchange.answer, citation.start, citation.end)
    return Statement(citation, start, end, literal, is_promise(citation.quote))


def _context(answer: str, start: int, end: int) -> tuple[int, int]:
    """From the sentence before to the sentence behind, as far as they stand in the same paragraph."""
    first = answer.rfind("\n", 0, start) + 1
    last = answer.find("\n", end)
    last = len(answer) if last < 0 else last
    before = [first + begin for begin, stop in split(answer[first:start]) if stop > begin]
    behind = [end + stop for begin, stop in split(answer[end:last]) if stop > begin]
    return (before[-1] if before else start), (behind[0] if behind else end)


def ordered(statements: Sequence[Statement], order: Order) -> tuple[Statement, ...]:
    """Statements as asked for; those without a date come last in an order by date."""
    if order is Order.RELEVANCE:
        return tuple(sorted(statements, key=lambda item: item.citation.n))
    sign = -1 if order is Order.NEWEST else 1

    def day(item: Statement) -> tuple[bool, int, int]:
        known = item.citation.date
        return (known is None, sign * known.toordinal() if known else 0, item.citation.n)

    return tuple(sorted(statements, key=day))


def by_month(statements: Sequence[Statement]) -> list[tuple[date, int]]:
    """How many statements each month has, from the first month with any to the last, empty ones too.

    A month is named by its first day.
    """
    counted = Counter(item.citation.date.replace(day=1) for item in statements if item.citation.date)
    return [(month, counted[month]) for month in months(min(counted), max(counted))] if counted else []
