"""Who is named in a text: officials, members and others, with what leans on an earlier name filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chatbot import speech
from chatbot.checked import Attributed
from chatbot.wording import same_name
from corpus.lexicon import FUNCTION_WORDS
from corpus.ministries import canonical_ministry, known_name_at, ministries, ministry_matches
from corpus.officials import PRIME_MINISTER

OFTEN = 3
"""Times that a text names somebody whom it is about, at least."""
CABINET = "kabinet"
"""Office of what the whole cabinet is said to say."""
_CAPITAL = r"[A-ZÀ-ÝĀ-Ž][\w'’.-]*"
_PARTICLE = (
    r"(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]en|[Tt]er|[Tt]e|[Hh]et|['’][tTsS]|[Ii]n|[Oo]p|[Ee]l|[Aa]l|[Uu]it|[Vv]oor)"
)
_LOWER_PARTICLES = frozenset("van de der den ten ter te het 't ’t".split())
_OFFICE = re.compile(
    rf"(?<![\w-])(?P<portfolio>[a-zë]{{3,20}}?-?)?(?P<office>{'|'.join(speech.OFFICES)})(?![\w-])", re.IGNORECASE
)
_OTHER = re.compile(rf"(?<![\w-])(?:[\w/]{{2,20}}-)?(?P<office>{'|'.join(speech.OTHERS)})(?![\w-])", re.IGNORECASE)
_MEMBER_OF = re.compile(r"(?<![\w-])[A-Z][\w/-]{1,18}?(?:['’]|-)(?:er|ster)(?=\s+[A-Z])")
"""Somebody by their party: "VVD'er", "D66-ster"."""
_PLAIN = re.compile(rf"(?<![\w-])(?P<word>{'|'.join(speech.PRONOUNS)})(?![\w-])", re.IGNORECASE)
_GOVERNMENT = re.compile(r"(?<![\w-])(?:het\s+kabinet|de\s+regering)(?![\w-])", re.IGNORECASE)
_MINISTRY_ITSELF = re.compile(r"(?<![\w-])(?:het\s+)?ministerie\s+van\s+", re.IGNORECASE)
_SAYS = re.compile(rf"(?:{speech.STRONG.pattern}|(?<![\w-])dixit)\s+(?=[A-ZÀ-Ý])", re.IGNORECASE)
_PRESENTED = re.compile(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<role>[A-Z][a-zà-ÿ-]{{3,}})\s(?P<name>[A-ZÀ-Ý][a-zà-ÿ]+\s(?:{_PARTICLE}\s)*{_CAPITAL})"
)
"""Somebody whom a sentence begins with, and what they are: "Toxicoloog Wessel Grind"."""
_FIRST_NAME = re.compile(r"(?<![\w-])([A-ZÀ-Ý][a-zà-ÿ]+)\s+")
NO_FIRST_NAMES = FUNCTION_WORDS | frozenset(
    "volgens aldus minister ministers staatssecretaris kamerlid dagblad krant".split()
)
_THE_MINISTRY = re.compile(r"(?<![\w-])(?:het|dat|dit)\s+ministerie(?!\s+van\b)(?![\w-])", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|\ben\b)\s+(?=[A-ZÀ-Ý’'])")
_PLURAL_TOO = frozenset({"ze", "zij"})
VERB_REACH = 20
"""Characters before "ze" in which its verb stands."""
_MANY_SPEAK = re.compile(
    r"\b(?:noemen|zeggen|vinden|schrijven|stellen|melden|antwoorden|laten|denken|willen)\s+\Z", re.IGNORECASE
)
"""A verb that makes "ze" several people: "noemen ze"."""
_OF = re.compile(r"\s*,?\s*(?:van|voor)\s+", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]{2,90})\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a text. `leans`: a pronoun or "de minister", whose name stands elsewhere."""

    who: Attributed
    leans: bool = False

    @property
    def start(self) -> int:
        """First character in the text."""
        return self.who.start

    @property
    def end(self) -> int:
        """Character behind the last one."""
        return self.who.end


def mentions(text: str, known: Iterable[str] = (), parties: Iterable[str] = ()) -> tuple[Mention, ...]:
    """Everybody a text names who could be speaking, in order, with what leans on an earlier name filled in.

    Args:
        known: family names of officials that count without their office too.
        parties: names of parties, which are no part of the names before them: "Kamerlid Oudshagen van Lijst Hoogwater".
    """
    whole, text = text, _without_parties(text, parties)
    found: list[Mention] = []
    taken: list[tuple[int, int]] = []

    def take(mention: Mention) -> None:
        if not any(mention.start < end and start < mention.end for start, end in taken):
            found.append(mention)
            taken.append((mention.start, mention.end))

    for match in _OFFICE.finditer(text):
        take(_official(text, match))
    for match in _OTHER.finditer(text):
        if (other := _other(text, match)) is not None:
            take(other)
            for further in _listed(text, other):
                take(further)
    for match in _MEMBER_OF.finditer(text):
        name, end = _name_at(text, match.end() + 1)
        if name:
            take(Mention(Attributed(text[match.start() : end], match.start(), end, name)))
    for match in _MINISTRY_ITSELF.finditer(text):
        if ministry := _ministry_at(text, match.end()):
            take(
                Mention(
                    Attributed(text[match.start() : ministry.end], match.start(), ministry.end, "", "", ministry.name)
                )
            )
    for match in _GOVERNMENT.finditer(text):
        take(Mention(Attributed(match[0], *match.span(), office=CABINET)))
    for match in _PRESENTED.finditer(text):
        name, end = _name_at(text, match.start("name"))
        if name and match["role"].lower() not in FUNCTION_WORDS:
            take(Mention(Attributed(text[match.start() : end], match.start(), end, name)))
    persons = _persons(text)
    for match in _SAYS.finditer(text):
        name, end = _name_at(text, match.end())
        if name.lower() in persons:
            take(Mention(Attributed(text[match.end() : end], match.end(), end, name)))
    named = {mention.who.name: mention.who for mention in found if mention.who.name}
    for name in sorted({*named, *known}, key=len, reverse=True):
        for match in _occurrences(text, name):
            who = named.get(name, Attributed("", 0, 0, name))
            take(Mention(replace(who, text=match[0], start=match.start(), end=match.end())))
    for match in _THE_MINISTRY.finditer(text):
        take(Mention(Attributed(match[0], *match.span()), leans=True))
    for match in _PLAIN.finditer(text):
        if match["word"].lower() in _PLURAL_TOO and _MANY_SPEAK.search(
            text[max(0, match.start() - VERB_REACH) : match.start()]
        ):
            continue
        take(Mention(Attributed(match[0], *match.span()), leans=True))
    for match in speech.OBLIQUE.finditer(text):
        group = "word" if match["word"] else "words"
        take(Mention(Attributed(match[group], *match.span(group)), leans=True))
    return tuple(_resolved(whole, sorted(found, key=lambda mention: mention.start)))


def _without_parties(text: str, parties: Iterable[str]) -> str:
    """The text, as long as it was, with commas in the place of "van" and a party."""
    names = "|".join(re.escape(name) for name in sorted(filter(None, parties), key=len, reverse=True))
    party = f"{names}|[A-Z][A-Z0-9/]+" if names else "[A-Z][A-Z0-9/]+"
    pattern = rf"(?<=\w)\s(?:van|namens)\s+(?:(?:de|het)\s+)?(?P<party>{party})(?![\w-])"

    def hidden(match: re.Match[str]) -> str:
        return match[0] if _ministry_at(text, match.start("party")) else "," * len(match[0])

    return re.sub(pattern, hidden, text)


def _persons(text: str) -> set[str]:
    """The family names, in lower case, that a text gives a first name somewhere."""
    given = (match for match in _FIRST_NAME.finditer(text) if match[1].lower() not in NO_FIRST_NAMES)
    return {_name_at(text, match.end())[0].lower() for match in given} - {""}


def _occurrences(text: str, name: str) -> Iterable[re.Match[str]]:
    # An archive knows hundreds of names, of which a text has a few.
    if max(re.split("['’]", name[1:]), key=len) not in text:
        return iter(())
    first = rf"(?:{re.escape(name[0].upper())}|{re.escape(name[0].lower())})"
    body = "['’]".join(re.escape(part) for part in re.split("['’]", name[1:]))
    return re.finditer(rf"(?<![\w-]){first}{body}(?!\w)", text)


def _official(text: str, match: re.Match[str]) -> Mention:
    office = speech.office(match["office"])
    start, end = match.span()
    if article := re.search(
        rf"(?:\b(?:de|het|haar|zijn|een)\s+)?(?:(?:{'|'.join(speech.EPITHETS)})\s+)*\Z", text[:start], re.I
    ):
        start = article.start()
    ministry = _portfolio(match["portfolio"] or "")
    name = ""
    if ruled := _ministry_behind(text, end):
        ministry, end = ruled.name, ruled.end
        if named := re.compile(r"\s*,?\s*").match(text, end):
            name, stop = _name_at(text, named.end())
            end = stop if name else end
    else:
        gap = re.compile(r"\s+").match(text, end)
        name, stop = _name_at(text, gap.end() if gap else end)
        if name:
            end = stop
            if ruled := _ministry_behind(text, end) or _apposed(text, end):
                ministry, end = ruled.name, ruled.end
    if office == PRIME_MINISTER and not ministry:
        ministry = "Algemene Zaken"
    who = Attributed(text[start:end], start, end, name, office, ministry)
    return Mention(who, leans=not name and not ministry)


def _other(text: str, match: re.Match[str]) -> Mention | None:
    start, end = match.span()
    gap = re.compile(r"\s+").match(text, end)
    name, stop = _name_at(text, gap.end() if gap else end)
    if name:
        end = stop
        if bracket := _BRACKET.match(text, end):
            end = bracket.end()
    return Mention(Attributed(text[start:end], start, end, name, match["office"].capitalize()))


def _listed(text: str, first: Mention) -> Iterator[Mention]:
    """Those who are named behind the first of several: "de Kamerleden Kruimel en De Wielewaal"."""
    end = first.end
    while first.who.office.endswith("leden") and (link := _AND.match(text, end)):
        name, stop = _name_at(text, link.end())
        if not name:
            return
        bracket = _BRACKET.match(text, stop)
        end = bracket.end() if bracket else stop
        yield Mention(Attributed(text[link.end() : stop], link.end(), stop, name, first.who.office))


@dataclass(frozen=True, slots=True)
class _Ministry:
    name: str
    end: int


def _ministry_behind(text: str, end: int) -> _Ministry | None:
    """ "van Financiën", "voor Digitalisering" or "(Defensie)" at `end`."""
    if bracket := _BRACKET.match(text, end):
        for inside in (bracket[1], bracket[1].rpartition(",")[0], bracket[1].partition(",")[0]):
            if inside and _is_ministry(name := canonical_ministry(inside)):
                return _Ministry(name, bracket.end())
        return _Ministry("", bracket.end())
    if of := _OF.match(text, end):
        return _ministry_at(text, of.end())
    return None


def _apposed(text: str, end: int) -> _Ministry | None:
    """ ", minister van Financiën" behind a name is the next mention's; here only ", Financiën,"."""
    match = re.compile(r"\s*,\s*").match(text, end)
    place = known_name_at(text, match.end()) if match else None
    return _Ministry(canonical_ministry(text[match.end() : place]), place) if match and place else None


def _ministry_at(text: str, start: int) -> _Ministry | None:
    """The ministry that begins at `start`, by its whole name, its first words or its abbreviation."""
    if (end := known_name_at(text, start)) is not None:
        return _Ministry(canonical_ministry(text[start:end]), end)
    phrase = re.compile(rf"{_CAPITAL}(?:,?(?<!\.)\s+(?:(?:en|&)\s+)?{_CAPITAL}){{0,4}}").match(text, start)
    words = phrase[0].rstrip(".,") if phrase else ""
    while words:
        if _is_ministry(words):
            return _Ministry(_whole(words), start + len(words))
        words = re.sub(r"(?:\A|(?:\sen)?,?\s+)\S+\Z", "", words).rstrip(", ")
    return None


@lru_cache(maxsize=4096)
def _is_ministry(words: str) -> bool:
    return any(ministry_matches(words, ministry.name) for ministry in ministries())


def _whole(words: str) -> str:
    """The canonical name where one ministry only is meant; else the words, which are compared as a part."""
    canonical = canonical_ministry(words)
    return canonical if any(canonical == ministry.name for ministry in ministries()) else words


def _portfolio(prefix: str) -> str:
    """What "onderwijs" in "onderwijsminister" stands for."""
    bare = prefix.rstrip("-").removesuffix("s") if not _is_ministry(prefix.rstrip("-")) else prefix.rstrip("-")
    return bare.capitalize() if bare and _is_ministry(bare) else ""


def _name_at(text: str, start: int) -> tuple[str, int]:
    """The family name that begins at `start`, first names and initials left off, and where it ends; "" for none."""
    words: list[tuple[str, int]] = []
    place = start
    token = re.compile(r"\s*([^\s,;:!?()\[\]\"“”„«»‘]+)")
    while (match := token.match(text, place)) and len(words) < 7 and "\n" not in match[0]:
        word = match[1].rstrip(".") if not re.fullmatch(r"(?:[A-Z]\.)+", match[1]) else match[1]
        is_capital = bool(re.fullmatch(_CAPITAL, word))
        if not (is_capital or word in _LOWER_PARTICLES):
            break
        if word == "van" and words and _ministry_at(text, match.end() + 1):
            break
        if is_capital and word.rstrip("’'") != word:
            word = word.rstrip("’'")
        words.append((word, match.start(1) + len(word)))
        place = match.start(1) + len(word)
        if match[1] != word:
            break
    while words and (words[-1][0] in _LOWER_PARTICLES or re.fullmatch(r"(?:[A-Z]\.)+", words[-1][0])):
        words.pop()
    if not words or not any(re.fullmatch(_CAPITAL, word) for word, _ in words):
        return "", start
    return _family([word for word, _ in words]), words[-1][1]


def _family(words: Sequence[str]) -> str:
    """ "Foort van Oosten" is "Van Oosten", "Eelco Heinen" is "Heinen", "Van der Kwelder" stays whole."""
    for place, word in enumerate(words):
        if place + 1 < len(words) and word.rpartition("-")[2].lower() in speech.PARTICLES and "-" in word:
            return " ".join(words[place:])
        if word.lower().strip("’'") in speech.PARTICLES and place + 1 < len(words):
            rest = list(words[place:])
            return " ".join([rest[0][:1].upper() + rest[0][1:], *rest[1:]])
    return words[-1]


def _resolved(text: str, found: list[Mention]) -> Iterable[Mention]:
    """Each "de minister" and "zij" gets the name that was mentioned last and fits."""
    last: list[Attributed] = []
    for mention in found:
        who = mention.who
        if mention.leans:
            earlier = _meant(text, mention, [other for other in last if _fits(who, other)])
            if earlier is not None and _THE_MINISTRY.fullmatch(who.text):
                who = replace(who, ministry=earlier.ministry)
            elif earlier is not None:
                who = replace(who, name=earlier.name, office=earlier.office, ministry=earlier.ministry)
        elif who.name and not (who.office and who.ministry):
            earlier = next((other for other in reversed(last) if same_name(other.name, who.name)), None)
            if earlier is not None:
                who = replace(who, office=who.office or earlier.office, ministry=who.ministry or earlier.ministry)
        elif not who.name and who.ministry and who.office:
            earlier = next(
                (o for o in reversed(last) if o.office == who.office and one_ministry(o.ministry, who.ministry)), None
            )
            if earlier is not None:
                who = replace(who, name=earlier.name)
        if who.name or who.ministry or who.office == CABINET:
            last.append(who)
        yield replace(mention, who=who)


def _meant(text: str, leaning: Mention, fitting: Sequence[Attributed]) -> Attributed | None:
    """Who was named last, unless in passing, while somebody else is whom the text is about.

    Who does something in the same paragraph is not named in passing.
    """
    if not fitting:
        return None
    near = fitting[-1]
    if "\n" not in text[near.end : leaning.start] and not speech.OBJECT.search(
        text[max(0, near.start - 40) : near.start]
    ):
        return near
    counted = Counter(other.name or other.ministry for other in fitting)
    about, often = counted.most_common(1)[0]
    latest = fitting[-1]
    if often < OFTEN or counted[latest.name or latest.ministry] > 1:
        return latest
    return next(other for other in reversed(fitting) if about in (other.name, other.ministry))


def _fits(leaning: Attributed, other: Attributed) -> bool:
    if not (other.name or other.ministry) or other.office == CABINET:
        return False
    if _THE_MINISTRY.fullmatch(leaning.text):
        return bool(other.ministry)
    if leaning.office:
        return other.office == leaning.office
    return other.office in speech.GOVERNMENT or "bewinds" not in leaning.text.lower()


@lru_cache(maxsize=4096)
def one_ministry(one: str, other: str) -> bool:
    """Whether two names of a ministry mean the same one, one of them perhaps being a part or an abbreviation."""
    return bool(one) and bool(other) and (one == other or ministry_matches(one, other) or ministry_matches(other, one))
