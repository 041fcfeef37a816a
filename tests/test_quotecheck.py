"""Articles held against the example papers: every quotation found, judged, attributed and explained."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import beweringen
import pytest
from citaten import Article, Gold, articles
from index_fakes import CountingEmbedder
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from chatbot import check_output, check_pages
from chatbot.checked import CheckedQuotation, ClaimVerdict, Report, Speech, Verdict, Weight
from chatbot.quotecheck import check
from corpus.readers import read
from index import build
from index.search import Index

PAPERS = Path(__file__).parents[1] / "corpus" / "voorbeeld"
DEVELOPED = articles("citaten_ontwikkeling.txt")
HELD_OUT = articles("citaten_achtergehouden.txt")
FRESH = [
    article
    for file in ("citaten_redacties.txt", "citaten_streekkranten.txt", "citaten_persbureaus.txt")
    for article in articles(file)
]
"""Written by somebody who did not know how quotations are found and compared."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("check")
    embedder = CountingEmbedder()
    build.ingest((read(path) for path in sorted(PAPERS.glob("*.xml"))), folder, embedder)
    with Index.open(folder, embedder=embedder) as opened:
        yield opened


def only(text: str, index: Index, language: str = "nl") -> CheckedQuotation:
    (found,) = check(text, index, claims="none", language=language).quotations
    return found


def seen(found: CheckedQuotation, gold: Gold) -> Gold:
    """What was found, in the words of the gold."""
    places = frozenset(f"{part.citation.paper.rpartition('-')[2]}/{part.citation.answers[0]}" for part in found.parts)
    first = gold.first if found.differences and gold.first in found.differences[0].words else ""
    return Gold(found.start, found.end, found.verdict.value, places, found.speech.value, first)


def test_there_are_quotations_enough_to_measure_by() -> None:
    assert sum(len(article.quotations) for article in [*DEVELOPED, *HELD_OUT]) >= 60


@pytest.mark.parametrize("article", [*DEVELOPED, *HELD_OUT, *FRESH], ids=lambda article: article.name)
def test_every_quotation_of_an_article_is_found_and_judged(article: Article, index: Index) -> None:
    report = check(article.text, index, claims="none")
    assert [(item.start, item.end) for item in report.quotations] == [(g.start, g.end) for g in article.quotations]
    found = [seen(item, gold) for item, gold in zip(report.quotations, article.quotations, strict=True)]
    assert found == list(article.quotations)


def test_every_match_is_an_exact_copy_of_the_stored_answer(index: Index) -> None:
    for article in DEVELOPED:
        for item in check(article.text, index, claims="none").quotations:
            for part in item.parts:
                cited = part.citation
                exchange = index.paper(cited.paper).exchanges[cited.exchange]
                stored = exchange.question if part.in_question else exchange.answer
                assert stored[cited.start : cited.end] == cited.quote


SOURCE = (
    "De brug kan de huidige belasting dragen, ook wanneer twee naast elkaar gelegen hangers tegelijk zouden uitvallen."
)


@pytest.mark.parametrize(
    ("quoted", "weight", "words"),
    [
        (
            "aanmaningskosten van € 18 betaald en in 63 gevallen is zelfs een deurwaarder langs geweest",
            Weight.NUMBER,
            'het getal "36" is "63" geworden',
        ),
        ("Daar heeft de fout zich voorgedaan", Weight.NEGATION, 'het woord "niet" ontbreekt'),
        ("Die drie delen die mening niet", None, ""),
        (
            "De vertrokken tandarts heeft veertig maanden naar een opvolger gezocht",
            Weight.NUMBER,
            'het getal "veertien maanden" is "veertig maanden" geworden',
        ),
        (
            "De eerste 5.000 medewerkers, allen van mijn eigen ministerie, stappen in juli 2099 over",
            Weight.NUMBER,
            'de datum "juni 2099" is "juli 2099" geworden',
        ),
        (
            "Aangiften, aanslagen en bezwaren staan in het eigen rekencentrum van de Belastingdienst in Noorderkoog",
            Weight.NAME,
            'de naam in "Grootwierden" is "Noorderkoog" geworden',
        ),
        ("De Rijksbrugdienst achtte die scheuren toen gevaarlijk", Weight.NEGATION, "de ontkenning is omgedraaid"),
        ("Een wettelijk verbod acht ik een te zwaar middel", Weight.WORDS, '"echter" is weggelaten'),
    ],
)
def test_what_changes_the_sense_is_told_first_and_in_words(
    quoted: str, weight: Weight | None, words: str, index: Index
) -> None:
    found = only(f'De minister zei: "{quoted}."', index)
    if weight is None:
        assert found.verdict is not Verdict.EXACT
        return
    assert found.verdict is Verdict.ALTERED
    assert found.differences[0].weight is weight
    assert words in found.differences[0].words


@pytest.mark.parametrize(
    "printed",
    [
        "“De brug kan de huidige belasting dragen”",
        "»De brug kan de huidige belasting dragen«",
        "‚De brug kan de huidige be-\nlasting dragen‘",
        '"de brug  kan de huidige\u00a0belasting dragen,"',
        "«[D]e brug kan de huidige belasting dragen»",
        "„De brug [de Zwaanbrug] kan de huidige belasting dragen (…) zouden uitvallen.”",
        "'De brug kan de huidige belasting dragen, ook wanneer twee naast elkaar-gelegen hangers tegelijk'",
    ],
)
def test_typography_and_what_a_quotation_owns_up_to_leave_it_exact(printed: str, index: Index) -> None:
    assert only(f"Minister Duinkerker zegt: {printed}.", index).verdict is Verdict.EXACT


def test_an_ellipsis_cannot_hide_a_negation(index: Index) -> None:
    found = only("“Die keuze heeft ons kwetsbaar gemaakt”, zegt zij. ", index)
    assert found.verdict is Verdict.EXACT
    found = only("“Voor het horecapersoneel is dat … gelukt”, zegt staatssecretaris Van ’t Zilt.", index)
    assert found.verdict is Verdict.ALTERED
    assert found.differences[0].words == 'in wat is weggelaten staat het woord "niet"'


def test_a_negation_reaches_a_quotation_through_the_words_that_lead_into_it(index: Index) -> None:
    found = only("Minister Quispelaar zegt dat het “om een onomkeerbare keuze” gaat.", index)
    assert found.verdict is Verdict.ALTERED
    assert found.differences[0].weight is Weight.NEGATION


def test_what_only_shares_common_words_is_not_named_as_the_nearest(index: Index) -> None:
    found = only("“Kamelen dansen niet over het ijs van de maan”, zegt minister Duinkerker.", index)
    assert (found.verdict, found.nearest) == (Verdict.NOT_FOUND, None)
    found = only(
        "“Het beheer van de Defensiewolk kost tien keer zoveel als wij ooit hadden durven dromen”, zegt zij.", index
    )
    assert found.nearest is not None


@pytest.mark.parametrize(
    ("named", "speech"),
    [("Kamerlid Kruimel", Speech.RIGHT), ("minister Brandemeer", Speech.WRONG), ("Kamerlid Pluvier", Speech.WRONG)],
)
def test_words_of_a_question_without_an_answer_are_a_members(named: str, speech: Speech, index: Index) -> None:
    quoted = "sterk genoeg voor de zware goederentreinen die er vanwege de Zwaanbrug over worden geleid"
    found = only(f"Is de brug “{quoted}”, vroeg {named}.", index)
    assert found.verdict is Verdict.EXACT
    assert found.match is not None
    assert (found.match.citation.paper, found.match.in_question) == ("kv-tk-2099Z04533", True)
    assert (found.match.citation.speakers, found.speech) == ((), speech)


def test_words_of_a_question_are_never_given_to_a_minister(index: Index) -> None:
    question = "Waarom bestaat er geen wettelijke maximumtemperatuur voor werkplekken?"
    found = only(f"“{question}”, aldus minister Rozenhagen.", index)
    assert found.match is not None
    assert (found.match.in_question, found.match.citation.speakers, found.speech) == (True, (), Speech.WRONG)
    assert found.notes == ("dit zijn woorden uit de vraag van Ten Kattelaar, niet van een bewindspersoon",)


def test_a_wrong_office_of_the_right_person_is_remarked_upon(index: Index) -> None:
    found = only("“Voor deze leerlingen moet er altijd een uitzondering zijn”, zegt minister Karaçelik.", index)
    assert found.speech is Speech.RIGHT
    assert "staatssecretaris Karaçelik" in found.notes[0]


CLAIMS = {
    "De bodem rond Laagveen daalt gemiddeld 11 millimeter per jaar.": ClaimVerdict.SUPPORTED,
    "De bodem rond Laagveen daalt gemiddeld 14 millimeter per jaar.": ClaimVerdict.CONTRADICTED,
    "Belastingaangiften staan bij Cirrostrate.": ClaimVerdict.CONTRADICTED,
    "Minister Van der Kwelder is niet bereid een algeheel vuurwerkverbod in te voeren.": ClaimVerdict.SUPPORTED,
    "Staatssecretaris Karaçelik stelt dat scholen dwang nodig hebben bij horloges.": None,
    "Xylofoons zijn voortaan verplicht op elke veerpont tussen Parijs en Rome.": ClaimVerdict.NOT_FOUND,
}


@pytest.mark.parametrize(("claim", "verdict"), CLAIMS.items())
def test_a_claim_gets_a_verdict_only_where_rules_are_sure(
    claim: str, verdict: ClaimVerdict | None, index: Index
) -> None:
    (found,) = check(claim, index).claims
    assert found.verdict is verdict
    assert found.evidence


def test_verdicts_on_claims_are_given_only_where_they_are_right(index: Index) -> None:
    found = {claim: check(claim, index, claims="all").claims[0].verdict for claim in beweringen.CLAIMS}
    given = {claim: verdict for claim, verdict in found.items() if verdict is not None}
    assert {claim: verdict for claim, verdict in given.items() if verdict is not beweringen.CLAIMS[claim]} == {}
    assert len(beweringen.CLAIMS) == 40
    assert len(given) >= 28


def test_a_claim_is_what_an_official_is_said_to_have_said(index: Index) -> None:
    text = (
        "Het regent. Minister Rozenhagen van Sociale Zaken benadrukt dat de uitbetaling juist was. “De fout zat alleen "
        "in de brief; de uitbetaling was juist”, zegt zij. Daarnaast is de wachttijd nu zes minuten. De markt is dicht."
    )
    report = check(text, index)
    assert [claim.text for claim in report.claims] == [
        "Minister Rozenhagen van Sociale Zaken benadrukt dat de uitbetaling juist was.",
        "Daarnaast is de wachttijd nu zes minuten.",
    ]
    assert check(text, index, claims="none").claims == ()


@pytest.mark.parametrize(
    ("written", "verdict", "by_model"),
    [
        ("OORDEEL: tegengesproken\nCITAAT [1]: {quote}", ClaimVerdict.CONTRADICTED, True),
        ("OORDEEL: onderbouwd\nCITAAT [1]: woorden die nergens in de stukken staan", None, False),
        ("OORDEEL: onbekend\nCITAAT [1]: {quote}", None, False),
        ("Ik weet het niet.", None, False),
    ],
)
def test_a_models_verdict_counts_only_with_a_quotation_that_stands_there(
    written: str, verdict: ClaimVerdict | None, by_model: bool, index: Index
) -> None:
    claim = "Staatssecretaris Karaçelik stelt dat scholen dwang nodig hebben bij horloges."
    (shown,) = check(claim, index).claims
    model = GenericFakeChatModel(messages=iter([AIMessage(written.format(quote=shown.evidence[0].quote))]))
    (found,) = check(claim, index, model=model).claims
    assert (found.verdict, found.by_model) == (verdict, by_model)


@pytest.fixture(scope="module")
def report(index: Index) -> Report:
    return check(DEVELOPED[2].text + "\nMinister Quispelaar meldt dat er twee Europese inschrijvers waren.", index)


def test_the_json_is_the_contracts_with_more(report: Report) -> None:
    for record in json.loads(json.dumps(check_output.quotations(report))):
        assert {"quote", "attributed_to", "verdict", "similarity", "match", "differences"} <= set(record)
        assert record["verdict"] in {"exact", "altered", "partial", "not_found"}
        assert all(item["kind"] in {"insert", "delete", "replace"} for item in record["differences"])
        assert (record["match"] is None) == (record["verdict"] == "not_found")


def test_the_page_loads_nothing_and_escapes_what_comes_from_outside(index: Index) -> None:
    text = 'Minister Duinkerker: "<script>alert(1)</script> De brug kan de huidige belasting dragen, zegt <b>men</b>."'
    page = check_pages.page(check(text, index), "<i>x</i>.txt")
    assert "<script" not in page
    assert "<i>x" not in page
    assert not re.search(r"(?:\ssrc=|@import|url\(|<link)", page)
    assert "&lt;script&gt;" in page


def test_all_forms_of_a_report_tell_the_same_verdicts(report: Report) -> None:
    forms = [check_output.table(report).lower(), check_pages.page(report), check_pages.markdown(report)]
    for item in report.quotations:
        for difference in item.differences:
            told = " ".join(difference.words.split()[:3]).lower()
            assert all(
                told in re.sub(r"\s+", " ", form.lower().replace("&quot;", '"').replace("\\", "")) for form in forms
            )


def test_a_text_in_english_is_told_in_english(index: Index) -> None:
    found = only("“Daar heeft de fout zich voorgedaan”, zegt zij.", index, language="en")
    assert found.differences[0].words == 'the word "niet" is missing'
