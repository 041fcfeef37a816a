"""The window: a chat over ministers' answers in which every quotation opens where it stands.

`build` makes the window over any chain and index; `serve` opens both as the settings say and serves the window.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial, wraps
from inspect import isgeneratorfunction
from typing import Any

import gradio as gr
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable

from chatbot import frame, models
from chatbot.handlers import FILTERS, Handlers, Update
from chatbot.records import Answer, Request
from chatbot.server import WindowServer, application
from chatbot.settings import KEY_VARIABLE, Settings
from chatbot.texts import TEXTS
from index import reranker
from index.embedder import load
from index.search import Index

ANSWERS_AT_ONCE = 4
"""How many answers are made at the same time; further questions wait their turn."""

CLICKS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-turn], button[data-go], button[data-remove],'
    + ' button[data-language], button[data-example]');
  if (button && !button.disabled) trigger('click', {...button.dataset});
});
"""
"""Hands the data attributes of a clicked button to the server."""

ASK = "() => { document.querySelector('#send').click(); }"
"""Sends what stands in the question box."""

CONVERSATION = ("shown", "busy", "earlier", "current", "status", "send", "stop")
BEGINNING = ("asking", "box", "message", "welcome", "fresh")
TRANSLATED = (
    *("language", "header", "banner", "welcome", "earlier", "current", "chips", "message", "box", "send", "stop"),
    *("toggle", "fresh", "privacy", "panel", "contents"),
)
"""The components that one handler changes, by their names in `Window`."""


def build(chain: Runnable[Request, Answer], index: Index, settings: Settings) -> gr.Blocks:
    """The window over `chain`, with papers and filters from `index`. Sessions share nothing."""
    blocks: gr.Blocks = gr.Blocks(title=TEXTS[settings.language].title, analytics_enabled=False)
    with blocks:
        Window(Handlers(chain, index, settings)).connect(blocks)
    blocks.queue(api_open=False, default_concurrency_limit=ANSWERS_AT_ONCE)
    return blocks


class Window:
    """The components of the window, tied to the handlers of what is done with them."""

    def __init__(self, handlers: Handlers) -> None:
        self.handlers = handlers
        index, settings = handlers.index, handlers.settings
        language = settings.language
        texts = TEXTS[language]
        self.language = gr.State(language)
        self.shown, self.asking, self.busy, self.place = gr.State(()), gr.State(None), gr.State(False), gr.State(None)
        self.header = _html("header", frame.header(language))
        self.banner = _html("banner", frame.banner(index, language))
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="chat"):
                self.welcome = _html("welcome", frame.welcome(index, language))
                self.earlier = _html("earlier")
                self.current = _html("current")
                with gr.Column(elem_id="composer"):
                    self.message = _html("message", frame.message(""))
                    self.chips = _html("chips")
                    with gr.Row(elem_id="ask"):
                        self.box = gr.Textbox(
                            label=texts.question, placeholder=texts.placeholder, max_lines=6, elem_id="box"
                        )
                        self.send = gr.Button(texts.send, variant="primary", elem_id="send", min_width=80, scale=0)
                        self.stop = gr.Button(texts.stop, elem_id="stop", min_width=80, scale=0, visible=False)
                    with gr.Row(elem_id="tools"):
                        self.toggle = gr.Accordion(texts.filters, open=False, elem_id="filters")
                        self.fresh = gr.Button(
                            texts.new_conversation, elem_id="fresh", scale=0, visible=False, size="sm"
                        )
                    self.privacy = _html("privacy", frame.privacy(settings, language))
            self.panel = _html("panel")
        self.contents = _html("contents", frame.contents(index, language))
        self.status = _html("status", frame.status(""))
        with self.toggle, gr.Row(elem_id="fields"):
            self.minister, self.ministry, self.party = (
                gr.Dropdown(**handlers.field(name, language), value="", elem_id=name) for name in FILTERS[:3]
            )
            self.since, self.until = (
                gr.Textbox(**handlers.field(name, language), max_lines=1, elem_id=name) for name in FILTERS[3:]
            )

    def connect(self, blocks: gr.Blocks) -> None:
        """Tie the handlers to the components of `blocks`."""
        does = self.handlers
        contents = ("minister", "ministry", "party", "banner", "welcome", "contents")
        self._on(blocks.load, does.arrive, (), contents)
        asked = [self.box.submit, self.send.click]
        accepted = self._on(
            partial(gr.on, asked),
            does.accept,
            ("box", "language", "shown", "busy", *FILTERS),
            (*BEGINNING, *CONVERSATION),
        )
        answered = self._on(
            accepted.then, does.answer, ("asking", "shown", "language", *FILTERS), CONVERSATION, queue=True
        )
        self._on(answered.then, does.redraw, ("shown", "language"), ("earlier", "current"))
        interrupted = ("shown", "asking", "language")
        self._on(self.stop.click, does.interrupt, interrupted, ("asking", *CONVERSATION), cancels=[answered])
        cleared = (*BEGINNING, *CONVERSATION, "place", "panel")
        self._on(self.fresh.click, does.restart, ("language",), cleared, cancels=[answered])
        citations = [self.earlier.click, self.current.click]
        self._on(partial(gr.on, citations), does.open, ("shown", "language"), ("place", "panel"))
        self._on(self.panel.click, does.step, ("place", "language"), ("place", "panel"))
        example = self._on(self.welcome.click, does.example, ("language",), ("box",))
        example.then(None, js=ASK)
        self._on(self.chips.click, does.unfilter, ("language", *FILTERS), ("chips", "message", *FILTERS))
        changes = [self.minister.change, self.ministry.change, self.party.change]
        changes += [event for field in (self.since, self.until) for event in (field.blur, field.submit)]
        self._on(
            partial(gr.on, changes),
            does.filtered,
            ("language", *FILTERS),
            ("chips", "message"),
            trigger_mode="always_last",
        )
        current = ("shown", "busy", "place", "language", *FILTERS)
        self._on(self.header.click, does.translate, current, (*TRANSLATED, *FILTERS))

    def _named(self, name: str) -> Any:
        return getattr(self, name)

    def _on(
        self,
        event: Callable[..., Any],
        handler: Callable[..., Update | Iterator[Update]],
        inputs: Sequence[str],
        outputs: Sequence[str],
        queue: bool = False,
        **options: Any,
    ) -> Any:
        """Run `handler` on `event` with the values of the components named `inputs`; it may change `outputs`."""
        return event(
            self._by_component(handler),
            [self._named(name) for name in inputs],
            [self._named(name) for name in outputs],
            show_progress="hidden",
            api_visibility="private",
            queue=queue,
            **options,
        )

    def _by_component(self, handler: Callable[..., Any]) -> Callable[..., Any]:
        """`handler` with the components themselves in place of their names in what it returns."""

        def named(update: Update) -> dict[Any, Any]:
            return {self._named(name): value for name, value in update.items()}

        @wraps(handler)
        def once(*values: Any) -> dict[Any, Any]:
            return named(handler(*values))

        @wraps(handler)
        def stream(*values: Any) -> Iterator[dict[Any, Any]]:
            for update in handler(*values):
                yield named(update)

        return stream if isgeneratorfunction(handler) else once


def _html(name: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=CLICKS, apply_default_css=False)


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
    reader = reranker.load(settings.reranker) if settings.reranker else None
    chosen = load(settings.model) if settings.model else None
    with Index.open(settings.data, embedder=chosen, reranker=reader) as index:
        chain = build_chain(index, settings, _model(settings))
        server = WindowServer(application(build(chain, index, settings)), settings.host, settings.port)
        sys.stderr.write(f"Kamerantwoord: {server.address} (Ctrl-C stops)\n")
        server.run()


def _model(settings: Settings) -> BaseChatModel | None:
    """The language model of the settings, with its key from the environment; None for answers by quotation."""
    if settings.llm is None:
        return None
    key = os.environ.get(KEY_VARIABLE)
    return models.connect(settings.llm, base_url=settings.llm_url, api_key=key, timeout=settings.llm_timeout)
