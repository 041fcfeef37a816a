"""The place where the papers are: its components, and what happens when they are used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import gradio as gr

from chatbot import paper_pages, place_intake
from chatbot.collection import Collection, PaperOrder, Wanted
from chatbot.fields import Fields
from chatbot.place_intake import IntakePart
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from chatbot.wiring import CLICKS, Update, Wiring, clicked, html
from corpus.records import PaperKind
from index.search import Index

LIST = ("sought", "kind", "p_ministry", "paper_order")
MORE = (
    CLICKS
    + """
element.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-rows]');
  if (!button || button.disabled) return;
  button.disabled = true;
  const asked = element.querySelector('[data-wanted]').dataset.wanted;
  const came = await server.more_rows({wanted: asked, start: Number(button.dataset.rows)});
  const next = document.createElement('div');
  next.innerHTML = came.more;
  element.querySelector('ol.papers').insertAdjacentHTML('beforeend', came.rows);
  button.replaceWith(...next.childNodes);
});
"""
)
"""Fetches further rows of the list when its button is pressed, by the reader or by the window's script."""


class PapersPlace:
    """The list of papers, one paper whole, what can be counted, and the way in for new papers."""

    def __init__(self, index: Index, fields: Fields, settings: Settings) -> None:
        self.index, self.fields = index, fields
        self.collection = Collection(index)
        self.intake = IntakePart(index, settings, self._renewed)

    def build(self, wiring: Wiring, language: str) -> None:
        """Make the components."""
        texts = TEXTS[language].papers
        wiring.add(p_intro=html("p-intro", f"<p>{texts.intro}</p>"), reading=gr.State(None))
        with gr.Column(elem_id="library") as library:
            with gr.Accordion(texts.numbers, open=False, elem_id="p-numbers", elem_classes="fold") as figures:
                wiring.add(numbers=html("numbers"))
            with gr.Accordion(texts.add, open=False, elem_id="p-add", elem_classes="fold") as adding:
                self.intake.build(wiring, language)
            with gr.Row(elem_classes="fields"):
                wiring.add(
                    sought=gr.Textbox(
                        value="", label=texts.search, placeholder=texts.placeholder, max_lines=1, elem_id="sought"
                    ),
                    kind=gr.Dropdown(**self._kinds(language), value="", elem_id="kind"),
                    p_ministry=gr.Dropdown(**self.fields.field("ministry", language), value="", elem_id="p-ministry"),
                    paper_order=gr.Dropdown(
                        **self._orders(language), value=PaperOrder.NEWEST.value, elem_id="paper-order"
                    ),
                )
            wiring.add(
                papers=gr.HTML(
                    elem_id="papers",
                    js_on_load=MORE,
                    apply_default_css=False,
                    server_functions=[self._server_function()],
                ),
            )
        wiring.add(library=library, figures=figures, adding=adding, paper=html("paper"))

    def _server_function(self) -> Callable[[dict[str, Any]], dict[str, str]]:
        def more_rows(asked: dict[str, Any]) -> dict[str, str]:
            return self.more_rows(asked)

        return more_rows

    def connect(self, wiring: Wiring) -> None:
        """Tie the handlers to the components."""
        asked = (*LIST, "language")
        searching = [
            wiring["sought"].change,
            wiring["kind"].change,
            wiring["p_ministry"].change,
            wiring["paper_order"].change,
        ]
        wiring.on(partial(gr.on, searching), self.show, asked, ("papers",), trigger_mode="always_last")
        opened = ("library", "paper", "reading")
        for name in ("papers", "paper"):
            wiring.on(wiring[name].click, self.act, ("language",), opened)
        wiring.on(wiring["figures"].expand, self.count, ("language",), ("numbers",))
        self.intake.connect(wiring, asked, ("papers", "numbers", "p_ministry"))

    def _kinds(self, language: str) -> dict[str, Any]:
        texts = TEXTS[language]
        kinds = [(texts.papers.kinds[kind.value], kind.value) for kind in PaperKind]
        return {"label": texts.papers.kind, "choices": [(texts.everything, ""), *kinds]}

    def _orders(self, language: str) -> dict[str, Any]:
        texts = TEXTS[language].papers
        return {"label": texts.order, "choices": [(getattr(texts, order.value), order.value) for order in PaperOrder]}

    def show(self, sought: str, kind: str, ministry: str, order: str, language: str) -> Update:
        """List the papers asked for."""
        wanted = "\t".join((sought.replace("\t", " "), kind, ministry, order, language))
        headers = self.collection.listed(_wanted(sought, kind, ministry, order))
        listing = paper_pages.listing(headers, self.index.paper, language)
        return {"papers": f'<div data-wanted="{escape(wanted)}">{listing}</div>'}

    def more_rows(self, asked: dict[str, Any]) -> dict[str, str]:
        """The next rows of a list, and the button for those after them; asked by the page's script."""
        parts = str(asked.get("wanted", "")).split("\t")
        start = asked.get("start")
        if len(parts) != 5 or not isinstance(start, int) or start < 0 or parts[4] not in TEXTS:
            return {"rows": "", "more": ""}
        *wanted, language = parts
        headers = self.collection.listed(_wanted(*wanted))
        end = start + paper_pages.ROWS
        return {
            "rows": paper_pages.rows(headers[start:end], self.index.paper, language),
            "more": paper_pages.more(len(headers), end, language),
        }

    def act(self, language: str, event: gr.EventData) -> Update:
        """Open a paper from the list or from another paper, or go back to the list."""
        if clicked(event, "act") == "back":
            return {"paper": "", "library": gr.update(visible=True), "reading": None}
        return self.open(clicked(event, "paper"), language) if clicked(event, "act") == "paper" else {}

    def open(self, identifier: str, language: str) -> Update:
        """Show one paper whole in place of the list."""
        page = self._page(identifier, language)
        return {"paper": page, "library": gr.update(visible=False), "reading": identifier}

    def _page(self, identifier: str, language: str) -> str:
        try:
            paper = self.index.paper(identifier)
        except KeyError:
            texts = TEXTS[language]
            back = f'<button type="button" class="plain back" data-act="back">{escape(texts.papers.back)}</button>'
            return f'<article class="paper" data-key="gone">{back}<p class="notice">{escape(texts.gone)}</p></article>'
        known = frozenset(other for other in paper.related if self._has(other))
        return paper_pages.paper_page(paper, known, language)

    def _has(self, identifier: str) -> bool:
        try:
            self.index.paper(identifier)
        except KeyError:
            return False
        return True

    def count(self, language: str) -> Update:
        """Draw the figures."""
        return {"numbers": paper_pages.numbers(self.collection, self.index.ministries(), language)}

    def _renewed(self, *values: str) -> Update:
        *_, language = values
        ministries = gr.update(**self.fields.field("ministry", language))
        return {**self.show(*values), **self.count(language), "p_ministry": ministries}

    def translated(self, reading: str | None, *values: str) -> Update:
        """Every text of the place in another language. `values`: those of the list's fields, and the language."""
        *_, language = values
        texts = TEXTS[language].papers
        return {
            "p_intro": f"<p>{texts.intro}</p>",
            "figures": gr.update(label=texts.numbers),
            "adding": gr.update(label=texts.add),
            **self.intake.translated(language),
            "sought": gr.update(label=texts.search, placeholder=texts.placeholder),
            "kind": gr.update(**self._kinds(language)),
            "p_ministry": gr.update(**self.fields.field("ministry", language)),
            "paper_order": gr.update(**self._orders(language)),
            "paper": self._page(reading, language) if reading else "",
            **self.show(*values),
            **self.count(language),
        }


TRANSLATED = (
    *("p_intro", "figures", "adding", "sought", "kind", "p_ministry", "paper_order", "paper", "papers", "numbers"),
    *place_intake.TRANSLATED,
)
"""What `PapersPlace.translated` changes."""


def _wanted(sought: str, kind: str, ministry: str, order: str) -> Wanted:
    return Wanted(
        sought=sought,
        kind=PaperKind(kind) if kind in list(PaperKind) else None,
        ministry=ministry or None,
        order=PaperOrder(order) if order in list(PaperOrder) else PaperOrder.NEWEST,
    )
