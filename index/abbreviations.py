"""Abbreviations and what they stand for, as papers themselves introduce them: "Staatstoezicht op de Mijnen (SodM)".

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003):
the letters of what stands in brackets are looked for from the right in the words before it, the first of them at the
beginning of a word. Dutch compounds ("Kinderopvangtoeslag (KOT)") need no more, since any other letter may stand
inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from corpus.folding import fold
from index.party_names import LONG_NAMES
from index.understanding import is_common

_BRACKETED = re.compile(r"\(([^\W\d_][\w&.-]{1,9})\)")
_TOKEN = re.compile(r"[\w&'’-]+")
_SENTENCE_END = re.compile(r"[.;:!?()\n]")
_MOST_SKIPPED = 1
"""Words of a long form, besides its little ones, that may have no letter in the short form."""
_LITTLE = frozenset("de het een van voor en op in der den des te ter tot aan bij and of the for to &".split())

LONGEST = 8
"""Words of the longest long form that is looked for in a query."""

Known = Callable[[Sequence[str]], Mapping[str, str]]
"""Folded forms to what papers say of those among them that they know."""


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Abbreviations in a text, each with its long form, as often as they are introduced."""
    for match in _BRACKETED.finditer(text):
        short = match[1].rstrip(".")
        if sum(letter.isupper() for letter in short) < 2 or short in LONG_NAMES:
            continue
        letters = [letter for letter in short.casefold() if letter.isalnum()]
        reach = min(len(letters) + 5, 2 * len(letters))
        before = text[max(0, match.start() - 200) : match.start()]
        ends = [end.end() for end in _SENTENCE_END.finditer(before)]
        tokens = list(_TOKEN.finditer(before, ends[-1] if ends else 0))[-reach:]
        if tokens and not before[tokens[-1].end() :].strip():
            start = _beginning(before, tokens[0].start(), letters)
            if start is not None and _covered(before[start:], letters):
                yield short, " ".join(before[start:].split())


def _beginning(before: str, first: int, letters: list[str]) -> int | None:
    """Where the long form of these letters begins in the text before the brackets."""
    folded = before.casefold()
    if len(folded) != len(before):
        return None
    place = len(folded)
    for number in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= first and not (
            folded[place] == letters[number] and (number > 0 or place == 0 or not folded[place - 1].isalnum())
        ):
            place -= 1
        if place < first:
            return None
    return place


def _covered(long: str, letters: list[str]) -> bool:
    """Whether the words of a long form are those of the letters: few stand for none of them."""
    wanted = [word for word in _TOKEN.findall(long.casefold()) if word not in _LITTLE]
    skipped = sum(word[0] not in letters for word in wanted)
    return bool(wanted) and skipped <= _MOST_SKIPPED and len(long) > len(letters) + 1


def meanings(query: str, stands_for: Known, abbreviated: Known) -> tuple[list[str], list[str]]:
    """Long forms of the abbreviations in a query, and abbreviations of the long forms in it.

    A word without a capital is taken for an abbreviation where it is no common word: "nza", but not "ver".
    """
    tokens = _TOKEN.findall(query)
    shorts = [fold(token) for token in tokens if len(token) > 1 and _may_abbreviate(token)]
    folded = [fold(token) for token in tokens]
    runs = [
        " ".join(folded[start : start + length])
        for start in range(len(folded))
        for length in range(1, min(LONGEST, len(folded) - start) + 1)
    ]
    longs = stands_for(list(dict.fromkeys(shorts))) if shorts else {}
    return list(longs.values()), list(abbreviated(list(dict.fromkeys(runs))).values()) if runs else []


def _may_abbreviate(token: str) -> bool:
    return sum(map(str.isupper, token)) > 1 or (len(token) > 2 and not is_common(fold(token)))
