"""What kind of thing a question asks for, and whether a sentence has one: an amount, a share, a length of time, a
moment, a number, somebody's name.

A sentence that says that such a thing is not known has it too: that answers the question.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.dates import MONTHS
from index.analysis import folded


class Wanted(StrEnum):
    """A kind of thing asked for."""

    MONEY = "money"
    SHARE = "share"
    LENGTH = "length"
    MOMENT = "moment"
    NUMBER = "number"
    NAME = "name"


_UNIT = r"\b(?:uur|uren|minuten|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar|jaren|termijn(?:en)?)\b"
_NUMERAL = (
    r"\b(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|elf|twaalf|\w*tien|\w*twintig|\w*[dvznt]\w+tig|honderd\w*|"
    r"duizend\w*|enkele|tientallen|honderden|duizenden)\b"
)


def _pattern(text: str) -> re.Pattern[str]:
    """White space between the alternatives does not count."""
    return re.compile(text, re.VERBOSE)


_ASKED = (
    (
        Wanted.SHARE,
        _pattern(r"""
            \b(?:hoeveel|welk|wat\ voor|what|how\ many|which)\s+(?:procent|percentage|(?:aan)?deel|share)\b
            | \bpercentage\b
            | \bhoe\ groot\ (?:is|was|wordt)\ het\ (?:aan)?deel\b"""),
    ),
    (
        Wanted.LENGTH,
        _pattern(rf"""
            \bhoe\ ?lang\b | \bhoeveel\s+(?:\w+\s+)?{_UNIT}
            | \bhow\ (?:long|many\ (?:hours|days|weeks|months|years))\b"""),
    ),
    (
        Wanted.MONEY,
        _pattern(r"""
            \bhoeveel\s+(?:\w+\s+){0,3}?(?:geld|euro|budget|subsidie|miljoen|miljard)\b
            | \bhoeveel\b[^?]{0,40}\b(?:kost(?:te|en|ten)?|betaal\w*|bezuinig\w*|bespar\w*|uitgegeven|keert)\b
            | \bhoe\ duur\b | \bwat\ (?:kost\w*|betaalt|betaalde|verdient)\b
            | \bwat\ (?:zou|gaat|heeft)\b[^?]{0,60}\b(?:kosten|gekost)\b
            | \b(?:welk|what)\ (?:bedrag|amount)\b | \bhow\ much\ money\b
            | \bhow\ much\ (?:did|does|do|will|is|was)\b[^?]{0,60}\b(?:pay|cost|spend)\b"""),
    ),
    (
        Wanted.MOMENT,
        _pattern(r"""
            \b(?:wanneer|hoe\ laat|when)\b
            | \bwelke?\ (?:jaar|maand|dag|datum)\b"""),
    ),
    (Wanted.NUMBER, _pattern(r"\b(?:hoeveel|hoe\ veel|hoe\ vaak|how\ many|how\ often|welk\ aantal)\b")),
    (Wanted.NAME, _pattern(r"\b(?:wie|hoe\ heten?|who|whose)\b")),
)
_HAS = {
    Wanted.MONEY: _pattern(r"€ | \beuro\b"),
    Wanted.SHARE: _pattern(r"% | \bprocent\b | \bhelft\b | \bkwart\b | \b(?:een|twee)\ derde\b"),
    Wanted.LENGTH: _pattern(rf"""
        (?:\d|{_NUMERAL})\s(?:\w+\s)?{_UNIT}
        | \b(?:sinds|vanaf|tot)\b[^.]{{0,20}}(?:\d{{4}}|{MONTHS})
        | \bper\ direct\b"""),
    Wanted.MOMENT: _pattern(rf"""
        \b(?:{MONTHS})\b | \b(?:19|20|21)\d\d\b
        | \b(?:voorjaar|zomer|najaar|herfst|winter|kwartaal|jaarwisseling|eind|begin|medio|zodra)\b
        | \b(?:volgend\ jaar|dit\ jaar|komende|binnenkort|spoedig)\b"""),
    Wanted.NUMBER: _pattern(rf"""
        (?<![\d.,/-])(?!(?:19|20|21)\d\d\b)\d[\d.,]*(?![\d/-]|e\b|\s(?:{MONTHS})\b)
        | {_NUMERAL} | \bgeen\ enkele?\b | \bnul\b | \bniemand\b"""),
}
_UNKNOWN = _pattern(r"""
    \bniet\ (?:\w+\ ){0,2}(?:bekend|geregistreerd|bijgehouden|beschikbaar|te\ zeggen|voorhanden)\b
    | \bgeen\ (?:\w+\ ){0,2}(?:cijfers|gegevens|inzicht|zicht|overzicht|uitspra\w+|informatie|registratie)\b
    | \b(?:registreert|registreren|beschik\w*)\ (?:\w+\ ){0,3}niet\b
    | \bkan\ ik\ (?:\w+\ ){0,3}niet\b""")
_COUNTS_NOTHING = _pattern(r"""
    \b(?:vra(?:ag|gen)|artikel|nrs?\.?|kamerstuk\w*|lid|paragraaf|bijlage)\s+[\d\s,.]+(?:en\s+\d+)?""")
_PROPER = re.compile(r"(?<=[a-zà-ÿ0-9,;:)»”’%] )(?:[A-ZÀ-Ý][\w’'-]+|[A-Z]{2,})")
"""A word with a capital that does not begin a sentence."""


def wanted_in(question: str) -> Wanted | None:
    """The kind of thing that a question asks for first of all; None where it asks for none of these."""
    text = folded(question)
    return next((wanted for wanted, pattern in _ASKED if pattern.search(text)), None)


def has(wanted: Wanted, sentence: str, question: str) -> bool:
    """Whether a sentence has a thing of the kind, or says that it is not known.

    `question`: what was asked; names in it do not count.
    """
    if _UNKNOWN.search(sentence):
        return True
    if wanted is Wanted.NAME:
        asked = folded(question)
        return any(folded(name) not in asked for name in _PROPER.findall(sentence))
    return _HAS[wanted].search(_COUNTS_NOTHING.sub(" ", sentence.lower())) is not None
