"""`kamerantwoord fetch` brings official papers into the index, so that a question finds them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from index_fakes import CountingEmbedder
from official_services import Fault, Official, Served, answer, serving

from chatbot import fetching
from chatbot.cli import main
from chatbot.settings import Settings
from corpus.archive import opened
from index import embedder
from index.search import Index

APRIL = ["--since", "2031-04-01", "--until", "2031-04-30"]


@pytest.fixture
def official(services: Official, monkeypatch: pytest.MonkeyPatch) -> Official:
    """The services, with an embedding that can be computed by hand."""
    monkeypatch.setattr(embedder, "load", lambda name=None: CountingEmbedder())
    return services


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Official]:
    with serving() as services:
        services.odata_version = "v5"
        services.put(answer(1, "Een gans is geen wolk."), answer(2, "De dijk is hoog genoeg."))
        for name, value in {
            "SRU_URL": f"{services.address}/sru", "ODATA_URL": f"{services.address}/OData",
            "DOCUMENTS_URL": services.address, "FETCH_DELAY": "0", "FETCH_CONTACT": "redactie@example.org",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"KAMERANTWOORD_{name}", value)
        yield services


def fetch(data: Path, *more: str) -> int:
    return main(["fetch", *APRIL, "--data", str(data), *more])


def found(data: Path, words: str) -> dict[str, str]:
    index = Index.open(data, embedder=CountingEmbedder())
    try:
        return {hit.paper: index.paper(hit.paper).exchanges[0].answer for hit in index.search(words, limit=10)}
    finally:
        index.close()


def test_what_is_fetched_is_found(official: Official, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(tmp_path) == 0
    said = capsys.readouterr()
    assert said.out == (
        "2 listed, 2 new, 0 changed, 0 asked for and the same, 0 withdrawn, 0 replaced by their definitive edition, "
        "0 failed\n2 read into the index, 0 taken out of it, 0 skipped\n"
    )
    assert {"listing", "fetching", "reading", "indexing"} <= {
        line.split(":")[0].strip() for line in said.err.split("\r")
    }
    assert found(tmp_path, "gans")["ah-tk-20302031-1"] == "Een gans is geen wolk."
    (agent,) = official.agents
    assert agent.startswith("Kamerantwoord/")
    assert "contact: redactie@example.org" in agent


def test_a_correction_and_a_withdrawal_reach_the_index(official: Official, tmp_path: Path) -> None:
    fetch(tmp_path)
    del official.papers["ah-tk-20302031-1"]
    official.put(answer(2, "De dijk is te laag.", modified="2031-04-20"))
    report = tmp_path / "report.json"
    assert fetch(tmp_path, "--report", str(report)) == 0
    assert json.loads(report.read_text(encoding="utf-8")) == {
        "listed": 1, "added": [], "changed": ["ah-tk-20302031-2"], "same": 0, "withdrawn": ["ah-tk-20302031-1"],
        "replaced": [], "failed": {}, "postponed": 0, "notices": [], "limited": False, "complete": True, "read": 1,
        "removed": ["ah-tk-20302031-1"], "skipped": {},
    }  # fmt: skip
    assert found(tmp_path, "dijk gans") == {"ah-tk-20302031-2": "De dijk is te laag."}


def test_what_was_fetched_but_not_read_is_read_the_next_time(
    official: Official, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedder, "load", lambda name=None: CountingEmbedder(fails_after=0))
    assert fetch(tmp_path) == 130
    monkeypatch.setattr(embedder, "load", lambda name=None: CountingEmbedder())
    official.asked.clear()
    assert fetch(tmp_path) == 0
    assert official.documents() == []
    assert set(found(tmp_path, "dijk")) == {"ah-tk-20302031-1", "ah-tk-20302031-2"}


def test_an_index_that_was_thrown_away_is_filled_again_without_asking(official: Official, tmp_path: Path) -> None:
    fetch(tmp_path)
    for file in tmp_path.glob("papers.sqlite*"):
        file.unlink()
    official.asked.clear()
    assert fetching.fetch(settings(official, tmp_path), date(2031, 4, 1), date(2031, 4, 30)).read == 2
    assert official.documents() == []


def settings(official: Official, data: Path) -> Settings:
    return Settings(
        data=data, sru_url=f"{official.address}/sru", odata_url=f"{official.address}/OData",
        documents_url=official.address, fetch_delay=0.0,
    )  # fmt: skip


def test_papers_that_do_not_come_or_cannot_be_read_are_in_a_table(
    official: Official, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = Served("ah-tk-20302031-3", date(2031, 4, 15), "2031Z00003", "2031-04-15")
    foreign.editions["xml"] = b"<officiele-publicatie><staatsblad/></officiele-publicatie>"
    official.put(foreign)
    official.faults.append(Fault("-2.xml", 403, times=9))
    assert fetch(tmp_path) == 1
    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row.split()[0] for row in rows] == ["paper", "ah-tk-20302031-2", "ah-tk-20302031-3"]
    assert "HTTP 403" in rows[1]
    assert "is no official publication of a Kamervraag" in rows[2]
    official.faults.clear()
    assert fetch(tmp_path) == 0


def test_a_received_file_that_disappeared_is_fetched_again(official: Official, tmp_path: Path) -> None:
    fetch(tmp_path)
    with opened(tmp_path / fetching.FOLDER) as archive:
        archive.ledger.forget_reading()
        file = archive.path(archive.ledger.get("ah-tk-20302031-1"))
    file.unlink()
    assert fetch(tmp_path) == 1
    assert fetch(tmp_path) == 0
    assert file.is_file()


@pytest.mark.parametrize(
    ("more", "code", "message"),
    [
        (["--since", "last"], 2, "give the first day as --since 2024-11-01"),
        (["--since", "2031-05-01", "--until", "2031-04-30"], 2, "--since 2031-05-01 is after 2031-04-30"),
        (["--since", "2001-02-01", "--until", "2001-02-02"], 1, ""),
    ],
)
def test_a_period_that_cannot_be_is_said(
    official: Official, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], code: int, message: str
) -> None:
    assert main(["fetch", *more, "--data", str(tmp_path)]) == code
    assert message in capsys.readouterr().err


def test_services_that_cannot_be_reached_are_named(
    official: Official, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "manners", lambda given: fetching.Manners("test", delay=0, tries=1, first_pause=0))
    monkeypatch.setenv("KAMERANTWOORD_SRU_URL", "http://127.0.0.1:9/sru")
    monkeypatch.setenv("KAMERANTWOORD_ODATA_URL", "http://127.0.0.1:9/OData")
    assert fetch(tmp_path) == 1
    said = capsys.readouterr().err
    assert "kamerantwoord: http://127.0.0.1:9/sru?operation=searchRetrieve" in said
    assert "Traceback" not in said


def test_a_fetched_paper_answers_a_question_and_nothing_but_fetch_asks_a_service(
    services: Official, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services.put(answer(5, "Boven de molen zijn vorige week 412 schaapjeswolken geteld."))
    assert fetch(tmp_path) == 0
    services.asked.clear()
    capsys.readouterr()
    question = "Hoeveel schaapjeswolken zijn er boven de molen geteld?"
    assert main(["ask", question, "--json", "--data", str(tmp_path)]) == 0
    (citation,) = json.loads(capsys.readouterr().out)["citations"][:1]
    assert (citation["paper"], citation["quote"], citation["speakers"][0]["name"]) == (
        "ah-tk-20302031-5",
        "Boven de molen zijn vorige week 412 schaapjeswolken geteld.",
        "Sprookjesveen",
    )
    for command in (["papers"], ["status"], ["search", "dijk"]):
        assert main([*command, "--data", str(tmp_path)]) == 0
    assert services.asked == []
