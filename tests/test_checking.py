"""The command that checks a text: what it reads, what it prints and how it ends."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from index_fakes import CountingEmbedder

from chatbot import cli
from chatbot.checking import UnreadableText, read_text
from corpus.readers import read
from index import build, embedder

PAPER = Path(__file__).parents[1] / "corpus" / "voorbeeld" / "ah-tk-20982099-57.xml"
TEXT = "“Zij blijft van kracht totdat alle veertien hangers zijn vervangen”, zegt minister Duinkerker."


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    counting = CountingEmbedder()
    build.ingest([read(PAPER)], tmp_path / "data", counting)
    monkeypatch.setattr(embedder, "load", lambda name=None: counting)
    monkeypatch.setattr("index.search.load", lambda name: counting)
    return tmp_path / "data"


def test_json_is_one_list_of_quotations(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "artikel.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["check", str(tmp_path / "artikel.txt"), "--json", "--data", str(data)]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found["attribution"], found["match"]["paper"]) == ("exact", "right", "ah-tk-20982099-57")


@pytest.mark.parametrize(("form", "begins"), [("html", "<!DOCTYPE html>"), ("markdown", "# Controle"), ("json", "{")])
def test_a_report_is_written_in_the_form_that_is_asked_for(form: str, begins: str, data: Path, tmp_path: Path) -> None:
    (tmp_path / "artikel.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "rapport"
    command = ["check", str(tmp_path / "artikel.txt"), "--format", form, "--out", str(out), "--data", str(data)]
    assert cli.main(command) == 0
    assert out.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("content", "message"), [(b" \n", "is empty"), (b"%PDF\0\0", "is not a text file"), (None, "cannot be read")]
)
def test_a_text_that_cannot_be_checked_is_refused_in_one_line(
    content: bytes | None, message: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "artikel"
    if content is not None:
        file.write_bytes(content)
    assert cli.main(["check", str(file), "--data", str(data)]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert message in captured.err


def test_text_comes_from_standard_input_and_from_windows() -> None:
    assert read_text("-", BytesIO("“één”\r\n".encode("cp1252"))) == "“één”\n"
    with pytest.raises(UnreadableText, match="-: is empty"):
        read_text("-", BytesIO(b""))
