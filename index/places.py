"""What stands at which place of the vectors and the words: passage, paper, exchange and side."""

from __future__ import annotations

from collections.abc import Iterator
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


class Places:
    """The table of a generation's places, as a numpy array of COLUMNS, ascending by passage row.

    `exchanges`: for each place the number of its exchange, the same for all passages of one exchange.
    """

    def __init__(self, table: npt.NDArray[np.void]) -> None:
        self.table = table
        pairs = np.stack([table["paper"], table["exchange"].astype(np.int64)], axis=1)
        _, numbers = np.unique(pairs, axis=0, return_inverse=True)
        self.exchanges: npt.NDArray[np.int64] = numbers.reshape(-1).astype(np.int64)
        self._order = np.argsort(self.exchanges, kind="stable")
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(self.exchanges))]).astype(np.int64)

    @classmethod
    def of(cls, store: Store, *, generation: int) -> Places:
        """Read the places of a generation out of the store."""
        stored = store.stored(generation=generation)
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

    def allowed(self, group: Group, papers: set[int] | None) -> npt.NDArray[np.bool_]:
        """Which places are of a group and of these papers' rows (None for all)."""
        marks: npt.NDArray[np.bool_] = self.table["group"] == group
        if papers is not None:
            marks &= np.isin(self.table["paper"], np.fromiter(papers, dtype=np.int64, count=len(papers)))
        return marks

    def members(self, exchanges: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The places of all passages of these exchanges, and for each which of the exchanges it belongs to."""
        starts, ends = self._starts[exchanges], self._starts[exchanges + 1]
        owners = np.repeat(np.arange(len(exchanges)), ends - starts)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(ends - starts) - (ends - starts), ends - starts)
        return self._order[np.repeat(starts, ends - starts) + within], owners


def entries(store: Store, places: Places) -> Iterator[Entry]:
    """What the word index is given, in the order of the places."""
    for start in range(0, len(places.table), 2048):
        rows = places.table[start : start + 2048]
        passages = store.passages(rows["passage"].tolist())
        for row in rows:
            passage = passages[int(row["passage"])]
            yield Entry(int(row["group"]), int(row["paper"]), passage.heading, passage.text)
