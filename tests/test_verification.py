from __future__ import annotations

import pytest
from dorpshuizen import EVIDENCE, TER_HORST, citation

from chatbot.drafts import sentences
from chatbot.records import Citation
from chatbot.verification import Flaw, check

KNOWN = {citation.n: citation for citation in EVIDENCE}


def flaws(text: str, language: str = "nl", known: dict[int, Citation] = KNOWN) -> list[Flaw]:
    (sentence,) = sentences([text])
    return [finding.flaw for finding in check(sentence, known, language)]


@pytest.mark.parametrize(
    "text",
    [
        "Het fonds keert 12.500 euro per dorp uit. [1]",
        "Per dorp is ten hoogste €12.500 beschikbaar. [1]",
        "Minister Van Dalen van Financiën zei op 3 mei 2024 dat het fonds uitkeert. [1]",
        "De regeling gaat in 2026 nog niet eerder in dan op 1 januari. [2]",
        "Volgens staatssecretaris Ter Horst van VWS zijn er 12 aanvragen, waarvan 40% uit Zeeland. [3]",
        "Twaalf aanvragen zijn ontvangen. [3]",
        "Aanvragen zijn ontvangen. [3]",
        "Het fonds keert “per dorp ten hoogste 12.500 euro” uit. [1]",
        "Het fonds keert „per dorp” uit. [1]",
        "Het fonds keert 'per dorp' uit. [1]",
        "'t Fonds keert per dorp uit, op z'n hoogst 12.500 euro. [1]",
        "Ja. [4]",
    ],
)
def test_a_sentence_that_says_what_its_source_says_passes(text: str) -> None:
    assert flaws(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The fund pays each village at most 12,500 euros. [1]",
        "The scheme will not start before January 1, 2026. [2]",
        "Twelve applications came in, 40 percent of them from Zeeland. [3]",
        "State Secretary Ter Horst (Health, Welfare and Sport) received 12 requests in November 2024. [3]",
        "The scheme doesn't start before 2026. [2]",
    ],
)
def test_an_english_sentence_is_held_against_its_dutch_source(text: str) -> None:
    assert flaws(text, "en") == []


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("Het fonds keert per dorp uit.", Flaw.UNCITED),
        ("Het fonds keert per dorp uit. [9]", Flaw.UNKNOWN_SOURCE),
        ("Het fonds keert per dorp uit. [1] [99]", Flaw.UNKNOWN_SOURCE),
        ("[1] Het fonds keert ten hoogste", Flaw.UNFINISHED),
        ("Het fonds keert “per stad” uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert “per  dorp“ uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert “per dorp, ten hoogste 12.500 euro” uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert “Per dorp” uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert ‘per stad’ uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert 'per stad' uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert «per stad» uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert »per stad« uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert ‹per stad› uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert „per stad“ uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert ‚per stad’ uit. [1]", Flaw.QUOTATION),
        ('Het fonds keert "per stad" uit. [1]', Flaw.QUOTATION),
        ("Het fonds keert ''per stad'' uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert “per stad uit. [1]", Flaw.QUOTATION),
        ("Het fonds keert 't per stad' uit. [1]", Flaw.QUOTATION),
        ('Het “fonds keert "per stad" ten hoogste” uit. [1]', Flaw.QUOTATION),
        ("Het fonds keert uit: “Ja.” [1]", Flaw.QUOTATION),
        ("Het fonds keert 13.500 euro uit. [1]", Flaw.NUMBER),
        ("Het fonds keert 12,500 euro uit. [1]", Flaw.NUMBER),
        ("Het fonds keert 12.500 dollar uit. [1]", Flaw.NUMBER),
        ("Het fonds keert 12.500 miljoen euro uit. [1]", Flaw.NUMBER),
        ("Het fonds keert ③ euro uit. [1]", Flaw.NUMBER),
        ("Het fonds keert ٣ euro uit. [1]", Flaw.NUMBER),
        ("Het fonds keert twee keer uit. [1]", Flaw.NUMBER),
        ("Het fonds keert tweehonderd euro uit. [1]", Flaw.NUMBER),
        ("Het fonds keert tientallen euro's uit. [1]", Flaw.NUMBER),
        ("Het fonds keert één keer uit. [1]", Flaw.NUMBER),
        ("Het fonds keert ook aan de A12 uit. [1]", Flaw.NUMBER),
        ("Er zijn 40 aanvragen uit Zeeland, 12 procent van alle. [3]", Flaw.NUMBER),
        ("Er zijn twaalf aanvragen ontvangen. [1]", Flaw.NUMBER),
        ("De regeling gaat niet in op 1 februari 2026. [2]", Flaw.DATE),
        ("De regeling gaat niet in op 2 januari 2026. [2]", Flaw.DATE),
        ("De regeling gaat niet in op 3 januari 2024. [2]", Flaw.DATE),
        ("Rutte keert per dorp uit. [1]", Flaw.NAME),
        ("Het fonds van Rutte keert per dorp uit. [1]", Flaw.NAME),
        ("Het fonds keert per dorp in Limburg uit. [1]", Flaw.NAME),
        ("Het fonds keert volgens de AVG per dorp uit. [1]", Flaw.NAME),
        ("Het fonds keert maandag per dorp uit. [1]", Flaw.NAME),
        ("De minister heeft aanvragen ontvangen. [3]", Flaw.NAME),
        ("Minister Ter Horst keert per dorp uit het fonds uit. [1]", Flaw.NAME),
        ("Oudewaard is bekend. [4]", Flaw.NAME),
        ("Het fonds staat op https://voorbeeld.nl/?q=dorp. [1]", Flaw.MARKUP),
        ("Het fonds ![dorp](adres) keert uit. [1]", Flaw.MARKUP),
        ("Het <b>fonds</b> keert per dorp uit. [1]", Flaw.MARKUP),
        ("De kippen leggen prachtige eieren. [1]", Flaw.UNRELATED),
        ("Minister Van Dalen van Financiën is bereid excuses aan te bieden. [1]", Flaw.UNRELATED),
        ("De regeling gaat eerder in. [2]", Flaw.NEGATION),
        ("Het fonds keert niet per dorp uit. [1]", Flaw.NEGATION),
    ],
)
def test_what_the_source_does_not_say_is_found(text: str, flaw: Flaw) -> None:
    assert flaw in flaws(text)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("The fund pays 13,500 euros. [1]", Flaw.NUMBER),
        ("The fund pays twice. [1]", Flaw.NUMBER),
        ("The scheme does not start before February 2026. [2]", Flaw.DATE),
        ("Rutte says the fund pays. [1]", Flaw.NAME),
        ("The fund pays in Germany. [1]", Flaw.NAME),
        ("The minister received requests. [3]", Flaw.NAME),
        ("The scheme will start in 2026. [2]", Flaw.NEGATION),
        ("The fund pays “per village”. [1]", Flaw.QUOTATION),
    ],
)
def test_what_the_source_does_not_say_is_found_in_english(text: str, flaw: Flaw) -> None:
    assert flaw in flaws(text, "en")


def test_each_stretch_of_a_sentence_is_held_against_the_source_named_behind_it() -> None:
    assert flaws("Het fonds keert 12.500 euro uit [1] en er zijn twaalf aanvragen. [3]") == []
    assert flaws("Het fonds heeft twaalf aanvragen [1] en er is 12.500 euro. [3]") == [Flaw.NUMBER, Flaw.NUMBER]


def test_the_flaw_names_the_words_that_show_it() -> None:
    (sentence,) = sentences(["Het fonds keert 13.500 euro uit in Limburg. [1]"])
    assert [(finding.flaw, finding.words) for finding in check(sentence, KNOWN, "nl")] == [
        (Flaw.NUMBER, "13500 €"),
        (Flaw.NAME, "Limburg"),
    ]


def test_an_office_belongs_to_who_is_cited() -> None:
    known = {1: citation(1, "Het fonds keert uit.", TER_HORST)}
    assert flaws("De staatssecretaris zegt dat het fonds uitkeert. [1]", known=known) == []
    assert flaws("De minister zegt dat het fonds uitkeert. [1]", known=known) == [Flaw.NAME]
