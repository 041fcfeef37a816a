"""Words and where they occur: BM25 by tantivy over words that `index.analysis` made."""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Document, Occur, Query

from index.analysis import plain_words, words
from index.compounds import expansions
from index.errors import IndexUnusable

Places = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

SATURATION = 1.2
"""BM25's k1 as tantivy has it: a word that stands in a passage ever more often counts up to 1 + k1 times."""

EXPANDED = 0.5
"""What a part of a compound, or a compound made of two words, counts of what a word of the query itself does."""

MOST_WORDS = 200
"""Different words of a query that are looked for; those of a longer one that come after are left out."""

COMMON = 0.1
"""Share of all passages from which on the best are looked for among all, and then those that pass kept."""

KNOWN_WORDS = 65_536
"""Words whose frequency is remembered."""
WRITER_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as words see it. `group` and `paper` are numbers by which a search can be narrowed."""

    group: int
    paper: int
    heading: str
    text: str


class LexicalIndex:
    """The words of all passages. Its places count from 0, as entries were given. Safe to read from many threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = searcher = index.searcher()
        # One question looks for its words several times, and for the parts that they may be made of.
        self._frequency = lru_cache(maxsize=KNOWN_WORDS)(lambda word: int(searcher.doc_freq("words", word)))

    @staticmethod
    def write(folder: Path, entries: Iterable[Entry]) -> int:
        """Write entries into a new folder; how many there were."""
        folder.mkdir(parents=True)
        index = tantivy.Index(_schema(), path=str(folder))
        return _written(folder, index, entries, first=0, gone=())

    @staticmethod
    def extend(source: Path, folder: Path, entries: Iterable[Entry], *, first: int, gone: Collection[int]) -> int:
        """Write the words of one folder into a new one, without the papers `gone` and with further entries.

        `first`: place of the first further entry. What stays the same is linked rather than copied; files of
        such an index are never changed. The number of further entries.
        """
        folder.mkdir(parents=True)
        for file in source.iterdir():
            try:
                os.link(file, folder / file.name)
            except OSError:
                shutil.copyfile(file, folder / file.name)
        return _written(folder, tantivy.Index.open(str(folder)), entries, first=first, gone=gone)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open a folder that `write` made. Raises IndexUnusable when it is none."""
        try:
            return cls(tantivy.Index.open(str(folder)))
        except (ValueError, OSError) as error:
            raise IndexUnusable(f"{folder} holds no words ({error}); run `kamerantwoord ingest --rebuild`") from error

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self,
        query: str,
        limit: int,
        *,
        group: int,
        papers: Collection[int] | None = None,
        allowed: npt.NDArray[np.bool_] | None = None,
        also: Sequence[str] = (),
    ) -> tuple[Places, Scores]:
        """Places of one group, and of these papers (None for all), best first, with their BM25 scores.

        Any text may be a query: its words are looked for, and nothing in it is an operator. `allowed`: marks
        of the places that group and papers let through, by which most searches can be made quicker. `also`: other
        texts for the same, whose words count less.
        """
        wanted = _wanted(query)
        if not wanted or limit < 1 or (papers is not None and not papers):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        terms = [(Occur.Should, Query.term_query(self._schema, "words", word, "freq")) for word in wanted]
        known = plain_words(query)[:MOST_WORDS]
        further = [*expansions(known, self._frequency), *words(" ".join(also))]
        for word in dict.fromkeys(word for word in further if word not in wanted):
            term = Query.term_query(self._schema, "words", word, "freq")
            terms.append((Occur.Should, Query.boost_query(term, EXPANDED)))
        said = Query.boolean_query(terms)
        share = float(np.count_nonzero(allowed)) / max(len(allowed), 1) if allowed is not None else 0.0
        if allowed is not None and share >= COMMON:
            # The best of all are found by skipping most of them, which no further condition allows; that more
            # than `limit` of them pass makes their order that of a search with the filter.
            reach = math.ceil(1.2 * limit / share) + 10
            places, scores = self._best(said, reach)
            passed = allowed[places]
            if len(places) < reach or np.count_nonzero(passed) >= limit:
                return places[passed][:limit], scores[passed][:limit]
        narrowed = [Query.term_query(self._schema, "group", group, "basic")]
        if papers is not None:
            narrowed.append(Query.term_set_query(self._schema, "paper", [int(paper) for paper in papers]))
        conditions = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in narrowed]
        return self._best(Query.boolean_query([(Occur.Must, said), *conditions]), limit)

    def _best(self, query: Query, limit: int) -> tuple[Places, Scores]:
        found = self._searcher.search(query, limit, count=False)
        places = self._searcher.fast_field_values("place", [address for _, address in found.hits])
        return np.array(places, dtype=np.int64), np.array([score for score, _ in found.hits], dtype=np.float32)

    def rarities(self, query: str) -> dict[str, float]:
        """The words of a query, each with its inverse document frequency as BM25 has it."""
        count = len(self)
        frequencies = {word: self._frequency(word) for word in _wanted(query)}
        return {word: math.log(1 + (count - found + 0.5) / (found + 0.5)) for word, found in frequencies.items()}

    def highest(self, query: str) -> float:
        """The BM25 score that no passage can exceed; 0 for a query without words."""
        return (1 + SATURATION) * sum(self.rarities(query).values())


def _written(folder: Path, index: tantivy.Index, entries: Iterable[Entry], *, first: int, gone: Collection[int]) -> int:
    writer = index.writer(WRITER_BYTES, 1)
    if gone:
        writer.delete_documents_by_query(Query.term_set_query(index.schema, "paper", list(gone)))
    count = 0
    for count, entry in enumerate(entries, 1):
        document = Document()
        document.add_unsigned("place", first + count - 1)
        document.add_unsigned("group", entry.group)
        document.add_unsigned("paper", entry.paper)
        document.add_text("words", " ".join(words(f"{entry.heading} {entry.text}")))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    for lock in folder.glob(".tantivy*.lock"):
        lock.unlink()
    return count


def _wanted(query: str) -> list[str]:
    return list(dict.fromkeys(words(query)))[:MOST_WORDS]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("place", fast=True)
    for name in ("group", "paper"):
        builder.add_unsigned_field(name, indexed=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
