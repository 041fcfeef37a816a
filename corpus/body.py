"""The body of a paper in text: which lines are labels, and the blocks of text between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from corpus.labels import Label, label_at, number_at
from corpus.manuscript import BlockKind, Line
from corpus.numbers import NUMBERS, question_numbers

QUESTION_LINES = 6
"""A question that has only a number before it ends within so many lines."""
_ASKED = re.compile(r"\?[\s»”’'\")\]]*(?:\d{1,2}(?:\)\s*|\s+|\Z))*\Z")
"""A question mark that ends a line; quotation marks, brackets and marks of notes may stand behind it."""
_NUMBERS = re.compile(rf"\s*({NUMBERS})\s*[.:]?\s*", re.IGNORECASE)


def find_labels(lines: Sequence[Line], kept: Sequence[int]) -> list[Label]:
    """The labels among the lines `kept`, in order; questions without a number get the next one."""
    explicit = [label for place in kept if (label := label_at(place, lines[place]))]
    numbered_questions = [label for label in explicit if label.kind is BlockKind.QUESTION and label.numbers]
    if numbered_questions:
        return _checked([label for label in explicit if label.kind is not BlockKind.QUESTION or label.numbers])
    doubled = _doubled(lines, kept) if not any(label.kind is BlockKind.ANSWER for label in explicit) else []
    if doubled:
        return _checked(doubled)
    sections = _sections(lines, kept, explicit)
    if sections:
        return _checked(sections)
    bare = [label for place in kept if (label := number_at(place, lines[place]))]
    explicit = [label for label in explicit if label.kind is not BlockKind.QUESTION] if bare else explicit
    answers = [label for label in explicit if label.kind is BlockKind.ANSWER]
    if bare:
        explicit = sorted(
            [*explicit, *_numbered_questions(bare, answers, asked_numbers(lines, kept, bare))],
            key=lambda label: label.line,
        )
    return _checked(explicit)


def _doubled(lines: Sequence[Line], kept: Sequence[int]) -> list[Label]:
    """The labels of a paper in which a number alone heads a question, and the same one its answer: "4", "5", "4 en 5".

    Questions may have their number before them on the line, and answers of one question none at all. Empty unless
    all such lines fit, in order, and at least one heads an answer.
    """
    labels: list[Label] = []
    asked: list[int] = []
    answered: set[int] = set()
    for place in kept:
        text = lines[place].text
        found = _NUMBERS.fullmatch(text)
        numbers = question_numbers(found.group(1)) if found else ()
        asks = number_at(place, lines[place], bare=True)
        if numbers and set(numbers) <= set(asked) - answered:
            answered.update(numbers)
            labels.append(Label(place, BlockKind.ANSWER, numbers, len(text)))
        elif asks and asks.numbers == (len(asked) + 1,):
            asked.append(asks.numbers[0])
            labels.append(asks)
        elif numbers:
            return []
    questions = [label for label in labels if label.kind is BlockKind.QUESTION]
    followed = asked_numbers(lines, kept, questions)
    if len(asked) < 2 or not answered or not all(label.line in followed for label in questions):
        return []
    return labels


def _sections(lines: Sequence[Line], kept: Sequence[int], explicit: list[Label]) -> list[Label]:
    """The labels of a paper with all questions first, numbered without a word, and all answers below one heading.

    Empty unless the numbers on both sides are the same, and run from 1 on.
    """
    headings = [label for label in explicit if label.kind is BlockKind.ANSWER]
    if len(headings) != 1 or headings[0].numbers:
        return []
    border = headings[0].line
    asked = [label for place in kept if place < border and (label := number_at(place, lines[place]))]
    asked = _run(asked, 1, None, from_first=False)
    answers: list[Label] = []
    for place in kept:
        text = lines[place].text
        if place <= border or not (found := _NUMBERS.fullmatch(text)):
            continue
        numbers = question_numbers(found.group(1))
        if numbers and numbers[0] == (answers[-1].numbers[-1] + 1 if answers else 1):
            opening = place if answers else border
            answers.append(Label(opening, BlockKind.ANSWER, numbers, lines[place].end - lines[opening].start))
    answered = [number for label in answers for number in label.numbers]
    if len(asked) < 2 or answered != [label.numbers[0] for label in asked]:
        return []
    return [*asked, *answers]


def asked_numbers(lines: Sequence[Line], kept: Sequence[int], bare: list[Label]) -> frozenset[int]:
    """The lines of those numbers that a question follows, within QUESTION_LINES."""
    if not bare:
        return frozenset()
    borders = [bisect_left(kept, label.line) for label in bare]
    spans = zip(bare, borders, [*borders[1:], len(kept)], strict=True)
    return frozenset(
        label.line
        for label, start, end in spans
        if any(_ASKED.search(lines[place].text) for place in kept[start : min(end, start + QUESTION_LINES)])
    )


def _numbered_questions(bare: list[Label], answers: list[Label], asking: frozenset[int]) -> list[Label]:
    """Which lines "3." are questions: those that lead up to the next answer, not the lists within an answer.

    Behind the last answer with a label only those are that all ask something (`asking`).
    """
    last = max((number for label in answers for number in label.numbers), default=0)
    before = [label for label in bare if answers and label.line < answers[0].line]
    all_first = _run(before, 1, last, from_first=True)
    if last and [label.numbers for label in all_first] == [(number,) for number in range(1, last + 1)]:
        further = _run([label for label in bare if label.line > answers[-1].line], last + 1, None, from_first=False)
        return [*all_first, *(further if asking.issuperset(label.line for label in further) else [])]
    chosen: list[Label] = []
    expected = 1
    borders = [-1, *(label.line for label in answers)]
    ends = [*(label.line for label in answers), None]
    for index, (border, end) in enumerate(zip(borders, ends, strict=True)):
        segment = [label for label in bare if label.line > border and (end is None or label.line < end)]
        wanted = answers[index].numbers if index < len(answers) else ()
        target = max(wanted) if wanted else None
        run = _run(segment, expected, target, from_first=index == 0)
        if (
            end is None
            and answers
            and not (run_ends_text(run, segment) or asking.issuperset(label.line for label in run))
        ):
            run = []
        chosen.extend(run)
        if run:
            expected = run[-1].numbers[0] + 1
        elif wanted:
            # Answers may come out of order: "3 en 5", then "4".
            expected = max(expected, max(wanted) + 1)
    return chosen


def run_ends_text(run: list[Label], segment: list[Label]) -> bool:
    """Whether the questions found are the last numbered lines, so that nothing was taken out of a list."""
    return bool(run) and bool(segment) and run[-1] is segment[-1] and len(run) == 1


def _run(segment: list[Label], expected: int, target: int | None, from_first: bool) -> list[Label]:
    """Labels numbered `expected`, `expected` + 1 … (to `target`), beginning as late as it goes unless `from_first`."""
    starts = [index for index, label in enumerate(segment) if label.numbers == (expected,)]
    best: list[Label] = []
    for start in starts if from_first else reversed(starts):
        run = [segment[start]]
        for label in segment[start + 1 :]:
            if label.numbers == (run[-1].numbers[0] + 1,) and (target is None or label.numbers[0] <= target):
                run.append(label)
        if target is not None and run[-1].numbers[0] == target:
            return run
        if not best or len(run) > len(best):
            best = run
    return best


def _checked(labels: list[Label]) -> list[Label]:
    """Labels that fit the course of the paper; what repeats or answers nothing is running text."""
    result: list[Label] = []
    asked: set[int] = set()
    answered: set[int] = set()
    open_questions: list[int] = []
    notice = False
    ever_asked = {number for label in labels if label.kind is BlockKind.QUESTION for number in label.numbers}
    for label in labels:
        if label.kind is BlockKind.QUESTION:
            numbers = label.numbers or (max(asked, default=0) + 1,)
            if notice or (set(numbers) <= asked and not label.part):
                continue
            asked.update(numbers)
            open_questions.extend(
                number for number in numbers if number not in open_questions and number not in answered
            )
            result.append(replace(label, numbers=numbers))
        elif label.kind is BlockKind.ANSWER:
            numbers = label.numbers or tuple(sorted(open_questions))
            if label.part and numbers:
                answered.difference_update(numbers)
            if numbers and set(numbers) <= answered:
                numbers = tuple(sorted(open_questions))
            if not numbers or notice or (ever_asked and not open_questions and ever_asked.isdisjoint(numbers)):
                continue
            answered.update(numbers)
            open_questions = [number for number in open_questions if number not in numbers]
            result.append(replace(label, numbers=numbers))
        elif label.kind is BlockKind.NOTICE:
            if answered or notice:
                continue
            notice = True
            result.append(label)
        elif result:
            result.append(label)
    while_explaining = [place for place, label in enumerate(result) if label.kind is BlockKind.EXPLANATION]
    if while_explaining and any(label.kind is not BlockKind.EXPLANATION for label in result[while_explaining[0] :]):
        result = [label for label in result if label.kind is not BlockKind.EXPLANATION]
    return result
