"""What a question asks for is understood, and words are recognised in the forms that papers have them in."""

from __future__ import annotations

import pytest

from chatbot.asked import covered, named, present, spoken, stems_of, understand
from index.search import Index
from index.understanding import Names


class Few:
    """An index in which every word is as rare as it is long, and where two officials answered."""

    def names(self) -> Names:
        return Names(["Van den Elk", "Yeşilgöz-Zegerius"], [], [])

    def rarities(self, text: str) -> dict[str, float]:
        return {stem: float(len(stem)) for stem in sorted(stems_of(text).stems)}


INDEX: Index = Few()  # type: ignore[assignment]


def test_a_question_is_taken_apart() -> None:
    asked = understand(INDEX, "Hoeveel geld gaf minister van den elk in 2098 aan Zwitserland voor 12 bruggen?")
    assert (asked.language, asked.names, asked.officials) == ("nl", {"zwitserland"}, {"elk"})
    assert (asked.years, asked.figures, asked.how_many, asked.when) == ({2098}, {"12"}, True, False)
    assert "minister" not in asked.words
    assert "brug" in asked.words


def test_what_opens_a_sentence_is_no_name_unless_it_is_an_abbreviation() -> None:
    assert understand(INDEX, "Bruggen zijn duur. Waarom? NAM betaalt niet.").names == {"nam"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("tunesie", "De Tunesische kustwacht", True),
        ("brussel", "De Europese Commissie", True),
        ("zwitserland", "De Zweedse kust", False),
        ("vn", "De Verenigde Naties", True),
    ],
)
def test_a_name_is_recognised_in_its_family(name: str, text: str, expected: bool) -> None:
    assert named(name, spoken(text), "nl") is expected


def test_a_word_is_recognised_in_and_as_a_compound_and_by_its_beginning() -> None:
    said = stems_of("De subsidieaanvraag voor het rampenfonds is verzekerd.")
    strengths = {word: present(word, said) for word in ("aanvraag", "rampenfondsgeld", "verzekering", "kaas")}
    assert strengths == {"aanvraag": 0.7, "rampenfondsgeld": 0.6, "verzekering": 0.6, "kaas": 0.0}


def test_rare_words_count_for_more() -> None:
    assert covered({"kaas": 3.0, "brug": 1.0}, stems_of("Een brug.")) == 0.25
    assert covered({}, stems_of("Een brug.")) == 1.0
