from __future__ import annotations

import json
import os
import time
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import pytest

from chatbot.reading import Reading
from corpus import parallel

LAYOUTS = Path(__file__).parent / "data" / "opmaak"


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


def _read_by(processes: int, files: list[Path]) -> list[tuple[Path, str]]:
    return [(file, repr(list(found))) for file, found in parallel.read_many(files, processes)]


@pytest.fixture
def many_files(tmp_path: Path) -> list[Path]:
    """More files than are read in one process: papers, files that cannot be read, and a large one of many papers."""
    papers = sorted(LAYOUTS.glob("*.*"))[: parallel.FEW]
    empty, large = tmp_path / "leeg.txt", tmp_path / "veel.jsonl"
    empty.touch()
    answer = "De wolken zijn geteld, en het waren er veel. " * 2_000
    large.write_text(
        "".join(f'{{"id": "v-{number}", "exchanges": [{{"answer": "{answer}"}}]}}\n' for number in range(30))
    )
    assert large.stat().st_size > parallel.LARGE
    return [papers[0], empty, *papers[1:], large, tmp_path / "weg.txt"]


def test_many_files_read_by_several_processes_are_what_one_process_reads_in_the_same_order(
    many_files: list[Path],
) -> None:
    by_two = _read_by(2, many_files)
    assert by_two == _read_by(1, many_files)
    assert "it is empty" in by_two[1][1]
    assert by_two[-2][1].count("Paper(") == 30
    assert "cannot be opened" in by_two[-1][1]


def test_files_are_read_all_the_same_where_no_other_process_can_live(
    many_files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "_start", os.abort)
    assert _read_by(2, many_files) == _read_by(1, many_files)


def test_reading_that_is_given_up_leaves_no_process_behind(many_files: list[Path]) -> None:
    with closing(parallel.read_many(many_files, 2)) as reading:
        next(reading)
        assert active_children()
    # The pool's own thread waits for them too, so that a join here may come back before it has noted their end.
    given_up = time.monotonic() + 20
    while active_children() and time.monotonic() < given_up:
        time.sleep(0.05)
    assert not active_children()
