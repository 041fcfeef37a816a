"""A quotation laid beside a source, word by word: which words agree, and what stands between them.

Runs of words that both have in common are chained in their order, so that what was left out of the middle of a long
answer does not hide the rest; between the runs, rapidfuzz finds the least changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein

from chatbot.wording import Word, Wording

MOST_RUNS = 160
"""Runs in common that are chained, the longest ones."""
ROOM = 4
"""Words of the source beyond the quotation's own count that its unmatched beginning and end are compared with."""
OPENING_COST = 0.6
WORD_COST = 0.12
LONGEST_COST = 4.5
"""What words left out between two runs cost, in words: so much to begin with, for each, and at most."""
MARKED_COST = 0.4
"""What an omission costs that the quotation marks with an ellipsis."""
_DIGIT_MEETS_DIGIT = re.compile(r"\d \d")


@dataclass(frozen=True, slots=True)
class Change:
    """Words `first` to `last` of the quotation stand where words `start` to `end` of the source stand.

    Ends are exclusive; one of the two may be empty. `marked`: an ellipsis or an editor's addition owns up to it.
    """

    first: int
    last: int
    start: int
    end: int
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a quotation lies on a source.

    `start`, `end`: the source's words from the first to behind the last one that agree or were changed. `agreed`:
    for each word of the quotation the source's word that it equals, None for those changed or put in. `changes`: in
    order. `glued`: some words agree only when spaces are taken out.
    """

    start: int
    end: int
    agreed: tuple[int | None, ...]
    changes: tuple[Change, ...]
    glued: bool
    similarity: float

    @property
    def coverage(self) -> float:
        """Share of the quotation's words that agree, 0 to 1."""
        return sum(place is not None for place in self.agreed) / len(self.agreed) if self.agreed else 0.0


@dataclass(slots=True)
class _Run:
    first: int
    start: int
    length: int


def align(quotation: Wording, source: Wording, places: dict[str, list[int]] | None = None) -> Alignment | None:
    """The best alignment of a quotation with a source; None when they have no word in common.

    Args:
        places: the source's words by key, as `index` gives them, where the same source is used again.
    """
    said, written = quotation.keys, source.keys
    chain = _chain(quotation.words, said, _runs(said, written, places if places is not None else index(source)))
    if not chain:
        return None
    operations = list(_operations(quotation.words, said, written, chain))
    agreed: list[int | None] = [None] * len(said)
    changes: list[Change] = []
    glued = False
    for tag, first, last, start, end in operations:
        if tag == "equal":
            for offset in range(last - first):
                agreed[first + offset] = start + offset
        elif _same_letters(said[first:last], written[start:end]):
            glued = True
            for offset in range(last - first):
                agreed[first + offset] = min(start + offset, end - 1)
        else:
            changes.append(Change(first, last, start, end, _owned(quotation.words, first, last)))
    kept = [(start, end) for _, _, _, start, end in operations]
    start, end = kept[0][0], kept[-1][1]
    silent = _without_marked(written, start, end, changes)
    return Alignment(
        start=start,
        end=end,
        agreed=tuple(agreed),
        changes=tuple(changes),
        glued=glued,
        similarity=round(Indel.normalized_similarity("".join(said), "".join(silent)), 4),
    )


def index(source: Wording) -> dict[str, list[int]]:
    """The places of a source's words by key."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(source.words):
        places[word.key].append(place)
    return places


def _runs(said: Sequence[str], written: Sequence[str], places: dict[str, list[int]]) -> list[_Run]:
    runs: list[_Run] = []
    for first, key in enumerate(said):
        found = places.get(key, ())
        for start in found:
            if first and start and said[first - 1] == written[start - 1]:
                continue
            length = 1
            while (
                first + length < len(said)
                and start + length < len(written)
                and said[first + length] == written[start + length]
            ):
                length += 1
            if length > 1 or len(found) <= 2 or len(said) < 3:
                runs.append(_Run(first, start, length))
    runs.sort(key=lambda run: -run.length)
    return sorted(runs[:MOST_RUNS], key=lambda run: (run.first, run.start))


def _chain(words: Sequence[Word], said: Sequence[str], runs: list[_Run]) -> list[_Run]:
    """The runs that together explain most of the quotation, each behind the one before in both texts."""
    best: list[tuple[float, int | None]] = []
    for place, run in enumerate(runs):
        weight = _weight(said, run)
        top: tuple[float, int | None] = (weight, None)
        for before, other in enumerate(runs[:place]):
            overlap = max(other.first + other.length - run.first, other.start + other.length - run.start, 0)
            if overlap >= run.length or other.start >= run.start or other.first >= run.first:
                continue
            left = run.start - other.start - other.length + overlap
            held = run.first - other.first - other.length + overlap
            marked = any(
                word.gap or word.addition for word in words[run.first + overlap - held : run.first + overlap + 1]
            )
            score = best[before][0] + weight * (1 - overlap / run.length) - _cost(left, held, marked)
            if score > top[0]:
                top = (score, before)
        best.append(top)
    if not best:
        return []
    chain: list[_Run] = []
    at: int | None = max(range(len(best)), key=lambda place: best[place][0])
    while at is not None:
        chain.append(runs[at])
        at = best[at][1]
    return list(_trimmed(chain[::-1]))


def _weight(said: Sequence[str], run: _Run) -> float:
    """Short words weigh little when they stand alone."""
    letters = sum(min(len(said[place]), 8) for place in range(run.first, run.first + run.length))
    return letters / 5 * (1.0 if run.length > 1 else 0.6)


def _cost(left: int, held: int, marked: bool) -> float:
    if marked:
        return MARKED_COST + min(0.001 * left, 0.5)
    if left == held:
        return WORD_COST * left
    return OPENING_COST + min(WORD_COST * abs(left - held), LONGEST_COST) + WORD_COST * min(left, held)


def _trimmed(chain: list[_Run]) -> Iterator[_Run]:
    end, stop = 0, 0
    for run in chain:
        overlap = max(end - run.first, stop - run.start, 0)
        yield _Run(run.first + overlap, run.start + overlap, run.length - overlap)
        end, stop = run.first + run.length, run.start + run.length


Operation = tuple[str, int, int, int, int]


def _operations(
    words: Sequence[Word], said: Sequence[str], written: Sequence[str], chain: Sequence[_Run]
) -> Iterator[Operation]:
    head, tail = chain[0], chain[-1]
    opening = max(0, head.start - head.first - ROOM)
    edge = _between(words, said, written, (0, head.first), (opening, head.start))
    yield from _edge(said, written, edge, leading=True)
    end, stop = head.first, head.start
    for run in chain:
        if end < run.first or stop < run.start:
            yield from _between(words, said, written, (end, run.first), (stop, run.start))
        yield "equal", run.first, run.first + run.length, run.start, run.start + run.length
        end, stop = run.first + run.length, run.start + run.length
    closing = min(len(written), tail.start + tail.length + len(said) - end + ROOM)
    edge = _between(words, said, written, (end, len(said)), (stop, closing))
    yield from _edge(said, written, edge, leading=False)


def _between(
    words: Sequence[Word], said: Sequence[str], written: Sequence[str], mine: tuple[int, int], its: tuple[int, int]
) -> list[Operation]:
    """The least changes that turn a stretch of the quotation into one of the source, in order."""
    (first, last), (start, end) = mine, its
    if first == last or start == end:
        return [("change", first, last, start, end)] if first < last or start < end else []
    joined: list[Operation] = []
    for step in Levenshtein.opcodes(list(said[first:last]), list(written[start:end])):
        a, b, c, d = step.src_start, step.src_end, step.dest_start, step.dest_end
        name = "equal" if step.tag == "equal" else "change"
        operation: Operation = (name, first + a, first + b, start + c, start + d)
        broken = first + a < len(words) and words[first + a].gap
        if joined and name == "change" == joined[-1][0] and not broken:
            _, begun, _, its_begin, _ = joined[-1]
            joined[-1] = (name, begun, first + b, its_begin, start + d)
        else:
            joined.append(operation)
    return joined


def _edge(
    said: Sequence[str], written: Sequence[str], operations: list[Operation], *, leading: bool
) -> list[Operation]:
    """Without the words of the source that lie outside the quotation."""
    ordered = operations if leading else operations[::-1]
    while ordered and ordered[0][0] == "change":
        _, first, last, start, end = ordered[0]
        if first == last:
            ordered = ordered[1:]
            continue
        surplus = max(0, end - start - (last - first))
        for some in range(surplus + 1, -1, -1):
            its = written[start + some : end] if leading else written[start : end - some]
            if _same_letters(said[first:last], its):
                surplus = some
        ordered[0] = (
            ("change", first, last, start + surplus, end) if leading else ("change", first, last, start, end - surplus)
        )
        break
    return ordered if leading else ordered[::-1]


def _same_letters(mine: Sequence[str], its: Sequence[str]) -> bool:
    """Whether two stretches differ in their spaces and hyphens only; digits may not run together."""
    if not mine or not its or "".join(mine) != "".join(its):
        return False
    return not _DIGIT_MEETS_DIGIT.search(" ".join(mine)) and not _DIGIT_MEETS_DIGIT.search(" ".join(its))


def _owned(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether an ellipsis or an addition stands where nothing else of the quotation does."""
    return first == last and first < len(words) and (words[first].gap or bool(words[first].addition))


def _without_marked(written: Sequence[str], start: int, end: int, changes: Sequence[Change]) -> list[str]:
    silent = {place for change in changes if change.marked for place in range(change.start, change.end)}
    return [written[place] for place in range(start, end) if place not in silent]
