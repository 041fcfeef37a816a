"""An index of two made-up papers and a chain whose answers can be told by hand, for the tests of the window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index_fakes import CountingEmbedder
from langchain_core.runnables import Runnable, RunnableConfig

from chatbot.citations import cite
from chatbot.records import EVERYTHING, Answer, Request
from corpus.records import Exchange, Member, Note, Official, Paper, PaperKind
from index.build import ingest
from index.records import Filters
from index.search import Index
from index.store import PaperHeader
from index.understanding import Clue, ClueKind

VAN_DER_ZEE = Official("Van der Zee", "Staatssecretaris", "Binnenlandse Zaken en Koninkrijksrelaties")
DE_RAAD = Official("De Raad", "Minister", "Defensie")

CLOUD = Paper(
    id="ah-tk-20242025-901",
    kind=PaperKind.ANSWER,
    subject="De afhankelijkheid van cloudleveranciers",
    number=901,
    session_year="2024-2025",
    question_ids=("2024Z90101",),
    askers=(Member("Bakker", "Partij A"), Member("Visser", "Partij B")),
    speakers=(VAN_DER_ZEE, DE_RAAD),
    asked=date(2024, 10, 2),
    answered=date(2024, 11, 14),
    exchanges=(
        Exchange(answers=(1,), question="Kent u het bericht?", answer="Ja."),
        Exchange(
            answers=(2, 3),
            question="Hoeveel systemen draaien in het buitenland?\nWat kost dat?",
            answer="Er draaien twaalf systemen in het buitenland.\nDat kost € 5 miljoen & meer.",
            notes=(Note("1", "Kamerstuk 12345, nr. 6 <script>alert(1)</script>"),),
            refers_to=(1,),
        ),
        Exchange(answers=(4,), question="Wat doet u eraan?", answer=""),
    ),
)

MANY = tuple(
    Paper(
        id=f"kv-tk-2030Z{number:05}",
        kind=PaperKind.QUESTION,
        subject=f"Vraagstuk {number}",
        question_ids=(f"2030Z{number:05}",),
        askers=(Member("Bos", "VVO"),),
        asked=date(2023, 1, 1 + number % 28),
        exchanges=(Exchange(answers=(1,), question="Wat doet u?", answer=""),),
    )
    for number in range(1, 151)
)
"""Questions without answers, to fill a list."""

HOSTILE_TEXT = 'Zie <script>window.hacked = 1</script> en [1] en $x^2$ en **vet** "aan & uit".'
HOSTILE = Paper(
    id="voorbeeld-hostile",
    kind=PaperKind.ANSWER,
    subject="FICTIEF <img src=x onerror='window.hacked = 1'>",
    question_ids=("2024Z90102",),
    askers=(Member("<b>Ui</b>", "P&P"),),
    speakers=(Official("<i>Boos</i>", "Minister", "Fin & Co"),),
    answered=date(2025, 1, 3),
    fictitious=True,
    exchanges=(Exchange(answers=(1,), question="<u>Wat?</u> {{value}} ${value}", answer=HOSTILE_TEXT),),
)


def header(paper: Paper) -> PaperHeader:
    return PaperHeader(
        id=paper.id,
        kind=paper.kind,
        subject=paper.subject,
        number=paper.number,
        session_year=paper.session_year,
        asked=paper.asked,
        answered=paper.answered,
        fictitious=paper.fictitious,
        speakers=paper.speakers,
        askers=paper.askers,
        exchanges=len(paper.exchanges),
        answers=sum(1 for exchange in paper.exchanges if exchange.answer),
    )


@contextmanager
def indexed(directory: Path, *papers: Paper) -> Iterator[Index]:
    """A real index of papers, with an embedding that can be computed by hand."""
    ingest(papers, directory, CountingEmbedder())
    with Index.open(directory, embedder=CountingEmbedder()) as index:
        yield index


@dataclass(frozen=True, slots=True)
class FakeStatus:
    papers: int
    answers: int
    fictitious: int
    first: date | None
    last: date | None
    generation: int = 1
    updated: str = "2025-02-01T12:00:00+00:00"


class FakeIndex:
    """Papers in memory, with the methods that the window calls."""

    def __init__(self, *papers: Paper) -> None:
        self._papers = {paper.id: paper for paper in papers}

    def paper(self, identifier: str) -> Paper:
        return self._papers[identifier]

    def refresh(self) -> bool:
        return False

    def papers(self, filters: Filters = EVERYTHING) -> Iterator[PaperHeader]:
        return map(header, self._papers.values())

    def ministers(self) -> list[tuple[str, int]]:
        return [("De Raad", 2), ("Van der Zee", 2)]

    def ministries(self) -> list[tuple[str, int]]:
        return [("Binnenlandse Zaken en Koninkrijksrelaties", 2), ("Defensie", 2)]

    def parties(self) -> list[tuple[str, int]]:
        return [("Partij A", 2), ("Partij B", 2)]

    def status(self) -> FakeStatus:
        days = [paper.answered for paper in self._papers.values() if paper.answered]
        answers = sum(1 for paper in self._papers.values() for exchange in paper.exchanges if exchange.answer)
        fictitious = sum(paper.fictitious for paper in self._papers.values())
        return FakeStatus(len(self._papers), answers, fictitious, min(days, default=None), max(days, default=None))


CITED = cite(CLOUD, 1, 0, 45, 1)
CITED_HOSTILE = cite(HOSTILE, 0, 0, len(HOSTILE_TEXT), 2)


CLUES = (
    Clue(ClueKind.MINISTER, "de raad", Filters(minister="De Raad")),
    Clue(ClueKind.PERIOD, "november 2024", Filters(since=date(2024, 11, 1), until=date(2024, 11, 30))),
)
"""What the fake chain understands where a question has their words."""


class FakeChain(Runnable[Request, Answer]):
    """Answers by the words of the question: "cloud" is answered, "fout" fails, "wacht" waits, the rest is refused.

    `requests`: what was asked, in order. `go_on`: set it to let an answer that waits go on.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.go_on = threading.Event()

    def invoke(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        whole = Answer()
        for part in self.stream(input):
            whole = whole + part
        return whole

    def stream(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Answer]:
        self.requests.append(input)
        question = input.question
        clues = tuple(clue for clue in CLUES if clue.text in question and clue.text not in input.without)
        yield Answer(
            question=question, searched=question, language="nl", mode="extractive", filters=input.filters,
            clues=clues, without=input.without,
        )  # fmt: skip
        if "fout" in question:
            raise RuntimeError("the fake chain fails when told to")
        if "wacht" in question:
            yield Answer(text="Een begin")
            self.go_on.wait(20)
            yield Answer(text=" en een eind.")
        elif "cloud" in question:
            yield Answer(text="Het antwoord luidt: ")
            yield Answer(text=f"“{CITED.quote}” [1]\n", citations=(CITED,))
            yield Answer(text=f"{CITED_HOSTILE.quote} [2] en [7]", citations=(CITED_HOSTILE,))
        else:
            yield Answer(text="De stukken geven hierop geen antwoord.", abstained=True, nearest=(CITED,))
        yield Answer(milliseconds={"total": 1.0})
