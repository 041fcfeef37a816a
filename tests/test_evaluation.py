"""The measures over questions with known answers, computed by hand, and the command that prints them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from index_fakes import DIKES, GEESE, PAPERS, CountingEmbedder

from chatbot import batch, gold, scores
from chatbot.chain import build_chain
from chatbot.evaluation import OURS, TUTORIAL, Figure, evaluate, summarised
from chatbot.measures import answer_values, ranking_values, verdicts
from chatbot.settings import Settings
from corpus.records import Exchange, Paper, PaperKind
from index.build import ingest
from index.search import Index
from index.tutorial import Tutorial, laid_out

LINES: list[dict[str, Any]] = [
    {"id": "a", "question": "Is er subsidie voor een dijk?", "kind": "fact", "lang": "nl", "speaker": "Van der Veen",
     "gold": [{"doc": DIKES.id, "answers": [3]}], "quote": "De subsidie voor een dijk is op.", "answer": "Die is op."},
    {"id": "b", "question": "Wat zijn ganzen?", "kind": "claim", "lang": "nl", "speaker": "De Haas",
     "gold": [{"doc": GEESE.id, "answers": [1]}], "quote": "Ganzen zijn vogels.", "answer": "Vogels.",
     "verdict": "supported"},
    {"id": "c", "question": "Hoe duur is goud?", "kind": "unanswerable", "lang": "nl", "gold": []},
]  # fmt: skip


def question(**fields: Any) -> gold.GoldQuestion:
    return gold._gold(batch.Question("a", batch.Request("Hoe?")), {"gold": [], **fields})


@pytest.fixture
def index(tmp_path: Path) -> Index:
    ingest(PAPERS, tmp_path / "data", CountingEmbedder())
    return Index.open(tmp_path / "data", embedder=CountingEmbedder())


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in LINES) + "\n", encoding="utf-8")
    return file


def test_a_right_exchange_counts_once_and_the_best_order_is_all_right_ones_first() -> None:
    right = {"q": frozenset({("p", 1), ("p", 2)})}
    ranking = [frozenset({place}) for place in [("x", 0), ("p", 1), ("p", 1), ("p", 3), ("p", 2)]]
    values = ranking_values({"q": ranking}, right)["q"]
    assert values["ndcg@10"] == pytest.approx((1 / 1.5849625 + 1 / 2.5849625) / (1 + 1 / 1.5849625))
    assert (values["answer@1"], values["answer@5"], values["recall@5"], values["mrr"]) == (0.0, 1.0, 1.0, 0.5)
    assert (values["document@1"], values["document@5"]) == (0.0, 1.0)


def test_a_ranking_without_a_right_hit_is_nought_everywhere() -> None:
    values = ranking_values(
        {"q": [], "r": [frozenset({("x", 0)})]}, {"q": frozenset({("p", 1)}), "r": frozenset({("p", 1)})}
    )
    assert {value for row in values.values() for value in row.values()} == {0.0}


def test_a_comparison_needs_all_its_papers() -> None:
    right = {"q": frozenset({("p", 1), ("r", 0)})}
    assert ranking_values({"q": [frozenset({("p", 1)})]}, right)["q"]["all_documents@10"] == 0.0
    assert ranking_values({"q": [frozenset({("p", 1)}), frozenset({("r", 5)})]}, right)["q"]["all_documents@10"] == 1.0


def citation(**fields: Any) -> dict[str, Any]:
    text = DIKES.exchanges[1].answer
    speaker = {"name": "Van der Veen", "office": "Staatssecretaris", "ministry": ""}
    return {
        "quote": text,
        "paper": DIKES.id,
        "answers": [3],
        "start": 0,
        "end": len(text),
        "speakers": [speaker],
    } | fields


def test_an_answer_is_measured_by_its_quotations(index: Index) -> None:
    asked = question(gold=LINES[0]["gold"], speaker="Van der Veen", quote="de subsidievoor een dijk", answer="12 euro")
    given = {"abstained": False, "answer": "twaalf euro [1]", "citations": [citation()]}
    assert answer_values(index, asked, given) == {
        "refused_wrongly": 0.0, "exact_quote": 1.0, "cited_first": 1.0, "cited": 1.0, "evidence": 1.0, "speaker": 1.0,
        "figures": 1.0,
    }  # fmt: skip
    altered = {"abstained": False, "answer": "", "citations": [citation(quote="De subsidie is op.", paper=GEESE.id)]}
    assert answer_values(index, asked, altered) == {
        "refused_wrongly": 0.0, "exact_quote": 0.0, "cited_first": 0.0, "cited": 0.0, "evidence": 0.0, "speaker": 0.0,
        "figures": 0.0,
    }  # fmt: skip


def test_refusing_is_right_where_no_paper_answers(index: Index) -> None:
    refused = {"abstained": True, "answer": "", "citations": []}
    assert answer_values(index, question(kind="unanswerable"), refused) == {"refused_rightly": 1.0}
    assert answer_values(index, question(kind="claim", verdict="not_found"), refused) == {"refused_rightly": 1.0}


def test_verdicts_are_counted_against_the_right_ones() -> None:
    claim = question(verdict="contradicted")
    assert verdicts([claim], {"a": {"abstained": True}}) == {"contradicted": {"not_found": 1}}
    assert verdicts([claim], {"a": {"abstained": False, "verdict": "supported"}}) == {"contradicted": {"supported": 1}}
    assert verdicts([claim], {"a": {"abstained": False}}) == {"contradicted": {"": 1}}


def test_bounds_enclose_the_mean_and_a_measure_counts_where_it_is() -> None:
    figures = summarised([{"x": 1.0, "y": 1.0}, {"x": 0.0}] * 20)
    assert figures["y"] == Figure(1.0, 1.0, 1.0, 20)
    assert 0.3 < figures["x"].low < figures["x"].value == 0.5 < figures["x"].high < 0.7


def test_lines_without_gold_answers_are_skipped_with_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"question": "Hoe?"}\nnonsense\n{"question": "Hoe?", "gold": [{"doc": "p"}]}\n', encoding="utf-8")
    assert [type(entry) for entry in gold.read(file)] == [batch.Skipped] * 3


def test_a_piece_counts_for_every_answer_that_it_touches() -> None:
    paper = Paper(
        id="p", kind=PaperKind.ANSWER, subject="dijken",
        exchanges=(Exchange((1,), "Is er een dijk?", "Ja, een dijk."), Exchange((2,), "En een gans?", "Nee.")),
    )  # fmt: skip
    text, spans = laid_out(paper)
    assert [text[start:end] for start, end in spans.values()] == ["Ja, een dijk.", "Nee."]
    assert Tutorial([paper], CountingEmbedder()).search("dijk", 5) == [frozenset({("p", 0), ("p", 1)})]


def test_all_systems_are_measured_over_the_same_questions(index: Index, questions: Path, tmp_path: Path) -> None:
    asked = [entry for entry in gold.read(questions) if isinstance(entry, gold.GoldQuestion)]
    measured = evaluate(index, build_chain(index, Settings()), asked, tutorial=True)
    assert {name: groups.overall["answer@1"].count for name, groups in measured.rankings.items()} == {
        OURS: 2, "words (BM25)": 2, "vectors": 2, TUTORIAL: 2,
    }  # fmt: skip
    assert measured.rankings[OURS].overall["answer@1"].value == 1.0
    assert set(measured.rankings[OURS].kinds) == {"fact", "claim"}
    assert measured.answers.overall["refused_rightly"].count == 1
    assert json.loads(json.dumps(scores.document(measured)))["questions"] == 3
    assert "answer@1" in scores.text(measured)
    scores.plot(measured, tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")


def test_a_paper_that_the_index_lacks_counts_as_not_found(index: Index) -> None:
    asked = [question(gold=[{"doc": "elders", "answers": [1]}])]
    measured = evaluate(index, build_chain(index, Settings()), asked, tutorial=False)
    assert (measured.missing, measured.rankings[OURS].overall["answer@10"].value) == (("elders",), 0.0)
