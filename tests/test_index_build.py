from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from index_fakes import DIKES, GEESE, PAPERS, TRAINS, CountingEmbedder

from index import build, generation
from index.build import IngestReport, ingest, rebuild, remove
from index.errors import IndexBusy, IndexMissing, ModelMismatch
from index.search import Index
from index.store import Store


def state(directory: Path) -> dict[str, tuple[int, int]]:
    """Every file of a data folder, but for the locks, with its size and time of change."""
    files = [file for file in directory.rglob("*") if file.is_file() and not file.name.endswith(".lock")]
    return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in files}


def ids(directory: Path) -> list[str]:
    with Index.open(directory, embedder=CountingEmbedder()) as index:
        return [paper.id for paper in index.papers()]


def test_ingest_reports_what_became_of_each_paper(tmp_path: Path) -> None:
    assert ingest(PAPERS[:2], tmp_path, CountingEmbedder()) == IngestReport(added=(DIKES.id, GEESE.id))
    changed = replace(GEESE, subject="ganzen")
    report = ingest([DIKES, changed, TRAINS], tmp_path, CountingEmbedder())
    assert report == IngestReport(added=(TRAINS.id,), replaced=(GEESE.id,), unchanged=(DIKES.id,))
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert [index.paper(paper.id) for paper in (DIKES, changed, TRAINS)] == [DIKES, changed, TRAINS]


def test_an_ingest_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    before = state(tmp_path)
    assert ingest(PAPERS, tmp_path, CountingEmbedder()) == IngestReport(unchanged=tuple(paper.id for paper in PAPERS))
    assert state(tmp_path) == before


def test_only_new_passages_are_embedded(tmp_path: Path) -> None:
    ingest(PAPERS[:1], tmp_path, CountingEmbedder())
    embedder = CountingEmbedder()
    ingest(PAPERS[:2], tmp_path, embedder)
    assert [text.splitlines()[-1] for text in embedder.seen] == ["Ganzen zijn vogels."]


def test_an_interrupted_ingest_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "BATCH", 1)
    ingest([TRAINS], tmp_path, CountingEmbedder())
    with pytest.raises(KeyboardInterrupt):
        ingest([DIKES, GEESE], tmp_path, CountingEmbedder(fails_after=2))
    assert ids(tmp_path) == [TRAINS.id]
    embedder = CountingEmbedder()
    assert ingest([], tmp_path, embedder) == IngestReport()
    assert [text.splitlines()[-1] for text in embedder.seen] == ["Ganzen zijn vogels."]
    assert ids(tmp_path) == [DIKES.id, GEESE.id, TRAINS.id]


def test_a_replaced_paper_stays_as_it_was_until_the_new_generation_is_complete(tmp_path: Path) -> None:
    ingest([GEESE], tmp_path, CountingEmbedder())
    changed = replace(GEESE, exchanges=(replace(GEESE.exchanges[0], answer="Ganzen zijn geen school."),))
    with pytest.raises(KeyboardInterrupt):
        ingest([changed], tmp_path, CountingEmbedder(fails_after=0))
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        (hit,) = index.search("ganzen")
        assert (hit.passages[0].text, index.paper(GEESE.id)) == ("Ganzen zijn vogels.", GEESE)


def test_a_lost_current_is_made_again(tmp_path: Path) -> None:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    (tmp_path / generation.CURRENT).unlink()
    ingest([], tmp_path, CountingEmbedder())
    assert ids(tmp_path) == [paper.id for paper in PAPERS]


def test_papers_are_removed(tmp_path: Path) -> None:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    assert remove([GEESE.id, "niets"], tmp_path) == [GEESE.id]
    assert ids(tmp_path) == [DIKES.id, TRAINS.id]
    before = state(tmp_path)
    assert remove([GEESE.id], tmp_path) == []
    assert state(tmp_path) == before


def test_removing_all_papers_leaves_an_empty_index(tmp_path: Path) -> None:
    ingest([GEESE], tmp_path, CountingEmbedder())
    remove([GEESE.id], tmp_path)
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert index.search("ganzen") == []


def test_nothing_can_be_removed_or_rebuilt_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="run `kamerantwoord ingest PATH"):
        remove(["a"], tmp_path)
    with pytest.raises(IndexMissing, match="run `kamerantwoord ingest PATH"):
        rebuild(tmp_path, CountingEmbedder())


def test_another_model_is_refused_and_nothing_is_changed(tmp_path: Path) -> None:
    ingest([GEESE], tmp_path, CountingEmbedder())
    before = state(tmp_path)
    with pytest.raises(ModelMismatch, match="made with the embedding model 'counting', and 'other' was asked for"):
        ingest([DIKES], tmp_path, CountingEmbedder("other"))
    assert state(tmp_path) == before


def test_rebuilding_changes_the_model(tmp_path: Path) -> None:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    rebuild(tmp_path, CountingEmbedder("other"))
    with Index.open(tmp_path, embedder=CountingEmbedder("other")) as index:
        assert index.status().model == "other"
        assert next(hit.paper for hit in index.search("ganzen")) == GEESE.id


def test_an_interrupted_rebuild_leaves_the_old_model_in_use(tmp_path: Path) -> None:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    with pytest.raises(KeyboardInterrupt):
        rebuild(tmp_path, CountingEmbedder("other", fails_after=0))
    assert ids(tmp_path) == [paper.id for paper in PAPERS]


def test_a_second_ingest_at_once_is_refused(tmp_path: Path) -> None:
    with FileLock(tmp_path / build.LOCK), pytest.raises(IndexBusy, match="another process is writing to"):
        ingest(PAPERS, tmp_path, CountingEmbedder())


def test_old_generations_are_deleted_and_their_readers_go_on(tmp_path: Path) -> None:
    ingest(PAPERS[:2], tmp_path, CountingEmbedder())
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        ingest([TRAINS], tmp_path, CountingEmbedder())
        assert [folder.name for folder in (tmp_path / "generations").iterdir()] == ["2"]
        assert [hit.paper for hit in index.search("dijk")] == [DIKES.id, DIKES.id, GEESE.id]
        assert index.search_questions("trein") == []
        assert (index.refresh(), index.refresh()) == (True, False)
        assert [hit.paper for hit in index.search_questions("trein")] == [TRAINS.id]


def test_steps_are_reported_from_nothing_to_all(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    ingest(PAPERS, tmp_path, CountingEmbedder(), progress=lambda *step: steps.append(step))
    assert steps == [("indexing", 0, 4), ("indexing", 4, 4)]


ENDLESS = """
import sys
from dataclasses import replace
from pathlib import Path
from index import build
from index_fakes import PAPERS, CountingEmbedder
build.BATCH = 1
for turn in range(10_000):
    changed = [replace(paper, subject=f"{paper.subject} {turn}") for paper in PAPERS]
    build.ingest(changed, Path(sys.argv[1]), CountingEmbedder())
    print(turn, flush=True)
"""


def test_a_killed_ingest_leaves_a_complete_index_behind(tmp_path: Path) -> None:
    here = Path(__file__).parent
    # Beside so many that stay, search files are extended most of the time, and made anew now and then.
    staying = [replace(DIKES, id=f"vast-{number}") for number in range(40)]
    ingest([*PAPERS, *staying], tmp_path, CountingEmbedder())
    for turn in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(tmp_path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])},
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.007 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
            subjects = {paper.subject.split()[-1] for paper in index.papers() if not paper.id.startswith("vast")}
            assert len(subjects) == 1
            assert index.status().papers == len(PAPERS) + len(staying)
            assert next(hit.paper for hit in index.search("ganzen")) == GEESE.id
    ingest(PAPERS, tmp_path, CountingEmbedder())
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert [index.paper(paper.id) for paper in PAPERS] == list(PAPERS)


def test_vectors_are_kept_batch_by_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "BATCH", 2)
    with pytest.raises(KeyboardInterrupt):
        ingest(PAPERS, tmp_path, CountingEmbedder(fails_after=3))
    store = Store(tmp_path / generation.STORE)
    assert len(store.unembedded("counting")) == 2
    store.close()
