"""The threshold kept with an index: fitted on questions about it, used where the settings name none."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import PAPERS, CountingEmbedder

from chatbot.chain import build_chain
from chatbot.errors import SettingsError
from chatbot.kept_threshold import FILE, fitted, keep, kept
from chatbot.records import Request
from chatbot.settings import Settings
from index.build import ingest
from index.search import Index


@pytest.mark.parametrize(("share", "refused"), [(0.0, 0), (0.04, 0), (0.05, 1), (0.1, 2)])
def test_at_most_the_share_of_answerable_questions_is_refused(share: float, refused: int) -> None:
    probabilities = [number / 20 for number in range(20)]
    assert sum(each < fitted(probabilities, share) for each in probabilities) == refused


def test_few_questions_fit_no_threshold() -> None:
    with pytest.raises(ValueError, match="19 answerable questions are too few; give at least 20"):
        fitted([0.5] * 19, 0.05)


def test_what_is_kept_decides_unless_the_settings_do(tmp_path: Path) -> None:
    ingest(PAPERS, tmp_path, CountingEmbedder())
    asked = Request("Is er subsidie voor een dijk?")
    with Index.open(tmp_path, embedder=CountingEmbedder()) as index:
        found = {}
        for threshold in (None, 0.0, 1.0):
            if threshold is not None:
                keep(tmp_path, threshold)
            assert kept(tmp_path) == threshold
            answer = build_chain(index, Settings(data=tmp_path)).invoke(asked)
            assert answer.trace is not None
            found[threshold] = (answer.abstained, answer.trace.threshold)
        assert (found[0.0], found[1.0]) == ((False, 0.0), (True, 1.0))
        assert found[None][1] not in (0.0, 1.0)
        assert not build_chain(index, Settings(data=tmp_path, threshold=0.0)).invoke(asked).abstained


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"threshold": "hoog"}', '{"threshold": 7}'])
def test_a_damaged_threshold_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=FILE):
        kept(tmp_path)
