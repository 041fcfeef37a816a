"""Where a line can have ended in glued text, and how unlikely that is at each place.

A cost is a difference of log probabilities: below zero, a line end is more likely than none. `NEVER` places are
left out altogether.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.lexicon import (
    OWN_WORD,
    UNKNOWN,
    UNKNOWN_LETTER,
    frequencies,
    is_compound,
    is_derived,
    is_pair,
    log_probability,
)

AT_A_SPACE = 10.0
"""Cost of a line end at a space: the extractor drops the space there, so it hardly ever happens."""
NEVER = 12.0
"""Places that cost more are no candidates."""
PRIOR = 4.0
"""Added to the gain of every cut between letters: at the end of a full line a glue is what is expected."""
_DOMAIN = re.compile(r"\w\.(?:nl|com|eu|org|net|int|info|pdf|html?)(?![a-z])", re.IGNORECASE)
SOFT_HYPHEN = -9.0
"""Cost of a line end after a hyphen without which the word is known: there hardly is another reason for it."""
SURE_HYPHEN = -4.0
"""From this cost down a line end in a token is a surer one than those between letters."""
SAME_TOKEN = 40.0
"""Added to cuts between letters in a token that shows another, surer one."""

FUNCTION_WORD = 8e-4
"""Relative frequency from which on a word is a function word, likely on either side of a line end."""
RARE = 4e-6
"""Relative frequency below which a word of the list may be a glue itself ("vande")."""

RARE_HALF = 3e-7
"""Relative frequency below which a word is hardly half of a glue."""

_ENDINGS = frozenset("de en er te e t n s ten der den ende in is".split())
_WORDS_TOO = frozenset("is in er".split())
_PREFIXES = frozenset(
    "voor aan op uit in af toe over on be ver ge her mee door meer een één na hoog wel daar hier".split()
)
_COMMON = 1.5e-5
_WORD = re.compile(r"[^\W_]+(?:['’](?:s|n|t|tje|tjes|er|ers)?(?![^\W\d_]))?")
_WORD_AT_END = re.compile(r"[^\W_]+(?:['’][^\W_]{0,2})?\Z")
_BARE = re.compile(r"^[(«“‘\[\"']*|[)»”’\]\"',.;:?!]*$")
_ABBREVIATION = re.compile(r"(?:[a-z]\.){2,}")
_YEAR_AND_FIGURE = re.compile(r"(?:19|20)\d\d\d{1,3}(?:\.\d{3})+[.,;:)]?")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[\d.,:–/-]*\d[\d.,:–/-]*%?")


@dataclass(frozen=True, slots=True)
class PossibleEnds:
    """Where lines can have ended within a token, as (offset, cost): offset `n` means before character `n`. `address`:
    the token is an address on the web or a file's name."""

    places: tuple[tuple[int, float], ...]
    address: bool = False


@dataclass(frozen=True, slots=True)
class _Cuts:
    """What is known of a token whatever paper it stands in: all places looked at, as (offset, cost, left word, right
    word); those likely enough; and the words, lower case, on which the costs depend."""

    considered: tuple[tuple[int, float, str, str], ...]
    likely: PossibleEnds
    words: frozenset[str]


@lru_cache(maxsize=65536)
def _cuts(token: str) -> _Cuts:
    if is_address(token, 0, len(token)):
        return _Cuts((), PossibleEnds(_in_address(token), address=True), frozenset())
    considered = _places(token)
    likely = tuple((place, cost) for place, cost, _, _ in considered if cost <= NEVER)
    words = {word.lower() for _, _, left, right in considered if left for word in (left, right, left + right)}
    return _Cuts(considered, PossibleEnds(likely), frozenset(words))


def possible_ends(token: str, own_words: frozenset[str]) -> PossibleEnds:
    """The line ends that are possible within a token, a string without white space.

    `own_words`: lower-case words that the paper uses elsewhere.
    """
    cuts = _cuts(token)
    if not cuts.words or own_words.isdisjoint(cuts.words):
        return cuts.likely
    result = []
    broken = any(
        token[offset - 1] == "-" and left and (cost <= SURE_HYPHEN or (left + right).lower() in own_words)
        for offset, cost, left, right in cuts.considered
    )
    for offset, cost, left, right in cuts.considered:
        if token[offset - 1] == "-":
            if (left + right).lower() in own_words:
                cost = SOFT_HYPHEN
        elif left and broken:
            cost += SAME_TOKEN
        elif left:
            whole_own = (left + right).lower() in own_words
            left_own, right_own = left.lower() in own_words, right.lower() in own_words
            if whole_own or left_own or right_own:
                cost = _between(_own(left + right, whole_own), _own(left, left_own), _own(right, right_own))
                cost += 6.0 if whole_own else 0.0 if left_own or right_own else _doubt(left.lower(), right.lower())
        if cost <= NEVER:
            result.append((offset, cost))
    return PossibleEnds(tuple(result))


def is_address(text: str, start: int, end: int) -> bool:
    """Whether the token from `start` up to `end` is an address on the web, a part of one, or a file's name."""
    if text.count("-", start, end) > 3 or text.find("~", start, end) >= 0:
        return True
    if text.find(".", start, end) < 0:
        return False
    if text.find("www.", start, end) >= 0 or text.find("://", start, end) >= 0:
        return True
    return _DOMAIN.search(text, start, end) is not None


def _own(word: str, own: bool) -> float:
    probability = _probability(word)
    return max(probability, OWN_WORD) if own and len(word) > 2 else probability


def _in_address(token: str) -> tuple[tuple[int, float], ...]:
    tail = re.search(r"\)[.,;]?(?=[A-ZÀ-Ý])|[.,;](?=[A-ZÀ-Ý][a-z])", token)
    ends = [(tail.end(), 0.0)] if tail else []
    return (*((place, 2.0 if token[place - 1] in "/-.=&?" else 5.0) for place in range(4, len(token))), *ends)


def _places(token: str) -> tuple[tuple[int, float, str, str], ...]:
    """(offset, cost, left word, right word); the words are "" where the cost does not depend on them."""
    bare = _BARE.sub("", token)
    if frequencies().get(bare.lower(), 0.0) >= _COMMON and token.endswith(bare):
        return ()
    found: list[tuple[int, float, str, str]] = []
    surest = 0.0
    for place in range(1, len(token)):
        before, after = token[place - 1], token[place]
        if before.isalnum() and after.isalnum():
            cost, left, right = _in_word(token, place)
            if cost <= NEVER + 20.0:
                found.append((place, cost, left, right))
            if not left:
                surest = min(surest, cost)
        else:
            cost = _at_sign(token, place, before, after)
            if cost <= NEVER:
                sides = _hyphenated(token, place) if before == "-" else ("", "")
                found.append((place, cost, *sides))
                if before == "-":
                    surest = min(surest, cost)
    if surest > SURE_HYPHEN:
        return tuple(found)
    return tuple(
        (place, cost + SAME_TOKEN if left and token[place - 1] != "-" else cost, left, right)
        for place, cost, left, right in found
    )


def _hyphenated(token: str, place: int) -> tuple[str, str]:
    left, right = _WORD_AT_END.search(token, 0, place - 1), _WORD.match(token, place)
    return (left.group(), right.group()) if left and right else ("", "")


def _at_sign(token: str, place: int, before: str, after: str) -> float:
    """The cost where one side is no letter or digit."""
    if after in ".,;:?!)»”%]/–-’'" or before in "(«“‘[€":
        return NEVER + 1
    if before == "-":
        return _after_hyphen(token, place)
    if before in "–—":
        return 3.0
    if before == "/":
        return 4.0
    if before in "’'":
        return NEVER + 1 if after in "sntrm" and token[place - 2 : place - 1].isalnum() else 2.0
    if before in ".,:":
        return _after_point(token, place, before, after)
    if before == ")":
        opened = token.rfind("(", 0, place)
        return (
            2.0
            if opened >= 0 and after.islower() and place - opened < 14 and token[opened + 1 : place - 1].isalpha()
            else -5.0
        )
    if not before.isalnum():
        return -5.0 if after.isalnum() or after in "(«‘“[€" else 1.0
    if after in "«‘“[€":
        return -5.0
    if after != "(":
        return NEVER + 1
    return 1.0 if ")" in token[place:] else -5.0


def _after_point(token: str, place: int, before: str, after: str) -> float:
    figure_before = token[place - 2 : place - 1].isdigit()
    if figure_before and after.isdigit():
        return NEVER + 1 if before != "," or len(token) < 8 else 3.0
    start = max(token.rfind(sign, 0, place - 1) for sign in ".(«‘“/-") + 1
    if before == "." and place - 1 - start <= 1 and after.isalpha():
        return 5.0 if after.islower() else 3.0
    if re.match(r"[a-z]\.", token[place : place + 2]):
        return 5.0
    if before == ":" and (after.isdigit() or token[place - 2 : place - 1].isupper()):
        return 4.0
    return -5.0 if after.isalnum() or after in "(«‘“[€–•" else 1.0


def _after_hyphen(token: str, place: int) -> float:
    left_match = _WORD_AT_END.search(token, 0, place - 1)
    right_match = _WORD.match(token, place)
    if left_match is None or right_match is None:
        return NEVER + 1 if right_match is None else 3.0
    left, right = left_match.group(), right_match.group()
    joined = (left + right).lower().replace("’", "'")
    if right[0].isupper() or left.isupper():
        return -1.0
    if joined in frequencies():
        return SOFT_HYPHEN
    if is_compound(joined):
        return -4.0
    if left.islower() and len(left) > 3 and right.isalpha() and not _is_word(left) and not _is_glue(left):
        return -6.0
    return 0.5 if log_probability(left) > UNKNOWN else 2.5


def _is_word(left: str) -> bool:
    """Whether what stands before a hyphen can stand there of itself: a word, but not the first half of a compound."""
    return left in frequencies() or is_derived(left) or is_compound(left)


def _is_glue(left: str) -> bool:
    """Whether a string falls apart into a function word and another word, or into two longer words."""
    known = frequencies()
    for place in range(2, len(left) - 1):
        first, second = known.get(left[:place], 0.0), known.get(left[place:], 0.0)
        if first > FUNCTION_WORD and second > RARE_HALF:
            return True
        if place > 3 and len(left) - place > 2 and min(first, second) > 3 * RARE_HALF:
            return True
    return False


def _in_word(token: str, place: int) -> tuple[float, str, str]:
    left_match = _WORD_AT_END.search(token, 0, place)
    right_match = _WORD.match(token, place)
    if left_match is None or right_match is None:
        return NEVER * 4, "", ""
    left, right = left_match.group(), right_match.group()
    before, after = left[-1], right[0]
    if len(right) == 1 and _ABBREVIATION.match(token, place):
        return (-9.0 if frequencies().get(left.lower(), 0.0) > _COMMON else NEVER * 4), "", ""
    if before.isdigit() and after.isdigit():
        if place == 4 and _YEAR_AND_FIGURE.fullmatch(token):
            return -9.0, "", ""
        return (5.0 if _FIGURE.fullmatch(token) and len(token) > 5 else NEVER * 4), "", ""
    if before.isalpha() and after.islower() and _DIGIT.search(right):
        return NEVER * 4, "", ""
    if before.isdigit() != after.isdigit():
        return (-2.0 if before.isalpha() or after.islower() else 3.0), "", ""
    if before.islower() and after.isupper():
        return -9.0, "", ""
    if before.isupper():
        if after.isupper():
            return (-1.0 if left.isupper() and right[1:2].islower() else NEVER * 4), "", ""
        if not left.isupper() or len(left) < 2:
            return NEVER * 4, "", ""
    behind = place + len(right)
    right_probability = _probability(right)
    if token[behind : behind + 1] == "-" and (tail := _WORD.match(token, behind + 1)):
        right_probability = max(right_probability, _probability(right + tail.group()))
    whole = UNKNOWN - UNKNOWN_LETTER * len(left + right) if before.isupper() else _probability(left + right)
    cost = _between(whole, _probability(left), right_probability)
    return cost + _doubt(left.lower(), right.lower()), left, right


def _doubt(left: str, right: str) -> float:
    """What speaks against a cut whatever the frequencies: it tears a known word, or leaves an ending or a prefix."""
    known = frequencies()
    doubt = 0.0
    if (whole := known.get(left + right)) is not None:
        both = known.get(left, 0.0) > FUNCTION_WORD and known.get(right, 0.0) > FUNCTION_WORD
        doubt += (5.0 if whole > RARE else 0.0) if both else 9.0 if whole > RARE else 4.0
    if left not in known and right in _ENDINGS and not (right in _WORDS_TOO and _is_word(left)):
        doubt += 6.0
    if left not in known and right not in known and not (_is_word(left) and _is_word(right)):
        doubt += 4.0
    if right not in known and left in _PREFIXES:
        doubt += 4.0
    doubt += 3.0 * sum(word not in known and is_compound(word) and not is_pair(word) for word in (left, right))
    return doubt


def _between(whole: float, left: float, right: float) -> float:
    cost = whole - left - right - PRIOR
    return cost if cost > -10.0 else -10.0 + (cost + 10.0) / 8


def _probability(word: str) -> float:
    return max(log_probability(word), UNKNOWN - 40.0)
