"""The fitted weights of four judgements: whether a sentence answers, an exchange does, any does, and whether a question
leans on the conversation."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: `bias` plus the sum of `weights` times signs; `threshold` is where yes begins."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, signs: Mapping[str, float]) -> float:
        """From 0 to 1; signs without a weight do not count."""
        total = self.bias + sum(self.parts(signs).values())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))

    def parts(self, signs: Mapping[str, float]) -> dict[str, float]:
        """What each sign adds to the log odds."""
        return {name: weight * signs[name] for name, weight in self.weights.items()}


def _load(name: str) -> Weights:
    values = json.loads(files("chatbot").joinpath("weights.json").read_text(encoding="utf-8"))[name]
    return Weights(bias=values["bias"], weights=values["weights"], threshold=values["threshold"])


SENTENCE = _load("sentence")
SUPPORT = _load("support")
REFUSAL = _load("refusal")
LEANING = _load("leaning")
