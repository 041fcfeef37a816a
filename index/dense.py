"""Vectors and their nearest neighbours: FAISS with inner products, which for rows of length 1 are cosines.

Few vectors are searched exactly. Many are kept as bytes in lists, one for each of many centres, of which a
search probes the nearest: `plan` chooses by their number, and the choice is written down with the index.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import IndexUnusable

Places = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Blocks = Callable[[], Iterable[Scores]]
"""Gives all vectors from the first, in blocks of (n, dimension) float32, each time that it is called."""

Closer = Callable[[Places], tuple[npt.NDArray[np.bool_], Scores]]
"""For places, of which of them there are vectors closer to the model's own than those in lists, and these vectors."""

EXACT = "exact"
"""Kind of an index that compares a query with every vector."""

MOST_EXACT = 30_000
"""So many vectors are searched exactly: comparing with all takes no longer than the rest of a search."""

TRAINING = 48
"""Vectors that each centre is found from."""

COMPARED = 1_000
"""So many vectors are compared with a query one by one when a filter lets through no more."""

WIDEST = 0.2
"""Share of the lists that a filter makes a search look into at most: beyond it, looking costs more than it finds."""

SAMPLE = 256
"""Passages between which `DenseIndex.spread` is measured."""

BACKGROUND = 1024
"""Passages with which a query is compared at large, see `DenseIndex.background`."""

LEAST_SPREAD = 0.01
"""What the spread of cosines is taken to be at least: a handful of like passages says little."""


def plan(count: int) -> str:
    """The kind of index for so many vectors, as FAISS writes it; EXACT while they are few."""
    if count <= MOST_EXACT:
        return EXACT
    return f"IVF{2 ** round(math.log2(2 * math.sqrt(count)))},SQ8"


def suits(kind: str, count: int) -> bool:
    """Whether an index of a kind still does for so many vectors, or should be made anew."""
    if EXACT in (kind, plan(count)):
        return kind == plan(count)
    lists, wanted = (int(name.removeprefix("IVF").split(",")[0]) for name in (kind, plan(count)))
    return 2 * lists >= wanted


class DenseIndex:
    """The vectors of all passages. Its places count from 0. Safe to read from many threads.

    `probes`: lists that a search without a filter looks into. `closer`: gives better vectors for
    `closer_scores`. Both are of no meaning in an exact index.
    """

    def __init__(self, index: faiss.Index, *, probes: int = 1, closer: Closer | None = None) -> None:
        self._index = index
        self._lists = int(index.nlist) if isinstance(index, faiss.IndexIVF) else None
        self._probes = probes
        self._closer = closer if self._lists is not None else None
        if isinstance(index, faiss.IndexIVF):
            # The lists of one query are shared out among the processors, not the queries of a batch.
            index.parallel_mode = 1

    @staticmethod
    def write(file: Path, vectors: Blocks, dimension: int, *, kind: str = EXACT, count: int = 0) -> int:
        """Write vectors to a file; how many there were. `count`: how many there will be, unless the kind is EXACT."""
        if kind == EXACT:
            index: faiss.Index = faiss.IndexFlatIP(dimension)
        else:
            lists: Any = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)
            every = max(1, count // (TRAINING * lists.nlist))
            sample = np.concatenate([block[::every] for block in vectors()])
            lists.train(np.ascontiguousarray(sample))
            lists.make_direct_map()
            index = lists
        for block in vectors():
            index.add(np.ascontiguousarray(block, dtype=np.float32))
        faiss.write_index(index, str(file))
        return int(index.ntotal)

    @staticmethod
    def extend(source: Path, file: Path, vectors: Iterable[Scores]) -> int:
        """Write the vectors of one file and further ones to another file; how many there are then."""
        index = faiss.read_index(str(source))
        for block in vectors:
            index.add(np.ascontiguousarray(block, dtype=np.float32))
        faiss.write_index(index, str(file))
        return int(index.ntotal)

    @classmethod
    def open(cls, file: Path, *, probes: int = 1, closer: Closer | None = None) -> DenseIndex:
        """Map the file into memory. Raises IndexUnusable when it holds no vectors."""
        try:
            return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC), probes=probes, closer=closer)
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise IndexUnusable(f"{file} holds no vectors ({reason}); run `kamerantwoord ingest --rebuild`") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    @property
    def lists(self) -> int | None:
        """Lists that the vectors are kept in; None in an exact index."""
        return self._lists

    @cached_property
    def spread(self) -> float:
        """Standard deviation of the cosines between passages, from a sample: models differ much in it."""
        places = np.random.default_rng(0).permutation(len(self))[:SAMPLE]
        if len(places) < 2:
            return LEAST_SPREAD
        rows = self._index.reconstruct_batch(places)
        cosines = (rows @ rows.T)[np.triu_indices(len(rows), k=1)]
        return max(float(cosines.std()), LEAST_SPREAD)

    @cached_property
    def _sample(self) -> Scores:
        places = np.random.default_rng(0).permutation(len(self))[:BACKGROUND]
        rows: Scores = self._index.reconstruct_batch(np.sort(places))
        return rows

    def background(self, query: Scores) -> tuple[float, float]:
        """Mean and standard deviation of the cosines of a query with passages at large, from a sample of them."""
        if not len(self):
            return 0.0, LEAST_SPREAD
        cosines = self._sample @ query.astype(np.float32)
        return float(cosines.mean()), max(float(cosines.std()), LEAST_SPREAD)

    def search(self, query: Scores, limit: int, allowed: npt.NDArray[np.bool_] | None = None) -> tuple[Places, Scores]:
        """The `limit` nearest of the places allowed (all for None), best first, with their cosines.

        The fewer are allowed, the more lists are probed, so that as many vectors are compared as without a filter.
        """
        if allowed is not None and len(allowed) != len(self):
            raise ValueError(f"{len(allowed)} marks do not fit {len(self)} vectors; give one for each")
        count = len(self) if allowed is None else int(np.count_nonzero(allowed))
        limit = min(limit, count)
        if limit < 1:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        if allowed is not None and self._lists is not None and count <= COMPARED:
            chosen = np.flatnonzero(allowed)
            cosines = self.scores(query, chosen)
            best = np.argsort(-cosines, kind="stable")[:limit]
            return chosen[best], cosines[best]
        options: dict[str, object] = {}
        if allowed is not None and count < len(self):
            marks: Any = np.packbits(allowed, bitorder="little")
            options["sel"] = faiss.IDSelectorBitmap(marks)  # type: ignore[call-arg]
        parameters: faiss.SearchParameters | None = None
        if self._lists is not None:
            widest = max(self._probes, math.ceil(WIDEST * self._lists))
            probes = min(widest, math.ceil(self._probes * len(self) / count))
            parameters = faiss.SearchParametersIVF(nprobe=probes, **options)  # type: ignore[call-arg]
        elif options:
            parameters = faiss.SearchParameters(**options)
        scores, places = self._index.search(query[None].astype(np.float32), limit, params=parameters)
        found = places[0] >= 0
        return places[0][found], scores[0][found]

    def scores(self, query: Scores, places: Places) -> Scores:
        """The cosines of the query with single places, in their order."""
        if not len(places):
            return np.empty(0, dtype=np.float32)
        rows: Scores = self._index.reconstruct_batch(places)
        found: Scores = rows @ query.astype(np.float32)
        return found

    @property
    def exact(self) -> bool:
        """Whether `scores` cannot be bettered by `closer_scores`."""
        return self._closer is None

    def closer_scores(self, query: Scores, places: Places) -> Scores:
        """What `scores` gives, by the better vectors where there are such; slower, and each place given once."""
        found = self.scores(query, places)
        if self._closer is not None and len(places):
            known, rows = self._closer(places)
            found[known] = rows @ query.astype(np.float32)
        return found
