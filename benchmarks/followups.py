"""Measure follow-ups: short questions in a conversation against the same questions asked in full.

    python benchmarks/followups.py --data DATA [--questions benchmarks/questions/vervolg.jsonl] [--show]

Each line of the file has `first` (the question before), `question` (the follow-up), `full` (the same, asked on its
own) and `gold`, and may have `kind`: "follow" or "change" (of the subject). Printed are, for both ways of asking, the
right exchange first and among the first five, the first citation right, any citation right, and refusals; and the
difference with its bounds by the bootstrap.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from langchain_core.runnables import Runnable

from chatbot.chain import build_chain
from chatbot.records import Answer, Request, Turn
from chatbot.settings import Settings
from index.search import Index

QUESTIONS = Path(__file__).resolve().parent / "questions" / "vervolg.jsonl"
MEASURES = ("right@1", "right@5", "first citation", "any citation", "not refused")
RESAMPLES = 2000
KINDS = {"follow": "follow-ups", "change": "changes of subject"}
"""What `kind` of a line says; without one it is a follow-up."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of an index of the papers asked about")
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--show", action="store_true", help="print each follow-up that does worse than in full")
    options = parser.parse_args()
    asking = rows(options.questions)
    with Index.open(options.data) as index:
        chain = build_chain(index, Settings(data=options.data))
        asked = np.array([measured(row, in_conversation(chain, row)) for row in asking])
        full = np.array([measured(row, chain.invoke(Request(row["full"]))) for row in asking])
    kinds = np.array([row.get("kind", "follow") for row in asking])
    for kind, title in KINDS.items():
        if (kinds == kind).any():
            report(title, asked[kinds == kind], full[kinds == kind])
    for row, one, other in zip(asking, asked, full, strict=True) if options.show else ():
        if (one < other).any():
            print(f"{row['id']} {row['first']} | {row['question']} {one} {other}")


def rows(file: Path) -> list[dict[str, Any]]:
    """The questions of a JSONL file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def report(title: str, asked: npt.NDArray[np.float64], full: npt.NDArray[np.float64]) -> None:
    """Print MEASURES in both ways, (questions, measures) each, and how far apart they are."""
    draws = np.random.default_rng(0).integers(0, len(asked), (RESAMPLES, len(asked)))
    print(f"{len(asked)} {title}, in per cent; difference with its bounds, 95 times in 100")
    for number, name in enumerate(MEASURES):
        ahead = asked[:, number] - full[:, number]
        low, high = np.quantile(ahead[draws].mean(axis=1), [0.025, 0.975])
        print(
            f"{name:15} in conversation {asked[:, number].mean():6.1%} in full {full[:, number].mean():6.1%} "
            f"difference {ahead.mean():+6.1%} ({low:+.0%}..{high:+.0%})"
        )


def in_conversation(chain: Runnable[Request, Answer], row: dict[str, Any]) -> Answer:
    """The follow-up, asked after the question before it was answered."""
    before = Turn(row["first"], chain.invoke(Request(row["first"])))
    return chain.invoke(Request(row["question"], history=(before,)))


def measured(row: dict[str, Any], answer: Answer) -> list[float]:
    """MEASURES of one answer."""
    gold = {place["doc"]: set(place["answers"]) for place in row["gold"]}
    hits = [bool(gold.get(hit.paper, set()) & set(hit.answers)) for hit in answer.hits]
    cited = [bool(gold.get(cited.paper, set()) & set(cited.answers)) for cited in answer.citations]
    return [float(value) for value in (any(hits[:1]), any(hits[:5]), any(cited[:1]), any(cited), not answer.abstained)]


if __name__ == "__main__":
    main()
