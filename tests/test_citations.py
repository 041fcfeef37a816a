"""Quotations are exact copies with their speaker, and their links and references are right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.citations import NotAQuotation, cite, fragment, link, reference, signatories, titled, verify
from corpus.records import Exchange, Official, Paper, PaperKind

VAN_ELK = Official("Van Elk", "Minister", "Justitie en Veiligheid")
ROOS = Official("Roos", "Staatssecretaris", "Financiën")
ON_BEHALF = Official("", "Minister", "Defensie")
ANSWER = "Ja. De brug gaat op 3 mei open.\nDaarna volgt de weg."
PAPER = Paper(
    id="ah-tk-20982099-17",
    kind=PaperKind.ANSWER,
    subject="de brug bij Zuidermeer",
    exchanges=(Exchange(answers=(2, 3), question="Gaat de brug open?", answer=ANSWER, speakers=(VAN_ELK,)),),
    number=17,
    session_year="2098-2099",
    question_ids=("2099Z00017",),
    speakers=(VAN_ELK, ROOS),
    answered=date(2099, 5, 1),
)


def test_a_citation_carries_the_exact_run_and_everything_that_is_printed_beside_it() -> None:
    cited = cite(PAPER, 0, 4, 31, 1)
    assert cited.quote == "De brug gaat op 3 mei open."
    assert (cited.speakers, cited.date, cited.answers) == ((VAN_ELK,), date(2099, 5, 1), (2, 3))
    assert cited.reference == "Aanhangsel Handelingen II 2098/99, nr. 17, antwoord 2 en 3"
    assert cited.url == (
        "https://zoek.officielebekendmakingen.nl/ah-tk-20982099-17.html#:~:text=De%20brug%20gaat%20op%203%20mei%20open."
    )


def test_an_answer_without_speakers_of_its_own_is_said_by_all_who_sign() -> None:
    paper = replace(PAPER, exchanges=(replace(PAPER.exchanges[0], speakers=()),))
    assert cite(paper, 0, 0, 3, 1).speakers == (VAN_ELK, ROOS)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(ANSWER) + 1)])
def test_a_range_outside_the_answer_is_no_quotation(start: int, end: int) -> None:
    with pytest.raises(NotAQuotation, match=r"ah-tk-20982099-17, answer 2 en 3: characters .* are no quotation"):
        cite(PAPER, 0, start, end, 1)


def test_verification_passes_what_is_exact_and_refuses_every_kind_of_change() -> None:
    cited = cite(PAPER, 0, 4, 31, 1)
    verify(cited, PAPER)
    for changed, message in [
        (replace(cited, quote=cited.quote.replace("3", "4")), "are not the quotation"),
        (replace(cited, start=5), "are not the quotation"),
        (replace(cited, quote="", start=4, end=4), "are not the quotation"),
        (replace(cited, exchange=1), "there is no such answer"),
        (replace(cited, paper="ah-tk-20982099-18"), "there is no such answer"),
        (replace(cited, speakers=(ROOS,)), "the speaker or the date"),
        (replace(cited, date=date(2099, 5, 2)), "the speaker or the date"),
    ]:
        with pytest.raises(NotAQuotation, match=message):
            verify(changed, PAPER)


def test_fictitious_papers_have_no_official_publication_and_say_what_they_are() -> None:
    paper = replace(PAPER, fictitious=True)
    assert link(paper, "De brug") is None
    assert reference(paper) == "FICTIEF: Aanhangsel Handelingen II 2098/99, nr. 17"


def test_a_letter_is_referred_to_by_case_and_date_and_opens_the_case() -> None:
    letter = replace(PAPER, id="Brief_over_de_brug", number=None, session_year=None)
    assert reference(letter, letter.exchanges[0]) == "Antwoord op Kamervragen 2099Z00017, 1 mei 2099, antwoord 2 en 3"
    assert link(letter, "De brug") == "https://www.tweedekamer.nl/kamerstukken/kamervragen/detail?id=2099Z00017"
    assert link(replace(letter, question_ids=()), "De brug") is None


def test_unanswered_questions_and_the_eerste_kamer_have_their_own_references() -> None:
    asked = replace(
        PAPER, id="kv-tk-2099Z00017", kind=PaperKind.QUESTION, number=None, answered=None, asked=date(2099, 4, 2)
    )
    unanswered = replace(asked.exchanges[0], answer="")
    assert reference(asked, unanswered) == "Kamervragen 2099Z00017, 2 april 2099, vraag 2 en 3"
    assert link(asked) == "https://zoek.officielebekendmakingen.nl/kv-tk-2099Z00017.html"
    assert reference(replace(PAPER, id="ah-ek-20982099-17")).startswith("Aanhangsel Handelingen I 2098/99")


def test_a_long_quotation_is_found_by_its_first_and_last_words() -> None:
    text = "Het kabinet kiest, na lang beraad & overleg, voor een west-oost verbinding die in 2101 klaar moet zijn."
    assert fragment(text) == ("#:~:text=Het%20kabinet%20kiest%2C%20na%20lang,in%202101%20klaar%20moet%20zijn.")


def test_a_quotation_over_paragraphs_takes_its_ends_from_the_outer_ones() -> None:
    text = "Eerste alinea met een paar woorden erin.\nTweede alinea."
    assert fragment(text) == "#:~:text=Eerste%20alinea%20met%20een%20paar,Tweede%20alinea."


@given(st.text(min_size=1, max_size=200))
def test_a_fragment_holds_only_the_characters_that_have_no_meaning_there(text: str) -> None:
    made = fragment(text)
    if not text.strip():
        assert made == ""
        return
    body = made.removeprefix("#:~:text=")
    assert made != body
    parts = body.split(",")
    assert len(parts) <= 2
    assert not set(body) & set(" &#-\n")
    assert " ".join(text.split()).startswith(unquote(parts[0]))
    assert " ".join(text.split()).endswith(unquote(parts[-1])) or len(parts) == 1


def test_speakers_are_named_with_office_and_ministry_and_those_they_write_for_come_last() -> None:
    assert titled(VAN_ELK) == "minister Van Elk (Justitie en Veiligheid)"
    assert titled(ROOS, "en") == "State Secretary Roos (Financiën)"
    assert signatories((VAN_ELK, ROOS, ON_BEHALF), "nl") == (
        "minister Van Elk (Justitie en Veiligheid) en staatssecretaris Roos (Financiën), "
        "mede namens de minister (Defensie)"
    )
    assert signatories((ON_BEHALF,), "en") == "the Minister (Defensie)"
    assert signatories((), "nl") == ""


ASKED_ALIKE = replace(
    PAPER,
    exchanges=(
        Exchange(answers=(1,), question="Klopt dat? Zo nee, waarom niet?", answer="Ja."),
        Exchange(answers=(2,), question="Gaat de brug open? Zo nee, waarom niet?", answer="ja. Dat kost geld. Ja."),
    ),
)


@pytest.mark.parametrize(
    ("exchange", "start", "end", "found"),
    [
        (0, 0, 3, "Ja."),
        (1, 0, 3, "open%3F%20Zo%20nee%2C%20waarom%20niet%3F,ja."),
        (1, 4, 18, "Dat%20kost%20geld."),
        (1, 19, 22, "ja.%20Dat%20kost%20geld.,Ja."),
    ],
)
def test_a_quotation_that_stands_further_up_too_is_found_by_what_is_right_above_it(
    exchange: int, start: int, end: int, found: str
) -> None:
    address = cite(ASKED_ALIKE, exchange, start, end, 1).url
    assert address == f"https://zoek.officielebekendmakingen.nl/{PAPER.id}.html#:~:text={found}"
