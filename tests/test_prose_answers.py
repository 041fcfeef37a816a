"""Prose among the answers: cited as a quotation in an article, one voice at a time, never as an official answer."""

from dataclasses import replace

import pytest

from chatbot.citations import NotAQuotation, cite, link, reference, verify
from chatbot.extractive import introduction
from chatbot.panel import exchange_panel, opened
from chatbot.stretches import stretches
from corpus.prose import parse_prose
from corpus.records import Official, Paper

PLUIS = Official("Van Pluis", "Minister", "Financiën")
LEAD = "De ministeries tellen voortaan iedere wolk boven het land, zo blijkt uit antwoorden."
QUOTED = (
    '"Wij tellen alle wolken", stelt minister Van Pluis van Financiën. "Dat kost weinig." De telling begint morgen al. '
    'Staatssecretaris Mist van Defensie zegt: "Wij tellen alle vogels."'
)


@pytest.fixture
def article() -> Paper:
    paper = parse_prose(f"titel: Wolken geteld\ndatum: 4 maart 2031\n\n{LEAD}\n\n{QUOTED}\n", "w.txt", "w")
    assert paper is not None
    return replace(paper, url="https://example.org/wolken")


def test_a_run_of_prose_is_cut_where_another_voice_begins(article: Paper) -> None:
    exchange = article.exchanges[1]
    spans = stretches(exchange, 0, len(exchange.answer))
    assert [exchange.answer[start:end] for start, end in spans] == [
        "Wij tellen alle wolken",
        "Dat kost weinig.",
        "De telling begint morgen al. Staatssecretaris Mist van Defensie zegt:",
        "Wij tellen alle vogels.",
    ]
    assert [cite(article, 1, *span, 1).speakers for span in spans] == [
        (PLUIS,),
        (PLUIS,),
        (),
        (Official("Mist", "Staatssecretaris", "Defensie"),),
    ]


def test_it_is_introduced_and_referred_to_as_an_article(article: Paper) -> None:
    quoted, own = cite(article, 1, 1, 23, 1), cite(article, 0, 0, len(LEAD), 2)
    assert introduction(article, article.exchanges[1], quoted, "nl") == (
        "Volgens een nieuwsartikel van 4 maart 2031, dus niet in een officieel antwoord, zei minister Van Pluis "
        "(Financiën):"
    )
    assert introduction(article, article.exchanges[0], own, "en") == (
        "In a news article of 4 March 2031, so not in an official answer, it says:"
    )
    assert reference(article) == "Nieuwsartikel «Wolken geteld», 4 maart 2031; geen officieel antwoord"
    assert link(article, "Dat kost weinig.") == "https://example.org/wolken#:~:text=Dat%20kost%20weinig."


def test_a_citation_that_puts_an_article_s_words_in_a_minister_s_mouth_is_no_quotation(article: Paper) -> None:
    own = cite(article, 0, 0, len(LEAD), 1)
    verify(own, article)
    with pytest.raises(NotAQuotation, match="speaker"):
        verify(replace(own, speakers=(PLUIS,)), article)


def test_the_panel_shows_an_article_and_no_answer(article: Paper) -> None:
    html = exchange_panel(article, opened(cite(article, 1, 1, 23, 1)), "nl")
    assert "Uit een artikel dat minister Van Pluis (Financiën) en staatssecretaris Mist (Defensie) aanhaalt" in html
    assert "<mark>Wij tellen alle wolken</mark>" in html
    assert "Verschenen op" in html
    assert "De vraag" not in html
    assert "Het antwoord van" not in html
