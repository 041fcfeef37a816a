"""Days, months and years that a question names."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

_SAID = re.compile(
    r"\b(?:zei(?:den)?|zegt|gezegd|schreef|schreven|geschreven|antwoord(?:de|den)?|geantwoord|beantwoord(?:de|den)?|"
    r"verklaar(?:de|den)|toegezegd|besloot|besluit|said|says?|wrote|answered|stated|replied)\b"
)
_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari january", "februari february", "maart march", "april", "mei may", "juni june", "juli july",
            "augustus august", "september", "oktober october", "november", "december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DAY = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})\s+)?\b(?P<month>{'|'.join(_MONTHS)})(?:\s+(?P<late>\d{{1,2}}),)?\s+(?P<year>(?:19|20)\d\d)\b"
)
_NUMERIC_DAY = re.compile(r"\b(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b(?:in|uit|from|during|van)\s+(?P<year>(?:19|20)\d\d)\b")


def periods(question: str) -> Iterator[tuple[str, date, date]]:
    """What the question names, as (its words, first day, last day).

    A year alone counts only where it is asked what somebody said: else it is what is talked about.
    """
    lowered = question.lower()
    exact = False
    for pattern in (_DAY, _NUMERIC_DAY):
        for match in pattern.finditer(lowered):
            parts = match.groupdict()
            month = _MONTHS.get(parts["month"]) or int(parts["month"])
            day = parts["day"] or parts.get("late")
            if period := _period(int(parts["year"]), month, int(day) if day else None):
                exact = True
                yield question[match.start() : match.end()], *period
    if not exact and _SAID.search(lowered):
        for match in _YEAR.finditer(lowered):
            year = int(match["year"])
            yield question[match.start("year") : match.end("year")], date(year, 1, 1), date(year, 12, 31)


def _period(year: int, month: int, day: int | None) -> tuple[date, date] | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        return None
    return date(year, month, day or 1), date(year, month, day or last)
