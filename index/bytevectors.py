"""Vectors of length 1 as bytes: one signed byte a number, a quarter of float32, its cosine with that above 0.999."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

STEPS = 127
"""Values on either side of zero."""


def pack(vectors: npt.NDArray[np.float32]) -> list[bytes]:
    """Each of (n, dimension) float32 rows as bytes. Only its direction is kept."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=np.finfo(np.float32).tiny)
    return [row.tobytes() for row in np.rint(vectors * (STEPS / largest)).astype(np.int8)]


def unpack(packed: Iterable[bytes], dimension: int) -> npt.NDArray[np.float32]:
    """What was packed, as (n, dimension) float32, rows of length 1."""
    rows = np.frombuffer(b"".join(packed), dtype=np.int8).reshape(-1, dimension).astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1))
    return rows
