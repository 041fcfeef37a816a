"""The window over the papers that come with the program: real index, real chain, real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import ask, launched, opened, served
from playwright.sync_api import Page, expect

from chatbot.chain import build_chain
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from corpus.readers import read
from index.build import ingest
from index.embedder import load
from index.search import Index

DUTCH = TEXTS["nl"]
EXAMPLES = Path(__file__).parents[1] / "corpus" / "voorbeeld"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The window over the papers that come with the program, with the real index and chain."""
    data = tmp_path_factory.mktemp("voorbeeld")
    ingest((read(path) for path in sorted(EXAMPLES.glob("*.xml"))), data, load(None))
    with launched() as browser, Index.open(data) as index:
        chain = build_chain(index, Settings(data=data))
        with served(chain, index) as address:
            yield opened(browser.new_page(viewport={"width": 1280, "height": 860}), address)


def test_an_example_question_finds_a_ministers_own_words_in_the_example_papers(page: Page) -> None:
    expect(page.locator("#banner")).to_have_text(DUTCH.fictitious_banner)
    page.locator("#welcome li button").first.click()
    page.locator("button.cite").first.click()
    page.wait_for_selector("#panel mark")
    card = page.locator(".sources.citations .card").first
    quoted = card.locator("blockquote p").all_inner_texts()
    assert page.locator("#panel mark").all_inner_texts() == quoted
    assert "".join(quoted) in page.locator("#panel .reply").inner_text().replace("\n", "")
    expect(card.locator(".who")).to_contain_text("(")
    expect(card.locator(".where")).to_contain_text("Aanhangsel Handelingen II 2098/99, nr. ")
    expect(page.locator("#panel")).to_contain_text(DUTCH.fictitious_link)


def test_what_the_example_papers_do_not_hold_is_refused_with_the_nearest_passages(page: Page) -> None:
    page.locator("#fresh").click()
    expect(page.locator("#welcome h2")).to_be_visible()
    ask(page, "Hoeveel kost een kilo kaas in Zwitserland?")
    expect(page.locator(".sources.nearest h3")).to_have_text(DUTCH.nearest)
    expect(page.locator("button.cite")).to_have_count(0)
