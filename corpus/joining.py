"""Former line ends in text that a PDF extractor glued together: found, and mended.

The extractor drops the line end without leaving a space ("hettweeminutendebat") and keeps the hyphen of a
broken word ("commissie-debat"). Where lines ended is a search for the cheapest way to cut a run of text into
lines of the printed width; at each cut the two sides must look like words, a broken word or a sentence end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus import typesetting
from corpus.lexicon import (
    FUNCTION_WORDS,
    OWN_WORD,
    frequencies,
    is_compound,
    is_derived,
    is_long_compound,
    log_probability,
)
from corpus.linebreaks import possible_ends
from corpus.lineends import ROOM, SPACE, LineEnds, sentence_glues
from corpus.mapped import Edit
from corpus.typesetting import LINE_WIDTH, text_width

SURE = 3.0
"""A cut that costs more than this is not mended: leaving a glue beats splitting a word."""
SURE_OF_WORDS = 10.0
"""The same, where both sides are words of their own: with the line full, that is what a glue looks like."""
SURE_IN_A_WORD = 4.0
"""The same, where the two sides together are a known word too, unless both are most usual ones ("met een")."""
USUAL_WORD = 1e-4
"""Relative frequency from which on a word is among the most usual ones."""
COMMON_WORD = 3e-7
"""Relative frequency from which on a word is common enough to be half of a glue."""

_LETTERS_AT_END = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?\Z")
_NAME_BEGUN = re.compile(r"(?:\b[A-ZÀ-Ý]\.)+ (?:(?:van|de|den|der|ten|ter) )*[A-ZÀ-Ý][a-zà-ÿ]{0,7}\Z")
"""Initials and the first letters of the name that follows them."""
_ENDS_SENTENCE = re.compile(r"[a-zà-ÿ)»’][.?!]\Z")
_LETTERS = re.compile(r"[^\W_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_KEPT_BEFORE_HYPHEN = re.compile(
    r"(?:\b(?:mbo|hbo|vmbo|vwo|havo|wo|po|vo|ggz|zzp|ict|btw|wmo|wlz|oud|ex|niet|non|vice|semi|quasi|bijna|tv|boa|fte|e|i|u)"
    r"|[A-ZÀ-Ý\d][A-ZÀ-Ý\d&]*|\d|[A-Z]\w*[A-Z])\Z"
)
_FIRST_HALF = re.compile(r"[a-zà-ÿ]{3}-\Z")
_JOINED_BY = re.compile(r"(?:en|of) ")
"""A word of which only the first half stands there ("domein- en"), and what follows it."""
_CLASHING = frozenset("aa ae ai au ee ei eu ii ij oe oi oo ou uu ui éé".split())
_JOINTS = frozenset("en of dan tot als maar".split())


SURE_GLUE = -4.0
"""A line end that costs no more than this within a token is a sure one."""
GLUED_ENDS = 0.4
"""From this share of sure line ends on a text is glued: the real ones show half of theirs and more, others a third at
most."""
LONG_LINE = 1.15
"""A line so many times as wide as a full one holds former line ends."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of text was cut into lines: the edits that mend it, and the width of its last line."""

    edits: tuple[Edit, ...]
    last_width: int


def is_glued(lines: Iterable[str], width: int = LINE_WIDTH) -> bool:
    """Whether the long ones of these lines were put together without spaces; some extractors leave spaces there."""
    expected = sure = 0
    for line in lines:
        total = typesetting.text_width(line)
        if total < LONG_LINE * width:
            continue
        expected += max(total // width, 1)
        for token in line.split():
            found = possible_ends(token, frozenset())
            sure += not found.address and any(cost <= SURE_GLUE for _, cost in found.places)
    return bool(expected) and sure >= GLUED_ENDS * expected


def mend(text: str, own_words: frozenset[str], width: int = LINE_WIDTH, offset: int = 0) -> Run:
    """Find the former line ends in `text`, one run without line breaks, and the edits that undo them.

    `own_words`: lower-case words that the paper uses elsewhere. `width`: of a full line, in thousandths of the
    type size. `offset`: added to the edits' places.
    """
    widths = typesetting.widths(text)
    if widths[-1] + SPACE <= width - ROOM and not sentence_glues(text):
        return Run((), widths[-1])
    ends = LineEnds(text, widths, own_words, width)
    edits = []
    start = 0
    cuts = ends.cuts()
    for place in sorted({*cuts, *(end for end in ends.sentence_ends if _ENDS_SENTENCE.match(text, end - 2, end))}):
        edit = None
        if not any(begin < place < end for begin, end in ends.addresses):
            edit = _mended(text, place, ends.cost(place), own_words, widths[place] - widths[start], width)
        if edit is not None:
            edits.append(Edit(edit.start + offset, edit.end + offset, edit.text))
        start = place
    return Run(tuple(edits), widths[-1] - widths[start])


def _mended(text: str, place: int, cost: float, own_words: frozenset[str], used: int, width: int) -> Edit | None:
    """The edit that undoes the line end at `place`; None where nothing is sure."""
    before = text[place - 1]
    if before == " ":
        return None
    if before == "-":
        left, right = text[max(0, place - 60) : place], text[place : place + 60]
        if is_half(left, right):
            return Edit(place, place, " ")
        return None if keeps_hyphen(left, right, own_words) else Edit(place - 1, place)
    if text[place].islower() and _NAME_BEGUN.search(text, max(0, place - 40), place):
        return None
    sure = _limit(text, place, own_words) if before.isalnum() else SURE
    if before in "/–" or cost > sure:
        return None
    ends_sentence = before in ".?!:;»" and (text[place].isupper() or text[place] in "«–•1")
    paragraph = ends_sentence and (has_room(used, text[place : place + 40], width) or text[place] in "–•")
    return Edit(place, place, "\n" if paragraph else " ")


def _limit(text: str, place: int, own_words: frozenset[str]) -> float:
    """What a cut between letters or digits may cost at most, to be mended."""
    left = _LETTERS_AT_END.search(text, max(0, place - 40), place)
    right = _LETTERS.match(text, place)
    if left is None or right is None or len(left.group()) < 2 or len(right.group()) < 2:
        return SURE
    known = frequencies()
    words = (left.group().lower(), right.group().lower())
    if not all(word in known or word in own_words for word in words):
        return SURE
    if "".join(words) in known and not all(known.get(word, 0.0) > USUAL_WORD for word in words):
        return SURE_IN_A_WORD
    return SURE_OF_WORDS


def has_room(used: int, following: str, width: int = LINE_WIDTH) -> bool:
    """Whether the next word would have fitted on a line of which `used` is taken: then a paragraph ended there."""
    word = following.split(" ", 1)[0].split("-", 1)[0]
    return used + 278 + text_width(word) + 600 < width


def flowing(lines: Iterable[str]) -> str:
    """Lines as running text, with the hyphens of words that were broken between two of them taken out."""
    text = ""
    for line in (" ".join(line.split()) for line in lines):
        if broken := broken_word(text, line, frozenset()):
            text = text[: len(text) - broken.taken] + broken.between + line
        else:
            text = f"{text} {line}" if text and line else text + line
    return text


@dataclass(frozen=True, slots=True)
class Broken:
    """What undoes a line end within a word: so many characters `taken` off the line, and what stands `between`."""

    taken: int
    between: str


def broken_word(before: str, after: str, own_words: frozenset[str]) -> Broken | None:
    """How to join two lines of which the first ends in the hyphen of a word; None where it does not."""
    if not before.endswith("-") or before.endswith(" -") or not after[:1].isalnum():
        return None
    if keeps_hyphen(before, after, own_words):
        return Broken(0, " " if is_half(before, after) else "")
    return Broken(1, "")


def is_half(before: str, after: str) -> bool:
    """Whether only the first half of a word ends `before`, to which a space belongs: "domein-" + "en sectorbreed"."""
    return _FIRST_HALF.search(before) is not None and _JOINED_BY.match(after) is not None


def keeps_hyphen(before: str, after: str, own_words: frozenset[str]) -> bool:
    """Whether the hyphen that ends `before` belongs to the word: "PVV-" + "fractie", not "commissie-" + "debat"."""
    left_match = _LETTERS_AT_END.search(before[:-1])
    left = left_match.group() if left_match else ""
    right_match = _LETTERS.match(after)
    right = right_match.group() if right_match else ""
    if not left or not right or not right[0].islower():
        return True
    if right in _JOINTS and after[len(right) : len(right) + 1] in {" ", ""}:
        return True
    if right == "generaal" or (left.lower() == "minister" and right.startswith("president")):
        return True
    if left in FUNCTION_WORDS and left_match and before[left_match.start() - 1 : left_match.start()] == "-":
        return True
    joined, hyphenated = (left + right).lower().replace("’", "'"), f"{left}-{right}".lower()
    if left.lower() in _JOINTS or (right in FUNCTION_WORDS and joined not in frequencies() and not is_compound(joined)):
        return True
    if hyphenated in own_words:
        return True
    if _KEPT_BEFORE_HYPHEN.search(before[:-1]):
        return joined not in frequencies()
    if joined in frequencies() or joined in own_words:
        return False
    if left[0].isupper() and left.lower() not in frequencies() and len(right) > 3 and right in frequencies():
        return not is_compound(joined)
    return (left[-1] + right[0]).lower() in _CLASHING and log_probability(left) > -16.0


def own_words(text: str) -> frozenset[str]:
    """The uncommon words that a paper uses more than once, lower case, hyphenated words whole."""
    counts = Counter(_WORDS.findall(text.lower()))
    return frozenset(
        word
        for word, count in counts.items()
        if count > 1
        and len(word) > 2
        and log_probability(word) < OWN_WORD
        and not (_is_broken(word, counts) if "-" in word else _is_glue(word))
    )


def _is_broken(word: str, counts: Counter[str]) -> bool:
    """Whether a hyphenated word is one that a line end broke, each time it occurs: "hypotheti-sche"."""
    left, _, right = word.partition("-")
    whole = left + right
    known = frequencies()
    if _KEPT_BEFORE_HYPHEN.search(left) or "-" in right:
        return False
    if whole in counts or known.get(whole, 0.0) > COMMON_WORD:
        return True
    if known.get(left, 0.0) < COMMON_WORD or known.get(right, 0.0) < COMMON_WORD:
        return is_compound(whole) or known.get(right, 0.0) < COMMON_WORD
    return left.endswith("s") and is_compound(whole)


def _is_glue(word: str) -> bool:
    """Whether a word that is no compound falls apart into two known words, as a glue that is repeated does."""
    if is_long_compound(word) or is_derived(word):
        return False
    known = frequencies()
    for place in range(2, len(word) - 1):
        if known.get(word[:place], 0.0) <= COMMON_WORD:
            continue
        right = word[place:]
        if known.get(right, 0.0) > COMMON_WORD or (len(right) > 5 and (right in known or is_compound(right))):
            return True
    return False
