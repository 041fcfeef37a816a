"""What is known of every paper that a service listed, and how far each fetch came; it survives a crash."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from corpus.editions import Form, Listed, Service, rank
from corpus.errors import ArchiveUnusable
from corpus.known import Known, State, date_of, known
from corpus.manners import Validators

RESUMED = timedelta(hours=24)
"""How long a fetch that was interrupted can be gone on with, instead of listing anew."""

FORMAT = 1
"""Which format of the ledger this program writes and reads."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS papers (
    id TEXT PRIMARY KEY, title TEXT, day TEXT, available TEXT, cases TEXT, keyed TEXT, stamps TEXT, editions TEXT,
    state TEXT NOT NULL, due INTEGER NOT NULL, form TEXT, url TEXT, etag TEXT, modified TEXT, hash TEXT, file TEXT,
    received TEXT, reason TEXT, troubled TEXT, tried TEXT, read_as TEXT, read_hash TEXT
);
CREATE INDEX IF NOT EXISTS papers_day ON papers (day);
CREATE INDEX IF NOT EXISTS papers_available ON papers (available);
CREATE INDEX IF NOT EXISTS papers_keyed ON papers (keyed);
CREATE TABLE IF NOT EXISTS runs (
    run INTEGER PRIMARY KEY, way TEXT, since TEXT, until TEXT, started TEXT NOT NULL, finished TEXT
);
CREATE TABLE IF NOT EXISTS members (run INTEGER, paper TEXT, PRIMARY KEY (run, paper)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (run INTEGER, piece TEXT, PRIMARY KEY (run, piece)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS covered (service TEXT, until TEXT, PRIMARY KEY (service, until)) WITHOUT ROWID;
"""


class Ledger:
    """The ledger of one archive, in SQLite. One process writes at a time; the archive sees to that."""

    def __init__(self, path: Path, today: date | None = None) -> None:
        self._today = str(today or date.today())
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.row_factory = sqlite3.Row
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, FORMAT):
            raise ArchiveUnusable(
                f"{path} has format {version} and this program reads {FORMAT}; use a newer Kamerantwoord"
            )
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.executescript(_SCHEMA)
        self._base.execute(f"PRAGMA user_version = {FORMAT}")

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All or nothing."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def begin(self, way: str, since: date, until: date, now: datetime) -> int:
        """The number of the run for a period: an interrupted one of the last hours, or a new one."""
        query = "SELECT run, started FROM runs WHERE way = ? AND since = ? AND until = ? AND finished IS NULL"
        for run, started in self._base.execute(f"{query} ORDER BY run DESC LIMIT 1", (way, str(since), str(until))):
            if now - datetime.fromisoformat(started) < RESUMED:
                return int(run)
        cursor = self._base.execute(
            "INSERT INTO runs (way, since, until, started) VALUES (?, ?, ?, ?)",
            (way, str(since), str(until), now.isoformat()),
        )
        return int(cursor.lastrowid or 0)

    def finish(self, run: int, covered: Iterable[Service], until: date) -> None:
        """A run is done; up to `until` nothing of the services `covered` was left out."""
        with self._whole():
            self._base.execute("UPDATE runs SET finished = ? WHERE run = ?", (_now().isoformat(), run))
            self._base.execute("DELETE FROM members WHERE run <= ?", (run,))
            self._base.execute("DELETE FROM done WHERE run <= ?", (run,))
            for service in covered:
                self._base.execute("INSERT OR IGNORE INTO covered VALUES (?, ?)", (service.value, str(until)))

    def covered(self, service: Service) -> date | None:
        """The day up to which a finished fetch covered a service; None when there was none."""
        query = "SELECT max(until) FROM covered WHERE service = ?"
        return date_of(self._base.execute(query, (service.value,)).fetchone()[0])

    def interrupted(self) -> date | None:
        """The first day of the latest fetch by date that was never finished; None when there is none."""
        query = "SELECT since FROM runs WHERE way = 'day' AND finished IS NULL ORDER BY run DESC LIMIT 1"
        row = self._base.execute(query).fetchone()
        return date_of(row[0]) if row else None

    def is_done(self, run: int, piece: str) -> bool:
        """Whether a run has that piece of the list."""
        query = "SELECT 1 FROM done WHERE run = ? AND piece = ?"
        return self._base.execute(query, (run, piece)).fetchone() is not None

    def note(self, papers: Iterable[Listed], run: int, piece: str) -> None:
        """Keep one whole piece of a list, and which papers have to be asked for on account of it."""
        with self._whole():
            for paper in papers:
                self._note(paper)
                self._base.execute("INSERT OR IGNORE INTO members VALUES (?, ?)", (run, paper.id))
            self._base.execute("INSERT OR IGNORE INTO done VALUES (?, ?)", (run, piece))

    def relisted(self, paper: Listed) -> list[Known]:
        """Keep what a service says of a paper outside of any run; the paper, if it has to be asked for."""
        with self._whole():
            self._note(paper)
        return self._papers("due AND id = ?", (paper.id,))

    def _note(self, paper: Listed) -> None:
        row = self._base.execute("SELECT * FROM papers WHERE id = ?", (paper.id,)).fetchone()
        stamps = json.loads(row["stamps"]) if row else {}
        editions = json.loads(row["editions"]) if row else {}
        due, state = True, State.LISTED
        if row:
            state = State(row["state"])
            before = stamps.get(paper.service.value)
            changed = before != paper.stamp if before is not None else False
            held = Form(row["form"]) if row["form"] else None
            better = held is not None and any(
                edition.form is not None and rank(edition.form) < rank(held) for edition in paper.editions
            )
            due = bool(row["due"]) or changed or not paper.stamp or better or state is State.WITHDRAWN
        stamps[paper.service.value] = paper.stamp
        editions[paper.service.value] = [(edition.url, edition.form) for edition in paper.editions]
        cases = paper.question_ids or (tuple(json.loads(row["cases"])) if row else ())
        values = (
            paper.title or (row["title"] if row else ""),
            str(paper.day) if paper.day else (row["day"] if row else None),
            str(paper.available) if paper.available else (row["available"] if row else None),
            json.dumps(cases), paper.key or (row["keyed"] if row else ""), json.dumps(stamps), json.dumps(editions),
            state.value, int(due),
        )  # fmt: skip
        if row:
            self._base.execute(
                "UPDATE papers SET title = ?, day = ?, available = ?, cases = ?, keyed = ?, stamps = ?, editions = ?,"
                " state = ?, due = ? WHERE id = ?",
                (*values, paper.id),
            )
        else:
            self._base.execute(
                "INSERT INTO papers (title, day, available, cases, keyed, stamps, editions, state, due, id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*values, paper.id),
            )

    def get(self, identifier: str) -> Known:
        """A paper by its identifier, which must be known."""
        return self._papers("id = ?", (identifier,))[0]

    def due(self, run: int) -> list[Known]:
        """The papers of a run that have to be asked for, by date."""
        return self._papers("due AND id IN (SELECT paper FROM members WHERE run = ?)", (run,))

    def troubled(self, since: date) -> list[Known]:
        """The papers that failed, or of which a better edition failed, since that day or later."""
        return self._papers("due AND troubled >= ?", (str(since),))

    def awaiting_xml(self, since: date, before: date) -> list[Known]:
        """The definitive papers of that day or later without official XML that were not asked for since `before`."""
        return self._papers(
            "state = 'received' AND form != 'xml' AND id GLOB '[ak][hv]-[te]k-*' AND day >= ? AND tried < ?",
            (str(since), str(before)),
        )

    def received_between(self, column: str, first: date, last: date) -> list[Known]:
        """The papers that we have, with the date of a column ("day" or "available") in a period."""
        return self._papers(f"state = 'received' AND {column} BETWEEN ? AND ?", (str(first), str(last)))

    def members(self, run: int) -> set[str]:
        """The identifiers of the papers that a run listed so far."""
        return {row[0] for row in self._base.execute("SELECT paper FROM members WHERE run = ?", (run,))}

    def by_key(self, key: str) -> list[Known]:
        """The papers that a service calls by a key."""
        return self._papers("keyed = ?", (key,))

    def same_case(self, paper: Known) -> list[Known]:
        """The other papers of the same day about the same question."""
        if not paper.day:
            return []
        others = self._papers("day = ? AND id != ?", (str(paper.day), paper.id))
        return [other for other in others if set(other.question_ids) & set(paper.question_ids)]

    def unread(self, reader: str) -> list[Known]:
        """The papers that we have, that no index took in as they are now, and that this `reader` did not refuse."""
        return self._papers("state = 'received' AND coalesce(read_hash, '') NOT IN (hash, hash || ' ' || ?)", (reader,))

    def obsolete(self) -> list[Known]:
        """The papers that an index took in, that are withdrawn or replaced, and that no other paper stands for."""
        return self._papers(
            "state IN ('withdrawn', 'replaced') AND coalesce(read_as, '') != '' AND NOT EXISTS "
            "(SELECT 1 FROM papers AS other WHERE other.state = 'received' AND other.read_as = papers.read_as)",
            (),
        )

    def is_read_as(self, identifier: str) -> bool:
        """Whether an index holds a paper that we have under that identifier."""
        return bool(self._papers("state = 'received' AND read_as = ?", (identifier,)))

    def set_received(
        self, identifier: str, form: Form, url: str, validators: Validators, digest: str, file: str, *, due: bool
    ) -> None:
        """A paper came. `due`: whether a better edition of it is still to be asked for."""
        now = _now()
        self._base.execute(
            "UPDATE papers SET state = 'received', due = ?, form = ?, url = ?, etag = ?, modified = ?, hash = ?,"
            " file = ?, received = ?, tried = ?, reason = NULL,"
            " troubled = CASE WHEN ? THEN coalesce(troubled, ?) END WHERE id = ?",
            (
                int(due), form.value, url, validators.etag, validators.modified, digest, file, now.isoformat(),
                self._today, int(due), self._today, identifier,
            ),
        )  # fmt: skip

    def set_same(self, identifier: str) -> None:
        """A paper was asked for, and what we have is still the same."""
        self._base.execute(
            "UPDATE papers SET state = 'received', due = 0, tried = ?, reason = NULL, troubled = NULL WHERE id = ?",
            (self._today, identifier),
        )

    def set_failed(self, identifier: str, reason: str) -> None:
        """A paper did not come; what we have of it stays."""
        self._base.execute(
            "UPDATE papers SET state = CASE WHEN hash IS NULL THEN 'failed' ELSE state END, due = 1, reason = ?,"
            " tried = ?, troubled = coalesce(troubled, ?) WHERE id = ?",
            (reason, self._today, self._today, identifier),
        )

    def set_gone(self, identifier: str, state: State, file: str) -> None:
        """A paper was withdrawn or replaced; `file` is where what we had of it is now."""
        self._base.execute(
            "UPDATE papers SET state = ?, due = 0, file = ? WHERE id = ?", (state.value, file, identifier)
        )

    def set_read(self, identifier: str, read_as: str, digest: str) -> None:
        """An index took a paper in under an identifier; "" when it took it out again."""
        self._base.execute("UPDATE papers SET read_as = ?, read_hash = ? WHERE id = ?", (read_as, digest, identifier))

    def forget_reading(self) -> None:
        """No index holds anything of this archive any more."""
        self._base.execute("UPDATE papers SET read_as = '', read_hash = ''")

    def _papers(self, condition: str, values: tuple[object, ...]) -> list[Known]:
        rows = self._base.execute(f"SELECT * FROM papers WHERE {condition} ORDER BY day, id", values)
        return [known(row) for row in rows.fetchall()]


def _now() -> datetime:
    return datetime.now(UTC)
