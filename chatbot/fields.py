"""The fields that filter, the same in every place."""

from __future__ import annotations

from typing import Any

import gradio as gr

from chatbot import rendering
from chatbot.texts import TEXTS
from chatbot.wiring import Update, Wiring
from index.search import Index

FILTERS = ("minister", "ministry", "party", "since", "until")
"""The fields, named as those of `Filters`."""
LISTS = FILTERS[:3]


class Fields:
    """Fields for minister, ministry, party and period over an index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def build(self, wiring: Wiring, language: str, prefix: str = "") -> None:
        """Make the five fields, named with `prefix` before the names of the filters."""
        with gr.Row(elem_classes="fields"):
            for name in FILTERS:
                identifier = prefix.replace("_", "-") + name
                field: gr.Dropdown | gr.Textbox
                if name in LISTS:
                    field = gr.Dropdown(**self.field(name, language), value="", elem_id=identifier)
                else:
                    field = gr.Textbox("", **self.field(name, language), max_lines=1, elem_id=identifier)
                wiring.add(**{prefix + name: field})

    def field(self, name: str, language: str) -> dict[str, Any]:
        """Label and choices of a filter; every choice says how many answers it leaves."""
        texts = TEXTS[language]
        lists = {"minister": self.index.ministers, "ministry": self.index.ministries, "party": self.index.parties}
        label = getattr(texts, name)
        if name not in lists:
            return {"label": label, "placeholder": texts.date_hint}
        choices = [(f"{value} ({rendering.number(count, language)})", value) for value, count in lists[name]()]
        return {"label": label, "choices": [(texts.everything, ""), *choices]}

    def translated(self, language: str, prefix: str = "") -> Update:
        """Labels and choices in a language."""
        return {prefix + name: gr.update(**self.field(name, language)) for name in FILTERS}

    def refreshed(self, language: str, prefix: str = "") -> Update:
        """The choices that the papers give now."""
        return {prefix + name: gr.update(**self.field(name, language)) for name in LISTS}
