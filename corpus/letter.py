"""Letters of ministries with their answers: what the pages before the answers say (sources.md, section 6.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.dates import dutch_date
from corpus.header import Header, clean_subject, read_header
from corpus.labels import label_at, number_at
from corpus.manuscript import Line
from corpus.ministries import ministries
from corpus.officials import family_name, officials_in
from corpus.records import Official

_SIGNS = re.compile(
    r"(?:Retouradres|uw brief van|(?:Ons|Uw) (?:kenmerk|referentie)|Aan de Voorzitter|Postbus 2001[78])", re.IGNORECASE
)
_HEADING = re.compile(
    r"\s*(?:Antwoord(?:en)?|Beantwoording)\s+(?:van|door|op)\b.*?\b(?:Kamer)?vragen\b.*?\b(?:Kamer)?(?:lid|leden)\b",
    re.IGNORECASE | re.DOTALL,
)
_BY = re.compile(
    r"^\s*Antwoord(?:en)?\s+(?:van|door)\s+(?P<by>.*?)\s+op\s+(?:de\s+)?(?:schriftelijke\s+)?(?:Kamer)?vragen\b",
    re.I | re.S,
)
_OF = re.compile(
    r"\b(?:kamer)?vragen\s+(?:van|gesteld door)\s+(?:het van\s+)?(?=(?:het|de)?\s*(?:kamer)?(?:lid|leden)\b)",
    re.IGNORECASE,
)
_OFFICE_LINE = re.compile(
    r"\s*(?:,?\s*en\s+)?(?:mede\s+namens\s+)?(?:de\s+|het\s+)?(?:minister|staatssecretaris|minister-president)\b", re.I
)
_TITLES = r"\s*(?:(?:drs|dr|mr|ir|ing|prof)\.\s*)*"
_FAMILY = r"(?:(?:van|de|den|der|het|’t|'t|ten|ter|te|in|op|la|el)\s+)*[A-ZÀ-Ý][\w’']+(?:\s*[-–]\s*[\w’' ]+)?"
_NAME = re.compile(
    _TITLES
    + r"(?:[A-ZÀ-Ý][a-z]?h?\.\s?-?)+\s*(?:\([^)]*\)\s*)?(?:[a-z’']+\s+)*[A-ZÀ-Ý][\w’'-]+(?:\s*[-–]?\s*[\w’'-]+){0,4}\s*"
)
_FULL_NAME = re.compile(rf"{_TITLES}[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?\s+(?P<family>{_FAMILY})\s*")
"""A name with a first name instead of initials."""
_COLUMNS = re.compile(r"\s{3,}|\t+")
_ALSO = re.compile(
    r"\bmede\s+namens\s+(?:de\s+|het\s+)?((?:minister|staatssecretaris)\b.{3,150}?)"
    r"(?=\s*(?:[,.;]?\s*\b(?:dat|deel|bied|zend|stuur|hierbij|de\s+antwoorden|uw\s+Kamer|over|op|de\s+volgende)\b|[.;]|$))",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\bin\s?gezonden\s+(?:op\s+)?(\d{1,2}\s+[a-z]+\s+\d{4})|\bOp (\d{1,2}\s+[a-z]+\s+\d{4}) (?:heeft|hebben)\b", re.I
)
_ASKING = re.compile(
    r"\bvragen\s+(?:gesteld\s+)?(?:van|door)\s+(?P<who>(?:het|de)\s+(?:kamer)?(?:lid|leden)\b.{3,300}?)"
    r"\s+(?:over|inzake)\s+(?P<about>.{3,300}?)(?=\s*(?:\((?:kenmerk|ingezonden|\d{4}Z)|,?\s*(?:worden|aan|zijn|met)\b|\.(?:\s|$)|$))"
    r"|\b(?:heeft|hebben)\s+(?P<who2>(?:het|de)\s+(?:kamer)?(?:lid|leden)\b.{3,300}?)\s+(?:schriftelijke\s+)?(?:kamer)?vragen\s+gesteld"
    r"\s+(?:aan\s+.{5,120}?\s+)?(?:over|inzake)\s+(?P<about2>.{3,300}?)\.(?:\s|$)",
    re.IGNORECASE,
)
_SALUTE = re.compile(
    r"\s*(?:Met|Hoogachtend|Geachte|Den\s+Haag|De\s|Het\s|Pagina|Ministerie|Postbus|Tweede|Eerste|Ons|Uw)\b",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:niet|langer)\b.{0,60}?\b(?:gebruikelijke|gestelde|verzochte)\s+termijn\b|\buitstelbericht\b|\buitstel\s+(?:van\s+)?beantwoording\b",
    re.IGNORECASE,
)
_BRIEF = re.compile(r"uw\s+brief\s+van\s+(.{6,30}?\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's header, and the line that heads its answers, before which there are no labels."""

    header: Header
    heading_line: int


def find_letter(lines: Sequence[Line], kept: Sequence[int]) -> Letter | None:
    """Read the letter that a text is; None when it is none."""
    first_label = _first_label(lines, kept)
    before = [place for place in kept if first_label is None or place < first_label]
    whole = "\n".join(lines[place].text for place in before)
    if len(before) < 4 or not _SIGNS.search(whole):
        return None
    put_off = first_label is None and _PUT_OFF.search(whole) is not None
    if first_label is None and not put_off:
        return None
    heading_line = next((place for place in reversed(before) if _HEADING.match(lines[place].text)), -1)
    if put_off:
        heading_line = -1
    opening = [place for place in before if place < heading_line] if heading_line >= 0 else before
    texts = [" ".join(lines[place].text.split()) for place in opening]
    heading = " ".join(" ".join(lines[place].text for place in before if place >= heading_line >= 0).split())
    subject_line = _after(texts, "Onderwerp") or _after(texts, "Betreft")
    answered = dutch_date(_after(texts, "Datum")) or next((day for text in texts if (day := _bare_date(text))), None)
    body = " ".join(texts)
    asked_line = _BRIEF.search(body)
    asked = dutch_date(asked_line.group(1)) if asked_line else None
    if asked is None and (sent := _SENT.search(body)):
        asked = dutch_date(sent.group(1) or sent.group(2))
    header = _header(heading or subject_line, answered)
    for phrase in (subject_line, _asking(body)):
        if not header.askers or not header.subject:
            other = _header(phrase, answered)
            header = replace(header, askers=header.askers or other.askers, subject=header.subject or other.subject)
            header = replace(header, addressees=header.addressees or other.addressees)
    rows = [_COLUMNS.split(lines[place].text.strip()) for place in opening]
    signed = _signatures(rows, answered)
    speakers = _named(header.speakers or signed, signed)
    offices = {(official.office, official.ministry) for official in speakers}
    if also := _ALSO.search(body):
        others = officials_in(also.group(1), answered)
        known = {ministry.name for ministry in ministries()}
        others = tuple(other for other in others if other.ministry in known)
        speakers += tuple(other for other in others if (other.office, other.ministry) not in offices)
    header = replace(header, answered=answered, asked=header.asked or asked, speakers=speakers)
    if put_off:
        begin = next((place for place in before if _begins_body(lines[place].text)), before[0])
        return Letter(replace(header, deferral=True), before[max(before.index(begin) - 1, 0)])
    return Letter(replace(header, answer=True), heading_line if heading_line >= 0 else before[-1])


def _first_label(lines: Sequence[Line], kept: Sequence[int]) -> int | None:
    """The line of the first label with a number; without any, that of the first of questions numbered by figures."""
    for place in kept:
        label = label_at(place, lines[place])
        if label and label.numbers:
            return _numbered_before(lines, kept, place)
    return _numbered_before(lines, kept, None)


def _numbered_before(lines: Sequence[Line], kept: Sequence[int], end: int | None) -> int | None:
    """The line "1." that asks, and after which "2." follows, before the label on the line `end`; that line if none."""
    bare = [
        (label, place) for place in kept if (end is None or place < end) and (label := number_at(place, lines[place]))
    ]
    for place, (label, line) in enumerate(bare):
        if (
            label.numbers == (1,)
            and _asks(lines, kept, line)
            and any(later.numbers == (2,) for later, _ in bare[place:])
        ):
            return line
    return end


def _asks(lines: Sequence[Line], kept: Sequence[int], line: int) -> bool:
    after = [place for place in kept if place >= line][:4]
    return any("?" in lines[place].text for place in after)


def _asking(body: str) -> str:
    """Who asked about what, as the running text of a letter tells it, in the words of a heading; "" if it does not."""
    match = _ASKING.search(body)
    if match is None:
        return ""
    who, about = match.group("who") or match.group("who2"), match.group("about") or match.group("about2")
    return f"vragen van {who} over {about}"


def _begins_body(text: str) -> bool:
    return (
        re.match(r"\s*(?:Geachte|Op \d|Hierbij|Met deze|Op de vragen|De (?:schriftelijke )?vragen|Mede namens)\b", text)
        is not None
    )


def _header(heading: str, answered: date | None) -> Header:
    by = _BY.match(heading)
    of = _OF.search(heading)
    phrase = "Vragen van " + heading[of.end() :] if of else ""
    header = read_header(phrase, answered=answered)
    speakers = officials_in(by.group("by"), answered) if by else ()
    return replace(
        header, speakers=speakers, subject=clean_subject(re.sub(r",?\s*nr\.?\s*\S+\)?$", "", header.subject))
    )


def _after(texts: list[str], word: str) -> str:
    """What stands after a word in the letter's table: on the same line, or on the next."""
    for place, text in enumerate(texts):
        if re.match(rf"{word}\b\s*:?\s*", text, re.IGNORECASE):
            rest = re.sub(rf"^{word}\b\s*:?\s*\|?\s*", "", text, flags=re.IGNORECASE)
            return rest or (texts[place + 1] if place + 1 < len(texts) else "")
    return ""


def _bare_date(text: str) -> date | None:
    return dutch_date(text) if len(text) < 30 else None


def _signatures(rows: Sequence[Sequence[str]], answered: date | None) -> tuple[Official, ...]:
    """The officials who sign: an office on a line of its own, the name on one of the next or on the one before.

    `rows`: the lines, each in its columns, since several may sign side by side. "mede namens" comes after them.
    """
    signed: list[Official] = []
    also: list[Official] = []
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            text = " ".join(cell.split())
            if len(text) > 160 or not _OFFICE_LINE.match(text):
                continue
            below = [
                " ".join(other[min(column, len(other) - 1)].split()) for other in rows[place + 1 : place + 5] if other
            ]
            officials = officials_in(text, answered)
            if below and (longer := _continued(text, below[0], answered)):
                officials, below = longer, below[1:]
            if re.match(r"\s*mede\s+namens", text, re.IGNORECASE):
                also.extend(officials)
                continue
            above = [" ".join(other[0].split()) for other in rows[max(place - 1, 0) : place] if len(other) == 1]
            name = next((name for other in [*below[:3], *above] if (name := _signed_name(other))), "")
            signed.extend(Official(name or official.name, official.office, official.ministry) for official in officials)
    return tuple(dict.fromkeys([*signed, *also]))


def _continued(text: str, following: str, answered: date | None) -> tuple[Official, ...]:
    """The officials of an office that goes on on the next line ("Volksgezondheid," "Welzijn en Sport,"), else ()."""
    known = {ministry.name for ministry in ministries()}
    alone, longer = officials_in(text, answered), officials_in(f"{text} {following}", answered)
    gained = len(longer) == 1 and longer[0].ministry in known and (not alone or alone[0].ministry != longer[0].ministry)
    return longer if gained and not _signed_name(following) else ()


def _signed_name(text: str) -> str:
    """The family name of who signs on a line; "" when it is no name."""
    if _NAME.fullmatch(text):
        return family_name(text)
    match = _FULL_NAME.fullmatch(text)
    return family_name(match.group("family")) if match and not _SALUTE.match(text) else ""


def _named(speakers: tuple[Official, ...], signed: tuple[Official, ...]) -> tuple[Official, ...]:
    """Speakers with the names of those who signed for the same office; without a match, the only name goes first."""
    names = {(official.office, official.ministry): official.name for official in signed if official.name}
    result = [
        official
        if official.name
        else Official(names.get((official.office, official.ministry), ""), official.office, official.ministry)
        for official in speakers
    ]
    if result and not any(official.name for official in result) and len(names) == 1:
        result[0] = Official(next(iter(names.values())), result[0].office, result[0].ministry)
    return tuple(result)
