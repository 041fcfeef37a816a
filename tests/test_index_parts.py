"""The vector index, the word index and the analysis of words, each by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import words
from index.dense import LEAST_SPREAD, DenseIndex
from index.errors import IndexUnusable
from index.lexical import Entry, LexicalIndex


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beëindigde subsidies", ["beeind", "subsidie"]),
        ("De ganzen van het land", ["gans", "land"]),
        ("What is the weather?", ["weather"]),
        ("€ 16.500 in 2024", ["16", "500", "2024"]),
        ("?!… — ", []),
        ("", []),
    ],
)
def test_words_are_folded_stemmed_and_without_stop_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.fixture
def dense(tmp_path: Path) -> DenseIndex:
    rows = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
    assert DenseIndex.write(tmp_path / "v", lambda: [rows[:3], rows[3:]], 2) == 4
    return DenseIndex.open(tmp_path / "v")


def test_the_nearest_come_first_with_their_cosines(dense: DenseIndex) -> None:
    places, scores = dense.search(np.array([1, 0], dtype=np.float32), 3)
    assert places.tolist() == [0, 1, 2]
    assert scores.tolist() == pytest.approx([1.0, 0.6, 0.0])


def test_only_allowed_places_are_found_however_far(dense: DenseIndex) -> None:
    places, _ = dense.search(np.array([1, 0], dtype=np.float32), 3, np.array([False, False, False, True]))
    assert places.tolist() == [3]


def test_nothing_allowed_finds_nothing(dense: DenseIndex) -> None:
    places, scores = dense.search(np.array([1, 0], dtype=np.float32), 3, np.zeros(4, dtype=np.bool_))
    assert (places.tolist(), scores.tolist()) == ([], [])


def test_single_places_are_scored_in_the_order_asked(dense: DenseIndex) -> None:
    assert dense.scores(np.array([1, 0], dtype=np.float32), np.array([3, 1])).tolist() == pytest.approx([-1.0, 0.6])


def test_marks_of_another_length_are_refused(dense: DenseIndex) -> None:
    with pytest.raises(ValueError, match="2 marks do not fit 4 vectors"):
        dense.search(np.array([1, 0], dtype=np.float32), 3, np.ones(2, dtype=np.bool_))


def test_the_spread_is_the_deviation_of_cosines_between_passages(dense: DenseIndex) -> None:
    cosines = [0.6, 0.0, -1.0, 0.8, -0.6, 0.0]
    assert dense.spread == pytest.approx(np.std(cosines))


def test_one_passage_has_the_least_spread(tmp_path: Path) -> None:
    DenseIndex.write(tmp_path / "v", lambda: [np.ones((1, 2), dtype=np.float32)], 2)
    assert DenseIndex.open(tmp_path / "v").spread == LEAST_SPREAD


def test_a_file_without_vectors_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v").write_bytes(b"nothing of the kind")
    with pytest.raises(IndexUnusable, match="holds no vectors"):
        DenseIndex.open(tmp_path / "v")


@pytest.fixture(scope="module")
def lexical(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical") / "words"
    entries = [
        Entry(0, 1, "dijken", "De dijk is veilig."),
        Entry(0, 2, "ganzen", "Ganzen vliegen over de dijk en over het water, vaak in de herfst."),
        Entry(1, 2, "ganzen", "Is de dijk veilig?"),
    ]
    assert LexicalIndex.write(folder, entries) == 3
    return LexicalIndex.open(folder)


def test_words_find_passages_best_first(lexical: LexicalIndex) -> None:
    places, scores = lexical.search("Welke dijken?", 10, group=0)
    assert places.tolist() == [0, 1]
    assert 0 < scores[1] < scores[0] <= lexical.highest("Welke dijken?")


def test_a_word_in_the_heading_counts(lexical: LexicalIndex) -> None:
    assert lexical.search("gans ganzen", 10, group=1)[0].tolist() == [2]


def test_words_are_narrowed_to_papers(lexical: LexicalIndex) -> None:
    assert lexical.search("dijk", 10, group=0, papers={2})[0].tolist() == [1]
    assert lexical.search("dijk", 10, group=0, papers=set())[0].tolist() == []


@given(st.text())
def test_any_text_is_a_query(lexical: LexicalIndex, query: str) -> None:
    places, scores = lexical.search(query, 10, group=0)
    assert len(places) == len(scores) <= 2


@pytest.mark.parametrize("query", ["", "de het een", "zonnebrand", '"AND (OR:', "\ud800\x00", "x" * 10_000])
def test_words_that_stand_nowhere_find_nothing(lexical: LexicalIndex, query: str) -> None:
    assert lexical.search(query, 10, group=0)[0].tolist() == []


def test_a_folder_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="holds no words"):
        LexicalIndex.open(tmp_path)
