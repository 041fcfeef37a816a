"""Made-up papers in the layouts of many senders, read as a reader of the paper understood them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read
from corpus.records import Exchange, Official, Paper

FOLDER = Path(__file__).parent / "data" / "opmaak"
UNDERSTOOD: dict[str, dict[str, Any]] = json.loads((FOLDER / "begrepen.json").read_text("utf-8"))
"""A paper each: its header, and of every exchange its numbers and how its question and its answer begin and end; null
where the paper leaves it open, several subjects where any of them is right."""


def signed(officials: tuple[Official, ...]) -> list[list[str]]:
    return [[one.name, one.office, one.ministry] for one in officials]


def header(paper: Paper) -> dict[str, Any]:
    return {
        "paper": paper.id,
        "kind": paper.kind.value,
        "number": paper.number,
        "question_ids": list(paper.question_ids),
        "askers": [[asker.name, asker.party] for asker in paper.askers],
        "speakers": signed(paper.speakers),
        "addressees": signed(paper.addressees),
        "asked": str(paper.asked) if paper.asked else None,
        "answered": str(paper.answered) if paper.answered else None,
        "related": list(paper.related),
    }


def runs(exchange: Exchange, gold: dict[str, Any]) -> dict[str, Any]:
    """The exchange as the gold writes it, with the whole text of a side that does not begin and end as it says."""

    def ends(text: str, expected: list[str]) -> list[str] | str:
        fits = text.startswith(expected[0]) and text.endswith(expected[1]) if expected else not text
        return expected if fits else text

    found: dict[str, Any] = {
        "answers": list(exchange.answers),
        "question": ends(exchange.question, gold["question"]),
        "answer": ends(exchange.answer, gold["answer"]),
    }
    if "speakers" in gold:
        found["speakers"] = signed(exchange.speakers)
    return found


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_a_layout_is_read_as_its_reader_understood_it(name: str) -> None:
    (file,) = FOLDER.glob(f"{name}.*")
    paper, gold = read(file), UNDERSTOOD[name]

    found = header(paper)
    known = [field for field in found if field in gold and not (field == "askers" and gold[field] is None)]
    assert {field: found[field] for field in known} == {field: gold[field] for field in known}
    assert paper.subject in gold["subject"]
    assert [list(exchange.answers) for exchange in paper.exchanges] == [one["answers"] for one in gold["exchanges"]]
    pairs = zip(paper.exchanges, gold["exchanges"], strict=True)
    assert [runs(exchange, one) for exchange, one in pairs] == gold["exchanges"]
    assert re.search(b"FICTIEF|verzonnen", file.read_bytes())
