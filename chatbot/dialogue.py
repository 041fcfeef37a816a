"""A conversation as the window keeps it: what was typed, asked, stopped and clicked on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable

from chatbot.language import long_date
from chatbot.period import NotADate, first_day, last_day
from chatbot.records import Answer, Citation, Request, Turn
from chatbot.rendering import Kind, Outcome, Shown, number
from chatbot.texts import TEXTS
from index.records import Filters

QUESTION_LIMIT = 2_000
"""Characters that a question may have."""
logger = logging.getLogger(__name__)


class Unusable(ValueError):
    """What was typed cannot be used; the message says why, in the language of the window."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that is to be asked.

    `without`: the words of clues in it that shall not count. `ended`: set when nobody waits for its answer any more.
    """

    question: str
    without: tuple[str, ...] = ()
    ended: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)


def question_of(typed: str, language: str) -> str:
    """The question in what was typed.

    Raises:
        Unusable: there is none, or it is too long.
    """
    texts = TEXTS[language]
    question = typed.strip()
    if not question:
        raise Unusable(texts.empty_question)
    if len(question) > QUESTION_LIMIT:
        count, limit = number(len(question), language), number(QUESTION_LIMIT, language)
        raise Unusable(texts.long_question.format(count=count, limit=limit))
    return question


def filters_of(values: Sequence[str | None], language: str) -> Filters:
    """The filters as chosen and typed: minister, ministry, party, since and until; what is empty does not filter.

    Raises:
        Unusable: a date cannot be read, or the period ends before it begins.
    """
    minister, ministry, party, since, until = values
    first = _day(since, language, last=False)
    last = _day(until, language, last=True)
    if first and last and last < first:
        period = TEXTS[language].bad_period
        raise Unusable(period.format(since=long_date(first, language), until=long_date(last, language)))
    return Filters(minister=minister or None, ministry=ministry or None, party=party or None, since=first, until=last)


def _day(typed: str | None, language: str, *, last: bool) -> date | None:
    if not typed or not typed.strip():
        return None
    try:
        return last_day(typed) if last else first_day(typed)
    except NotADate as error:
        raise Unusable(TEXTS[language].bad_date.format(value=typed.strip())) from error


def ask(
    chain: Runnable[Request, Answer], shown: tuple[Shown, ...], asking: Asking, filters: Filters
) -> Iterator[tuple[Shown, ...]]:
    """The conversation `shown` with a question and its answer, after each part of the answer.

    An answer that fails is shown as failed: one bad question does not end the conversation. Once `asking` has ended,
    nothing more comes.
    """
    history = tuple(item.turn for item in shown if item.outcome in (Outcome.DONE, Outcome.STOPPED))
    question = asking.question
    answer: Answer | None = None
    yield (*shown, Shown(Turn(question)))
    try:
        for part in chain.stream(Request(question, history, filters, asking.without)):
            if asking.ended.is_set():
                return
            answer = part if answer is None else answer + part
            yield (*shown, Shown(Turn(question, answer)))
        outcome = Outcome.DONE if answer else Outcome.FAILED
    except Exception:
        logger.exception("an answer could not be made")
        outcome = Outcome.FAILED
    if not asking.ended.is_set():
        yield (*shown, Shown(Turn(question, answer), outcome))


def stopped(shown: tuple[Shown, ...], asking: Asking | None) -> tuple[Shown, ...]:
    """The conversation with the running answer stopped where it is; `asking` is the question that is being asked."""
    if shown and shown[-1].outcome is Outcome.RUNNING:
        return (*shown[:-1], replace(shown[-1], outcome=Outcome.STOPPED))
    if asking is None:
        return shown
    return (*shown, Shown(Turn(asking.question), Outcome.STOPPED))


def asked_without(shown: tuple[Shown, ...], place: int | None) -> tuple[tuple[Shown, ...], Asking] | None:
    """The conversation before its last question, and that question without its clue number `place`, from 0.

    None when there is no such clue.
    """
    answer = shown[-1].turn.answer if shown else None
    if answer is None or place is None or place >= len(answer.clues):
        return None
    return shown[:-1], Asking(shown[-1].turn.question, (*answer.without, answer.clues[place].text))


def chosen_citation(shown: tuple[Shown, ...], named: Mapping[str, Any]) -> Citation | None:
    """The citation that a click names by turn, list and number; None when the conversation has no such citation."""
    try:
        place, n, kind = int(named["turn"]), int(named["n"]), Kind(named["list"])
    except (KeyError, TypeError, ValueError):
        return None
    answer = shown[place].turn.answer if 0 <= place < len(shown) else None
    if answer is None:
        return None
    listed = answer.citations if kind is Kind.CITATIONS else answer.nearest
    return next((citation for citation in listed if citation.n == n), None)


def announcement(shown: tuple[Shown, ...], language: str) -> str:
    """What a screen reader is told about the last answer."""
    if not shown:
        return ""
    texts, last = TEXTS[language], shown[-1]
    answer = last.turn.answer or Answer()
    match last.outcome:
        case Outcome.RUNNING:
            return texts.searching
        case Outcome.STOPPED:
            return texts.stopped
        case Outcome.FAILED:
            return texts.failed
    if answer.abstained:
        return texts.refused
    count = len(answer.citations)
    return texts.done_one if count == 1 else texts.done_many.format(count=count)
