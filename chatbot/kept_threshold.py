"""The threshold of an index: from what probability on its papers are said to answer, fitted on questions about them.

It stands in the data folder, beside the index. A threshold in the settings comes before it; without either, the
one that the weights were fitted with holds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from chatbot.errors import SettingsError

FILE = "refusal.json"
FEWEST = 20
"""Answerable questions that a threshold is fitted on at least."""


def fitted(probabilities: Sequence[float], share: float) -> float:
    """The highest threshold that refuses at most `share` (0 to 1) of answerable questions.

    Raises:
        ValueError: there are fewer than FEWEST.
    """
    if len(probabilities) < FEWEST:
        raise ValueError(f"{len(probabilities)} answerable questions are too few; give at least {FEWEST}")
    return sorted(probabilities)[int(share * len(probabilities))]


def keep(directory: Path, threshold: float) -> None:
    """Write the threshold into a data folder, whole or not at all."""
    written = directory / f"{FILE}.new"
    written.write_text(json.dumps({"threshold": threshold}) + "\n", encoding="utf-8")
    written.replace(directory / FILE)


def kept(directory: Path) -> float | None:
    """The threshold of a data folder; None where none was kept.

    Raises:
        SettingsError: the file is damaged.
    """
    file = directory / FILE
    try:
        threshold = float(json.loads(file.read_text(encoding="utf-8"))["threshold"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"{file} holds no threshold ({error}); remove it, or run `eval --keep-threshold`"
        ) from error
    if not 0 <= threshold <= 1:
        raise SettingsError(f"{file} holds the threshold {threshold}; it must be from 0 to 1")
    return threshold
