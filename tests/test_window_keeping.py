"""What can be taken along from the window: conversations, addresses and the report of a check."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from test_rendering import Page
from window_fakes import CITED, CITED_HOSTILE, CLOUD, HOSTILE, HOSTILE_TEXT, indexed

from chatbot import address, check_cards
from chatbot.address import Asked
from chatbot.checked import CheckedQuotation, Difference, Kind, Report, Speech, Verdict, Weight
from chatbot.downloads import download
from chatbot.quotecheck import check
from chatbot.records import Answer, Turn
from chatbot.rendering import Outcome, Shown
from chatbot.texts import TEXTS
from chatbot.transcript import as_html, as_markdown, buttons
from index.records import Filters

ANSWER = Answer(
    text=f"Minister Boos: “{HOSTILE_TEXT}” [2]", citations=(CITED_HOSTILE, CITED), filters=Filters(minister="Boos")
)
SHOWN = (Shown(Turn("Wat <is> *dit*?", ANSWER), Outcome.DONE),)


def test_an_address_brings_back_what_it_was_made_of() -> None:
    filters = Filters(minister="De Raad", party="P&P", since=date(2024, 1, 2))
    without = ("Bos", "mei 2024")
    query = address.query("Wat & hoe?", filters, "statements", without)
    assert query == (
        "?place=statements&q=Wat+%26+hoe%3F&minister=De+Raad&party=P%26P&since=2024-01-02&without=Bos&without=mei+2024"
    )
    read = address.read(parse_qsl(query.removeprefix("?")))
    assert read == Asked(
        "statements", "Wat & hoe?", minister="De Raad", party="P&P", since="2024-01-02", without=without
    )
    assert address.read([("place", "elders"), ("paper", "ah-tk-1")]) == Asked("papers", paper="ah-tk-1")
    assert address.read([]) == Asked()


def test_a_conversation_as_markdown_means_nothing_but_its_text() -> None:
    text = as_markdown(SHOWN, "nl")
    assert text.splitlines()[2] == r"## Wat \<is\> \*dit\*?"
    assert "*Alleen: Bewindspersoon: Boos*" in text
    assert r"\<script\>window.hacked = 1\</script\>" in text
    assert f"[{CITED.reference}]({CITED.url})" in text


def test_a_conversation_as_a_page_holds_the_quotations_and_nothing_that_is_loaded() -> None:
    html = as_html(SHOWN, "nl")
    assert html.startswith('<!doctype html><html lang="nl">')

    seen: set[str] = set()

    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.add(tag)

    Elements().feed(html)
    assert seen & {"script", "img", "link", "iframe", "b", "i", "is"} == set()
    assert CITED.quote in html


def test_there_is_nothing_to_keep_before_the_first_question() -> None:
    assert buttons((), "nl") == ""
    page = Page(buttons(SHOWN, "nl"))
    assert [item["data-address"] for item in page.with_attribute("data-address")] == [
        "?q=Wat+%3Cis%3E+%2Adit%2A%3F&minister=Boos"
    ]


def test_a_download_holds_its_text_unchanged() -> None:
    [item] = Page(download("a.csv", 'x,"y"\r\n<z>\n')).with_attribute("data-text")
    assert (item["data-download"], item["data-text"]) == ("a.csv", 'x,"y"\r\n<z>\n')


def test_the_report_marks_quotations_and_its_buttons_lead_to_their_places(tmp_path: Path) -> None:
    article = f"Van der Zee: “{CITED.quote}” De Raad: “Er draaien dertien systemen in het buitenland.” <b>Klaar</b>"
    with indexed(tmp_path, CLOUD, HOSTILE) as index:
        report = check(article, index)
    page = Page(check_cards.report(report, "nl"))
    assert page.within("mark") == [CITED.quote, "Er draaien dertien systemen in het buitenland."]
    assert [text for text in page.within("a") if text.startswith("[")] == ["[1: letterlijk]", "[2: gewijzigd]"]
    assert "b" not in page.tags
    assert any("dertien" in text for text in page.within("ins"))
    names = [str(item["data-match"]) for item in page.with_attribute("data-match")]
    found = check_cards.cited_by(report, names[0])
    assert found is not None
    assert (found.paper, found.exchange, found.quote) == (CITED.paper, CITED.exchange, CITED.quote.rstrip("."))
    assert [check_cards.cited_by(report, wrong) for wrong in ("", "q9.0", "qx.1", "c1", "q-1.0")] == [None] * 5


@pytest.mark.parametrize(
    ("quote", "article", "paper", "start", "shown"),
    [
        ("de stal blijft leeg", "", "voorlopig", 7, "de stal –voorlopig blijft leeg"),
        ("de stal blijft leeg", "", "voorlopig", 8, "de stal –voorlopig blijft leeg"),
        ("de stal blijft leeg", "leeg", "vol", 15, "de stal blijft –vol +leeg"),
        ("de stal is leeg.", "leeg", "vol", 11, "de stal is –vol +leeg."),
        ("de grote stal", "grote", "", 3, "de +grote stal"),
    ],
)
def test_what_differs_stands_apart_from_the_words_beside_it(
    quote: str, article: str, paper: str, start: int, shown: str
) -> None:
    end = start + len(article)
    differences = (Difference(Kind.REPLACE, Weight.WORDS, article, paper, "", start, end),)
    item = CheckedQuotation(
        quote=quote, start=0, end=len(quote), verdict=Verdict.ALTERED, similarity=0.9, match=None, nearest=None,
        parts=(), differences=differences, attributed=None, speech=Speech.NONE, notes=(),
    )  # fmt: skip
    page = Page(check_cards.report(Report(quote, "nl", (item,), (), (), 1), "nl"))
    texts = TEXTS["nl"].check
    told = page.within("blockquote")[0].replace(f"{texts.in_paper}: ", "–").replace(f"{texts.in_article}: ", "+")
    assert told == shown
