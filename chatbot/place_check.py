"""The place where an article is held against the papers: its components, and what happens when they are used."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from html import escape
from pathlib import Path

import gradio as gr

from chatbot import check_cards, check_pages, frame, panel
from chatbot.checked import Report
from chatbot.checking import UnreadableText, read_text
from chatbot.downloads import download
from chatbot.quotecheck import LONGEST_TEXT, check
from chatbot.rendering import number
from chatbot.texts import TEXTS
from chatbot.wiring import Update, Wiring, clicked, html
from index.search import Index

logger = logging.getLogger(__name__)
ARTICLES = (".txt", ".md")
TRANSLATED = ("c_intro", "article", "check", "c_file", "c_message", "checked", "report")
"""What `CheckPlace.translated` changes."""


class CheckPlace:
    """A pasted or uploaded text to a report of its quotations and claims."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def build(self, wiring: Wiring, language: str) -> None:
        """Make the components."""
        texts = TEXTS[language].check
        wiring.add(
            checked=gr.State(None),
            c_intro=html("c-intro", f"<p>{escape(texts.intro)}</p>"),
            article=gr.Textbox(
                value="", label=texts.article, placeholder=texts.placeholder, lines=6, max_lines=16, elem_id="article"
            ),
        )
        with gr.Row(elem_id="c-tools"):
            wiring.add(
                check=gr.Button(texts.check, variant="primary", elem_id="check", scale=0, min_width=130),
                c_file=gr.UploadButton(
                    texts.choose_file, file_types=list(ARTICLES), elem_id="c-file", scale=0, min_width=160
                ),
            )
        wiring.add(c_message=html("c-message", frame.message("")), report=html("report"))

    def connect(self, wiring: Wiring) -> None:
        """Tie the handlers to the components."""
        shows = ("checked", "report", "c_message", "check")
        wiring.on(wiring["check"].click, self.check, ("article", "language"), shows, queue=True)
        wiring.on(wiring["c_file"].upload, self.read, ("c_file", "language"), ("article", "c_message", "c_file"))
        wiring.on(wiring["report"].click, self.act, ("checked", "language"), ("place", "panel", "download"))

    def check(self, text: str, language: str) -> Iterator[Update]:
        """Check a text, or say what is wrong with it."""
        texts = TEXTS[language].check
        if not text.strip():
            yield {"c_message": frame.message(texts.empty)}
            return
        if len(text) > LONGEST_TEXT:
            count, limit = number(len(text), language), number(LONGEST_TEXT, language)
            yield {"c_message": frame.message(texts.too_long.format(count=count, limit=limit))}
            return
        yield {"c_message": frame.status_line(texts.working), "check": gr.update(interactive=False)}
        try:
            checked = check(text, self.index, language=language)
        except Exception:
            logger.exception("a text could not be checked")
            yield {"c_message": frame.message(texts.failed), "check": gr.update(interactive=True)}
            return
        done: Update = {"checked": checked, "report": check_cards.report(checked, language)}
        yield {**done, "c_message": frame.status(texts.report), "check": gr.update(interactive=True)}

    def read(self, uploaded: str | None, language: str) -> Update:
        """Put the text of an uploaded file into the field."""
        if uploaded is None:
            return {}
        path = Path(uploaded)
        try:
            text = read_text(str(path), io.BytesIO())
            return {"article": text, "c_message": frame.message(""), "c_file": None}
        except UnreadableText:
            message = TEXTS[language].check.unreadable.format(name=path.name)
            return {"c_message": frame.message(message), "c_file": None}
        finally:
            path.unlink(missing_ok=True)

    def act(self, checked: Report | None, language: str, event: gr.EventData) -> Update:
        """Open the exchange of a match in the panel, or hand the report out as a file."""
        if checked is None:
            return {}
        match clicked(event, "format"):
            case "html":
                return {"download": download("controle.html", check_pages.page(checked, language=language))}
            case "markdown":
                return {"download": download("controle.md", check_pages.markdown(checked))}
        cited = check_cards.cited_by(checked, clicked(event, "match"))
        if cited is None:
            return {}
        place = panel.opened(cited)
        return {"place": place, "panel": panel.at(self.index, place, language)}

    def translated(self, checked: Report | None, language: str) -> Update:
        """Every text of the place in another language; a report is made anew, as it explains itself in words."""
        texts = TEXTS[language].check
        if checked and checked.language != language:
            checked = check(checked.text, self.index, language=language)
        return {
            "c_intro": f"<p>{escape(texts.intro)}</p>",
            "article": gr.update(label=texts.article, placeholder=texts.placeholder),
            "check": gr.update(value=texts.check),
            "c_file": gr.update(label=texts.choose_file),
            "c_message": frame.message(""),
            "checked": checked,
            "report": check_cards.report(checked, language) if checked else "",
        }
