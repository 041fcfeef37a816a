"""Members of parliament as a header names them: "de leden Van Nispen (SP), X en Y (beiden GroenLinks-PvdA)"."""

from __future__ import annotations

import re

from corpus.officials import composed
from corpus.records import Member

_LEAD = re.compile(
    r"^[\s,]*(?:(?:en|van|het|de|door|gesteld|kamer)?\s*)*?\b(?:het|de)?\s*(?:kamer)?(?:lid|leden)\b\s*", re.IGNORECASE
)
_OF_THE_HOUSE = re.compile(r"\s+(?:van|uit)\s+(?:uw|de|deze)\s+(?:Tweede\s+|Eerste\s+)?Kamer\b", re.IGNORECASE)
_ALL_OF = re.compile(r"^(?:beiden?|allen|alle|all?e\s+\w+)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*,\s*(?:en\s+)?|\s+en\s+|\s*;\s*")
_LOST_SPACE = re.compile(r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Ý][a-zà-ÿ])")
_NAME_WITH_CAPITAL_INSIDE = re.compile(r"^(?:Mac|Mc|Fitz)")
_GROUP = re.compile(r"([^()]+?)\s*\(\s*(?:([^()]*?)\s*\)|([^()]*?)\s*(?:$|(?=\s+en\s+[A-ZÀ-Ý])))")
"""Names and their party, the names of which may hold "en"; only where the bracket is not closed does "en X" end it."""


def members_in(text: str) -> tuple[Member, ...]:
    """The members in a phrase, in its order. A party goes to all names before it that have none yet."""
    text = _OF_THE_HOUSE.sub("", " ".join(composed(text).split()))
    text = _LEAD.sub("", text, count=1)
    members: list[Member] = []
    end = 0
    for group in _GROUP.finditer(text):
        party = _ALL_OF.sub("", group.group(2) or group.group(3) or "").strip()
        members.extend(Member(name, party) for name in _names(group.group(1)))
        end = group.end()
    if not members or end < len(text):
        members.extend(Member(name, "") for name in _names(text[end:]))
    return tuple(members)


def _names(text: str) -> list[str]:
    names = []
    for part in _BETWEEN.split(_LEAD.sub("", text, count=1).strip(" ,;.:")):
        name = _LEAD.sub(
            "",
            re.sub(
                r"^(?:en\s+(?=[A-ZÀ-Ý]|(?:het|de)\s+(?:lid|leden))|van\s+(?=(?:het|de)\s+(?:lid|leden)))",
                "",
                part.strip(),
            ),
        ).strip(" ,;.:()")
        if name.lower() in {"", "en", "van", "het", "de"} or not any(char.isalpha() for char in name):
            continue
        if not _NAME_WITH_CAPITAL_INSIDE.match(name):
            name = _LOST_SPACE.sub(" ", name)
        name = re.sub(r"\s*[-–]\s*", "-", name)
        names.append(name[:1].upper() + name[1:])
    return names
