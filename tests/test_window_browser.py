"""The window in a real browser: asking, reading, stepping, filtering, copying, by mouse and by keyboard."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import official_services
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import ask, launched, opened, served, stripping, type_into
from index_fakes import CountingEmbedder
from playwright.sync_api import Browser, Page, expect
from window_fakes import CITED, CLOUD, HOSTILE, HOSTILE_TEXT, MANY, FakeChain, FakeIndex, indexed

from chatbot import access
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from index import embedder
from index.records import Filters

DUTCH, ENGLISH = TEXTS["nl"], TEXTS["en"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CLOUD_QUESTION = "Wat weet u van cloud?"
PATIENT = 30_000
"""Milliseconds that a new page may take to be ready on a busy machine."""
EXAMPLE = Path(__file__).parents[1] / "corpus" / "voorbeeld" / "ah-tk-20982099-104.xml"
ARTICLE = (
    f"Staatssecretaris Van der Zee schrijft: “{CITED.quote}”\n"
    "Minister De Raad antwoordde: “Er draaien dertien systemen in het buitenland.”"
)


@dataclass(frozen=True, slots=True)
class Served:
    """A window over fakes. `connected`: addresses that this process connected to since it began to serve."""

    address: str
    chain: FakeChain
    connected: list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as running:
        yield running


@pytest.fixture(scope="module")
def window(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    connected: list[str] = []

    def heard(event: str, details: tuple[object, ...]) -> None:
        if event == "socket.connect":
            connected.append(str(details[1]))
        elif event == "socket.getaddrinfo":
            connected.append(str(details[:2]))

    sys.addaudithook(heard)
    chain, data = FakeChain(), tmp_path_factory.mktemp("window")
    with indexed(data, CLOUD, HOSTILE, *MANY) as index, served(chain, index, Settings(data=data)) as address:
        yield Served(address, chain, connected)


@pytest.fixture(scope="module")
def kept(browser: Browser, window: Served) -> Iterator[Page]:
    """One wide page for all tests that need no page of their own; no error may come up in it."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, permissions=["clipboard-read", "clipboard-write"]
    )
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened(page, window.address)
    context.close()
    assert errors == []


@pytest.fixture
def page(kept: Page) -> Page:
    """The wide page as if it had just been opened: in Dutch, with a new conversation and without filters."""
    if kept.locator("html").get_attribute("lang") == "en":
        kept.get_by_role("button", name="NL Nederlands").click()
        expect(kept.locator("html")).to_have_attribute("lang", "nl")
    kept.get_by_role("tab").first.click()
    while kept.locator("#chips .chip").count():
        count = kept.locator("#chips .chip").count()
        kept.locator("#chips .chip").first.click()
        expect(kept.locator("#chips .chip")).to_have_count(count - 1)
    if kept.locator("#filters .label-wrap.open").count():
        kept.locator("#filters .label-wrap").click()
    if kept.locator("#fresh").is_visible():
        kept.locator("#fresh").click()
        expect(kept.locator("#welcome h2")).to_be_visible()
    expect(kept.locator("#panel section")).to_have_count(0)
    return kept


def edge(page: Page, selector: str, side: str) -> float:
    """Where a side of an element lies, in CSS pixels of the page, however far it is scrolled."""
    offset = "scrollY" if side in {"top", "bottom"} else "scrollX"
    place = page.evaluate(f"document.querySelector('{selector}').getBoundingClientRect().{side} + {offset}")
    return float(place)


def test_every_request_goes_to_the_servers_own_address(browser: Browser, window: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = len(window.connected)
    opened(page, window.address)
    ask(page, CLOUD_QUESTION)
    page.locator("button.cite").first.click()
    page.wait_for_selector("#panel mark")
    own = (f"{window.address}/", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert len(asked) > 10
    assert [place for place in window.connected[before:] if "127.0.0.1" not in place] == []
    context.close()


def test_the_page_itself_forbids_requests_to_other_addresses(browser: Browser, window: Served) -> None:
    page = opened(browser.new_page(), window.address)
    refused = page.evaluate("fetch('http://127.0.0.2:9/').then(() => 'allowed', (error) => error.name)")
    assert refused == "TypeError"
    policy = page.request.get(page.url).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    page.close()


def test_a_question_sent_with_enter_is_answered_with_citations_and_sources(page: Page) -> None:
    ask(page, CLOUD_QUESTION)
    expect(page.locator("article.turn h2")).to_have_text(CLOUD_QUESTION)
    expect(page.locator(".answer p").first).to_contain_text(f"Het antwoord luidt: “{CITED.quote}” [1]")
    expect(page.locator(".sources.citations .card")).to_have_count(2)
    expect(page.locator("#box textarea")).to_have_value("")
    expect(page.locator("#status [role=status]")).to_have_text("Het antwoord is klaar, met 2 citaten.")


def test_a_click_on_a_citation_opens_its_exchange_with_the_quotation_highlighted(page: Page) -> None:
    ask(page, CLOUD_QUESTION)
    page.locator("button.cite").first.click()
    expect(page.locator("#panel mark")).to_have_text(CITED.quote)
    expect(page.locator("#panel .question")).to_contain_text("Hoeveel systemen draaien in het buitenland?")
    link = page.locator("#panel a")
    expect(link).to_have_attribute("href", str(CITED.url))
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert edge(page, "#panel", "left") >= edge(page, "#chat", "right")
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("#panel .steps span").nth(1)).to_have_text("3 van 3")
    expect(page.get_by_role("button", name="Volgende")).to_be_disabled()
    page.get_by_role("button", name="Vorige").click()
    expect(page.locator("#panel mark")).to_have_text(CITED.quote)


def test_the_keyboard_opens_a_citation_and_escape_brings_it_back(page: Page) -> None:
    ask(page, CLOUD_QUESTION)
    mark = page.locator("button.cite").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark")).to_have_text(CITED.quote)
    expect(page.locator("#panel h2")).to_be_focused()
    expect(mark).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#panel section")).to_have_count(0)
    expect(mark).to_be_focused()


def test_a_card_opens_its_exchange_and_a_fictitious_paper_says_so(page: Page) -> None:
    ask(page, CLOUD_QUESTION)
    page.locator(".card .who").nth(1).click()
    expect(page.locator("#panel .badge")).to_have_text("FICTIEF")
    expect(page.locator("#panel")).to_contain_text(DUTCH.fictitious_link)
    expect(page.locator("#panel a")).to_have_count(0)
    expect(page.locator("#banner")).to_contain_text("FICTIEF")


def test_nothing_typed_or_printed_in_a_paper_becomes_markup_script_or_formula(page: Page) -> None:
    question = "cloud <script>window.hacked = 1</script> <img src=x onerror='window.hacked = 1'> $x^2$ [1] {{value}}"
    ask(page, question)
    expect(page.locator("article.turn h2")).to_have_text(question)
    page.locator("button.cite").nth(1).click()
    expect(page.locator("#panel mark")).to_have_text(HOSTILE_TEXT)
    expect(page.locator("button.cite")).to_have_count(2)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".katex, math, article script, #panel script, #panel img, article img").count() == 0


def test_the_quotation_and_the_reference_are_copied_and_the_copying_is_announced(page: Page) -> None:
    ask(page, CLOUD_QUESTION)
    page.locator("button.cite").first.click()
    page.get_by_role("button", name="Kopieer citaat").click()
    expect(page.locator("#announcer")).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == CITED.quote
    page.get_by_role("button", name="Kopieer verwijzing").click()
    expect(page.locator("[data-said]")).to_have_count(2)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "Aanhangsel Handelingen II 2024/25, nr. 901, antwoord 2 en 3, staatssecretaris Van der Zee"
    )


def test_a_refusal_shows_the_nearest_passages_as_no_answer(page: Page) -> None:
    ask(page, "Wat weet u van de ruimte?")
    expect(page.locator(".sources.nearest h3")).to_have_text(DUTCH.nearest)
    expect(page.locator(".sources.nearest")).to_contain_text(DUTCH.nearest_more)
    page.locator(".nearest .open").click()
    expect(page.locator("#panel mark")).to_have_text(CITED.quote)


def test_a_follow_up_is_asked_with_the_conversation_and_a_new_conversation_without(page: Page, window: Served) -> None:
    ask(page, CLOUD_QUESTION)
    ask(page, "En wat kost dat?")
    assert [turn.question for turn in window.chain.requests[-1].history] == [CLOUD_QUESTION]
    page.locator("#fresh").click()
    expect(page.locator("article.turn")).to_have_count(0)
    expect(page.locator("#welcome h2")).to_be_visible()
    ask(page, CLOUD_QUESTION)
    assert window.chain.requests[-1].history == ()


def test_an_example_question_is_asked_by_one_click(page: Page) -> None:
    page.locator("#welcome li button").first.click()
    expect(page.locator("article.turn h2")).to_have_text(DUTCH.example_questions[0])
    expect(page.locator(".card")).to_have_count(2)


def test_the_answer_streams_and_can_be_stopped(page: Page, window: Served) -> None:
    window.chain.go_on.clear()
    page.fill("#box textarea", "wacht")
    page.press("#box textarea", "Enter")
    expect(page.locator(".answer")).to_have_text("Een begin")
    page.fill("#box textarea", "ongeduldig")
    page.press("#box textarea", "Enter")
    expect(page.locator("#message [role=alert]")).to_have_text(DUTCH.busy)
    # The refused question has a run of its own, which must not take the place of the one that is to be stopped.
    page.wait_for_timeout(1000)
    page.locator("#stop").click()
    expect(page.locator("article.turn .notice")).to_have_text(DUTCH.stopped)
    window.chain.go_on.set()
    page.wait_for_timeout(500)
    expect(page.locator(".answer")).to_have_text("Een begin")
    ask(page, CLOUD_QUESTION)
    expect(page.locator("article.turn h2")).to_have_text(["wacht", CLOUD_QUESTION])


def test_an_answer_that_fails_is_said_so_and_the_next_one_comes(page: Page) -> None:
    ask(page, "fout")
    expect(page.locator("article.turn .notice")).to_have_text(DUTCH.failed)
    ask(page, CLOUD_QUESTION)
    expect(page.locator("#current .card")).to_have_count(2)


def test_the_language_switch_changes_all_texts_and_keeps_conversation_and_panel(page: Page) -> None:
    ask(page, CLOUD_QUESTION)
    page.locator("button.cite").first.click()
    expect(page.locator("#panel h2")).to_have_text(DUTCH.panel)
    page.get_by_role("button", name="EN English").click()
    expect(page.locator("#panel h2")).to_have_text(ENGLISH.panel)
    expect(page.locator(".sources h3")).to_have_text(ENGLISH.sources)
    expect(page.locator("article.turn h2")).to_have_text(CLOUD_QUESTION)
    expect(page.locator("#send")).to_have_text(ENGLISH.send)
    expect(page.locator("#privacy")).to_have_text(ENGLISH.nothing_sent)
    expect(page.get_by_label(ENGLISH.question, exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("#filters button").first.click()
    expect(page.locator("#composer").get_by_label(ENGLISH.ministry)).to_be_visible()


def test_filters_are_chips_that_reach_the_chain_and_can_be_removed(page: Page, window: Served) -> None:
    page.locator("#filters button").first.click()
    expect(page.locator("#filters button").first).to_have_attribute("aria-expanded", "true")
    page.locator("#composer").get_by_label(DUTCH.minister).click()
    page.get_by_role("option", name="De Raad (2)").click()
    type_into(page.locator("#composer").get_by_label(DUTCH.since), "gisteren")
    page.locator("#composer").get_by_label(DUTCH.since).blur()
    expect(page.locator("#message [role=alert]")).to_have_text(DUTCH.bad_date.format(value="gisteren"))
    page.locator("#composer").get_by_label(DUTCH.since).fill("2024")
    page.locator("#composer").get_by_label(DUTCH.since).blur()
    expect(page.locator("#chips .chip")).to_have_text(
        ["Bewindspersoon: De Raad ×", "Beantwoord vanaf: 1 januari 2024 ×"]
    )
    expect(page.locator("#message [role=alert]")).to_have_text("")
    ask(page, CLOUD_QUESTION)
    assert window.chain.requests[-1].filters == Filters(minister="De Raad", since=date(2024, 1, 1))
    page.locator("#chips .chip").first.click()
    expect(page.locator("#chips .chip")).to_have_text(["Beantwoord vanaf: 1 januari 2024 ×"])
    ask(page, CLOUD_QUESTION)
    assert window.chain.requests[-1].filters == Filters(since=date(2024, 1, 1))


def test_what_was_understood_from_the_question_is_shown_and_can_be_taken_away(
    browser: Browser, page: Page, window: Served
) -> None:
    question = "Wat zei de raad in november 2024 over cloud?"
    ask(page, question)
    chips = page.locator("#clues .chip")
    expect(chips).to_have_text(["Bewindspersoon: De Raad ×", "Periode: november 2024 ×"])
    ask(page, "En de cloud in november 2024?")
    chips.first.click()
    expect(chips).to_have_count(0)
    expect(page.locator("#current .card")).to_have_count(2)
    expect(page.locator("article.turn h2")).to_have_text([question, "En de cloud in november 2024?"])
    request = window.chain.requests[-1]
    assert (request.question, request.without) == ("En de cloud in november 2024?", ("november 2024",))
    assert [turn.question for turn in request.history] == [question]
    page.get_by_role("button", name=DUTCH.copy_address).click()
    expect(page.locator("[data-address][data-said]")).to_have_count(1)
    shared = page.evaluate("navigator.clipboard.readText()")
    page.locator("#fresh").click()
    other_context = browser.new_context()
    other = other_context.new_page()
    other.goto(shared + "&without=de+raad")
    expect(other.locator("#current .card")).to_have_count(2, timeout=PATIENT)
    assert window.chain.requests[-1].without == ("november 2024", "de raad")
    ask(other, question)
    assert window.chain.requests[-1].without == ()
    other_context.close()


def test_two_people_at_once_do_not_see_each_others_conversation(browser: Browser, page: Page, window: Served) -> None:
    other_context = browser.new_context()
    other = opened(other_context.new_page(), window.address)
    ask(page, "cloud van de een")
    ask(other, "cloud van de ander")
    ask(other, "En dan?")
    expect(page.locator("article.turn h2")).to_have_text(["cloud van de een"])
    expect(other.locator("article.turn h2")).to_have_text(["cloud van de ander", "En dan?"])
    assert [turn.question for turn in window.chain.requests[-1].history] == ["cloud van de ander"]
    other_context.close()


OUTSIDE = """() => [...document.querySelectorAll('#header *, #layout *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (box.right > innerWidth + 1 || box.left < -1);
}).map((element) => element.outerHTML.slice(0, 120))"""


def statements(page: Page, words: str) -> None:
    """Look for statements in their place."""
    page.get_by_role("tab").nth(1).click()
    type_into(page.locator("#words input"), words)
    page.press("#words input", "Enter")
    page.wait_for_selector("#results .count")


def checked(page: Page) -> None:
    """Hold an article against the papers in its place."""
    page.get_by_role("tab").nth(2).click()
    type_into(page.locator("#article textarea"), ARTICLE)
    page.locator("#check").click()
    page.wait_for_selector("#report .checked")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_every_place_is_free_of_wcag_violations_and_nothing_runs_out_of_it(
    browser: Browser, window: Served, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = opened(context.new_page(), window.address)
    axe = Axe()

    def wrong() -> list[object]:
        results = axe.run(page, options={"runOnly": WCAG}).response["violations"]
        violations = [(item["id"], node["html"][:200]) for item in results for node in item["nodes"]]
        return [*violations, *page.evaluate(OUTSIDE), page.evaluate("document.documentElement.scrollWidth") > width]

    assert wrong() == [False]
    ask(page, "cloud van de raad in november 2024 " + "x" * 300)
    expect(page.locator("#clues .chip")).to_have_count(2)
    page.locator("button.cite").first.click()
    page.wait_for_selector("#panel mark")
    page.locator("#filters button").first.click()
    type_into(page.locator("#since input"), "gisteren")
    page.locator("#minister input").click()
    page.wait_for_selector("[role=option]")
    assert wrong() == [False]
    statements(page, "systemen in het buitenland")
    page.locator("#results input[type=checkbox]").first.check()
    assert wrong() == [False]
    checked(page)
    assert wrong() == [False]
    page.get_by_role("tab").nth(3).click()
    page.locator("#p-numbers .label-wrap").click()
    page.locator("#p-add .label-wrap").click()
    page.wait_for_selector("#numbers table")
    page.wait_for_selector("ol.papers li")
    assert wrong() == [False]
    page.locator("ol.papers .open").last.click()
    page.wait_for_selector("article.paper")
    assert wrong() == [False]
    context.close()


def test_at_twice_the_size_nothing_runs_out_and_the_box_does_not_cover_the_page(
    browser: Browser, window: Served
) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 430})
    page = opened(context.new_page(), window.address)
    ask(page, CLOUD_QUESTION)
    page.locator("button.cite").first.click()
    page.wait_for_selector("#panel mark")
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("getComputedStyle(document.querySelector('#composer')).position") == "static"
    statements(page, "systemen in het buitenland")
    assert page.evaluate(OUTSIDE) == []
    checked(page)
    assert page.evaluate(OUTSIDE) == []
    page.get_by_role("tab").nth(3).click()
    page.wait_for_selector("ol.papers li")
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    context.close()


def test_on_a_narrow_screen_the_panel_lies_below_the_chat_and_comes_into_view(browser: Browser, window: Served) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = opened(context.new_page(), window.address)
    ask(page, CLOUD_QUESTION)
    page.locator("button.cite").first.click()
    page.wait_for_selector("#panel mark")
    expect(page.locator("#panel h2")).to_be_in_viewport()
    assert edge(page, "#panel", "top") >= edge(page, "#chat", "bottom")
    context.close()


def test_statements_are_found_kept_as_a_file_and_opened_in_their_paper(page: Page, tmp_path: Path) -> None:
    statements(page, "systemen buitenland")
    first = page.locator("#results .card").first
    expect(first.locator("mark")).to_have_text(CITED.quote)
    expect(page.locator("#results .count")).to_contain_text("waarvan 1 met deze woorden")
    first.locator("input[type=checkbox]").check()
    expect(page.locator("#results .what")).to_have_text("1 gekozen bewaren als")
    with page.expect_download() as saving:
        page.get_by_role("button", name="BibTeX").click()
    assert saving.value.suggested_filename == "citaten.bib"
    saving.value.save_as(tmp_path / "citaten.bib")
    assert (tmp_path / "citaten.bib").read_text(encoding="utf-8").count("@misc") == 1
    page.get_by_role("button", name=DUTCH.statements.copy_text).click()
    expect(page.locator("#announcer")).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"“{CITED.quote}”")
    first.locator(".open").click()
    expect(page.locator("#panel mark")).to_have_text(CITED.quote)
    page.keyboard.press("Escape")
    expect(first.locator(".open")).to_be_focused()


def test_filters_alone_find_statements_and_can_be_taken_away(page: Page) -> None:
    page.get_by_role("tab").nth(1).click()
    page.fill("#words input", "")
    page.get_by_label(DUTCH.minister).last.click()
    page.get_by_role("option", name="De Raad (2)").click()
    expect(page.locator("#results .count")).to_have_text("2 uitspraken gevonden.")
    page.locator("#s-chips .chip").click()
    expect(page.locator("#results .card")).to_have_count(0)
    page.locator("#find").click()
    expect(page.locator("#s-message [role=alert]")).to_have_text(DUTCH.statements.nothing_asked)


def test_the_list_of_papers_is_searched_scrolled_to_its_end_and_opened(page: Page) -> None:
    page.get_by_role("tab").nth(3).click()
    expect(page.locator("#papers .count")).to_have_text(f"{len(MANY) + 2} stukken")
    rows = page.locator("ol.papers li")
    expect(rows).to_have_count(100)
    rows.last.scroll_into_view_if_needed()
    expect(rows).to_have_count(len(MANY) + 2)
    expect(page.locator("button[data-rows]")).to_have_count(0)
    page.fill("#sought input", "cloudleveranciers bakker")
    expect(rows).to_have_count(1)
    page.locator("ol.papers .open").click()
    expect(page.locator("article.paper h3")).to_have_text(["Vraag 1", "Vraag 2 en 3", "Vraag 4"])
    expect(page.locator("#paper-title")).to_be_focused()
    page.locator("#paper .back").click()
    expect(rows).to_have_count(1)
    page.fill("#sought input", "")
    page.locator("#p-numbers .label-wrap").click()
    expect(page.locator("#numbers table.bars").first).to_contain_text("Defensie")


def test_papers_that_are_uploaded_are_reported_and_searched_at_once(page: Page, tmp_path: Path) -> None:
    page.get_by_role("tab").nth(3).click()
    page.fill("#sought input", "")
    wrong = tmp_path / "notitie.txt"
    wrong.write_text("Boodschappen: melk.", encoding="utf-8")
    page.locator("#p-add .label-wrap").click()
    with page.expect_file_chooser() as choosing:
        page.locator("#upload").click()
    choosing.value.set_files([EXAMPLE, wrong])
    expect(page.locator("#intake [role=status]")).to_contain_text("1 toegevoegd", timeout=20_000)
    expect(page.locator("#intake tbody th")).to_have_text(["notitie.txt"])
    page.fill("#sought input", "ah-tk-20982099-104")
    expect(page.locator("ol.papers li")).to_have_count(1)
    page.locator("#p-add .label-wrap").click()
    page.fill("#sought input", "")


def test_an_article_is_checked_and_its_match_opened(page: Page) -> None:
    page.get_by_role("tab").nth(2).click()
    page.fill("#article textarea", "")
    page.locator("#check").click()
    expect(page.locator("#c-message [role=alert]")).to_have_text(DUTCH.check.empty)
    type_into(page.locator("#article textarea"), ARTICLE)
    page.locator("#check").click()
    expect(page.locator("#report .article mark").first).to_contain_text(CITED.quote)
    expect(page.locator("#report .article mark").first).to_have_class("good")
    expect(page.locator("#report .differences").first).to_contain_text("twaalf")
    page.get_by_role("button", name="EN English").click()
    expect(page.locator("#report .differences").first).to_contain_text("became")
    page.locator("#report .open").first.click()
    expect(page.locator("#panel mark")).to_contain_text("Er draaien twaalf systemen in het buitenland")


def test_what_is_printed_of_a_check_is_its_report_alone(page: Page) -> None:
    checked(page)
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    page.locator("#report").get_by_role("button", name=DUTCH.check.print).click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    shown = page.evaluate("document.body.innerText")
    file = pypdfium2.PdfDocument(page.pdf())
    page.emulate_media(media="screen")
    printed = " ".join(sheet.get_textpage().get_text_range() for sheet in file)
    for text in (shown, " ".join(printed.split())):
        assert CITED.quote in text
        assert DUTCH.check.quotations in text
        hidden = (
            DUTCH.tagline,
            DUTCH.tab,
            DUTCH.check.intro,
            DUTCH.check.check,
            DUTCH.check.print,
            DUTCH.check.open_match,
        )
        assert [words for words in hidden if re.search(rf"\b{re.escape(words)}(?!\w)", text)] == []
    assert file[0].get_width() < file[0].get_height()


FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    const ring = (item) => parseFloat(getComputedStyle(item).outlineWidth) > 1
        && getComputedStyle(item).outlineStyle !== 'none';
    const name = element.dataset.example ? 'welcome'
        : element.id || element.dataset.act || element.dataset.language || element.closest('[id]')?.id;
    return {name, element: element.tagName, seen: box.width > 0 && box.height > 0,
        ring: ring(element) || [...document.querySelectorAll(':focus-within')].some(ring)};
}"""


def test_the_keyboard_goes_through_every_place_in_order_and_the_focus_is_always_seen(page: Page) -> None:
    def walked(most: int) -> list[str]:
        names: list[str] = []
        for _ in range(most):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at["element"] == "BODY":
                break
            assert at["seen"], at
            assert at["ring"], at
            if not names or names[-1] != at["name"]:
                names.append(at["name"])
        return names

    def from_tab(place: int) -> list[str]:
        tab = page.get_by_role("tab").nth(place)
        tab.focus()
        page.keyboard.press("Enter" if place % 2 else "Space")
        expect(tab).to_have_attribute("aria-selected", "true")
        page.get_by_role("tab").last.focus()
        return walked(14)

    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    assert walked(3)[:2] == ["nl", "en"]
    asking = from_tab(0)
    assert [name for name in asking if name in {"welcome", "box", "send", "filters"}] == [
        "welcome", "box", "send", "filters",
    ]  # fmt: skip
    finding = from_tab(1)
    assert finding[:2] == ["words", "find"]
    checking = from_tab(2)
    assert [name for name in checking if name in {"article", "check", "c-file"}] == ["article", "check", "c-file"]
    listing = from_tab(3)
    assert [name for name in listing if name in {"p-numbers", "p-add", "sought"}] == ["p-numbers", "p-add", "sought"]
    page.get_by_role("tab").nth(2).click()
    type_into(page.locator("#article textarea"), ARTICLE)
    page.locator("#check").focus()
    page.keyboard.press("Space")
    page.wait_for_selector("#report .checked")
    page.locator("#report .open").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel section")).to_have_count(0)


def test_new_papers_are_fetched_with_progress_and_stand_in_the_list(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedder, "load", lambda name=None: CountingEmbedder())
    day = date.today() - timedelta(days=2)
    with official_services.serving() as official, indexed(tmp_path, CLOUD) as index:
        published = [official_services.answer(n, f"Molen {n} telt wolken.", day=day) for n in range(1, 6)]
        official.put(*published)
        settings = Settings(
            data=tmp_path,
            sru_url=f"{official.address}/sru",
            odata_url=f"{official.address}/OData",
            documents_url=official.address,
            fetch_delay=0.1,
        )
        with served(FakeChain(), index, settings) as address:
            page = opened(browser.new_page(), address)
            page.get_by_role("tab").nth(3).click()
            expect(page.locator("#papers .count")).to_have_text("1 stuk")
            page.locator("#p-add .label-wrap").click()
            page.evaluate(
                """() => { window.told = new Set(); new MutationObserver(() => window.told.add(document.querySelector(
                '#intake').innerText)).observe(document.body,
                {childList: true, characterData: true, subtree: true}); }"""
            )
            type_into(page.locator("#p-since input"), f"{day:%d-%m-%Y}")
            page.locator("#p-fetch-start").click()
            page.wait_for_function("window.told.size > 1", timeout=PATIENT)
            expect(page.locator("#p-fetch-start")).to_be_enabled(timeout=PATIENT)
            assert page.locator("#intake [role=alert]").all_inner_texts() == []
            expect(page.locator("#papers .count")).to_have_text("6 stukken", timeout=PATIENT)
            told = page.evaluate("[...window.told]")
            assert any(text.startswith(DUTCH.papers.listing) for text in told)
            fetching = DUTCH.papers.fetching.split("{")[0]
            assert len([text for text in told if text.startswith(fetching)]) >= 1
            expect(page.locator("#intake")).to_contain_text("5")
            expect(page.locator("#p-fetch-start")).to_be_enabled()
            page.close()


def test_behind_a_proxy_that_takes_a_prefix_off_page_answers_and_downloads_work(
    browser: Browser, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path, root_path="/kamerantwoord")
    with ExitStack() as opening:
        index = opening.enter_context(indexed(tmp_path, CLOUD))
        address = opening.enter_context(served(FakeChain(), index, settings))
        with stripping(address, "/kamerantwoord") as front:
            page = browser.new_page()
            missed: list[str] = []
            page.on("response", lambda response: missed.append(response.url) if response.status >= 400 else None)
            page.on("request", lambda request: missed.append(request.url) if "/kamerantwoord/" not in request.url
                    and not request.url.startswith(("data:", "blob:")) else None)  # fmt: skip
            opened(page, f"{front}/kamerantwoord/")
            ask(page, CLOUD_QUESTION)
            expect(page.locator(".sources.citations .card")).to_have_count(2)
            with page.expect_download() as saving:
                page.locator("#keep").get_by_role("button", name="Markdown").click()
            saving.value.save_as(tmp_path / "gesprek.md")
            assert CLOUD_QUESTION in (tmp_path / "gesprek.md").read_text(encoding="utf-8")
            page.get_by_role("tab").nth(3).click()
            page.locator("#p-add .label-wrap").click()
            with page.expect_file_chooser() as choosing:
                page.locator("#upload").click()
            choosing.value.set_files([EXAMPLE])
            expect(page.locator("#papers .count")).to_have_text("2 stukken", timeout=PATIENT)
            assert missed == []
            page.close()


def test_an_address_repeats_its_question_with_its_filters(browser: Browser, page: Page, window: Served) -> None:
    ask(page, CLOUD_QUESTION)
    page.locator("#keep").get_by_role("button", name=DUTCH.copy_address).click()
    expect(page.locator("#announcer")).to_have_text("Gekopieerd")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{window.address}/?q=Wat+weet+u+van+cloud%3F"
    other = browser.new_page()
    other.goto(f"{address}&minister=De+Raad&since=2024")
    expect(other.locator("article.turn h2")).to_have_text(CLOUD_QUESTION, timeout=PATIENT)
    expect(other.locator("#chips .chip")).to_have_count(2)
    assert window.chain.requests[-1].filters == Filters(minister="De Raad", since=date(2024, 1, 1))
    other.goto(f"{window.address}/?place=statements&q=systemen+buitenland")
    expect(other.locator("#results mark").first).to_have_text(CITED.quote, timeout=PATIENT)
    other.goto(f"{window.address}/?paper={CLOUD.id}")
    expect(other.locator("article.paper h3").first).to_have_text("Vraag 1", timeout=PATIENT)
    other.close()


def test_a_conversation_is_kept_as_markdown_and_as_a_page(page: Page, tmp_path: Path) -> None:
    ask(page, CLOUD_QUESTION)
    texts = {}
    for name in ("Markdown", "HTML"):
        with page.expect_download() as saving:
            page.locator("#keep").get_by_role("button", name=name).click()
        saving.value.save_as(tmp_path / name)
        texts[saving.value.suggested_filename] = (tmp_path / name).read_text(encoding="utf-8")
    assert set(texts) == {"gesprek.md", "gesprek.html"}
    assert f"## {CLOUD_QUESTION}" in texts["gesprek.md"]
    assert all(CITED.quote in text for text in texts.values())
    assert "<script" not in texts["gesprek.html"]


def test_who_logs_in_comes_to_the_question_that_the_address_asks(browser: Browser, tmp_path: Path) -> None:
    access.add(tmp_path / "users", "jansen", "een lang wachtwoord")
    settings = Settings(data=tmp_path, users=tmp_path / "users")
    with served(FakeChain(), FakeIndex(CLOUD), settings) as address:
        page = browser.new_page()
        page.goto(f"{address}/?q=Wat+weet+u+van+cloud%3F")
        assert Axe().run(page, options={"runOnly": WCAG}).response["violations"] == []
        page.get_by_label(DUTCH.login_name).fill("jansen")
        page.get_by_label(DUTCH.login_password).fill("een lang wachtwoord")
        page.keyboard.press("Enter")
        expect(page.locator("article.turn h2")).to_have_text(CLOUD_QUESTION, timeout=PATIENT)
        expect(page.locator(".card")).to_have_count(2)
        page.close()
