"""Dutch compounds in a query, taken apart and put together by the words that the papers themselves use.

A compound that no paper has is looked for by its parts ("stikstofuitstoot" as "stikstof" and "uitstoot"), and
neighbours are also looked for as one word ("uitstoot van stikstof" as "stikstofuitstoot"): but only where the papers
have such words, so that nothing is invented. Compounds that the papers do have say more than their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from index.analysis import STOP_WORDS, stem

SHORTEST = 4
"""Letters of a part of a compound at least."""
LINKS = ("", "s", "en", "e")
"""What may stand between the parts."""

Frequency = Callable[[str], int]
"""In how many passages a stem stands."""


def parts(word: str, frequency: Frequency) -> tuple[str, str] | None:
    """The stems of the two words that a folded word is made of, the commonest such pair; None for none."""
    best: tuple[int, tuple[str, str]] | None = None
    for place in range(SHORTEST, len(word) - SHORTEST + 1):
        tail = word[place:]
        if tail in STOP_WORDS:
            continue
        common = frequency(stem(tail))
        if best is not None and common <= best[0]:
            continue
        for link in LINKS:
            head = word[:place].removesuffix(link) if link else word[:place]
            if (link and head == word[:place]) or len(head) < SHORTEST or head in STOP_WORDS:
                continue
            rarest = min(common, frequency(stem(head)))
            if rarest > 0 and (best is None or rarest > best[0]):
                best = (rarest, (stem(head), stem(tail)))
    return best[1] if best else None


def expansions(words: Sequence[str], frequency: Frequency) -> list[str]:
    """Stems that a query's folded words may stand for besides their own, each once.

    `words`: without stop words, in their order. A word that stands nowhere is taken apart, and each two neighbours
    are put together either way round: "uitstoot van stikstof", "stikstof uitstoot".
    """
    own = {stem(word) for word in words}
    found: dict[str, None] = {}
    for word in words:
        if len(word) >= 2 * SHORTEST and not frequency(stem(word)):
            found.update(dict.fromkeys(parts(word, frequency) or ()))
    for one, other in pairwise(words):
        if min(len(one), len(other)) < SHORTEST:
            continue
        for head, tail in ((one, other), (other, one)):
            joined = (stem(head + link + tail) for link in LINKS[:2])
            found.update(dict.fromkeys(whole for whole in joined if frequency(whole) > 0))
    return [word for word in found if word not in own]
