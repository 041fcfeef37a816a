"""What the settings choose: the index with the models that search it, and the language model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from langchain_core.language_models import BaseChatModel

from chatbot import models
from chatbot.settings import KEY_VARIABLE, Settings
from index import embedder, reranker
from index.search import Index


def language_model(settings: Settings, environment: Mapping[str, str]) -> BaseChatModel | None:
    """The language model of the settings, with its key from `environment`; None for answers by quotation.

    Raises ModelUnavailable.
    """
    if not settings.llm:
        return None
    key = environment.get(KEY_VARIABLE)
    return models.connect(settings.llm, base_url=settings.llm_url, api_key=key, timeout=settings.llm_timeout)


@contextmanager
def opened(settings: Settings, *, searching: bool = True) -> Iterator[Index]:
    """The index that the settings name, closed afterwards. `searching`: whether its model is needed at once.

    Raises as `Index.open` does, and UnknownModel for a reranker that cannot be loaded.
    """
    chosen = embedder.load(settings.model) if settings.model else None
    reader = reranker.load(settings.reranker) if settings.reranker and searching else None
    with Index.open(settings.data, embedder=chosen, reranker=reader, deferred=not searching) as index:
        yield index
