"""The search for former line ends in glued text: the cheapest way to cut it into lines of the printed width."""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corpus.linebreaks import AT_A_SPACE, possible_ends
from corpus.typesetting import LINE_WIDTH, NARROWEST_LINE

SENTENCE_END = -5.0
"""Cost of a line end between a sentence's end and a capital that is glued to it."""
LIKELY = 1.0
"""Spaces are tried as line ends only where no place costs less than this."""
SHORT_LINE = 6_000
"""A last line of a paragraph narrower than this is unlikely."""
OVERHANGS = ((700, 18.0), (2_500, 45.0), (6_000, 100.0))
"""So much wider than a full line may a line seem, as the widths are approximate, and ways that are so much dearer
than the cheapest one nearby are given up; the first pair that gives lines is taken."""
NEARBY = 90
"""Ways that come within so many characters of one another are compared."""
SHORT_BY = 4_500
"""A line that is so much narrower than a full one counts as short."""
SPACE = 278
ROOM = 350
"""A word for which there was so much more room than it needs would have stood on the line."""
PREFIX = 5
"""A line is not broken at a hyphen before which fewer letters stand ("EU-mensenrechten")."""

SENTENCE_GLUE = re.compile(
    r"(?<=[^\W\d_]{2})[.?!]»?(?=[A-ZÀ-Ý«–•])"
    r"|(?<=[^\W\d_][a-zà-ÿ])[;:]»?(?=[A-ZÀ-Ý«–•])"
    r"|(?<=[)»’%\d])[.?!:;]»?(?=[A-ZÀ-Ý«–•])"
    r"|(?<=[a-zà-ÿ]:)(?=1[.)] ?[A-ZÀ-Ý])"
)
_ENDING = re.compile(r"[.?!:;](?=»?[A-ZÀ-Ý«–•1])")
_TOKEN = re.compile(r"\S+")


def sentence_glues(text: str) -> list[tuple[int, int]]:
    """Where a sentence's end has a capital glued to it, as spans of the signs, ascending."""
    signs = _ENDING.finditer(text)
    ends = (SENTENCE_GLUE.match(text, sign.start()) or SENTENCE_GLUE.match(text, sign.end()) for sign in signs)
    return [end.span() for end in ends if end is not None]


class LineEnds:
    """One run of text, and what a line end costs at each of its places; lines of the way are counted from 0."""

    def __init__(self, text: str, widths: list[int], own_words: frozenset[str], width: int) -> None:
        self.text = text
        self.widths = widths
        self.width = width
        self.narrow = width * NARROWEST_LINE // LINE_WIDTH
        self.token_starts: list[int] = []
        self.addresses: list[tuple[int, int]] = []
        self.costs: dict[int, float] = {}
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            self.token_starts.append(start)
            found = possible_ends(match.group(), own_words)
            if found.address:
                self.addresses.append((start, end))
            if found.places and not (end == len(text) and text[-1] == "-"):
                for place, cost in found.places:
                    self.costs[start + place] = cost
        self.sentence_ends = {
            stop
            for begin, stop in sentence_glues(text)
            if not any(start < begin < end - 1 for start, end in self.addresses)
        }
        self.costs.update(dict.fromkeys(self.sentence_ends, SENTENCE_END))
        self.places = sorted(self.costs)
        self.ends_of_sentences = sorted(self.sentence_ends)
        self.following: dict[int, int] = {}

    def cost(self, place: int) -> float:
        """What a line end before character `place` costs, its fit aside."""
        return self.costs.get(place, AT_A_SPACE)

    def cuts(self) -> list[int]:
        """The places where lines begin, but for the first, ascending; none where the text fits no lines at all."""
        for overhang, prune in OVERHANGS:
            found = self._cuts_within(self.width + overhang, prune)
            if found is not None:
                return found
        return []

    def _cuts_within(self, limit: int, prune: float) -> list[int] | None:
        """The cheapest cuts into lines no wider than `limit`; None when there are none."""
        widths, total = self.widths, self.widths[-1]
        best: dict[int, tuple[float, int]] = {0: (0.0, -1)}
        queue = [0]
        lowest, until = math.inf, 0
        finish = (math.inf, 0)
        while queue:
            start = heapq.heappop(queue)
            cost = best[start][0]
            if cost > lowest + prune and start < until:
                continue
            if cost <= lowest or start >= until:
                lowest, until = cost, start + NEARBY
            rest = total - widths[start]
            if rest <= limit:
                short = max(0, SHORT_LINE - rest) / 3000 if start else 0.0
                finish = min(finish, (cost + short + max(0, rest - self.width) / 150, start))
            for place, price in self._ends(start, limit):
                known = best.get(place)
                if known is None:
                    heapq.heappush(queue, place)
                    best[place] = (cost + price, start)
                elif cost + price < known[0]:
                    best[place] = (cost + price, start)
        if finish[0] == math.inf:
            return None
        cuts = []
        place = finish[1]
        while place > 0:
            cuts.append(place)
            place = best[place][1]
        return cuts[::-1]

    def _ends(self, start: int, limit: int) -> list[tuple[int, float]]:
        """Where a line from `start` can end, and what each of these ends costs with its fit."""
        widths, costs = self.widths, self.costs
        first = max(bisect_left(widths, widths[start] + self.narrow), start + 1)
        last = min(bisect_right(widths, widths[start] + limit) - 1, len(self.text) - 1)
        lowest, highest = bisect_left(self.places, first), bisect_right(self.places, last)
        found = self.places[lowest:highest]
        ends = self._fitted(start, found)
        sentences = self.ends_of_sentences
        ends += self._fitted(start, sentences[bisect_right(sentences, start) : bisect_left(sentences, first)])
        if not any(costs[place] < LIKELY for place in found):
            least = bisect_left(widths, widths[start] + self.narrow // 2)
            narrow = self.places[bisect_left(self.places, max(least, start + 1)) : lowest]
            likely = [place for place in narrow if costs[place] < LIKELY]
            ends += [(place, cost) for place, cost in self._fitted(start, likely) if cost - costs[place] < AT_A_SPACE]
            begin, end = bisect_left(self.token_starts, first), bisect_right(self.token_starts, last)
            spaces = [place for place in self.token_starts[begin:end] if place not in costs]
            ends += self._fitted(start, spaces)
        if not ends:
            earlier = self.token_starts[bisect_right(self.token_starts, last) - 1]
            place = earlier if earlier > start else last
            ((_, cost),) = self._fitted(start, (place,))
            ends.append((place, 2 * AT_A_SPACE + cost - self.cost(place)))
        return ends

    def _fitted(self, start: int, ends: Sequence[int]) -> list[tuple[int, float]]:
        """What a line from `start` to each of `ends` costs: the end itself, and being too wide or too short."""
        widths, full, costs, sentences, known = self.widths, self.width, self.costs, self.sentence_ends, self.following
        before = widths[start]
        result = []
        for place in ends:
            cost = costs.get(place, AT_A_SPACE)
            left = full - widths[place] + before
            if left < 0:
                cost += -left / 100
            elif place in sentences:
                if start and full - left < SHORT_LINE:
                    cost += 4.0
            else:
                following = known.get(place)
                if following is None:
                    following = known[place] = self._next_width(place)
                if left > SHORT_BY:
                    cost += (left - SHORT_BY) / 1500
                if left - following > ROOM:
                    cost += 1.5 + (left - following) / 250
            result.append((place, cost))
        return result

    def _next_width(self, place: int) -> int:
        """The width of what would have stood on the line, had there been room: up to a space, hyphen or slash."""
        text, stop = self.text, place
        while stop < len(text) and (text[stop] not in " -/" or (text[stop] == "-" and stop - place < PREFIX)):
            stop += 1
        return self.widths[stop] - self.widths[place] + (0 if text[place - 1] in "- " else SPACE)
