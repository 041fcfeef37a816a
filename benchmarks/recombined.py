"""A corpus as large as the whole archive, made of the sentences and vectors of real papers, for measuring scale.

A made-up paper takes its subject, its officials, its members and its sentences from a few real papers at a time,
so that words have the frequencies and neighbours that they have in reality. Embedding 800,000 passages takes a
processor most of a day, so a passage's vector is put together too: the mean of the vectors of its sentences, its
subject and its question, by length, stretched away from the mean of all and given a rest, both as fitted on
passages that the model did embed. `Recombined.agreement` says how close that comes.
"""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import UnreadablePaper
from corpus.passages import cut, shortened
from corpus.readers import find_files, read
from corpus.records import Exchange, Member, Official, Paper, PaperKind, Part, Passage
from corpus.sentences import split
from index.embedder import Embedder, Vectors, embedded_text

EXCHANGES = 10
"""Exchanges of a made-up paper, each of one passage."""

CHARACTERS = (330, 560, 790, 880)
"""Lengths between which answers are drawn; as real passages, whose median is about 800 with their heading."""

FITTED = 160
"""Passages that the model embeds to see how a vector is put together."""

SHARES = (0.6, 0.25, 0.15)
"""How often an exchange is about the subject of each of the three real papers that a made-up one is of."""

FIRST_DAY = date(1995, 1, 1)


@dataclass(frozen=True, slots=True)
class Source:
    """What a real paper gives. `answers`: the sentences of each answer, in order."""

    subject: str
    questions: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]
    officials: tuple[Official, ...]
    askers: tuple[Member, ...]


def readable(folder: Path) -> Iterator[Paper]:
    """The papers of a folder, without those that cannot be read."""
    for file in find_files([folder]):
        try:
            yield read(file)
        except UnreadablePaper:
            continue


def sources(folder: Path) -> list[Source]:
    """The real papers of a folder that hold answers; what cannot be read is left out."""
    found = []
    for paper in readable(folder):
        given = [exchange for exchange in paper.exchanges if exchange.answer]
        answers = tuple(
            tuple(" ".join(exchange.answer[start:end].split()) for start, end in split(exchange.answer))
            for exchange in given
        )
        if answers:
            questions = tuple(shortened(exchange.question or paper.subject) for exchange in given)
            found.append(Source(paper.subject, questions, answers, paper.speakers, paper.askers))
    return found


def paper(number: int, found: Sequence[Source], names: Sequence[Official]) -> Paper:
    """The made-up paper of a number, always the same one. `names`: officials, of whom the rarest has few papers."""
    draw = random.Random(number)
    chosen = draw.sample(found, 3)
    # Names as in an archive: a few speak often, many seldom.
    official = names[min(int(draw.expovariate(5 / len(names))), len(names) - 1)]
    day = FIRST_DAY + timedelta(days=draw.randrange(365 * 30))
    exchanges = []
    for position in range(EXCHANGES):
        (main,) = draw.choices(chosen, SHARES)
        exchanges.append(
            Exchange((position + 1,), draw.choice(main.questions), _answer(draw, main, chosen), speakers=(official,))
        )
    return Paper(
        id=f"gen-{number:06d}",
        kind=PaperKind.ANSWER,
        subject=chosen[0].subject,
        exchanges=tuple(exchanges),
        number=number,
        session_year=f"{day.year}-{day.year + 1}",
        askers=chosen[1].askers,
        speakers=(official,),
        asked=day - timedelta(days=30),
        answered=day,
        raw="\n".join(f"{exchange.question}\n{exchange.answer}" for exchange in exchanges),
        source=f"gen-{number:06d}.xml",
        fictitious=True,
    )


def _answer(draw: random.Random, main: Source, chosen: Sequence[Source]) -> str:
    least = draw.randrange(len(CHARACTERS) - 1)
    longest = draw.randint(CHARACTERS[least], CHARACTERS[least + 1])
    taken: list[str] = []
    length = 0
    for _ in range(12):
        source = main if draw.random() < 0.8 else draw.choice(chosen)
        sentences = draw.choice(source.answers)
        start = draw.randrange(len(sentences))
        for sentence in sentences[start : start + draw.randint(1, 3)]:
            if length + len(sentence) < longest and sentence not in taken:
                taken.append(sentence)
                length += len(sentence) + 1
    return "\n".join(taken or [main.answers[0][0][:longest]])


def officials(found: Sequence[Source], count: int = 200) -> list[Official]:
    """So many officials: the family names and offices of real ones recombined."""
    real = sorted({official for source in found for official in source.officials if official.name}, key=repr)
    draw = random.Random(0)
    made = dict.fromkeys(real)
    while len(made) < count:
        first, second, third = draw.choices(real, k=3)
        made[replace(first, name=f"{first.name}-{second.name.split()[-1]}", ministry=third.ministry)] = None
    return list(made)


class Recombined(Embedder):
    """Vectors of made-up passages from those of their parts; queries go to the real model."""

    def __init__(self, model: Embedder, found: Sequence[Source], *, scratch: Path) -> None:
        self.name = model.name
        self.dimension = model.dimension
        self._model = model
        self._found = found
        texts = {part for source in found for part in (source.subject, *source.questions, *sum(source.answers, ()))}
        ordered = sorted(texts)
        self._places = {text: place for place, text in enumerate(ordered)}
        self._lengths = np.array([len(text) for text in ordered], dtype=np.float32)
        self._parts = _kept(scratch, model, ordered)
        self._centre = self._parts.mean(axis=0)
        self._stretch, self._rests = 1.0, np.zeros((0, self.dimension), dtype=np.float32)
        texts_fitted = [embedded_text(passage) for passage in self.sample(FITTED, first=10_000_000)]
        real = _kept(scratch, model, texts_fitted)
        plain = np.stack([self._mean(text) for text in texts_fitted]) - self._centre
        moved = real - self._centre
        self._shift = moved.mean(axis=0) - plain.mean(axis=0)
        even, odd = slice(0, None, 2), slice(1, None, 2)
        self._stretch = float((plain[even] * (moved - self._shift)[even]).sum() / (plain[even] ** 2).sum())
        self._rests = (moved - self._shift - self._stretch * plain)[even]
        self.agreement = float(np.mean(np.sum(self.passage_vectors(texts_fitted[odd]) * real[odd], axis=1)))
        """Mean cosine of made-up vectors with the model's own, on passages that were not fitted on."""
        between = real[odd] @ real[odd].T
        self.chance = float(between[np.triu_indices(len(between), k=1)].mean())
        """Mean cosine between the model's vectors of different passages, to compare with."""

    def sample(self, count: int, *, first: int) -> list[Passage]:
        """Passages of made-up papers from the number `first` on."""
        names = officials(self._found)
        papers = (paper(number, self._found, names) for number in range(first, first + count))
        return [next(passage for passage in cut(made) if passage.part is Part.ANSWER) for made in papers]

    def query_vector(self, text: str) -> Vectors:
        """See Embedder."""
        return self._model.query_vector(text)

    def passage_vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """See Embedder; only for texts of made-up passages."""
        rows = np.stack([self._mean(text) for text in texts])
        rows = self._centre + self._shift + self._stretch * (rows - self._centre)
        if len(self._rests):
            draws = np.stack(
                [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(len(self._rests)) for text in texts]
            )
            rows += draws.astype(np.float32) @ self._rests / np.sqrt(len(self._rests), dtype=np.float32)
        if progress is not None:
            progress(len(texts))
        vectors: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return vectors

    def _mean(self, text: str) -> npt.NDArray[np.float32]:
        heading, _, body = text.partition("\n")
        pieces = [*heading.split(" | "), *body.split("\n")]
        places = [self._places[piece] for piece in pieces if piece in self._places]
        weights = self._lengths[places]
        mean: npt.NDArray[np.float32] = weights @ self._parts[places] / weights.sum()
        return mean


def papers(count: int, found: Sequence[Source]) -> Iterator[Paper]:
    """So many made-up papers."""
    names = officials(found)
    return (paper(number, found, names) for number in range(count))


def _kept(scratch: Path, model: Embedder, texts: Sequence[str]) -> Vectors:
    """The model's vectors of texts, kept for the next run in a file that is named after both."""
    key = hashlib.sha256("\0".join([model.name, *texts]).encode("utf-8", "replace")).hexdigest()[:16]
    file = scratch / f"{key}.npy"
    if not file.is_file():
        scratch.mkdir(parents=True, exist_ok=True)
        np.save(file, model.passage_vectors(texts), allow_pickle=False)
    vectors: Vectors = np.load(file, allow_pickle=False)
    return vectors
