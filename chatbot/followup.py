"""Questions that lean on the conversation, told apart and made whole without a language model.

A question in a conversation may go on from the one before, or change the subject. Its words tell ("en wanneer is dat
klaar?"), and so does what the papers hold: whether those of the last answer are as near to it as all others. How far
each sign counts is fitted; see `benchmarks/leaning.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chatbot import vocabulary
from chatbot.asked import Asked, covered, stems_of, understand
from chatbot.language import ENGLISH
from chatbot.records import Answer, Turn
from chatbot.refusal import text_of
from chatbot.weights import LEANING
from index import analysis
from index.records import Filters, Hit
from index.search import Index

SHORT = 4
"""A question of at most this many words says too little to stand alone once a conversation runs."""
OPENERS = frozenset({"en", "maar", "dus", "oké", "ok", "and", "but", "so", "then"})
POINTERS = frozenset(
    "dat die dit deze daar daarvan daarvoor daarmee daarover daarbij daarna daartegen daardoor daarom daarop daarin "
    "hiervan hiervoor hiermee hierover hierbij hierna hiertegen hierdoor hierin hier hij zij ze hem hen hun er ervan "
    "ervoor ermee erover erbij erna ertegen erdoor erin that this those these its he she they him them their "
    "there".split()
)
POINTING_WITHIN = 3
"""A pointing word among the first so many words, with nothing before it to point to, points backwards."""
ALWAYS_BACK = POINTERS - frozenset("die dat er hier that there deze dit this these their".split())
"""Pointing words that seldom open or fill a question that stands alone."""
SUCH = frozenset("zoiets zulke zulks".split())
"""Words that stand for something said before, wherever they are."""
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
MANY = 8
"""So many words of its own say as much as more."""
LOOKED_AT = 4
"""So many exchanges are looked at for the words of a question."""
LED_TO = 3
"""So many papers found are what a question without an answer was about."""
FARTHEST = 3.0
"""How far the papers of the last answer are behind where they hold nothing, in spreads of the cosine."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a conversation was about: what was searched for last, the papers found, and the answers cited of them."""

    searched: str
    papers: tuple[str, ...]
    said: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What to search for. `papers`: those that the last answer cited, when the question leans on it.

    `own`: what the question itself adds to the subject, when it leans on others. `within`: what those papers hold
    for the question by itself. `said`: the exchanges that the last answer cited, by paper and place. `probability`
    that it leans on the conversation, from the `signs` of that; without a conversation there are none.
    """

    searched: str
    follows_up: bool
    papers: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    within: tuple[Hit, ...] = ()
    said: frozenset[tuple[str, int]] = frozenset()
    probability: float = 0.0
    signs: Mapping[str, float] = field(default_factory=dict)


def subject(question: str) -> frozenset[str]:
    """The stems of the words of a question that say what it is about."""
    return frozenset(analysis.words(question)) - vocabulary.ASKING


def resolve(index: Index, question: str, history: Sequence[Turn], filters: Filters, alone: Sequence[Hit]) -> Resolution:
    """What `question` asks for in the light of the turns before it, oldest first.

    `alone`: what was found for it by itself, under the same filters.
    """
    known = before(index, history, filters)
    if known is None or not WORD.search(question):
        return Resolution(searched=question, follows_up=False)
    meant = replace(filters, papers=known.papers) if filters.papers is None else filters
    within = index.search(question, filters=meant, limit=max(len(alone), LOOKED_AT)) if known.papers else []
    seen = signs(index, question, known, alone, within)
    probability = LEANING.probability(seen)
    if probability < LEANING.threshold:
        return Resolution(searched=question, follows_up=False, probability=probability, signs=seen)
    return Resolution(
        searched=f"{known.searched} {question}",
        follows_up=True,
        papers=known.papers if filters.papers is None else (),
        own=subject(question),
        within=tuple(within),
        said=known.said,
        probability=probability,
        signs=seen,
    )


def before(index: Index, history: Sequence[Turn], filters: Filters) -> Before | None:
    """What the turns before were about; None where there are none. Those without an answer are searched for."""
    if not history:
        return None
    *earlier, last = history
    if last.answer is not None:
        said = frozenset((citation.paper, citation.exchange) for citation in last.answer.citations)
        return Before(last.answer.searched or last.question, _papers(last.answer), said)
    hits = index.search(last.question, filters=filters, limit=LOOKED_AT)
    resolution = resolve(index, last.question, earlier, filters, hits)
    if resolution.follows_up:
        hits = index.search(resolution.searched, filters=filters, limit=LOOKED_AT)
    papers = resolution.papers or tuple(dict.fromkeys(hit.paper for hit in hits))[:LED_TO]
    return Before(resolution.searched, papers)


def _papers(answer: Answer) -> tuple[str, ...]:
    """The papers that an answer cites, or comes nearest with."""
    cited = dict.fromkeys(citation.paper for citation in (*answer.citations, *answer.nearest))
    return tuple(cited) or tuple(dict.fromkeys(hit.paper for hit in answer.hits))[:LED_TO]


def signs(index: Index, question: str, known: Before, alone: Sequence[Hit], within: Sequence[Hit]) -> dict[str, float]:
    """The signs of a question that leans on the conversation.

    `alone`: what was found for it by itself. `within`: the same, in the papers of the last answer.
    """
    words = [word.lower() for word in WORD.findall(question)]
    own = len(subject(question))
    asked = understand(index, question)
    mean, spread = index.background(question)
    nearest, near = (_nearest(hits, mean - FARTHEST * spread) for hits in (alone, within))
    return {
        "behind": (nearest - near) / spread,
        "cover_behind": _cover(index, asked, alone) - _cover(index, asked, within),
        "first_within": float(bool(alone) and alone[0].paper in known.papers),
        "opener": float(not OPENERS.isdisjoint(words[:1])),
        "short": float(len(words) <= SHORT),
        "points": float(not POINTERS.isdisjoint(words[:POINTING_WITHIN])),
        "points_back": float(not ALWAYS_BACK.isdisjoint(words)),
        "such": float(not SUCH.isdisjoint(words)),
        "own": float(min(own, MANY)),
        "own_word": float(own == 1),
        "names": float(len(asked.names)),
        "officials": float(bool(asked.officials)),
        "english": float(asked.language == ENGLISH),
    }


def _nearest(hits: Sequence[Hit], farthest: float) -> float:
    return max((hit.dense for hit in hits if hit.dense is not None), default=farthest)


def _cover(index: Index, asked: Asked, hits: Sequence[Hit]) -> float:
    """How much of what is asked stands in the exchange that holds most of it: 0 to 1."""
    return max((covered(asked.words, stems_of(text_of(index, hit))) for hit in hits[:LOOKED_AT]), default=0.0)


NEARBY_BONUS = 0.02
"""What it counts, in the unit of a score, that an exchange stands in a paper that the last answer cited."""
SAID = 0.015
"""What it counts against an exchange that the last answer cited it: who asks on wants to know more."""
OWN_WEIGHT = 1.2
"""How far the follow-up by itself decides between the answers of those papers, against 1 for all that was asked."""
ENOUGH = 2
"""Words of its own with which a follow-up decides in full."""
OF_BEFORE = 0.2
"""What a word of the questions before counts against one of the follow-up."""


def prefer(hits: Sequence[Hit], resolution: Resolution) -> list[Hit]:
    """The hits with those from the papers of the last answer a little ahead; the scores say so.

    Which paper is meant the conversation tells, which of its answers the new words do, if there are any ("waarom
    niet?" has none). Of two alike the one goes ahead that was not cited yet.
    """
    share = min(1.0, len(resolution.own) / ENOUGH)
    own = resolution.within
    alone = {(hit.paper, hit.exchange): hit.score for hit in own}
    least = min(alone.values(), default=0.0)
    known = {(hit.paper, hit.exchange) for hit in hits}
    last = min((hit.score for hit in hits), default=0.0)

    def added(hit: Hit) -> float:
        if hit.paper not in resolution.papers:
            return 0.0
        said = SAID if (hit.paper, hit.exchange) in resolution.said else 0.0
        return NEARBY_BONUS + share * (OWN_WEIGHT * (alone.get((hit.paper, hit.exchange), least) - least) - said)

    found = (*hits, *(replace(hit, score=last) for hit in own if (hit.paper, hit.exchange) not in known))
    lifted = [replace(hit, score=hit.score + added(hit)) for hit in found]
    return sorted(lifted, key=lambda hit: -hit.score)


def leaning(asked: Asked, own: Asked) -> Asked:
    """All that was asked, as the follow-up by itself (`own`) turns it: its words count most, its kind alone."""
    words = {word: rarity * (1.0 if word in own.words else OF_BEFORE) for word, rarity in asked.words.items()}
    return replace(
        asked, words=words, officials=own.officials or asked.officials, years=own.years or asked.years,
        figures=own.figures or asked.figures, when=own.when, how_many=own.how_many, why=own.why, now=own.now,
        wanted=own.wanted,
    )  # fmt: skip
