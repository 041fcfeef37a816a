"""Dutch sentences: borders where they are, none where an abbreviation or a number only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import runs, shortened
from corpus.sentences import split


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dat is op 5 juni jl. aan uw Kamer gestuurd.", "Zie Kamerstuk 29 279, nr. 339."],
        ["De heer mr. G.J. van der Wolk zei c.q. vond € 1.250,50 veel.", "Dat was in 2024.", "Nu niet meer."],
        ["Conform art. 5, lid 2, o.a. van de wet d.d. 3 mei, mag dat.", "Het lid Wafel c.s. vroeg: «Wat nu?»", "Ja…"],
        ["1. Een vast budget.", "Ik wil dat.", "Zie www.wolken.example/a.html.", "Klaar!"],
        [
            "Dat geldt m.b.t. wolken (zie bijlage).",
            "In 2023 waren dat 1.890.586 oproepen.",
            "Het ging om 2024.",
            "Mooi.",
        ],
        ["Ik verwijs naar Kamerstukken II, 2021–2022, nr. 12.", "In 2024 gaf D.M. van Pluis dat aan."],
    ],
)
def test_sentences_are_split_at_their_ends_only(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split(text)] == sentences


def test_no_sentence_crosses_a_line_break() -> None:
    assert split("Een kop\nEn dan. Nog iets") == [(0, 7), (8, 15), (16, 24)]
    assert split(" \n ") == []


@given(st.text("aB1 .?!\n(»'-", max_size=80))
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    spans = split(text)
    outside = "".join(
        text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True)
    )
    assert outside.strip() == ""
    assert all(text[start:end] == text[start:end].strip() and "\n" not in text[start:end] for start, end in spans)


def test_runs_hold_whole_sentences_within_the_limit() -> None:
    text = " ".join(f"Zin nummer {number} is niet lang." for number in range(30))
    spans = runs(text, 200)
    assert all(end - start <= 200 for start, end in spans)
    assert " ".join(text[start:end] for start, end in spans) == text
    assert runs("Kort.") == [(0, 5)]
    assert runs("a" * 2000) == [(0, 2000)]


def test_a_question_is_shortened_at_a_sentence_or_a_word() -> None:
    assert shortened("Klopt dat? Zo ja, waarom is dat zo en sinds wanneer?", 30) == "Klopt dat?"
    assert shortened("Waarom is dat toch altijd zo geweest", 20) == "Waarom is dat toch…"
