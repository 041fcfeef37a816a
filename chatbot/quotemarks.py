"""Quotation marks as they are used in the Netherlands, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

CLOSED_BY = {
    '"': '"', "“": "”", "”": "”", "„": "”“", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "″": "″", "〝": "〞",
    "＂": "＂", "「": "」", "『": "』",
}  # fmt: skip
"""Double quotation marks with those that close them; `SINGLE_CLOSED_BY` holds the single ones."""
SINGLE_CLOSED_BY = {"'": "'’", "‘": "’'", "’": "’", "‚": "’‘", "‛": "’", "`": "'’`", "´": "´", "′": "′"}
DOUBLE_MARKS = frozenset("".join(CLOSED_BY) + "".join(CLOSED_BY.values()))
CLIPPED = re.compile(r"['’‘](?:[smtnkr]|ie|er|ns|zo|nen?|[0-9]{2})\b(?!['’])", re.IGNORECASE)
"""Words that begin with an apostrophe: 's, 't, 'n, '70."""


def quoted_stretches(text: str) -> Iterator[str | None]:
    """Each stretch between quotation marks; None for marks that do not pair."""
    start, opener = 0, ""
    for place, character in enumerate(text):
        if character not in DOUBLE_MARKS:
            continue
        if not opener:
            if character not in CLOSED_BY:
                yield None
            start, opener = place + 1, character
        elif character in CLOSED_BY.get(opener, ""):
            yield text[start:place]
            opener = ""
        elif (character in "«»‹›") == (opener in "«»‹›"):
            yield None
    if opener:
        yield None
    yield from _singly_quoted(text)


def _singly_quoted(text: str) -> Iterator[str | None]:
    clipped = {match.start() for match in CLIPPED.finditer(text) if _opens(text, match.start())}
    start, opener = 0, ""
    for place, character in enumerate(text):
        if character not in SINGLE_CLOSED_BY or place in clipped:
            continue
        if opener and _closes(text, place):
            yield text[start:place] if character in SINGLE_CLOSED_BY[opener] else None
            opener = ""
        elif _opens(text, place) or character in "‚":
            if opener:
                yield None
            start, opener = place + 1, character
        elif _closes(text, place) and any(other < place for other in clipped):
            # What looked like 't or 's may have been the opening of this.
            yield None
    if opener:
        yield None


def _opens(text: str, place: int) -> bool:
    return place == 0 or not (text[place - 1].isalnum())


def _closes(text: str, place: int) -> bool:
    return place + 1 == len(text) or not text[place + 1].isalnum()
