"""A cross-encoder by name that reads question and answer together, for who has one: off unless it is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Protocol, cast

from sentence_transformers import CrossEncoder

from index.errors import UnknownModel
from index.records import Hit

READ = 20
"""Hits that are read; each costs as much as embedding a passage."""


class Reader(Protocol):
    """What judges pairs of a question and a passage: higher is better."""

    def predict(self, pairs: list[tuple[str, str]], *, show_progress_bar: bool) -> Sequence[float]:
        """One score for each pair, in their order."""
        ...


class Reranker:
    """The first hits in the order of a cross-encoder. Safe from many threads."""

    def __init__(self, model: Reader) -> None:
        self._model = model
        self._lock = Lock()

    def __call__(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits with the first `READ` put in a new order.

        Scores are handed out anew among those, so that they still fall: what comes after judges by them.
        """
        read = hits[:READ]
        pairs = [(query, f"{hit.passages[0].heading}\n{hit.passages[0].text}") for hit in read]
        if not pairs:
            return list(hits)
        with self._lock:
            judged = [float(score) for score in self._model.predict(pairs, show_progress_bar=False)]
        order = sorted(range(len(read)), key=lambda place: -judged[place])
        return [replace(read[place], score=hit.score) for place, hit in zip(order, read, strict=True)] + list(
            hits[READ:]
        )


def load(name: str) -> Reranker:
    """A cross-encoder by its name or folder. Raises UnknownModel."""
    try:
        return Reranker(cast(Reader, CrossEncoder(name, device="cpu")))
    except Exception as error:
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise UnknownModel(
            f"the reranker {name!r} cannot be loaded ({reason}); give the name of a sentence-transformers "
            f"cross-encoder, a folder that holds one, or leave it out"
        ) from error
