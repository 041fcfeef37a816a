"""What a question is about, without the words that only say who is asked, how to answer, or that something was said.

Answers do not repeat them: "wat zei minister Bos letterlijk over zalm" is answered by a sentence on salmon, in
which Bos does not occur. What is taken out tells a vector about questions and not about their subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.understanding import Clue, ClueKind

_OFFICES = (
    r"(?:de |het |the |een |a )?(?:dutch |nederlandse |verantwoordelijke |demissionaire? )?"
    r"(?:minister(?:-president|s)?|staatssecretaris(?:sen)?|bewinds(?:persoon|personen|lieden|man|vrouw)|premier|"
    r"state secretar(?:y|ies)|prime minister)"
)
_QUOTES = r"(?:citaat|citaten|uitspra(?:ak|ken)|zin(?:nen)?|passages?|quotes?|quotations?|statements?|sentences?)"
_SAY = (
    r"(?:zei(?:den)?|zegt|zeggen|schreef|schreven|schrijft|antwoordden?|antwoordt|verklaarden?|verklaart|vindt|vond(?:en)?|"
    r"vinden|denkt|dacht|noem(?:t|de|den)|verwoordden?|verwoordt|reageerden?|reageert|stelde?|meldden?|meldt)"
)
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Kunt u een citaat geven waarin …", "Find a quote by …"
        r"^(?:graag |please |kunt u |kun je |kan je |can you |could you )*"
        r"(?:geef|zoek|vind|noem|toon|citeer|find|give|show|quote|look up|check)"
        rf"(?: me| mij| ons| us| eens| even| this)*(?: (?:an?|the|een|het|de|alle|all|any))?(?: (?:letterlijke?|exact|literal))?"
        rf"(?: {_QUOTES})?(?: (?:waarin|waarop|op|van|over|dat|where|in which|by|from|about|of|that))?\b[:,]?",
        rf"^(?:een |het |de |a |the )?(?:letterlijke? |exact )?{_QUOTES}(?: (?:waarin|van|over|by|from|about|of))*\b",
        r"^(?:ik|i) (?:zoek|las|lees|hoorde|wil weten|vraag me af|am looking for|read|heard|wonder)(?: (?:dat|of|wat|that|if|whether|what))?\b",
        r"\b(?:klopt (?:het|dat|dit)|is het waar|is it true|is that right|is this right)(?: (?:dat|that))?\b",
        rf"\b(?:wat|hoe|what|how)(?: {_SAY}| (?:did|does|do)(?= ))(?: (?:letterlijk|precies|exactly|literally))?",
        r"\b(?:graag |liefst )?(?:letterlijk|woordelijk|literally|verbatim)\b",
        rf"\b{_OFFICES}(?= *(?:$|[^\w\s]|\w))",
    )
)


def topic(question: str, clues: Iterable[Clue]) -> str:
    """A question without its frame and its clues; the question itself where nothing would be left to look for."""
    left = question
    for clue in clues:
        if clue.kind in (ClueKind.MINISTER, ClueKind.PARTY, ClueKind.PERIOD):
            left = left.replace(clue.text, " ")
    for frame in _FRAMES:
        left = frame.sub(" ", left.strip())
    left = " ".join(left.split())
    return left if len(re.findall(r"\w{3,}", left)) >= FEWEST_WORDS else question


FEWEST_WORDS = 2
"""A question of which fewer words than this are left keeps them all."""
