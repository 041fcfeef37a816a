"""The index as a LangChain retriever: a query to documents that each hold one exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from chatbot.records import EVERYTHING
from index.records import Filters
from index.search import Index
from index.understanding import Clue

HITS = 20
"""Exchanges that are fetched for one question."""


class KamervraagRetriever(BaseRetriever):
    """Finds the exchanges that bear on a query; `metadata["hit"]` of each document is its `Hit`.

    `page_content` is the whole answer as stored, so that offsets into it are offsets of citations.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    limit: int = HITS

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        filters: Filters = EVERYTHING,
        clues: Sequence[Clue] | None = None,
        **_: Any,
    ) -> list[Document]:
        documents = []
        for hit in self.index.search(query, filters=filters, limit=self.limit, clues=clues):
            paper = self.index.paper(hit.paper)
            exchange = paper.exchanges[hit.exchange]
            documents.append(
                Document(
                    id=f"{hit.paper}#{hit.exchange}",
                    page_content=exchange.answer,
                    metadata={
                        "hit": hit,
                        "paper": paper.id,
                        "answers": list(exchange.answers),
                        "question": exchange.question,
                        "subject": paper.subject,
                        "date": paper.answered.isoformat() if paper.answered else None,
                        "score": hit.score,
                    },
                )
            )
        return documents
