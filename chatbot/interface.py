"""The functions for machines: the window's own API and its MCP server offer them under the same names.

The docstrings are what a program or a language model reads about them; results are those of the command line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api
from langchain_core.runnables import Runnable

from chatbot import check_output, citations, output, quotecheck
from chatbot.dialogue import QUESTION_LIMIT
from chatbot.period import NotADate, first_day, last_day
from chatbot.records import Answer, Request
from chatbot.turns import Turns
from corpus.records import Exchange, Paper
from index.records import Filters
from index.search import Index

MOST_HITS = 50
AT_ONCE = 4
"""How many calls are worked on at the same time; further ones wait their turn."""


def offer(chain: Runnable[Request, Answer], index: Index) -> None:
    """Offer the functions; called while the window is being made."""
    for function in functions(chain, index):
        # Without the window's queue: its way to the MCP server leads out of the door and in again.
        api(function, api_name=function.__name__, queue=False)


def functions(chain: Runnable[Request, Answer], index: Index) -> list[Callable[..., str]]:
    """The functions over `chain` and `index`, named as they are offered; each gives a JSON document as text.

    `AT_ONCE` calls at a time: those who wait are served one after the other, whoever came first first.
    """
    turns = Turns(AT_ONCE)

    def ask(
        question: str,
        minister: str = "",
        ministry: str = "",
        party: str = "",
        since: str = "",
        until: str = "",
        caller: gr.Request | None = None,
    ) -> str:
        """Answer a question about what Dutch ministers told parliament, with exact quotations and their sources.

        Every citation holds the literal Dutch words, who said them, when, and a link to the official paper. When the
        papers hold no answer, "abstained" is true and "nearest" lists what comes closest, which is not an answer.

        Args:
            question: The question, in Dutch or English, at most 2,000 characters.
            minister: Only answers by this member of government: a family name, such as "Van Weel". Empty for all.
            ministry: Only answers of this ministry: its name or abbreviation, as "Defensie" or "JenV". Empty for all.
            party: Only answers to questions of this party, such as "D66". Empty for all.
            since: Only answers from this day on, as 2024-11-01. Empty for all.
            until: Only answers up to and including this day, as 2024-11-30. Empty for all.
        """
        asked = _text(question, "question")
        request = Request(asked, filters=_filters(minister, ministry, party, since, until))
        with turns.taken(_who(caller)):
            return _document(output.answer(chain.invoke(request)))

    def search(
        words: str,
        minister: str = "",
        ministry: str = "",
        party: str = "",
        since: str = "",
        until: str = "",
        limit: int = 10,
        caller: gr.Request | None = None,
    ) -> str:
        """Find statements of Dutch ministers by words and by meaning, best first, each with its speaker and source.

        Use this to look around or to collect statements; use "ask" for an answer to a question.

        Args:
            words: What to look for, in Dutch or English.
            minister: Only answers by this member of government: a family name, such as "Van Weel". Empty for all.
            ministry: Only answers of this ministry: its name or abbreviation, as "Defensie" or "JenV". Empty for all.
            party: Only answers to questions of this party, such as "D66". Empty for all.
            since: Only answers from this day on, as 2024-11-01. Empty for all.
            until: Only answers up to and including this day, as 2024-11-30. Empty for all.
            limit: How many statements to return, from 1 to 50.
        """
        sought = _text(words, "words")
        if not 1 <= limit <= MOST_HITS:
            raise _wrong(f"limit is {limit}; it must be from 1 to {MOST_HITS}")
        filters = _filters(minister, ministry, party, since, until)
        with turns.taken(_who(caller)):
            hits = index.search(sought, filters=filters, limit=int(limit))
        found = [output.found_passage(hit, index.paper(hit.paper)) for hit in hits]
        return _document({"query": sought, "hits": found})

    def check(text: str, caller: gr.Request | None = None) -> str:
        """Hold a text, such as a news article, against the papers: was each quotation said, by whom, and what differs?

        Verdicts are "exact", "altered", "partial" and "not_found". An altered quotation comes with its differences in
        words, those in negations, numbers and names first.

        Args:
            text: The text with its quotations between quotation marks, or a single sentence to look up.
        """
        if not text.strip():
            raise _wrong("text is empty; give an article or a sentence")
        try:
            with turns.taken(_who(caller)):
                report = quotecheck.check(text, index)
        except quotecheck.TextTooLong as error:
            raise _wrong(str(error)) from error
        return _document(check_output.document(report))

    def paper(identifier: str) -> str:
        """Read one parliamentary paper whole: its head, and every question with its answer, in the original Dutch.

        Args:
            identifier: The paper's identifier as the other functions return it, such as "ah-tk-20242025-546".
        """
        try:
            return _document(_whole(index.paper(identifier.strip())))
        except KeyError:
            raise _wrong(f"{identifier!r} is not in the index; search returns identifiers that are") from None

    return [ask, search, check, paper]


def _who(caller: gr.Request | None) -> str:
    """Whoever calls: the user whom the door let in, else the session, else the machine; "" where none is known."""
    request = getattr(caller, "request", None)
    user = getattr(getattr(request, "state", None), "user", "")
    machine = getattr(getattr(request, "client", None), "host", "")
    return str(user or getattr(caller, "session_hash", None) or machine)


def _document(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _wrong(message: str) -> gr.Error:
    return gr.Error(message, print_exception=False)


def _text(value: str, name: str) -> str:
    text = value.strip()
    if not text:
        raise _wrong(f"{name} is empty; write at least one word")
    if len(text) > QUESTION_LIMIT:
        raise _wrong(f"{name} has {len(text)} characters; it may have {QUESTION_LIMIT}")
    return text


def _filters(minister: str, ministry: str, party: str, since: str, until: str) -> Filters:
    try:
        return Filters(
            minister=minister.strip() or None,
            ministry=ministry.strip() or None,
            party=party.strip() or None,
            since=first_day(since) if since.strip() else None,
            until=last_day(until) if until.strip() else None,
        )
    except NotADate as error:
        raise _wrong(f"{str(error)!r} is not a date; write it as 2024-11-30") from error


def _whole(stored: Paper) -> dict[str, Any]:
    return output.paper(stored) | {
        "exchanges": [_exchange(stored, exchange) for exchange in stored.exchanges],
        "reference": citations.reference(stored),
    }


def _exchange(stored: Paper, exchange: Exchange) -> dict[str, Any]:
    return {
        "answers": list(exchange.answers),
        "kind": exchange.kind.value,
        "question": exchange.question,
        "answer": exchange.answer,
        "speakers": [output.official(speaker) for speaker in exchange.speakers or stored.speakers],
        "reference": citations.reference(stored, exchange),
    }
