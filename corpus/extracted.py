"""What a format's reader hands over: its text as received, the same cleaned for the grammar, and its notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.kamervragen import parse_text
from corpus.manuscript import PlacedNote
from corpus.mapped import MappedText, through
from corpus.prose import parse_prose
from corpus.records import Exchange, Paper

_NUMBERED = re.compile(r"ah-(?:tk|ek)-(\d{4})(\d{4})-(\d+)")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document's text. `raw`: as received, with everything in it. `clean`: without running heads, lines joined into
    paragraphs, each on a line; its map leads back to `raw`. `notes`: placed in `clean`. `pages`: offsets in `raw` at
    which the pages begin. `identifier`, `title`, `published`: what the format says of itself, "" and None where it
    does not.
    """

    raw: str
    clean: MappedText
    notes: tuple[PlacedNote, ...] = ()
    pages: tuple[int, ...] = ()
    identifier: str = ""
    title: str = ""
    published: date | None = None

    @classmethod
    def plain(cls, raw: str, notes: Sequence[PlacedNote] = ()) -> Extracted:
        """A text of which nothing was cleaned."""
        return cls(raw, MappedText.copy(raw, 0, len(raw)), tuple(notes))


def paper_of(document: Extracted, source: str, stem: str, prose: bool = True) -> Paper | None:
    """The paper that a document holds: a Kamervraag, or else, with `prose`, other prose; None when it is neither."""
    text = document.clean.text
    paper = parse_text(text, source, stem, document.notes)
    if paper is None and prose:
        paper = parse_prose(text, source, stem, title=document.title, published=document.published)
    if paper is None:
        return None
    return identified(_rebased(paper, document), document.identifier)


def _rebased(paper: Paper, document: Extracted) -> Paper:
    """A paper that was understood from the clean text, with its map led on to the raw text."""
    if document.raw == document.clean.text and not document.pages:
        return paper
    exchanges = tuple(_led_back(exchange, document.clean) for exchange in paper.exchanges)
    return replace(paper, exchanges=exchanges, raw=document.raw, pages=document.pages or paper.pages)


def _led_back(exchange: Exchange, clean: MappedText) -> Exchange:
    return replace(
        exchange,
        question_knots=through(exchange.question_knots, len(exchange.question), clean),
        answer_knots=through(exchange.answer_knots, len(exchange.answer), clean),
    )


def identified(paper: Paper, identifier: str) -> Paper:
    """A paper under the identifier that its format gives, with the number and year that it holds."""
    if not identifier or identifier == paper.id:
        return paper
    number = _NUMBERED.fullmatch(identifier)
    if number is None:
        return replace(paper, id=identifier)
    year = f"{number.group(1)}-{number.group(2)}"
    return replace(paper, id=identifier, number=int(number.group(3)), session_year=year)
