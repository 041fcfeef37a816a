"""Which language a question is in, and dates and names as that language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import py3langid.langid
from babel.dates import format_date

DUTCH = "nl"
ENGLISH = "en"
SURE = 4.0
"""By how much (in log probability) English must win: short questions over Dutch papers are Dutch."""

AND = {DUTCH: "en", ENGLISH: "and"}


@lru_cache(maxsize=1)
def _identifier() -> py3langid.langid.LanguageIdentifier:
    identifier = py3langid.langid.LanguageIdentifier.from_model_file(py3langid.langid.MODEL_FILE)
    identifier.set_languages([DUTCH, ENGLISH])
    return identifier


@lru_cache(maxsize=1024)
def detect(text: str) -> str:
    """The language of `text`: "en" when that is clear, else "nl"."""
    scores = dict(_identifier().rank(text))
    return ENGLISH if scores[ENGLISH] - scores[DUTCH] > SURE else DUTCH


@lru_cache(maxsize=4096)
def long_date(day: date, language: str) -> str:
    """A date with its month in words: "14 november 2024" or "14 November 2024"."""
    return format_date(day, "d MMMM y", locale=language)


def enumeration(items: Iterable[str], language: str) -> str:
    """Items with commas and a last "en" or "and": "1, 2 en 3"."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {AND[language]} {listed[-1]}"
