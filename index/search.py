"""A query with its filters to ranked hits: the index as everything after it sees it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt

from corpus.records import Paper, PaperKind, Passage
from index import generation as generations
from index import matching
from index.abbreviations import meanings
from index.candidates import Candidates, gather
from index.dense import DenseIndex
from index.embedder import DeferredEmbedder, Embedder, Vectors, embedded_text, load
from index.errors import IndexUnusable, ModelMismatch
from index.fusion import BLEND, Blend
from index.generation import Manifest
from index.lexical import LexicalIndex
from index.places import Group, Places
from index.records import Filters, Hit
from index.reranker import READ
from index.second_look import DEPTH, adjusting, sensed
from index.senses import Senses, Stretches, matches, stretches
from index.store import PaperHeader, Store, Totals
from index.understanding import Clue, ClueKind, Names, taken_as_filters, understand, without_clues

MAX_QUERY_CHARACTERS = 2_000
"""Characters of a query that are looked at; a model reads fewer, and words beyond them add little."""

CANDIDATES = 200
"""Passages of each kind, vectors and words, that are brought together at least."""

EVERYTHING = Filters()
"""The filters that let everything through."""

CACHED_QUERIES = 256
"""Vectors of queries that are kept in memory."""

CACHED_CLUES = 256
"""Sets of papers that clues mean and that are kept in memory."""

Item = TypeVar("Item")
Result = TypeVar("Result")

SEVERAL = 4
"""Things that are looked up at a time for one text: half of each is spent outside of Python."""

ASIDE = 16
"""Vectors of queries that may be in the making at a time; the others wait."""

CACHED_PAPERS = 256
"""Whole papers that are kept in memory."""


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds. `kinds`: papers by kind; `answers`: exchanges with an answer.

    `first`, `last`: days of the earliest and latest answer, None without any. `updated`: when the
    generation was written, UTC, ISO 8601. `fictitious`: how many papers call themselves FICTIEF.
    """

    papers: int
    kinds: dict[PaperKind, int]
    exchanges: int
    answers: int
    passages: int
    first: date | None
    last: date | None
    fictitious: int
    model: str
    dimension: int
    kind: str
    generation: int
    updated: str


class _Snapshot:
    """The files of one generation, opened."""

    def __init__(self, directory: Path, store: Callable[[], Store]) -> None:
        self.manifest: Manifest = generations.open_manifest(directory)
        place = generations.folder(directory, self.manifest.generation)
        self.places = Places.open(place / generations.PASSAGES)
        self.dense = DenseIndex.open(
            place / generations.VECTORS, probes=self.manifest.probes, closer=partial(self._kept, store)
        )
        self.lexical = LexicalIndex.open(place / generations.WORDS)
        gone = self.manifest.gone
        lengths = {len(self.places.table) - gone, len(self.dense) - gone, len(self.lexical), self.manifest.passages}
        if len(lengths) != 1:
            raise IndexUnusable(f"the files of {place} differ in length ({sorted(lengths)}); {generations.REBUILD}")
        self.papers: OrderedDict[str, Paper] = OrderedDict()
        self.lock = threading.Lock()
        self.menus: dict[str, list[tuple[str, int]]] = {}
        self.meant: dict[Filters, set[int]] = {}
        self.clues: dict[str, tuple[Clue, ...]] = {}
        self.backgrounds: dict[str, tuple[float, float]] = {}
        self.names: Names | None = None
        self.visible: frozenset[int] | None = None
        self.status: Status | None = None

    def _kept(self, store: Callable[[], Store], places: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.bool_], Vectors]:
        rows = self.places.table["passage"][places].tolist()
        return store().vectors_of(self.manifest.model, rows, dimension=self.manifest.dimension)


class Index:
    """An index opened for reading; safe to use from many threads, and while another process writes."""

    def __init__(
        self,
        directory: Path,
        embedder: Embedder,
        store: Store,
        snapshot: _Snapshot,
        reranker: Callable[[str, Sequence[Hit]], list[Hit]] | None = None,
    ) -> None:
        self.directory = directory
        self.embedder = embedder
        # Answers and open questions are looked for with the same words.
        self._looked_at = lru_cache(maxsize=CACHED_QUERIES)(embedder.query_looked_at)
        self._store = store
        self._snapshot = snapshot
        self._reranker = reranker
        # The vector of a question is made while its words are looked for.
        self._aside = ThreadPoolExecutor(ASIDE, thread_name_prefix="vectors")
        # Kept, because each thread has its own connection to the store.
        self._several = ThreadPoolExecutor(SEVERAL, thread_name_prefix="several")

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        embedder: Embedder | None = None,
        reranker: Callable[[str, Sequence[Hit]], list[Hit]] | None = None,
        deferred: bool = False,
    ) -> Index:
        """Open the index of a data folder.

        `embedder`: None for the model that it was made with. `reranker`: what puts the first hits of a search in a
        new order, such as `index.reranker.load` gives; None to leave them as they are. `deferred`: load the model of
        the index only when something is searched for.

        Raises:
            IndexMissing: nothing was ingested there.
            IndexUnusable: files are missing, altered, or of another format.
            ModelMismatch: the index was made with another model than `embedder`.
            UnknownModel: the model that it was made with cannot be loaded.
        """
        store = cache(lambda: Store(directory / generations.STORE))
        snapshot = _open(directory, store)
        made_with = snapshot.manifest.model
        if embedder is not None and embedder.name != made_with:
            raise ModelMismatch(made_with, embedder.name)
        if embedder is None:
            dimension = snapshot.manifest.dimension
            embedder = DeferredEmbedder(made_with, dimension) if deferred else load(made_with)
        if embedder.dimension != snapshot.manifest.dimension:
            raise IndexUnusable(
                f"the model {made_with!r} gives vectors of {embedder.dimension} numbers, and the index in {directory} "
                f"has {snapshot.manifest.dimension}; {generations.REBUILD}"
            )
        return cls(directory, embedder, store(), snapshot, reranker)

    def refresh(self) -> bool:
        """Go on with a newer generation if there is one; whether there was.

        Raises IndexUnusable and ModelMismatch as `open` does; the generation in use then stays.
        """
        if generations.current(self.directory) == self._snapshot.manifest.generation:
            return False
        snapshot = _open(self.directory, lambda: self._store)
        if snapshot.manifest.model != self.embedder.name:
            raise ModelMismatch(snapshot.manifest.model, self.embedder.name)
        self._snapshot = snapshot
        return True

    def close(self) -> None:
        """Let go of the store."""
        self._several.shutdown(cancel_futures=True)
        self._aside.shutdown(cancel_futures=True)
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def search(
        self,
        query: str,
        *,
        filters: Filters = EVERYTHING,
        limit: int = 10,
        clues: Sequence[Clue] | None = None,
        blend: Blend = BLEND,
    ) -> list[Hit]:
        """The answers that bear on a query, one hit for each exchange, best first.

        Filters act before the ranking. A query without a letter or digit finds nothing. `clues`: None for those
        that `understood` finds in the query, empty to take its words for words only.
        """
        if self._reranker is None or blend != BLEND:
            return self._search(query, filters, limit, Group.ANSWER, clues, blend)
        return self._reranker(query, self._search(query, filters, max(limit, READ), Group.ANSWER, clues, blend))[:limit]

    def search_questions(
        self, query: str, *, filters: Filters = EVERYTHING, limit: int = 10, clues: Sequence[Clue] | None = None
    ) -> list[Hit]:
        """The questions not yet answered that bear on a query, one hit for each exchange, best first."""
        return self._search(query, filters, limit, Group.OPEN_QUESTION, clues, BLEND)

    def understood(self, query: str) -> tuple[Clue, ...]:
        """What a query says of who answered, which ministry, who asked, when and in which paper.

        Each is something that the index holds: a name that no paper has is no clue.
        """
        snapshot, query = self._snapshot, query[:MAX_QUERY_CHARACTERS]

        def clues() -> tuple[Clue, ...]:
            found = understand(query, self.names())
            return tuple(clue for clue in found if self._answering(snapshot, clue.filters))

        return _remembered(snapshot.clues, query, clues)

    def names(self) -> Names:
        """The names that papers have: of who answered, of ministries, and of parties whose members asked."""
        snapshot = self._snapshot
        if snapshot.names is None:
            snapshot.names = matching.names(self._store)
        return snapshot.names

    def _answering(self, snapshot: _Snapshot, filters: Filters) -> bool:
        """Whether any answer passes filters."""
        return bool(snapshot.places.allowed(Group.ANSWER, self._rows(snapshot, filters)).any())

    def _matching(self, snapshot: _Snapshot, filters: Filters) -> set[int] | None:
        generation = snapshot.manifest.generation

        def every() -> frozenset[int]:
            if snapshot.visible is None:
                snapshot.visible = matching.visible(self._store, generation=generation)
            return snapshot.visible

        return matching.matching(self._store, filters, generation=generation, every=every)

    def _rows(self, snapshot: _Snapshot, filters: Filters) -> set[int] | None:
        """Rows of the papers that pass filters; those of clues are kept, because questions come back to them."""
        rows = snapshot.meant.get(filters)
        if rows is None:
            rows = self._matching(snapshot, filters)
            if rows is not None:
                with snapshot.lock:
                    if len(snapshot.meant) >= CACHED_CLUES:
                        snapshot.meant.clear()
                    snapshot.meant[filters] = rows
        return rows

    def _search(
        self,
        query: str,
        filters: Filters,
        limit: int,
        group: Group,
        clues: Sequence[Clue] | None,
        blend: Blend,
    ) -> list[Hit]:
        query = query[:MAX_QUERY_CHARACTERS]
        if limit < 1 or not any(character.isalnum() for character in query):
            return []
        snapshot = self._snapshot
        clues = self.understood(query) if clues is None else clues
        filters = taken_as_filters(clues, filters)
        papers = self._matching(snapshot, filters)
        if papers is not None and not papers:
            return []
        meant: dict[ClueKind, set[int]] = {}
        for clue in clues if blend.clues else ():
            if not clue.sure:
                meant.setdefault(clue.kind, set()).update(self._rows(snapshot, clue.filters) or ())
        plain = without_clues(query, clues) if blend.clues else query
        looked = self._aside.submit(self._looked_at, plain)
        long, short = list[str](), list[str]()
        if blend.clues:
            generation = snapshot.manifest.generation
            long, short = meanings(
                query,
                partial(self._store.stands_for, generation=generation),
                partial(self._store.abbreviated, generation=generation),
            )
        if long:
            looked = self._aside.submit(self._looked_at, " ".join([plain, *(f"({form})" for form in long)]))
        candidates = gather(
            query,
            lambda: looked.result()[0],
            places=snapshot.places,
            dense=snapshot.dense,
            lexical=snapshot.lexical,
            group=group,
            papers=papers,
            limit=max(CANDIDATES, 4 * limit),
            meant=list(meant.values()),
            also=[*long, *short],
            blend=blend,
        )
        if not blend.text or group is not Group.ANSWER:
            return self._hits(snapshot, candidates, limit, None, None)
        return self._hits(snapshot, candidates, limit, query, looked.result()[1] if snapshot.manifest.senses else None)

    def _hits(
        self, snapshot: _Snapshot, found: Candidates, limit: int, query: str | None, asked: Senses | None
    ) -> list[Hit]:
        """The best of the candidates. `query`: None to take them in the order of their scores as they are; `asked`: its
        words, None where those of passages are not kept."""
        looked_at = limit if query is None else max(DEPTH, limit)
        chosen = {
            int(number): sorted(
                np.flatnonzero(found.owners == number).tolist(), key=lambda place: -found.ranking[place]
            )
            for number in np.argsort(-found.scores, kind="stable")[:looked_at]
        }
        table = snapshot.places.table
        rows = {place: int(table["passage"][found.places[place]]) for places in chosen.values() for place in places}
        texts = self._store.passages(list(rows.values()))
        adjustment = adjusting(query) if query is not None else None
        words = self._matches(snapshot, asked, list(rows.values())) if asked is not None else {}
        hits = []
        for number, places in chosen.items():
            # A reader two generations behind may look for a paper that was replaced and deleted meanwhile.
            passages = tuple(texts[rows[place]] for place in places if rows[place] in texts)
            if passages:
                match = max(words[rows[place]] for place in places) if words else None
                added = adjustment(passages) if adjustment else 0.0
                added += sensed(match) if match is not None else 0.0
                kept = tuple(rows[place] for place in places if rows[place] in texts)
                score = float(found.scores[number]) + snapshot.dense.spread * added
                hits.append((score, match, places, passages, kept))
        hits.sort(key=lambda hit: -hit[0])
        answers = self._store.answers(self._stands(snapshot, found, places) for _, _, places, *_ in hits[:limit])
        return [self._hit(found, *hit, answers=answers[self._stands(snapshot, found, hit[2])]) for hit in hits[:limit]]

    def _matches(self, snapshot: _Snapshot, asked: Senses, rows: Sequence[int]) -> dict[int, float]:
        """How well each passage, by its row, has the words of a question; {} where those of any are not kept."""
        kept = self._store.senses_of(snapshot.manifest.model, rows)
        if not rows or len(kept) < len(rows):
            return {}
        return dict(zip(rows, matches(asked, [kept[row] for row in rows]).tolist(), strict=True))

    def _stands(self, snapshot: _Snapshot, found: Candidates, places: Sequence[int]) -> tuple[int, int]:
        """The row of the paper and the position of the exchange that candidates' passages are of."""
        row = snapshot.places.table[found.places[places[0]]]
        return int(row["paper"]), int(row["exchange"])

    def _hit(
        self,
        found: Candidates,
        score: float,
        match: float | None,
        places: Sequence[int],
        passages: tuple[Passage, ...],
        rows: tuple[int, ...],
        *,
        answers: tuple[int, ...],
    ) -> Hit:
        best = passages[0]
        words = float(found.words[places].max())
        return Hit(
            paper=best.paper,
            exchange=best.exchange,
            answers=answers,
            score=score,
            dense=float(found.cosines[places].max()),
            lexical=words if words > 0 else None,
            sense=match,
            rows=rows,
            passages=passages,
        )

    def stretches(self, query: str, hits: Sequence[Hit]) -> dict[tuple[str, int], list[Stretches]]:
        """The passages of hits, to say of any stretch of them how well it has the words of a query in their sense.

        By paper and exchange; {} where the words of passages are not kept.
        """
        snapshot, query = self._snapshot, query[:MAX_QUERY_CHARACTERS]
        passages = {row: passage for hit in hits for row, passage in zip(hit.rows, hit.passages, strict=True)}
        if not passages or any(hit.sense is None for hit in hits):
            return {}
        asked = self._looked_at(without_clues(query, self.understood(query)))[1]
        packed = self._store.senses_of(snapshot.manifest.model, list(passages))
        if asked is None or len(packed) < len(passages):
            return {}
        headings = [len(embedded_text(passage)) - len(passage.text) for passage in passages.values()]
        found = dict(zip(passages, stretches(asked, [packed[row] for row in passages], headings), strict=True))
        return {(hit.paper, hit.exchange): [found[row] for row in hit.rows] for hit in hits}

    def passages_with_words(self, text: str, *, filters: Filters = EVERYTHING, limit: int = 50) -> list[Passage]:
        """The passages of answers that share most with a text by its words alone, no vectors, best first."""
        return self._with_words(text, Group.ANSWER, filters, limit)

    def questions_with_words(self, text: str, *, filters: Filters = EVERYTHING, limit: int = 50) -> list[Passage]:
        """The passages of questions not yet answered that share most with a text by its words alone, best first."""
        return self._with_words(text, Group.OPEN_QUESTION, filters, limit)

    def _with_words(self, text: str, group: Group, filters: Filters, limit: int) -> list[Passage]:
        snapshot = self._snapshot
        papers = self._matching(snapshot, filters)
        places, _ = snapshot.lexical.search(text[:MAX_QUERY_CHARACTERS], limit, group=group, papers=papers)
        rows = [int(row) for row in snapshot.places.table["passage"][places]]
        texts = self._store.passages(rows)
        return [texts[row] for row in rows if row in texts]

    def each(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """What `work` that looks things up here makes of each item, in their order; several are done at a time.

        `work` does not call this again: it would wait for itself.
        """
        return self._several.map(work, items)

    def rarities(self, text: str) -> dict[str, float]:
        """The words of a text as they are compared, each with its inverse document frequency (BM25's)."""
        return self._snapshot.lexical.rarities(text[:MAX_QUERY_CHARACTERS])

    def background(self, query: str) -> tuple[float, float]:
        """Mean and standard deviation of the cosines of a query with passages at large: how near is near here.

        The query is compared as `search` compares it, with the names and days that its clues rest on taken out.
        """
        snapshot, query = self._snapshot, query[:MAX_QUERY_CHARACTERS]

        def compared() -> tuple[float, float]:
            return snapshot.dense.background(self._looked_at(without_clues(query, self.understood(query)))[0])

        return _remembered(snapshot.backgrounds, query, compared)

    def paper(self, identifier: str) -> Paper:
        """A paper, whole. Raises KeyError when the index has none of that identifier."""
        snapshot = self._snapshot
        with snapshot.lock:
            if identifier in snapshot.papers:
                snapshot.papers.move_to_end(identifier)
                return snapshot.papers[identifier]
        paper = self._store.paper(identifier, generation=snapshot.manifest.generation)
        if paper is None:
            raise KeyError(f"{identifier!r} is not in the index")
        with snapshot.lock:
            snapshot.papers[identifier] = paper
            if len(snapshot.papers) > CACHED_PAPERS:
                snapshot.papers.popitem(last=False)
        return paper

    def papers(self, filters: Filters = EVERYTHING) -> Iterator[PaperHeader]:
        """The headers of the papers that pass the filters, by identifier."""
        snapshot = self._snapshot
        generation, rows = snapshot.manifest.generation, self._matching(snapshot, filters)
        return self._store.papers(generation=generation, rows=rows)

    def ministers(self) -> list[tuple[str, int]]:
        """Names of those who answered, each with the number of answers in their papers; most first."""
        return self._menu("ministers")

    def ministries(self) -> list[tuple[str, int]]:
        """Ministries that answered, each with the number of answers in their papers; most first."""
        return self._menu("ministries")

    def parties(self) -> list[tuple[str, int]]:
        """Parties whose members asked, each with the number of answers in those papers; most first."""
        return self._menu("parties")

    def _menu(self, name: str) -> list[tuple[str, int]]:
        snapshot = self._snapshot
        if name not in snapshot.menus:
            counted = {"ministers": matching.ministers, "ministries": matching.ministries, "parties": matching.parties}
            snapshot.menus[name] = counted[name](self._store, generation=snapshot.manifest.generation)
        return list(snapshot.menus[name])

    def status(self) -> Status:
        """What the index holds."""
        snapshot = self._snapshot
        if snapshot.status is None:
            snapshot.status = _status(snapshot.manifest, self._store.totals(generation=snapshot.manifest.generation))
        return snapshot.status


Found = TypeVar("Found", tuple[Clue, ...], tuple[float, float])


def _remembered(known: dict[str, Found], query: str, find: Callable[[], Found]) -> Found:
    """What was found for a query, which is asked for several times on the way to one answer."""
    found = known.get(query)
    if found is None:
        found = find()
        if len(known) >= CACHED_QUERIES:
            known.clear()
        known[query] = found
    return found


def _open(directory: Path, store: Callable[[], Store]) -> _Snapshot:
    """The generation in use; once more when another process switched to a newer one meanwhile."""
    number = generations.current(directory)
    try:
        return _Snapshot(directory, store)
    except IndexUnusable:
        if generations.current(directory) == number:
            raise
        return _Snapshot(directory, store)


def _status(manifest: Manifest, totals: Totals) -> Status:
    return Status(
        papers=sum(totals.kinds.values()),
        kinds={kind: totals.kinds.get(kind, 0) for kind in PaperKind},
        exchanges=totals.exchanges,
        answers=totals.answers,
        passages=manifest.passages,
        first=totals.first,
        last=totals.last,
        fictitious=totals.fictitious,
        model=manifest.model,
        dimension=manifest.dimension,
        kind=manifest.kind,
        generation=manifest.generation,
        updated=manifest.written,
    )
