"""The sentences of the found answers, each judged by how well it answers the question.

The judgement is a weighted sum of a few plain signs, put through the logistic function. Its weights, in
weights.json, were fitted on questions with known evidence; `benchmarks/calibrate.py` repeats that and prints what
holds under cross-validation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chatbot.citations import cite
from chatbot.records import Citation
from chatbot.stretches import stretches
from chatbot.weights import SENTENCE, Weights
from corpus.records import Passage
from corpus.sentences import split
from index.analysis import words
from index.records import Hit
from index.search import Index

EXCHANGES = 5
"""Found exchanges whose sentences are judged."""
PASSAGES = 3
"""Passages of one exchange whose sentences are judged, best first."""
SENTENCES = 24
"""Sentences that go on, at most."""

ASKS_WHEN = re.compile(
    r"\b(wanneer|hoe ?lang|welke dag|welke? (?:jaar|datum|termijn)|sinds|"
    r"when|how long|(?:which|what) year|since)\b",
    re.I,
)
ASKS_HOW_MANY = re.compile(
    r"\b(hoeveel|hoe (?:veel|vaak|groot|hoog|duur)|bedrag|percentage|procent|kost(?:en|te|ten)?|"
    r"how (?:many|much|often|large|high)|share|percentage|cost)\b",
    re.I,
)
ASKS_WHY = re.compile(r"\b(waarom|reden(?:en)?|oorza(?:ak|ken)|hoezo|why|reasons?|causes?)\b", re.I)
NAMES_TIME = re.compile(
    r"\b(?:(?:19|20|21)\d\d|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"voorjaar|zomer|najaar|winter|kwartaal|eind(?:e)?|begin|medio|we(?:ek|ken)|maand(?:en)?|jaar|dag(?:en)?)\b"
)
NAMES_FIGURE = re.compile(
    r"\d|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twintig|dertig|honderd|duizend|miljoen|miljard)\b"
)
NAMES_CAUSE = re.compile(
    r"\b(?:omdat|vanwege|doordat|aangezien|daarom|reden(?:en)?|oorza\w+|gezien|immers|hierdoor|daardoor|namelijk|zodat|wegens)\b",
    re.I,
)
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
    it answers, 0 to 1. `citation.n` counts from 1, best first.
    """

    citation: Citation
    rank: int
    probability: float
    signs: Mapping[str, float]


def gather(
    index: Index, question: str, hits: Sequence[Hit], *, weights: Weights = SENTENCE, most: int = SENTENCES
) -> tuple[Evidence, ...]:
    """The sentences of the first hits, best first, at most `most`."""
    judged = [
        item for rank, hit in enumerate(hits[:EXCHANGES]) for item in _of_hit(index, question, hits, rank, hit, weights)
    ]
    judged.sort(key=lambda item: -item.probability)
    return tuple(replace(item, citation=replace(item.citation, n=n)) for n, item in enumerate(judged[:most], 1))


def _of_hit(
    index: Index, question: str, hits: Sequence[Hit], rank: int, hit: Hit, weights: Weights
) -> Iterator[Evidence]:
    paper = index.paper(hit.paper)
    rarities = index.rarities(question)
    total = sum(rarities.values()) or 1.0
    for place, passage in enumerate(hit.passages[:PASSAGES]):
        spans = [
            (begin - passage.start, stop - passage.start)
            for start, end in split(passage.text)
            for begin, stop in stretches(paper.exchanges[hit.exchange], passage.start + start, passage.start + end)
        ]
        for start, end in spans:
            sentence = passage.text[start:end]
            if sentence[0].islower() and sentence[-1].isalnum():
                continue
            said = set(words(sentence))
            signs = {
                "behind": hit.score - hits[0].score,
                "first_hit": float(rank == 0),
                "first_passage": float(place == 0),
                "words": sum(rarity for word, rarity in rarities.items() if word in said) / total,
                "opens": float(_opens(passage, start)),
                "length": math.log(len(sentence)),
                "when": float(bool(ASKS_WHEN.search(question) and NAMES_TIME.search(sentence))),
                "how_many": float(bool(ASKS_HOW_MANY.search(question) and NAMES_FIGURE.search(sentence))),
                "why": float(bool(ASKS_WHY.search(question) and NAMES_CAUSE.search(sentence))),
            }
            yield Evidence(
                citation=cite(paper, hit.exchange, passage.start + start, passage.start + end, 1),
                rank=rank,
                probability=weights.probability(signs),
                signs=signs,
            )


def _opens(passage: Passage, start: int) -> bool:
    return passage.start + start == 0


def leans_back(sentence: str) -> bool:
    """Whether a sentence needs the one before it to be understood."""
    return bool(LEANS_BACK.match(sentence))
