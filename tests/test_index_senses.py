"""Words in their context: found in a text, kept as signs, and put to use by an index that has those of all passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_fakes import DIKES, GEESE, PAPERS, TRAINS, VOCABULARY, CountingEmbedder

from corpus.records import Exchange
from index import build, generation
from index.analysis import words
from index.build import ingest, rebuild
from index.embedder import Embedder, Vectors, load
from index.search import Index
from index.senses import Senses, found_in, matches, stretches
from index.store import Store

WIDTH = 16


class SensingEmbedder(CountingEmbedder):
    """A CountingEmbedder that tells words: each of VOCABULARY is a direction of its own, all others are one."""

    senses = True
    dimension = WIDTH

    def query_vector(self, text: str) -> Vectors:
        return np.pad(super().query_vector(text), (0, WIDTH - len(VOCABULARY) - 1))

    def query_looked_at(self, text: str) -> tuple[Vectors, Senses | None]:
        return self.query_vector(text), told(text)

    def passages_looked_at(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[bytes]]:
        return self.passage_vectors(texts, progress=progress), [told(text).packed() for text in texts]


def told(text: str) -> Senses:
    places = [VOCABULARY.index(word) if word in VOCABULARY else WIDTH - 1 for word in words(text)] or [WIDTH - 1]
    weights = np.full(len(places), 1 / len(places), dtype=np.float32)
    return Senses(np.eye(WIDTH, dtype=np.float32)[places], weights, np.arange(len(places)))


def test_the_pieces_of_words_are_found_and_those_of_signs_and_of_what_stands_in_front_are_not() -> None:
    text = "vraag: Een wachtlijst, of 2?"
    pieces = [(0, 0), (0, 5), (5, 6), (6, 10), (10, 16), (16, 21), (21, 22), (22, 25), (25, 27), (27, 28), (0, 0)]
    assert [text[start:end] for start, end in pieces[3:9]] == [" Een", " wacht", "lijst", ",", " of", " 2"]
    seen = np.eye(len(pieces), dtype=np.float32) * 3
    surprise = np.array([0, 9, 9, 3, 8, 12, 2, 4.25, 5, 2, 0], dtype=np.float32)
    found = found_in(text, 7, pieces, seen, surprise)
    assert np.array_equal(found.vectors, np.eye(len(pieces))[[3, 4, 5, 7, 8]])
    assert found.weights == pytest.approx(np.array([0.5, 4, 8, 0.5, 1]) / 14)
    assert [text[7 + end] for end in found.ends] == ["n", "t", "t", "f", "2"]


@pytest.mark.parametrize("text", ["", "?!", "_"])
def test_a_text_without_words_is_one(text: str) -> None:
    seen = np.array([[2, 0], [0, 2]], dtype=np.float32)
    found = found_in(f"q:{text}", 2, [(0, 2), (2, 2 + len(text))], seen, np.ones(2, dtype=np.float32))
    assert found.vectors == pytest.approx(np.full((1, 2), np.sqrt(0.5)))
    assert found.weights.tolist() == [1.0]


@given(
    st.integers(1, 5),
    st.lists(st.integers(1, 7), min_size=1, max_size=6),
    st.integers(0, 2**32 - 1),
)
def test_a_match_is_the_mean_cosine_with_the_most_like_signs(count: int, lengths: list[int], seed: int) -> None:
    draw = np.random.default_rng(seed)
    asked = draw.normal(size=(count, WIDTH)).astype(np.float32)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    weights = draw.uniform(0.1, 1, size=count).astype(np.float32)
    weights /= weights.sum()
    texts = [draw.normal(size=(length, WIDTH)).astype(np.float32) for length in lengths]
    packed = [Senses(text, np.ones(len(text)), np.arange(len(text))).packed() for text in texts]
    found = matches(Senses(asked, weights, np.arange(count)), packed)
    plain = [float((asked @ np.where(text > 0, 1, -1).T / np.sqrt(WIDTH)).max(axis=1) @ weights) for text in texts]
    assert found == pytest.approx(plain, abs=1e-5)


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return load()


def test_a_word_is_most_like_itself_in_the_same_sense(bundled: Embedder) -> None:
    _, asked = bundled.query_looked_at("Hoeveel geld staat er op de bank?")
    assert asked is not None
    _, packed = bundled.passages_looked_at(
        [
            "Er staat 20 euro op de rekening bij de bank.",
            "Wij zaten in het park op een bank van hout.",
            "Nee, dat niet.",
        ]
    )
    money, park, neither = matches(asked, packed)
    assert money > park > neither


def test_the_words_of_a_text_do_not_depend_on_the_others(bundled: Embedder) -> None:
    texts = ["De dijk is veilig.", "Ganzen eten gras. " * 20, "Ja."]
    vectors, packed = bundled.passages_looked_at(texts)
    assert packed == [bundled.passages_looked_at([text])[1][0] for text in texts]
    assert np.array_equal(vectors, bundled.passage_vectors(texts))


ALIKE = replace(
    DIKES,
    exchanges=(
        Exchange(answers=(1,), question="Wat kost de dijk?", answer="De dijk en de subsidie van de school."),
        Exchange(answers=(2,), question="Wat kost de trein?", answer="De trein en de subsidie van de school."),
    ),
)


def found(directory: Path, query: str) -> list[tuple[tuple[int, ...], float | None]]:
    with Index.open(directory, embedder=SensingEmbedder()) as index:
        return [(hit.answers, hit.sense) for hit in index.search(query)]


def senses(directory: Path) -> bool:
    return generation.open_manifest(directory).senses


def test_the_answer_that_has_the_words_comes_first_and_says_how_well_it_has_them(tmp_path: Path) -> None:
    ingest([ALIKE], tmp_path, SensingEmbedder())
    assert found(tmp_path, "trein") == [((2,), 0.25), ((1,), -0.25)]


def test_an_index_of_a_model_that_tells_no_words_has_none(tmp_path: Path) -> None:
    ingest([ALIKE], tmp_path, CountingEmbedder())
    assert not senses(tmp_path)
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert {hit.sense for hit in index.search("trein")} == {None}


def test_beyond_so_many_passages_no_words_are_kept_and_below_they_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([ALIKE], tmp_path, SensingEmbedder())
    assert senses(tmp_path)
    monkeypatch.setattr(build, "MOST_SENSED", 2)
    ingest([GEESE], tmp_path, SensingEmbedder())
    assert not senses(tmp_path)
    assert [sense for _, sense in found(tmp_path, "trein")] == [None] * 3
    monkeypatch.setattr(build, "MOST_SENSED", 100)
    ingest([TRAINS], tmp_path, SensingEmbedder())
    assert senses(tmp_path)
    assert None not in {sense for _, sense in found(tmp_path, "trein")}


def test_a_store_from_before_there_were_words_is_read_and_gets_them_with_the_next_ingest(tmp_path: Path) -> None:
    ingest(PAPERS[:2], tmp_path, CountingEmbedder("sensing"))
    store = Store(tmp_path / generation.STORE)
    store.connection.execute("DROP TABLE senses")
    store.close()
    with Index.open(tmp_path, embedder=CountingEmbedder("sensing")) as index:
        assert index.search("dijk")
    embedder = CountingEmbedder("sensing")
    ingest(PAPERS[:2], tmp_path, embedder)
    assert embedder.seen == []
    rebuild(tmp_path, SensingEmbedder())
    assert senses(tmp_path)


def test_what_is_searched_while_words_are_taken_away_is_ranked_without_them(tmp_path: Path) -> None:
    ingest([ALIKE], tmp_path, SensingEmbedder())
    with Index.open(tmp_path, embedder=SensingEmbedder()) as index:
        store = Store(tmp_path / generation.STORE)
        store.connection.execute("DELETE FROM senses WHERE passage = (SELECT min(passage) FROM senses)")
        store.close()
        assert [hit.sense for hit in index.search("trein")] == [None, None]


def test_a_stretch_is_judged_by_its_words_and_those_of_the_heading() -> None:
    heading, text = "over de school", "de trein rijdt. de dijk ligt er. ja."
    whole = f"{heading}\n{text}"
    spots = {"school": 13, "trein": whole.index("trein") + 4, "dijk": whole.index("dijk") + 3, "ja": len(whole) - 2}
    places = [VOCABULARY.index(word) if word in VOCABULARY else WIDTH - 1 for word in spots]
    kept = Senses(np.eye(WIDTH, dtype=np.float32)[places], np.ones(4, np.float32) / 4, np.array(list(spots.values())))
    asked = Senses(told("school trein").vectors, np.array([0.25, 0.75], dtype=np.float32), np.arange(2))
    other, passage = stretches(asked, [told("dijk").packed(), kept.packed()], [0, len(heading) + 1])
    yes, no = 0.25, -0.25
    assert passage.match(0, text.index(".")) == pytest.approx(yes)
    assert passage.match(text.index("de dijk"), text.index(" ja")) == pytest.approx(0.25 * yes + 0.75 * no)
    assert passage.match(5, 5) == pytest.approx(0.25 * yes + 0.75 * no)
    assert passage.match(0, len(text)) == pytest.approx(matches(asked, [kept.packed()])[0])
    assert (other.match(0, 1), other.match(1, 9)) == pytest.approx((no, -1))


def test_the_stretches_of_a_hit_are_those_of_its_passages(tmp_path: Path, bundled: Embedder) -> None:
    answer = "De gans eet gras van de boer. De trein naar zee rijdt niet op zondag."
    paper = replace(DIKES, exchanges=(Exchange(answers=(1,), question="Wat doet u?", answer=answer),))
    ingest([paper], tmp_path, bundled)
    with Index.open(tmp_path, embedder=bundled) as index:
        (hit,) = index.search("Wanneer rijden er geen treinen?")
        ((passage,),) = index.stretches("Wanneer rijden er geen treinen?", [hit]).values()
    border = answer.index("De trein")
    assert passage.match(border, len(answer)) > passage.match(0, border)


def test_without_words_there_are_no_stretches(tmp_path: Path) -> None:
    ingest([ALIKE], tmp_path, CountingEmbedder())
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        assert index.stretches("trein", index.search("trein")) == {}
