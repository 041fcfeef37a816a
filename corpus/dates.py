"""Dutch dates and parliamentary years."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "feb", "febr"),
            ("maart", "mrt"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("augustus", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
"""The full names of the months, as alternatives of a pattern."""
_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})(?:e|ste|de)?\s*({_MONTH})\.?\s*(\d{{4}})", re.I)
_LATELY = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({_MONTH})\.?,?\s+(?:jl\b|jongstleden\b|l\.l\.)", re.I)
_FIGURES = re.compile(r"(?<!\d)(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/](\d{1,2})[-/](\d{4}))(?!\d)")


def dutch_date(text: str) -> date | None:
    """The first date in a text, "4 maart 2031", "2031-03-04" or "04-03-2031"; None when there is none that exists."""
    for match in _DATE.finditer(text):
        if found := _date(int(match.group(3)), _MONTHS[match.group(2).lower()], int(match.group(1))):
            return found
    for match in _FIGURES.finditer(text):
        year, month, day, other_day, other_month, other_year = match.groups()
        found = (
            _date(int(year), int(month), int(day)) if year else _date(int(other_year), int(other_month), int(other_day))
        )
        if found:
            return found
    return None


def lately(text: str, until: date | None) -> date | None:
    """The day of "2 september jl.", the last such day up to `until`; None when the text has none of the kind."""
    match = _LATELY.search(text)
    if match is None or until is None:
        return None
    month, day = _MONTHS[match.group(2).lower()], int(match.group(1))
    days = (_date(year, month, day) for year in (until.year, until.year - 1))
    return next((found for found in days if found and found <= until), None)


def session_year_on(day: date) -> str:
    """The vergaderjaar of a day, "2024-2025": it begins on the third Tuesday of September."""
    first = date(day.year, 9, 1)
    opening = first + timedelta(days=(1 - first.weekday()) % 7 + 14)
    year = day.year if day >= opening else day.year - 1
    return f"{year}-{year + 1}"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
