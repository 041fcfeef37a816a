"""Glued text mended where the printed line ended, and left alone everywhere else."""

# ruff: noqa: E501 - the papers are printed as they are

import pytest

from corpus.joining import keeps_hyphen, mend
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
    ],
)
def test_only_hyphens_of_broken_words_go(before: str, after: str, kept: bool) -> None:
    assert keeps_hyphen(before, after, NONE) is kept


def test_a_hyphen_stays_where_the_paper_prints_it_elsewhere() -> None:
    assert keeps_hyphen("het vier-", "ogen", frozenset({"vier-ogen"}))
