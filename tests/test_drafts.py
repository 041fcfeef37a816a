from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.drafts import Segment, Sentence, sentences


def cut(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(segment.text, segment.cites) for sentence in sentences([text]) for segment in sentence.segments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dat is zo. [2] Dat niet [3].", [("Dat is zo.", (2,)), ("Dat niet.", (3,))]),
        ("[1] Dat is zo. [2] Dat niet.", [("Dat is zo.", (1,)), ("Dat niet.", (2,))]),
        ("- **Dat** is zo [1, 3].", [("Dat is zo.", (1, 3))]),
        ("1. Dat is zo [bron 4]", [("Dat is zo", (4,))]),
        ("Antwoord: ja [2-4]", [("ja", (2, 3, 4))]),
        ("Dat is zo [1][2] en [3].", [("Dat is zo.", (1, 2, 3))]),
        ("Ten dele [1], maar elders niet [2].", [("Ten dele", (1,)), (", maar elders niet.", (2,))]),
        ("Het komt uit Zeeland [3].", [("Het komt uit Zeeland.", (3,))]),
        ("[3]", [("", (3,))]),
        ("Volgens dhr. J. Jansen o.a. dit. [1]", [("Volgens dhr. J. Jansen o.a. dit.", (1,))]),
        ("<think>Eerst denken. [9]</think>Dat is zo. [1]", [("Dat is zo.", (1,))]),
        ("Dat is zo. [1]<|im_end|>\nUit de lucht. [2]", [("Dat is zo.", (1,))]),
        ("Dat kost 1\u200b2 euro. [1]", [("Dat kost 12 euro.", (1,))]),
        ("Zonder nummer.", [("Zonder nummer.", ())]),
        ("", []),
        (" \n - \n...", []),
    ],
)
def test_a_draft_is_cut_into_sentences_with_what_they_cite(text: str, expected: list[object]) -> None:
    assert cut(text) == expected


def test_a_last_sentence_that_was_cut_off_is_known_as_such() -> None:
    assert [sentence.finished for sentence in sentences(["[1] Dat is zo.\n[2] Dat is"])] == [True, False]
    assert [sentence.finished for sentence in sentences(["Dat is zo. [1]\nDat niet [2]"])] == [True, True]
    assert [sentence.finished for sentence in sentences(["[1] Dat is zo\n"])] == [True]


def test_a_sentence_comes_as_soon_as_the_next_one_begins() -> None:
    received: list[str] = []

    def chunks() -> list[str]:
        return ["Dat is", " zo. [1", "] Dat", " niet. [2]"]

    def stream() -> object:
        for chunk in chunks():
            received.append(chunk)
            yield chunk

    first = next(sentences(stream()))  # type: ignore[arg-type]
    assert (first, len(received)) == (Sentence("Dat is zo. [1]", (Segment("Dat is zo.", (1,)),)), 3)


@given(st.text(alphabet="Aab1. \n[]2,<|>\"'-:?*"), st.lists(st.integers(1, 5), min_size=1))
def test_a_stream_gives_the_same_sentences_however_it_is_divided(text: str, lengths: list[int]) -> None:
    chunks, place = [], 0
    while place < len(text):
        length = lengths[len(chunks) % len(lengths)]
        chunks.append(text[place : place + length])
        place += length
    assert list(sentences(chunks)) == list(sentences([text]))
