"""A made-up corpus and an embedding that can be computed by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from corpus.records import AnswerKind, Exchange, Knot, Member, Note, Official, Paper, PaperKind
from index.analysis import words
from index.embedder import Embedder, Vectors

VOCABULARY = ("gans", "dijk", "subsidie", "fiets", "school", "windmolen", "trein", "vogel")


class CountingEmbedder(Embedder):
    """How often each word of VOCABULARY occurs, and a small constant, scaled to length 1.

    `seen`: all texts embedded as passages. `fails_after`: passages after which it raises, None for never.
    """

    dimension = len(VOCABULARY) + 1

    def __init__(self, name: str = "counting", fails_after: int | None = None) -> None:
        self.name = name
        self.seen: list[str] = []
        self.fails_after = fails_after

    def query_vector(self, text: str) -> Vectors:
        found = words(text)
        row = np.array([*(found.count(word) for word in VOCABULARY), 0.1], dtype=np.float32)
        return row / np.float32(np.linalg.norm(row))

    def passage_vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        if self.fails_after is not None and len(self.seen) + len(texts) > self.fails_after:
            raise KeyboardInterrupt
        self.seen.extend(texts)
        return np.array([self.query_vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)


HAAS = Official("De Haas-Öztürk", "Minister", "Justitie en Veiligheid")
VEEN = Official("Van der Veen", "Staatssecretaris", "Landbouw, Natuur en Voedselkwaliteit")

DIKES = Paper(
    id="ah-tk-20302031-7",
    kind=PaperKind.ANSWER,
    subject="de staat van de dijken",
    exchanges=(
        Exchange(
            answers=(1, 2),
            question="Is elke dijk veilig? En hoe weet u dat?",
            answer="Ja. Elke dijk wordt twee keer per jaar bekeken.",
            speakers=(VEEN,),
            kind=AnswerKind.CONFIRMED,
            notes=(Note("1", "Kamerstuk 1"),),
            question_knots=(Knot(0, 10), Knot(20, 31)),
            answer_knots=(Knot(0, 60),),
        ),
        Exchange(answers=(3,), question="Komt er subsidie?", answer="De subsidie voor een dijk is op.", refers_to=(1,)),
    ),
    number=7,
    session_year="2030-2031",
    question_ids=("2030Z00007",),
    askers=(Member("Özdemir", "Partij voor Groén"), Member("Bos", "VVO")),
    addressees=(HAAS,),
    speakers=(VEEN,),
    asked=date(2030, 10, 1),
    answered=date(2030, 11, 2),
    related=("ah-tk-20302031-6",),
    raw="1\nruwe tekst",
    pages=(0,),
    source="dijken.txt",
    fictitious=True,
)
GEESE = Paper(
    id="ah-tk-20302031-8",
    kind=PaperKind.ANSWER,
    subject="ganzen bij de school",
    exchanges=(
        Exchange(
            answers=(1,), question="Ziet u de ganzen bij de school?", answer="Ganzen zijn vogels.", speakers=(HAAS,)
        ),
    ),
    askers=(Member("Bos", "VVO"),),
    speakers=(HAAS,),
    answered=date(2031, 1, 5),
)
TRAINS = Paper(
    id="kv-tk-2031Z00001",
    kind=PaperKind.QUESTION,
    subject="treinen",
    exchanges=(
        Exchange(answers=(1,), question="Rijdt de trein langs de dijk?", answer="", kind=AnswerKind.UNANSWERED),
    ),
    askers=(Member("Vos", ""),),
    addressees=(HAAS,),
    asked=date(2031, 2, 1),
)
PAPERS = (DIKES, GEESE, TRAINS)
