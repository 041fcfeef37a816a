"""Mapped texts: every edit keeps the way back to the raw text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.mapped import Edit, MappedText


def test_an_edit_keeps_the_place_of_what_is_left() -> None:
    text = MappedText.copy("xx een rust-huis", 3, 16).edited([Edit(8, 9)])
    assert text.text == "een rusthuis"
    assert [text.raw_offset(place) for place in (0, 7, 8, 11)] == [3, 10, 12, 15]


def test_an_inserted_space_maps_to_its_neighbour() -> None:
    text = MappedText.copy("deboom", 0, 6).edited([Edit(2, 2, " ")])
    assert text.text == "de boom"
    assert [text.raw_offset(place) for place in range(7)] == [0, 1, 2, 2, 3, 4, 5]


def test_tidying_takes_out_empty_lines_and_double_spaces() -> None:
    assert MappedText.copy(" a  b \n \n\tc\u00a0d ", 0, 15).tidied().text == "a b\nc d"


@given(
    st.text("ab \n-", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3), st.sampled_from(["", " "]))),
)
def test_what_no_edit_touched_is_found_in_the_raw_text(raw: str, cuts: list[tuple[int, int, str]]) -> None:
    edits = [Edit(min(start, len(raw)), min(start + length, len(raw)), new) for start, length, new in cuts]
    text = MappedText.copy(raw, 0, len(raw)).edited(edits).tidied()
    places = [text.raw_offset(place) for place in range(len(text.text))]
    assert places == sorted(places)
    assert all(
        raw[place] == char
        for char, place in zip(text.text, places, strict=True)
        if not char.isspace() and place < len(raw)
    )
    knots = text.knots
    assert all(a.start < b.start and a.raw < b.raw for a, b in pairwise(knots))
