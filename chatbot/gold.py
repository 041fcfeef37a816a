"""Questions whose right answers are known: what the program is measured by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot import batch
from chatbot.records import Request

NOT_FOUND = "not_found"
"""The verdict on a claim of which the papers say nothing."""
UNANSWERABLE = "unanswerable"
"""The kind of a question that no paper answers."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what is right about it.

    `kind`, `language`: groups over which figures are given. `places`: identifiers of the papers that answer, each
    with the numbers of the questions whose answer does; empty where none does. `speakers`: family names of those who
    must be named. `quotes`: the words that prove it. `answer`: in a sentence. `verdict`: on a claim, None for others.
    """

    id: str
    request: Request
    kind: str
    language: str
    places: Mapping[str, frozenset[int]]
    speakers: tuple[str, ...]
    quotes: tuple[str, ...]
    answer: str
    verdict: str | None

    @property
    def refusable(self) -> bool:
        """Whether the right answer is that the papers hold none."""
        return self.kind == UNANSWERABLE or self.verdict == NOT_FOUND


def read(path: Path) -> Iterator[GoldQuestion | batch.Skipped]:
    """The questions of a JSONL file, in order; lines that are none come as `Skipped`.

    Raises:
        BadBatch: the file cannot be read.
    """
    for number, line in batch.lines(path):
        entry = batch.question_of(line, number)
        if isinstance(entry, batch.Skipped):
            yield entry
            continue
        try:
            yield _gold(entry, json.loads(line))
        except (KeyError, TypeError, ValueError, AttributeError):
            yield batch.Skipped(number, 'has no "gold" as a list of {"doc": paper, "answers": [numbers]}')


def _gold(entry: batch.Question, value: Mapping[str, Any]) -> GoldQuestion:
    places: dict[str, frozenset[int]] = {}
    for place in value["gold"]:
        numbers = frozenset(int(number) for number in place["answers"])
        places[str(place["doc"])] = places.get(str(place["doc"]), frozenset()) | numbers
    quotes = [value.get("quote"), *(value.get("more_quotes") or [])]
    speakers = value.get("speakers") or [value.get("speaker")]
    return GoldQuestion(
        id=entry.id,
        request=entry.request,
        kind=str(value.get("kind") or ""),
        language=str(value.get("lang") or ""),
        places=places,
        speakers=tuple(speaker for speaker in speakers if speaker),
        quotes=tuple(quote if isinstance(quote, str) else quote["quote"] for quote in quotes if quote),
        answer=str(value.get("answer") or ""),
        verdict=value.get("verdict"),
    )
