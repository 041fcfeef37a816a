"""Papers into an index and out of it again, so that a crash at any moment loses at most a batch of vectors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.passages import cut
from corpus.records import Paper, Passage
from index import generation as generations
from index import writing
from index.embedder import Embedder, embedded_text
from index.errors import IndexBusy, IndexMissing, IndexUnusable, ModelMismatch, NotWritten
from index.generation import Manifest
from index.store import Put, Store

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much it is in all."""

BATCH = 256
"""Passages whose vectors are kept at once: what a crash can cost."""

MOST_SENSED = 100_000
"""Passages up to which their words are kept beside their vectors (see `index.senses`): some 3 kB each."""

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
        NotWritten: the disk is full, or the folder may not be written to.
    """
    became: dict[Put, list[str]] = {put: [] for put in Put}
    with _writing(directory, create=True) as store:
        before = _before(directory)
        made_with = before.model if before is not None else store.model
        if made_with not in (None, embedder.name):
            raise ModelMismatch(str(made_with), embedder.name)
        following = _following(directory, store)
        for paper in papers:
            became[store.put(paper, cutter(paper), generation=following)].append(paper.id)
        if store.model is None:
            store.set_model(embedder.name)
        whole = before is not None and before.senses == _keeps_senses(store, embedder)
        _embed(store, embedder, progress, after=before.generation if before is not None and whole else 0)
        if before is None or not whole or store.latest() > before.generation:
            _publish(directory, store, following, progress, embedder=embedder, before=before)
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
            if store.unembedded(manifest.model, after=manifest.generation):
                raise IndexUnusable(
                    f"an ingest into {directory} was not finished; the papers are marked as removed, "
                    f"and {generations.REBUILD} to finish both"
                )
            _publish(directory, store, following, progress, before=manifest)
    return removed


def rebuild(directory: Path, embedder: Embedder, *, progress: Progress | None = None) -> None:
    """Make all search files anew from the store; with another model than before, all vectors too.

    Raises IndexMissing when there is nothing to rebuild from, and IndexBusy and IndexUnusable as `ingest` does.
    """
    with _writing(directory, create=False) as store:
        _embed(store, embedder, progress)
        _publish(directory, store, _following(directory, store), progress, embedder=embedder)
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
                store.make_room()
                yield store
            finally:
                store.close()
    except Timeout as error:
        raise IndexBusy(
            f"another process is writing to {directory}; wait until it is done, then run this again"
        ) from error
    except sqlite3.OperationalError as error:
        raise NotWritten(directory, error) from error


def _following(directory: Path, store: Store) -> int:
    """The number of the generation to be written next."""
    try:
        number = generations.current(directory)
    except IndexUnusable:
        number = None
    return store.latest() + 1 if number is None else number + 1


def _before(directory: Path) -> Manifest | None:
    """The generation in use, if it is whole; what is missing or damaged is made anew."""
    try:
        return generations.open_manifest(directory)
    except (IndexMissing, IndexUnusable):
        return None


def _embed(store: Store, embedder: Embedder, progress: Progress | None, *, after: int = 0) -> None:
    """Give vectors, and words where they are kept, to all passages that lack them; `after`: a generation in which none
    does."""
    senses = _keeps_senses(store, embedder)
    if not senses:
        store.drop_senses()
    rows = store.unembedded(embedder.name, after=after, senses=senses)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        passages = store.passages(batch)
        texts = [embedded_text(passages[row]) for row in batch]

        def report(done: int, before: int = start) -> None:
            if progress is not None:
                progress("embedding", before + done, len(rows))

        if senses:
            store.put_vectors(embedder.name, batch, *embedder.passages_looked_at(texts, progress=report))
        else:
            store.put_vectors(embedder.name, batch, embedder.passage_vectors(texts, progress=report))


def _keeps_senses(store: Store, embedder: Embedder) -> bool:
    """Whether the words of passages are kept: all of them or none, because those without would be ranked behind."""
    return embedder.senses and store.sought() <= MOST_SENSED


def _publish(
    directory: Path,
    store: Store,
    number: int,
    progress: Progress | None,
    *,
    embedder: Embedder | None = None,
    before: Manifest | None = None,
) -> None:
    """Write the next generation and switch to it; from the one `before` where that is worth it, or without a model."""

    def report(done: int, total: int) -> None:
        if progress is not None:
            progress("indexing", done, total)

    store.settle()
    if before is None or not writing.extend(directory, store, before, number, report, anyhow=embedder is None):
        assert embedder is not None
        writing.write(
            directory,
            store,
            model=embedder.name,
            dimension=embedder.dimension,
            number=number,
            query=embedder.query_vector,
            report=report,
        )
    generations.switch(directory, number)
    store.purge(number)
