"""What a search takes and gives: filters and hits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.records import Passage


@dataclass(frozen=True, slots=True)
class Filters:
    """Which papers may be found. None lets everything through; names compare folded for case and accents.

    `minister`: a family name, or a part of it at word borders ("Weel" finds Van Weel). `ministry`: a
    ministry's canonical name, a part of it or its abbreviation ("JenV"). `party`: a party of the askers.
    `since`, `until`: first and last day of the answer (of the question, where there is no answer), both
    inclusive. `papers`: only these identifiers.
    """

    minister: str | None = None
    ministry: str | None = None
    party: str | None = None
    since: date | None = None
    until: date | None = None
    papers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An exchange that was found, with its best passage. Higher scores are better.

    `score`: the fused score that ranks. `dense`: cosine similarity of the best passage, None when only
    words found it. `lexical`: BM25 score, None when only vectors found it. `sense`: how well it has the words of the
    query in their sense, see `index.senses`; None where those of passages are not kept. `passages`: the passages of
    the exchange that were among the candidates, best first; `passages[0]` is the best one. `rows`: those of the
    passages in the store.
    """

    paper: str
    exchange: int
    answers: tuple[int, ...]
    score: float
    dense: float | None
    lexical: float | None
    passages: tuple[Passage, ...]
    sense: float | None = None
    rows: tuple[int, ...] = ()
