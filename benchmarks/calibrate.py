"""Fit the weights of chatbot/weights.json on questions with known answers, and print what holds under cross-validation.

Usage: python benchmarks/calibrate.py DATA QUESTIONS.jsonl [--write]
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedKFold

from chatbot import evidence as sentences
from chatbot import refusal
from chatbot.weights import Weights
from index.search import Index

FOLDS = 8
WRONG_REFUSALS = 0.05
WEIGHTS = Path(sentences.__file__).with_name("weights.json")


def folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s\-‐-―\u00ad\"'«»“”„‘’‹›`´]", "", text)


def fitted(signs: list[dict[str, float]], labels: list[bool], balanced: bool) -> tuple[float, dict[str, float]]:
    names = list(signs[0])
    values = np.array([[sign[name] for name in names] for sign in signs])
    mean, spread = values.mean(0), values.std(0) + 1e-9
    model = LogisticRegression(C=0.5, max_iter=2000, class_weight="balanced" if balanced else None)
    model.fit((values - mean) / spread, labels)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (weights * mean).sum())
    return bias, {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["kind"] != "followup"]
    with Index.open(options.data) as index:
        found = [index.search(row["question"], limit=20) for row in rows]
        plain = Weights(bias=0.0, weights={"words": 1.0}, threshold=0.5)
        judged = [
            sentences.gather(index, row["question"], hits, weights=plain, most=10_000)
            for row, hits in zip(rows, found, strict=True)
        ]
        sentence = fit_sentences(rows, judged)
        signs = [
            refusal.look(index, row["question"], hits, index.search_questions(row["question"], limit=1))
            for row, hits in zip(rows, found, strict=True)
        ]
    decision = fit_refusal(rows, signs)
    if options.write:
        document = {
            name: {"bias": round(model.bias, 4), "weights": dict(model.weights), "threshold": round(model.threshold, 4)}
            for name, model in (("sentence", sentence), ("refusal", decision))
        }
        WEIGHTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def fit_sentences(rows: list[dict[str, Any]], judged: list[tuple[sentences.Evidence, ...]]) -> Weights:
    signs, labels, owners, groups = [], [], [], []
    for number, (row, items) in enumerate(zip(rows, judged, strict=True)):
        if not row["gold"]:
            continue
        quotes = [folded(row["quote"]), *(folded(more["quote"]) for more in row.get("more_quotes") or [])]
        for item in items:
            text = folded(item.citation.quote)
            signs.append(dict(item.signs))
            labels.append(any(quote in text or (len(text) >= 40 and text in quote) for quote in quotes))
            owners.append(number)
            groups.append(row["gold"][0]["doc"])
    scores = np.zeros(len(labels))
    for train, test in GroupKFold(FOLDS).split(signs, labels, groups):
        bias, weights = fitted([signs[i] for i in train], [labels[i] for i in train], balanced=False)
        model = Weights(bias, weights, 0.5)
        scores[test] = [model.probability(signs[i]) for i in test]
    for most in (1, 2, 3, 5):
        hit = []
        for number in set(owners):
            mine = sorted((i for i, owner in enumerate(owners) if owner == number), key=lambda i: -scores[i])
            hit.append(any(labels[i] for i in mine[:most]))
        print(f"evidence among the best {most} sentences, cross-validated: {100 * np.mean(hit):.1f} %")
    return Weights(*fitted(signs, labels, balanced=False), 0.5)


def fit_refusal(rows: list[dict[str, Any]], signs: list[dict[str, float]]) -> Weights:
    answerable = [row["kind"] != "unanswerable" and row.get("verdict") != "not_found" for row in rows]
    scores = np.zeros(len(rows))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(signs, answerable):
        bias, weights = fitted([signs[i] for i in train], [answerable[i] for i in train], balanced=True)
        model = Weights(bias, weights, 0.5)
        scores[test] = [model.probability(signs[i]) for i in test]
    yes, no = scores[np.array(answerable)], scores[~np.array(answerable)]
    for share in (0.02, 0.05, 0.1, 0.15):
        threshold = float(np.quantile(yes, share))
        print(f"refused wrongly {share:.0%}: refused rightly {100 * np.mean(no < threshold):.1f} % (cross-validated)")
    bias, weights = fitted(signs, answerable, balanced=True)
    print(weights)
    return Weights(bias, weights, float(np.quantile(yes, WRONG_REFUSALS)))


if __name__ == "__main__":
    main()
