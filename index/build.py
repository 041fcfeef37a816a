"""Papers into an index and out of it again, so that a crash at any moment loses at most a batch of vectors."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.passages import cut
from corpus.records import Paper, Passage
from index import generation as generations
from index.dense import DenseIndex
from index.embedder import Embedder
from index.errors import IndexBusy, IndexMissing, IndexUnusable, ModelMismatch
from index.generation import Manifest
from index.lexical import LexicalIndex
from index.places import Places, entries
from index.store import Put, Store

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much it is in all."""

BATCH = 256
"""Passages whose vectors are kept at once: what a crash can cost."""

LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Identifiers of the papers of one ingest, in the order given, by what became of them."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


def ingest(
    papers: Iterable[Paper],
    directory: Path,
    embedder: Embedder,
    *,
    progress: Progress | None = None,
    cutter: Callable[[Paper], Sequence[Passage]] = cut,
) -> IngestReport:
    """Put papers into the index of a data folder, embed what is new, and switch to a new generation.

    Nothing is written when nothing changed. What an earlier, interrupted ingest left undone is finished.

    Raises:
        ModelMismatch: the folder was made with another embedding model.
        IndexBusy: another process writes to the folder.
        IndexUnusable: the store is damaged or of another format.
    """
    became: dict[Put, list[str]] = {put: [] for put in Put}
    with _writing(directory, create=True) as store:
        if store.model not in (None, embedder.name):
            raise ModelMismatch(str(store.model), embedder.name)
        following = _following(directory, store)
        for paper in papers:
            became[store.put(paper, cutter(paper), generation=following)].append(paper.id)
        if store.model is None:
            store.set_model(embedder.name)
        _embed(store, embedder, progress)
        if _lags(directory, store):
            _publish(directory, store, embedder.name, embedder.dimension, following, progress)
    return IngestReport(*(tuple(became[put]) for put in (Put.ADDED, Put.REPLACED, Put.UNCHANGED)))


def remove(ids: Iterable[str], directory: Path, *, progress: Progress | None = None) -> list[str]:
    """Take papers out of the index; the identifiers that were in it.

    Raises IndexMissing when there is no index, and IndexBusy and IndexUnusable as `ingest` does.
    """
    with _writing(directory, create=False) as store:
        following = _following(directory, store)
        removed = store.remove(ids, generation=following)
        if removed:
            manifest = generations.open_manifest(directory)
            if store.unembedded(manifest.model):
                raise IndexUnusable(
                    f"an ingest into {directory} was not finished; the papers are marked as removed, "
                    f"and {generations.REBUILD} to finish both"
                )
            _publish(directory, store, manifest.model, manifest.dimension, following, progress)
    return removed


def rebuild(directory: Path, embedder: Embedder, *, progress: Progress | None = None) -> None:
    """Make all search files anew from the store; with another model than before, all vectors too.

    Raises IndexMissing when there is nothing to rebuild from, and IndexBusy and IndexUnusable as `ingest` does.
    """
    with _writing(directory, create=False) as store:
        _embed(store, embedder, progress)
        following = _following(directory, store)
        _publish(directory, store, embedder.name, embedder.dimension, following, progress)
        store.set_model(embedder.name)
        store.drop_other_embeddings(embedder.name)


@contextmanager
def _writing(directory: Path, *, create: bool) -> Iterator[Store]:
    if create:
        directory.mkdir(parents=True, exist_ok=True)
    elif not (directory / generations.STORE).is_file():
        raise IndexMissing(f"there is no index in {directory}; run `kamerantwoord ingest PATH...` first")
    try:
        with FileLock(directory / LOCK, timeout=0):
            store = Store(directory / generations.STORE, create=create)
            try:
                yield store
            finally:
                store.close()
    except Timeout as error:
        raise IndexBusy(
            f"another process is writing to {directory}; wait until it is done, then run this again"
        ) from error


def _following(directory: Path, store: Store) -> int:
    """The number of the generation to be written next."""
    try:
        number = generations.current(directory)
    except IndexUnusable:
        number = None
    return store.latest() + 1 if number is None else number + 1


def _lags(directory: Path, store: Store) -> bool:
    """Whether the store holds what the generation in use does not show, or there is none."""
    try:
        number = generations.current(directory)
    except IndexUnusable:
        return True
    return number is None or store.latest() > number or not generations.folder(directory, number).is_dir()


def _embed(store: Store, embedder: Embedder, progress: Progress | None) -> None:
    rows = store.unembedded(embedder.name)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        passages = store.passages(batch)
        texts = [embedded_text(passages[row]) for row in batch]

        def report(done: int, before: int = start) -> None:
            if progress is not None:
                progress("embedding", before + done, len(rows))

        store.put_vectors(embedder.name, batch, embedder.passage_vectors(texts, progress=report))


def embedded_text(passage: Passage) -> str:
    """What the embedding model sees of a passage: its heading and its text."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


def _publish(directory: Path, store: Store, model: str, dimension: int, number: int, progress: Progress | None) -> None:
    def report(done: int) -> None:
        if progress is not None:
            progress("indexing", done, 3)

    report(0)
    place = generations.folder(directory, number)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    places = Places.of(store, generation=number)
    np.save(place / generations.PASSAGES, places.table, allow_pickle=False)
    report(1)
    vectors = store.vectors(model, generation=number, dimension=dimension)
    written = DenseIndex.write(place / generations.VECTORS, vectors, dimension)
    report(2)
    LexicalIndex.write(place / generations.WORDS, entries(store, places))
    if written != len(places.table):
        raise IndexUnusable(
            f"{len(places.table)} passages and {written} vectors in {directory} do not go together; "
            f"{generations.REBUILD}"
        )
    manifest = Manifest(
        format=generations.FORMAT,
        generation=number,
        model=model,
        dimension=dimension,
        kind=DenseIndex.kind,
        papers=store.count(generation=number),
        passages=written,
        written=datetime.now(UTC).isoformat(timespec="seconds"),
        files={},
    )
    generations.seal(place, manifest)
    generations.switch(directory, number)
    store.purge(number)
    report(3)
