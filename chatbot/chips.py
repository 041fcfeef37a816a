"""The filters in use and those understood from a question, as text and as buttons that remove them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from chatbot.language import long_date
from chatbot.texts import TEXTS
from index.records import Filters
from index.understanding import Clue, ClueKind


def filter_labels(filters: Filters, language: str) -> list[tuple[str, str]]:
    """The filters that are set, as (field of `Filters`, plain text)."""
    texts = TEXTS[language]
    values = [
        ("minister", texts.minister, filters.minister),
        ("ministry", texts.ministry, filters.ministry),
        ("party", texts.party, filters.party),
        ("since", texts.since, long_date(filters.since, language) if filters.since else None),
        ("until", texts.until, long_date(filters.until, language) if filters.until else None),
    ]
    return [(name, f"{label}: {value}") for name, label, value in values if value]


def chips(filters: Filters, language: str) -> str:
    """The filters in use as buttons that remove them; "" when there are none."""
    texts = TEXTS[language]
    items = [
        _chip(f'data-remove="{name}"', label, texts.remove_filter) for name, label in filter_labels(filters, language)
    ]
    return _list(items, texts.active_filters) if items else ""


def understood(clues: Sequence[Clue], language: str) -> str:
    """What was understood from a question as buttons that ask it again without; "" when there is nothing.

    `data-clue`: position among the clues, from 0.
    """
    texts = TEXTS[language]
    items = [
        _chip(f'data-clue="{place}"', clue_label(clue, language), texts.leave_out, "faint")
        for place, clue in enumerate(clues)
    ]
    if not items:
        return ""
    heading = f'<p class="from" aria-hidden="true">{escape(texts.understood)}</p>'
    return f'<div class="understanding">{heading}{_list(items, texts.understood)}</div>'


def clue_label(clue: Clue, language: str) -> str:
    """What a clue says, as plain text: the index's own name for who or what is meant."""
    texts, filters = TEXTS[language], clue.filters
    value: str | None
    match clue.kind:
        case ClueKind.PAPER:
            label, value = texts.paper, ", ".join(filters.papers or ())
        case ClueKind.MINISTER:
            label, value = texts.minister, filters.minister
        case ClueKind.MINISTRY:
            label, value = texts.ministry, filters.ministry
        case ClueKind.PARTY:
            label, value = texts.party, filters.party
        case ClueKind.PERIOD:
            label, value = texts.period, clue.text
    return f"{label}: {value or clue.text}"


def _chip(data: str, label: str, removes: str, more: str = "") -> str:
    return (
        f'<li><button type="button" class="{" ".join(["chip", more]).strip()}" {data} '
        f'aria-label="{escape(removes.format(filter=label))}">{escape(label)}'
        '<span aria-hidden="true"> ×</span></button></li>'
    )


def _list(items: Iterable[str], label: str) -> str:
    return f'<ul class="chips" aria-label="{escape(label)}">{"".join(items)}</ul>'
