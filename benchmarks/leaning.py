"""Fit how questions that lean on a conversation are told from those that change the subject.

    python benchmarks/leaning.py --data DATA [--write]

DATA is the folder of an index of the papers of ../shared. The follow-ups of `benchmarks/questions` are asked after the
question that each follows; questions that stand alone after one about another paper, once any and once the most alike,
and after one about the same paper, which is not fitted on. Printed is what becomes of each kind when every question is
taken to stand alone, when every one is taken to lean on what was before, and when the weights decide that were fitted
without it.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from calibrate import OURS, SHARED, WEIGHTS, balanced, fitted
from followups import MEASURES, measured, rows
from langchain_core.runnables import Runnable
from tqdm import tqdm

from chatbot import followup
from chatbot.chain import build_chain
from chatbot.language import AND, DUTCH
from chatbot.records import Answer, Request, Turn
from chatbot.settings import Settings
from chatbot.weights import Weights
from index.embedder import load
from index.search import EVERYTHING, Index

FOLLOWING = ("vervolg", "vervolg_november")
STANDING = ("novemberweek_even", "novemberweek_oneven")
FOLDS = 10
STRENGTH = 1.0
THRESHOLD = 0.5
SPOKEN = 3
"""Of so many questions on another subject one is asked with "en" in front too, as many are that are no follow-ups."""
KINDS = ("follows", "other subject", "alike, other paper", "same paper")


@dataclass(frozen=True)
class Case:
    """A question in a conversation: of which of KINDS, its signs, and MEASURES of the answer in both ways."""

    row: dict[str, Any]
    kind: str
    signs: dict[str, float]
    alone: list[float]
    leaning: list[float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="write chatbot/weights.json")
    options = parser.parse_args()
    # Leaning is decided here.
    followup.LEANING = Weights(0.0, {}, threshold=-1.0)
    with Index.open(options.data) as index:
        everything = list(cases(index, build_chain(index, Settings(data=options.data))))
    chosen = [case for case in everything if case.kind != KINDS[-1]]
    probability = np.zeros(len(everything))
    for fold in range(FOLDS):
        weights = fit([case for case in chosen if part(case) != fold])
        for place, case in enumerate(everything):
            if part(case) == fold:
                probability[place] = weights.probability(case.signs)
    report(everything, probability)
    leaning = asdict(fit(chosen))
    print(json.dumps(leaning, indent=2))
    if options.write:
        document = json.loads(WEIGHTS.read_text(encoding="utf-8")) | {"leaning": leaning}
        WEIGHTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def cases(index: Index, chain: Runnable[Request, Answer]) -> Iterator[Case]:
    """Every question after every one that it is asked after."""
    dev = rows(SHARED / "eval" / "dev.jsonl")
    follow = [row for name in FOLLOWING for row in rows(OURS / f"{name}.jsonl")]
    talks = rows(OURS / "gesprekken.jsonl")
    follow += [row for row in talks if row["kind"] == "follow"]
    follow += [row | {"first": row["history"][-1]["question"]} for row in dev if row["kind"] == "followup"]
    stand = [row for name in STANDING for row in rows(OURS / f"{name}.jsonl")]
    stand = [row for row in (*dev, *stand) if row["kind"] != "followup"]
    answers: dict[str, Answer] = {}

    def answer(question: str) -> Answer:
        if question not in answers:
            answers[question] = chain.invoke(Request(question))
        return answers[question]

    def case(row: dict[str, Any], first: str, kind: str) -> Case:
        question, alone, turn = row["question"], answer(row["question"]), Turn(first, answer(first))
        known = followup.before(index, (turn,), EVERYTHING)
        assert known is not None
        within = followup.resolve(index, question, (turn,), EVERYTHING, alone.hits).within
        signs = followup.signs(index, question, known, alone.hits, within)
        leaning = chain.invoke(Request(question, history=(turn,)))
        return Case(row, kind, signs, measured(row, alone), measured(row, leaning))

    for row in tqdm(follow):
        yield case(row, row["first"], KINDS[0])
    for row in tqdm([row for row in talks if row["kind"] == "change"]):
        yield case(row, row["first"], KINDS[1])
    draw = random.Random(0)
    model = load()
    vectors = {row["question"]: model.query_vector(row["question"]) for row in stand}
    answered = [row for row in stand if answer(row["question"]).citations]
    for place, row in enumerate(tqdm(stand)):
        own = papers(row)
        others = [other for other in answered if not own & papers(other) and other is not row]
        others = [other for other in others if not own & {cited.paper for cited in answer(other["question"]).citations}]
        yield case(row, draw.choice(others)["question"], KINDS[1])
        if place % SPOKEN == 0:
            yield case(spoken(row), draw.choice(others)["question"], KINDS[1])
        yield case(
            row,
            max(others, key=lambda other: float(vectors[row["question"]] @ vectors[other["question"]]))["question"],
            KINDS[2],
        )
        if same := [other for other in answered if own & papers(other) and other is not row]:
            yield case(row, draw.choice(same)["question"], KINDS[3])


def spoken(row: dict[str, Any]) -> dict[str, Any]:
    """The question as one goes on with in a conversation, whatever it is about: "en …"."""
    question = row["question"]
    return row | {"question": f"{AND[row.get('lang', DUTCH)]} {question[:1].lower()}{question[1:]}"}


def papers(row: dict[str, Any]) -> set[str]:
    return {place["doc"] for place in row["gold"]}


def part(case: Case) -> int:
    """The fold of a case: all about one paper are in the same one."""
    key = min(papers(case.row), default=case.row["id"])
    return int(sha256(key.encode()).hexdigest(), 16) % FOLDS


def fit(chosen: Sequence[Case]) -> Weights:
    """The weights of a logistic model in which those that follow count as much together as the others."""
    names = list(chosen[0].signs)
    values = np.array([[case.signs[name] for name in names] for case in chosen])
    follows = [case.kind == KINDS[0] for case in chosen]
    found = fitted(values, follows, balanced(follows), STRENGTH).named(names, THRESHOLD)
    return Weights(**found)


def report(everything: Sequence[Case], probability: npt.NDArray[np.float64]) -> None:
    """Print what becomes of each kind."""
    print(f"{'':20}{'':10}{'leaning':>10}" + "".join(f"{name:>16}" for name in MEASURES))
    for kind in KINDS:
        places = [place for place, case in enumerate(everything) if case.kind == kind and case.row["gold"]]
        alone = np.array([everything[place].alone for place in places])
        leaning = np.array([everything[place].leaning for place in places])
        decided = probability[places] >= THRESHOLD
        ways = {"alone": 0 * decided, "leaning": 0 * decided + 1, "decided": decided}
        for name, leans in ways.items():
            outcome = np.where(np.asarray(leans)[:, None], leaning, alone).mean(axis=0)
            line = "".join(f"{value:>16.1%}" for value in outcome)
            print(f"{kind if name == 'alone' else '':20}{name:10}{np.mean(leans):>10.1%}{line}")


if __name__ == "__main__":
    main()
