"""Numbers as bars that are also tables: readable without colour, without sight and on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from chatbot.rendering import number

MONTHS_APART = 36
"""A timeline with more months than this is drawn by year."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its value from 0, and how the value is written (None: as a number)."""

    name: str
    value: float
    written: str | None = None


def bars(title: str, names: str, values: str, rows: Sequence[Bar], language: str) -> str:
    """Horizontal bars as a table. `names`, `values`: headings of the columns, for screen readers."""
    most = max((row.value for row in rows), default=0) or 1
    body = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th><td><span class="bar" aria-hidden="true" '
        f'style="width:{_share(row.value, most)}%"></span><span class="amount">'
        f"{escape(_written(row, language))}</span></td></tr>"
        for row in rows
    )
    return (
        f'<table class="bars"><caption>{escape(title)}</caption><thead class="hidden"><tr>'
        f'<th scope="col">{escape(names)}</th><th scope="col">{escape(values)}</th></tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


def timeline(title: str, names: str, values: str, rows: Sequence[Bar], language: str) -> str:
    """Upright bars along the time, with the first and the last name under them, and a table for screen readers."""
    if not rows:
        return ""
    most = max(row.value for row in rows) or 1
    columns = "".join(
        f'<span style="height:{_share(row.value, most)}%" '
        f'title="{escape(row.name)}: {escape(_written(row, language))}"></span>'
        for row in rows
    )
    hidden = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th><td>{escape(_written(row, language))}</td></tr>' for row in rows
    )
    ends = f"<span>{escape(rows[0].name)}</span>"
    ends += f"<span>{escape(rows[-1].name)}</span>" if len(rows) > 1 else ""
    return (
        f'<figure class="timeline"><figcaption>{escape(title)}</figcaption><div class="columns" aria-hidden="true">'
        f'{columns}</div><div class="ends" aria-hidden="true">{ends}</div>'
        f'<table class="hidden"><caption>{escape(title)}'
        f'</caption><thead><tr><th scope="col">{escape(names)}</th><th scope="col">{escape(values)}</th></tr></thead>'
        f"<tbody>{hidden}</tbody></table></figure>"
    )


def _share(value: float, most: float) -> str:
    return f"{100 * value / most:.1f}"


def _written(row: Bar, language: str) -> str:
    return number(int(row.value), language) if row.written is None else row.written


def months(first: date, last: date) -> Iterator[date]:
    """The first day of every month from the one of `first` to the one of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
