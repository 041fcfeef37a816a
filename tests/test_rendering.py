"""What comes from papers and people is shown as text; quotations are highlighted at their exact place."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from window_fakes import CITED, CITED_HOSTILE, CLOUD, HOSTILE, HOSTILE_TEXT

from chatbot.chips import chips, filter_labels
from chatbot.citations import cite
from chatbot.panel import Opened, Outdated, exchange_panel, full_reference, gone, opened, stepped
from chatbot.records import Answer, Citation, Turn
from chatbot.rendering import Outcome, Shown, Span, officials, paragraphs, turn
from chatbot.texts import TEXTS
from index.records import Filters


class Page(HTMLParser):
    """The elements and the text of a piece of HTML; `within(tag)` gives the texts inside every such element."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[tuple[str, int]] = []
        self._inside: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag == "input":
            return
        self._open.append((tag, len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        name, start = self._open.pop()
        assert name == tag
        self._inside.append((tag, self.text[start:]))

    def handle_data(self, data: str) -> None:
        self.text += data

    def within(self, tag: str) -> list[str]:
        return [text for name, text in self._inside if name == tag]

    def with_attribute(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.attributes if name in attributes]


def shown(answer: Answer, question: str = "Wat weet u van cloud?") -> str:
    return turn(Shown(Turn(question, answer), Outcome.DONE), 0, "nl")


def marks(html: str) -> list[tuple[str | None, str | None]]:
    cited = [item for item in Page(html).with_attribute("class") if item["class"] == "cite"]
    return [(item["data-list"], item["data-n"]) for item in cited]


@given(st.text(), st.integers(0, 40), st.integers(0, 40))
def test_paragraphs_hold_exactly_the_lines_of_the_text_whatever_is_highlighted(text: str, start: int, end: int) -> None:
    html = paragraphs(
        text, [Span(start, end, lambda part: f"<mark>{part.replace('&', '&amp;').replace('<', '&lt;')}</mark>")]
    )
    cleaned = html.replace("<mark>", "").replace("</mark>", "")
    lines = [unescape(line) for line in cleaned.removeprefix("<p>").removesuffix("</p>").split("</p><p>")]
    assert lines == ([line for line in text.split("\n") if line.strip()] or [""])


def test_a_highlight_over_two_paragraphs_is_closed_and_opened_again() -> None:
    html = paragraphs("aap\nnoot mies", [Span(1, 8, lambda part: f"<mark>{part}</mark>")])
    assert html == "<p>a<mark>ap</mark></p><p><mark>noot</mark> mies</p>"


def test_a_question_is_shown_as_typed_and_never_as_markup_formula_or_citation() -> None:
    typed = "<script>alert(1)</script> [1] $x^2$ **vet** {{value}} ${value}"
    page = Page(shown(Answer(text="Ja. [1]", citations=(CITED,)), typed))
    assert page.within("h2") == [typed]
    assert "script" not in page.tags


def test_marks_become_buttons_only_for_citations_that_exist_and_outside_quotations() -> None:
    text = f"Er staat [1] en “{HOSTILE_TEXT}” [2] maar ook [7] en [12]."
    html = shown(Answer(text=text, citations=(CITED, CITED_HOSTILE)))
    assert marks(html) == [("citations", "1"), ("citations", "2")]
    assert "[7]" in Page(html).text
    assert HOSTILE_TEXT in Page(html).text
    assert {"script", "img"} & set(Page(html).tags) == set()


def test_a_mark_in_the_question_that_introduces_a_quotation_is_not_a_citation() -> None:
    text = f"De minister antwoordde op vraag 2 (“Klopt [1]?”):\n“{CITED.quote}” [1]"
    html = shown(Answer(text=text, citations=(CITED,), mode="extractive"))
    assert marks(html) == [("citations", "1")]
    assert "(“Klopt [1]?”)" in html


def test_a_mark_is_read_aloud_with_speaker_and_date() -> None:
    [mark] = [text for text in Page(shown(Answer(text="Ja [1]", citations=(CITED,)))).within("button") if "[1]" in text]
    assert mark == (
        "[1] Citaat 1: staatssecretaris Van der Zee (Binnenlandse Zaken en Koninkrijksrelaties) "
        "en minister De Raad (Defensie), 14 november 2024"
    )


def test_a_card_gives_quotation_every_speaker_date_and_reference() -> None:
    page = Page(shown(Answer(text="Ja [1]", citations=(CITED,))))
    assert page.within("blockquote") == ["Er draaien twaalf systemen in het buitenland."]
    assert page.within("p")[-2:] == [
        "Staatssecretaris Van der Zee (Binnenlandse Zaken en Koninkrijksrelaties) en minister De Raad (Defensie)",
        "14 november 2024 · Aanhangsel Handelingen II 2024/25, nr. 901, antwoord 2 en 3",
    ]
    english = Page(turn(Shown(Turn("?", Answer(text="Yes [1]", citations=(CITED,))), Outcome.DONE), 0, "en"))
    assert english.within("p")[-2].startswith("State Secretary Van der Zee")
    assert english.within("p")[-1].startswith("14 November 2024")


def test_a_fictitious_citation_wears_its_mark_in_card_and_panel_and_has_no_official_link() -> None:
    card = Page(shown(Answer(text="Ja [2]", citations=(CITED_HOSTILE,))))
    panel = Page(exchange_panel(HOSTILE, opened(CITED_HOSTILE), "nl"))
    for page in (card, panel):
        assert [item["class"] for item in page.with_attribute("class") if item["class"] == "badge"] == ["badge"]
    assert "a" not in panel.tags
    assert TEXTS["nl"].fictitious_link in panel.within("p")


def test_the_nearest_passages_are_headed_as_no_answer_and_can_be_opened() -> None:
    html = shown(Answer(text="Geen antwoord.", abstained=True, nearest=(CITED,)))
    page = Page(html)
    assert page.within("h3") == [TEXTS["nl"].nearest]
    assert TEXTS["nl"].nearest_more in page.within("p")
    assert [(item["data-list"], item["data-n"]) for item in page.with_attribute("data-list")] == [("nearest", "1")]
    assert marks(html) == []


@pytest.mark.parametrize(
    ("outcome", "text"),
    [(Outcome.RUNNING, "searching"), (Outcome.STOPPED, "stopped"), (Outcome.FAILED, "failed"), (Outcome.DONE, None)],
)
def test_a_turn_says_how_far_its_answer_is(outcome: Outcome, text: str | None) -> None:
    page = Page(turn(Shown(Turn("Wat?"), outcome), 0, "en"))
    assert page.within("p") == ([getattr(TEXTS["en"], text)] if text else [])


def test_a_resolved_follow_up_and_the_filters_are_said_with_the_answer() -> None:
    answer = Answer(text="Ja.", searched="Wat kost de <cloud>?", filters=Filters(minister="De Raad"))
    assert Page(shown(answer, "En wat kost dat?")).within("p") == [
        "Gezocht op: Wat kost de <cloud>?",
        "Alleen: Bewindspersoon: De Raad",
        "Ja.",
    ]


def test_the_panel_highlights_the_quotation_at_its_exact_place() -> None:
    second = cite(CLOUD, 1, 46, len(CLOUD.exchanges[1].answer), 1)
    page = Page(exchange_panel(CLOUD, opened(second), "nl"))
    assert page.within("mark") == ["Dat kost € 5 miljoen & meer."]
    assert page.within("mark") == [second.quote]


def test_the_panel_of_a_cited_answer_shows_all_that_belongs_to_it() -> None:
    page = Page(exchange_panel(CLOUD, opened(CITED), "nl"))
    assert page.within("h3") == [
        "De vraag van Bakker (Partij A) en Visser (Partij B)",
        "Het antwoord van staatssecretaris Van der Zee (Binnenlandse Zaken en Koninkrijksrelaties) "
        "en minister De Raad (Defensie)",
        "Voetnoten",
    ]
    assert "Hoeveel systemen draaien in het buitenland?" in page.within("p")
    assert page.within("dd") == [
        "14 november 2024",
        "Aanhangsel Handelingen II 2024/25, nr. 901, antwoord 2 en 3 (ah-tk-20242025-901)",
    ]
    assert page.within("li") == ["1 Kamerstuk 12345, nr. 6 <script>alert(1)</script>"]
    assert "Dit antwoord verwijst naar het antwoord op vraag 1." in page.within("p")
    [link] = page.with_attribute("href")
    assert (link["href"], link["target"], link["rel"]) == (CITED.url, "_blank", "noopener noreferrer")


def test_the_panel_copies_the_quotation_alone_and_the_reference_with_speaker_date_and_address() -> None:
    html = exchange_panel(CLOUD, opened(CITED), "nl")
    assert [item["data-copy"] for item in Page(html).with_attribute("data-copy")] == [
        CITED.quote,
        full_reference(CLOUD, CLOUD.exchanges[1], CITED.quote, "nl"),
    ]
    assert full_reference(CLOUD, CLOUD.exchanges[1], CITED.quote, "nl") == (
        "Aanhangsel Handelingen II 2024/25, nr. 901, antwoord 2 en 3, staatssecretaris Van der Zee "
        f"(Binnenlandse Zaken en Koninkrijksrelaties) en minister De Raad (Defensie), 14 november 2024, {CITED.url}"
    )


def test_next_to_the_cited_answer_nothing_is_highlighted_and_a_missing_answer_is_said() -> None:
    onward = stepped(opened(CITED), 1)
    page = Page(exchange_panel(CLOUD, onward, "nl"))
    assert page.within("mark") == []
    assert TEXTS["nl"].no_answer in page.within("p")
    disabled = [item["data-go"] for item in page.with_attribute("disabled")]
    assert disabled == ["next"]
    back = Page(exchange_panel(CLOUD, stepped(onward, -1), "nl"))
    assert back.within("mark") == [CITED.quote]


@pytest.mark.parametrize("exchange", [-1, 3])
def test_an_exchange_that_the_paper_no_longer_has_is_refused(exchange: int) -> None:
    with pytest.raises(Outdated, match="ah-tk-20242025-901 has 3 exchanges"):
        exchange_panel(CLOUD, Opened(CLOUD.id, exchange, 1, 0, 5), "nl")
    assert TEXTS["nl"].gone in Page(gone("nl")).within("p")


def test_every_text_of_a_hostile_paper_stays_text_in_the_panel() -> None:
    page = Page(exchange_panel(HOSTILE, opened(CITED_HOSTILE), "nl"))
    assert {"script", "img", "i", "b", "u"} & set(page.tags) == set()
    assert page.within("mark") == [HOSTILE_TEXT]
    for text in ("<b>Ui</b> (P&P)", "<u>Wat?</u> {{value}} ${value}", "<i>Boos</i> (Fin & Co)", HOSTILE.subject):
        assert text in page.text


def test_an_address_that_is_not_https_is_never_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatbot.citations.link", lambda *_: "javascript:alert(1)")
    assert "a" not in Page(exchange_panel(CLOUD, opened(CITED), "nl")).tags


def test_filters_become_chips_that_name_what_they_remove() -> None:
    filters = Filters(minister="De <Raad>", party="P&P")
    assert filter_labels(filters, "nl") == [
        ("minister", "Bewindspersoon: De <Raad>"),
        ("party", "Partij van de vrager: P&P"),
    ]
    page = Page(chips(filters, "nl"))
    assert [item["data-remove"] for item in page.with_attribute("data-remove")] == ["minister", "party"]
    assert page.with_attribute("data-remove")[0]["aria-label"] == "Verwijder filter: Bewindspersoon: De <Raad>"
    assert chips(Filters(), "nl") == ""


def test_an_office_without_a_name_is_still_named() -> None:
    assert officials([replace(CLOUD.speakers[1], name="")], "nl") == "minister (Defensie)"
    assert officials([], "nl") == ""


def test_a_citation_without_date_or_speaker_is_named_by_its_reference() -> None:
    bare: Citation = replace(CITED, speakers=(), date=None)
    page = Page(shown(Answer(text="Ja [1]", citations=(bare,))))
    assert f"[1] Citaat 1: {bare.reference}" in page.within("button")
