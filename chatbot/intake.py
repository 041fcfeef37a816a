"""Files that people add in the window, into the index, with a report of what was read and what was skipped and why."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from corpus.errors import ArchiveUnusable, FetchBusy, NoEarlierFetch, UnreadablePaper
from corpus.readers import read
from corpus.records import Paper
from index.build import IngestReport, Progress, ingest
from index.errors import IndexBusy, IndexUnusable, ModelMismatch, UnknownModel
from index.search import Index

USUAL = (
    *(ArchiveUnusable, FetchBusy, NoEarlierFetch, IndexBusy, IndexUnusable, ModelMismatch, UnknownModel),
    OSError,
)
"""What may go wrong with papers and can be told in a line."""


class IntakeFailed(Exception):
    """The papers could not be put into the index; the message says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: `done` of `total` of what `name` counts ("reading", "embedding", "indexing")."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the files: `report` of the papers, and (file, reason) of each that was skipped."""

    report: IngestReport
    skipped: tuple[tuple[str, str], ...]


Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class _Ended(Generic[Outcome]):
    """How a piece of work ended: with its outcome, or with an error."""

    outcome: Outcome | None = None
    error: Exception | None = None


@dataclass(slots=True)
class _Files:
    paths: Sequence[Path]
    progress: Progress
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def papers(self) -> Iterator[Paper]:
        for number, path in enumerate(self.paths, 1):
            try:
                paper = read(path)
            except UnreadablePaper as error:
                self.skipped.append((path.name, error.reason))
            else:
                yield paper
            self.progress("reading", number, len(self.paths))


def take_in(paths: Sequence[Path], index: Index) -> Iterator[Step | Intake]:
    """Read files into the index that `index` has open, and move it on; steps on the way, then the outcome.

    Raises:
        IntakeFailed: the index cannot be written to now; what was there stays.
    """

    def work(progress: Progress) -> Intake:
        files = _Files(paths, progress)
        report = ingest(files.papers(), index.directory, index.embedder, progress=progress)
        index.refresh()
        return Intake(report, tuple(files.skipped))

    yield from in_steps(work)


def in_steps(work: Callable[[Progress], Outcome]) -> Iterator[Step | Outcome]:
    """Do `work` in a thread of its own; its steps on the way, then its outcome.

    Raises:
        IntakeFailed: `work` could not be done for a reason that the user can do something about.
    """
    told: queue.Queue[Step | _Ended[Outcome]] = queue.Queue()

    def run() -> None:
        try:
            told.put(_Ended(outcome=work(lambda name, done, total: told.put(Step(name, done, total)))))
        except Exception as error:
            told.put(_Ended(error=error))

    threading.Thread(target=run, daemon=True).start()
    while True:
        item = told.get()
        while isinstance(item, Step) and not told.empty():
            item = told.get()
        if isinstance(item, Step):
            yield item
            continue
        if isinstance(item.error, USUAL):
            raise IntakeFailed(str(item.error)) from item.error
        if item.error is not None:
            raise item.error
        if item.outcome is not None:
            yield item.outcome
        return


def suffixes(kinds: Iterable[str]) -> str:
    """File suffixes as people read them: "docx, txt, xml"."""
    return ", ".join(sorted(kind.lstrip(".") for kind in kinds))
