"""A paper as its reader hands it to the grammar: raw text in lines, and what the format knew beyond the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from corpus.mapped import MappedText
from corpus.records import Note


class BlockKind(Enum):
    """What a part of a paper's body is."""

    QUESTION = "vraag"
    ANSWER = "antwoord"
    NOTICE = "mededeling"
    EXPLANATION = "toelichting"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the raw text without its line break; `text` is `raw[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A footnote and the offset in the raw text of its mark."""

    place: int
    note: Note


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled part of the body: its question numbers as printed (() without any), its text and its notes. `by`: who
    answers, as its label says; "" where it does not."""

    kind: BlockKind
    numbers: tuple[int, ...]
    text: MappedText
    notes: tuple[Note, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a format says about a paper outside its text; empty and None where it does not."""

    identifier: str = ""
    number: str = ""
    session_year: str = ""
    subject: str = ""
    asked: date | None = None
    answered: date | None = None
    question_ids: tuple[str, ...] = ()


_RAISED = re.compile(r"(?<![\d⁰¹²³⁴-⁹])(?<!\b[mM])(?<!\b[kcdmh]m)[⁰¹²³⁴-⁹]{1,3}(?!\w)|(?m:^)[⁰¹²³⁴-⁹]{1,3}")
_SUPERIOR = re.compile(r"[⁰¹²³⁴-⁹]")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def lines_of(raw: str) -> list[Line]:
    """The lines of a raw text, at line feeds only, with their offsets.

    Numbers of notes in superior figures ("gelezen?¹") are plain figures in them; exponents ("m²") stay.
    """
    lines = []
    start = 0
    plain = raw
    if _SUPERIOR.search(raw):
        plain = _RAISED.sub(lambda raised: raised.group().translate(_PLAIN), raw)
    for text in plain.split("\n"):
        lines.append(Line(start, start + len(text), text))
        start += len(text) + 1
    return lines


_GAP = re.compile(r"\t+|\s{3,}")
TAB = 24
"""Columns set by tabs stand so far apart."""


def cells(text: str) -> list[tuple[int, str]]:
    """The cells of a line that tabs or wide spaces part, each with the column at which it begins."""
    gaps = list(_GAP.finditer(text))
    starts = [0, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), len(text)]
    found = ((start, " ".join(text[start:end].split())) for start, end in zip(starts, ends, strict=True))
    return [(len(text[:start].expandtabs(TAB)), cell) for start, cell in found if cell]
