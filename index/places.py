"""What stands at which place of the vectors and the words: passage, paper, exchange and side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.records import Part
from index.errors import IndexUnusable
from index.lexical import Entry
from index.store import Store

COLUMNS = np.dtype([("passage", "<i8"), ("paper", "<i8"), ("exchange", "<i4"), ("group", "u1")])


class Group(IntEnum):
    """What a passage can be found as."""

    ANSWER = 0
    """a run of an answer"""
    OPEN_QUESTION = 1
    """a run of a question that was not answered yet"""
    GONE = 255
    """nothing: its paper was replaced or removed, and the place stays empty until all is written anew"""


class Places:
    """The table of a generation's places, as a numpy array of COLUMNS, ascending by passage row.

    `exchanges`: for each place the number of its exchange, the same for all passages of one exchange.
    """

    def __init__(self, table: npt.NDArray[np.void]) -> None:
        self.table = table
        self.exchanges = _numbered(table["paper"].astype(np.int64) << 32 | table["exchange"])
        self._order = np.argsort(self.exchanges, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(self.exchanges))]).astype(np.int64)
        # Papers may stand in any order, their passages together.
        owners = _numbered(table["paper"])
        self._papers, self._firsts = np.unique(table["paper"], return_index=True)
        self._lengths = np.bincount(owners)[owners[self._firsts]] if len(table) else owners
        self._marks: dict[Group, npt.NDArray[np.bool_]] = {}

    @classmethod
    def of(cls, store: Store, *, generation: int, after: int = 0) -> Places:
        """Read the places of a generation out of the store; `after` as in `Store.stored`."""
        stored = store.stored(generation=generation, after=after)
        rows = [
            (each.row, each.paper, each.exchange, Group.ANSWER if each.part is Part.ANSWER else Group.OPEN_QUESTION)
            for each in stored
        ]
        return cls(np.array(rows, dtype=COLUMNS))

    @classmethod
    def open(cls, file: Path) -> Places:
        """Read a file that holds the table. Raises IndexUnusable when it does not."""
        try:
            table = np.load(file, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise IndexUnusable(f"{file} is damaged ({error}); run `kamerantwoord ingest --rebuild`") from error
        if table.dtype != COLUMNS:
            raise IndexUnusable(f"{file} has other columns than this version; run `kamerantwoord ingest --rebuild`")
        return cls(table)

    def changed(self, gone: Sequence[int], more: Places) -> Places:
        """These places with those of the papers `gone` emptied, and further ones after them."""
        table = np.concatenate([self.table, more.table])
        table["group"][np.isin(table["paper"], np.array(gone, dtype=np.int64))] = Group.GONE
        return Places(table)

    @property
    def gone(self) -> int:
        """How many places are empty."""
        return int(np.count_nonzero(self.table["group"] == Group.GONE))

    def allowed(self, group: Group, papers: Collection[int] | None) -> npt.NDArray[np.bool_]:
        """Which places are of a group and of these papers' rows (None for all). Not to be changed."""
        if group not in self._marks:
            self._marks[group] = self.table["group"] == group
        if papers is None:
            return self._marks[group]
        wanted = np.fromiter(papers, dtype=np.int64, count=len(papers))
        spots = np.searchsorted(self._papers, wanted).clip(max=max(len(self._papers) - 1, 0))
        spots = spots[self._papers[spots] == wanted] if len(self._papers) else spots[:0]
        places = _ranges(self._firsts[spots], self._lengths[spots])
        marks = np.zeros(len(self.table), dtype=np.bool_)
        marks[places] = self._marks[group][places]
        return marks

    def members(self, exchanges: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The places of all passages of these exchanges, and for each which of the exchanges it belongs to."""
        starts = self._starts[exchanges]
        lengths = self._starts[exchanges + 1] - starts
        return self._order[_ranges(starts, lengths)], np.repeat(np.arange(len(exchanges)), lengths)


def _numbered(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Keys as numbers from 0, equal keys with the same number; quick where equal keys stand together, ascending."""
    if np.all(keys[1:] >= keys[:-1]):
        steps = np.concatenate([[0], keys[1:] != keys[:-1]])[: len(keys)]
        ascending: npt.NDArray[np.int64] = np.cumsum(steps).astype(np.int64)
        return ascending
    numbers: npt.NDArray[np.int64] = np.unique(keys, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return numbers


def _ranges(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """All numbers of several ranges, one range after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    numbers: npt.NDArray[np.int64] = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return numbers


def entries(store: Store, places: Places) -> Iterator[Entry]:
    """What the word index is given, in the order of the places."""
    for start in range(0, len(places.table), 2048):
        rows = places.table[start : start + 2048]
        passages = store.passages(rows["passage"].tolist())
        for row in rows:
            passage = passages[int(row["passage"])]
            yield Entry(int(row["group"]), int(row["paper"]), passage.heading, passage.text)
