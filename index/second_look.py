"""A second look at the exchanges that fit best, by what their text is: an answer of the kind asked for, or none at all.

Vectors see what a passage is about and not what it says of it. "Bent u bekend met het bericht …? Ja." is about all
that its question names, and answers nobody; a question "hoeveel" is answered where a figure stands. And the words of
the question are looked for one by one, in the sense that they have there (`index.senses`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.records import Passage

DEPTH = 30
"""Exchanges that are looked at again at least."""
KIND_WEIGHT = 0.4
"""What it counts that an answer is of the kind asked for, in spreads of the cosine."""
EMPTY_WEIGHT = -1.5
"""What it counts that an answer says nothing, in spreads of the cosine."""
SENSE_WEIGHT = 35.0
"""What it counts, in spreads of the cosine, that each word of the question is found in its sense."""
USUAL_SENSE = 0.4
"""How well an answer has the words of a question when it is one of the first twenty."""
SHORT = 80
"""Characters up to which an answer that only acknowledges or points elsewhere says nothing."""

_KNOWS = re.compile(
    r"(?:\A|\| )(?:bent u (?:bekend|op de hoogte)|ken(?:t|de)? u|heeft u (?:kennis ?genomen|gelezen|gezien)|"
    r"herinnert u|kunt u zich|hebt u kennis ?genomen)\b[^|]*\Z",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\A(?:(?:ja|nee)[,.]? )?(?:zie|ik verwijs|hiervoor verwijs|verwezen wordt|voor het antwoord)\b", re.IGNORECASE
)
_ASKED = (
    (
        re.compile(
            r"\b(?:wanneer|hoe ?lang|sinds|(?:op|voor|tot|vanaf|in|per) welke? (?:dag|datum|jaar|maand|termijn)|"
            r"welke (?:dag|datum|termijn)|welk jaar|when|how long|since|(?:which|what) (?:year|date|day|month))\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:(?:19|20|21)\d\d|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|"
            r"december|voorjaar|zomer|najaar|herfst|winter|kwartaal|eind|begin|medio|week|weken|maand(?:en)?|ja(?:ar|ren)|"
            r"dag(?:en)?|uur)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"\b(?:hoeveel|hoe (?:veel|vaak|groot|hoog|duur)|welk (?:deel|aantal)|bedrag|percentage|procent|"
            r"kost(?:en|te|ten)?|how (?:many|much|often|large|high)|(?:what|which) (?:share|percentage|amount))\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\d|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|honderd|duizend|miljoen|"
            r"miljard|helft|kwart|derde)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:waarom|hoezo|reden(?:en)?|oorza(?:ak|ken)|why|reasons?|causes?)\b", re.IGNORECASE),
        re.compile(
            r"\b(?:omdat|vanwege|doordat|aangezien|daarom|reden(?:en)?|oorza\w+|gezien|immers|hierdoor|daardoor|"
            r"namelijk|zodat|wegens|want)\b",
            re.IGNORECASE,
        ),
    ),
)
"""How a question asks for a time, a figure or a cause, and what stands in an answer that gives one."""


def adjusting(query: str) -> Callable[[Sequence[Passage]], float]:
    """What says how much the text of an exchange, all passages of its answer, adds to its score for a query, in
    spreads of the cosine."""
    wanted = [given for asked, given in _ASKED if asked.search(query)]

    def adjustment(passages: Sequence[Passage]) -> float:
        if says_nothing(passages):
            return EMPTY_WEIGHT
        if any(given.search(passage.text) for given in wanted for passage in passages):
            return KIND_WEIGHT
        return 0.0

    return adjustment


def sensed(match: float) -> float:
    """What it adds to a score, in spreads of the cosine, that an answer has the words of a question so well, 0 to 1."""
    return SENSE_WEIGHT * (match - USUAL_SENSE)


def says_nothing(passages: Sequence[Passage]) -> bool:
    """Whether an answer only acknowledges that something is known, or only points to another answer."""
    if len(passages) != 1 or len(passages[0].text) > SHORT:
        return False
    return bool(_KNOWS.search(passages[0].heading) or _POINTS.match(passages[0].text))
