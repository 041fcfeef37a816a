"""Settings come from file, environment and command line, and refuse what does not fit."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from chatbot import cli, commands
from chatbot.errors import SettingsError
from chatbot.settings import Settings, load


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    config = tmp_path / "kamerantwoord.toml"
    config.write_text('port = 1111\nhost = "file"\nlanguage = "en"\n', encoding="utf-8")
    environment = {
        "KAMERANTWOORD_CONFIG": str(config),
        "KAMERANTWOORD_PORT": "2222",
        "KAMERANTWOORD_HOST": "environment",
    }
    settings = load(environment, {"host": "option", "data": tmp_path, "unrelated": 1, "model": None})
    assert settings == Settings(data=tmp_path, host="option", port=2222, language="en")


def test_an_empty_name_means_none() -> None:
    assert load({"KAMERANTWOORD_LLM": ""}, {}).llm is None


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"KAMERANTWOORD_PORT": "tachtig"}, "port is 'tachtig'; it must be a number"),
        ({"KAMERANTWOORD_PORT": "70000"}, "port is 70000; it must be from 1 to 65535"),
        ({"KAMERANTWOORD_LANGUAGE": "fr"}, "language is 'fr'; it must be one of nl, en"),
        ({"KAMERANTWOORD_THRESHOLD": "1.5"}, "threshold is 1.5; it must be from 0 to 1"),
        ({"KAMERANTWOORD_LLM_TIMEOUT": "0"}, "llm_timeout is 0.0; it must be more than 0 seconds"),
        ({"KAMERANTWOORD_FETCH_TIMEOUT": "0"}, "fetch_timeout is 0.0; it must be more than 0 seconds"),
        ({"KAMERANTWOORD_FETCH_DELAY": "-1"}, "fetch_delay is -1.0; it must be a number of seconds, 0 or more"),
        ({"KAMERANTWOORD_FETCH_CONTACT": "a\nb"}, "fetch_contact is .*; write it in plain ASCII, on one line"),
        ({"KAMERANTWOORD_SRU_URL": "ftp://x"}, "sru_url is 'ftp://x'; it must begin with https:// or http://"),
        ({"KAMERANTWOORD_CONFIG": "/nowhere/at/all.toml"}, r"/nowhere/at/all.toml: cannot be read"),
    ],
)
def test_a_value_that_does_not_fit_is_named(environment: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load(environment, {})


@pytest.mark.parametrize(
    ("text", "message"), [("port = ", "is not valid TOML"), ("prot = 1", "unknown setting 'prot'")]
)
def test_a_wrong_settings_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    config = tmp_path / "kamerantwoord.toml"
    config.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load({"KAMERANTWOORD_CONFIG": str(config)}, {})


def test_a_reader_who_stops_reading_is_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(options: object, settings: object) -> int:
        raise BrokenPipeError(32, "Broken pipe")

    turned: list[tuple[int, int]] = []
    monkeypatch.setattr(commands, "status", closed)
    monkeypatch.setattr(os, "dup2", lambda new, old: turned.append((new, old)))
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    assert cli.main(["status"]) == 0
    assert [old for _, old in turned] == [1]
    assert capsys.readouterr().err == ""
