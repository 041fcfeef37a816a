"""Questions that lean on the conversation, made whole without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatbot import vocabulary
from chatbot.asked import Asked
from chatbot.records import Turn
from index import analysis
from index.records import Hit

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
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
POINTERS_OF_CONTEXT = POINTERS - {
    *("die", "dat", "er", "hier", "that", "there", "deze", "dit", "this", "these", "their")
}
"""Pointing words that seldom open or fill a question that stands alone."""

SUCH = frozenset("zoiets zulke zulks".split())
"""Words that stand for something said before, wherever they are."""
BACKWARDS = re.compile(
    r"\b(?:naar|over|van|met|voor|bij|aan|in|op|uit|tegen|door|tot|onder|tussen|about|of|with|for|to|by|from)\s+"
    r"(?:die|deze|dat|dit|those|these)\s+(?!(?:ik|je|u|hij|zij|ze|wij|we|de|het|een|moment)\b)\w",
    re.IGNORECASE,
)
"""A thing pointed to behind a preposition, where no relative clause begins: "naar die mensen"."""
THEN = re.compile(r"\bdan\W*\Z|\b(?:die|deze|dat)\s\w+\sdan\b", re.IGNORECASE)
IF = re.compile(r"\b(?:als|indien|wanneer|tenzij|alleen|bijna|if)\b", re.IGNORECASE)
"""What "dan" answers within a question; else it goes on from what was said before: "op wat voor manier dan?"."""

DUMMY = "it"
"""Points back only in a question that says little: "what does it cost to run a harbour?" stands alone."""
LOOSE = POINTERS | {"het"}
AFTER_LOOSE = frozenset("al nu er in dan nog precies ook toch eigenlijk zo now then already exactly".split())
"""What follows a pointing word that stands for a thing, and does not open "dat plan" or "het fonds"."""
SAYS_LITTLE = 2
"""A question with at most so many words of its own, and a loose pointing word, leans on what was asked before."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What to search for. `papers`: those that the last answer cited, when the question leans on it.

    `own`: what the question itself adds to the subject, when it leans on others.
    """

    searched: str
    follows_up: bool
    papers: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()


def leans_on_history(question: str) -> bool:
    """Whether `question` cannot be understood without what was asked before."""
    words = [word.lower() for word in WORD.findall(question)]
    if not words:
        return False
    own = len(subject(question))
    if words[0] in OPENERS or len(words) <= SHORT:
        return True
    if any(word in POINTERS for word in words[:POINTING_WITHIN]) or any(word in SUCH for word in words):
        return True
    if BACKWARDS.search(question) or (THEN.search(question) and not IF.search(question)):
        return True
    if any(word in POINTERS_OF_CONTEXT for word in words) or (own <= SAYS_LITTLE and DUMMY in words):
        return True
    loose = any(
        word in LOOSE and (after is None or after in AFTER_LOOSE)
        for word, after in zip(words, [*words[1:], None], strict=True)
    )
    return loose and own <= SAYS_LITTLE


def subject(question: str) -> frozenset[str]:
    """The stems of the words of a question that say what it is about."""
    return frozenset(analysis.words(question)) - vocabulary.ASKING


def resolve(question: str, history: Sequence[Turn]) -> Resolution:
    """What `question` asks for in the light of the turns before it, oldest first."""
    if not history or not leans_on_history(question):
        return Resolution(searched=question, follows_up=False)
    last = history[-1]
    asked = last.answer.searched if last.answer and last.answer.searched else _standing(history)
    papers = tuple(dict.fromkeys(citation.paper for citation in last.answer.citations)) if last.answer else ()
    return Resolution(searched=f"{asked} {question}", follows_up=True, papers=papers, own=subject(question))


def _standing(history: Sequence[Turn]) -> str:
    """The earlier questions from the last one that stands alone on, in order."""
    start = len(history) - 1
    while start > 0 and leans_on_history(history[start].question):
        start -= 1
    return " ".join(turn.question for turn in history[start:])


NEARBY_BONUS = 0.02
"""What it counts, in the unit of a score, that an exchange stands in a paper that the last answer cited."""
OWN_WEIGHT = 0.5
"""How far the follow-up by itself decides between the answers of those papers, against 1 for all that was asked."""
ENOUGH = 2
"""Words of its own with which a follow-up decides in full."""
OF_BEFORE = 0.2
"""What a word of the questions before counts against one of the follow-up."""


def prefer(hits: Sequence[Hit], own: Sequence[Hit], resolution: Resolution) -> list[Hit]:
    """The hits with those from the papers of the last answer a little ahead; the scores say so.

    `own`: what was found in these papers for the follow-up by itself: which paper is meant the conversation tells,
    which of its answers the new words do, if there are any ("waarom niet?" has none).
    """
    weight = OWN_WEIGHT * min(1.0, len(resolution.own) / ENOUGH)
    alone = {(hit.paper, hit.exchange): hit.score for hit in own}
    least = min(alone.values(), default=0.0)
    known = {(hit.paper, hit.exchange) for hit in hits}
    last = min((hit.score for hit in hits), default=0.0)
    lifted = []
    for hit in (*hits, *(replace(hit, score=last) for hit in own if (hit.paper, hit.exchange) not in known)):
        added = weight * (alone.get((hit.paper, hit.exchange), least) - least)
        lifted.append(replace(hit, score=hit.score + NEARBY_BONUS + added) if hit.paper in resolution.papers else hit)
    return sorted(lifted, key=lambda hit: -hit.score)


def leaning(asked: Asked, own: Asked) -> Asked:
    """All that was asked, as the follow-up by itself (`own`) turns it: its words count most, its kind alone."""
    words = {word: rarity * (1.0 if word in own.words else OF_BEFORE) for word, rarity in asked.words.items()}
    return replace(
        asked, words=words, officials=own.officials or asked.officials, years=own.years or asked.years,
        figures=own.figures or asked.figures, when=own.when, how_many=own.how_many, why=own.why, now=own.now,
        wanted=own.wanted,
    )  # fmt: skip
