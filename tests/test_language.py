"""Questions are recognised as Dutch or English; dates and lists read as that language writes them."""

from __future__ import annotations

from datetime import date

import pytest

from chatbot.language import detect, enumeration, long_date


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wat zegt de minister over de nachtveerboot?", "nl"),
        ("What does the minister say about the night ferry?", "en"),
        ("and when?", "en"),
        ("hoi", "nl"),
        ("", "nl"),
        ("???", "nl"),
    ],
)
def test_the_language_of_a_question(text: str, language: str) -> None:
    assert detect(text) == language


def test_dates_have_their_month_in_words() -> None:
    assert long_date(date(2099, 3, 4), "nl") == "4 maart 2099"
    assert long_date(date(2099, 3, 4), "en") == "4 March 2099"


def test_lists_end_in_and() -> None:
    assert [enumeration(items, "nl") for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]
    assert enumeration(["a", "b", "c"], "en") == "a, b and c"
