"""Texts to vectors: a sentence-transformers model behind LangChain's `Embeddings`.

What makes vectors takes seconds to load, so it is imported where a model is wanted and not by who only reads papers.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt
import platformdirs
from langchain_core.embeddings import Embeddings

from corpus.records import Passage
from index.errors import UnknownModel
from index.senses import Senses

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

Encoded = TypeVar("Encoded")

BATCH = 16
"""Texts a batch: on a processor larger ones bring nothing, and a query waits for one batch at most."""

MAX_CHARACTERS = 10_000
"""Characters of a text that the model is shown; no model here reads as many tokens as these make."""

HUB_SECONDS = 10.0
"""How long the hub may take to say whether it has a model."""


class Embedder(Embeddings):
    """What makes vectors. `name` is what an index remembers, and what `load` finds the same model by.

    All vectors have length 1, so that their inner product is the cosine similarity. Safe to use from
    several threads.
    """

    name: str
    dimension: int
    senses = False
    """Whether it tells what it makes of single words, see `index.senses`."""

    @abstractmethod
    def query_vector(self, text: str) -> Vectors:
        """What a user asks, as (dimension,) float32 of length 1."""

    @abstractmethod
    def passage_vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Texts to be found, as (n, dimension) float32, rows of length 1, in the order given.

        `progress` is called with the number of texts done after each batch.
        """

    def query_looked_at(self, text: str) -> tuple[Vectors, Senses | None]:
        """The vector of a question, and its words where the model tells them."""
        return self.query_vector(text), None

    def passages_looked_at(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[bytes]]:
        """The vectors of texts, and the packed words of each where the model tells them, else none."""
        return self.passage_vectors(texts, progress=progress), []

    def embed_query(self, text: str) -> list[float]:
        """LangChain's form of `query_vector`."""
        return [float(number) for number in self.query_vector(text)]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's form of `passage_vectors`."""
        return [[float(number) for number in row] for row in self.passage_vectors(texts)]


class PrefixedEmbedder(Embedder):
    """A model with what its training put in front of queries and passages."""

    def __init__(self, *, query_prefix: str, passage_prefix: str) -> None:
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix

    def query_vector(self, text: str) -> Vectors:
        """See Embedder."""
        return next(self._encode([sound(self._query_prefix + text)]))

    def passage_vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """See Embedder. The longest go first: a batch is of like length, and no long one is left to the end."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for place, vector in self._in_order(texts, self._encode, progress):
            vectors[place] = vector
        return vectors

    def _in_order(
        self,
        texts: Sequence[str],
        encode: Callable[[Sequence[str]], Generator[Encoded, None, None]],
        progress: Callable[[int], None] | None,
    ) -> Iterator[tuple[int, Encoded]]:
        """What `encode` makes of each passage with its prefix, and its place, the longest first."""
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        with closing(encode([sound(self._passage_prefix + texts[place]) for place in order])) as found:
            for done, (place, encoded) in enumerate(zip(order, found, strict=True), 1):
                yield place, encoded
                if progress is not None and (done % BATCH == 0 or done == len(order)):
                    progress(done)

    @abstractmethod
    def _encode(self, texts: Sequence[str]) -> Generator[Vectors, None, None]:
        """The vectors of texts with their prefixes, one after another as they are done."""


class SentenceEmbedder(PrefixedEmbedder):
    """A SentenceTransformer. `name`: what an index remembers of it."""

    def __init__(self, name: str, model: SentenceTransformer, *, query_prefix: str, passage_prefix: str) -> None:
        super().__init__(query_prefix=query_prefix, passage_prefix=passage_prefix)
        self.name = name
        self.dimension = int(model.encode([""], show_progress_bar=False).shape[1])
        self._model = model
        # Several threads share few cores, and the tokenizers of transformers change state while they run.
        self._lock = Lock()

    def _encode(self, texts: Sequence[str]) -> Generator[Vectors, None, None]:
        for start in range(0, len(texts), BATCH):
            batch = list(texts[start : start + BATCH])
            with self._lock:
                rows = self._model.encode(batch, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
            yield from np.asarray(rows, dtype=np.float32)


class BundledEmbedder(PrefixedEmbedder):
    """The model of the installed packages, in ONNX Runtime.

    Raises UnknownModel when a package is missing or carries other files.
    """

    senses = True

    def __init__(self, cache: Path) -> None:
        from index.bundled import NAME
        from index.onnx_model import OnnxModel

        super().__init__(query_prefix="query: ", passage_prefix="passage: ")
        self.name = NAME
        self._model = OnnxModel(cache)
        self.dimension = self._model.dimension

    def query_vector(self, text: str) -> Vectors:
        """See Embedder."""
        return self.query_looked_at(text)[0]

    def query_looked_at(self, text: str) -> tuple[Vectors, Senses | None]:
        """See Embedder."""
        return self._model.look(sound(self._query_prefix + text), len(self._query_prefix))

    def passages_looked_at(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[bytes]]:
        """See Embedder."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        packed = [b""] * len(texts)
        for place, (vector, words) in self._in_order(texts, self._look, progress):
            vectors[place], packed[place] = vector, words.packed()
        return vectors, packed

    def _encode(self, texts: Sequence[str]) -> Generator[Vectors, None, None]:
        return (vector for vector, _ in self._look(texts))

    def _look(self, texts: Sequence[str]) -> Generator[tuple[Vectors, Senses], None, None]:
        return self._model.look_at_all(texts, len(self._passage_prefix))


class DeferredEmbedder(Embedder):
    """A model that is loaded when the first vector is wanted: who only looks at what is stored need not wait for it.

    `dimension`: what the vectors must have. Making vectors raises UnknownModel when the model cannot be loaded, or
    makes others.
    """

    def __init__(self, name: str, dimension: int) -> None:
        self.name = name
        self.dimension = dimension
        self._model: Embedder | None = None
        self._lock = Lock()

    def query_vector(self, text: str) -> Vectors:
        """See Embedder."""
        return self._loaded().query_vector(text)

    def passage_vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """See Embedder."""
        return self._loaded().passage_vectors(texts, progress=progress)

    def query_looked_at(self, text: str) -> tuple[Vectors, Senses | None]:
        """See Embedder."""
        return self._loaded().query_looked_at(text)

    def _loaded(self) -> Embedder:
        with self._lock:
            if self._model is None:
                model = load(self.name)
                if model.dimension != self.dimension:
                    raise UnknownModel(
                        f"the embedding model {self.name!r} gives vectors of {model.dimension} numbers and not "
                        f"{self.dimension}; run `kamerantwoord ingest --rebuild`"
                    )
                self._model = model
            return self._model


def load(name: str | None = None, *, cache: Path | None = None) -> Embedder:
    """The bundled model for None or "bundled", else a sentence-transformers name or local folder.

    `cache`: folder for the unpacked bundled model; None for the user's cache folder. Raises UnknownModel.
    """
    from index.bundled import NAME

    if name in (None, "bundled", NAME):
        return BundledEmbedder(cache or Path(platformdirs.user_cache_dir("kamerantwoord"), "models"))
    assert name is not None
    model = _named(name)
    query_prefix, passage_prefix = prefixes(name, model.prompts)
    return SentenceEmbedder(name, model, query_prefix=query_prefix, passage_prefix=passage_prefix)


def _named(name: str) -> SentenceTransformer:
    from huggingface_hub import model_info
    from sentence_transformers import SentenceTransformer

    # What is on this machine is used without a word to a hub; only a name not yet here is looked up there,
    # and first by one request without repetitions, because the loader repeats its own for minutes.
    try:
        try:
            return SentenceTransformer(name, device="cpu", local_files_only=True)
        except Exception:
            if Path(name).exists():
                raise
            model_info(name, timeout=HUB_SECONDS)
            return SentenceTransformer(name, device="cpu")
    except Exception as error:
        raise UnknownModel(_refusal(name, error)) from error


def _refusal(name: str, error: Exception) -> str:
    reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return (
        f"the embedding model {name!r} cannot be loaded ({reason}); give the name of a "
        f"sentence-transformers model, a folder that holds one, or leave it out for the bundled model"
    )


def prefixes(name: str, prompts: Mapping[str, str | None]) -> tuple[str, str]:
    """What goes in front of a query and of a passage: the model's own prompts, or those of the E5 family."""
    query = prompts.get("query") or ""
    passage = prompts.get("document") or prompts.get("passage") or ""
    if query or passage:
        return query, passage
    if re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", Path(name).name.lower()):
        return "query: ", "passage: "
    return "", ""


def embedded_text(passage: Passage) -> str:
    """What the embedding model sees of a passage: its heading and its text."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


def sound(text: str) -> str:
    """A text as a tokenizer takes it: not too long, and without half a surrogate pair, which no Unicode text has."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
