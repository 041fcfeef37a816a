"""What a question says of the papers that it is about: who answered, which ministry, who asked, when, which paper.

A name in a question is a hint and seldom a condition: "wat zei Bos over …" means a minister, "het bos" does not,
and "in 2023" may be the year that is talked about. So clues lift papers in the ranking, and only the number of a
paper narrows the search. Whoever shows them can let a user take one away, or make a filter of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.folding import fold
from corpus.ministries import ministries
from index.party_names import LONG_NAMES
from index.periods import periods
from index.records import Filters

LONGEST_NAME = 8
"""Words of the longest name that is looked for."""
COMMON = 2e-6
"""From this share of all words on, a word without a capital is taken for itself and not for a name."""

FEWEST_WORDS = 3
"""A question of which fewer words are left keeps its names."""

_WORD = re.compile(r"[^\W_]+")
_TITLE = r"(?:\b(?:(?:de|het|the) )?(?:minister|staatssecretaris|state secretary) )?"
_OFFICE = frozenset("minister ministers staatssecretaris staatssecretarissen bewindsman bewindsvrouw secretary".split())
_MINISTRY_BEFORE = re.compile(
    r"\b(?:minister|ministerie|staatssecretaris|bewindspersoon|ministry|secretary)\s+(?:van|voor|of|for)\s+(?:the\s+)?\Z"
)
_ASKED_BEFORE = re.compile(
    r"(?:\b(?:vra(?:ag|gen)|kamervra(?:ag|gen)|verzoek|questions?|asked|gesteld)\s+(?:van|door|by|from|of)(?:\s+(?:de|het|the))?"
    r"|\b(?:fractie|partij)\s+(?:van\s+)?(?:de\s+)?|\b(?:aan|to)\s+de)\s*\(?\Z"
)
_ASKED_AFTER = re.compile(r"\A\s*-?\s*(?:kamer)?(?:vra(?:ag|gen)|leden|lid|fractie)\b")
_PAPER = re.compile(r"\b(?:ah|kv)-(?:tk-)?[0-9a-z]+(?:-[0-9]+)?\b")
_QUESTION_NUMBER = re.compile(r"\b((?:19|20)\d\dz\d{5})\b")
_ENGLISH = {
    "justice": "justitie", "foreign affairs": "buitenlandse zaken", "foreign": "buitenlandse zaken",
    "foreign trade": "buitenlandse handel", "defence": "defensie", "defense": "defensie",
    "health": "volksgezondheid", "education": "onderwijs", "finance": "financien", "agriculture": "landbouw",
    "infrastructure": "infrastructuur", "interior": "binnenlandse zaken", "home affairs": "binnenlandse zaken",
    "social affairs": "sociale zaken", "economic affairs": "economische zaken", "asylum": "asiel",
    "migration": "migratie", "climate": "klimaat", "housing": "volkshuisvesting",
}  # fmt: skip


class ClueKind(StrEnum):
    """What a clue is about. Two clues of one kind are alternatives, those of different kinds add up."""

    PAPER = "paper"
    MINISTER = "minister"
    MINISTRY = "ministry"
    PARTY = "party"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in a question that tells papers apart.

    `text`: as the question has it. `filters`: the papers meant, with the fields of its kind set and no others.
    `sure`: whether it narrows the search; others only lift what fits.
    """

    kind: ClueKind
    text: str
    filters: Filters
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What can be named: as the index has them."""

    ministers: Sequence[str]
    ministries: Sequence[str]
    parties: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Token:
    folded: str
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def understand(question: str, names: Names) -> tuple[Clue, ...]:
    """The clues in a question, each once, in the order of its words within each kind."""
    tokens = [_Token(fold(m[0]), m[0], m.start(), m.end()) for m in _WORD.finditer(question)]
    lowered = question.lower()
    found = [
        *_papers(question, lowered),
        *_ministers(tokens, _keys(tuple(names.ministers))),
        *_ministries(question, lowered, tokens, frozenset(names.ministries)),
        *_parties(question, lowered, tokens, _party_keys(tuple(names.parties))),
        *(Clue(ClueKind.PERIOD, text, Filters(since=since, until=until)) for text, since, until in periods(question)),
    ]
    return tuple({clue.filters: clue for clue in reversed(found)}.values())[::-1]


def _papers(question: str, lowered: str) -> Iterator[Clue]:
    for match in _PAPER.finditer(lowered):
        if any(character.isdigit() for character in match[0]):
            identifier = match[0].replace("z", "Z") if match[0].startswith("kv-") else match[0]
            yield Clue(ClueKind.PAPER, question[match.start() : match.end()], Filters(papers=(identifier,)), sure=True)
    for match in _QUESTION_NUMBER.finditer(lowered):
        if lowered[: match.start()].endswith("kv-tk-"):
            continue
        yield Clue(
            ClueKind.PAPER, question[match.start() : match.end()], Filters(papers=(f"kv-tk-{match[1].upper()}",))
        )


@cache
def _keys(names: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Folded words of a name, whole and without the second part of a double name, to what to filter by."""
    keys: dict[tuple[str, ...], str] = {}
    for name in names:
        first = re.split(r"\s*[-–]\s*", name)[0]
        for form in (first, name):
            if words := tuple(fold(form).split()):
                keys[words] = form
    return keys


def _ministers(tokens: Sequence[_Token], keys: Mapping[tuple[str, ...], str]) -> Iterator[Clue]:
    for place, length in _spans(tokens, keys):
        words = tokens[place : place + length]
        before = tokens[place - 1].folded if place else ""
        capital = words[-1].capital and (place > 0 or length > 1)
        if before in _OFFICE or capital or not is_common(words[-1].folded):
            text = " ".join(word.text for word in words)
            yield Clue(ClueKind.MINISTER, text, Filters(minister=keys[tuple(word.folded for word in words)]))


def _spans(tokens: Sequence[_Token], keys: Mapping[tuple[str, ...], str]) -> Iterator[tuple[int, int]]:
    """Where keys stand in the tokens, the longest at each place, without overlap, as (place, length)."""
    place = 0
    while place < len(tokens):
        for length in range(min(LONGEST_NAME, len(tokens) - place), 0, -1):
            if tuple(token.folded for token in tokens[place : place + length]) in keys:
                yield place, length
                place += length
                break
        else:
            place += 1


def is_common(word: str) -> bool:
    """Whether a folded word is one that Dutch or English has for something else than a name."""
    # The list takes a moment to load and is only needed for names without a capital.
    from wordfreq import word_frequency

    return max(word_frequency(word, "nl"), word_frequency(word, "en")) >= COMMON


@cache
def _ministry_keys(names: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Folded words of names, abbreviations and parts ("Justitie") to what to filter by."""
    keys: dict[tuple[str, ...], str] = {}
    for name in names:
        whole = re.split(r",\s*|\s+en\s+", name)
        for part in [*whole, name]:
            keys.setdefault(tuple(fold(part).split()), part)
    for ministry in ministries():
        if ministry.name in names:
            for form in (*ministry.abbreviations, *ministry.spellings):
                keys.setdefault(tuple(fold(form).split()), ministry.name)
    for english, dutch in _ENGLISH.items():
        if tuple(dutch.split()) in keys:
            keys.setdefault(tuple(english.split()), keys[tuple(dutch.split())])
    return {words: name for words, name in keys.items() if words}


def _ministries(question: str, lowered: str, tokens: Sequence[_Token], names: frozenset[str]) -> Iterator[Clue]:
    keys = _ministry_keys(tuple(sorted(names)))
    for place, length in _spans(tokens, keys):
        start, end = tokens[place].start, tokens[place + length - 1].end
        name = keys[tuple(token.folded for token in tokens[place : place + length])]
        text = question[start:end]
        in_context = bool(_MINISTRY_BEFORE.search(lowered[:start])) or lowered[end:].lstrip().startswith("minister")
        abbreviated = length == 1 and sum(map(str.isupper, text)) > 1
        capitalised = place > 0 and tokens[place].capital and (length > 1 or name in names)
        if in_context or abbreviated or capitalised:
            yield Clue(ClueKind.MINISTRY, text, Filters(ministry=name))
    for token in tokens:
        stem = token.folded.removesuffix("minister").removesuffix("staatssecretaris")
        if stem != token.folded and (stem,) in keys:
            yield Clue(ClueKind.MINISTRY, token.text, Filters(ministry=keys[(stem,)]))


@cache
def _party_keys(names: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Folded words of parties, of the halves of a double one, and of their long and short names."""
    keys: dict[tuple[str, ...], str] = {}
    for name in names:
        for form in (name, *(part for part in re.split(r"[-/]", name) if len(part) > 1)):
            keys.setdefault(tuple(fold(form).split()), form)
    for short, long in LONG_NAMES.items():
        words, spelled = tuple(fold(short).split()), tuple(fold(long).split())
        if words in keys:
            keys.setdefault(spelled, keys[words])
        elif spelled in keys:
            keys.setdefault(words, keys[spelled])
    return {words: name for words, name in keys.items() if words}


def _parties(
    question: str, lowered: str, tokens: Sequence[_Token], keys: Mapping[tuple[str, ...], str]
) -> Iterator[Clue]:
    for place, length in _spans(tokens, keys):
        start, end = tokens[place].start, tokens[place + length - 1].end
        text = question[start:end]
        asked = bool(_ASKED_BEFORE.search(lowered[:start])) or bool(_ASKED_AFTER.match(lowered[end:]))
        if asked:
            yield Clue(
                ClueKind.PARTY,
                text,
                Filters(party=keys[tuple(token.folded for token in tokens[place : place + length])]),
            )


def without_clues(question: str, clues: Iterable[Clue]) -> str:
    """The question without the names and days that its clues rest on; as it is where little else would be left.

    An answer does not repeat who gives it, who asked or when: in a vector those words only blur the subject.
    Ministries stay, because passages are embedded with theirs.
    """
    left = question
    for clue in clues:
        if clue.kind in (ClueKind.MINISTER, ClueKind.PARTY, ClueKind.PERIOD):
            left = re.sub(rf"{_TITLE}(?<!\w){re.escape(clue.text)}(?!\w)", " ", left, flags=re.IGNORECASE)
    left = " ".join(left.split())
    return left if len(_WORD.findall(left)) >= FEWEST_WORDS else question


def taken_as_filters(clues: Iterable[Clue], filters: Filters) -> Filters:
    """The filters, narrowed by the sure clues unless they say something of their own about the same."""
    papers = tuple(paper for clue in clues if clue.sure for paper in clue.filters.papers or ())
    if not papers or filters.papers is not None:
        return filters
    return Filters(filters.minister, filters.ministry, filters.party, filters.since, filters.until, papers)
