"""What happens when something in the window is used: from values of components to new values of components.

Handlers name components by their attribute in `chatbot.ui.Window`; what they do not name stays as it is. They
keep nothing themselves: all state of a conversation comes in and goes out, so that sessions cannot mix.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import gradio as gr
from langchain_core.runnables import Runnable

from chatbot import dialogue, frame, panel, rendering
from chatbot.chips import chips
from chatbot.language import DUTCH, ENGLISH
from chatbot.records import Answer, Request, Turn
from chatbot.rendering import Outcome, Shown
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from index.errors import IndexProblem
from index.search import Index

logger = logging.getLogger(__name__)

FILTERS = ("minister", "ministry", "party", "since", "until")
"""The components that filter, named as the fields of `Filters`."""

Update = dict[str, Any]
Shows = tuple[Shown, ...]


class Handlers:
    """The behaviour of the window over `chain` and `index`."""

    def __init__(self, chain: Runnable[Request, Answer], index: Index, settings: Settings) -> None:
        self.chain, self.index, self.settings = chain, index, settings

    def arrive(self) -> Update:
        """Show what is in the index now: papers may have come since the window was opened."""
        self._refresh()
        language = self.settings.language
        update: Update = {name: gr.update(**self.field(name, language)) for name in ("minister", "ministry", "party")}
        return {
            **update,
            "banner": frame.banner(self.index, language),
            "welcome": frame.welcome(self.index, language),
            "contents": frame.contents(self.index, language),
        }

    def _refresh(self) -> None:
        try:
            self.index.refresh()
        except IndexProblem:
            logger.warning("the newer index cannot be used; going on with the one in use", exc_info=True)

    def accept(self, typed: str, language: str, shown: Shows, busy: bool, *values: str) -> Update:
        """Take a question on, or say what is wrong with it; the answer follows in `answer`."""
        if busy:
            return {"asking": None, "message": frame.message(TEXTS[language].busy)}
        try:
            question = dialogue.question_of(typed, language)
            dialogue.filters_of(values, language)
        except dialogue.Unusable as error:
            return {"asking": None, "message": frame.message(str(error))}
        self._refresh()
        begun = self._conversation((*shown, Shown(Turn(question))), language, shown_before=shown)
        changed: Update = {"asking": question, "box": "", "message": frame.message(""), "welcome": ""}
        return {**begun, **changed, "fresh": gr.update(visible=True)}

    def answer(self, asking: str | None, shown: Shows, language: str, *values: str) -> Iterator[Update]:
        """Stream the answer to the question that `accept` took on."""
        if asking is None:
            return
        filters = dialogue.filters_of(values, language)
        for after in dialogue.ask(self.chain, shown, asking, filters):
            update = self._conversation(after, language)
            if after[-1].outcome is Outcome.RUNNING:
                del update["earlier"]
            yield update

    def _conversation(self, shown: Shows, language: str, shown_before: Shows | None = None) -> Update:
        """The conversation drawn. `shown_before`: what is kept instead of `shown`, which is only drawn."""
        running = bool(shown) and shown[-1].outcome is Outcome.RUNNING
        return {
            "shown": shown if shown_before is None else shown_before,
            "busy": running,
            **self.redraw(shown, language),
            "status": frame.status(dialogue.announcement(shown, language)),
            "send": gr.update(visible=not running),
            "stop": gr.update(visible=running),
        }

    def redraw(self, shown: Shows, language: str) -> Update:
        """The earlier turns, and the last one, which alone changes while an answer comes in."""
        last = max(len(shown) - 1, 0)
        earlier = rendering.conversation(shown[:last], 0, language)
        return {"earlier": earlier, "current": rendering.conversation(shown[last:], last, language)}

    def interrupt(self, shown: Shows, asking: str | None, language: str) -> Update:
        """Stop the running answer; what was said so far stays."""
        return {"asking": None, **self._conversation(dialogue.stopped(shown, asking), language)}

    def restart(self, language: str) -> Update:
        """Begin a new conversation."""
        empty: Update = {"asking": None, "box": "", "message": frame.message(""), "place": None, "panel": ""}
        welcome = frame.welcome(self.index, language)
        return {**empty, **self._conversation((), language), "welcome": welcome, "fresh": gr.update(visible=False)}

    def example(self, language: str, clicked: gr.EventData) -> Update:
        """Put the clicked example question in the question box."""
        questions = frame.example_questions(self.index, language)
        place = _number(clicked, "example")
        return {"box": questions[place]} if place is not None and place < len(questions) else {}

    def open(self, shown: Shows, language: str, clicked: gr.EventData) -> Update:
        """Open the exchange of the clicked citation in the panel."""
        citation = dialogue.chosen_citation(shown, clicked._data or {})
        if citation is None:
            return {}
        place = panel.opened(citation)
        return {"place": place, "panel": self._panel(place, language)}

    def step(self, place: panel.Opened | None, language: str, clicked: gr.EventData) -> Update:
        """Go to the previous or next exchange of the paper, or close the panel."""
        steps = {"previous": -1, "next": 1}.get((clicked._data or {}).get("go", ""))
        if place is None or steps is None:
            return {"place": None, "panel": ""}
        place = panel.stepped(place, steps)
        return {"place": place, "panel": self._panel(place, language)}

    def _panel(self, place: panel.Opened | None, language: str) -> str:
        if place is None:
            return ""
        try:
            return panel.exchange_panel(self.index.paper(place.paper), place, language)
        except (LookupError, panel.Outdated):
            return panel.gone(language)

    def filtered(self, language: str, *values: str) -> Update:
        """Show the filters in use, or what is wrong with them."""
        try:
            filters = dialogue.filters_of(values, language)
        except dialogue.Unusable as error:
            return {"message": frame.message(str(error))}
        return {"chips": chips(filters, language), "message": frame.message("")}

    def unfilter(self, clicked: gr.EventData, language: str, *values: str) -> Update:
        """Remove the filter whose chip was clicked."""
        name = (clicked._data or {}).get("remove")
        if name not in FILTERS:
            return {}
        left = ["" if filter_name == name else value for filter_name, value in zip(FILTERS, values, strict=True)]
        return {name: "", **self.filtered(language, *left)}

    def translate(
        self, clicked: gr.EventData, shown: Shows, busy: bool, place: panel.Opened | None, language: str, *values: str
    ) -> Update:
        """Show every text of the window in the chosen language; the conversation stays."""
        language = ENGLISH if (clicked._data or {}).get("language") == ENGLISH else DUTCH
        texts = TEXTS[language]
        update: Update = {
            "language": language,
            "header": frame.header(language),
            "banner": frame.banner(self.index, language),
            "welcome": "" if shown or busy else frame.welcome(self.index, language),
            "box": gr.update(label=texts.question, placeholder=texts.placeholder),
            "send": gr.update(value=texts.send),
            "stop": gr.update(value=texts.stop),
            "toggle": gr.update(label=texts.filters),
            "fresh": gr.update(value=texts.new_conversation),
            "privacy": frame.privacy(self.settings, language),
            "contents": frame.contents(self.index, language),
            "panel": self._panel(place, language),
            **{name: gr.update(**self.field(name, language)) for name in FILTERS},
        }
        return {**update, **self.filtered(language, *values), **({} if busy else self.redraw(shown, language))}

    def field(self, name: str, language: str) -> dict[str, Any]:
        """Label and choices of a filter; every choice says how many answers it leaves."""
        texts = TEXTS[language]
        lists = {
            "minister": self.index.ministers,
            "ministry": self.index.ministries,
            "party": self.index.parties,
        }
        label = getattr(texts, name)
        if name not in lists:
            return {"label": label, "placeholder": texts.date_hint}
        choices = [(f"{value} ({rendering.number(count, language)})", value) for value, count in lists[name]()]
        return {"label": label, "choices": [(texts.everything, ""), *choices]}


def _number(clicked: gr.EventData, name: str) -> int | None:
    """A number from 0 that a click carries; None where it carries none."""
    try:
        number = int((clicked._data or {})[name])
    except (KeyError, TypeError, ValueError):
        return None
    return number if number >= 0 else None
