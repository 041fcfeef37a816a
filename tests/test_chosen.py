from __future__ import annotations

from typing import Any

import pytest

from chatbot import chosen, models
from chatbot.settings import Settings


def test_the_language_model_of_the_settings_gets_its_key_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(models, "connect", lambda name, **options: asked.append((name, options)))
    settings = Settings(llm="openai:klein", llm_url="http://127.0.0.1:1/v1", llm_timeout=7.0)
    chosen.language_model(settings, {"KAMERANTWOORD_LLM_KEY": "geheim"})
    chosen.language_model(settings, {"OPENAI_API_KEY": "van een ander"})
    options = {"base_url": "http://127.0.0.1:1/v1", "timeout": 7.0}
    assert asked == [
        ("openai:klein", {**options, "api_key": "geheim"}),
        ("openai:klein", {**options, "api_key": None}),
    ]


def test_without_a_language_model_in_the_settings_none_is_connected() -> None:
    assert chosen.language_model(Settings(), {"KAMERANTWOORD_LLM_KEY": "geheim"}) is None
