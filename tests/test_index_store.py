from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_fakes import DIKES, GEESE, PAPERS, TRAINS

from corpus.passages import cut
from corpus.records import Exchange, Knot, Member, Official, Paper, PaperKind
from index import codec
from index.errors import IndexUnusable
from index.matching import matching, ministers, ministries, parties
from index.records import Filters
from index.store import Put, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "papers.sqlite", create=True)
    for paper in PAPERS:
        store.put(paper, cut(paper), generation=1)
    return store


def found(store: Store, filters: Filters) -> set[str]:
    rows = matching(store, filters, generation=1)
    assert rows is not None
    ids = dict(store.connection.execute("SELECT row, id FROM papers").fetchall())
    return {ids[row] for row in rows}


def test_a_paper_comes_back_whole(store: Store) -> None:
    assert [store.paper(paper.id, generation=1) for paper in PAPERS] == list(PAPERS)


def test_a_paper_that_is_not_there_is_none(store: Store) -> None:
    assert store.paper("ah-tk-20302031-9", generation=1) is None


text = st.text(st.characters(codec="utf-8"), max_size=20)
days = st.none() | st.dates()
exchanges = st.builds(
    Exchange,
    answers=st.lists(st.integers(1, 99)).map(tuple),
    question=text,
    answer=text,
    speakers=st.lists(st.builds(Official, text, text, text), max_size=2).map(tuple),
    answer_knots=st.lists(st.builds(Knot, st.integers(0), st.integers(0)), max_size=2).map(tuple),
)
papers = st.builds(
    Paper,
    id=text,
    kind=st.sampled_from(PaperKind),
    subject=text,
    exchanges=st.lists(exchanges, max_size=3).map(tuple),
    number=st.none() | st.integers(),
    askers=st.lists(st.builds(Member, text, text), max_size=2).map(tuple),
    asked=days,
    answered=days,
    raw=text,
)


@given(papers)
def test_any_paper_survives_writing_and_reading(paper: Paper) -> None:
    assert codec.decode(codec.encode(paper)) == paper


def test_putting_says_what_it_did(store: Store) -> None:
    changed = replace(DIKES, subject="dijken")
    assert store.put(DIKES, cut(DIKES), generation=2) is Put.UNCHANGED
    assert store.put(changed, cut(changed), generation=2) is Put.REPLACED
    assert store.put(replace(DIKES, id="nieuw"), (), generation=2) is Put.ADDED


def test_a_change_is_seen_from_its_generation_on(store: Store) -> None:
    changed = replace(DIKES, subject="dijken")
    store.put(changed, cut(changed), generation=2)
    assert [store.paper(DIKES.id, generation=number) for number in (0, 1, 2, 3)] == [None, DIKES, changed, changed]


def test_two_papers_with_the_same_text_are_two_papers(store: Store) -> None:
    twin = replace(GEESE, id="ah-tk-20302031-9")
    store.put(twin, cut(twin), generation=1)
    assert store.paper(GEESE.id, generation=1) == GEESE
    assert store.paper(twin.id, generation=1) == twin


def test_removing_says_what_was_there_and_keeps_it_for_readers_before(store: Store) -> None:
    assert store.remove(["niets", DIKES.id, DIKES.id], generation=2) == [DIKES.id]
    assert store.paper(DIKES.id, generation=1) == DIKES
    assert store.paper(DIKES.id, generation=2) is None
    store.purge(3)
    assert store.paper(DIKES.id, generation=1) is None


def test_passages_of_another_paper_are_refused(store: Store) -> None:
    with pytest.raises(
        ValueError, match=r"passages of \['ah-tk-20302031-8'\] were given with paper 'ah-tk-20302031-7'"
    ):
        store.put(DIKES, cut(GEESE), generation=2)


def test_a_failed_put_leaves_the_paper_as_it_was(store: Store) -> None:
    broken = replace(DIKES, askers=(Member("\ud800", "VVO"),))
    with pytest.raises(UnicodeEncodeError):
        store.put(broken, (), generation=2)
    assert store.paper(DIKES.id, generation=2) == DIKES


def test_headers_tell_what_is_in_the_store(store: Store) -> None:
    header = next(iter(store.papers(generation=1)))
    assert (header.id, header.kind, header.subject, header.number) == (DIKES.id, DIKES.kind, DIKES.subject, 7)
    assert (header.asked, header.answered, header.fictitious) == (DIKES.asked, DIKES.answered, True)
    assert (header.speakers, header.askers) == (DIKES.speakers, DIKES.askers)
    assert (header.exchanges, header.answers) == (2, 2)
    assert [each.id for each in store.papers(generation=1)] == [DIKES.id, GEESE.id, TRAINS.id]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(minister="ozturk"), {GEESE.id, TRAINS.id}),
        (Filters(minister="Haas"), {GEESE.id, TRAINS.id}),
        (Filters(minister="de haas öztürk"), {GEESE.id, TRAINS.id}),
        (Filters(minister="van der VEEN"), {DIKES.id}),
        (Filters(minister="vee"), set()),
        (Filters(minister="%"), set()),
        (Filters(minister="'; DROP TABLE papers"), set()),
        (Filters(ministry="JenV"), {GEESE.id, TRAINS.id}),
        (Filters(ministry="landbouw"), {DIKES.id}),
        (Filters(ministry="Zonnebrand"), set()),
        (Filters(party="vvo"), {DIKES.id, GEESE.id}),
        (Filters(party="Partij voor Groen"), {DIKES.id}),
        (Filters(since=date(2030, 11, 2), until=date(2030, 11, 2)), {DIKES.id}),
        (Filters(since=date(2031, 1, 5)), {GEESE.id, TRAINS.id}),
        (Filters(until=date(2031, 1, 4)), {DIKES.id}),
        (Filters(papers=(GEESE.id, "niets")), {GEESE.id}),
        (Filters(papers=()), set()),
        (Filters(minister="Haas", party="VVO"), {GEESE.id}),
    ],
)
def test_filters_choose_papers(store: Store, filters: Filters, expected: set[str]) -> None:
    assert found(store, filters) == expected


@pytest.mark.parametrize("filters", [Filters(), Filters(minister=""), Filters(ministry="", party="")])
def test_no_filter_lets_everything_through(store: Store, filters: Filters) -> None:
    assert matching(store, filters, generation=1) is None


def test_menus_count_answers(store: Store) -> None:
    assert ministers(store, generation=1) == [("Van der Veen", 2), ("De Haas-Öztürk", 1)]
    assert ministries(store, generation=1) == [
        ("Landbouw, Natuur en Voedselkwaliteit", 2),
        ("Justitie en Veiligheid", 1),
    ]
    assert parties(store, generation=1) == [("VVO", 3), ("Partij voor Groén", 2)]


def test_only_what_can_be_found_is_to_be_embedded(store: Store) -> None:
    rows = store.unembedded("m")
    assert [passage.text for passage in store.passages(rows).values()] == [
        DIKES.exchanges[0].answer,
        DIKES.exchanges[1].answer,
        GEESE.exchanges[0].answer,
        TRAINS.exchanges[0].question,
    ]
    store.put_vectors("m", rows[:2], np.eye(2, dtype=np.float32))
    assert store.unembedded("m") == rows[2:]
    assert store.unembedded("other") == rows


def test_vectors_that_do_not_fit_their_passages_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="2 passages and 1 vectors do not go together"):
        store.put_vectors("m", [1, 2], np.ones((1, 4), dtype=np.float32))


def test_a_store_of_another_format_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "papers.sqlite"
    Store(file, create=True).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexUnusable, match="has format 99, and this version reads format 3"):
        Store(file)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "papers.sqlite"
    file.write_bytes(b"no database at all" * 100)
    with pytest.raises(IndexUnusable, match="is damaged or no store"):
        Store(file)


def test_many_threads_read_at_once(store: Store) -> None:
    read: list[Paper | None] = []
    threads = [threading.Thread(target=lambda: read.append(store.paper(GEESE.id, generation=1))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [GEESE] * 20
