"""What LangChain's tutorials build: pieces of fixed length, one vector each, exact FAISS. A measure for ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import faiss
import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.records import Exchange, Paper, raw_offset
from index.embedder import Embedder

PIECE = 1000
OVERLAP = 200
"""Characters of a piece, and of it that the next one repeats."""

Place = tuple[str, int]
Span = tuple[int, int]


class Tutorial:
    """Papers cut without regard to what stands in them. A piece counts for every answer that it touches.

    `progress` is called with the number of pieces embedded and how many there are.
    """

    def __init__(
        self, papers: Iterable[Paper], embedder: Embedder, *, progress: Callable[[int, int], None] | None = None
    ) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=PIECE, chunk_overlap=OVERLAP, add_start_index=True)
        texts: list[str] = []
        self._touched: list[frozenset[Place]] = []
        for paper in papers:
            text, spans = laid_out(paper)
            for piece in splitter.create_documents([text]):
                start = int(piece.metadata["start_index"])
                end = start + len(piece.page_content)
                texts.append(piece.page_content)
                self._touched.append(
                    frozenset(
                        (paper.id, place) for place, (first, last) in spans.items() if first < end and start < last
                    )
                )
        self._embedder = embedder
        self._index = faiss.IndexFlatIP(embedder.dimension)
        if texts:
            report = None if progress is None else lambda done: progress(done, len(texts))
            self._index.add(np.ascontiguousarray(embedder.passage_vectors(texts, progress=report)))

    def __len__(self) -> int:
        return len(self._touched)

    def search(self, query: str, limit: int) -> list[frozenset[Place]]:
        """The nearest pieces, best first: for each the exchanges whose answer it touches."""
        _, found = self._index.search(self._embedder.query_vector(query)[None], min(limit, len(self)))
        return [self._touched[piece] for piece in found[0]]


def laid_out(paper: Paper) -> tuple[str, dict[int, Span]]:
    """The text of a paper as received, and where in it each answer stands; without a map, its exchanges in a row."""
    answered = {place: exchange for place, exchange in enumerate(paper.exchanges) if exchange.answer}
    spans = {place: span for place, exchange in answered.items() if (span := _raw_span(exchange))}
    if paper.raw and len(spans) == len(answered):
        return paper.raw, spans
    text, spans = paper.subject, {}
    for place, exchange in enumerate(paper.exchanges):
        text += f"\n\n{exchange.question}\n\n"
        spans[place] = (len(text), len(text) + len(exchange.answer))
        text += exchange.answer
    return text, {place: span for place, span in spans.items() if span[0] < span[1]}


def _raw_span(exchange: Exchange) -> Span | None:
    start = raw_offset(exchange.answer_knots, 0)
    last = raw_offset(exchange.answer_knots, len(exchange.answer) - 1)
    return None if start is None or last is None else (start, last + 1)
