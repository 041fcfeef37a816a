"""Dates as people type them, for the filter on a period."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from babel.dates import get_month_names

from chatbot.language import DUTCH, ENGLISH

YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})(?:\s*[-/.]\s*|\s+))?(\d{1,2}|[^\W\d_]+)\.?(?:\s*[-/.]\s*|\s+))(\d{4})")
MONTHS = {
    name.casefold().rstrip("."): number
    for language in (DUTCH, ENGLISH)
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=language).items()
}


class NotADate(ValueError):
    """A text cannot be read as a day, a month or a year."""


def first_day(text: str) -> date:
    """The day that `text` names, or the first one of the month or year that it names.

    Read are "14-11-2024", "14 november 2024", "2024-11-14", "11-2024", "november 2024" and "2024".

    Raises:
        NotADate: it names none.
    """
    year, month, day = _read(text)
    return _date(text, year, 1 if month is None else month, 1 if day is None else day)


def last_day(text: str) -> date:
    """As `first_day`, but the last day of a month or year.

    Raises:
        NotADate: the text names no day, month or year.
    """
    year, month, day = _read(text)
    month = 12 if month is None else month
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        raise NotADate(text)
    return _date(text, year, month, monthrange(year, month)[1] if day is None else day)


def _read(text: str) -> tuple[int, int | None, int | None]:
    if match := YEAR_FIRST.fullmatch(text.strip()):
        return int(match[1]), _number(match[2]), _number(match[3])
    if match := DAY_FIRST.fullmatch(text.strip()):
        month = int(match[2]) if match[2].isdigit() else MONTHS.get(match[2].casefold())
        if month is not None:
            return int(match[3]), month, _number(match[1])
    raise NotADate(text)


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADate(text) from error
