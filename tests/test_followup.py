"""Questions that lean on the conversation are made whole; those that change the subject are left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from chatbot.followup import Resolution, resolve
from chatbot.records import Answer, Turn
from index.records import Filters
from index.search import EVERYTHING, Index

ROOT = Path(__file__).parents[1]
QUESTIONS = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "voorbeeld_vragen.jsonl").read_text(encoding="utf-8").splitlines()
]
FOLLOWING = [row for row in QUESTIONS if row["kind"] == "followup"]
STANDING = [row for row in QUESTIONS if row["kind"] != "followup" and row["gold"]]
BRIDGE = "Komt er een nieuwe spoorbrug, en wat kost die?"


def resolved(index: Index, question: str, history: Sequence[Turn], filters: Filters = EVERYTHING) -> Resolution:
    return resolve(index, question, history, filters, index.search(question, filters=filters, limit=10))


@pytest.mark.parametrize("row", FOLLOWING, ids=[row["id"] for row in FOLLOWING])
def test_a_follow_up_is_searched_for_together_with_what_it_follows(index: Index, row: dict[str, Any]) -> None:
    history = [Turn(turn["question"]) for turn in row["history"]]
    resolution = resolved(index, row["question"], history)
    assert resolution.follows_up
    assert resolution.searched.endswith(f"{history[-1].question} {row['question']}")


@pytest.mark.parametrize(
    "question",
    [
        "en wanneer is dat klaar?",
        "Waarom niet?",
        "Wat zei hij precies?",
        "sinds wanneer speelt dat al?",
        "om hoeveel geld gaat het?",
        "How much does it cost?",
        "Waar kan iemand terecht als er zoiets gebeurt?",
    ],
)
def test_a_question_that_says_little_and_points_back_leans_on_any_subject(index: Index, question: str) -> None:
    assert all(resolved(index, question, [Turn(row["question"])]).follows_up for row in STANDING[::6])


def test_questions_that_change_the_subject_stand_alone(index: Index) -> None:
    leaning = []
    for place, row in enumerate(STANDING):
        own = {gold["doc"] for gold in row["gold"]}
        others = [*STANDING[place:], *STANDING[:place]]
        other = next(other for other in others if own.isdisjoint(gold["doc"] for gold in other["gold"]))
        answer = Answer(searched=other["question"], hits=tuple(index.search(other["question"], limit=10)))
        if resolved(index, row["question"], [Turn(other["question"], answer)]).follows_up:
            leaning.append((other["question"], row["question"]))
    assert len(leaning) <= len(STANDING) // 20, leaning


def test_without_history_nothing_is_added(index: Index) -> None:
    assert resolved(index, "en wanneer?", ()) == Resolution("en wanneer?", follows_up=False)


def test_a_question_without_words_is_left_alone(index: Index) -> None:
    assert resolved(index, "?", [Turn(BRIDGE)]) == Resolution("?", follows_up=False)


def test_turns_without_an_answer_are_understood_one_after_the_other(index: Index) -> None:
    resolution = resolved(index, "en waarom pas dan?", [Turn(BRIDGE), Turn("en wanneer is die klaar?")])
    assert resolution.searched == f"{BRIDGE} en wanneer is die klaar? en waarom pas dan?"
    assert resolution.papers


def test_the_last_answer_tells_what_was_searched_for_and_which_papers_it_led_to(index: Index) -> None:
    hits = tuple(index.search(BRIDGE, limit=10))
    answered = Answer(searched=f"{BRIDGE} en wanneer?", hits=hits)
    resolution = resolved(index, "waarom pas dan?", [Turn("en wanneer?", answered)])
    assert resolution.searched == f"{BRIDGE} en wanneer? waarom pas dan?"
    assert resolution.papers == tuple(dict.fromkeys(hit.paper for hit in hits))[:3]
    assert {hit.paper for hit in resolution.within} <= set(resolution.papers)


def test_within_one_paper_a_follow_up_stays_in_it(index: Index) -> None:
    only = Filters(papers=(index.search(BRIDGE, limit=1)[0].paper,))
    resolution = resolved(index, "en waarom pas dan?", [Turn(BRIDGE)], only)
    assert resolution.follows_up
    assert not resolution.papers
