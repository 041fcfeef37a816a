"""The papers on disk, as received: each written whole or not at all, earlier and withdrawn versions kept apart."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.editions import Form
from corpus.errors import ArchiveUnusable, FetchBusy
from corpus.known import Known
from corpus.ledger import Ledger

PAPERS = "papers"
EARLIER = "earlier"
WITHDRAWN = "withdrawn"
LEDGER = "ledger.sqlite"


class Archive:
    """A folder of received papers, by year, and its ledger. `today`: the day that the ledger writes; None for now."""

    def __init__(self, folder: Path, today: date | None = None) -> None:
        self.folder = folder
        self.ledger = Ledger(folder / LEDGER, today)

    def path(self, paper: Known) -> Path:
        """Where a received paper is."""
        return self.folder / paper.file

    def holds(self, paper: Known) -> bool:
        """Whether what was received of a paper is there, and not put apart."""
        return paper.file.startswith(f"{PAPERS}/") and self.path(paper).is_file()

    def keep(self, paper: Known, content: bytes, form: Form) -> str:
        """Write what was received of a paper, and move what was there before apart; where, relative to the folder."""
        place = self.folder / PAPERS / (str(paper.day.year) if paper.day else "undated")
        place.mkdir(parents=True, exist_ok=True)
        target = place / f"{paper.id}.{form.value}"
        scratch = place / f".{paper.id}.part"
        with scratch.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if self.holds(paper):
            self.set_aside(paper, EARLIER)
        os.replace(scratch, target)
        return target.relative_to(self.folder).as_posix()

    def set_aside(self, paper: Known, where: str) -> str:
        """Move what was received of a paper out of the way; the file, relative to the folder."""
        if not self.holds(paper):
            return paper.file
        place = self.folder / where
        place.mkdir(parents=True, exist_ok=True)
        source = self.path(paper)
        target = place / f"{paper.id}.{paper.hash[:12]}{source.suffix}"
        os.replace(source, target)
        return target.relative_to(self.folder).as_posix()


def digest(content: bytes) -> str:
    """What tells one version of a document from another."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def opened(folder: Path, today: date | None = None) -> Iterator[Archive]:
    """The archive of a folder, made if need be, for one process at a time.

    Raises:
        FetchBusy: another process has it.
        ArchiveUnusable: its ledger is damaged, or of another format.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            archive = _archive(folder, today)
            try:
                yield archive
            finally:
                archive.ledger.close()
    except Timeout as error:
        raise FetchBusy(
            f"another process is fetching into {folder}; wait until it is done, then run this again"
        ) from error


def _archive(folder: Path, today: date | None) -> Archive:
    try:
        return Archive(folder, today)
    except sqlite3.DatabaseError as error:
        raise ArchiveUnusable(
            f"{folder / LEDGER} cannot be read ({error}); move it away and fetch again from the first day on: "
            "the papers beside it stay, and are written anew as they come"
        ) from error
