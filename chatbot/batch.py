"""Many questions from a file, answered into a file, resumable after an interruption."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.runnables import Runnable

from chatbot import explain, output
from chatbot.records import Answer, Request, Turn


class BadBatch(Exception):
    """A file of questions cannot be used."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a batch: its identifier and the request that it makes."""

    id: str
    request: Request


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line of a batch that is no question: its number from 1 and the reason."""

    line: int
    reason: str


def read(path: Path) -> Iterator[Question | Skipped]:
    """The questions of a JSONL file: objects with "question", and if wanted "id" and "history".

    `history` is a list of earlier turns, objects with "question". A line without "id" is named by its number.

    Raises:
        BadBatch: the file cannot be read.
    """
    for number, line in lines(path):
        yield question_of(line, number)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not empty, each with its number from 1.

    Raises:
        BadBatch: the file cannot be read.
    """
    try:
        content = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadBatch(f"{path}: cannot be read ({error.strerror}); name a JSONL file of questions") from error
    except UnicodeDecodeError as error:
        raise BadBatch(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    yield from ((number, line) for number, line in enumerate(content, 1) if line.strip())


def question_of(line: str, number: int) -> Question | Skipped:
    """A line as a question, or why it is none."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return Skipped(number, f"is not JSON ({error.msg}, column {error.colno})")
    if not isinstance(value, dict) or not isinstance(value.get("question"), str) or not value["question"].strip():
        return Skipped(number, 'has no text under "question"')
    history = value.get("history") or []
    if not isinstance(history, list) or not all(
        isinstance(turn, dict) and isinstance(turn.get("question"), str) for turn in history
    ):
        return Skipped(number, '"history" is not a list of objects with "question"')
    turns = tuple(Turn(question=turn["question"]) for turn in history)
    return Question(str(value.get("id", number)), Request(question=value["question"], history=turns))


def run(
    questions: list[Question],
    chain: Runnable[Request, Answer],
    out: Path,
    *,
    fingerprint: str,
    progress: Callable[[], Any],
    explained: bool = False,
) -> None:
    """Answer `questions` in order into `out`, one JSON document a line.

    Lines go to a file beside `out` first, which becomes `out` when all are done. A run that was interrupted
    goes on there, provided that `fingerprint` (of index and settings) and the questions are the same.
    `progress` is called after every question. Earlier turns of a question are answered first. `explained`: each answer
    brings its explanation.
    """
    asked = repr([(question.id, question.request) for question in questions]) + ("explained" if explained else "")
    digest = hashlib.sha256(f"{fingerprint}\n{asked}".encode()).hexdigest()[:12]
    partial = out.with_name(f"{out.name}.{digest}.part")
    done = _complete_lines(partial)
    with partial.open("a", encoding="utf-8") as file:
        for number, question in enumerate(questions):
            if number >= done:
                given = chain.invoke(with_answers(question.request, chain))
                why = {"explanation": explain.document(given)} if explained else {}
                file.write(json.dumps(output.answer(given, question.id) | why, ensure_ascii=False) + "\n")
                file.flush()
            progress()
    os.replace(partial, out)


def _complete_lines(partial: Path) -> int:
    """How many whole lines an interrupted run left; a torn last line is cut off."""
    if not partial.exists():
        return 0
    content = partial.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) != len(content):
        with partial.open("r+b") as file:
            file.truncate(len(whole))
    return whole.count(b"\n")


def with_answers(request: Request, chain: Runnable[Request, Answer]) -> Request:
    """The request with its earlier turns answered in order, as they would have been in a window."""
    history: tuple[Turn, ...] = ()
    for turn in request.history:
        given = turn.answer or chain.invoke(Request(turn.question, history, request.filters))
        history += (Turn(turn.question, given),)
    return Request(request.question, history, request.filters)
