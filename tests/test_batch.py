"""A batch answers in order, skips what is no question, and goes on where it was interrupted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableLambda

from chatbot import batch
from chatbot.batch import BadBatch, Question, Skipped
from chatbot.records import Answer, Request, Turn

Q1 = Question("a", Request("Een?"))
Q2 = Question("b", Request("Twee?"))


def counting_chain(asked: list[str], fails_at: str = "") -> RunnableLambda[Request, Answer]:
    def reply(request: Request) -> Answer:
        if request.question == fails_at:
            raise KeyboardInterrupt
        asked.append(request.question)
        return Answer(text=f"Antwoord op {request.question}", question=request.question)

    return RunnableLambda(reply)


def test_lines_become_questions_with_their_history(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = ['{"id": "x", "question": "En dan?", "history": [{"question": "Eerst?"}]}', "", '{"question": "Los?"}']
    file.write_text("\n".join(lines), encoding="utf-8")
    assert list(batch.read(file)) == [
        Question("x", Request("En dan?", history=(Turn("Eerst?"),))),
        Question("3", Request("Los?")),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON"),
        ("[]", 'has no text under "question"'),
        ('{"question": " "}', 'has no text under "question"'),
        ('{"question": "Ja?", "history": ["Nee?"]}', '"history" is not a list'),
    ],
)
def test_a_line_that_is_no_question_is_named_with_its_reason(tmp_path: Path, line: str, reason: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(line, encoding="utf-8")
    (skipped,) = batch.read(file)
    assert isinstance(skipped, Skipped)
    assert skipped.line == 1
    assert reason in skipped.reason


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadBatch, match=r"missing\.jsonl: cannot be read"):
        list(batch.read(tmp_path / "missing.jsonl"))
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_bytes(b'{"question": "\xff"}')
    with pytest.raises(BadBatch, match=r"wrong\.jsonl: is not UTF-8 \(byte 14\)"):
        list(batch.read(wrong))


def test_answers_are_written_in_order_one_document_a_line(tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    ticks: list[None] = []
    batch.run([Q1, Q2], counting_chain([]), out, fingerprint="f", progress=lambda: ticks.append(None))
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["answer"]) for line in lines] == [("a", "Antwoord op Een?"), ("b", "Antwoord op Twee?")]
    assert len(ticks) == 2
    assert list(tmp_path.iterdir()) == [out]


def test_an_interrupted_batch_goes_on_after_the_last_whole_line(tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    with pytest.raises(KeyboardInterrupt):
        batch.run([Q1, Q2], counting_chain([], fails_at="Twee?"), out, fingerprint="f", progress=lambda: None)
    assert not out.exists()
    (partial,) = tmp_path.iterdir()
    with partial.open("a", encoding="utf-8") as file:
        file.write('{"id": "b", "torn')
    asked: list[str] = []
    batch.run([Q1, Q2], counting_chain(asked), out, fingerprint="f", progress=lambda: None)
    assert asked == ["Twee?"]
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["a", "b"]


def test_a_batch_over_another_index_starts_anew(tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    with pytest.raises(KeyboardInterrupt):
        batch.run([Q1, Q2], counting_chain([], fails_at="Twee?"), out, fingerprint="old", progress=lambda: None)
    asked: list[str] = []
    batch.run([Q1, Q2], counting_chain(asked), out, fingerprint="new", progress=lambda: None)
    assert asked == ["Een?", "Twee?"]


def test_earlier_turns_are_answered_first_so_that_the_follow_up_can_lean_on_them(tmp_path: Path) -> None:
    seen: list[tuple[Turn, ...]] = []

    def reply(request: Request) -> Answer:
        seen.append(request.history)
        return Answer(text="!", searched=request.question)

    follow_up = Question("c", Request("En dan?", history=(Turn("Eerst?"),)))
    batch.run([follow_up], RunnableLambda(reply), tmp_path / "o", fingerprint="f", progress=lambda: None)
    assert seen == [(), (Turn("Eerst?", Answer(text="!", searched="Eerst?")),)]


def test_answers_can_bring_why_they_came_out_so(tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    batch.run([Q1], counting_chain([]), out, fingerprint="f", progress=lambda: None, explained=True)
    assert json.loads(out.read_text(encoding="utf-8"))["explanation"] == {"clues": [], "hits": []}
