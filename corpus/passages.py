"""A paper cut into passages along question, answer and sentence, with exact offsets."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import Exchange, Official, Paper, Part, Passage
from corpus.sentences import split

PASSAGE_CHARACTERS = 900
"""A passage is at most so long, but for a single sentence that is longer."""
QUESTION_IN_HEADING = 200
"""So much of the question at most goes into the heading of an answer's passage."""


def cut(paper: Paper) -> tuple[Passage, ...]:
    """The passages of a paper: each answer and each question text as runs of whole sentences.

    `text` is exactly `exchange.answer[start:end]` (or `.question`). An exchange without an answer, as in a deferral,
    gives those of its question.
    """
    passages: list[Passage] = []
    for place, exchange in enumerate(paper.exchanges):
        passages.extend(_passages(paper, place, Part.QUESTION, exchange.question, _question_heading(paper)))
        if exchange.answer:
            passages.extend(_passages(paper, place, Part.ANSWER, exchange.answer, _answer_heading(paper, exchange)))
    return tuple(passages)


def _passages(paper: Paper, exchange: int, part: Part, text: str, heading: str) -> Iterator[Passage]:
    for start, end in runs(text):
        yield Passage(paper.id, exchange, part, start, end, heading, text[start:end])


def runs(text: str, longest: int = PASSAGE_CHARACTERS) -> list[tuple[int, int]]:
    """Spans of whole sentences of at most `longest` characters, about equally long; a longer sentence stays whole."""
    sentences = split(text)
    if not sentences:
        return []
    total = sentences[-1][1] - sentences[0][0]
    if total <= longest:
        return [(sentences[0][0], sentences[-1][1])]
    aim = total / (total // longest + 1)
    spans: list[tuple[int, int]] = []
    start, end = sentences[0]
    for begin, stop in sentences[1:]:
        too_long = stop - start > longest
        at_aim = end - start >= aim and text[end:begin].strip(" ") != ""
        if too_long or at_aim or end - start >= aim * 1.05:
            spans.append((start, end))
            start = begin
        end = stop
    spans.append((start, end))
    return spans


def shortened(text: str, longest: int = QUESTION_IN_HEADING) -> str:
    """The text up to a sentence's end, or else a word's, within `longest` characters; "…" where words are cut off."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    ends = [end for _, end in split(text) if end <= longest]
    if ends and ends[-1] >= longest // 3:
        return text[: ends[-1]]
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _ministries(officials: tuple[Official, ...]) -> str:
    return "; ".join(dict.fromkeys(official.ministry or official.office for official in officials))


def _question_heading(paper: Paper) -> str:
    return _joined(paper.subject, _ministries(paper.addressees or paper.speakers))


def _answer_heading(paper: Paper, exchange: Exchange) -> str:
    ministries = _ministries(exchange.speakers or paper.speakers)
    return _joined(paper.subject, ministries, shortened(exchange.question))


def _joined(*parts: str) -> str:
    return " | ".join(part for part in parts if part)
