"""The way in for new papers: files that are uploaded, and official papers that are fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import gradio as gr

from chatbot import fetching, frame, intake
from chatbot.period import NotADate, first_day
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from chatbot.wiring import Update, Wiring, html
from corpus.readers import SUFFIXES
from index.search import Index

FETCHED_AT_ONCE = 500
"""Papers that one press of the button fetches at most; pressing again goes on."""
TRANSLATED = ("add_more", "upload", "fetch_more", "p_since", "p_fetch", "intake")
"""What `IntakePart.translated` changes."""


class IntakePart:
    """Uploading and fetching, where that is allowed. `renewed`: shows the list and the figures anew."""

    def __init__(self, index: Index, settings: Settings, renewed: Callable[..., Update]) -> None:
        self.index, self.settings, self.renewed = index, settings, renewed
        self.allowed = settings.uploads_allowed

    def build(self, wiring: Wiring, language: str) -> None:
        """Make the components."""
        texts = TEXTS[language].papers
        wiring.add(
            add_more=html("add-more", self._adding(language)),
            upload=gr.UploadButton(
                texts.choose_files,
                file_count="multiple",
                file_types=sorted(SUFFIXES),
                elem_id="upload",
                visible=self.allowed,
            ),
        )
        with gr.Column(visible=self.allowed):
            wiring.add(fetch_more=html("fetch-more", self._fetching(language)))
            with gr.Row(elem_classes="fields"):
                wiring.add(
                    p_since=gr.Textbox(
                        value="",
                        label=texts.fetch_since,
                        placeholder=TEXTS[language].date_hint,
                        max_lines=1,
                        elem_id="p-since",
                    ),
                    p_fetch=gr.Button(texts.fetch_start, elem_id="p-fetch-start", scale=0, min_width=110),
                )
        wiring.add(intake=html("intake"))

    def connect(self, wiring: Wiring, asked: Sequence[str], renewed: Sequence[str]) -> None:
        """Tie the handlers to the components. `asked`: the fields of the list and the language."""
        wiring.on(
            wiring["upload"].upload,
            self.add,
            ("upload", *asked),
            ("intake", "upload", *renewed),
            queue=True,
            concurrency_limit=1,
            concurrency_id="intake",
        )
        wiring.on(
            partial(gr.on, [wiring["p_fetch"].click, wiring["p_since"].submit]),
            self.fetch,
            ("p_since", *asked),
            ("intake", "p_fetch", *renewed),
            queue=True,
            concurrency_limit=1,
            concurrency_id="intake",
        )

    def _adding(self, language: str) -> str:
        texts = TEXTS[language].papers
        text = texts.add_more.format(suffixes=intake.suffixes(SUFFIXES)) if self.allowed else texts.no_uploads
        return f"<p>{escape(text)}</p>"

    def _fetching(self, language: str) -> str:
        texts = TEXTS[language].papers
        address = urlsplit(self.settings.sru_url).netloc
        return f"<h2>{escape(texts.fetch)}</h2><p>{escape(texts.fetch_more.format(address=address))}</p>"

    def add(self, uploaded: Sequence[str] | None, *values: str) -> Iterator[Update]:
        """Take uploaded files in, and say what was read and what was skipped."""
        *_, language = values
        texts = TEXTS[language].papers
        paths = [Path(name) for name in uploaded or []]
        if not self.allowed or not paths:
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
            **self.renewed(*values),
        }

    def fetch(self, typed: str, *values: str) -> Iterator[Update]:
        """Fetch official papers from a day on, or all that is new since the last time, and say what came."""
        *_, language = values
        texts = TEXTS[language].papers
        if not self.allowed:
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
        yield {"p_fetch": gr.update(interactive=True), **self.renewed(*values)}

    def translated(self, language: str) -> Update:
        """Every text of the part in another language."""
        texts = TEXTS[language].papers
        return {
            "add_more": self._adding(language),
            "upload": gr.update(label=texts.choose_files),
            "fetch_more": self._fetching(language),
            "p_since": gr.update(label=texts.fetch_since, placeholder=TEXTS[language].date_hint),
            "p_fetch": gr.update(value=texts.fetch_start),
            "intake": "",
        }


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
