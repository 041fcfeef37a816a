"""What a question says of the papers that it is about, and what that does to the ranking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from index_fakes import DIKES, GEESE, PAPERS, CountingEmbedder

from index.build import ingest
from index.records import Filters
from index.search import Index
from index.understanding import Clue, ClueKind, Names, taken_as_filters, understand, without_clues

NAMES = Names(
    ministers=("Van Weel", "Yeşilgöz-Zegerius", "Bos", "Faber-van de Klashorst"),
    ministries=("Justitie en Veiligheid", "Buitenlandse Zaken", "Defensie"),
    parties=("SP", "Nieuw Sociaal Contract", "GroenLinks-PvdA", "DENK"),
)
NOVEMBER = Filters(since=date(2024, 11, 1), until=date(2024, 11, 30))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wat zei Van Weel daarover?", [Filters(minister="Van Weel")]),
        ("wil van weel dat laten uitzoeken?", [Filters(minister="Van Weel")]),
        ("Wat vindt yesilgoz daarvan?", [Filters(minister="Yeşilgöz")]),
        ("Wat vindt Faber daarvan?", [Filters(minister="Faber")]),
        ("wat zegt minister bos over zalm", [Filters(minister="Bos")]),
        ("staan er nog bomen in het bos", []),
        ("Wil de minister van Justitie dat?", [Filters(ministry="Justitie")]),
        ("Heeft de justitieminister dat gezegd?", [Filters(ministry="Justitie")]),
        ("What did the justice minister say?", [Filters(ministry="Justitie")]),
        ("Wat schreef JenV?", [Filters(ministry="Justitie en Veiligheid")]),
        ("Hoe kijkt Defensie daar tegenaan?", [Filters(ministry="Defensie")]),
        ("Is er genoeg veiligheid op straat?", []),
        ("SP-vragen over cellen", [Filters(party="SP")]),
        ("vragen van de NSC over ziekenhuizen", [Filters(party="Nieuw Sociaal Contract")]),
        ("vragen van de PvdA over huren", [Filters(party="PvdA")]),
        ("Ik denk dat het beter kan", []),
        ("Wat werd in november 2024 gezegd?", [NOVEMBER]),
        ("op 20 november 2024 geschreven", [Filters(since=date(2024, 11, 20), until=date(2024, 11, 20))]),
        ("op 20-11-2024 geschreven", [Filters(since=date(2024, 11, 20), until=date(2024, 11, 20))]),
        ("Wat schreef hij in 2023?", [Filters(since=date(2023, 1, 1), until=date(2023, 12, 31))]),
        ("Hoeveel paarden waren er in 2023?", []),
        ("op 31 februari 2024", []),
        ("Wat staat er in ah-tk-20242025-546?", [Filters(papers=("ah-tk-20242025-546",))]),
        ("Wat vroeg kv-tk-2024Z18438?", [Filters(papers=("kv-tk-2024Z18438",))]),
        ("", []),
    ],
)
def test_names_days_and_numbers_are_understood(question: str, expected: list[Filters]) -> None:
    assert [clue.filters for clue in understand(question, NAMES)] == expected


def test_a_clue_says_which_words_it_rests_on_and_only_a_paper_is_sure() -> None:
    clues = understand("Wat zei Yeşilgöz in november 2024 volgens ah-tk-20242025-546?", NAMES)
    assert [(clue.kind, clue.text, clue.sure) for clue in clues] == [
        (ClueKind.PAPER, "ah-tk-20242025-546", True),
        (ClueKind.MINISTER, "Yeşilgöz", False),
        (ClueKind.PERIOD, "november 2024", False),
    ]


def test_names_and_days_are_taken_out_of_what_is_looked_for_by_meaning() -> None:
    question = "Wat zei minister Van Weel in november 2024 over de toon van het stuk?"
    assert without_clues(question, understand(question, NAMES)) == "Wat zei in over de toon van het stuk?"
    assert without_clues("En Van Weel?", understand("En Van Weel?", NAMES)) == "En Van Weel?"


def test_a_filter_of_the_user_stands_above_a_paper_in_the_question() -> None:
    clue = Clue(ClueKind.PAPER, "ah-1", Filters(papers=("ah-1",)), sure=True)
    assert taken_as_filters([clue], Filters(party="SP")) == Filters(party="SP", papers=("ah-1",))
    assert taken_as_filters([clue], Filters(papers=("ah-2",))) == Filters(papers=("ah-2",))


@pytest.fixture
def index(tmp_path: Path) -> Index:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    return Index.open(tmp_path, embedder=CountingEmbedder())


def test_what_fits_a_clue_is_lifted_and_a_clue_can_be_taken_away(index: Index) -> None:
    question = "Wat zei De Haas over de dijk?"
    (clue,) = index.understood(question)
    assert (clue.text, clue.filters) == ("De Haas", Filters(minister="De Haas"))
    lifted, plain = ({hit.paper: hit.score for hit in index.search(question, clues=clues)} for clues in (None, ()))
    assert lifted[GEESE.id] - plain[GEESE.id] > lifted[DIKES.id] - plain[DIKES.id]


def test_the_number_of_a_paper_narrows_the_search(index: Index) -> None:
    assert {hit.paper for hit in index.search(f"Wat staat er in {GEESE.id} over dijken?")} == {GEESE.id}


def test_a_paper_that_the_index_lacks_is_no_clue(index: Index) -> None:
    assert index.understood("Wat staat er in ah-tk-19981999-1 over dijken?") == ()
