from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from index_fakes import DIKES, GEESE, PAPERS, TRAINS, CountingEmbedder

from corpus.passages import cut
from corpus.records import PaperKind, Part
from index import embedder
from index.build import ingest
from index.errors import IndexMissing, IndexUnusable, ModelMismatch, UnknownModel
from index.records import Filters
from index.search import Index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    return tmp_path


@pytest.fixture
def index(folder: Path) -> Index:
    return Index.open(folder, embedder=CountingEmbedder())


def test_a_hit_is_an_exchange_with_its_passages(index: Index) -> None:
    hit = index.search("Is er subsidie?")[0]
    passage = next(passage for passage in cut(DIKES) if passage.exchange == 1 and passage.part is Part.ANSWER)
    assert (hit.paper, hit.exchange, hit.answers, hit.passages) == (DIKES.id, 1, (3,), (passage,))
    assert hit.lexical is not None
    assert hit.dense is not None
    assert hit.score > hit.dense > 0


def test_an_exchange_that_only_vectors_found_has_no_lexical_score(index: Index) -> None:
    assert [hit.lexical for hit in index.search("zonnebrand")] == [None, None, None]


def test_hits_come_best_first_and_once_for_each_exchange(index: Index) -> None:
    hits = index.search("dijk")
    assert len({(hit.paper, hit.exchange) for hit in hits}) == len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_fewer_hits_are_the_first_of_more(index: Index) -> None:
    assert index.search("dijk subsidie", limit=2) == index.search("dijk subsidie", limit=10)[:2]


def test_filters_act_before_the_ranking(index: Index) -> None:
    filtered = index.search("dijk", filters=Filters(minister="ozturk"), limit=1)
    assert [hit.paper for hit in filtered] == [GEESE.id]
    assert index.search("dijk", filters=Filters(minister="Niemand")) == []


def test_unanswered_questions_are_searched_apart(index: Index) -> None:
    assert TRAINS.id not in {hit.paper for hit in index.search("trein", limit=100)}
    (hit,) = index.search_questions("trein")
    assert (hit.paper, hit.exchange, hit.passages[0].text) == (TRAINS.id, 0, TRAINS.exchanges[0].question)
    assert index.search_questions("trein", filters=Filters(since=date(2031, 3, 1))) == []


@pytest.mark.parametrize("query", ["", "   ", "?!", "\u200b", "…" * 10_000])
def test_a_query_without_letters_finds_nothing(index: Index, query: str) -> None:
    assert index.search(query) == []


@pytest.mark.parametrize(
    "query",
    [
        "dijk " * 2_000,
        "x" * 10_000,
        'dijk AND ("OR: [^~',
        "\ud800 dijk \x00",
        "дамба 堤防 🦆 dijk",
        "' OR 1=1 --",
        "de",
    ],
)
def test_any_text_is_a_query(index: Index, query: str) -> None:
    assert len(index.search(query)) == 3


def test_no_hits_are_given_where_none_are_asked_for(index: Index) -> None:
    assert index.search("dijk", limit=0) == []


def test_papers_come_whole_and_unknown_ones_are_an_error(index: Index) -> None:
    assert index.paper(DIKES.id) is index.paper(DIKES.id)
    assert index.paper(DIKES.id) == DIKES
    with pytest.raises(KeyError, match="'niets' is not in the index"):
        index.paper("niets")


def test_the_status_counts(index: Index) -> None:
    status = index.status()
    assert (status.papers, status.exchanges, status.answers, status.passages) == (3, 4, 3, 4)
    kinds = {PaperKind.ANSWER: 2, PaperKind.DEFERRAL: 0, PaperKind.QUESTION: 1, PaperKind.OTHER: 0}
    assert status.kinds == kinds
    assert (status.first, status.last) == (date(2030, 11, 2), date(2031, 1, 5))
    assert (status.model, status.dimension, status.generation, status.fictitious) == ("counting", 9, 1, 1)


def test_menus_list_what_can_be_filtered_by(index: Index) -> None:
    assert index.ministers() == [("Van der Veen", 2), ("De Haas-Öztürk", 1)]
    assert index.ministries() == [("Landbouw, Natuur en Voedselkwaliteit", 2), ("Justitie en Veiligheid", 1)]
    assert index.parties() == [("VVO", 3), ("Partij voor Groén", 2)]


def test_the_names_are_those_that_papers_have(index: Index) -> None:
    names = index.names()
    assert set(names.ministers) == {"Van der Veen", "De Haas-Öztürk"}
    assert set(names.ministries) == {"Landbouw, Natuur en Voedselkwaliteit", "Justitie en Veiligheid"}
    assert set(names.parties) == {"VVO", "Partij voor Groén"}


def test_many_search_at_once_and_get_the_same(index: Index) -> None:
    alone = index.search("dijk subsidie")
    with ThreadPoolExecutor(50) as pool:
        together = list(pool.map(lambda _: index.search("dijk subsidie"), range(200)))
    assert together == [alone] * 200


def test_an_index_survives_a_restart(folder: Path, index: Index) -> None:
    before = index.search("dijk")
    index.close()
    with Index.open(folder, embedder=CountingEmbedder()) as again:
        assert again.search("dijk") == before


def test_a_folder_without_an_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="run `kamerantwoord ingest PATH"):
        Index.open(tmp_path / "nothing", embedder=CountingEmbedder())


def test_another_model_is_refused(folder: Path) -> None:
    with pytest.raises(ModelMismatch, match=r"'counting', and 'other' was asked for.*ingest --rebuild --model other"):
        Index.open(folder, embedder=CountingEmbedder("other"))


@pytest.mark.parametrize("name", ["vectors.faiss", "passages.npy", "words/meta.json", "manifest.json"])
@pytest.mark.parametrize("damage", ["truncated", "altered", "missing"])
def test_a_damaged_file_is_named_with_what_to_run(folder: Path, name: str, damage: str) -> None:
    file = folder / "generations" / "1" / name
    content = file.read_bytes()
    file.unlink()
    if damage != "missing":
        file.write_bytes(content[: len(content) // 2] if damage == "truncated" else b"\x00" + content[1:])
    with pytest.raises(IndexUnusable, match=f"{name} is missing or .*run `kamerantwoord ingest --rebuild`"):
        Index.open(folder, embedder=CountingEmbedder())


def test_another_format_is_named_with_what_to_run(folder: Path) -> None:
    file = folder / "generations" / "1" / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "format": 99}))
    with pytest.raises(IndexUnusable, match="has format 99, and this version reads format 2; run"):
        Index.open(folder, embedder=CountingEmbedder())


def test_a_current_that_is_no_number_is_unusable(folder: Path) -> None:
    (folder / "CURRENT").write_text("../elsewhere")
    with pytest.raises(IndexUnusable, match=r"holds '../elsewhere' and not a number"):
        Index.open(folder, embedder=CountingEmbedder())


def test_a_missing_store_is_unusable(folder: Path) -> None:
    (folder / "papers.sqlite").unlink()
    with pytest.raises(IndexUnusable, match=r"papers.sqlite is missing; put it back from a backup"):
        Index.open(folder, embedder=CountingEmbedder())


def test_a_lost_generation_is_rebuilt_by_the_next_ingest(folder: Path) -> None:
    shutil.rmtree(folder / "generations")
    ingest([], folder, CountingEmbedder())
    with Index.open(folder, embedder=CountingEmbedder()) as index:
        assert len(index.search("dijk")) == 3


def test_a_deferred_model_is_loaded_when_something_is_searched_for(
    folder: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def load(name: str) -> CountingEmbedder:
        loaded.append(name)
        return CountingEmbedder(name)

    monkeypatch.setattr(embedder, "load", load)
    with Index.open(folder, deferred=True) as deferred:
        assert (list(deferred.papers()), loaded) == (list(index.papers()), [])
        assert deferred.search("dijk subsidie") == index.search("dijk subsidie")
        assert (deferred.search("ganzen") != [], loaded) == (True, ["counting"])


def test_a_deferred_model_that_makes_other_vectors_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedder, "load", CountingEmbedder)
    with pytest.raises(UnknownModel, match=f"'counting' gives vectors of {CountingEmbedder().dimension} numbers"):
        embedder.DeferredEmbedder("counting", 5).query_vector("dijk")
