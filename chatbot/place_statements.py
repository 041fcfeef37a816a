"""The place where statements are looked up: its components, and what happens when they are used."""

from __future__ import annotations

from functools import partial
from typing import Any

import gradio as gr

from chatbot import address, bibliography, dialogue, frame, panel, statement_cards
from chatbot.chips import chips
from chatbot.downloads import download
from chatbot.fields import FILTERS, Fields
from chatbot.statements import Order, Statement, find, ordered
from chatbot.texts import TEXTS
from chatbot.wiring import Update, Wiring, clicked, clicked_number, html
from index.search import Index

PREFIX = "s_"
"""What the names of this place's filters begin with."""
NAMES = tuple(PREFIX + name for name in FILTERS)
Found = tuple[Statement, ...]


class StatementsPlace:
    """Words and filters to statements."""

    def __init__(self, index: Index, fields: Fields) -> None:
        self.index, self.fields = index, fields

    def build(self, wiring: Wiring, language: str) -> None:
        """Make the components."""
        texts = TEXTS[language].statements
        wiring.add(
            found=gr.State(()),
            s_shown=gr.State(0),
            s_intro=html("s-intro", f"<p>{texts.intro}</p>"),
        )
        with gr.Row(elem_classes="ask"):
            wiring.add(
                words=gr.Textbox(
                    value="", label=texts.words, placeholder=texts.placeholder, max_lines=1, elem_id="words"
                ),
                find=gr.Button(texts.find, variant="primary", elem_id="find", min_width=80, scale=0),
            )
        with gr.Accordion(TEXTS[language].filters, open=True, elem_id="s-filters", elem_classes="fold") as toggle:
            self.fields.build(wiring, language, PREFIX)
            with gr.Row(elem_classes="fields"):
                wiring.add(
                    order=gr.Dropdown(**self._orders(language), value=Order.RELEVANCE.value, elem_id="order"),
                    promises=gr.Checkbox(label=texts.promises, elem_id="promises"),
                )
        wiring.add(
            s_toggle=toggle,
            s_message=html("s-message", frame.message("")),
            s_chips=html("s-chips"),
            results=html("results"),
            s_status=html("s-status", frame.status("")),
        )

    def connect(self, wiring: Wiring) -> None:
        """Tie the handlers to the components."""
        asked = ("words", "language", "promises", "order", *NAMES)
        shows = ("found", "s_shown", "results", "s_message", "s_status", "s_chips")
        searching = partial(gr.on, [wiring["words"].submit, wiring["find"].click, wiring["promises"].change])
        wiring.on(searching, self.search, asked, shows, queue=True, trigger_mode="always_last")
        wiring.on(wiring["order"].change, self.reorder, ("found", "order", "language"), ("s_shown", "results"))
        changes = [wiring[name].change for name in NAMES[:3]]
        changes += [wiring[name].submit for name in NAMES[3:]]
        wiring.on(partial(gr.on, changes), self.narrow, asked, shows, queue=True, trigger_mode="always_last")
        left = [wiring[name].blur for name in NAMES[3:]]
        wiring.on(partial(gr.on, left), self.filtered, ("language", *NAMES), ("s_chips", "s_message"))
        wiring.on(wiring["s_chips"].click, self.unfilter, ("language", *NAMES), ("s_chips", "s_message", *NAMES))
        wiring.on(
            wiring["results"].click,
            self.act,
            ("found", "s_shown", "order", "language"),
            ("s_shown", "results", "place", "panel", "download"),
        )

    def _orders(self, language: str) -> dict[str, Any]:
        texts = TEXTS[language].statements
        return {"label": texts.order, "choices": [(getattr(texts, order.value), order.value) for order in Order]}

    def search(self, words: str, language: str, promises: bool, order: str, *values: str) -> Update:
        """Look for statements, or say what is wrong with what was typed."""
        try:
            sought = dialogue.question_of(words, language) if words.strip() else ""
            filters = dialogue.filters_of(values, language)
        except dialogue.Unusable as error:
            return {"s_message": frame.message(str(error))}
        marks = chips(filters, language)
        if not sought and not marks and not promises:
            return {"s_message": frame.message(TEXTS[language].statements.nothing_asked)}
        found = find(self.index, sought, filters, promises=promises)
        chosen = order if sought or order != Order.RELEVANCE.value else Order.NEWEST.value
        return {
            "found": found,
            **self.reorder(found, chosen, language),
            "s_message": frame.message(""),
            "s_status": frame.status(statement_cards.found(found, language)),
            "s_chips": marks,
        }

    def narrow(self, words: str, language: str, promises: bool, order: str, *values: str) -> Update:
        """Look again with other filters."""
        if not words.strip() and not promises and not any(values):
            return {"s_chips": "", "s_message": frame.message(""), "results": "", "found": (), "s_shown": 0}
        return self.search(words, language, promises, order, *values)

    def reorder(self, found: Found, order: str, language: str) -> Update:
        """Show what was found in another order, from the top."""
        shown = statement_cards.PAGE
        return {"s_shown": shown, "results": self._drawn(found, shown, order, language)}

    def _drawn(self, found: Found, shown: int, order: str, language: str) -> str:
        return statement_cards.results(self.index, ordered(found, Order(order)), shown, language)

    def filtered(self, language: str, *values: str) -> Update:
        """Show the filters in use, or what is wrong with them."""
        try:
            return {"s_chips": chips(dialogue.filters_of(values, language), language), "s_message": frame.message("")}
        except dialogue.Unusable as error:
            return {"s_message": frame.message(str(error))}

    def unfilter(self, clicked_on: gr.EventData, language: str, *values: str) -> Update:
        """Remove the filter whose chip was clicked; its field's change looks again."""
        name = clicked(clicked_on, "remove")
        if name not in FILTERS:
            return {}
        left = ["" if each == name else value for each, value in zip(FILTERS, values, strict=True)]
        return {PREFIX + name: "", **self.filtered(language, *left)}

    def act(self, found: Found, shown: int, order: str, language: str, event: gr.EventData) -> Update:
        """Open a statement's exchange, show more, or hand out what was chosen."""
        match clicked(event, "act"):
            case "open":
                number = clicked_number(event, "n")
                cited = next((item.citation for item in found if item.citation.n == number), None)
                if cited is None:
                    return {}
                place = panel.opened(cited)
                return {"place": place, "panel": panel.at(self.index, place, language)}
            case "more":
                shown += statement_cards.PAGE
                return {"s_shown": shown, "results": self._drawn(found, shown, order, language)}
            case "export":
                return self._export(found, order, clicked(event, "format"), clicked(event, "chosen"))
        return {}

    def _export(self, found: Found, order: str, form: str, chosen: str) -> Update:
        if form not in list(bibliography.Format) or not found:
            return {}
        wanted = {int(n) for n in chosen.split(",") if n.isascii() and n.isdigit()}
        cited = [item.citation for item in ordered(found, Order(order)) if not wanted or item.citation.n in wanted]
        kind = bibliography.Format(form)
        return {"download": download(f"citaten.{kind.suffix}", bibliography.export(cited, kind))}

    def translated(self, found: Found, shown: int, order: str, language: str, *values: str) -> Update:
        """Every text of the place in another language."""
        texts = TEXTS[language].statements
        return {
            "s_intro": f"<p>{texts.intro}</p>",
            "words": gr.update(label=texts.words, placeholder=texts.placeholder),
            "find": gr.update(value=texts.find),
            "s_toggle": gr.update(label=TEXTS[language].filters),
            "promises": gr.update(label=texts.promises),
            "order": gr.update(**self._orders(language)),
            "results": self._drawn(found, shown, order, language) if shown else "",
            **self.fields.translated(language, PREFIX),
            **self.filtered(language, *values),
        }

    def arrived(self, asked: address.Asked, language: str) -> Update:
        """Fill in what an address asks for, and look for it."""
        values = asked.values()
        update: Update = {
            "words": asked.question,
            **{PREFIX + name: value for name, value in zip(FILTERS, values, strict=True)},
        }
        return {**update, **self.search(asked.question, language, False, Order.RELEVANCE.value, *values)}


TRANSLATED = (
    *("s_intro", "words", "find", "s_toggle", "promises", "order", "results", "s_chips", "s_message"),
    *NAMES,
)
"""What `StatementsPlace.translated` changes."""
