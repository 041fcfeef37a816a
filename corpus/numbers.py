"""The numbers of questions as papers print them: "3 en 4", "2 t/m 6", "4-7", "7, 8, en 9".

Grammar: a number, possibly with a letter, joined by "," ";" "en" "&" "-" "–" "t/m" or "tot en met"
(sources.md, section 4.3). Letters of sub-questions ("3a") count as the question itself.
"""

from __future__ import annotations

import re

RANGE_LIMIT = 200
"""A range wider than this is no range of question numbers but something else, like two years."""

NUMBERS = (
    r"\d{1,3}[a-z]?(?![\d.]\d|,\d+(?!\s*(?:,|;|en\b|&|t\s*/\s*m\b|tot\b|[:.]?\s*\Z|[:.]?\s*\n)))(?:\s*(?:,\s*en\b|;\s*en\b|,|;|&|-|–|\+|/|\ben\b|\bt\s*/\s*m\b|\btot\s+en\s+met\b|\bt\.e\.m\.)"
    r"\s*(?:vra(?:ag|gen)\s+)?\d{1,3}[a-z]?)*"
)
_TOKEN = re.compile(r"(\d{1,3})[a-z]?|(t\s*/\s*m|tot\s+en\s+met|t\.e\.m\.|-|–)")


def question_numbers(text: str) -> tuple[int, ...]:
    """The numbers in a label, ascending and each once; ranges are inclusive. () when there are none."""
    numbers: set[int] = set()
    last: int | None = None
    through = False
    for match in _TOKEN.finditer(text):
        if match.group(2):
            through = True
            continue
        number = int(match.group(1))
        if through and last is not None and last < number <= last + RANGE_LIMIT:
            numbers.update(range(last, number + 1))
        numbers.add(number)
        last, through = number, False
    return tuple(sorted(numbers))
