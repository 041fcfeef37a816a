"""Vectors and their nearest neighbours: FAISS with inner products, which for rows of length 1 are cosines."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import IndexUnusable

Places = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

SAMPLE = 256
"""Passages between which `DenseIndex.spread` is measured."""

BACKGROUND = 1024
"""Passages with which a query is compared at large, see `DenseIndex.background`."""

LEAST_SPREAD = 0.01
"""What the spread of cosines is taken to be at least: a handful of like passages says little."""


class DenseIndex:
    """The vectors of all passages, found by exact search. Its places count from 0. Safe to read from many threads."""

    kind = "exact"

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @staticmethod
    def write(file: Path, vectors: Iterable[npt.NDArray[np.float32]], dimension: int) -> int:
        """Write blocks of (n, dimension) float32 rows to a file; how many rows there were."""
        index = faiss.IndexFlatIP(dimension)
        for block in vectors:
            # Kept as float16, a row is no more exactly of length 1.
            rows = np.ascontiguousarray(block, dtype=np.float32)
            faiss.normalize_L2(rows)
            index.add(rows)
        faiss.write_index(index, str(file))
        return int(index.ntotal)

    @classmethod
    def open(cls, file: Path) -> DenseIndex:
        """Map the file into memory. Raises IndexUnusable when it holds no vectors."""
        try:
            return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC))
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise IndexUnusable(f"{file} holds no vectors ({reason}); run `kamerantwoord ingest --rebuild`") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

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
        """The `limit` nearest of the places allowed (all for None), best first, with their cosines."""
        if allowed is not None and len(allowed) != len(self):
            raise ValueError(f"{len(allowed)} marks do not fit {len(self)} vectors; give one for each")
        limit = min(limit, len(self) if allowed is None else int(np.count_nonzero(allowed)))
        if limit < 1:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        parameters = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg, arg-type]
        scores, places = self._index.search(query[None].astype(np.float32), limit, params=parameters)
        return places[0], scores[0]

    def scores(self, query: Scores, places: Places) -> Scores:
        """The cosines of the query with single places, in their order."""
        if not len(places):
            return np.empty(0, dtype=np.float32)
        rows: Scores = self._index.reconstruct_batch(places)
        found: Scores = rows @ query.astype(np.float32)
        return found
