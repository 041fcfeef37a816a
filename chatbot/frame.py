"""The HTML around a conversation: heading, language switch, banner, welcome and the lines at the bottom."""

from __future__ import annotations

from datetime import date
from html import escape

from chatbot.language import DUTCH, ENGLISH, long_date
from chatbot.models import describe
from chatbot.rendering import number
from chatbot.settings import Settings
from chatbot.texts import TEXTS
from index.search import Index
from index.store import PaperHeader

EXAMPLES = 3
"""How many example questions are shown."""
SHORT_SUBJECT = 90
"""Subjects up to this many characters make a readable example question."""


def header(language: str) -> str:
    """The name of the program and the language switch."""
    texts = TEXTS[language]
    return (
        f'<div class="brand" data-window-language="{language}"><h1>{escape(texts.title)}</h1>'
        f"<p>{escape(texts.tagline)}</p></div>"
        f'<div class="switch" role="group" aria-label="{escape(texts.switch)}">'
        f"{_language(DUTCH, texts.switch_to_dutch, language)}"
        f"{_language(ENGLISH, texts.switch_to_english, language)}</div>"
    )


def _language(which: str, name: str, current: str) -> str:
    pressed = "true" if which == current else "false"
    return (
        f'<button type="button" data-language="{which}" lang="{which}" aria-pressed="{pressed}" '
        f'title="{escape(name)}">{which.upper()}<span class="hidden"> {escape(name)}</span></button>'
    )


def banner(index: Index, language: str) -> str:
    """The warning that papers are fictitious; "" when none is."""
    texts = TEXTS[language]
    status = index.status()
    if not status.fictitious:
        return ""
    text = texts.fictitious_banner if status.fictitious == status.papers else texts.fictitious_part_banner
    return f'<p role="note">{escape(text)}</p>'


def welcome(index: Index, language: str) -> str:
    """What the window is for, with questions to click."""
    texts = TEXTS[language]
    questions = "".join(
        f'<li><button type="button" data-example="{place}">{escape(question)}</button></li>'
        for place, question in enumerate(example_questions(index, language))
    )
    examples = f"<h3>{escape(texts.examples)}</h3><ul>{questions}</ul>" if questions else ""
    return f"<h2>{escape(texts.welcome)}</h2><p>{escape(texts.welcome_more)}</p>{examples}"


def example_questions(index: Index, language: str) -> tuple[str, ...]:
    """Questions that the papers can answer: fixed for the example papers, else on subjects of the newest papers."""
    texts = TEXTS[language]
    if index.status().fictitious:
        return texts.example_questions
    subjects = dict.fromkeys(paper.subject for paper in newest(index) if 0 < len(paper.subject) <= SHORT_SUBJECT)
    return tuple(texts.subject_question.format(subject=subject) for subject in list(subjects)[:EXAMPLES])


def contents(index: Index, language: str) -> str:
    """One line on what is in the index."""
    texts = TEXTS[language]
    status = index.status()
    counts = {"answers": number(status.answers, language), "papers": number(status.papers, language)}
    if not status.papers:
        line = texts.contents_empty
    elif status.first is None or status.last is None:
        line = texts.contents_undated.format(**counts)
    else:
        first, last = long_date(status.first, language), long_date(status.last, language)
        line = texts.contents.format(**counts, first=first, last=last)
    return f"<p>{escape(line)}</p>"


def privacy(settings: Settings, language: str) -> str:
    """One line that says whether anything is sent, and where to."""
    texts = TEXTS[language]
    if settings.llm is None:
        return f"<p>{escape(texts.nothing_sent)}</p>"
    destination = describe(settings.llm, settings.llm_url)
    template = texts.sent_nearby if destination.is_local else texts.sent if destination.address else texts.sent_unknown
    line = template.format(model=destination.label, address=destination.address)
    return f'<p class="sends">{escape(line)}</p>'


def message(text: str) -> str:
    """What is wrong with what was typed, read out at once; "" for nothing."""
    return f'<div role="alert">{escape(text)}</div>'


def status(text: str) -> str:
    """How far the answer is, for screen readers."""
    return f'<div role="status" class="hidden">{escape(text)}</div>'


def status_line(text: str) -> str:
    """How far a piece of work is, shown and read out."""
    return f'<p role="status">{escape(text)}</p>'


def newest(index: Index) -> list[PaperHeader]:
    """The papers with answers in the index, the newest first; those without a date last."""
    answered = (paper for paper in index.papers() if paper.answers)
    return sorted(answered, key=lambda paper: paper.answered or date.min, reverse=True)
