"""What the chatbot takes and gives: requests, citations and answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from corpus.records import AnswerKind, Official, PaperKind
from index.records import Filters, Hit
from index.understanding import Clue

EVERYTHING = Filters()
"""The filters that let everything through."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of this conversation and what was answered; `answer` is None when unknown."""

    question: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One question with its conversation and the filters that the user set.

    `without`: clues in the question that shall not count, by their words, since the user took them away.
    """

    question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = EVERYTHING
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation with everything that must be printed beside it.

    `quote` is exactly `exchange.answer[start:end]` of exchange number `exchange` (from 0) of `paper`.
    `n` counts from 1 within an answer. `url` opens the official publication at the sentence; None where
    there is none. `speakers` of prose (`paper_kind` OTHER) are those whom it quotes here, () for its own words.
    `question` is the members' question: never the speaker's words. `reference` is the
    official style ("Aanhangsel Handelingen II 2024/25, nr. 546, antwoord 5").
    """

    n: int
    quote: str
    paper: str
    exchange: int
    answers: tuple[int, ...]
    start: int
    end: int
    speakers: tuple[Official, ...]
    date: date | None
    url: str | None
    subject: str
    question: str
    reference: str
    kind: AnswerKind
    fictitious: bool
    paper_kind: PaperKind = PaperKind.ANSWER


@dataclass(frozen=True, slots=True)
class Reason:
    """What spoke for or against something, in log odds: `name` of the sign, its `value`, and what it `added`."""

    name: str
    value: float
    added: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """An exchange or sentence as judged: where it stands, how probable it is that it answers, and why."""

    paper: str
    answers: tuple[int, ...]
    text: str
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Why an answer was given or refused.

    `understood`: what the question was taken to ask for, by name. `probability`: that the papers answer it;
    `threshold`: from where on they are said to. `decision`: what that rests on. `leaning`: how probable it was that
    the question leans on the conversation, and why; None without one.
    """

    understood: dict[str, list[str]]
    probability: float
    threshold: float
    decision: tuple[Reason, ...]
    exchanges: tuple[Weighed, ...]
    sentences: tuple[Weighed, ...]
    leaning: Leaning | None = None


@dataclass(frozen=True, slots=True)
class Leaning:
    """Whether a question was taken to go on from the conversation: its `probability`, the `threshold`, and why."""

    probability: float
    threshold: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out. Parts of an answer add up to the whole, so that it can be streamed.

    `text`: what is shown, with marks [1], [2] … for the citations. `nearest`: when `abstained`, what comes
    closest, cited as such and not as an answer. `mode`: "extractive" or "generative". `searched`: the
    question as resolved from the conversation. `clues`: what that says of the papers meant and was counted;
    `without`: the words of those that were not, as the request wants it. `notice`: a remark on how the answer
    came about ("").
    `milliseconds`: time spent by step. `trace`: how the decision came about; None before it was made.
    """

    text: str = ""
    question: str = ""
    searched: str = ""
    abstained: bool = False
    language: str = ""
    mode: str = ""
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    filters: Filters = EVERYTHING
    clues: tuple[Clue, ...] = ()
    without: tuple[str, ...] = ()
    notice: str = ""
    milliseconds: dict[str, float] = field(default_factory=dict)
    trace: Trace | None = None

    def __add__(self, other: Self) -> Answer:
        """Join two parts in order: texts and citations follow each other, single values: the later wins."""
        return replace(
            self,
            text=self.text + other.text,
            question=other.question or self.question,
            searched=other.searched or self.searched,
            abstained=self.abstained or other.abstained,
            language=other.language or self.language,
            mode=other.mode or self.mode,
            citations=self.citations + other.citations,
            nearest=self.nearest + other.nearest,
            hits=other.hits or self.hits,
            filters=other.filters if other.filters != Filters() else self.filters,
            clues=other.clues or self.clues,
            without=other.without or self.without,
            notice=other.notice or self.notice,
            milliseconds={**self.milliseconds, **other.milliseconds},
            trace=other.trace or self.trace,
        )
