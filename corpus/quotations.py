"""Quotations in prose, and who the text says spoke.

A quotation belongs to whom the clause after it names ('", stelt minister X.'), else to whom the sentence before it
names, else to the speaker of the quotation before it in the same paragraph. Where a text only says "de minister" or
"hij", that is the last speaker it named. Nothing is guessed: a quotation without such a sign has no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.ministries import canonical_ministry, known_name_at
from corpus.officials import MINISTER, PRIME_MINISTER, STATE_SECRETARY
from corpus.records import Official, Quotation

FEWEST_WORDS = 3
"""A shorter run between quotation marks is a term or a title, not what somebody says."""

_PAIRS = {"“": "”", "„": "”“", "«": "»", '"': '"', "‘": "’", "'": "'"}
_SPEECH = (
    r"(?:zegt|zei|zeggen|stelt|stelde|stellen|schrijft|schreef|schrijven|meldt|meldde|melden|laat|liet|laten|vindt|vond|vinden"
    r"|benadrukt|benadrukte|benadrukken|vertelt|vertelde|aldus|volgens|verklaart|verklaarde|verklaren|antwoordt|antwoordde|antwoorden"
    r"|reageert|reageerde|reageren|concludeert|concludeerde|noemt|noemde|geeft|gaf|voegt|voegde|erkent|erkende|bevestigt|bevestigde"
    r"|ontkent|ontkende|meent|meende|oordeelt|oordeelde|waarschuwt|waarschuwde|belooft|beloofde|zegde|vraagt|vroeg|vragen|wijst|wees"
    r"|licht|legt|besluit|denkt|dacht|citeert|betoogt|betoogde|beklemtoont|onderstreept|onderstreepte|luidt|luidde|merkt|merkte)"
)
_SPEAKS = re.compile(rf"\b{_SPEECH}\b", re.IGNORECASE)
_PARTICLE = r"(?:van|de|den|der|het|’t|'t|ten|ter|te|in|op|el|la|von|d['’])"
_WORD = r"[A-ZÀ-Ý][\w’']*(?:-[A-ZÀ-Ý]?[\w’']+)*"
_NAME = rf"{_WORD}(?:\s+(?:(?:{_PARTICLE}\s+)*{_WORD}))*"
_OFFICE = r"(?:vice-?\s?)?(?:minister\s?[-–]\s?president|premier|minister|staatssecretaris)"
_ROLE = (
    r"(?:kamerlid|tweede\s?kamerlid|eerste\s?kamerlid|europarlementariër|senator|fractievoorzitter|fractieleider|partijleider"
    r"|wethouder|burgemeester|gedeputeerde|commissaris|eurocommissaris|woordvoerder|woordvoerster|directeur|voorzitter|hoogleraar"
    r"|onderzoeker|advocaat|topman|topvrouw|bestuurder|deskundige)"
)
_OFFICIAL = re.compile(rf"(?P<office>(?i:{_OFFICE}))\b(?P<of>\s+(?i:van|voor)\s+(?=[A-ZÀ-Ý]))?")
_OTHER = re.compile(
    rf"(?P<role>(?i:{_ROLE}))\s+(?P<name>(?:(?i:{_PARTICLE})\s+)*{_NAME})(?:\s+\((?P<of>[^)]{{2,40}})\))?"
)
_NAMED = re.compile(rf"(?:(?i:{_PARTICLE})\s+)*{_NAME}")
_NAME_NEXT = re.compile(rf"\s+((?:(?i:{_PARTICLE})\s+)*{_NAME})")
_PORTFOLIO = re.compile(_NAME)
_WORD_START = re.compile(r"\b(?=[^\W\d_])")
_BACK = re.compile(
    rf"(?:de\s+(?:{_OFFICE}|bewindsman|bewindsvrouw|bewindspersoon|politicus|{_ROLE})|hij|zij|ze)\b", re.IGNORECASE
)
_OF = re.compile(r"\s*,?\s*(?:van|voor)\s+|\s*\(\s*")
_SENTENCE_BORDER = re.compile(r"[.?!][”’\"»')]*\s+")


@dataclass(slots=True)
class Speakers:
    """Whom a text has named as it is read, so that later paragraphs can point back to them. `on`: its day."""

    on: date | None = None
    known: dict[str, Official] = field(default_factory=dict)
    last: Official | None = None

    def remember(self, speaker: Official) -> Official:
        """The fullest form in which a speaker was named so far."""
        full = self.known.setdefault(_family(speaker.name), speaker)
        if len(speaker.office + speaker.ministry) > len(full.office + full.ministry):
            full = self.known[_family(speaker.name)] = speaker
        self.last = full
        return full


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    speaker: Official


def quotations_in(paragraph: str, speakers: Speakers) -> tuple[Quotation, ...]:
    """The quotations of a paragraph, ascending, with their speakers; `speakers` goes along with the paragraphs."""
    spans = quoted_spans(paragraph)
    mentions = _mentions(paragraph, spans, speakers)
    found: list[Quotation] = []
    for place, (start, end) in enumerate(spans):
        following = spans[place + 1][0] if place + 1 < len(spans) else len(paragraph)
        speaker = _after(paragraph, end, following, mentions)
        if speaker is None:
            begin = spans[place - 1][1] if place else 0
            speaker = _before(paragraph, begin, start, mentions)
            if speaker is None and place and not _names_another(paragraph[begin:start]):
                speaker = found[-1].speaker
        if len(paragraph[start:end].split()) >= FEWEST_WORDS:
            found.append(Quotation(start, end, speaker))
        elif not found:
            found.append(Quotation(start, start, speaker))
    return tuple(quotation for quotation in found if quotation.end > quotation.start)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """What stands between quotation marks, without them; a mark that is never closed opens up to the end."""
    spans = []
    place = 0
    while place < len(text):
        closing = _PAIRS.get(text[place])
        if closing is None or not _opens(text, place):
            place += 1
            continue
        end = next(
            (other for other in range(place + 1, len(text)) if text[other] in closing and _closes(text, other)), None
        )
        if end is None:
            if text[place] in "‘'":
                place += 1
                continue
            end = len(text)
        if text[place + 1 : end].strip():
            spans.append((place + 1, end))
        place = end + 1
    return spans


def _opens(text: str, place: int) -> bool:
    before = text[place - 1 : place]
    return not before.isalnum() and not text[place + 1 : place + 2].isspace() and text[place + 1 : place + 2] != ""


def _closes(text: str, place: int) -> bool:
    return not text[place + 1 : place + 2].isalnum()


def _after(text: str, end: int, following: int, mentions: Sequence[_Mention]) -> Official | None:
    """Whom the clause names that goes on after a quotation: '", stelt minister X.'"""
    begin = end + 1
    if begin > len(text):
        return None
    clause_end = _clause_end(text, begin, following)
    clause = text[begin:clause_end]
    fresh = text[end - 1] in ".?!" and not re.match(r"\s*(?:,|[a-z(])", clause)
    if fresh or not _SPEAKS.search(clause):
        return None
    return next((mention.speaker for mention in mentions if begin <= mention.start < clause_end), None)


def _before(text: str, begin: int, start: int, mentions: Sequence[_Mention]) -> Official | None:
    """Whom the words before a quotation name, from the quotation before it on: 'Minister X benadrukt: "'"""
    named = [mention for mention in mentions if begin <= mention.start and mention.end <= start]
    if not named:
        return None
    lead = text[begin:start].rstrip("\"“„«‘' ")
    if lead.endswith(":") or _SPEAKS.search(lead):
        return named[-1].speaker
    return None


def _names_another(between: str) -> bool:
    """Whether the words between two quotations bring up somebody who is not known by name."""
    return re.search(rf"\b(?:een|de|het)\s+(?:andere?|tweede)\b|\b{_ROLE}\b", between, re.IGNORECASE) is not None


def _clause_end(text: str, begin: int, following: int) -> int:
    border = _SENTENCE_BORDER.search(text, begin, following)
    return border.start() if border else following


def _mentions(text: str, spans: Sequence[tuple[int, int]], speakers: Speakers) -> list[_Mention]:
    """The persons whom a paragraph names outside its quotations, in order."""
    found: list[_Mention] = []
    position = 0
    while match := _WORD_START.search(text, position):
        position = match.start() + 1
        inside = next((end for start, end in spans if start <= match.start() < end), None)
        if inside is not None:
            position = inside
            continue
        mention = _mention(text, match.start(), speakers)
        if mention is not None:
            found.append(_Mention(mention.start, mention.end, speakers.remember(mention.speaker)))
            position = mention.end
    return found


def _mention(text: str, start: int, speakers: Speakers) -> _Mention | None:
    """The person who is named at `start`; None when nobody is."""
    if office := _OFFICIAL.match(text, start):
        named = _official(text, office, speakers.on)
        if named is not None:
            return named
    if other := _OTHER.match(text, start):
        role = other.group("role")
        return _Mention(start, other.end(), Official(other.group("name"), role[:1].upper() + role[1:].lower(), ""))
    back = _BACK.match(text, start)
    if back and speakers.last is not None:
        return _Mention(start, back.end(), speakers.last)
    name = _NAMED.match(text, start)
    if name and (known := speakers.known.get(_family(name.group()))):
        return _Mention(start, name.end(), known)
    return None


def _official(text: str, office: re.Match[str], on: date | None) -> _Mention | None:
    """ "minister Foort van Oosten van Justitie en Veiligheid", "minister van Financiën Heinen", "minister Heinen"."""
    word = office.group("office").lower()
    title = MINISTER if word.startswith("vice") else STATE_SECRETARY if word.startswith("staats") else MINISTER
    if ("president" in word or word == "premier") and not word.startswith("vice"):
        title = PRIME_MINISTER
    place = office.end()
    ministry = "Algemene Zaken" if title == PRIME_MINISTER else ""
    if office.group("of"):
        end = known_name_at(text, place)
        place = office.end("office") if end is None else end
        ministry = canonical_ministry(text[office.end() : end], on) if end is not None else ministry
    name = _NAME_NEXT.match(text, place)
    if name is None:
        return _Mention(office.start(), place, Official("", title, ministry)) if ministry else None
    stop = next(
        (of.start() for of in _OF.finditer(text, name.start(1), name.end()) if known_name_at(text, of.end())),
        name.end(),
    )
    printed, place = text[name.start(1) : stop], stop
    following = _OF.match(text, place)
    if following and (end := known_name_at(text, following.end())):
        ministry, place = canonical_ministry(text[following.end() : end], on), end
    elif following and (portfolio := _PORTFOLIO.match(text, following.end())):
        ministry, place = canonical_ministry(portfolio.group(), on), portfolio.end()
    return _Mention(office.start(), place, Official(printed[:1].upper() + printed[1:], title, ministry))


def _family(name: str) -> str:
    """The last part of a name, by which a text comes back to it: "Foort van Oosten" and "Van Oosten" are one."""
    words = name.split()
    particles = [place for place, word in enumerate(words) if re.fullmatch(_PARTICLE, word.lower())]
    return " ".join(words[particles[-1] + 1 :] if particles and particles[-1] + 1 < len(words) else words[-1:]).lower()
