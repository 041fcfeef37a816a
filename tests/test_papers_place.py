"""The list of papers, what is counted of them, one paper whole, and the way in for new ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from index_fakes import DIKES, CountingEmbedder
from index_fakes import GEESE as UNDATED_QUESTION
from test_rendering import Page
from window_fakes import CLOUD, HOSTILE, HOSTILE_TEXT, indexed

from chatbot.charts import Bar, bars, timeline
from chatbot.collection import Collection, Delay, PaperOrder, Wanted
from chatbot.fields import Fields
from chatbot.paper_pages import ROWS, TITLE, listing, paper_page, title
from chatbot.place_papers import PapersPlace
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from corpus.records import PaperKind
from index.search import Index

EXAMPLE = Path(__file__).parents[1] / "corpus" / "voorbeeld" / "ah-tk-20982099-104.xml"
NO_WISHES = ("", "", "", "newest", "nl")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with indexed(tmp_path / "data", CLOUD, HOSTILE, DIKES, UNDATED_QUESTION) as opened:
        yield opened


def place(index: Index, uploads: str = "on") -> PapersPlace:
    return PapersPlace(index, Fields(index), Settings(data=index.directory, uploads=uploads))


def listed(index: Index, **wishes: Any) -> list[str]:
    return [header.id for header in Collection(index).listed(Wanted(**wishes))]


def test_the_list_is_searched_filtered_and_sorted(index: Index) -> None:
    assert listed(index) == ["ah-tk-20302031-8", "ah-tk-20302031-7", HOSTILE.id, CLOUD.id]
    assert listed(index, order=PaperOrder.OLDEST)[0] == CLOUD.id
    assert listed(index, order=PaperOrder.SLOWEST)[:2] == [CLOUD.id, "ah-tk-20302031-7"]
    assert listed(index, sought="Özdemir DIJKEN") == ["ah-tk-20302031-7"]
    assert listed(index, sought="901 bakker") == [CLOUD.id]
    assert listed(index, ministry="Defensie") == [CLOUD.id]
    assert listed(index, kind=PaperKind.QUESTION) == []


def test_answer_times_are_counted_in_days_by_ministry(index: Index) -> None:
    collection = Collection(index)
    assert collection.delays() == [
        Delay("", 37.5, 2),
        Delay("Binnenlandse Zaken en Koninkrijksrelaties", 43, 1),
        Delay("Landbouw, Natuur en Voedselkwaliteit", 32, 1),
    ]
    assert collection.terms() == (0, 1, 1)
    assert collection.by_month()[0] == (date(2024, 11, 1), 2)


def test_a_long_list_comes_in_pieces_that_follow_each_other(index: Index) -> None:
    headers = Collection(index).listed(Wanted()) * 40
    page = Page(listing(headers, index.paper, "nl"))
    assert len([item for item in page.attributes if item[0] == "li"]) == ROWS
    assert [item["data-rows"] for item in page.with_attribute("data-rows")] == [str(ROWS)]
    assert place(index).more_rows({"wanted": "\t".join(NO_WISHES), "start": 2})["more"] == ""
    rows = Page(place(index).more_rows({"wanted": "\t".join(NO_WISHES), "start": 2})["rows"])
    assert [item["data-paper"] for item in rows.with_attribute("data-paper")] == [HOSTILE.id, CLOUD.id]


def test_a_paper_without_a_subject_is_called_by_its_first_question() -> None:
    nameless = replace(CLOUD, subject="")
    asked = CLOUD.exchanges[0].question
    assert title(CLOUD) == CLOUD.subject[:1].upper() + CLOUD.subject[1:]
    assert title(nameless) == asked
    assert title(replace(nameless, exchanges=())) == CLOUD.id
    long = replace(CLOUD.exchanges[0], question=f"{asked} " * 20)
    shown = title(replace(nameless, exchanges=(long,)))
    assert shown.startswith(asked)
    assert (shown.endswith(" …"), len(shown) <= TITLE) == (True, True)


@pytest.mark.parametrize("asked", [{}, {"wanted": "x", "start": 0}, {"wanted": "\t".join(NO_WISHES), "start": -1}])
def test_a_request_for_rows_that_makes_no_sense_gets_none(index: Index, asked: dict[str, Any]) -> None:
    assert place(index).more_rows(asked) == {"rows": "", "more": ""}


def test_a_paper_is_shown_whole_and_its_texts_stay_texts() -> None:
    page = Page(paper_page(CLOUD, frozenset(), "nl"))
    assert page.within("h3") == ["Vraag 1", "Vraag 2 en 3", "Vraag 4"]
    assert TEXTS["nl"].no_answer in page.within("p")
    assert "43 dagen" in page.within("dd")
    hostile = Page(paper_page(HOSTILE, frozenset(), "nl"))
    assert {"script", "img", "i", "b", "u"} & set(hostile.tags) == set()
    assert HOSTILE_TEXT in hostile.text


def test_only_related_papers_that_are_here_can_be_opened() -> None:
    assert Page(paper_page(DIKES, frozenset(), "nl")).with_attribute("data-paper") == []
    page = Page(paper_page(DIKES, frozenset(DIKES.related), "nl"))
    assert [item["data-paper"] for item in page.with_attribute("data-paper")] == ["ah-tk-20302031-6"]


def test_a_plot_is_a_table_too() -> None:
    plot = Page(bars("Titel", "Naam", "Aantal", [Bar("<a>", 4), Bar("b", 1, "één")], "nl"))
    assert (plot.within("th")[2:], plot.within("td")) == (["<a>", "b"], ["4", "één"])
    assert Page(timeline("Titel", "jaar", "Aantal", [Bar("2030", 1), Bar("2031", 2)], "nl")).within("td") == ["1", "2"]
    assert timeline("Titel", "jaar", "Aantal", [], "nl") == ""


def test_a_paper_that_is_not_here_is_said_to_be_gone(index: Index) -> None:
    opened = place(index).open("ah-tk-1", "nl")
    assert TEXTS["nl"].gone in Page(opened["paper"]).within("p")
    back = place(index).act("nl", gr.EventData(None, {"act": "back"}))
    assert back == {"paper": "", "library": gr.update(visible=True), "reading": None}


def test_uploaded_files_come_into_the_index_with_a_report(index: Index, tmp_path: Path) -> None:
    good, bad = tmp_path / EXAMPLE.name, tmp_path / "notitie.txt"
    shutil.copy(EXAMPLE, good)
    bad.write_text("Boodschappen: melk.", encoding="utf-8")
    *_, before, last = place(index).intake.add([str(good), str(bad)], *NO_WISHES)
    report = Page(before["intake"])
    assert report.within("p") == ["1 toegevoegd, 0 vervangen, 0 ongewijzigd, 1 overgeslagen."]
    assert report.within("th")[2:] == ["notitie.txt"]
    assert "5 stukken" in Page(last["papers"]).within("p")
    assert (good.exists(), bad.exists()) == (False, False)
    assert index.paper("ah-tk-20982099-104").fictitious


def test_a_server_that_takes_no_uploads_takes_none(index: Index) -> None:
    assert list(place(index, "off").intake.add([str(EXAMPLE)], *NO_WISHES)) == []
    assert EXAMPLE.exists()


def test_an_index_that_another_process_writes_to_is_said_to_be_busy(index: Index, tmp_path: Path) -> None:
    from filelock import FileLock

    file = Path(shutil.copy(EXAMPLE, tmp_path / "copy.xml"))
    with FileLock(index.directory / ".lock"):
        *_, told, _ = place(index).intake.add([str(file)], *NO_WISHES)
    assert "Toevoegen lukte niet: another process is writing" in told["intake"]
    assert CountingEmbedder().name == index.embedder.name
