from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.numerals import Day, Number, canonical, figures, is_numeral


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("12,5 miljoen euro", "nl", {Number("12500000", "€")}),
        ("€ 1.500", "nl", {Number("1500", "€")}),
        ("1\u202f500 woningen", "nl", {Number("1500")}),
        ("twaalf", "nl", {Number("12")}),
        ("tweeëntwintig procent", "nl", {Number("22", "%")}),
        ("honderdvijftigduizend dagen", "nl", {Number("150000", "dag")}),
        ("één keer", "nl", {Number("1")}),
        ("de 5e keer, de vijfde", "nl", {Number("5")}),
        ("tientallen, de helft", "nl", {Number("10+"), Number("1/2")}),
        ("16,500 people", "en", {Number("16500")}),
        ("16.500 people", "en", {Number("16500")}),
        ("twenty-five percent", "en", {Number("25", "%")}),
        ("2.5 billion", "en", {Number("2500000000")}),
        ("twelve weeks", "en", {Number("12", "week")}),
    ],
)
def test_numbers_in_digits_and_words_have_one_value(text: str, language: str, expected: set[Number]) -> None:
    assert figures(text, language).numbers == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("op 14 november 2024", "nl", {Day(14, 11, 2024)}),
        ("op 14-11-2024", "nl", {Day(14, 11, 2024)}),
        ("2024-11-14", "nl", {Day(14, 11, 2024)}),
        ("in november", "nl", {Day(None, 11, None)}),
        ("in mei 2025", "nl", {Day(None, 5, 2025)}),
        ("November 14, 2024", "en", {Day(14, 11, 2024)}),
        ("the 3rd of May", "en", {Day(3, 5, None)}),
        ("it may be", "en", set()),
        ("in september 500 woningen", "nl", {Day(None, 9, None)}),
    ],
)
def test_dates_are_read_in_every_usual_form(text: str, language: str, expected: set[Day]) -> None:
    assert figures(text, language).days == expected


def test_words_that_hold_digits_are_codes_and_no_numbers() -> None:
    read = figures("zaak 2024Z18294 over 5G", "nl")
    assert (read.codes, read.numbers) == ({"2024z18294", "5g"}, frozenset())


def test_een_is_a_number_only_where_asked_for() -> None:
    assert figures("een huis", "nl").numbers == {Number("1")}
    assert figures("een huis", "nl", articles=False).numbers == frozenset()


def test_a_numeral_is_told_from_another_word() -> None:
    assert [is_numeral(word) for word in ("Twaalf", "hundreds", "miljoen", "Rutte")] == [True, True, True, False]


@given(st.integers(0, 10**12))
def test_dutch_digits_round_trip_with_points_between_thousands(value: int) -> None:
    written = f"{value:,}".replace(",", ".")
    assert figures(f"Het zijn er {written}.", "nl").numbers == {Number(canonical(Decimal(value)))}
