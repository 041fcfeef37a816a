"""Numbers of questions as labels print them."""

import pytest

from corpus.numbers import question_numbers


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("1", (1,)),
        ("3 en 4", (3, 4)),
        ("2 t/m 6", (2, 3, 4, 5, 6)),
        ("2 tot en met 4", (2, 3, 4)),
        ("4-7", (4, 5, 6, 7)),
        ("7, 8, en 9", (7, 8, 9)),
        ("1,2,3,4 en 5", (1, 2, 3, 4, 5)),
        ("1 en 4", (1, 4)),
        ("3a, 3b & 5", (3, 5)),
        ("10 – 12", (10, 11, 12)),
        ("9, 3", (3, 9)),
        ("", ()),
    ],
)
def test_numbers_are_read_ascending_with_ranges_filled(label: str, numbers: tuple[int, ...]) -> None:
    assert question_numbers(label) == numbers
