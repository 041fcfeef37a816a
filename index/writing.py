"""The files of a generation: made anew from the store, or from those of the generation before and what changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index import dense, probing
from index import generation as generations
from index.dense import DenseIndex
from index.embedder import Vectors
from index.errors import IndexUnusable, NotWritten
from index.generation import Manifest
from index.lexical import Entry, LexicalIndex
from index.places import Places, entries
from index.store import Store

Report = Callable[[int, int], None]
"""Called with how many passages are done, and how many there are in all."""

Query = Callable[[str], Vectors]
"""A question to its vector."""

MOST_GONE = 0.1
"""Share of empty places beyond which a generation is made anew."""

REPORTED = 2048
"""Passages between two reports."""


def write(
    directory: Path, store: Store, *, model: str, dimension: int, number: int, query: Query, report: Report
) -> None:
    """Make the files of a generation from the store alone. `query`: the model, to tune the search by questions."""
    places = Places.of(store, generation=number)
    count = len(places.table)
    kind = dense.plan(count)
    # The model's own troubles are none of the disk's.
    questions = [query(text) for text in store.questions(probing.QUESTIONS)] if kind != dense.EXACT else []

    def vectors() -> Iterator[Vectors]:
        return store.vectors(model, generation=number, dimension=dimension)

    with _made(directory, number) as place:
        np.save(place / generations.PASSAGES, places.table, allow_pickle=False)
        written = DenseIndex.write(place / generations.VECTORS, vectors, dimension, kind=kind, count=count)
        _agree(directory, count, written)
        LexicalIndex.write(place / generations.WORDS, _counted(entries(store, places), count, report))
        probes = probing.probes(place / generations.VECTORS, questions) if kind != dense.EXACT else 1
        _seal(place, store, model=model, dimension=dimension, number=number, kind=kind, probes=probes, places=places)


def extend(
    directory: Path, store: Store, before: Manifest, number: int, report: Report, *, anyhow: bool = False
) -> bool:
    """Make the files of a generation from those of the generation `before`; whether that was worth it.

    It is not where too much of the one before is gone, or another kind of index suits so many passages better:
    then nothing is written, unless it is to be `anyhow`.
    """
    old = generations.folder(directory, before.generation)
    base = Places.open(old / generations.PASSAGES)
    gone = store.ended(generation=number, after=before.generation)
    more = Places.of(store, generation=number, after=before.generation)
    places = base.changed(gone, more)
    worn = places.gone > MOST_GONE * len(places.table) or not dense.suits(before.kind, len(places.table))
    if worn and not anyhow:
        return False
    added = store.vectors(before.model, generation=number, dimension=before.dimension, after=before.generation)
    with _made(directory, number) as place:
        np.save(place / generations.PASSAGES, places.table, allow_pickle=False)
        written = DenseIndex.extend(old / generations.VECTORS, place / generations.VECTORS, added)
        _agree(directory, len(places.table), written)
        words = _counted(entries(store, more), len(more.table), report)
        LexicalIndex.extend(old / generations.WORDS, place / generations.WORDS, words, first=len(base.table), gone=gone)
        _seal(
            place, store, model=before.model, dimension=before.dimension, number=number, kind=before.kind,
            probes=before.probes, places=places,
        )  # fmt: skip
    return True


@contextmanager
def _made(directory: Path, number: int) -> Iterator[Path]:
    """An empty folder for a generation, which goes again when it cannot be filled. Raises NotWritten."""
    place = generations.folder(directory, number)
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(parents=True)
        yield place
    except BaseException as error:
        shutil.rmtree(place, ignore_errors=True)
        # FAISS reports what the disk refuses as RuntimeError, tantivy as ValueError.
        if isinstance(error, (OSError, RuntimeError, ValueError)):
            raise NotWritten(directory, error) from error
        raise


def _counted(words: Iterator[Entry], total: int, report: Report) -> Iterator[Entry]:
    report(0, total)
    for done, entry in enumerate(words, 1):
        yield entry
        if done % REPORTED == 0 or done == total:
            report(done, total)


def _agree(directory: Path, passages: int, vectors: int) -> None:
    if passages != vectors:
        raise IndexUnusable(
            f"{passages} passages and {vectors} vectors in {directory} do not go together; {generations.REBUILD}"
        )


def _seal(
    place: Path, store: Store, *, model: str, dimension: int, number: int, kind: str, probes: int, places: Places
) -> None:
    manifest = Manifest(
        format=generations.FORMAT,
        generation=number,
        model=model,
        dimension=dimension,
        kind=kind,
        probes=probes,
        papers=store.count(generation=number),
        passages=len(places.table) - places.gone,
        gone=places.gone,
        written=datetime.now(UTC).isoformat(timespec="seconds"),
        files={},
        senses=store.knows_senses(model, generation=number),
    )
    generations.seal(place, manifest)
