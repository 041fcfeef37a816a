"""What kind of thing a question asks for, and which sentences have one."""

import pytest

from chatbot.wanted import Wanted, has, wanted_in


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Hoeveel procent van de scholen doet mee?", Wanted.SHARE),
        ("Welk percentage van de treinen reed op tijd?", Wanted.SHARE),
        ("Hoe lang duurt het herstel van de brug?", Wanted.LENGTH),
        ("Hoeveel weken lag de haven stil?", Wanted.LENGTH),
        ("Hoeveel euro kreeg de gemeente?", Wanted.MONEY),
        ("wat kost een kaartje", Wanted.MONEY),
        ("How much did the ministry pay for it?", Wanted.MONEY),
        ("Wanneer gaat de brug weer open?", Wanted.MOMENT),
        ("In welk jaar werd de brug gebouwd?", Wanted.MOMENT),
        ("Hoe vaak is er dit jaar gecontroleerd?", Wanted.NUMBER),
        ("Hoeveel gemeenten kwamen er bij?", Wanted.NUMBER),
        ("Wie schreef het rapport?", Wanted.NAME),
        ("Hoe heten de onderzoekers?", Wanted.NAME),
        ("Vindt de minister dat goed?", None),
        ("Waarom is de brug dicht?", None),
    ],
)
def test_what_is_asked_for_first_of_all(question: str, wanted: Wanted | None) -> None:
    assert wanted_in(question) is wanted


@pytest.mark.parametrize(
    ("wanted", "sentence", "held"),
    [
        (Wanted.MONEY, "Dat kost € 3 miljoen per jaar.", True),
        (Wanted.MONEY, "Er zijn 300 bruggen.", False),
        (Wanted.SHARE, "Bijna de helft doet mee.", True),
        (Wanted.SHARE, "Er doen 40 scholen mee.", False),
        (Wanted.LENGTH, "Het herstel duurt twaalf weken.", True),
        (Wanted.LENGTH, "De brug is oud.", False),
        (Wanted.MOMENT, "Zij gaat in het najaar open.", True),
        (Wanted.MOMENT, "Zij gaat weer open.", False),
        (Wanted.NUMBER, "Er zijn 1.240 bruggen gekeurd.", True),
        (Wanted.NUMBER, "Zij is sinds 12 maart 2031 dicht.", False),
        (Wanted.NUMBER, "Zie het antwoord op vraag 3.", False),
        (Wanted.NUMBER, "Dat wordt niet centraal geregistreerd.", True),
        (Wanted.NAME, "Het is geschreven door Waterhof en Zoon.", True),
        (Wanted.NAME, "De minister schreef het zelf.", False),
    ],
)
def test_whether_a_sentence_has_it(wanted: Wanted, sentence: str, held: bool) -> None:
    assert has(wanted, sentence, "?") is held


def test_a_name_from_the_question_is_no_answer_to_it() -> None:
    assert not has(Wanted.NAME, "Het rapport gaat over de Zwaanbrug.", "Wie schreef over de Zwaanbrug?")
