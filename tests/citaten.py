"""Articles with their quotations, as the files tests/data/citaten_*.txt have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
_MARK = re.compile(r"⟦([^⟦/][^⟧]*)⟧|⟦/⟧")


@dataclass(frozen=True)
class Gold:
    """A quotation with what a checker must find. `first`: a word of the first difference, "" where none is asked."""

    start: int
    end: int
    verdict: str
    places: frozenset[str]
    speech: str
    first: str


@dataclass(frozen=True)
class Article:
    name: str
    text: str
    quotations: tuple[Gold, ...]


def articles(file: str) -> list[Article]:
    found = []
    for block in re.split(r"^=== ", (DATA / file).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = block.partition("\n")
        text, golds, position, head, start = "", [], 0, [""], 0
        for match in _MARK.finditer(body):
            text += body[position : match.start()]
            position = match.end()
            if match[1]:
                head, start = [part.strip() for part in match[1].split("|")], len(text)
                continue
            places = frozenset() if head[1] == "-" else frozenset(head[1].split("+"))
            first = head[4].removeprefix("!") if len(head) > 4 else ""
            golds.append(Gold(start, len(text), head[0], places, head[3], first))
        found.append(Article(name.strip(), text + body[position:], tuple(golds)))
    return found
