"""The filters in use, as text and as buttons that remove them."""

from __future__ import annotations

from html import escape

from chatbot.language import long_date
from chatbot.texts import TEXTS
from index.records import Filters


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
    labels = filter_labels(filters, language)
    if not labels:
        return ""
    items = "".join(
        f'<li><button type="button" class="chip" data-remove="{name}" '
        f'aria-label="{escape(texts.remove_filter.format(filter=label))}">{escape(label)}'
        '<span aria-hidden="true"> ×</span></button></li>'
        for name, label in labels
    )
    return f'<ul class="chips" aria-label="{escape(texts.active_filters)}">{items}</ul>'
