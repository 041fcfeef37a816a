"""What in a quotation a reader looks for: promises, amounts and dates, recognised and named beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatbot.promises import is_promise
from corpus.dates import MONTHS

AMOUNT = re.compile(
    r"(?:€\s?|\beuro\s)?\b\d[\d.,]*\d?(?:\s(?:miljoen|miljard|duizend|mln|mld))?\s?(?:euro\b|procent\b|%)"
    r"|€\s?\d[\d.,]*(?:,-)?(?:\s(?:miljoen|miljard|mln|mld))?",
    re.IGNORECASE,
)
DATE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{MONTHS}) \d{{4}}\b"
    r"|\b(?:eind|begin|medio|voorjaar|zomer|najaar|herfst|(?:eerste|tweede|derde|vierde) kwartaal(?: van)?) \d{4}\b"
)
MOST = 3
"""Amounts, and dates, that are named beside one quotation."""


@dataclass(frozen=True, slots=True)
class Marks:
    """`promise`: the speaker undertakes something. `amounts`, `dates`: exact runs of the quotation, in its order."""

    promise: bool = False
    amounts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


def marked(quote: str) -> Marks:
    """What is recognised in a quotation."""
    return Marks(
        promise=is_promise(quote),
        amounts=_runs(AMOUNT, quote),
        dates=_runs(DATE, quote),
    )


def _runs(pattern: re.Pattern[str], quote: str) -> tuple[str, ...]:
    found = (match[0].strip(" .,") for match in pattern.finditer(quote))
    return tuple(dict.fromkeys(run for run in found if run))[:MOST]
