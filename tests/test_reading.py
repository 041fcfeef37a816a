from __future__ import annotations

import json
from pathlib import Path

from chatbot.reading import Reading


def test_all_papers_of_a_file_are_read_and_a_bad_file_stops_no_other(tmp_path: Path) -> None:
    many, empty = tmp_path / "veel.jsonl", tmp_path / "leeg.txt"
    exchange = {"answers": [1], "question": "Wordt de brug hersteld?", "answer": "Ja, dit jaar nog."}
    lines = [{"id": f"ah-tk-20982099-{number}", "subject": "de brug", "exchanges": [exchange]} for number in (1, 2)]
    many.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    empty.write_bytes(b"")
    told: list[tuple[str, int, int]] = []
    reading = Reading()
    papers = [paper.id for paper in reading.papers([empty, many], lambda *step: told.append(step))]
    assert papers == ["ah-tk-20982099-1", "ah-tk-20982099-2"]
    assert reading.read == {str(many): papers[0], f"{many}#{papers[1]}": papers[1]}
    assert reading.skipped == {str(empty): "it is empty"}
    assert told == [("reading", 1, 2), ("reading", 2, 2)]
