"""What happens when something in the chat is used: from values of components to new values of components.

Handlers name components as `chatbot.place_ask` does; what they do not name stays as it is. They
keep nothing themselves: all state of a conversation comes in and goes out, so that sessions cannot mix.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import gradio as gr
from langchain_core.runnables import Runnable

from chatbot import address, dialogue, frame, logs, panel, rendering, transcript
from chatbot.chips import chips, understood
from chatbot.downloads import download
from chatbot.fields import FILTERS, Fields
from chatbot.records import Answer, Request, Turn
from chatbot.rendering import Outcome, Shown
from chatbot.texts import TEXTS
from chatbot.wiring import Update, clicked, clicked_number
from index.errors import IndexProblem
from index.search import Index

logger = logging.getLogger(__name__)

Shows = tuple[Shown, ...]


class Handlers:
    """The behaviour of the chat over `chain` and `index`."""

    def __init__(self, chain: Runnable[Request, Answer], index: Index, *, log_questions: bool = False) -> None:
        self.chain, self.index, self.fields = chain, index, Fields(index)
        self.log_questions = log_questions

    def refresh(self) -> None:
        """Go on with what is in the index now: papers may have come since the window was opened."""
        try:
            self.index.refresh()
        except IndexProblem:
            logger.warning("the newer index cannot be used; going on with the one in use", exc_info=True)

    def accept(
        self,
        typed: str,
        language: str,
        shown: Shows,
        busy: dialogue.Asking | None,
        spared: dialogue.Asking | None,
        *values: str,
    ) -> Update:
        """Take a question on, or say what is wrong with it; the answer follows in `answer`.

        `spared`: the question of the address, with what it leaves out.
        """
        if busy:
            return {"asking": None, "message": frame.message(TEXTS[language].busy)}
        try:
            question = dialogue.question_of(typed, language)
            dialogue.filters_of(values, language)
        except dialogue.Unusable as error:
            return {"asking": None, "message": frame.message(str(error))}
        self.refresh()
        without = spared.without if spared is not None and spared.question == question else ()
        asking = dialogue.Asking(question, without)
        begun = self._conversation((*shown, Shown(Turn(question))), language, asking, shown_before=shown)
        changed: Update = {"asking": asking, "box": "", "message": frame.message(""), "welcome": ""}
        return {**begun, **changed, "fresh": gr.update(visible=True)}

    def leave_out(
        self, event: gr.EventData, language: str, shown: Shows, busy: dialogue.Asking | None, *values: str
    ) -> Update:
        """Ask the last question again without the clue that was clicked, in place of its answer so far."""
        if busy:
            return {"asking": None, "message": frame.message(TEXTS[language].busy)}
        again = dialogue.asked_without(shown, clicked_number(event, "clue"))
        if again is None:
            return {"asking": None}
        try:
            dialogue.filters_of(values, language)
        except dialogue.Unusable as error:
            return {"asking": None, "message": frame.message(str(error))}
        before, asking = again
        begun = self._conversation((*before, Shown(Turn(asking.question))), language, asking, shown_before=before)
        return {**begun, "asking": asking, "message": frame.message("")}

    def answer(self, asking: dialogue.Asking | None, shown: Shows, language: str, *values: str) -> Iterator[Update]:
        """Stream the answer to the question that `accept` took on."""
        if asking is None:
            return
        filters = dialogue.filters_of(values, language)
        for after in dialogue.ask(self.chain, shown, asking, filters):
            if after[-1].outcome is not Outcome.RUNNING:
                self._log(after[-1])
            update = self._conversation(after, language, asking)
            if after[-1].outcome is Outcome.RUNNING:
                del update["earlier"]
            yield update
        if asking.ended.is_set():
            # The last of what a handler gives is sent once more at its end, and must not undo what ended it.
            yield {}

    def _log(self, last: Shown) -> None:
        answer = last.turn.answer or Answer()
        asked = {"question": last.turn.question} if self.log_questions else {}
        logs.said(
            logs.answers, "answer", outcome=last.outcome.value, abstained=answer.abstained, mode=answer.mode,
            citations=len(answer.citations), milliseconds=answer.milliseconds, **asked,
        )  # fmt: skip

    def _conversation(
        self,
        shown: Shows,
        language: str,
        asking: dialogue.Asking | None = None,
        shown_before: Shows | None = None,
    ) -> Update:
        """The conversation drawn.

        `asking`: the question that is being answered, if its answer runs. `shown_before`: what is kept instead of
        `shown`, which is only drawn.
        """
        running = bool(shown) and shown[-1].outcome is Outcome.RUNNING
        return {
            "shown": shown if shown_before is None else shown_before,
            "busy": asking if running else None,
            **self.drawn(shown, language),
            "clues": "" if running else self._clues(shown, language),
            "status": frame.status(dialogue.announcement(shown, language)),
            "send": gr.update(visible=not running),
            "stop": gr.update(visible=running),
            "keep": "" if running else transcript.buttons(shown, language),
        }

    def _clues(self, shown: Shows, language: str) -> str:
        answer = shown[-1].turn.answer if shown else None
        return understood(answer.clues if answer else (), language)

    def redraw(self, shown: Shows, busy: dialogue.Asking | None, language: str) -> Update:
        """The conversation drawn again once its answer is whole, unless the next one is already coming in."""
        return {} if busy else self.drawn(shown, language)

    def drawn(self, shown: Shows, language: str) -> Update:
        """The earlier turns, and the last one, which alone changes while an answer comes in."""
        last = max(len(shown) - 1, 0)
        earlier = rendering.conversation(shown[:last], 0, language)
        return {"earlier": earlier, "current": rendering.conversation(shown[last:], last, language)}

    def interrupt(self, shown: Shows, busy: dialogue.Asking | None, language: str) -> Update:
        """Stop the running answer; what was said so far stays."""
        if busy:
            busy.ended.set()
        return {"asking": None, **self._conversation(dialogue.stopped(shown, busy), language)}

    def restart(self, busy: dialogue.Asking | None, language: str) -> Update:
        """Begin a new conversation."""
        if busy:
            busy.ended.set()
        empty: Update = {"asking": None, "box": "", "message": frame.message(""), "place": None, "panel": ""}
        welcome = frame.welcome(self.index, language)
        return {**empty, **self._conversation((), language), "welcome": welcome, "fresh": gr.update(visible=False)}

    def example(self, language: str, event: gr.EventData) -> Update:
        """Put the clicked example question in the question box."""
        questions = frame.example_questions(self.index, language)
        place = clicked_number(event, "example")
        return {"box": questions[place]} if place is not None and place < len(questions) else {}

    def open(self, shown: Shows, language: str, event: gr.EventData) -> Update:
        """Open the exchange of the clicked citation in the panel."""
        citation = dialogue.chosen_citation(shown, event._data or {})
        if citation is None:
            return {}
        place = panel.opened(citation)
        return {"place": place, "panel": panel.at(self.index, place, language)}

    def step(self, place: panel.Opened | None, language: str, event: gr.EventData) -> Update:
        """Go to the previous or next exchange of the paper, or close the panel."""
        steps = {"previous": -1, "next": 1}.get(clicked(event, "go"))
        if place is None or steps is None:
            return {"place": None, "panel": ""}
        place = panel.stepped(place, steps)
        return {"place": place, "panel": panel.at(self.index, place, language)}

    def filtered(self, language: str, *values: str) -> Update:
        """Show the filters in use, or what is wrong with them."""
        try:
            filters = dialogue.filters_of(values, language)
        except dialogue.Unusable as error:
            return {"message": frame.message(str(error))}
        return {"chips": chips(filters, language), "message": frame.message("")}

    def unfilter(self, event: gr.EventData, language: str, *values: str) -> Update:
        """Remove the filter whose chip was clicked."""
        name = clicked(event, "remove")
        if name not in FILTERS:
            return {}
        left = ["" if filter_name == name else value for filter_name, value in zip(FILTERS, values, strict=True)]
        return {name: "", **self.filtered(language, *left)}

    def translated(self, shown: Shows, busy: dialogue.Asking | None, language: str, *values: str) -> Update:
        """Every text of the place in another language; the conversation stays."""
        texts = TEXTS[language]
        update: Update = {
            "welcome": "" if shown or busy else frame.welcome(self.index, language),
            "box": gr.update(label=texts.question, placeholder=texts.placeholder),
            "send": gr.update(value=texts.send),
            "stop": gr.update(value=texts.stop),
            "toggle": gr.update(label=texts.filters),
            "fresh": gr.update(value=texts.new_conversation),
            "keep": transcript.buttons(shown, language),
            "clues": "" if busy else self._clues(shown, language),
            **self.fields.translated(language),
        }
        return {**update, **self.filtered(language, *values), **self.redraw(shown, busy, language)}

    def arrived(self, asked: address.Asked, language: str) -> Update:
        """Fill in what an address asks for; the page's script then sends it."""
        values = asked.values()
        update: Update = dict(zip(FILTERS, values, strict=True))
        spared = dialogue.Asking(asked.question.strip(), asked.without)
        return {**update, "box": asked.question, "spared": spared, **self.filtered(language, *values)}

    def keep(self, shown: Shows, language: str, event: gr.EventData) -> Update:
        """Hand out the conversation as a file."""
        form = clicked(event, "format")
        if form == "markdown":
            return {"download": download("gesprek.md", transcript.as_markdown(shown, language))}
        if form == "html":
            return {"download": download("gesprek.html", transcript.as_html(shown, language))}
        return {}
