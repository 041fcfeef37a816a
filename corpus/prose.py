"""Prose that is no parliamentary paper, a news article first of all: its paragraphs, its day and its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from corpus.dates import dutch_date
from corpus.header import is_fictitious
from corpus.manuscript import Line, lines_of
from corpus.mapped import Edit, MappedText
from corpus.passages import shortened
from corpus.quotations import Speakers, quotations_in
from corpus.records import Exchange, Official, Paper, PaperKind

FEWEST_WORDS = 12
"""A text with no paragraph of so many words, sentences among them, is no prose."""
LONGEST_TITLE = 160
"""A first line of more characters than this, or one that ends like a sentence, is no title."""

_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}|(?:[a-z]+dag\s+)?\d{1,2}\s+[a-z]{3,9}\.?\s+\d{4})"
    r"(?:T[\d:.+Z-]+|,?\s+(?:om\s+)?\d{1,2}[:.]\d{2}(?:\s*uur)?)?"
)
_FIELD = re.compile(
    rf"\s*(?:(?P<day>date|datum|published|gepubliceerd|publicatiedatum)\b\s*(?:op)?\s*:?\s*(?P<on>{_DAY})"
    r"|(?P<title>title|titel|kop|headline)\s*:\s*(?P<heading>[^\n]+)"
    r"|(?P<bare>" + _DAY + r")(?=\s*(?:\n|$)))\s*",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(
    r"(?:author|auteur|door|by|source|bron|url|link|tags?|section|rubriek)\s*:\s*\S.*", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^\W\d_]{2}[.?!…][»”’\"')\]]*(?:\s|\Z)")
_OFFICES = {"Minister", "Staatssecretaris", "Minister-President"}


@dataclass(frozen=True, slots=True)
class _Opening:
    """What stands before the first paragraph: `end` is where that begins."""

    end: int
    title: str
    day: date | None


def parse_prose(raw: str, source: str, stem: str, title: str = "", published: date | None = None) -> Paper | None:
    """A text as a paper of the kind OTHER, cut by paragraphs; None when it is no prose.

    `title`, `published`: what the format says of itself, before what the text says.
    """
    opening = _opening(raw)
    paragraphs = _paragraphs(raw, opening.end)
    if not any(_is_prose(paragraph.text) for paragraph in paragraphs):
        return None
    subject = title or opening.title
    if not subject and len(paragraphs) > 1 and _is_title(paragraphs[0].text):
        subject, paragraphs = paragraphs[0].text, paragraphs[1:]
    elif subject and paragraphs and paragraphs[0].text == subject:
        paragraphs = paragraphs[1:]
    day = published or opening.day
    if day is None and paragraphs and len(paragraphs[0].text) < 60:
        day = dutch_date(paragraphs[0].text)
        paragraphs = paragraphs[1:] if day else paragraphs
    speakers = Speakers(day)
    return Paper(
        id=stem,
        kind=PaperKind.OTHER,
        subject=subject or _first_sentence(paragraphs[0].text),
        exchanges=tuple(_exchange(paragraph, speakers) for paragraph in paragraphs),
        answered=day,
        raw=raw,
        source=source,
        fictitious=is_fictitious(raw[: opening.end + LONGEST_TITLE]) or is_fictitious(subject),
    )


def _paragraphs(raw: str, start: int) -> list[MappedText]:
    """The paragraphs of a text from `start` on: its lines, or what stands between blank ones where they were broken."""
    lines = [line for line in lines_of(raw) if line.end > start]
    wrapped = _is_wrapped(lines)
    groups: list[list[Line]] = []
    blank = True
    for line in lines:
        if not line.text.strip():
            blank = True
            continue
        if blank or not wrapped:
            groups.append([])
        groups[-1].append(line)
        blank = False
    paragraphs = []
    for group in groups:
        begin = max(group[0].start, start)
        text = MappedText.copy(raw, begin, group[-1].end)
        breaks = [Edit(line.end - begin, line.end - begin + 1, " ") for line in group[:-1]]
        paragraphs.append(text.edited(breaks).tidied())
    return [paragraph for paragraph in paragraphs if paragraph.text]


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines go on in the middle of sentences."""
    pairs = [(one.text.strip(), two.text.strip()) for one, two in pairwise(lines)]
    adjoining = [(one, two) for one, two in pairs if one and two]
    going_on = sum(one[-1] not in ".?!:;" and two[0].islower() for one, two in adjoining)
    return going_on >= 2 and going_on >= 0.3 * len(adjoining)


def _exchange(paragraph: MappedText, speakers: Speakers) -> Exchange:
    quotations = quotations_in(paragraph.text, speakers)
    quoted = [quotation.speaker for quotation in quotations if quotation.speaker is not None]
    return Exchange(
        answers=(),
        question="",
        answer=paragraph.text,
        speakers=tuple(dict.fromkeys(speaker for speaker in quoted if is_official(speaker))),
        answer_knots=paragraph.knots,
        quotations=quotations,
    )


def is_official(speaker: Official) -> bool:
    """Whether a speaker holds one of the offices of a bewindspersoon."""
    return speaker.office in _OFFICES


def _opening(raw: str) -> _Opening:
    """The fields in front of a text: "date 2031-03-04", "titel: …", a front matter between lines of dashes."""
    place = 0
    title, day = "", None
    fence = re.match(r"\s*---[ \t]*\n", raw)
    if fence:
        place = fence.end()
    while True:
        match = _FIELD.match(raw, place)
        if match and (match.group("heading") or dutch_date(match.group("on") or match.group("bare") or "")):
            if match.group("heading"):
                title = title or match.group("heading").strip().strip("\"'")
            else:
                day = day or dutch_date(match.group("on") or match.group("bare"))
            place = match.end()
            continue
        other = re.compile(r"\s*").match(raw, place)
        start = other.end() if other else place
        if match := _OTHER_FIELD.match(raw, start):
            place = match.end()
            continue
        if fence and (match := re.compile(r"---[ \t]*(?:\n|\Z)").match(raw, start)):
            place = match.end()
        elif fence and (match := re.compile(r"[\w-]+\s*:[^\n]*\n").match(raw, start)):
            place = match.end()
            continue
        return _Opening(place, title, day)


def _is_prose(paragraph: str) -> bool:
    return len(paragraph.split()) >= FEWEST_WORDS and _SENTENCE.search(paragraph) is not None


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and not text.endswith((".", ":", ",", ";"))


def _first_sentence(text: str) -> str:
    return shortened(text.strip("\"“„«‘' "), LONGEST_TITLE)
