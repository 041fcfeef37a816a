"""Where in the papers the words of a quotation may stand: answers and questions, found by the word index."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from threading import Lock

from chatbot import alignment
from chatbot.citations import cite, link, reference
from chatbot.records import Citation
from chatbot.wording import Wording, of_source
from corpus.records import Exchange, Paper, Passage
from index.analysis import words as stems
from index.records import Filters
from index.search import Index

PASSAGES = 60
"""Passages whose words are looked at for one stretch of a quotation."""
PASSAGES_FOR_FEW = 300
"""The same for a quotation of few words, which many passages hold."""
FEW = 6
RAREST = 14
"""Words of a stretch that are looked for, the rarest ones."""
EXCHANGES = 5
"""Exchanges of one stretch with which the quotation is aligned."""
CACHED = 512
HELD = 0.8
"""Share of a stretch's pairs that an answer or its question has, from which on no open question is looked at."""
_ROUGH_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Source:
    """The answer of an exchange, or its question, with its words."""

    paper: Paper
    number: int
    in_question: bool

    @property
    def exchange(self) -> Exchange:
        """The exchange."""
        return self.paper.exchanges[self.number]

    @cached_property
    def wording(self) -> Wording:
        """Its words."""
        return of_source(self.exchange.question if self.in_question else self.exchange.answer)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The places of its words by key."""
        return alignment.index(self.wording)

    def citation(self, first: int, last: int) -> Citation:
        """Words `first` up to but not including `last` as a citation; of a question it names no speakers."""
        start, end = self.wording.words[first].start, self.wording.words[last - 1].end
        if not self.in_question:
            return cite(self.paper, self.number, start, end, 1)
        exchange = self.exchange
        quote = exchange.question[start:end]
        return Citation(
            n=1, quote=quote, paper=self.paper.id, exchange=self.number, answers=exchange.answers, start=start, end=end,
            speakers=(), date=self.paper.asked, url=link(self.paper, quote), subject=self.paper.subject,
            question=exchange.question, reference=reference(self.paper, replace(exchange, answer="")),
            kind=exchange.kind, fictitious=self.paper.fictitious,
        )  # fmt: skip


class Archive:
    """The sources of an index, with those used lately kept ready. Safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._kept: OrderedDict[tuple[str, int, bool], Source] = OrderedDict()
        self._lock = Lock()

    def near(self, stretch: Wording, *, context: str = "", minister: str = "") -> list[Source]:
        """Answers and questions that share most pairs of words with a stretch of a quotation, best first.

        Args:
            context: what stands around it, by which places of few words are told apart.
            minister: a name whose papers are looked through as well, where the quotation has few words.
        """
        few = len(stretch.words) < FEW
        query = self._rarest(stretch.text)
        found = self.index.passages_with_words(query, limit=PASSAGES_FOR_FEW if few else PASSAGES)
        if few:
            filters = Filters(minister=minister) if minister else Filters()
            nearby = self.index.passages_with_words(f"{query} {context}", filters=filters, limit=PASSAGES)
            found = [*nearby, *found]
        pairs = _pairs(stretch.text)
        ranked: dict[tuple[str, int, bool], float] = {}
        held = [(rank, passage, *part) for rank, passage in enumerate(found) for part in _parts(passage)]
        if max((_shared(pairs, text) for *_, text, _ in held), default=0.0) < HELD:
            asked = self.index.questions_with_words(query, limit=PASSAGES)
            held += [(rank, passage, passage.text, True) for rank, passage in enumerate(asked)]
        for rank, passage, text, in_question in held:
            shared = _shared(pairs, text)
            place = (passage.paper, passage.exchange, in_question)
            if shared > (0.3 if in_question else 0.0) or (rank < EXCHANGES and not in_question):
                ranked[place] = max(ranked.get(place, 0.0), shared - 0.0005 * rank)
        best = sorted(ranked, key=lambda place: -ranked[place])[: EXCHANGES * (3 if few else 1)]
        return [self._source(*place) for place in best]

    def _source(self, identifier: str, number: int, in_question: bool) -> Source:
        place = (identifier, number, in_question)
        with self._lock:
            if place not in self._kept:
                self._kept[place] = Source(self.index.paper(identifier), number, in_question)
                if len(self._kept) > CACHED:
                    self._kept.popitem(last=False)
            return self._kept[place]

    def _rarest(self, text: str) -> str:
        """The rarest words of a text; what no passage holds is left out by the index itself."""
        rarities = self.index.rarities(text)
        by_stem: dict[str, str] = {}
        for word in text.split():
            for stem in stems(word):
                by_stem.setdefault(stem, word)
        chosen: Sequence[str] = sorted(rarities, key=lambda stem: -rarities[stem])[:RAREST]
        return " ".join(by_stem.get(stem, stem) for stem in chosen)


def _parts(passage: Passage) -> tuple[tuple[str, bool], tuple[str, bool]]:
    """The words of an answer, and those of the question before it, with whether they are a question's."""
    return (passage.text, False), (passage.heading, True)


def _shared(pairs: frozenset[tuple[str, ...]], text: str) -> float:
    return len(pairs & _pairs(text)) / (len(pairs) or 1)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[tuple[str, ...]]:
    """Neighbouring words, roughly: enough to tell which of many passages are worth an alignment."""
    words = _ROUGH_WORD.findall(text.casefold())
    return frozenset(pairwise(words)) if len(words) > 1 else frozenset((word,) for word in words)
