"""What a question is about and a collection does not cover is named."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from chatbot.asked import understand
from chatbot.outside import Outside, outside
from corpus.records import Exchange, Paper, PaperKind
from index.records import Hit
from index.understanding import Names

PAPER = Paper(
    id="ah-tk-20982099-17",
    kind=PaperKind.ANSWER,
    subject="handel met Noorwegen",
    exchanges=(Exchange(answers=(1,), question="Hoe gaat het?", answer="In 2080 ging het beter."),),
)
HIT = Hit(paper=PAPER.id, exchange=0, answers=(1,), score=0.5, dense=0.5, lexical=None, passages=())


class One:
    """An index of one paper, answered in 2099."""

    def names(self) -> Names:
        return Names([], [], [])

    def rarities(self, text: str) -> dict[str, float]:
        return {}

    def status(self) -> Any:
        return SimpleNamespace(first=date(2099, 1, 1), last=date(2099, 5, 1))

    def papers(self) -> list[Any]:
        return [SimpleNamespace(id=PAPER.id)]

    def paper(self, identifier: str) -> Paper:
        return PAPER


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hoeveel kost een kilo kaas in Zwitserland?", Outside(countries=("Zwitserland",))),
        ("Wat kostte brood in 1988?", Outside(years=(1988,))),
        ("Wat zei de Eerste Kamer hiervan?", Outside(senate=True)),
        ("Hoe ging het in 2080 met Noorwegen en Nederland?", Outside()),
        ("Is de Duitse regering het daarmee eens?", Outside(countries=("Duitse",))),
        ("Wat gebeurt er met de brug?", Outside()),
    ],
)
def test_years_the_senate_and_countries_are_outside_when_nothing_mentions_them(question: str, expected: Any) -> None:
    index: Any = One()
    assert outside(index, understand(index, question), [HIT]) == expected
