"""Questions that lean on the conversation, made whole without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatbot.records import Turn
from index.records import Hit

SHORT = 4
"""A question of at most this many words says too little to stand alone once a conversation runs."""
OPENERS = frozenset({"en", "maar", "dus", "oké", "ok", "and", "but", "so", "then"})
POINTERS = frozenset(
    "dat die dit deze daar daarvan daarvoor daarmee daarover daarbij daarna daartegen daardoor daarom daarop daarin "
    "hiervan hiervoor hiermee hierover hierbij hierna hiertegen hierdoor hierin hier hij zij ze hem hen hun er ervan "
    "ervoor ermee erover erbij erna ertegen erdoor erin that this those these it its he she they him them their "
    "there".split()
)
POINTING_WITHIN = 3
"""A pointing word among the first so many words, with nothing before it to point to, points backwards."""
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
POINTERS_OF_CONTEXT = POINTERS - {"die", "dat", "er", "hier", "that", "there", "it", "deze", "dit", "this", "these"}
"""Pointing words that seldom open or fill a question that stands alone."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What to search for. `papers`: those that the last answer cited, when the question leans on it."""

    searched: str
    follows_up: bool
    papers: tuple[str, ...] = ()


def leans_on_history(question: str) -> bool:
    """Whether `question` cannot be understood without what was asked before."""
    words = [word.lower() for word in WORD.findall(question)]
    if not words:
        return False
    if len(words) <= SHORT or words[0] in OPENERS:
        return True
    if any(word in POINTERS for word in words[:POINTING_WITHIN]):
        return True
    return any(word in POINTERS_OF_CONTEXT for word in words)


def resolve(question: str, history: Sequence[Turn]) -> Resolution:
    """What `question` asks for in the light of the turns before it, oldest first."""
    if not history or not leans_on_history(question):
        return Resolution(searched=question, follows_up=False)
    last = history[-1]
    asked = last.answer.searched if last.answer and last.answer.searched else _standing(history)
    papers = tuple(dict.fromkeys(citation.paper for citation in last.answer.citations)) if last.answer else ()
    return Resolution(searched=f"{asked} {question}", follows_up=True, papers=papers)


def _standing(history: Sequence[Turn]) -> str:
    """The earlier questions from the last one that stands alone on, in order."""
    start = len(history) - 1
    while start > 0 and leans_on_history(history[start].question):
        start -= 1
    return " ".join(turn.question for turn in history[start:])


NEARBY_BONUS = 0.02
"""What it counts, in the unit of a score, that an exchange stands in a paper that the last answer cited."""


def prefer(hits: Sequence[Hit], papers: Sequence[str]) -> list[Hit]:
    """The hits with those from the papers of the last answer a little ahead; the scores say so."""
    lifted = [replace(hit, score=hit.score + NEARBY_BONUS) if hit.paper in papers else hit for hit in hits]
    return sorted(lifted, key=lambda hit: -hit.score)
