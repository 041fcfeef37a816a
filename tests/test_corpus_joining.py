"""Glued text mended where the printed line ended, and left alone everywhere else."""

# ruff: noqa: E501 - the papers are printed as they are

import pytest

from corpus.cleaning import printed_text
from corpus.joining import keeps_hyphen, mend, own_words
from corpus.linebreaks import possible_ends
from corpus.mapped import MappedText

NONE: frozenset[str] = frozenset()


def mended(text: str, own: frozenset[str] = NONE) -> str:
    return MappedText.copy(text, 0, len(text)).edited(mend(text, own).edits).text


@pytest.mark.parametrize(
    ("glued", "whole"),
    [
        (
            "De minister heeft bij de behandeling van de begroting toegezegd dat hetwolkenrapport nog voor de zomer naar "
            "de Kamer wordt gestuurd en dat daarinook de kosten worden vermeld.",
            "De minister heeft bij de behandeling van de begroting toegezegd dat het wolkenrapport nog voor de zomer naar "
            "de Kamer wordt gestuurd en dat daarin ook de kosten worden vermeld.",
        ),
        (
            "Er wordt op dit moment onderzoek gedaan naar de vraag hoeveel medewer-kers er nodig zijn voor het tellen.",
            "Er wordt op dit moment onderzoek gedaan naar de vraag hoeveel medewerkers er nodig zijn voor het tellen.",
        ),
        (
            "Over het tellen van wolken is vorig jaar een afspraak gemaakt met de regering.Dit jaar wordt die afspraak "
            "opnieuw bekeken.",
            "Over het tellen van wolken is vorig jaar een afspraak gemaakt met de regering. Dit jaar wordt die afspraak "
            "opnieuw bekeken.",
        ),
        (
            "Via het instellen van sancties voor gewelddadige burgers en voor hetEU-wolkenrechtenbeschermingsregime toont "
            "de EU haar zorgen.",
            "Via het instellen van sancties voor gewelddadige burgers en voor het EU-wolkenrechtenbeschermingsregime toont "
            "de EU haar zorgen.",
        ),
        (
            "Het kabinet beziet of de huidige vorm van het toezicht van de NVWAvoortvarend genoeg is voor alle wolken in het land.",
            "Het kabinet beziet of de huidige vorm van het toezicht van de NVWA voortvarend genoeg is voor alle wolken in het land.",
        ),
        (
            "Het gaat om de verantwoordelijkheid voor het beheer van wolken en heeftt.a.v. de telling geen gevolgen voor wie telt.",
            "Het gaat om de verantwoordelijkheid voor het beheer van wolken en heeft t.a.v. de telling geen gevolgen voor wie telt.",
        ),
        (
            "De organisatie voor het tellen van wolken in dit land schat dat er sinds 201430.396 wolken zijn geteld in dit land.",
            "De organisatie voor het tellen van wolken in dit land schat dat er sinds 2014 30.396 wolken zijn geteld in dit land.",
        ),
        ("Zo ja, waarom?Welke stappen worden gezet?", "Zo ja, waarom?\nWelke stappen worden gezet?"),
        (
            "De externe functie van de teller van wolken is met ingang van dit jaar gericht opsamenwerkingsvraagstukken die er zijn.",
            "De externe functie van de teller van wolken is met ingang van dit jaar gericht op samenwerkingsvraagstukken die er zijn.",
        ),
        (
            "Er zijn daarnaast verschillende trajecten om over de grenzen van domein-en sectoroverstijgende "
            "samenwerking te betalen.",
            "Er zijn daarnaast verschillende trajecten om over de grenzen van domein- en sectoroverstijgende "
            "samenwerking te betalen.",
        ),
    ],
)
def test_what_was_glued_at_a_line_end_is_taken_apart(glued: str, whole: str) -> None:
    assert mended(glued) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Het jeugdhulpgebruik en het gevangenispersoneel.",
        "De tweede alinea heeft hier woorden met elk een eigen spatie, zoals het hoort, en is langer dan een enkele "
        "regel van het gedrukte blad, zodat er beslist ergens een regeleinde moet zijn geweest.",
    ],
)
def test_text_without_glue_stays_as_it_is(text: str) -> None:
    assert mended(text) == text


def test_a_short_line_that_ends_a_sentence_ends_a_paragraph() -> None:
    text = "Dat is zo.Daarnaast wordt er in de komende maanden een nieuwe telling van wolken gehouden."
    assert mended(text) == text.replace("zo.", "zo.\n")


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("de PVM-", "fractie", True),
        ("een commissie-", "debat", False),
        ("de schadeaf-", "handeling", False),
        ("wet-", "en regelgeving", True),
        ("mbo-", "instellingen", True),
        ("EU-", "landen", True),
        ("zuid-", "Holland", True),
        ("kan plaatsvin-", "den.", False),
        ("domein-", "en sectoroverstijgend", True),
        ("de Deskundigencom-", "missie van wijzen", False),
        ("alle procureurs-", "generaal samen", True),
        ("de minister-", "president zelf", True),
        ("van het lock-in-", "effect dat", True),
    ],
)
def test_only_hyphens_of_broken_words_go(before: str, after: str, kept: bool) -> None:
    assert keeps_hyphen(before, after, NONE) is kept


@pytest.mark.parametrize(
    ("token", "place"),
    [("Nedersaksenlijnen", 15), ("studiefinancierings-wetgeving", 20)],
)
def test_a_line_ends_before_or_after_a_word_of_the_paper_or_at_a_hyphen(token: str, place: int) -> None:
    own = frozenset({"nedersaksenlijn", "studiefinanciering"})
    assert min(possible_ends(token, own).places, key=lambda found: found[1])[0] == place


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        (
            "het gebied ( Search and Rescue , SAR-zone) van de wolken",
            "het gebied (Search and Rescue, SAR-zone) van de wolken",
        ),
        ("de plicht (« to prevent »), die er is .", "de plicht («to prevent»), die er is."),
        ("een domein-\nen sectorbrede telling, huis-\naan-huis", "een domein- en sectorbrede telling, huis-aan-huis"),
        ("een marge van 3 % , een € 5 : 2 en een ... of .5", "een marge van 3 % , een € 5: 2 en een ... of .5"),
    ],
)
def test_space_goes_where_the_printed_page_has_none_and_comes_where_it_has(printed: str, clean: str) -> None:
    assert printed_text(printed, 0, len(printed), [], NONE).text == clean


def test_a_hyphen_stays_where_the_paper_prints_it_elsewhere() -> None:
    assert keeps_hyphen("het vier-", "ogen", frozenset({"vier-ogen"}))


def test_a_word_that_is_broken_each_time_is_no_word_of_the_paper() -> None:
    text = "Over hypotheti-sche wolken. Niet over hypotheti-sche wolken. Met vier-ogen. Zonder vier-ogen."
    assert own_words(text) == {"vier-ogen"}
