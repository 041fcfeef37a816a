"""What a question asks for: the words of its subject, its names, figures and years, the kind of answer wanted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul

from chatbot import numerals, vocabulary
from chatbot.language import ENGLISH, detect
from chatbot.wanted import Wanted, wanted_in
from index.analysis import folded, words
from index.search import Index

ASKS_WHEN = re.compile(
    r"\b(wanneer|hoe ?lang|welke dag|welke? (?:jaar|datum|termijn)|sinds|voor wanneer|"
    r"when|how long|(?:which|what) year|since)\b",
    re.I,
)
ASKS_HOW_MANY = re.compile(
    r"\b(hoeveel|hoe (?:veel|vaak|groot|hoog|duur|warm|ver|snel)|bedrag|percentage|procent|kost(?:en|te|ten)?|"
    r"how (?:many|much|often|large|high)|share|percentage|cost)\b",
    re.I,
)
ASKS_WHY = re.compile(r"\b(waarom|waardoor|reden(?:en)?|oorza(?:ak|ken)|hoezo|why|reasons?|causes?)\b", re.I)
ASKS_NOW = re.compile(
    r"\b(nu|momenteel|op dit moment|tegenwoordig|inmiddels|nieuwste|laatste|recentste|huidige|actuele|nog steeds|"
    r"now|currently|at the moment|latest|newest|current|still)\b",
    re.I,
)
YEAR = re.compile(r"(?<![\d.,])(?:1[89]|2[01])\d\d(?![\d.,]?\d)")
NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]*\w|[A-ZÀ-Ý]{2,}")
WORD = re.compile(r"[\w'-]+")
PARTS = re.compile(r"['-]")
STARTS_SENTENCE = re.compile(r"(?:^|[.?!:]\s*)[\s“\"'‘(]*\Z")
LIKE = 5
"""Letters of a name and of a word of its family that are the same: "Tunesië", "Tunesische"."""
ENDING = 4
"""Letters that a word of its family may end on instead of the end of a longer name: "Afghanistan", "Afghaanse"."""
PART = 4
"""Letters that a part of a compound has at least."""
AS_PART, AS_KIN = 0.7, 0.6
"""What it counts that a word stands as a part of a compound, or only a word that begins like it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as understood. `words`: stems of its subject, each with its rarity in the index (at least 0); who
    answers is no part of that.

    `names`: folded names and abbreviations; `officials`: those of them that belong to who answers in this index.
    `years`: as numbers; `figures`: canonical values of the other numbers. `when`, `how_many`, `why`: whether it
    wants a moment, an amount, a cause; `now`: whether it is about how things stand; `wanted`: the kind of thing it
    asks for first of all.
    """

    question: str
    language: str
    words: Mapping[str, float]
    names: frozenset[str]
    officials: frozenset[str]
    years: frozenset[int]
    figures: frozenset[str]
    when: bool
    how_many: bool
    why: bool
    now: bool
    wanted: Wanted | None = None

    def without(self, texts: Iterable[str]) -> Asked:
        """The same question, of which the names and years in `texts` no longer say who must speak or when."""
        words = {word for text in texts for word in re.findall(r"\w+", folded(text))}
        years = {int(word) for word in words if word.isdigit()}
        return replace(
            self, names=self.names - words, officials=self.officials - words, years=frozenset(self.years - years)
        )


def understand(index: Index, question: str) -> Asked:
    """What `question` asks for, in the light of who answers in `index` and of how rare its words are there."""
    language = detect(question)
    answering = {part for name in index.names().ministers for part in _parts(name)}
    rarities = index.rarities(question)
    officials = frozenset(word for word in re.findall(r"\w+", folded(question)) if word in answering)
    aside = vocabulary.ASKING.union(*map(words, officials))
    subject = {word: max(0.0, rarity) for word, rarity in rarities.items() if word not in aside}
    read = numerals.figures(question, language, articles=False)
    years = {int(year) for year in YEAR.findall(question)}
    return Asked(
        question=question,
        language=language,
        words=subject or {word: max(0.0, rarity) for word, rarity in rarities.items()},
        names=frozenset(_names(question, language)),
        officials=officials,
        years=frozenset(years),
        figures=frozenset(number.value for number in read.numbers if number.value not in map(str, years)),
        when=bool(ASKS_WHEN.search(question)),
        how_many=bool(ASKS_HOW_MANY.search(question)),
        why=bool(ASKS_WHY.search(question)),
        now=bool(ASKS_NOW.search(question)),
        wanted=wanted_in(question),
    )


def _parts(name: str) -> list[str]:
    return [part for part in re.findall(r"\w+", folded(name)) if part not in vocabulary.PARTICLES and len(part) > 2]


def _names(question: str, language: str) -> set[str]:
    found = set()
    for match in NAME.finditer(question):
        name = folded(match[0]).replace("’", "'")
        name = name.removesuffix("'s")
        opens = STARTS_SENTENCE.search(question[: match.start()])
        if opens and not match[0].isupper():
            continue
        if (
            name in vocabulary.HOME
            or name in vocabulary.PARLIAMENT
            or name in vocabulary.OFFICES
            or name in vocabulary.OPENERS[language]
        ):
            continue
        if numerals.is_numeral(name) or name in vocabulary.WEEKDAYS or _is_month(name):
            continue
        if len(name) > 1:
            found.add(name)
    return found


def _is_month(name: str) -> bool:
    return any(name in numerals.month_names(month) for month in range(1, 13))


def named(name: str, said: Collection[str], language: str) -> bool:
    """Whether a folded name, or a word of its family, is among the folded words of a text."""
    if _in_family(name, said, language):
        return True
    parts = [part for part in PARTS.split(name) if len(part) > 1]
    return len(parts) > 1 and all(_in_family(part, said, language) for part in parts)


def _in_family(name: str, said: Collection[str], language: str) -> bool:
    forms = {name, *vocabulary.OTHER_NAMES.get(name, ())}
    if language == ENGLISH:
        forms.update(vocabulary.ABROAD.get(name, ()))
    if any(form in said for form in forms):
        return True
    beginnings = (name[:end] for end in range(LIKE - 1, len(name))) if len(name) > 2 * LIKE - 2 else ()
    if any(beginning in said for beginning in beginnings):
        return True
    stems = tuple(form[: max(LIKE, len(form) - ENDING)] for form in forms if len(form) >= LIKE)
    return bool(stems) and any(word.startswith(stems) for word in said)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The stems of a text. `line`: all of them in one string, each between line breaks, to look for parts of words."""

    stems: frozenset[str]
    line: str


@lru_cache(maxsize=16384)
def stems_of(text: str) -> Said:
    """The stems of a text, as `covered` and `present` want them."""
    stems = frozenset(words(text))
    return Said(stems, "\n" + "\n".join(stems) + "\n")


@lru_cache(maxsize=8192)
def spoken(text: str) -> frozenset[str]:
    """The folded words of a text, compounds with hyphens whole and in parts, as `named` wants them."""
    found = set(WORD.findall(folded(text)))
    return frozenset(found | {part for word in found for part in PARTS.split(word) if part})


def stands_in(word: str, said: Said) -> bool:
    """Whether a stem was said, of itself or as the beginning or end of a compound: "asiel" in "asielbeleid"."""
    if word in said.stems:
        return True
    return len(word) >= PART and (f"\n{word}" in said.line or f"{word}\n" in said.line)


def covered(wanted: Mapping[str, float], *said: Said) -> float:
    """How much of the words, weighted by rarity, is in any of what was said: 0 to 1; 1 when none is wanted."""
    total = sum(wanted.values())
    if not total:
        return 1.0
    words = tuple(wanted)
    shares = _shares(words, said[0])
    for other in said[1:]:
        shares = tuple(map(max, shares, _shares(words, other)))
    held: float = sum(map(mul, wanted.values(), shares))
    return held / total


@lru_cache(maxsize=8192)
def _shares(words: tuple[str, ...], said: Said) -> tuple[float, ...]:
    """How surely each word is in what was said: asked for over and over on the way to one answer."""
    return tuple(present(word, said) for word in words)


def present(word: str, said: Said) -> float:
    """How surely a stem is in what was said: 1 itself, less in or as a compound or as a word that begins alike."""
    if word in said.stems:
        return 1.0
    if len(word) < PART:
        return 0.0
    if f"\n{word}" in said.line or f"{word}\n" in said.line or (len(word) > LIKE and word in said.line):
        return AS_PART if len(word) > PART else AS_KIN
    if not _parts_of(word).isdisjoint(said.stems):
        return AS_KIN
    return AS_KIN if len(word) > LIKE and f"\n{word[: LIKE + 1]}" in said.line else 0.0


@lru_cache(maxsize=8192)
def _parts_of(word: str) -> frozenset[str]:
    """The beginnings and ends of a word that can be words of their own: "rampengeld" to "rampen", "geld"."""
    ends = [word[place:] for place in range(PART, len(word) - PART + 1)]
    return frozenset((*(word[:place] for place in range(PART + 1, len(word) - 2)), *ends))
