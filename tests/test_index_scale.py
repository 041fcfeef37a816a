"""What changes in an index when it is large: probed lists, filters over them, and search files that are extended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest
from index_fakes import DIKES, GEESE, VOCABULARY, CountingEmbedder

from corpus.records import Exchange, Paper, PaperKind
from index import build, bytevectors, dense, generation, writing
from index.build import ingest, rebuild, remove
from index.dense import EXACT, DenseIndex, plan, suits
from index.embedder import Vectors
from index.errors import IndexUnusable, NotWritten
from index.places import Group, Places
from index.probing import probes
from index.records import Filters
from index.search import Index
from index.store import Store

COUNT, DIMENSION = 4_000, 32


def blocks() -> Iterator[Vectors]:
    """Vectors around 40 centres, always the same ones."""
    random = np.random.default_rng(0)
    centres = random.standard_normal((40, DIMENSION))
    rows = (centres[random.integers(40, size=COUNT)] + 0.7 * random.standard_normal((COUNT, DIMENSION))).astype(
        np.float32
    )
    faiss.normalize_L2(rows)
    yield rows[:1500]
    yield rows[1500:]


ROWS = np.concatenate(list(blocks()))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("dense") / "vectors"
    assert DenseIndex.write(file, blocks, DIMENSION, kind="IVF64,SQ8", count=COUNT) == COUNT
    return file


def nearest(query: Vectors, allowed: np.ndarray[tuple[int], np.dtype[np.bool_]], limit: int) -> set[int]:
    cosines = np.where(allowed, ROWS @ query, -2)
    return set(np.argsort(-cosines)[:limit].tolist())


def recall(index: DenseIndex, allowed: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    queries = np.random.default_rng(1).permutation(ROWS)[:50]
    hits = [len(nearest(query, allowed, 10) & set(index.search(query, 10, allowed)[0].tolist())) for query in queries]
    return sum(hits) / (10 * len(queries))


@pytest.mark.parametrize(
    ("count", "kind"),
    [(0, EXACT), (30_000, EXACT), (30_001, "IVF256,SQ8"), (200_000, "IVF1024,SQ8"), (800_000, "IVF2048,SQ8")],
)
def test_the_kind_follows_from_the_number_of_vectors(count: int, kind: str) -> None:
    assert plan(count) == kind


def test_a_kind_does_until_it_has_a_quarter_of_the_lists_that_are_wanted() -> None:
    assert [suits(*given) for given in [(EXACT, 30_000), (EXACT, 30_001), ("IVF1024,SQ8", 800_000)]] == [
        True, False, True,
    ]  # fmt: skip
    assert [suits("IVF512,SQ8", 800_000), suits("IVF512,SQ8", 100)] == [False, False]


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.02])
def test_probed_lists_find_what_exact_search_finds_with_and_without_a_filter(file: Path, share: float) -> None:
    allowed = np.random.default_rng(2).random(COUNT) <= share
    assert recall(DenseIndex.open(file, probes=16), allowed) >= 0.95


def test_a_single_allowed_place_is_found_however_far(file: Path) -> None:
    allowed = np.zeros(COUNT, dtype=np.bool_)
    allowed[17] = True
    places, cosines = DenseIndex.open(file, probes=1).search(-ROWS[17], 10, allowed)
    assert (places.tolist(), cosines.tolist()) == ([17], [pytest.approx(-1, abs=0.01)])


def test_more_is_added_to_probed_lists(file: Path, tmp_path: Path) -> None:
    assert DenseIndex.extend(file, tmp_path / "more", iter([-ROWS[:3]])) == COUNT + 3
    index = DenseIndex.open(tmp_path / "more", probes=64)
    assert index.search(-ROWS[1], 1)[0].tolist() == [COUNT + 1]
    assert index.scores(ROWS[5], np.array([5, COUNT])).tolist() == pytest.approx(
        [1, float(-ROWS[5] @ ROWS[0])], abs=0.02
    )


def test_as_many_lists_are_probed_as_questions_need(file: Path) -> None:
    queries = list(ROWS[:60])
    chosen = probes(file, queries)
    every = np.ones(COUNT, dtype=np.bool_)
    assert 1 < chosen < 64
    assert recall(DenseIndex.open(file, probes=chosen), every) >= 0.97
    assert probes(file, []) == 2


def test_packed_vectors_are_nearly_the_same() -> None:
    packed = bytevectors.pack(ROWS)
    assert {len(row) for row in packed} == {DIMENSION}
    assert (bytevectors.unpack(packed, DIMENSION) * ROWS).sum(axis=1).min() > 0.9999


def many(count: int, word: str = "dijk") -> list[Paper]:
    return [
        Paper(
            id=f"p-{number:03d}",
            kind=PaperKind.ANSWER,
            subject=VOCABULARY[number % len(VOCABULARY)],
            exchanges=(Exchange((1,), f"Vraag {number}?", f"Een {word} nummer {number}."),),
            speakers=GEESE.speakers if number % 10 == 0 else DIKES.speakers,
        )
        for number in range(count)
    ]


def answers(directory: Path, query: str = "dijk 13", filters: Filters | None = None) -> list[tuple[str, str]]:
    with Index.open(directory, embedder=CountingEmbedder()) as index:
        hits = index.search(query, filters=filters or Filters(), limit=5)
        return [(hit.paper, hit.passages[0].text) for hit in hits]


@pytest.fixture
def extended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index to which a paper was added and in which one was replaced, without reading the others again."""
    papers = many(40)
    ingest(papers, tmp_path, CountingEmbedder())
    with monkeypatch.context() as patch:
        patch.delattr(writing, "write")
        ingest([GEESE], tmp_path, CountingEmbedder())
        changed = replace(papers[13], exchanges=(replace(papers[13].exchanges[0], answer="Een trein nummer 13."),))
        ingest([changed], tmp_path, CountingEmbedder())
        remove(["p-014"], tmp_path)
    return tmp_path


def test_papers_are_added_replaced_and_removed_without_a_rebuild(extended: Path) -> None:
    assert answers(extended, "ganzen vogels")[0] == (GEESE.id, "Ganzen zijn vogels.")
    assert answers(extended, "trein nummer 13")[0] == ("p-013", "Een trein nummer 13.")
    assert "p-014" not in {paper for paper, _ in answers(extended, "dijk nummer 14")}
    with Index.open(extended, embedder=CountingEmbedder()) as index:
        assert (index.status().papers, index.status().passages) == (40, 40)


def test_an_extended_index_finds_what_one_made_anew_finds(extended: Path) -> None:
    queries = ["trein nummer 13", "gans", "dijk nummer 14", "fiets"]
    before = [{paper for paper, _ in answers(extended, query)[:1]} for query in queries]
    rebuild(extended, CountingEmbedder())
    assert [{paper for paper, _ in answers(extended, query)[:1]} for query in queries] == before
    manifest = generation.open_manifest(extended)
    assert (manifest.passages, manifest.gone) == (40, 0)


def test_filters_hold_in_an_extended_index(extended: Path) -> None:
    found = answers(extended, "dijk", Filters(minister="Haas"))
    assert {paper for paper, _ in found} <= {"p-000", "p-010", "p-020", "p-030", GEESE.id}
    assert len(found) == 5


def test_a_worn_generation_is_made_anew(tmp_path: Path) -> None:
    ingest(many(20), tmp_path, CountingEmbedder())
    ingest(many(20, "trein")[:4], tmp_path, CountingEmbedder())
    assert generation.open_manifest(tmp_path).gone == 0


def test_a_large_index_is_probed_and_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(many(300), tmp_path, CountingEmbedder())
    exact = answers(tmp_path, "trein nummer 13")
    monkeypatch.setattr(dense, "MOST_EXACT", 100)
    rebuild(tmp_path, CountingEmbedder())
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert index.status().kind == "IVF32,SQ8"
    assert answers(tmp_path, "trein nummer 13")[0] == exact[0]
    found = answers(tmp_path, "trein", Filters(minister="Haas", papers=("p-010", "p-011")))
    assert [paper for paper, _ in found] == ["p-010"]


def test_a_damaged_generation_is_made_anew_by_the_next_ingest(tmp_path: Path) -> None:
    ingest(many(5), tmp_path, CountingEmbedder())
    file = generation.folder(tmp_path, 1) / generation.VECTORS
    file.write_bytes(file.read_bytes()[:-9])
    ingest([], tmp_path, CountingEmbedder())
    assert len(answers(tmp_path)) == 5


def test_places_of_papers_are_found_in_any_order() -> None:
    table = np.zeros(6, dtype=Places.open.__globals__["COLUMNS"])
    table["passage"], table["paper"], table["exchange"] = range(6), [7, 7, 3, 3, 9, 9], [0, 1, 0, 0, 0, 1]
    places = Places(table).changed([9], Places(table[:0]))
    assert places.allowed(Group.ANSWER, {3, 7, 8}).tolist() == [True] * 4 + [False] * 2
    assert places.allowed(Group.ANSWER, {9, 3}).tolist() == [False, False, True, True, False, False]
    assert places.allowed(Group.ANSWER, None).tolist() == [True] * 4 + [False] * 2
    members, owners = places.members(places.exchanges[[2, 0]])
    assert (members.tolist(), owners.tolist()) == ([2, 3, 0], [0, 0, 1])


FULL = """
import resource, sys
from pathlib import Path
from index import build
from index.errors import NotWritten
from index_fakes import CountingEmbedder
from test_index_scale import many
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    build.ingest(many(400, "trein"), Path(sys.argv[1]), CountingEmbedder())
except NotWritten as error:
    print(error)
"""


@pytest.mark.parametrize("room", [200_000])
def test_a_full_disk_is_named_and_the_index_stays_as_it_was(tmp_path: Path, room: int) -> None:
    ingest([GEESE], tmp_path, CountingEmbedder())
    here = Path(__file__).parent
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(room)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith(f"{tmp_path} cannot be written to (")
    assert answers(tmp_path, "gans") == [(GEESE.id, "Ganzen zijn vogels.")]
    ingest(many(400, "trein"), tmp_path, CountingEmbedder())
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert index.status().papers == 401


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest([GEESE], tmp_path, CountingEmbedder())
    monkeypatch.setattr(faiss, "write_index", lambda *_: (_ for _ in ()).throw(RuntimeError("no space")))
    with pytest.raises(NotWritten, match=r"cannot be written to \(no space\); the index stays as it was"):
        ingest([DIKES], tmp_path, CountingEmbedder())
    assert [folder.name for folder in (tmp_path / "generations").iterdir()] == ["1"]
    assert answers(tmp_path, "gans") == [(GEESE.id, "Ganzen zijn vogels.")]


@pytest.mark.parametrize("kept", [0.3, 0.7])
def test_a_truncated_store_is_named_with_what_to_run(tmp_path: Path, kept: float) -> None:
    ingest(many(200), tmp_path, CountingEmbedder())
    file = tmp_path / generation.STORE
    store = Store(file)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    content = file.read_bytes()
    file.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(IndexUnusable, match=r"papers.sqlite is damaged or no store .*put it back from a backup"):
        read_all(tmp_path)


def read_all(directory: Path) -> None:
    with Index.open(directory, embedder=CountingEmbedder()) as index:
        list(index.papers())
        index.search("dijk", limit=200)


def test_a_switch_to_another_model_that_was_cut_off_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([GEESE], tmp_path, CountingEmbedder())
    with monkeypatch.context() as patch:
        patch.setattr(Store, "set_model", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            rebuild(tmp_path, CountingEmbedder("other"))
    build.ingest([DIKES], tmp_path, CountingEmbedder("other"))
    with Index.open(tmp_path, embedder=CountingEmbedder("other")) as index:
        assert {hit.paper for hit in index.search("dijk gans")} == {DIKES.id, GEESE.id}


def test_single_places_are_scored_by_better_vectors_where_there_are_such(file: Path) -> None:
    def closer(places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[Any, Any]:
        known = places % 2 == 0
        return known, ROWS[places[known]]

    index = DenseIndex.open(file, closer=closer)
    places = np.arange(100)
    right, kept = ROWS[:100] @ ROWS[5], index.scores(ROWS[5], places)
    found = index.closer_scores(ROWS[5], places)
    assert not index.exact
    assert np.abs(found - right)[::2].max() < 1e-6 < np.abs(kept - right)[::2].max()
    assert found[1::2].tolist() == kept[1::2].tolist()
