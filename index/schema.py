"""The tables of the store, and how it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from index.errors import IndexUnusable

FORMAT = 3
"""Format of the store, its `user_version`; a store of another format is refused."""

BUSY_SECONDS = 30.0

# A paper's row is visible in the generations from `since` up to but not including `until`: what replaces
# or removes it leaves it in place for those who still read the generation before.
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE papers (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    number INTEGER,
    session_year TEXT,
    asked TEXT,
    answered TEXT,
    fictitious INTEGER NOT NULL,
    hash TEXT NOT NULL,
    record BLOB NOT NULL
);
CREATE INDEX papers_by_id ON papers (id);
CREATE INDEX papers_by_generation ON papers (since, until);
CREATE INDEX papers_by_end ON papers (until, since) WHERE until IS NOT NULL;
CREATE INDEX papers_by_kind ON papers (kind, since, until, fictitious);
CREATE INDEX papers_by_day ON papers (coalesce(answered, asked), since, until);
CREATE TABLE exchanges (
    paper INTEGER NOT NULL REFERENCES papers (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    answers TEXT NOT NULL,
    kind TEXT NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (paper, position)
) WITHOUT ROWID;
CREATE TABLE officials (
    paper INTEGER NOT NULL REFERENCES papers (row) ON DELETE CASCADE,
    name TEXT NOT NULL,
    office TEXT NOT NULL,
    ministry TEXT NOT NULL,
    folded TEXT NOT NULL,
    answers INTEGER NOT NULL
);
CREATE INDEX officials_by_paper ON officials (paper, answers);
CREATE INDEX officials_by_name ON officials (folded, answers, paper);
CREATE INDEX officials_by_ministry ON officials (ministry, answers, paper);
CREATE TABLE members (
    paper INTEGER NOT NULL REFERENCES papers (row) ON DELETE CASCADE,
    name TEXT NOT NULL,
    party TEXT NOT NULL,
    folded_party TEXT NOT NULL
);
CREATE INDEX members_by_paper ON members (paper);
CREATE INDEX members_by_party ON members (folded_party, paper);
CREATE TABLE abbreviations (
    paper INTEGER NOT NULL REFERENCES papers (row) ON DELETE CASCADE,
    short TEXT NOT NULL,
    long TEXT NOT NULL,
    folded_short TEXT NOT NULL,
    folded_long TEXT NOT NULL
);
CREATE INDEX abbreviations_by_paper ON abbreviations (paper);
CREATE INDEX abbreviations_by_short ON abbreviations (folded_short);
CREATE INDEX abbreviations_by_long ON abbreviations (folded_long);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    paper INTEGER NOT NULL REFERENCES papers (row) ON DELETE CASCADE,
    exchange INTEGER NOT NULL,
    part TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX passages_by_paper ON passages (paper);
CREATE TABLE models (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE embeddings (
    passage INTEGER NOT NULL REFERENCES passages (row) ON DELETE CASCADE,
    model INTEGER NOT NULL REFERENCES models (number),
    vector BLOB NOT NULL,
    PRIMARY KEY (passage, model)
) WITHOUT ROWID;
"""
SENSES = """
CREATE TABLE IF NOT EXISTS senses (
    passage INTEGER NOT NULL REFERENCES passages (row) ON DELETE CASCADE,
    model INTEGER NOT NULL REFERENCES models (number),
    words BLOB NOT NULL,
    PRIMARY KEY (passage, model)
)
"""
"""Apart from the vectors, which are read in long runs, and made by who writes: there are stores older than it."""


def _damaged(file: object, error: Exception) -> IndexUnusable:
    return IndexUnusable(
        f"{file} is damaged or no store ({error}); put it back from a backup, or move it away and run "
        f"`kamerantwoord ingest PATH...` on the papers again"
    )


class _Cursor(sqlite3.Cursor):
    """A cursor that says of a damaged file what can be done, whenever the damage shows."""

    def execute(self, *arguments: Any) -> Self:
        with self._reading():
            return super().execute(*arguments)

    def fetchone(self) -> Any:
        with self._reading():
            return super().fetchone()

    def fetchmany(self, *arguments: Any) -> list[Any]:
        with self._reading():
            return super().fetchmany(*arguments)

    def fetchall(self) -> list[Any]:
        with self._reading():
            return super().fetchall()

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def _tell(self, error: sqlite3.DatabaseError) -> None:
        # The kinds below it are of other making: a full disk, a lock, a rule of the tables.
        if type(error) is sqlite3.DatabaseError:
            row = super().execute("PRAGMA database_list").fetchone()
            raise _damaged(row[2], error) from error


class _Connection(sqlite3.Connection):
    def cursor(self, *arguments: Any) -> Any:
        return super().cursor(_Cursor)

    def execute(self, *arguments: Any) -> Any:
        return self.cursor().execute(*arguments)


def connect(file: Path, *, create: bool) -> sqlite3.Connection:
    """A connection in autocommit mode with foreign keys on; the tables are made when `create`.

    Raises IndexUnusable when the file is no store, is damaged, or has another format.
    """
    try:
        connection = sqlite3.connect(
            file if create else f"{file.resolve().as_uri()}?mode=rw",
            uri=not create,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        # Nothing is lost by a crash of the program; `Store.settle` waits for the disk where order matters.
        connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if create and version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")
            version = FORMAT
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise _damaged(file, error) from error
    if version != FORMAT:
        connection.close()
        raise IndexUnusable(
            f"{file} has format {version}, and this version reads format {FORMAT}; run `kamerantwoord ingest "
            f"--data OTHER_FOLDER PATH...` on the papers again"
        )
    return connection
