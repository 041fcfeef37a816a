"""What the text of an answer adds to its rank, and Dutch compounds in a query."""

from __future__ import annotations

import pytest

from corpus.records import Part, Passage
from index.compounds import expansions, parts
from index.second_look import EMPTY_WEIGHT, KIND_WEIGHT, adjustment

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
    assert adjustment(query, [shown]) == expected


def frequency(stem: str) -> int:
    return VOCABULARY.get(stem, 0)


def test_a_compound_falls_into_words_that_the_papers_have() -> None:
    assert parts("stikstofuitstoot", frequency) == ("stikstof", "uitstoot")
    assert parts("zonnebloem", frequency) is None


def test_neighbours_are_put_together_where_the_papers_have_the_compound() -> None:
    known = {"stikstofuitstoot": 1}.get
    assert expansions(["uitstoot", "stikstof"], lambda stem: known(stem, 0)) == ["stikstofuitstoot"]
    assert expansions(["uitstoot", "stikstof"], lambda stem: 0) == []
