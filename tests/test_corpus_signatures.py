"""Signatures that stand side by side, whatever parts their columns."""

from __future__ import annotations

import pytest

from corpus.manuscript import cells, lines_of
from corpus.records import Official
from corpus.signatures import columns, find_closing, signatures

SIGNED = (
    Official("Wafel", "Minister", "Sociale Zaken en Werkgelegenheid"),
    Official("Stroop", "Staatssecretaris", "Financiën"),
)


@pytest.mark.parametrize(
    "text",
    [
        "De Minister van Sociale Zaken\tDe Staatssecretaris van Financiën,\nen Werkgelegenheid,\n\nA. Wafel\tB. Stroop",
        "De Minister van Sociale Zaken      De Staatssecretaris van Financiën,\nen Werkgelegenheid,\n\n"
        "A. Wafel                           B. Stroop",
    ],
    ids=["tabs", "spaces"],
)
def test_each_office_goes_with_the_name_in_its_column(text: str) -> None:
    lines = lines_of(text)
    places = [place for place, line in enumerate(lines) if line.text.strip()]
    assert signatures(columns(lines, places), None) == SIGNED


@pytest.mark.parametrize("width", range(20, 28))
def test_a_tab_parts_cells_wherever_it_stands(width: int) -> None:
    assert [cell for _, cell in cells("x" * width + "\tA. Wafel")] == ["x" * width, "A. Wafel"]


@pytest.mark.parametrize("mark", ["w.g.", "(w.g.)", "(w.g.):", "(getekend)", "get."])
def test_a_copy_is_signed_by_a_name_without_initials(mark: str) -> None:
    lines = lines_of(f"Ja, dat is zo.\n\n{mark} Van der Wafel\nMinister van Financiën")
    closing = find_closing(lines, [0, 2, 3])
    assert closing is not None
    assert closing.signed == (Official("Van der Wafel", "Minister", "Financiën"),)
    assert closing.lines == {2, 3}


def test_a_word_above_an_office_is_no_name_without_a_mark() -> None:
    assert find_closing(lines_of("Dat zegt ook\nWafel\nMinister van Financiën"), [0, 1, 2]) is None
