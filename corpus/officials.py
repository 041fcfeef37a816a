"""Bewindspersonen as papers name them: offices, names and ministries, one or many in a sentence."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from corpus.ministries import canonical_ministry, known_name_at, ministry_matches
from corpus.records import Official

__all__ = ["canonical_ministry", "family_name", "ministry_matches", "officials_in"]

MINISTER = "Minister"
STATE_SECRETARY = "Staatssecretaris"
PRIME_MINISTER = "Minister-President"

_OFFICE = re.compile(
    r"(?<![\w-])(?:(?:vice-?\s?)?minister\s?[-–]\s?president|ministers?|minster|staatssecretarissen|staatssecretaris)(?![\w-])"
    r"|(?<![\w-])(?:ministers?|staatssecretaris)(?=[A-Z])",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,\s*)?(?:\ben\b\s*)?(?:\b(?:van|voor)\b\s*)?", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:,\s*en\b|,|\ben\b)\s+(?:van|voor)\b", re.IGNORECASE)
_AFTER = re.compile(
    r",?\s*\b(?:bij afwezigheid|mede namens|en de|en het|over|de (?:schriftelijke )?(?:[Kk]amer)?vragen)\b"
)
"""What stands behind a ministry and is no part of its name."""
_FILLER = re.compile(r"^[\s,]*(?:(?:en|van|voor|de|het|a\.?i\.?)\b[\s,]*)*")
_TITLES = re.compile(r"\b(?:mr|dr|drs|ir|ing|prof|jhr|jkvr|mevrouw|mevr|mw|de heer|dhr)\b\.?\s*", re.IGNORECASE)
_INITIALS = re.compile(r"^(?:(?:[A-ZÀ-Ý][a-z]?h?\.\s?)+(?:-[A-Z]\.)?\s*)+(?:\([^)]*\)\s*)?")
_NAMED_BEHIND = re.compile(
    r",\s*((?:(?:(?:mr|dr|drs|ir|ing|prof|jhr|jkvr|mevrouw|mevr|mw|de heer|dhr)\b\.?|(?:[A-ZÀ-Ý][a-z]?h?\.)+)\s*)+"
    r"(?:[a-z’']+\s+)*(?-i:[A-ZÀ-Ý])[\w’'-]+(?:\s?[-–]\s?[\w’']+(?:\s(?-i:[A-ZÀ-Ý])[\w’']+)?)?)[\s,.]*(?:\ben\b\s*)?(?:\bde\b\s*)?\Z",
    re.IGNORECASE,
)
"""A name with its title or initials, behind the ministry: "Staatssecretaris van Financiën, mr. W.F. Oudeman"."""
_NAMED_BETWEEN = re.compile(
    r"((?:[A-ZÀ-Ý][a-z’']*\s+(?:(?:de|den|der|het|’t|'t)\s+)?)?[A-ZÀ-Ý][\w’'-]+(?:\s?[-–]\s?[\w’']+)?)\s+(?:van|voor)\s+(?=[A-ZÀ-Ý])"
)
"""A name between the office and its ministry: "Minister Van der Mey van Financiën"."""
_DASH = re.compile(r"\s*[-–—]\s*")
_PARTICLES = {"van", "de", "den", "der", "het", "'t", "’t", "ten", "ter", "te", "in", "op"}
_SPACING_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˇ": "\u030c", "¸": "\u0327", "˘": "\u0306"}


def composed(name: str) -> str:
    """A name in NFC, with an accent that was printed apart ("Kostic ´") put back where one letter results."""
    for accent, combining in _SPACING_ACCENTS.items():
        while (place := name.find(accent)) > 0:
            before = name[:place].rstrip()
            letter = unicodedata.normalize("NFC", before[-1:] + combining)
            after = name[place + 1 :]
            name = (before[:-1] + letter if len(letter) == 1 else before) + after
    return unicodedata.normalize("NFC", name)


def family_name(text: str) -> str:
    """The family name with its particles, one spelling for all: "D.M. van Weel" becomes "Van Weel"."""
    name = composed(" ".join(text.split())).strip(" ,.;:")
    name = _TITLES.sub("", name)
    name = _INITIALS.sub("", name).strip()
    head, *tail = _DASH.split(name)
    parts = [head]
    for part in tail:
        words = part.split(" ")
        parts.append(" ".join([word.lower() if word.lower() in _PARTICLES else word for word in words]))
    name = "-".join(parts)
    return name[:1].upper() + name[1:]


def officials_in(text: str, on: date | None = None) -> tuple[Official, ...]:
    """All officials that a phrase names, in its order, each once.

    Understands "Minister Van Weel (Justitie en Veiligheid)", "de Ministers van A en van B", "de Minister en
    Staatssecretaris van A" and their combinations; `on` is the day that decides which names were in use.
    """
    text = " ".join(text.split())
    offices = list(_OFFICE.finditer(text))
    if not offices:
        return ()
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for office, following in zip(offices, [*offices[1:], None], strict=True):
        chunk = text[office.end() : following.start() if following else len(text)]
        found.append((_office(office.group()), _holders(chunk, on)))
    officials: list[Official] = []
    for place, (office_name, holders) in enumerate(found):
        if not holders and office_name != PRIME_MINISTER:
            holders = [("", ministry) for _, ministry in next((rest for _, rest in found[place:] if rest), [])][:1]
        for name, ministry in holders or [("", "")]:
            officials.append(_official(office_name, name, ministry))
    return tuple(dict.fromkeys(officials))


def _official(office: str, name: str, ministry: str) -> Official:
    if office == PRIME_MINISTER or (office == MINISTER and ministry == "Algemene Zaken"):
        return Official(name, PRIME_MINISTER, "Algemene Zaken")
    return Official(name, office, ministry)


def _office(printed: str) -> str:
    word = printed.lower()
    if "president" in word:
        return PRIME_MINISTER if not word.startswith("vice") else MINISTER
    return STATE_SECRETARY if word.startswith("staats") else MINISTER


def _holders(chunk: str, on: date | None) -> list[tuple[str, str]]:
    """(name, ministry) of everybody whom one office word covers; what follows the office word is `chunk`."""
    start = _FILLER.match(chunk)
    lead = start.group() if start else ""
    rest = chunk[len(lead) :]
    if not rest.strip(" ,.;:()"):
        return []
    if "(" in rest and not re.search(r"\b(?:van|voor)\s*$", lead, re.IGNORECASE):
        return _named(rest, on)
    particle = re.search(r"\b(van)\s*$", lead, re.IGNORECASE)
    if "(" in rest and particle and known_name_at(rest, 0) is None and not re.match(r"ministerie", rest, re.I):
        bracket = rest.index("(")
        if bracket < 40 and canonical_ministry(rest[bracket + 1 :].split(")")[0], on):
            return _named(lead.strip() + " " + rest if lead.strip().lower() != "en van" else rest, on)
    name = _NAMED_BETWEEN.match(rest) if not lead.strip() else None
    if name and known_name_at(rest, 0) is None and known_name_at(rest, name.end()) is not None:
        ministries = _ministries(rest[name.end() :], on)
    elif name := _NAMED_BEHIND.search(rest):
        ministries = _ministries(rest[: name.start()], on)
    else:
        ministries = _ministries(rest, on)
    return [
        (family_name(name.group(1)) if name and place == 0 else "", found) for place, found in enumerate(ministries)
    ]


def _named(rest: str, on: date | None) -> list[tuple[str, str]]:
    """ "Van Weel (Justitie en Veiligheid)", also when the closing bracket is missing."""
    name, _, inside = rest.partition("(")
    ministry = inside.split(")")[0].split("(")[0]
    return [(family_name(name), canonical_ministry(ministry, on))]


def _ministries(text: str, on: date | None) -> list[str]:
    """The ministries in "A, van B en voor C", in which B may itself hold commas and "en"."""
    text = text.split("(")[0] if not text.startswith("(") else text.strip("()")
    ministries: list[str] = []
    position = 0
    while position < len(text):
        joint = _JOINT.match(text, position)
        if joint:
            position = joint.end()
        end = known_name_at(text, position)
        if end is None:
            following = _NEXT.search(text, position)
            end = following.start() if following else len(text)
            phrase = _AFTER.split(text[position:end])[0]
            if canonical := canonical_ministry(phrase.strip(" ,.;"), on):
                ministries.append(canonical)
            if following is None:
                break
        else:
            ministries.append(canonical_ministry(text[position:end], on))
            if not re.match(r"\s*(?:,|en\b)", text[end:]):
                break
        position = end
        if not text[position:].strip(" ,.;:)") or re.fullmatch(
            r"[\s,.]*(?:en|mede|namens|de|antwoord|van|\s)*", text[position:]
        ):
            break
    return ministries
