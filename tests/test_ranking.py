"""What the text of an answer adds to its rank, and Dutch compounds in a query."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from index_fakes import PAPERS, CountingEmbedder

from corpus.records import Part, Passage
from index import reranker
from index.build import ingest
from index.compounds import expansions, parts
from index.errors import UnknownModel
from index.search import Index
from index.second_look import EMPTY_WEIGHT, KIND_WEIGHT, adjusting

VOCABULARY = {"stikstof": 5, "uitstoot": 4, "raad": 9}


def passage(text: str, question: str = "Hoe zit dat?") -> Passage:
    return Passage("p", 0, Part.ANSWER, 0, len(text), f"onderwerp | Defensie | {question}", text)


@pytest.mark.parametrize(
    ("query", "shown", "expected"),
    [
        ("Wat is er met het bericht?", passage("Ja.", "Bent u bekend met het bericht over de dijk?"), EMPTY_WEIGHT),
        ("Wat is er met het bericht?", passage("Ja, dat bericht ken ik.", "Kent u het bericht?"), EMPTY_WEIGHT),
        ("Wat is er met het bericht?", passage("Zie het antwoord op vraag 2."), EMPTY_WEIGHT),
        ("Komt er een verbod?", passage("Nee.", "Komt er een verbod?"), 0.0),
        ("Wanneer komt het?", passage("Vóór het zomerreces van 2099."), KIND_WEIGHT),
        ("Hoeveel kost het?", passage("De kosten zijn 12 miljoen euro."), KIND_WEIGHT),
        ("Hoeveel kost het?", passage("Dat is niet bekend."), 0.0),
        ("Why is that?", passage("Dat komt doordat de dijk lek is."), KIND_WEIGHT),
    ],
)
def test_an_answer_of_the_kind_asked_for_rises_and_one_that_says_nothing_sinks(
    query: str, shown: Passage, expected: float
) -> None:
    assert adjusting(query)([shown]) == expected


def frequency(stem: str) -> int:
    return VOCABULARY.get(stem, 0)


def test_a_compound_falls_into_words_that_the_papers_have() -> None:
    assert parts("stikstofuitstoot", frequency) == ("stikstof", "uitstoot")
    assert parts("zonnebloem", frequency) is None


def test_neighbours_are_put_together_where_the_papers_have_the_compound() -> None:
    known = {"stikstofuitstoot": 1}.get
    assert expansions(["uitstoot", "stikstof"], lambda stem: known(stem, 0)) == ["stikstofuitstoot"]
    assert expansions(["uitstoot", "stikstof"], lambda stem: 0) == []


class Longest:
    """Judges a passage by its length."""

    def predict(self, pairs: list[tuple[str, str]], *, show_progress_bar: bool) -> Sequence[float]:
        return [float(len(text)) for _, text in pairs]


def test_a_reranker_puts_the_first_hits_in_its_order_and_their_scores_still_fall(tmp_path: Path) -> None:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        plain = index.search("dijk subsidie")
    with Index.open(tmp_path, embedder=CountingEmbedder(), reranker=reranker.Reranker(Longest())) as index:
        read = index.search("dijk subsidie", limit=2)
    by_length = sorted(plain, key=lambda hit: -len(hit.passages[0].heading + hit.passages[0].text))
    assert [(hit.paper, hit.exchange) for hit in read] == [(hit.paper, hit.exchange) for hit in by_length[:2]]
    assert [hit.score for hit in read] == [hit.score for hit in plain[:2]]


def test_a_reranker_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownModel, match=r"the reranker '.*nothing' cannot be loaded"):
        reranker.load(str(tmp_path / "nothing"))
