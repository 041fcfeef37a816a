"""How often the right exchange is found, for several weights of the words, over a file of questions.

    python benchmarks/search_quality.py DATA_FOLDER QUESTIONS.jsonl

DATA_FOLDER holds an index. A question has "question" and "gold": [{"doc": paper, "answers": [1, 2]}], and a
follow-up "history": the question before it is searched along with it. The last row is cross-validated: each
fifth of the questions is searched with the weight that was best on the other four fifths.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.fusion import Blend
from index.search import Index

WEIGHTS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)
FOLDS = 5
SHUFFLES = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("questions", type=Path)
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = [question for question in map(json.loads, lines) if question["gold"]]
    with Index.open(options.data) as index:
        measured = np.stack([[measures(index, question, weight) for question in questions] for weight in WEIGHTS])
    print(f"{len(questions)} questions   hit@1  hit@5  hit@10  nDCG@10")
    for weight, rows in zip(WEIGHTS, measured, strict=True):
        show(f"weight {weight:g}", rows.mean(axis=0))
    show("cross-validated", cross_validated(measured))


def measures(index: Index, question: Mapping[str, Any], weight: float) -> tuple[float, float, float, float]:
    """Whether a right exchange is among the first 1, 5 and 10, and nDCG@10."""
    right = {
        (place["doc"], position)
        for place in question["gold"]
        for position, exchange in enumerate(index.paper(place["doc"]).exchanges)
        if exchange.answer and set(exchange.answers) & set(place["answers"])
    }
    hits = [
        (hit.paper, hit.exchange) in right
        for hit in index.search(searched(question), limit=10, blend=Blend(words=weight))
    ]
    gain = sum(1 / math.log2(rank + 2) for rank, hit in enumerate(hits) if hit)
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(right))))
    return any(hits[:1]), any(hits[:5]), any(hits), gain / ideal if ideal else 0.0


def searched(question: Mapping[str, Any]) -> str:
    history = question.get("history") or []
    before = [turn if isinstance(turn, str) else turn.get("question") or turn.get("content") or "" for turn in history]
    return " ".join([*before[-1:], question["question"]])


def cross_validated(measured: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Means over questions of measures with weights chosen on other questions; `measured`: (weights, questions, 4)."""
    random = np.random.default_rng(0)
    means = []
    for _ in range(SHUFFLES):
        order = random.permutation(measured.shape[1])
        for fold in range(FOLDS):
            held = order[fold::FOLDS]
            best = np.delete(measured, held, axis=1)[:, :, 3].mean(axis=1).argmax()
            means.append(measured[best][held].sum(axis=0))
    total: npt.NDArray[np.float64] = np.sum(means, axis=0) / (SHUFFLES * measured.shape[1])
    return total


def show(name: str, values: npt.NDArray[np.float64]) -> None:
    first, five, ten, gain = values
    print(f"{name:15} {first:8.1%} {five:6.1%} {ten:6.1%}   {gain:.3f}")


if __name__ == "__main__":
    main()
