"""How likely a string is as one Dutch word: by a frequency list, and by compounds made of its words."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

UNKNOWN = -20.0
"""Log probability of a short string that is no known word; longer ones are less likely still."""
UNKNOWN_LETTER = 1.3
"""What each letter of an unknown string takes off."""
COMPOUND = -19.0
"""Log probability of a compound of two known words that the frequency list does not hold."""
DERIVED = -18.0
"""Log probability of a form that the list does not hold, of a verb or adjective that it does ("implementerende")."""
NAME = -15.0
ABBREVIATION = -13.0
NUMBER = -11.0
OWN_WORD = -12.0
"""Log probability of a word that the same paper uses elsewhere."""

_PART_FREQUENCY = 3e-7
_SHORTEST_PART = 4
_SHORT_PART_FREQUENCY = 1e-4
_INFLECTED = re.compile(r"[^ie]e\Z(?<!ure)(?<!ode)(?<!nte)(?<!mte)")
"""Adjectives in -e do not begin a compound; the nouns in -e that do are few."""
_PARTICIPLE = re.compile(r"(?:op|aan|uit|in|af|voor|toe|over|door)ge\w+[dtn]\Z")
_PREFIXED = re.compile(
    r"(?:voor|aan|op|uit|in|af|toe|over|onder|door|mee|tegen|achter|her|on|oud|mede|hoog|zelf|samen)(?=\w{5})"
)
_NOUNS_IN_E = frozenset(
    "waarde aarde orde einde ziekte hoogte breedte lengte diepte behoefte belofte analyse woede rechte zijde".split()
)
_ENDINGS = (("ende", 2, ""), ("ingen", 5, "en"), ("ing", 3, "en"), ("ere", 3, ""), ("ste", 3, ""))
"""Endings of derived forms: how many letters to take off, and what to put there, for the form in the list."""
_SHORTEST_BASE = 6
_NUMBER = re.compile(r"[\d.,]+%?")
FUNCTION_WORDS = frozenset(
    "voor niet zijn naar door maar heeft hebben wordt worden deze zoals waar geen meer over onder tegen tussen omdat"
    " kunnen moeten zullen zich haar daar veel alle alleen hier dan dat die wat wie hoe ook nog welke wel"
    " mijn onze kunt graag"
    " het een dat dit van met aan als bij dan den der des die een hen hij hoe hun zij zal zou was kan mag per nog pas"
    " ons wil weg wij dus ene te of en om op in af uit toe tot via mij men jou had zodat"
    " waarbij waarin waarmee waardoor waarop waaraan waaruit waarna waarvan waarover lijkt blijkt treedt liggen"
    " indien terwijl hierdoor hierbij daarmee daarom hiermee".split()
)


@cache
def frequencies() -> dict[str, float]:
    """Relative frequencies of Dutch words, lower case (package `wordfreq`, its largest Dutch list)."""
    # It takes a second to load, and those who ask and do not read papers need none of it.
    from wordfreq import get_frequency_dict

    return get_frequency_dict("nl", wordlist="best")


@lru_cache(maxsize=65536)
def log_probability(word: str) -> float:
    """Natural log of how likely `word` is as a word of a paper; case counts only for names and abbreviations."""
    lower = word.lower().replace("’", "'")
    frequency = frequencies().get(lower)
    known = math.log(frequency) if frequency else None
    if len(lower) == 1 and lower not in "u":
        return -25.0 if lower.isalpha() else NUMBER
    if known is not None:
        if len(lower) == 2 and frequency is not None and frequency < 1e-4:
            known -= 4.0
        return known
    if _NUMBER.fullmatch(word):
        return NUMBER
    if word.isupper() and len(word) <= 6:
        return ABBREVIATION
    if is_derived(lower):
        return DERIVED
    if is_compound(lower):
        return COMPOUND
    if word[:1].isupper() and word[1:].islower() and len(word) <= 14:
        return NAME - 0.2 * len(word)
    return UNKNOWN - UNKNOWN_LETTER * len(word)


def is_derived(word: str) -> bool:
    """Whether a lower-case string is a regular form of a known verb or adjective."""
    for ending, letters, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - letters >= _SHORTEST_BASE:
            return frequencies().get(word[:-letters] + instead, 0.0) >= _PART_FREQUENCY
    return False


@lru_cache(maxsize=65536)
def is_compound(word: str) -> bool:
    """Whether a lower-case string is two or three known words written together, with or without a linking s."""
    word = word.removesuffix("'s")
    return is_pair(word) or (len(word) > 16 and _parts(word, 3))


@lru_cache(maxsize=65536)
def is_pair(word: str) -> bool:
    """Whether a lower-case string is two known words written together, or one with a prefix."""
    prefix = _PREFIXED.match(word)
    if prefix and frequencies().get(word[prefix.end() :], 0.0) >= _PART_FREQUENCY:
        return True
    return _parts(word, 2)


def is_long_compound(word: str) -> bool:
    """Whether a lower-case string is up to three known words written together, however short it is."""
    return is_compound(word) or _parts(word, 3)


def _parts(word: str, most: int) -> bool:
    if most == 1:
        return _is_part(word)
    for place in range(_SHORTEST_PART - 1, len(word) - _SHORTEST_PART + 1):
        head = word[:place]
        if _INFLECTED.search(head) and head not in _NOUNS_IN_E:
            continue
        if _PARTICIPLE.match(head):
            continue
        if (_is_part(head) or (head.endswith("s") and _is_part(head[:-1]))) and (
            _is_part(word[place:]) or (most > 2 and _parts(word[place:], most - 1))
        ):
            return True
    return False


def _is_part(word: str) -> bool:
    if word in FUNCTION_WORDS:
        return False
    least = _PART_FREQUENCY if len(word) >= _SHORTEST_PART else _SHORT_PART_FREQUENCY
    return frequencies().get(word, 0.0) >= least
