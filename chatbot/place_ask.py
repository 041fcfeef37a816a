"""The place where questions are asked: its components, tied to the handlers of what is done with them."""

from __future__ import annotations

from functools import partial

import gradio as gr

from chatbot import frame
from chatbot.fields import FILTERS
from chatbot.handlers import Handlers
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from chatbot.wiring import Wiring, html

ASK = "() => { document.querySelector('#send').click(); }"
"""Sends what stands in the question box."""

CONVERSATION = ("shown", "busy", "earlier", "current", "clues", "status", "send", "stop", "keep")
BEGINNING = ("asking", "box", "message", "welcome", "fresh")
TRANSLATED = (
    "welcome",
    "earlier",
    "current",
    "chips",
    "clues",
    "message",
    "box",
    "send",
    "stop",
    "toggle",
    "fresh",
    "keep",
    *FILTERS,
)
"""What `Handlers.translated` changes."""


def build(wiring: Wiring, handlers: Handlers, settings: Settings) -> None:
    """Make the components."""
    language = settings.language
    texts = TEXTS[language]
    wiring.add(shown=gr.State(()), asking=gr.State(None), spared=gr.State(None), busy=gr.State(None))
    with gr.Column(elem_id="chat"):
        wiring.add(
            welcome=html("welcome", frame.welcome(handlers.index, language)),
            earlier=html("earlier"),
            current=html("current"),
            keep=html("keep"),
        )
        with gr.Column(elem_id="composer"):
            wiring.add(message=html("message", frame.message("")), chips=html("chips"), clues=html("clues"))
            with gr.Row(elem_id="ask", elem_classes="ask"):
                wiring.add(
                    box=gr.Textbox(
                        value="", label=texts.question, placeholder=texts.placeholder, max_lines=6, elem_id="box"
                    ),
                    send=gr.Button(texts.send, variant="primary", elem_id="send", min_width=80, scale=0),
                    stop=gr.Button(texts.stop, elem_id="stop", min_width=80, scale=0, visible=False),
                )
            with gr.Row(elem_id="tools"):
                toggle = gr.Accordion(texts.filters, open=False, elem_id="filters", elem_classes="fold")
                fresh = gr.Button(texts.new_conversation, elem_id="fresh", scale=0, visible=False, size="sm")
            wiring.add(toggle=toggle, fresh=fresh, privacy=html("privacy", frame.privacy(settings, language)))
        wiring.add(status=html("status", frame.status("")))
        with toggle:
            handlers.fields.build(wiring, language)


def connect(wiring: Wiring, does: Handlers) -> None:
    """Tie the handlers to the components."""
    asked = [wiring["box"].submit, wiring["send"].click]
    given = ("box", "language", "shown", "busy", "spared", *FILTERS)
    accepted = wiring.on(partial(gr.on, asked), does.accept, given, (*BEGINNING, *CONVERSATION))
    answering = ("asking", "shown", "language", *FILTERS)
    answered = wiring.on(accepted.then, does.answer, answering, CONVERSATION, queue=True)
    wiring.on(answered.then, does.redraw, ("shown", "busy", "language"), ("earlier", "current"))
    again = ("asking", "message", *CONVERSATION)
    taken = wiring.on(wiring["clues"].click, does.leave_out, ("language", "shown", "busy", *FILTERS), again)
    renewed = wiring.on(taken.then, does.answer, answering, CONVERSATION, queue=True)
    wiring.on(renewed.then, does.redraw, ("shown", "busy", "language"), ("earlier", "current"))
    running = [answered, renewed]
    interrupted = ("shown", "busy", "language")
    wiring.on(wiring["stop"].click, does.interrupt, interrupted, ("asking", *CONVERSATION), cancels=running)
    cleared = (*BEGINNING, *CONVERSATION, "place", "panel")
    wiring.on(wiring["fresh"].click, does.restart, ("busy", "language"), cleared, cancels=running)
    citations = [wiring["earlier"].click, wiring["current"].click]
    wiring.on(partial(gr.on, citations), does.open, ("shown", "language"), ("place", "panel"))
    example = wiring.on(wiring["welcome"].click, does.example, ("language",), ("box",))
    example.then(None, js=ASK)
    wiring.on(wiring["keep"].click, does.keep, ("shown", "language"), ("download",))
    wiring.on(wiring["chips"].click, does.unfilter, ("language", *FILTERS), ("chips", "message", *FILTERS))
    changes = [wiring[name].change for name in FILTERS[:3]]
    changes += [event for name in FILTERS[3:] for event in (wiring[name].blur, wiring[name].submit)]
    filtered = ("language", *FILTERS)
    wiring.on(partial(gr.on, changes), does.filtered, filtered, ("chips", "message"), trigger_mode="always_last")
