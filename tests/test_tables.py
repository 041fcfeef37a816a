"""Tables in an answer are found with the heads of their columns, and are quoted whole."""

from dataclasses import replace
from pathlib import Path

import pytest
from index_fakes import DIKES
from window_fakes import CITED, indexed

from chatbot.asked import understand
from chatbot.evidence import Evidence
from chatbot.extractive import runs
from chatbot.refusal import Verdict
from chatbot.refusing import refuse
from chatbot.tables import LONGEST, tables
from corpus.records import Exchange
from index.records import Filters

ANSWER = (
    "Hieronder staan de aantallen.\nJaar Bruggen Sluizen\n2031 12 4\n2032 14 5\nTotaal 26 9\n"
    "De cijfers van 2033 volgen nog.\nDat geldt ook voor de 3 dammen."
)
TABLE = "Jaar Bruggen Sluizen\n2031 12 4\n2032 14 5\nTotaal 26 9"


def chosen(answer: str, words: str) -> list[Evidence]:
    start = answer.index(words)
    citation = replace(CITED, start=start, end=start + len(words), quote=words)
    return [Evidence(citation, 0, 0.5, {})]


def quoted(words: str) -> list[str]:
    return [ANSWER[run.start : run.end] for run in runs(ANSWER, chosen(ANSWER, words))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ANSWER, [TABLE]),
        ("Haven | Schepen\nNoord | 12\nZuid | geen", ["Haven | Schepen\nNoord | 12\nZuid | geen"]),
        ("Er waren 12 bruggen.\nEr zijn 14 bruggen.", []),
        ("Jaar Bruggen\n2031 12", []),
        ("", []),
    ],
)
def test_rows_of_figures_are_a_table_with_their_heads(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in tables(text)] == found


@pytest.mark.parametrize("words", ["2032 14 5", "Jaar Bruggen Sluizen", "Totaal 26 9"])
def test_of_a_row_the_whole_table_is_quoted(words: str) -> None:
    assert quoted(words) == [TABLE]


def test_sentences_beside_a_table_are_quoted_by_themselves() -> None:
    assert quoted("De cijfers van 2033 volgen nog.") == ["De cijfers van 2033 volgen nog."]


def test_of_a_table_too_long_to_read_a_row_is_quoted() -> None:
    rows = "\n".join(f"{year} {year * 3} {year * 7}" for year in range(2031, 2131))
    answer = f"Zie de tabel.\n{rows}"
    assert len(rows) > LONGEST
    assert [answer[run.start : run.end] for run in runs(answer, chosen(answer, "2040 "))] == ["2040 6120 14280"]


def test_what_comes_closest_is_no_row_of_a_table(tmp_path: Path) -> None:
    paper = replace(DIKES, exchanges=(Exchange(answers=(1,), question="Hoeveel bruggen zijn er?", answer=ANSWER),))
    rows = [
        replace(item, citation=replace(item.citation, paper=paper.id, exchange=0))
        for words in ("2032 14 5", "De cijfers van 2033 volgen nog.")
        for item in chosen(ANSWER, words)
    ]
    with indexed(tmp_path, paper) as index:
        asked = understand(index, "Hoeveel tunnels zijn er?")
        given = refuse(index, asked, Verdict(answered=False, probability=0.1), rows, Filters(), "nl")
        none = refuse(index, asked, Verdict(answered=False, probability=0.1), rows[:1], Filters(), "nl")
    assert [cited.quote for cited in given.nearest] == ["De cijfers van 2033 volgen nog."]
    assert none.nearest == ()
    assert "Het dichtst in de buurt" not in none.text
