"""The place where the papers are: its components, and what happens when they are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gradio as gr

from chatbot import fetching, frame, intake, paper_pages
from chatbot.collection import Collection, PaperOrder, Wanted
from chatbot.fields import Fields
from chatbot.period import NotADate, first_day
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from chatbot.wiring import CLICKS, Update, Wiring, clicked, html
from corpus.readers import SUFFIXES
from corpus.records import PaperKind
from index.search import Index

FETCHED_AT_ONCE = 500
"""Papers that one press of the button fetches at most; pressing again goes on."""
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
        self.index, self.fields, self.settings = index, fields, settings
        self.uploads = settings.uploads_allowed
        self.collection = Collection(index)

    def build(self, wiring: Wiring, language: str) -> None:
        """Make the components."""
        texts = TEXTS[language].papers
        wiring.add(p_intro=html("p-intro", f"<p>{texts.intro}</p>"), reading=gr.State(None))
        with gr.Column(elem_id="library") as library:
            with gr.Accordion(texts.numbers, open=False, elem_id="p-numbers", elem_classes="fold") as figures:
                wiring.add(numbers=html("numbers"))
            with gr.Accordion(texts.add, open=False, elem_id="p-add", elem_classes="fold") as adding:
                wiring.add(
                    add_more=html("add-more", self._adding(language)),
                    upload=gr.UploadButton(
                        texts.choose_files,
                        file_count="multiple",
                        file_types=sorted(SUFFIXES),
                        elem_id="upload",
                        visible=self.uploads,
                    ),
                )
                with gr.Column(visible=self.uploads):
                    wiring.add(fetch_more=html("fetch-more", self._fetching(language)))
                    with gr.Row(elem_classes="fields"):
                        wiring.add(
                            p_since=gr.Textbox(
                                label=texts.fetch_since,
                                placeholder=TEXTS[language].date_hint,
                                max_lines=1,
                                elem_id="p-since",
                            ),
                            p_fetch=gr.Button(texts.fetch_start, elem_id="p-fetch-start", scale=0, min_width=110),
                        )
                wiring.add(intake=html("intake"))
            with gr.Row(elem_classes="fields"):
                wiring.add(
                    sought=gr.Textbox(label=texts.search, placeholder=texts.placeholder, max_lines=1, elem_id="sought"),
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
            wiring["sought"].input,
            wiring["kind"].change,
            wiring["p_ministry"].change,
            wiring["paper_order"].change,
        ]
        wiring.on(partial(gr.on, searching), self.show, asked, ("papers",), trigger_mode="always_last")
        opened = ("library", "paper", "reading")
        for name in ("papers", "paper"):
            wiring.on(wiring[name].click, self.act, ("language",), opened)
        wiring.on(wiring["figures"].expand, self.count, ("language",), ("numbers",))
        wiring.on(
            wiring["upload"].upload,
            self.add,
            ("upload", *asked),
            ("intake", "upload", "papers", "numbers", "p_ministry"),
            queue=True,
            concurrency_limit=1,
            concurrency_id="intake",
        )
        wiring.on(
            partial(gr.on, [wiring["p_fetch"].click, wiring["p_since"].submit]),
            self.fetch,
            ("p_since", *asked),
            ("intake", "p_fetch", "papers", "numbers", "p_ministry"),
            queue=True,
            concurrency_limit=1,
            concurrency_id="intake",
        )

    def _kinds(self, language: str) -> dict[str, Any]:
        texts = TEXTS[language]
        kinds = [(texts.papers.kinds[kind.value], kind.value) for kind in PaperKind]
        return {"label": texts.papers.kind, "choices": [(texts.everything, ""), *kinds]}

    def _orders(self, language: str) -> dict[str, Any]:
        texts = TEXTS[language].papers
        return {"label": texts.order, "choices": [(getattr(texts, order.value), order.value) for order in PaperOrder]}

    def _adding(self, language: str) -> str:
        texts = TEXTS[language].papers
        text = texts.add_more.format(suffixes=intake.suffixes(SUFFIXES)) if self.uploads else texts.no_uploads
        return f"<p>{escape(text)}</p>"

    def _fetching(self, language: str) -> str:
        texts = TEXTS[language].papers
        address = urlsplit(self.settings.sru_url).netloc
        return f"<h3>{escape(texts.fetch)}</h3><p>{escape(texts.fetch_more.format(address=address))}</p>"

    def show(self, sought: str, kind: str, ministry: str, order: str, language: str) -> Update:
        """List the papers asked for."""
        wanted = "\t".join((sought.replace("\t", " "), kind, ministry, order, language))
        headers = self.collection.listed(_wanted(sought, kind, ministry, order))
        return {"papers": f'<div data-wanted="{escape(wanted)}">{paper_pages.listing(headers, language)}</div>'}

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
            "rows": paper_pages.rows(headers[start:end], language),
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

    def add(self, uploaded: Sequence[str] | None, *values: str) -> Iterator[Update]:
        """Take uploaded files in, and say what was read and what was skipped."""
        *_, language = values
        texts = TEXTS[language].papers
        paths = [Path(name) for name in uploaded or []]
        if not self.uploads or not paths:
            return
        yield {
            "upload": gr.update(interactive=False),
            "intake": frame.status_line(texts.reading.format(done=0, total=len(paths))),
        }
        try:
            for step in intake.take_in(paths, self.index):
                yield {"intake": _told(step, language)}
        except intake.IntakeFailed as error:
            yield {"intake": frame.message(texts.failed.format(reason=error))}
        finally:
            for path in paths:
                path.unlink(missing_ok=True)
        yield {
            "upload": gr.update(value=None, interactive=True),
            **self._renewed(*values),
        }

    def fetch(self, typed: str, *values: str) -> Iterator[Update]:
        """Fetch official papers from a day on, or all that is new since the last time, and say what came."""
        *_, language = values
        texts = TEXTS[language].papers
        if not self.uploads:
            return
        try:
            since = first_day(typed) if typed.strip() else None
        except NotADate:
            yield {"intake": frame.message(TEXTS[language].bad_date.format(value=typed.strip()))}
            return
        yield {"p_fetch": gr.update(interactive=False), "intake": frame.status_line(texts.listing)}
        work = partial(fetching.fetch, self.settings, since, None, limit=FETCHED_AT_ONCE)
        try:
            for step in intake.in_steps(lambda progress: work(progress=progress)):
                yield {"intake": _fetched(step, language)}
        except intake.IntakeFailed as error:
            yield {"intake": frame.message(texts.failed.format(reason=error))}
        self.index.refresh()
        yield {"p_fetch": gr.update(interactive=True), **self._renewed(*values)}

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
            "add_more": self._adding(language),
            "upload": gr.update(label=texts.choose_files),
            "fetch_more": self._fetching(language),
            "p_since": gr.update(label=texts.fetch_since, placeholder=TEXTS[language].date_hint),
            "p_fetch": gr.update(value=texts.fetch_start),
            "intake": "",
            "sought": gr.update(label=texts.search, placeholder=texts.placeholder),
            "kind": gr.update(**self._kinds(language)),
            "p_ministry": gr.update(**self.fields.field("ministry", language)),
            "paper_order": gr.update(**self._orders(language)),
            "paper": self._page(reading, language) if reading else "",
            **self.show(*values),
            **self.count(language),
        }


TRANSLATED = (
    *("p_intro", "figures", "adding", "add_more", "upload", "intake", "sought", "kind", "p_ministry", "paper_order"),
    *("fetch_more", "p_since", "p_fetch"),
    *("paper", "papers", "numbers"),
)
"""What `PapersPlace.translated` changes."""


def _wanted(sought: str, kind: str, ministry: str, order: str) -> Wanted:
    return Wanted(
        sought=sought,
        kind=PaperKind(kind) if kind in list(PaperKind) else None,
        ministry=ministry or None,
        order=PaperOrder(order) if order in list(PaperOrder) else PaperOrder.NEWEST,
    )


def _progress(step: intake.Step, language: str) -> str:
    texts = TEXTS[language].papers
    templates = {
        "reading": texts.reading,
        "embedding": texts.embedding,
        "fetching": texts.fetching,
        "listing": texts.listing,
    }
    return frame.status_line(templates.get(step.name, texts.indexing).format(done=step.done, total=step.total or "?"))


def _fetched(step: intake.Step | fetching.Outcome, language: str) -> str:
    """How far fetching is, or what came of it."""
    if isinstance(step, intake.Step):
        return _progress(step, language)
    texts = TEXTS[language].papers
    came = step.fetched
    told = texts.fetched.format(new=len(came.added), changed=len(came.changed), gone=len(step.removed), read=step.read)
    told += f" {texts.fetch_again}" if came.limited or came.postponed else ""
    skipped = [(row["paper"], row["why"]) for row in fetching.troubles(step)]
    skipped += [("", notice) for notice in came.notices]
    return frame.status_line(told) + _skipped(skipped, language)


def _told(step: intake.Step | intake.Intake, language: str) -> str:
    texts = TEXTS[language].papers
    if isinstance(step, intake.Step):
        return _progress(step, language)
    report = step.report
    counts = {
        "added": len(report.added), "replaced": len(report.replaced), "unchanged": len(report.unchanged),
        "skipped": len(step.skipped),
    }  # fmt: skip
    return frame.status_line(texts.report_read.format(**counts)) + _skipped(step.skipped, language)


def _skipped(skipped: Sequence[tuple[str, str]], language: str) -> str:
    """What was skipped and why, as a table; "" for nothing."""
    if not skipped:
        return ""
    texts = TEXTS[language].papers
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td lang="en">{escape(reason)}</td></tr>' for name, reason in skipped
    )
    return (
        f'<table class="report"><caption>{escape(texts.report_skipped)}</caption><thead><tr>'
        f'<th scope="col">{escape(texts.skipped_file)}</th><th scope="col">{escape(texts.skipped_reason)}</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )
