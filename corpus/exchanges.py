"""Blocks joined into exchanges: each answer with the questions that it answers, by number and not by place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.answers import answer_kind, named_by, references, voices
from corpus.header import related_papers
from corpus.manuscript import Block, BlockKind
from corpus.mapped import MappedText
from corpus.records import AnswerKind, Exchange, Knot, Note, Official

_LEADS_TO_LIST = re.compile(
    r"\?[»”’'\")\]]* ((?!(?:Zo|Graag|Gaarne|Kunt|Kan|En|Of|Indien|Wilt|Bent|Deelt|Hoe|Wat|Welke)\b)[A-ZÀ-Ý][^?]*:)\Z"
)
"""The sentence behind the last question of a paragraph that leads up to a list: the answer begins with it."""
_LIST_ITEM = re.compile(r"(?:[–•●▪◦*-]|\d{1,2}[.)]|[a-z][.)])\s")
_EMPTY = MappedText("", ())


def pair(
    blocks: Sequence[Block], speakers: tuple[Official, ...], deferred: bool = False, answered: bool = False
) -> tuple[Exchange, ...]:
    """The exchanges of a paper in printed order; questions without an answer stand where they were asked.

    `deferred`: the paper is a Mededeling, so that its questions are put off. `answered`: the paper holds answers,
    whether or not they have labels.
    """
    blocks = _merged(blocks)
    questions = [block for block in blocks if block.kind is BlockKind.QUESTION]
    answers = [block for block in blocks if block.kind is BlockKind.ANSWER]
    answered_numbers = {number for block in answers for number in block.numbers}
    known = answered_numbers | {number for block in questions for number in block.numbers}
    result: list[tuple[int, Exchange]] = []
    places = {id(block): place for place, block in enumerate(blocks)}
    for block in answers:
        asked = [question for question in questions if set(question.numbers) & set(block.numbers)]
        result.append((places[id(block)], _exchange(block.numbers, asked, block, speakers, known)))
    waiting: list[Block] = []
    for question in questions:
        open_numbers = tuple(number for number in question.numbers if number not in answered_numbers)
        if not open_numbers and question.numbers:
            continue
        if (answers or answered) and not deferred and (split := _unlabelled_answer(question)):
            asked_block, answer_block = split
            together = tuple(number for block in waiting for number in block.numbers) + open_numbers
            asked = [*waiting, asked_block]
            place = places[id(waiting[0] if waiting else question)]
            result.append((place, _exchange(together, asked, answer_block, speakers, known)))
            waiting = []
            continue
        if answered and not answers and not deferred and question is not questions[-1]:
            # Where nothing has a heading, questions that follow each other are answered together.
            waiting.append(question)
            continue
        left = [*waiting, question]
        result.extend((places[id(block)], _open(block, answered_numbers, deferred)) for block in left)
        waiting = []
    return tuple(exchange for _, exchange in sorted(result, key=lambda item: item[0]))


def _open(question: Block, answered: set[int], deferred: bool) -> Exchange:
    """A question without an answer."""
    return Exchange(
        answers=tuple(number for number in question.numbers if number not in answered),
        question=question.text.text,
        answer="",
        kind=AnswerKind.DEFERRED if deferred else AnswerKind.UNANSWERED,
        notes=question.notes,
        question_knots=question.text.knots,
    )


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with the parts of one question ("1a", "1b") and of its answer put together."""
    result: list[Block] = []
    for block in blocks:
        same = (
            place
            for place, other in enumerate(result)
            if other.kind is block.kind and other.numbers == block.numbers and block.numbers
        )
        place = next(same, None)
        if place is None:
            result.append(block)
        else:
            first = result[place]
            text = joined([first.text, block.text])
            result[place] = Block(first.kind, first.numbers, text, (*first.notes, *block.notes), first.by)
    return result


def _exchange(
    numbers: tuple[int, ...], asked: list[Block], answer: Block, speakers: tuple[Official, ...], known: set[int]
) -> Exchange:
    question = joined([block.text for block in asked])
    notes: list[Note] = [note for block in asked for note in block.notes]
    notes.extend(note for note in answer.notes if note not in notes)
    text = answer.text.text
    refers_to = tuple(
        number for number in references(text, numbers, known) if number in known and number not in numbers
    )
    return Exchange(
        answers=tuple(sorted(set(numbers))),
        question=question.text,
        answer=text,
        speakers=(named_by(answer.by, speakers) or voices(text, speakers)) if text else (),
        kind=answer_kind(text, bool(refers_to)),
        refers_to=refers_to,
        notes=tuple(notes),
        question_knots=question.knots,
        answer_knots=answer.text.knots,
        related=related_papers(" ¶ ".join([text, *(note.text for note in answer.notes)])),
    )


def joined(texts: Sequence[MappedText]) -> MappedText:
    """Texts as paragraphs of one."""
    texts = [text for text in texts if text.text]
    if not texts:
        return _EMPTY
    whole = texts[0].text
    knots = list(texts[0].knots)
    for text in texts[1:]:
        shift = len(whole) + 1
        knots.extend(Knot(knot.start + shift, knot.raw) for knot in text.knots)
        whole += "\n" + text.text
    if any(later.raw <= earlier.raw for earlier, later in pairwise(knots)):
        return MappedText(whole, ())
    return MappedText(whole, tuple(knots))


def _unlabelled_answer(block: Block) -> tuple[Block, Block] | None:
    """A question block taken apart where an answer without a label follows: after the last paragraph that asks."""
    text = block.text
    paragraphs = text.text.split("\n")
    asking = [place for place, paragraph in enumerate(paragraphs) if re.search(r"\?[»”’'\")\]]*(?:\s|\Z)", paragraph)]
    if not asking:
        return None
    first = asking[0]
    while first + 1 < len(paragraphs) and first + 1 in asking:
        first += 1
    if first + 1 >= len(paragraphs):
        return None
    border = sum(len(paragraph) + 1 for paragraph in paragraphs[: first + 1])
    leads = _LEADS_TO_LIST.search(paragraphs[first])
    if leads and _LIST_ITEM.match(paragraphs[first + 1]):
        border -= len(paragraphs[first]) + 1 - leads.start(1)
    question = _part(text, 0, border - 1)
    answer = _part(text, border, len(text.text))
    return (
        Block(BlockKind.QUESTION, block.numbers, question, block.notes),
        Block(BlockKind.ANSWER, block.numbers, answer),
    )


def _part(text: MappedText, start: int, end: int) -> MappedText:
    knots = [Knot(0, text.raw_offset(start))]
    knots.extend(Knot(knot.start - start, knot.raw) for knot in text.knots if start < knot.start < end)
    return MappedText(text.text[start:end], tuple(knots))
