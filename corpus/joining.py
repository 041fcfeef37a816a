"""Former line ends in text that a PDF extractor glued together: found, and mended.

The extractor drops the line end without leaving a space ("hettweeminutendebat") and keeps the hyphen of a
broken word ("commissie-debat"). Where lines ended is a search for the cheapest way to cut a run of text into
lines of the printed width; at each cut the two sides must look like words, a broken word or a sentence end.
"""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from corpus.lexicon import FUNCTION_WORDS, OWN_WORD, frequencies, is_compound, log_probability
from corpus.linebreaks import AT_A_SPACE, is_address, places
from corpus.mapped import Edit
from corpus.typesetting import LINE_WIDTH, NARROWEST_LINE, char_width, text_width

SURE = 3.0
"""A cut that costs more than this is not mended: leaving a glue beats splitting a word."""
SURE_OF_WORDS = 10.0
"""The same, where both sides are words of their own: with the line full, that is what a glue looks like."""
SENTENCE_END = -5.0
"""Cost of a line end between a sentence's end and a capital that is glued to it."""
LIKELY = 1.0
"""Spaces are tried as line ends only where no place costs less than this."""
COMMON_WORD = 3e-7
"""Relative frequency from which on a word is common enough to be half of a glue."""
SHORT_LINE = 6_000
"""A last line of a paragraph narrower than this is unlikely."""
OVERHANGS = ((700, 18.0), (2_500, 45.0), (6_000, 100.0))
"""So much wider than a full line may a line seem, as the widths are approximate, and ways that are so much dearer
than the cheapest one nearby are given up; the first pair that gives lines is taken."""

_TOKEN = re.compile(r"\S+")
_LETTERS_AT_END = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?\Z")
_LETTERS = re.compile(r"[^\W_]+")
_SENTENCE_GLUE = re.compile(
    r"(?<=[^\W\d_]{2})[.?!;:]»?(?=[A-ZÀ-Ý«–•])|(?<=[)»’%\d])[.?!:;]»?(?=[A-ZÀ-Ý«–•])|(?<=[a-zà-ÿ]:)(?=1[.)] ?[A-ZÀ-Ý])"
)
_KEPT_BEFORE_HYPHEN = re.compile(
    r"(?:\b(?:mbo|hbo|vmbo|vwo|havo|wo|po|vo|ggz|zzp|ict|btw|wmo|wlz|oud|ex|niet|non|vice|semi|quasi|bijna|tv|boa|fte|e|i|u)"
    r"|[A-ZÀ-Ý\d][A-ZÀ-Ý\d&]*|\d|[A-Z]\w*[A-Z])\Z"
)
_CLASHING = frozenset("aa ae ai au ee ei eu ii ij oe oi oo ou uu ui éé".split())
_JOINTS = frozenset("en of dan tot als maar".split())


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of text was cut into lines: the edits that mend it, and the width of its last line."""

    edits: tuple[Edit, ...]
    last_width: int


def mend(text: str, own_words: frozenset[str], width: int = LINE_WIDTH, offset: int = 0) -> Run:
    """Find the former line ends in `text`, one run without line breaks, and the edits that undo them.

    `own_words`: lower-case words that the paper uses elsewhere. `width`: of a full line, in thousandths of the
    type size. `offset`: added to the edits' places.
    """
    widths = list(accumulate(map(char_width, text), initial=0))
    if widths[-1] <= width and not _SENTENCE_GLUE.search(text):
        return Run((), widths[-1])
    search = _Search(text, widths, own_words, width)
    cuts = search.cuts()
    edits = []
    start = 0
    for place in cuts:
        edit = None
        if not any(begin < place < end for begin, end in search.addresses):
            edit = _mended(text, place, search.cost(place), own_words, widths[place] - widths[start], width)
        if edit is not None:
            edits.append(Edit(edit.start + offset, edit.end + offset, edit.text))
        start = place
    return Run(tuple(edits), widths[-1] - widths[start])


class _Search:
    """The cheapest cuts of one run of text; the state is where a line starts."""

    def __init__(self, text: str, widths: list[int], own_words: frozenset[str], width: int) -> None:
        self.text = text
        self.widths = widths
        self.own_words = own_words
        self.width = width
        self.narrow = width * NARROWEST_LINE // LINE_WIDTH
        self.tokens = [match.span() for match in _TOKEN.finditer(text)]
        self.token_starts = [start for start, _ in self.tokens]
        self.found: dict[int, list[tuple[int, float]]] = {}
        self.fits: dict[int, int] = {}
        self.addresses = [span for span in self.tokens if is_address(text, *span)]
        self.sentence_ends = [
            match.end()
            for match in _SENTENCE_GLUE.finditer(text)
            if not any(start < match.start() < end - 1 for start, end in self.addresses)
        ]

    def cost(self, place: int) -> float:
        """What a line end before character `place` costs, its fit aside."""
        if place in self.sentence_ends:
            return SENTENCE_END
        for found, cost in self._in_token(bisect_right(self.token_starts, place) - 1):
            if found == place:
                return cost
        return AT_A_SPACE

    def cuts(self) -> list[int]:
        """The places where lines begin, but for the first, ascending; none where the text fits no lines at all."""
        for overhang, prune in OVERHANGS:
            found = self._cuts_within(self.width + overhang, prune)
            if found is not None:
                return found
        return []

    def _cuts_within(self, limit: int, prune: float) -> list[int] | None:
        """The cheapest cuts into lines no wider than `limit`; None when there are none."""
        widths, text = self.widths, self.text
        best: dict[int, tuple[float, int]] = {0: (0.0, -1)}
        queue = [0]
        recent: list[tuple[int, float]] = []
        finish = (math.inf, 0)
        while queue:
            start = heapq.heappop(queue)
            cost = best[start][0]
            recent = [(place, low) for place, low in recent if place > start - 90]
            if recent and cost > min(low for _, low in recent) + prune:
                continue
            recent.append((start, cost))
            rest = widths[-1] - widths[start]
            if rest <= limit:
                finish = min(finish, (cost + max(0, rest - self.width) / 150, start))
            first = max(bisect_left(widths, widths[start] + self.narrow), start + 1)
            last = min(bisect_right(widths, widths[start] + limit) - 1, len(text) - 1)
            for place, lexical, ends_sentence in self._candidates(start, first, last):
                total = cost + lexical + self._fit(start, place, ends_sentence)
                known = best.get(place)
                if known is None:
                    heapq.heappush(queue, place)
                if known is None or total < known[0]:
                    best[place] = (total, start)
        if finish[0] == math.inf:
            return None
        cuts = []
        place = finish[1]
        while place > 0:
            cuts.append(place)
            place = best[place][1]
        return cuts[::-1]

    def _candidates(self, start: int, first: int, last: int) -> list[tuple[int, float, bool]]:
        ends = self.sentence_ends[bisect_right(self.sentence_ends, start) : bisect_right(self.sentence_ends, last)]
        result = [(place, SENTENCE_END, True) for place in ends]
        index = max(bisect_right(self.token_starts, first) - 1, 0)
        begin = index
        while index < len(self.tokens) and self.token_starts[index] <= last:
            for place, cost in self._in_token(index):
                if first <= place <= last and place not in ends:
                    result.append((place, cost, False))
            index += 1
        if not any(cost < LIKELY for _, cost, _ in result):
            result.extend(self._before_long_word(start, first))
            result.extend(
                (place, AT_A_SPACE, False) for place in self.token_starts[begin:index] if place >= max(first, 1)
            )
        if not result:
            earlier = self.token_starts[bisect_right(self.token_starts, last) - 1]
            result.append((earlier if earlier > start else last, 2 * AT_A_SPACE, False))
        return result

    def _before_long_word(self, start: int, first: int) -> list[tuple[int, float, bool]]:
        """Likely ends of a line that is narrow because its next word is very long."""
        least = bisect_left(self.widths, self.widths[start] + self.narrow * 4 // 5)
        index = bisect_right(self.token_starts, least) - 1
        found = []
        while index < len(self.tokens) and self.token_starts[index] < first:
            for place, cost in self._in_token(index):
                if least <= place < first and cost < LIKELY and place > start:
                    found.append((place, cost, False))
            index += 1
        return found

    def _in_token(self, index: int) -> list[tuple[int, float]]:
        known = self.found.get(index)
        if known is None:
            start, end = self.tokens[index]
            known = [(start + place, cost) for place, cost in places(self.text[start:end], self.own_words)]
            self.found[index] = known
        return known

    def _fit(self, start: int, place: int, ends_sentence: bool) -> float:
        """What it costs that a line runs from `start` to `place`: too wide, or with room for the next word."""
        used = self.widths[place] - self.widths[start]
        if used > self.width:
            return (used - self.width) / 100
        if ends_sentence:
            return 4.0 if used < SHORT_LINE and start else 0.0
        following = self.fits.get(place)
        if following is None:
            stop = place
            while stop < len(self.text) and self.text[stop] not in " -/":
                stop += 1
            following = self.widths[stop] - self.widths[place] + (0 if self.text[place - 1] in "- " else 278)
            self.fits[place] = following
        room = self.width - used - following
        return (1.5 + room / 250 if room > 350 else 0.0) + max(0, self.width - used - 4500) / 1500


def _mended(text: str, place: int, cost: float, own_words: frozenset[str], used: int, width: int) -> Edit | None:
    """The edit that undoes the line end at `place`; None where nothing is sure."""
    before = text[place - 1]
    if before == " ":
        return None
    if before == "-":
        if keeps_hyphen(text[max(0, place - 60) : place], text[place : place + 60], own_words):
            return None
        return Edit(place - 1, place)
    sure = SURE_OF_WORDS if before.isalnum() and _both_words(text, place, own_words) else SURE
    if before in "/–" or cost > sure:
        return None
    ends_sentence = before in ".?!:;»" and (text[place].isupper() or text[place] in "«–•1")
    paragraph = ends_sentence and (has_room(used, text[place : place + 40], width) or text[place] in "–•")
    return Edit(place, place, "\n" if paragraph else " ")


def _both_words(text: str, place: int, own_words: frozenset[str]) -> bool:
    left = _LETTERS_AT_END.search(text, max(0, place - 40), place)
    right = _LETTERS.match(text, place)
    if left is None or right is None or len(left.group()) < 2 or len(right.group()) < 2:
        return False
    return all(word.lower() in frequencies() or word.lower() in own_words for word in (left.group(), right.group()))


def has_room(used: int, following: str, width: int = LINE_WIDTH) -> bool:
    """Whether the next word would have fitted on a line of which `used` is taken: then a paragraph ended there."""
    word = following.split(" ", 1)[0].split("-", 1)[0]
    return used + 278 + text_width(word) + 600 < width


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
    if right in FUNCTION_WORDS or left.lower() in _JOINTS:
        return True
    joined, hyphenated = (left + right).lower(), f"{left}-{right}".lower()
    if hyphenated in own_words:
        return True
    if _KEPT_BEFORE_HYPHEN.search(before[:-1]):
        return joined not in frequencies()
    if joined in frequencies() or joined in own_words:
        return False
    if left[0].isupper() and left.lower() not in frequencies() and len(right) > 3 and right in frequencies():
        return True
    return (left[-1] + right[0]).lower() in _CLASHING and log_probability(left) > -16.0


def own_words(text: str) -> frozenset[str]:
    """The uncommon words that a paper uses more than once, lower case, hyphenated words whole."""
    counts = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))
    return frozenset(
        word
        for word, count in counts.items()
        if count > 1 and len(word) > 2 and log_probability(word) < OWN_WORD and not _is_glue(word)
    )


def _is_glue(word: str) -> bool:
    """Whether a word that is no compound falls apart into two common words, as a glue that is repeated does."""
    if is_compound(word):
        return False
    known = frequencies()
    return any(
        known.get(word[:place], 0.0) > COMMON_WORD and known.get(word[place:], 0.0) > COMMON_WORD
        for place in range(2, len(word) - 1)
    )
