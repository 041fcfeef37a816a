"""Questions that lean on the conversation are made whole; others are left alone."""

from __future__ import annotations

import pytest

from chatbot.followup import Resolution, leans_on_history, resolve
from chatbot.records import Answer, Turn


@pytest.mark.parametrize(
    "question",
    [
        "en wanneer is dat klaar?",
        "Waarom niet?",
        "En de minister van Financiën?",
        "Hoe lang mag Brussel daarover doen?",
        "Wat zei hij precies?",
        "and who checks that?",
        "sinds wanneer speelt dat al?",
        "om hoeveel geld gaat het?",
        "How much does it cost?",
        "Luistert de staatssecretaris zelf wel eens naar die mensen?",
        "Waar kan iemand terecht als er zoiets gebeurt?",
        "op wat voor manier dan?",
    ],
)
def test_a_question_that_points_back_leans_on_what_came_before(question: str) -> None:
    assert leans_on_history(question)


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel geld is er gereserveerd voor de nachtveerboot naar Zuideroog?",
        "Hoe gaat het met de Nutri-Score?",
        "Hoeveel bewaarders komt het gevangeniswezen op dit moment tekort?",
        "Waarom bewaart de politie gegevens langer dan de wet toestaat?",
        "Wat vindt de minister van het plan om dat fonds nu al te sluiten?",
        "What does it cost the armed forces each year to run their own cloud?",
        "Which ministry pays for the new railway bridge near Zuidermeer?",
        "",
    ],
)
def test_a_question_that_stands_alone_does_not(question: str) -> None:
    assert not leans_on_history(question)


def test_without_history_nothing_is_added() -> None:
    assert resolve("en wanneer?", ()) == Resolution("en wanneer?", follows_up=False)


def test_a_follow_up_is_searched_for_together_with_what_it_follows() -> None:
    history = (Turn("Komt er een nieuwe brug bij Zuidermeer?"), Turn("en wanneer?"))
    assert resolve("hoe duur is die?", history) == Resolution(
        "Komt er een nieuwe brug bij Zuidermeer? en wanneer? hoe duur is die?", follows_up=True, own=frozenset({"duur"})
    )


def test_the_last_answer_tells_what_was_searched_for_and_which_papers_it_cited() -> None:
    answered = Answer(searched="Komt er een brug? en wanneer?")
    assert resolve("waarom pas dan?", (Turn("en wanneer?", answered),)).searched == (
        "Komt er een brug? en wanneer? waarom pas dan?"
    )
