"""The sentences of the found answers, each judged by how well it answers the question.

The judgement is a weighted sum of a few plain signs, put through the logistic function. Its weights, in
weights.json, were fitted on questions with known evidence; `benchmarks/calibrate.py` repeats that and prints what
holds under cross-validation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chatbot.asked import Asked, Said, covered, stems_of
from chatbot.citations import cite
from chatbot.records import Citation
from chatbot.stretches import stretches
from chatbot.weights import SENTENCE, Weights
from corpus.dates import MONTHS
from corpus.records import AnswerKind, Exchange, Paper, pointed_to
from corpus.sentences import split
from index.records import Hit
from index.search import Index
from index.second_look import USUAL_SENSE
from index.senses import Stretches

EXCHANGES = 6
"""Found exchanges whose sentences are judged."""
PASSAGES = 3
"""Passages of one exchange whose sentences are judged, best first."""
SENTENCES = 400
"""Sentences that are kept, at most."""
NAMES_TIME = re.compile(
    rf"\b(?:(?:19|20|21)\d\d|{MONTHS}|"
    r"voorjaar|zomer|najaar|winter|kwartaal|eind(?:e)?|begin|medio|we(?:ek|ken)|maand(?:en)?|jaar|dag(?:en)?)\b"
)
NAMES_FIGURE = re.compile(
    r"\d|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|veertig|vijftig|honderd\w*|"
    r"duizend\w*|miljoen|miljard|tientallen|helft|kwart|geen enkele?)\b"
)
NAMES_CAUSE = re.compile(
    r"\b(?:omdat|vanwege|doordat|aangezien|daarom|reden(?:en)?|oorza\w+|gezien|immers|hierdoor|daardoor|namelijk|"
    r"zodat|wegens)\b",
    re.I,
)
SHORT = 25
"""Characters under which a sentence says little more than yes or no."""
SENTENCE_SIGNS = (
    "first_passage", "words", "with_question", "figures", "opens", "length", "short", "when", "how_many", "why",
    "sense",
)  # fmt: skip
"""What the judgement of a sentence rests on, in the order of `Evidence.signs`."""
LEANS_BACK = re.compile(
    r"(?:dit|dat|die|deze|daar\w*|hier\w*|hij|zij|ze|het gaat|ook|daarnaast|verder|zo|dan|wel|echter|tevens|bovendien|"
    r"tot slot|ten (?:eerste|tweede|derde)|in dat|in die|in dit|op die|op deze|met die|met deze|aldus)\b",
    re.I,
)
"""How a sentence begins that does not stand on its own."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that may answer.

    `rank`: of its exchange among the hits, from 0. `signs`: what the judgement rests on. `probability`: that
    it answers, 0 to 1. `citation.n` counts from 1, best first. `pointer`: the exchange (from 0, of the same paper)
    whose answer only points to this one, None where it was found itself.
    """

    citation: Citation
    rank: int
    probability: float
    signs: Mapping[str, float]
    pointer: int | None = None


def gather(
    index: Index, asked: Asked, hits: Sequence[Hit], *, weights: Weights = SENTENCE, most: int = SENTENCES
) -> tuple[Evidence, ...]:
    """The sentences of the first hits, best first, at most `most`; of an answer that points to another, that one's."""
    sensed = index.stretches(asked.question, hits[:EXCHANGES])
    judged: list[_Judged] = []
    seen: set[tuple[str, int]] = set()
    for rank, hit in enumerate(hits[:EXCHANGES]):
        paper = index.paper(hit.paper)
        for place in standing_for(paper, hit.exchange):
            if (hit.paper, place) not in seen:
                seen.add((hit.paper, place))
                judged.extend(_of_exchange(asked, paper, place, hit, rank, weights, sensed.get((hit.paper, place), ())))
    judged.sort(key=lambda item: -item.probability)
    return tuple(
        Evidence(
            citation=cite(item.paper, item.place, item.start, item.end, n, linked=False),
            rank=item.rank,
            probability=item.probability,
            signs=item.signs,
            pointer=item.pointer,
        )
        for n, item in enumerate(judged[:most], 1)
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """A sentence of exchange number `place` of a paper, not yet made a citation."""

    paper: Paper
    place: int
    start: int
    end: int
    rank: int
    probability: float
    signs: Mapping[str, float]
    pointer: int | None


def standing_for(paper: Paper, place: int) -> tuple[int, ...]:
    """The exchange itself, or those that its answer only points to ("Zie het antwoord op vraag 3"), where known."""
    if paper.exchanges[place].kind is not AnswerKind.REFERRED:
        return (place,)
    return tuple(other for other in pointed_to(paper, place) if paper.exchanges[other].answer) or (place,)


def _of_exchange(
    asked: Asked, paper: Paper, place: int, hit: Hit, rank: int, weights: Weights, sensed: Sequence[Stretches]
) -> Iterator[_Judged]:
    exchange = paper.exchanges[place]
    pointer = hit.exchange if place != hit.exchange else None
    question = stems_of(exchange.question)
    for number, (begin, end) in enumerate(_passages(exchange, hit if pointer is None else None)):
        spans = [
            span
            for start, stop in sentences_of(exchange.answer[begin:end])
            for span in stretches(exchange, begin + start, begin + stop)
        ]
        for start, stop in spans:
            sentence = exchange.answer[start:stop]
            if sentence[0].islower() and sentence[-1].isalnum():
                continue
            match = sensed[number].match(start - begin, stop - begin) if sensed else USUAL_SENSE
            signs = _signs(asked, sentence, question, number, start == 0) | {"sense": match}
            yield _Judged(paper, place, start, stop, rank, weights.probability(signs), signs, pointer)


@lru_cache(maxsize=4096)
def sentences_of(passage: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text begin and end."""
    return tuple(split(passage))


def _passages(exchange: Exchange, hit: Hit | None) -> list[tuple[int, int]]:
    """The stretches of an answer whose sentences are judged: the passages found, best first, or all of it."""
    if hit is None:
        return [(0, len(exchange.answer))]
    return [(passage.start, passage.end) for passage in hit.passages[:PASSAGES]]


def _signs(asked: Asked, sentence: str, question: Said, number: int, opens: bool) -> dict[str, float]:
    said = stems_of(sentence)
    english = asked.language != "nl"
    return {
        "first_passage": float(number == 0),
        "words": 0.0 if english else covered(asked.words, said),
        "with_question": 0.0 if english else covered(asked.words, said, question),
        "figures": float(bool(asked.figures) and all(figure in sentence for figure in asked.figures)),
        "opens": float(opens),
        "length": math.log(len(sentence)),
        "short": float(len(sentence) < SHORT),
        "when": float(asked.when and bool(NAMES_TIME.search(sentence))),
        "how_many": float(asked.how_many and bool(NAMES_FIGURE.search(sentence))),
        "why": float(asked.why and bool(NAMES_CAUSE.search(sentence))),
    }


def leans_back(sentence: str) -> bool:
    """Whether a sentence needs the one before it to be understood."""
    return bool(LEANS_BACK.match(sentence))
