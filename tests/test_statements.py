"""Statements are found by words and by filters, in every order, with the sentence in its context, and can be kept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from index_fakes import HAAS, VEEN
from test_rendering import Page
from window_fakes import CITED, CLOUD, indexed

from chatbot.asked import stands_in, stems_of
from chatbot.bibliography import Format, export
from chatbot.promises import is_promise
from chatbot.references import key
from chatbot.statement_cards import results
from chatbot.statements import Order, by_month, find, ordered
from corpus.records import Exchange, Member, Paper, PaperKind
from index.records import Filters
from index.search import Index


def paper(number: int, day: date | None, *answers: str) -> Paper:
    return Paper(
        id=f"ah-tk-20302031-{number}",
        kind=PaperKind.ANSWER,
        subject=f"Onderwerp {number}",
        number=number,
        session_year="2030-2031",
        exchanges=tuple(
            Exchange(answers=(place,), question="Wat doet u?", answer=answer) for place, answer in enumerate(answers, 1)
        ),
        askers=(Member("Bos", "VVO"),),
        speakers=(HAAS if number % 2 else VEEN,),
        answered=day,
    )


GEESE = paper(11, date(2030, 11, 4), "Dat is zo. De gans eet gras van de boer. Daarna vliegt zij weg naar zee.")
SUBSIDY = paper(
    12, date(2031, 2, 1), "Voor elke gans is er subsidie in dit jaar.", "Ik zal uw Kamer hierover informeren."
)
TRAINS = paper(13, None, "De trein rijdt ieder uur langs de oude dijk.")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with indexed(tmp_path_factory.mktemp("uitspraken"), GEESE, SUBSIDY, TRAINS) as opened:
        yield opened


def quotes(index: Index, sought: str, filters: Filters = Filters(), *, promises: bool = False) -> list[str]:
    return [item.citation.quote for item in find(index, sought, filters, promises=promises)]


def test_the_sentence_with_the_words_is_found_in_its_context(index: Index) -> None:
    found = [item for item in find(index, "gans gras", Filters()) if item.literal]
    assert [item.citation.quote for item in found] == ["De gans eet gras van de boer."]
    context = GEESE.exchanges[0].answer[found[0].context_start : found[0].context_end]
    assert context == GEESE.exchanges[0].answer


def test_statements_with_the_words_come_before_those_without(index: Index) -> None:
    found = find(index, "gans", Filters())
    assert [item.literal for item in found] == sorted((item.literal for item in found), reverse=True)
    assert [item.citation.n for item in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(
    ("word", "answer", "stands"),
    [
        ("asiel", "Het asielbeleid is streng.", True),
        ("beleid", "Het asielbeleid is streng.", True),
        ("asielbeleid", "Het beleid is streng.", False),
        ("asielzoekers", "Een asielzoeker wacht.", True),
        ("eis", "Er is een reis geboekt.", False),
    ],
)
def test_a_word_is_found_in_compounds_that_it_begins_or_ends(word: str, answer: str, stands: bool) -> None:
    (stem,) = stems_of(word).stems
    assert stands_in(stem, stems_of(answer)) is stands


def test_without_words_the_filters_alone_decide(index: Index) -> None:
    assert quotes(index, "", Filters(minister="Van der Veen")) == [
        "Voor elke gans is er subsidie in dit jaar.",
        "Ik zal uw Kamer hierover informeren.",
    ]
    assert quotes(index, " ", Filters(since=date(2032, 1, 1))) == []


def test_only_promises_are_shown_when_asked_for(index: Index) -> None:
    assert quotes(index, "", promises=True) == ["Ik zal uw Kamer hierover informeren."]


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        ("Ik zeg u toe dat ik dit uitzoek.", True),
        ("Zoals toegezegd in het debat volgt een brief.", True),
        ("Ik zal de Kamer hier voor de zomer over informeren.", True),
        ("De Kamer wordt hierover voor het einde van het jaar geïnformeerd.", True),
        ("Het kabinet zal de regeling dit najaar evalueren.", True),
        ("Ik stuur uw Kamer het rapport.", True),
        ("Ik kom hier in het najaar op terug.", True),
        ("Ik zal dat niet doen.", False),
        ("Daarom ga ik binnenkort op werkbezoek.", True),
        ("Ik heb gemeld dat het kabinet dit nader zal onderzoeken.", True),
        ("Daar ga ik niet over.", False),
        ("Op de derde ga ik in het antwoord op vraag 7 nader in.", False),
        ("De namen noem ik niet, omdat vertrouwelijkheid is toegezegd.", False),
        ("Ik ga ervan uit dat dit klopt.", False),
        ("Dat kan ik u niet toezeggen.", False),
        ("De gans eet gras.", False),
        ("Hij heeft dat gezegd.", False),
    ],
)
def test_a_promise_is_told_from_other_sentences(sentence: str, promised: bool) -> None:
    assert is_promise(sentence) is promised


def test_orders_by_date_put_what_has_none_last(index: Index) -> None:
    found = find(index, "gans trein dijk", Filters())
    days = [date(2030, 11, 4), date(2031, 2, 1), date(2031, 2, 1), None]
    assert [item.citation.date for item in ordered(found, Order.OLDEST)] == days
    assert [item.citation.date for item in ordered(found, Order.NEWEST)] == [days[1], days[1], days[0], None]
    assert [item.citation.n for item in ordered(found, Order.RELEVANCE)] == [1, 2, 3, 4]


def test_a_month_without_statements_is_counted_as_none(index: Index) -> None:
    months = by_month(find(index, "gans", Filters()))
    assert months == [(date(2030, 11, 1), 1), (date(2030, 12, 1), 0), (date(2031, 1, 1), 0), (date(2031, 2, 1), 2)]


def test_a_card_marks_the_sentence_and_says_what_it_is(index: Index) -> None:
    page = Page(results(index, find(index, "", Filters(minister="Van der Veen")), 1, "nl"))
    assert page.within("mark") == ["Voor elke gans is er subsidie in dit jaar."]
    assert "Toon er nog 1" in page.within("button")
    assert "2 uitspraken gevonden." in page.within("p")
    assert "Geen uitspraken gevonden." in Page(results(index, (), 20, "nl")).within("p")


WHO = (
    "staatssecretaris Van der Zee (Binnenlandse Zaken en Koninkrijksrelaties) en minister De Raad (Defensie), "
    "14 november 2024"
)
MARKED = replace(CITED, quote="100 % & {meer}_dan\n$5\\", subject="Onderwerp #1", start=7)


def test_a_spreadsheet_holds_every_quotation_as_it_is() -> None:
    rows = list(csv.DictReader(io.StringIO(export([CITED, MARKED], Format.CSV))))
    assert [row["quotation"] for row in rows] == [CITED.quote, MARKED.quote]
    assert rows[0]["speakers"].startswith("staatssecretaris Van der Zee")
    assert (rows[0]["date"], rows[0]["paper"], rows[0]["answers"]) == ("2024-11-14", CLOUD.id, "2 3")


def test_reference_managers_get_what_they_can_read() -> None:
    entry = json.loads(export([MARKED], Format.CSL))[0]
    asked = "op vragen 2 en 3 («Hoeveel systemen draaien in het buitenland? Wat kost dat?»)"
    assert entry["note"] == f"“100 % & {{meer}}_dan $5\\”, {WHO}, {asked}"
    assert entry["issued"] == {"date-parts": [[2024, 11, 14]]}
    ris = export([CITED], Format.RIS).splitlines()
    assert (ris[0], ris[-1]) == ("TY  - GOVDOC", "ER  - ")
    assert [line for line in ris if line.startswith("DA")] == ["DA  - 2024/11/14"]
    bibtex = export([MARKED], Format.BIBTEX)
    assert rf"note = {{“100 \% \& $\lbrace$meer$\rbrace$\_dan \$5\textbackslash{{}}”, {WHO}, {asked}}}" in bibtex
    assert bibtex.count("{") == bibtex.count("}")


def test_no_two_quotations_have_one_key() -> None:
    assert (
        len({key(item) for item in (CITED, MARKED, replace(CITED, answers=(), exchange=2), replace(CITED, answers=()))})
        == 4
    )
