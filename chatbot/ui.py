"""The window: questions, statements and papers, in which every quotation opens where it stands.

`build` makes the window over any chain and index; `serve` opens both as the settings say and serves the window.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Any

import gradio as gr
from langchain_core.runnables import Runnable

from chatbot import (
    address,
    chosen,
    dialogue,
    frame,
    interface,
    logs,
    models,
    panel,
    place_ask,
    place_check,
    place_papers,
    place_statements,
)
from chatbot.checked import Report
from chatbot.fields import FILTERS
from chatbot.handlers import Handlers, Shows
from chatbot.language import DUTCH, ENGLISH
from chatbot.place_check import CheckPlace
from chatbot.place_papers import PapersPlace
from chatbot.place_statements import Found, StatementsPlace
from chatbot.records import Answer, Request
from chatbot.server import WindowServer, application
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from chatbot.wiring import Update, Wiring, clicked, html
from index.search import Index

ANSWERS_AT_ONCE = 4
"""How many answers are made at the same time; further questions wait their turn."""

ARRIVED = """() => {
  if (new URLSearchParams(location.search).get('q') && document.querySelector('#box textarea')?.value) {
    document.querySelector('#send').click();
  }
}"""
"""Sends the question of an address once it stands in the question box."""

ASKED = ("shown", "busy", *FILTERS)
FOUND = ("found", "s_shown", "order", *place_statements.NAMES)
READING = ("reading", *place_papers.LIST)


def build(chain: Runnable[Request, Answer], index: Index, settings: Settings) -> gr.Blocks:
    """The window over `chain`, with papers and filters from `index`. Sessions share nothing."""
    blocks: gr.Blocks = gr.Blocks(
        title=TEXTS[settings.language].title, analytics_enabled=False, delete_cache=(3600, 3600)
    )
    with blocks:
        Window(Handlers(chain, index, log_questions=settings.log_questions), settings).connect(blocks)
        interface.offer(chain, index)
    blocks.queue(api_open=False, default_concurrency_limit=ANSWERS_AT_ONCE)
    return blocks


class Window:
    """The frame of the window and its places."""

    def __init__(self, handlers: Handlers, settings: Settings) -> None:
        self.handlers, self.settings, self.index = handlers, settings, handlers.index
        self.statements = StatementsPlace(self.index, handlers.fields)
        self.check = CheckPlace(self.index)
        self.papers = PapersPlace(self.index, handlers.fields, settings)
        self.wiring = wiring = Wiring()
        language = settings.language
        wiring.add(
            language=gr.State(language),
            place=gr.State(None),
            header=html("header", frame.header(language)),
            banner=html("banner", frame.banner(self.index, language)),
        )
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="places"), gr.Tabs(selected="ask", elem_id="tabs") as tabs:
                with gr.Tab(TEXTS[language].tab, id="ask") as ask:
                    place_ask.build(wiring, handlers, settings)
                with gr.Tab(TEXTS[language].statements.tab, id="statements") as statements:
                    self.statements.build(wiring, language)
                with gr.Tab(TEXTS[language].check.tab, id="check") as checks:
                    self.check.build(wiring, language)
                with gr.Tab(TEXTS[language].papers.tab, id="papers") as papers:
                    self.papers.build(wiring, language)
            wiring.add(panel=html("panel"))
        wiring.add(tabs=tabs, t_ask=ask, t_statements=statements, t_check=checks, t_papers=papers)
        wiring.add(contents=html("contents", frame.contents(self.index, language)), download=html("download"))

    def connect(self, blocks: gr.Blocks) -> None:
        """Tie the handlers to the components of `blocks`."""
        on, wiring = self.wiring.on, self.wiring
        place_ask.connect(wiring, self.handlers)
        self.statements.connect(wiring)
        self.check.connect(wiring)
        self.papers.connect(wiring)
        on(wiring["panel"].click, self.handlers.step, ("place", "language"), ("place", "panel"))
        on(wiring["tabs"].select, self.leave, (), ("place", "panel"))
        on(wiring["t_papers"].select, self.papers.show, (*place_papers.LIST, "language"), ("papers",))
        arriving = wiring.on(
            blocks.load, self.arrive, (), ("banner", "welcome", "contents", *self._menus(), *self._arriving())
        )
        # The fields change one after the other, and each change draws the chips: once more when all are filled in.
        filled = on(arriving.then, self.handlers.filtered, ("language", *FILTERS), ("chips", "message"))
        filled.then(None, js=ARRIVED)
        places = (
            *place_ask.TRANSLATED,
            *place_statements.TRANSLATED,
            *place_check.TRANSLATED,
            *place_papers.TRANSLATED,
        )
        frames = (
            "language",
            "header",
            "banner",
            "privacy",
            "contents",
            "panel",
            "t_ask",
            "t_statements",
            "t_check",
            "t_papers",
        )
        current = ("place", "checked", *ASKED, *FOUND, *READING)
        on(wiring["header"].click, self.translate, current, (*frames, *places))

    def _menus(self) -> tuple[str, ...]:
        return (*FILTERS[:3], *place_statements.NAMES[:3], "p_ministry")

    def _arriving(self) -> tuple[str, ...]:
        shows = ("words", "found", "s_shown", "results", "s_message", "s_status", "s_chips")
        opened = ("tabs", "box", "spared", "chips", "message", "library", "paper", "reading", "papers")
        return (*FILTERS[3:], *place_statements.NAMES[3:], *shows, *opened)

    def leave(self) -> Update:
        """Close the panel when another place is opened."""
        return {"place": None, "panel": ""}

    def arrive(self, request: gr.Request) -> Update:
        """Show what is in the index now, and what the address asks for."""
        self.handlers.refresh()
        language = self.settings.language
        fields = self.handlers.fields
        update: Update = {
            "banner": frame.banner(self.index, language),
            "welcome": frame.welcome(self.index, language),
            "contents": frame.contents(self.index, language),
            **fields.refreshed(language),
            **fields.refreshed(language, place_statements.PREFIX),
            "p_ministry": gr.update(**fields.field("ministry", language)),
        }
        asked = address.read(request.query_params.multi_items())
        if asked == address.Asked():
            return update
        return {**update, **self._asked(asked, language)}

    def _asked(self, asked: address.Asked, language: str) -> Update:
        update: Update = {"tabs": gr.update(selected=asked.place)}
        match asked.place:
            case "ask":
                return {**update, **self.handlers.arrived(asked, language)}
            case "statements":
                return {**update, **self.statements.arrived(asked, language)}
            case "papers" if asked.paper:
                return {**update, **self.papers.open(asked.paper, language)}
        return update

    def translate(
        self, event: gr.EventData, place: panel.Opened | None, checked: Report | None, *values: Any
    ) -> Update:
        """Show every text of the window in the chosen language; what was asked and found stays."""
        language = ENGLISH if clicked(event, "language") == ENGLISH else DUTCH
        texts = TEXTS[language]
        asked, found, listed = _shared(values, len(ASKED), len(FOUND), len(READING))
        return {
            "language": language,
            "header": frame.header(language),
            "banner": frame.banner(self.index, language),
            "privacy": frame.privacy(self.settings, language),
            "contents": frame.contents(self.index, language),
            "panel": panel.at(self.index, place, language),
            "t_ask": gr.update(label=texts.tab),
            "t_statements": gr.update(label=texts.statements.tab),
            "t_check": gr.update(label=texts.check.tab),
            "t_papers": gr.update(label=texts.papers.tab),
            **self._ask_in(language, *asked),
            **self._statements_in(language, *found),
            **self.check.translated(checked, language),
            **self.papers.translated(*listed, language),
        }

    def _ask_in(self, language: str, shown: Shows, busy: dialogue.Asking | None, *filters: str) -> Update:
        return self.handlers.translated(shown, busy, language, *filters)

    def _statements_in(self, language: str, found: Found, shown: int, order: str, *filters: str) -> Update:
        return self.statements.translated(found, shown, order, language, *filters)


def _shared(values: tuple[Any, ...], *lengths: int) -> list[tuple[Any, ...]]:
    """`values` cut into runs of the given lengths."""
    runs, start = [], 0
    for length in lengths:
        runs.append(values[start : start + length])
        start += length
    return runs


def serve(settings: Settings) -> None:
    """Open the index, make the chain and serve the window until it is interrupted.

    Raises:
        IndexProblem: the index is missing or cannot be used.
        AddressInUse: the window cannot listen on the host and port of the settings.
        ModelUnavailable: the language model cannot be used as configured.
    """
    from chatbot.chain import build_chain

    models.forbid_tracing(os.environ)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    with chosen.opened(settings) as index:
        chain = build_chain(index, settings, chosen.language_model(settings, os.environ))
        app = application(build(chain, index, settings), settings, partial(_state, index))
        server = WindowServer(app, settings.host, settings.port, settings.names, settings.root_path)
        if settings.logs == "json":
            logs.to(sys.stderr)
            logs.said(logs.answers, "serving", address=server.address)
        else:
            sys.stderr.write(f"Kamerantwoord: {server.address} (Ctrl-C stops)\n")
        server.run()


def _state(index: Index) -> dict[str, Any]:
    """What the health address says of the index."""
    index.refresh()
    status = index.status()
    return {"papers": status.papers, "answers": status.answers, "updated": status.updated}
