"""Promises, amounts and dates in a quotation are recognised as exact runs of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.marks import Marks, marked


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (
            "Ik zeg toe uw Kamer vóór 1 februari 2099 het volledige plan te sturen.",
            Marks(promise=True, dates=("1 februari 2099",)),
        ),
        ("In het voorjaar zal ik uw Kamer hierover informeren.", Marks(promise=True)),
        ("Het drinkwaterbedrijf betaalt tot € 5.000 per bedrijf.", Marks(amounts=("€ 5.000",))),
        ("Er is 12,5 miljoen euro en 40 procent meer.", Marks(amounts=("12,5 miljoen euro", "40 procent"))),
        ("Ik zal dat niet doen.", Marks()),
        ("De regeling loopt tot eind 2026.", Marks(dates=("eind 2026",))),
        ("Nee.", Marks()),
    ],
)
def test_what_a_reader_looks_for_is_named(quote: str, expected: Marks) -> None:
    assert marked(quote) == expected


@given(st.text(alphabet="€ 0123456789.,%europrocentmiljoenikzal mei", max_size=80))
def test_marks_are_runs_of_the_quotation(quote: str) -> None:
    found = marked(quote)
    assert all(run in quote for run in (*found.amounts, *found.dates))
