"""Papers, passages and embeddings in SQLite: the source of truth, from which all else can be made again.

What a reader sees is tied to a generation of the index: writers add and retire rows for the generation
to come, and readers of the one before see none of it until they move on.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.folding import fold
from corpus.records import Member, Official, Paper, PaperKind, Part, Passage
from index import bytevectors, codec, schema
from index.abbreviations import definitions

VISIBLE = "since <= :generation AND (until IS NULL OR until > :generation)"
"""SQL: the rows of `papers` that belong to a generation."""


# Two orders of reading: all passages one after the other, or first the few papers that are new.
_ALL = "passages CROSS JOIN papers ON papers.row = paper"
_LATER = "papers CROSS JOIN passages ON passages.paper = papers.row"

SOUGHT = "(part = 'antwoord' OR papers.kind IN ('vraag', 'uitstel'))"
"""SQL: the passages that are embedded and found. A question that was answered is not: its answer is, with
the question in its heading, and its own vector beside that did not bring the right answer further up."""


class Put(Enum):
    """What `Store.put` did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PaperHeader:
    """What stands at the head of a paper, without its text.

    `speakers`: all who answer anywhere in it. `exchanges`, `answers`: how many there are.
    """

    id: str
    kind: PaperKind
    subject: str
    number: int | None
    session_year: str | None
    asked: date | None
    answered: date | None
    fictitious: bool
    speakers: tuple[Official, ...]
    askers: tuple[Member, ...]
    exchanges: int
    answers: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a generation holds: papers by kind, exchanges, those with an answer, the days of the first and the last
    answer, and how many papers call themselves FICTIEF."""

    kinds: dict[PaperKind, int]
    exchanges: int
    answers: int
    first: date | None
    last: date | None
    fictitious: int


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a passage of a generation stands: numbers of its row, its paper's row, its exchange; and its side."""

    row: int
    paper: int
    exchange: int
    part: Part


class Store:
    """The SQLite file of a data folder. Reading is safe from many threads, each with its own connection.

    Raises IndexUnusable when the file is damaged or has another format.
    """

    def __init__(self, file: Path, *, create: bool = False) -> None:
        self._file = file
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._open(create=create)

    def _open(self, *, create: bool) -> sqlite3.Connection:
        connection = schema.connect(self._file, create=create)
        self._local.connection = connection
        with self._lock:
            self._connections.append(connection)
        return connection

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        return found or self._open(create=False)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing of what is written inside."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    @property
    def model(self) -> str | None:
        """Name of the embedding model of this data folder; None before the first ingest."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = 'model'").fetchone()
        return row[0] if row else None

    def set_model(self, name: str) -> None:
        """Remember the embedding model."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES ('model', ?)", (name,))

    def drop_other_embeddings(self, model: str) -> None:
        """Delete the embeddings of every other model."""
        for table in ("embeddings", "senses"):
            self.connection.execute(f"DELETE FROM {table} WHERE model <> ?", (self._number(model),))

    def make_room(self) -> None:
        """Make the tables that a store of an earlier version of this format lacks."""
        self.connection.execute(schema.SENSES)

    def _number(self, model: str) -> int:
        """The number by which a model's embeddings are kept; -1 when there are none."""
        row = self.connection.execute("SELECT number FROM models WHERE name = ?", (model,)).fetchone()
        return int(row[0]) if row else -1

    def settle(self) -> None:
        """Wait until all that was written is on the disk, so that what is switched to next can build on it."""
        for file in (self._file, self._file.with_name(f"{self._file.name}-wal")):
            if file.exists():
                with file.open("rb") as stream:
                    os.fsync(stream.fileno())

    def put(self, paper: Paper, passages: Sequence[Passage], *, generation: int) -> Put:
        """Add a paper, or replace the one of the same identifier if anything in it changed, all or nothing.

        `generation`: the first one in which it is seen.
        """
        strangers = {passage.paper for passage in passages} - {paper.id}
        if strangers:
            raise ValueError(f"passages of {sorted(strangers)} were given with paper {paper.id!r}; give its own only")
        record = codec.encode(paper)
        digest = hashlib.sha256(record + repr(passages).encode("utf-8", "backslashreplace")).hexdigest()
        known = self.connection.execute(
            "SELECT row, hash FROM papers WHERE id = ? AND until IS NULL", (paper.id,)
        ).fetchone()
        if known and known[1] == digest:
            return Put.UNCHANGED
        with self.transaction():
            if known:
                self._retire(known[0], generation)
            self._insert(paper, passages, generation, digest, record)
        return Put.REPLACED if known else Put.ADDED

    def _retire(self, row: int, generation: int) -> None:
        self.connection.execute("DELETE FROM papers WHERE row = ? AND since >= ?", (row, generation))
        self.connection.execute("UPDATE papers SET until = ? WHERE row = ?", (generation, row))

    def _insert(self, paper: Paper, passages: Sequence[Passage], generation: int, digest: str, record: bytes) -> None:
        write = self.connection
        row = write.execute(
            "INSERT INTO papers (id, since, kind, subject, number, session_year, asked, answered, fictitious, hash,"
            " record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                paper.id,
                generation,
                paper.kind.value,
                paper.subject,
                paper.number,
                paper.session_year,
                paper.asked.isoformat() if paper.asked else None,
                paper.answered.isoformat() if paper.answered else None,
                paper.fictitious,
                digest,
                record,
            ),
        ).lastrowid
        write.executemany(
            "INSERT INTO exchanges VALUES (?, ?, ?, ?, ?)",
            [
                (row, position, json.dumps(exchange.answers), exchange.kind.value, bool(exchange.answer))
                for position, exchange in enumerate(paper.exchanges)
            ],
        )
        speakers = [*paper.speakers, *(official for exchange in paper.exchanges for official in exchange.speakers)]
        officials = [(official, True) for official in dict.fromkeys(speakers)]
        officials += [(official, False) for official in dict.fromkeys(paper.addressees)]
        write.executemany(
            "INSERT INTO officials VALUES (?, ?, ?, ?, ?, ?)",
            [
                (row, official.name, official.office, official.ministry, bordered(official.name), answers)
                for official, answers in officials
            ],
        )
        write.executemany(
            "INSERT INTO members VALUES (?, ?, ?, ?)",
            [(row, member.name, member.party, bordered(member.party)) for member in paper.askers],
        )
        write.executemany(
            "INSERT INTO abbreviations VALUES (?, ?, ?, ?, ?)",
            [(row, short, long, fold(short), fold(long)) for short, long in _introduced(paper)],
        )
        write.executemany(
            "INSERT INTO passages (paper, exchange, part, start, end, heading, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (row, passage.exchange, passage.part.value, passage.start, passage.end, passage.heading, passage.text)
                for passage in passages
            ],
        )

    def remove(self, ids: Iterable[str], *, generation: int) -> list[str]:
        """Take papers out from `generation` on; the identifiers that were there, in the order given."""
        removed = []
        with self.transaction() as write:
            for identifier in dict.fromkeys(ids):
                query = "SELECT row FROM papers WHERE id = ? AND until IS NULL"
                for (row,) in write.execute(query, (identifier,)).fetchall():
                    self._retire(row, generation)
                    removed.append(identifier)
        return removed

    def purge(self, generation: int) -> None:
        """Delete what nobody sees any more who reads `generation` or the one that came right before."""
        with self.transaction() as write:
            write.execute("DELETE FROM papers WHERE until < ?", (generation,))

    def latest(self) -> int:
        """The last generation for which anything was written; 0 for none."""
        (latest,) = self.connection.execute("SELECT max(max(since), max(coalesce(until, 0))) FROM papers").fetchone()
        return int(latest or 0)

    def paper(self, identifier: str, *, generation: int) -> Paper | None:
        """A paper as it was put, whole; None when the generation has none of that identifier."""
        row = self.connection.execute(
            f"SELECT record FROM papers WHERE id = :id AND {VISIBLE} ORDER BY row DESC",
            {"id": identifier, "generation": generation},
        ).fetchone()
        return codec.decode(row[0]) if row else None

    def papers(self, *, generation: int, rows: set[int] | None = None) -> Iterator[PaperHeader]:
        """The headers of the papers in `rows`, by identifier; None for all papers."""
        wanted = "" if rows is None else " AND papers.row IN (SELECT value FROM json_each(:rows))"
        seen = {"generation": generation, "rows": json.dumps(sorted(rows or ()))}
        speakers: dict[int, list[Official]] = {}
        query = "SELECT paper, name, office, ministry FROM officials JOIN papers ON row = paper"
        for row, *official in self.connection.execute(
            f"{query} WHERE answers AND {VISIBLE}{wanted} ORDER BY officials.rowid", seen
        ):
            speakers.setdefault(row, []).append(Official(*official))
        askers: dict[int, list[Member]] = {}
        query = f"SELECT paper, name, party FROM members JOIN papers ON row = paper WHERE {VISIBLE}{wanted}"
        for row, *member in self.connection.execute(f"{query} ORDER BY members.rowid", seen):
            askers.setdefault(row, []).append(Member(*member))
        for row, identifier, kind, subject, number, session_year, asked, answered, *counts in self.connection.execute(
            "SELECT row, id, papers.kind, subject, number, session_year, asked, papers.answered, fictitious,"
            " count(position), coalesce(sum(exchanges.answered), 0)"
            f" FROM papers LEFT JOIN exchanges ON paper = row WHERE {VISIBLE}{wanted} GROUP BY row ORDER BY id",
            seen,
        ):
            fictitious, exchanges, answers = counts
            yield PaperHeader(
                id=identifier,
                kind=PaperKind(kind),
                subject=subject,
                number=number,
                session_year=session_year,
                asked=date.fromisoformat(asked) if asked else None,
                answered=date.fromisoformat(answered) if answered else None,
                fictitious=bool(fictitious),
                speakers=tuple(speakers.get(row, ())),
                askers=tuple(askers.get(row, ())),
                exchanges=exchanges,
                answers=answers,
            )

    def totals(self, *, generation: int) -> Totals:
        """How much a generation holds."""
        seen = {"generation": generation}
        by_kind = f"SELECT kind, count(*), sum(fictitious) FROM papers WHERE {VISIBLE} GROUP BY kind"
        kinds = list(self.connection.execute(by_kind, seen))
        exchanges, answers = self.connection.execute(
            "SELECT count(*), coalesce(sum(answered), 0) FROM exchanges"
            f" WHERE paper IN (SELECT row FROM papers WHERE {VISIBLE})",
            seen,
        ).fetchone()
        first, last = self.connection.execute(
            f"SELECT min(answered), max(answered) FROM papers WHERE {VISIBLE}"
            " AND EXISTS (SELECT 1 FROM exchanges WHERE paper = papers.row AND exchanges.answered)",
            seen,
        ).fetchone()
        return Totals(
            kinds={PaperKind(kind): count for kind, count, _ in kinds},
            exchanges=exchanges,
            answers=answers,
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
            fictitious=sum(fictitious for *_, fictitious in kinds),
        )

    def count(self, *, generation: int) -> int:
        """How many papers a generation has."""
        query = f"SELECT count(*) FROM papers WHERE {VISIBLE}"
        return int(self.connection.execute(query, {"generation": generation}).fetchone()[0])

    def stored(self, *, generation: int, after: int = 0) -> list[Stored]:
        """The passages of a generation that can be found, ascending by row.

        `after`: only those of papers that were not there yet in this earlier generation.
        """
        rows = self.connection.execute(
            f"SELECT passages.row, passages.paper, exchange, part FROM {_LATER if after else _ALL}"
            f" WHERE {VISIBLE} AND since > :after AND {SOUGHT} ORDER BY passages.row",
            {"generation": generation, "after": after},
        )
        return [Stored(row, paper, exchange, Part(part)) for row, paper, exchange, part in rows]

    def ended(self, *, generation: int, after: int) -> list[int]:
        """Rows of the papers of the earlier generation `after` that `generation` has no more; ascending."""
        rows = self.connection.execute(
            "SELECT row FROM papers WHERE until > :after AND until <= :generation AND since <= :after ORDER BY row",
            {"generation": generation, "after": after},
        )
        return [row for (row,) in rows]

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Passages by their rows; rows that are gone are left out."""
        found = {}
        for start in range(0, len(rows), 500):
            some = [int(row) for row in rows[start : start + 500]]
            for row, *values in self.connection.execute(
                "SELECT passages.row, papers.id, exchange, part, start, end, heading, text FROM passages"
                f" JOIN papers ON papers.row = paper WHERE passages.row IN ({','.join('?' * len(some))})",
                some,
            ):
                paper, exchange, part, first, last, heading, text = values
                found[row] = Passage(paper, exchange, Part(part), first, last, heading, text)
        return found

    def answers(self, exchanges: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, ...]]:
        """The numbers of the questions that exchanges answer; an exchange is a paper's row and its position there."""
        query = "SELECT answers FROM exchanges WHERE paper = ? AND position = ?"
        return {
            each: tuple(json.loads(answers))
            for each in exchanges
            for (answers,) in self.connection.execute(query, each)
        }

    def stands_for(self, shorts: Sequence[str], *, generation: int) -> dict[str, str]:
        """Folded abbreviations that papers introduce, each with the long form that most of them give it."""
        return self._introduced("folded_short", "long", shorts, generation)

    def abbreviated(self, longs: Sequence[str], *, generation: int) -> dict[str, str]:
        """Folded long forms that papers abbreviate, each with the short form that most of them give it."""
        return self._introduced("folded_long", "short", longs, generation)

    def _introduced(self, key: str, value: str, wanted: Sequence[str], generation: int) -> dict[str, str]:
        rows = self.connection.execute(
            f"SELECT {key}, {value} FROM abbreviations JOIN papers ON papers.row = paper"
            f" WHERE {key} IN ({','.join('?' * len(wanted))}) AND {VISIBLE.replace(':generation', str(generation))}"
            f" GROUP BY {key}, {value} ORDER BY count(DISTINCT paper), {value}",
            list(wanted),
        )
        return dict(rows.fetchall())

    def unembedded(self, model: str, *, after: int = 0, senses: bool = False) -> list[int]:
        """Rows of passages that can be found, now or in the next generation, and lack a model's vector; ascending.

        `after`: a generation whose passages all have their vectors, so that only later ones are looked at. `senses`:
        or lack their words.
        """
        joined, lacking = "", "embeddings.vector IS NULL"
        if senses:
            joined = " LEFT JOIN senses ON senses.passage = passages.row AND senses.model = :model"
            lacking = "(embeddings.vector IS NULL OR senses.words IS NULL)"
        rows = self.connection.execute(
            f"SELECT passages.row FROM {_LATER if after else _ALL}"
            f" LEFT JOIN embeddings ON embeddings.passage = passages.row AND embeddings.model = :model{joined}"
            f" WHERE {lacking} AND until IS NULL AND since > :after AND {SOUGHT} ORDER BY passages.row",
            {"model": self._number(model), "after": after},
        )
        return [row for (row,) in rows]

    def put_vectors(
        self, model: str, rows: Sequence[int], vectors: npt.NDArray[np.float32], senses: Sequence[bytes] = ()
    ) -> None:
        """Keep vectors, (n, dimension), rows of length 1, for n passages in one transaction; a byte a number.

        `senses`: the packed words of each of them, or none.
        """
        if len(rows) != len(vectors):
            raise ValueError(f"{len(rows)} passages and {len(vectors)} vectors do not go together; give one each")
        with self.transaction() as write:
            write.execute("INSERT OR IGNORE INTO models (name) VALUES (?)", (model,))
            number = self._number(model)
            write.executemany(
                "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)",
                [(row, number, packed) for row, packed in zip(rows, bytevectors.pack(vectors), strict=True)],
            )
            if senses:
                write.executemany(
                    "INSERT OR REPLACE INTO senses VALUES (?, ?, ?)",
                    [(row, number, words) for row, words in zip(rows, senses, strict=True)],
                )

    def sought(self) -> int:
        """How many passages can be found, now or in the next generation."""
        query = f"SELECT count(*) FROM {_ALL} WHERE until IS NULL AND {SOUGHT}"
        return int(self.connection.execute(query).fetchone()[0])

    def drop_senses(self) -> None:
        """Forget the words of all passages."""
        self.connection.execute("DELETE FROM senses")

    def knows_senses(self, model: str, *, generation: int) -> bool:
        """Whether all passages of a generation that can be found have their words, and there are any."""
        if not self.connection.execute("SELECT 1 FROM senses LIMIT 1").fetchone():
            return False
        lacking = self.connection.execute(
            f"SELECT 1 FROM {_ALL} LEFT JOIN senses ON senses.passage = passages.row AND senses.model = :model"
            f" WHERE senses.words IS NULL AND {VISIBLE} AND {SOUGHT} LIMIT 1",
            {"model": self._number(model), "generation": generation},
        )
        return lacking.fetchone() is None

    def senses_of(self, model: str, rows: Sequence[int]) -> dict[int, bytes]:
        """The packed words of passages by their rows; those without are left out."""
        found: dict[int, bytes] = {}
        number = self._number(model)
        for start in range(0, len(rows), 500):
            some = ",".join(str(int(row)) for row in rows[start : start + 500])
            query = f"SELECT passage, words FROM senses WHERE passage IN ({some}) AND model = ?"
            found.update(self.connection.execute(query, (number,)))
        return found

    def vectors_of(
        self, model: str, rows: Sequence[int], *, dimension: int
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float32]]:
        """Which of the passages' rows, each given once, have a vector, and the vectors of those that have, in order."""
        number = self._number(model)
        found: dict[int, bytes] = {}
        for start in range(0, len(rows), 500):
            some = ",".join(str(int(row)) for row in rows[start : start + 500])
            query = f"SELECT passage, vector FROM embeddings WHERE passage IN ({some}) AND model = ?"
            found.update(self.connection.execute(query, (number,)))
        known = np.array([int(row) in found for row in rows], dtype=np.bool_)
        kept = bytevectors.unpack((found[int(row)] for row in rows if int(row) in found), dimension)
        return known, kept

    def vectors(
        self, model: str, *, generation: int, dimension: int, after: int = 0
    ) -> Iterator[npt.NDArray[np.float32]]:
        """The vectors of a generation's passages, ascending by passage row, in blocks of (n, dimension).

        `after`: as in `stored`.
        """
        rows = self.connection.execute(
            f"SELECT vector FROM {_LATER if after else _ALL} JOIN embeddings ON passage = passages.row"
            f" WHERE model = :model AND {VISIBLE} AND since > :after AND {SOUGHT} ORDER BY passages.row",
            {"model": self._number(model), "generation": generation, "after": after},
        )
        while block := rows.fetchmany(4096):
            yield bytevectors.unpack((vector for (vector,) in block), dimension)

    def questions(self, limit: int) -> list[str]:
        """Questions of answered exchanges, spread over the papers; at most so many."""
        (last,) = self.connection.execute("SELECT coalesce(max(row), 0) FROM passages").fetchone()
        rows = np.linspace(1, max(last, 1), num=8 * limit).astype(int)
        marks = ",".join(map(str, sorted(set(rows.tolist()))))
        found = self.connection.execute(
            f"SELECT text FROM passages WHERE row IN ({marks}) AND part = 'vraag' LIMIT ?", (limit,)
        )
        return [text for (text,) in found]


def _introduced(paper: Paper) -> list[tuple[str, str]]:
    """The abbreviations of a paper, each with its long form once."""
    texts = (text for exchange in paper.exchanges for text in (exchange.question, exchange.answer))
    return list(dict.fromkeys(pair for text in texts for pair in definitions(text)))


def bordered(name: str) -> str:
    """A name folded, with a space on either side, so that whole words are found by LIKE '% word %'."""
    return f" {fold(name)} "
