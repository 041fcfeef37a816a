"""Papers in layouts of many hands: letters of departments, appendices, lists, numbered without headings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from corpus.records import Paper

FOLDER = Path(__file__).parent / "data" / "opmaak"
UNDERSTOOD: dict[str, dict[str, Any]] = json.loads((FOLDER / "begrepen.json").read_text(encoding="utf-8"))


@pytest.fixture(params=sorted(UNDERSTOOD))
def both(request: pytest.FixtureRequest) -> tuple[Paper, dict[str, Any]]:
    return read(FOLDER / f"{request.param}.txt"), UNDERSTOOD[request.param]


def test_the_head_is_understood(both: tuple[Paper, dict[str, Any]]) -> None:
    paper, right = both
    assert paper.fictitious
    assert {
        "kind": paper.kind.value,
        "question_ids": list(paper.question_ids),
        "askers": [[member.name, member.party] for member in paper.askers],
        "speakers": [[official.name, official.office, official.ministry] for official in paper.speakers],
        "asked": paper.asked and paper.asked.isoformat(),
        "answered": paper.answered and paper.answered.isoformat(),
    } == {key: right[key] for key in ("kind", "question_ids", "askers", "speakers", "asked", "answered")}
    assert all(part in paper.subject for part in right["subject"])


def test_questions_and_answers_begin_and_end_where_they_do(both: tuple[Paper, dict[str, Any]]) -> None:
    paper, right = both
    found = [
        (list(exchange.answers), edges(exchange.question, each["question"]), edges(exchange.answer, each["answer"]))
        for exchange, each in zip(paper.exchanges, right["exchanges"], strict=False)
    ]
    assert len(paper.exchanges) == len(right["exchanges"])
    assert found == [(each["answers"], each["question"], each["answer"]) for each in right["exchanges"]]


def edges(text: str, right: list[str]) -> list[str]:
    """How a text begins and ends, as far as is told of the right one."""
    if not right:
        return [text] if text else []
    plain = " ".join(text.split())
    return [plain[: len(right[0])], plain[-len(right[1]) :]]
