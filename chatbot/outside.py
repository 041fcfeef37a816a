"""Why a question may lie outside a collection: the years, the chamber or the countries that it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from chatbot import vocabulary
from chatbot.asked import LIKE, Asked, named, spoken
from chatbot.language import DUTCH, ENGLISH
from index.analysis import folded
from index.records import Hit
from index.search import Index

SENATE = re.compile(r"\b(?:eerste kamer|senaat|senator(?:en)?|senate)\b", re.IGNORECASE)
LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Outside:
    """What of a question the collection does not cover. `years`: outside its period. `countries`: as typed."""

    years: tuple[int, ...] = ()
    senate: bool = False
    countries: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.years or self.senate or self.countries)


def outside(index: Index, asked: Asked, hits: Sequence[Hit]) -> Outside:
    """What of `asked` lies outside the collection, as far as its header and the best hits tell."""
    status = index.status()
    said = _said(index, hits)
    years: tuple[int, ...] = ()
    if status.first is not None and status.last is not None:
        period = range(status.first.year, status.last.year + 1)
        years = tuple(year for year in sorted(asked.years) if year not in period and str(year) not in said)
    senate = bool(SENATE.search(asked.question)) and not any("-ek-" in paper.id for paper in index.papers())
    countries = tuple(
        name
        for name in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", asked.question)
        if _is_country(folded(name)) and not named(folded(name), said, asked.language)
    )
    return Outside(years, senate, tuple(dict.fromkeys(countries)))


def _said(index: Index, hits: Sequence[Hit]) -> Collection[str]:
    said: set[str] = set()
    for hit in hits[:LOOKED_AT]:
        paper = index.paper(hit.paper)
        exchange = paper.exchanges[hit.exchange]
        said |= spoken(f"{paper.subject} {exchange.question} {exchange.answer}")
    return said


@cache
def _countries() -> frozenset[str]:
    names = {
        folded(name)
        for language in (DUTCH, ENGLISH)
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in {"NL", "EU", "UN", "EZ"}
    }
    return frozenset(names)


def _is_country(name: str) -> bool:
    if name in vocabulary.HOME or len(name) < LIKE - 1:
        return False
    if name in _countries():
        return True
    return name.endswith(("se", "sche")) and any(
        country.startswith(name[:LIKE]) and len(name) <= len(country) + 2
        for country in _countries()
        if " " not in country
    )
