"""The papers in the index as a list to look through, and what can be counted of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from chatbot.charts import months
from corpus.folding import fold
from corpus.records import PaperKind
from index.records import Filters
from index.search import Index
from index.store import PaperHeader

TERM = 21
"""Days within which questions are to be answered; once it may be put off as many days again."""


class PaperOrder(StrEnum):
    """How papers are sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    SLOWEST = "slowest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers are listed, and how sorted. `sought`: words of the head; `kind`: None for all kinds."""

    sought: str = ""
    kind: PaperKind | None = None
    ministry: str | None = None
    order: PaperOrder = PaperOrder.NEWEST


@dataclass(frozen=True, slots=True)
class Delay:
    """How long answering took: `days` at the median, of `papers` papers; `ministry` is "" for all together."""

    ministry: str
    days: float
    papers: int


class Collection:
    """The heads of the papers of an index, read once for each state of the index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._read: tuple[str, tuple[PaperHeader, ...], dict[str, str]] | None = None

    def _heads(self) -> tuple[tuple[PaperHeader, ...], dict[str, str]]:
        status = self._index.status()
        state = f"{status.generation} {status.updated}"
        if self._read is None or self._read[0] != state:
            headers = tuple(self._index.papers())
            self._read = (state, headers, {header.id: _head(header) for header in headers})
        return self._read[1], self._read[2]

    def listed(self, wanted: Wanted) -> list[PaperHeader]:
        """The papers asked for, in the order asked for. Every word must stand in a paper's head."""
        headers, heads = self._heads()
        if wanted.ministry:
            passing = {header.id for header in self._index.papers(Filters(ministry=wanted.ministry))}
            headers = tuple(header for header in headers if header.id in passing)
        words = fold(wanted.sought).split()
        found = [
            header
            for header in headers
            if (wanted.kind is None or header.kind is wanted.kind) and all(word in heads[header.id] for word in words)
        ]
        return sorted(found, key=_KEYS[wanted.order])

    def by_month(self) -> list[tuple[date, int]]:
        """Answers given in each month from the first to the last, a month named by its first day."""
        counted: Counter[date] = Counter()
        for header in self._heads()[0]:
            if header.answered and header.answers:
                counted[header.answered.replace(day=1)] += header.answers
        return [(month, counted[month]) for month in months(min(counted), max(counted))] if counted else []

    def delays(self) -> list[Delay]:
        """Answer times of all papers together, then by ministry of the first signatory, slowest first."""
        by_ministry: dict[str, list[int]] = defaultdict(list)
        for header in self._heads()[0]:
            if (days := days_taken(header)) is not None and header.speakers:
                by_ministry[header.speakers[0].ministry].append(days)
        every = [days for some in by_ministry.values() for days in some]
        if not every:
            return []
        rows = [Delay(name, median(some), len(some)) for name, some in by_ministry.items() if name]
        rows.sort(key=lambda row: (-row.days, row.ministry))
        return [Delay("", median(every), len(every)), *rows]

    def terms(self) -> tuple[int, int, int]:
        """How many papers were answered within the term, within twice the term, and later."""
        taken = [days for header in self._heads()[0] if (days := days_taken(header)) is not None]
        within = sum(days <= TERM for days in taken)
        twice = sum(TERM < days <= 2 * TERM for days in taken)
        return within, twice, len(taken) - within - twice


def days_taken(header: PaperHeader) -> int | None:
    """Days between question and answer; None where either is unknown, nothing is answered, or the dates are at odds."""
    if header.asked is None or header.answered is None or not header.answers or header.answered < header.asked:
        return None
    return (header.answered - header.asked).days


def day_of(header: PaperHeader) -> date | None:
    """The day of the answer, or of the question where there is no answer."""
    return header.answered or header.asked


def _head(header: PaperHeader) -> str:
    people = [f"{speaker.name} {speaker.ministry}" for speaker in header.speakers]
    people += [f"{asker.name} {asker.party}" for asker in header.askers]
    return fold(" ".join([header.id, header.subject, str(header.number or ""), *people]))


def _newest(header: PaperHeader) -> tuple[int, str]:
    return (-(day_of(header) or date.min).toordinal(), header.id)


def _oldest(header: PaperHeader) -> tuple[int, str]:
    return ((day_of(header) or date.max).toordinal(), header.id)


def _slowest(header: PaperHeader) -> tuple[int, str]:
    days = days_taken(header)
    return (1 if days is None else -days, header.id)


_KEYS = {PaperOrder.NEWEST: _newest, PaperOrder.OLDEST: _oldest, PaperOrder.SLOWEST: _slowest}
