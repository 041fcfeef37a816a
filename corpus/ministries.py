"""The canonical list of ministries, with their historic names and abbreviations (`ministeries.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz

from corpus.folding import fold

SPELLING_SIMILARITY = 92.0
"""From this similarity on (0 to 100, rapidfuzz ratio of folded names) a name is a misspelling of a known one."""

_PREFIX = re.compile(r"^\s*(?:het\s+)?(?:ministerie\s+)?(?:van|voor)\s+(?=\S)|^\s*(?:het\s+)?ministerie\s+(?=\S)", re.I)


@dataclass(frozen=True, slots=True)
class Ministry:
    """One name of a ministry or portfolio; `first` and `last` are the days of that name, None where open."""

    name: str
    abbreviations: tuple[str, ...]
    spellings: tuple[str, ...]
    first: date | None
    last: date | None

    def held(self, on: date | None) -> bool:
        """Whether the name was in use on a day; True where the day is unknown."""
        if on is None:
            return True
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


_PORTFOLIO = re.compile(r"\s+[-–]\s+")
"""What follows is a part of the ministry's work: "Financiën - Fiscaliteit, Belastingdienst en Douane"."""


@cache
def ministries() -> tuple[Ministry, ...]:
    """All ministries of the list, in its order."""
    table = tomllib.loads(files("corpus").joinpath("ministeries.toml").read_text(encoding="utf-8"))
    return tuple(
        Ministry(
            name=row["name"],
            abbreviations=tuple(row.get("abbreviations", ())),
            spellings=tuple(row.get("spellings", ())),
            first=row.get("from"),
            last=row.get("until"),
        )
        for row in table["ministry"]
    )


@cache
def _by_name() -> dict[str, tuple[Ministry, ...]]:
    index: dict[str, list[Ministry]] = {}
    for ministry in ministries():
        for name in (ministry.name, *ministry.spellings, *ministry.abbreviations):
            index.setdefault(fold(name), []).append(ministry)
    return {name: tuple(found) for name, found in index.items()}


@cache
def _known_names() -> re.Pattern[str]:
    """A pattern for the longest known full name at a place, with any spacing and in any case."""
    names = {name for ministry in ministries() for name in (ministry.name, *ministry.spellings)}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(re.escape(name).replace(r"\ ", r"\s*") for name in longest_first), re.IGNORECASE)


def known_name_at(text: str, start: int) -> int | None:
    """Where the known ministry's name that begins at `start` ends; None when none begins there."""
    match = _known_names().match(text, start)
    if match is None or text[match.end() : match.end() + 1].isalpha():
        return None
    return match.end()


@lru_cache(maxsize=4096)
def canonical_ministry(text: str, on: date | None = None) -> str:
    """The canonical name of a ministry given by a name, a historic name, a misspelling or an abbreviation.

    `on` chooses among names that share an abbreviation ("BZ"). A name that is not on the list comes back
    as it is, without "Ministerie van".
    """
    bare = " ".join(_PREFIX.sub("", text).split()).strip(" ,.;:()")
    key = fold(bare)
    if not key:
        return ""
    found = _by_name().get(key)
    if found:
        return next((ministry.name for ministry in found if ministry.held(on)), found[0].name)
    head = _PORTFOLIO.split(bare, maxsplit=1)[0]
    if head != bare and fold(head) in _by_name():
        return canonical_ministry(head, on)
    squeezed = key.replace(" ", "")
    for name, candidates in _by_name().items():
        if name.replace(" ", "") == squeezed:
            return candidates[0].name
    held = [ministry for ministry in ministries() if ministry.held(on)]
    if len(key) > 8:
        best = max(held, key=lambda ministry: fuzz.ratio(key, fold(ministry.name)))
        if fuzz.ratio(key, fold(best.name)) >= SPELLING_SIMILARITY:
            return best.name
        begun = {ministry.name for ministry in held if fold(ministry.name).startswith(key + " ")}
        if on is not None and len(begun) == 1:
            return begun.pop()
    return bare


def ministry_matches(query: str, ministry: str) -> bool:
    """Whether a ministry's canonical name is meant by a query: its name, whole words of it, or an abbreviation.

    Case, accents and punctuation do not count. An empty query matches nothing.
    """
    wanted = fold(_PREFIX.sub("", query))
    if not wanted or not ministry:
        return False
    name = fold(ministry)
    if f" {wanted} " in f" {name} ":
        return True
    return any(
        wanted in {fold(other) for other in (*known.abbreviations, *known.spellings)}
        for known in ministries()
        if fold(known.name) == name
    )
