"""Prose: its paragraphs, title and day, and who speaks in its quotations."""

from datetime import date
from pathlib import Path

import pytest

from corpus.prose import parse_prose
from corpus.quotations import Speakers, quotations_in
from corpus.readers import read
from corpus.records import Official, PaperKind, raw_offset, speakers_at

ARTICLES = Path(__file__).parents[1].parent / "shared" / "data" / "artikel"
PLUIS = Official("Van Pluis", "Minister", "Financiën")
MIST = Official("Els Mist", "Staatssecretaris", "Defensie")


def said(paragraph: str, speakers: Speakers | None = None) -> list[tuple[str, Official | None]]:
    found = quotations_in(paragraph, speakers or Speakers())
    return [(paragraph[quotation.start : quotation.end], quotation.speaker) for quotation in found]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            '"De wolken zijn geteld", stelt demissionair minister Van Pluis van Financiën. "Dat kostte moeite."',
            [("De wolken zijn geteld", PLUIS), ("Dat kostte moeite.", PLUIS)],
        ),
        (
            "Staatssecretaris Els Mist (Defensie) benadrukt: “Wij tellen alles wat vliegt.” Dat duurt lang.",
            [("Wij tellen alles wat vliegt.", MIST)],
        ),
        (
            "„Het regent al weken”, aldus de minister van Financiën Van Pluis.",
            [("Het regent al weken", PLUIS)],
        ),
        (
            "«Er komt geen telling», zegt Kamerlid Wafel (PVM) tegen minister Van Pluis van Financiën.",
            [("Er komt geen telling", Official("Wafel", "Kamerlid", ""))],
        ),
        ('In het rapport staat: "De telling is mislukt."', [("De telling is mislukt.", None)]),
        ('Minister Van Pluis van Financiën sprak over "mooie wolken" en vertrok.', []),
        ("Van Pluis liep binnen. 'Foto's van wolken zijn mooi', staat er.", [("Foto's van wolken zijn mooi", None)]),
    ],
)  # fmt: skip
def test_a_quotation_belongs_to_whom_the_text_says_spoke(
    paragraph: str, expected: list[tuple[str, Official | None]]
) -> None:
    assert said(paragraph) == expected


def test_a_later_paragraph_points_back_to_a_speaker_by_name_or_office() -> None:
    speakers = Speakers()
    said('"Wij tellen de wolken", zegt minister Van Pluis van Financiën.', speakers)
    said('"Wij tellen de vogels", zegt staatssecretaris Els Mist van Defensie.', speakers)
    assert said('"Er zijn er nog te weinig", voegt Van Pluis toe.', speakers) == [("Er zijn er nog te weinig", PLUIS)]
    assert said('"Dat vind ik ook wel", aldus de bewindsman.', speakers) == [("Dat vind ik ook wel", PLUIS)]


TEXT = """\
titel: Wolken geteld
datum: 4 maart 2031

De ministeries tellen voortaan iedere wolk boven het land, zo blijkt uit antwoorden op Kamervragen.

"Dat kost ons veel minder dan gedacht", stelt minister Van Pluis van Financiën.
"""


def test_prose_is_cut_by_paragraphs_with_title_day_and_map() -> None:
    paper = parse_prose(TEXT, "wolken.txt", "wolken")
    assert paper is not None
    assert (paper.id, paper.kind, paper.subject, paper.answered) == (
        "wolken",
        PaperKind.OTHER,
        "Wolken geteld",
        date(2031, 3, 4),
    )
    assert [exchange.answer for exchange in paper.exchanges] == TEXT.strip().split("\n\n")[1:]
    assert [exchange.speakers for exchange in paper.exchanges] == [(), (PLUIS,)]
    quoted = paper.exchanges[1]
    assert raw_offset(quoted.answer_knots, 0) == TEXT.index('"Dat')
    assert speakers_at(paper, 1, 5, 20) == (PLUIS,)
    assert speakers_at(paper, 1, 45, 60) == ()


def test_lines_that_a_program_broke_are_one_paragraph() -> None:
    wrapped = (
        "Wolken geteld\n\nDe ministeries tellen voortaan iedere wolk\nboven het land, zo blijkt uit antwoorden\n"
        "op Kamervragen.\n\nMinister Van Pluis van Financiën is daar blij\nmee, en hij blijft tellen\nzolang het kan.\n"
    )
    paper = parse_prose(wrapped, "w.txt", "w")
    assert paper is not None
    assert (paper.subject, [exchange.answer for exchange in paper.exchanges]) == (
        "Wolken geteld",
        [
            "De ministeries tellen voortaan iedere wolk boven het land, zo blijkt uit antwoorden op Kamervragen.",
            "Minister Van Pluis van Financiën is daar blij mee, en hij blijft tellen zolang het kan.",
        ],
    )
    last = paper.exchanges[1]
    assert raw_offset(last.answer_knots, last.answer.index("en hij")) == wrapped.index("en hij")


@pytest.mark.parametrize("text", ["", "Geen zin hier", "x = 1\ny = 2\n" * 30, "a;b;c\n1;2;3\n" * 30])
def test_what_is_no_prose_is_left_alone(text: str) -> None:
    assert parse_prose(text, "a", "a") is None


def test_the_real_article_is_read_with_who_spoke() -> None:
    if not ARTICLES.is_dir():
        pytest.skip("the real article in ../shared/data/artikel is not at hand")
    paper = read(next(ARTICLES.glob("*.txt")))
    assert (paper.kind, paper.answered) == (PaperKind.OTHER, date(2025, 9, 22))
    place = next(place for place, exchange in enumerate(paper.exchanges) if "videoconferencing" in exchange.answer)
    start = paper.exchanges[place].answer.index("Microsoft Teams wordt")
    assert speakers_at(paper, place, start, start + 10) == (
        Official("Foort van Oosten", "Minister", "Justitie en Veiligheid"),
    )
