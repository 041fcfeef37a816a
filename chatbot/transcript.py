"""A conversation to keep: as Markdown, as a page of HTML that stands on its own, and the buttons that ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from chatbot import address
from chatbot.bibliography import as_text, said
from chatbot.chips import filter_labels
from chatbot.records import Answer, Citation
from chatbot.rendering import Shown, paragraphs
from chatbot.texts import TEXTS

STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Georgia,serif;color:#1d1c1a}"
    "h2{margin:2rem 0 .5rem;font-size:1.3rem}blockquote{margin:0 0 .3rem}cite,.more{color:#5c5851;font-style:normal;"
    "font-size:.9rem}li{margin-bottom:1rem}"
)


def buttons(shown: Sequence[Shown], language: str) -> str:
    """Buttons to keep the conversation and to copy the address of its last question; "" before there is one."""
    if not shown:
        return ""
    texts = TEXTS[language]
    last = shown[-1].turn
    answer = last.answer or Answer()
    query = address.query(last.question, answer.filters, without=answer.without)
    return (
        f'<p class="keeping"><span class="what">{escape(texts.keep)}</span>'
        '<button type="button" class="plain" data-act="keep" data-format="markdown">Markdown</button>'
        '<button type="button" class="plain" data-act="keep" data-format="html">HTML</button>'
        f'<button type="button" class="plain" data-address="{escape(query)}" data-copied="{escape(texts.copied)}" '
        f'data-failed="{escape(texts.copy_failed)}">{escape(texts.copy_address)}</button></p>'
    )


def as_markdown(shown: Sequence[Shown], language: str) -> str:
    """The conversation as Markdown: questions as headings, answers with their numbered sources below."""
    blocks = [f"# {TEXTS[language].title}"]
    for item in shown:
        answer = item.turn.answer or Answer()
        blocks.append(f"## {_plain(item.turn.question)}")
        blocks += [f"*{_plain(line)}*" for line in _filters(answer, language)]
        blocks += [_plain(line) for line in answer.text.split("\n") if line.strip()]
        for heading, citations in _lists(answer, language):
            blocks.append(f"### {heading}")
            blocks += [_markdown_source(cited) for cited in citations]
    return "\n\n".join(blocks) + "\n"


def _markdown_source(cited: Citation) -> str:
    lines = _plain(as_text(cited)).split("\n")
    if cited.url:
        lines[-1] = f"[{_plain(cited.reference)}]({cited.url})"
    return f"{cited.n}\\. " + "  \n".join(lines)


def _plain(text: str) -> str:
    """Text whose characters mean nothing to Markdown."""
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#|" else character for character in text)


def as_html(shown: Sequence[Shown], language: str) -> str:
    """The conversation as one page without scripts, images or addresses that a browser would load."""
    texts = TEXTS[language]
    parts = []
    for item in shown:
        answer = item.turn.answer or Answer()
        parts.append(f"<h2>{escape(item.turn.question)}</h2>")
        parts += [f'<p class="more">{escape(line)}</p>' for line in _filters(answer, language)]
        parts.append(paragraphs(answer.text))
        for heading, citations in _lists(answer, language):
            parts.append(f"<h3>{escape(heading)}</h3><ol>{''.join(_html_source(cited) for cited in citations)}</ol>")
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(texts.title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(texts.title)}</h1>{''.join(parts)}</body></html>\n"
    )


def _html_source(cited: Citation) -> str:
    source = escape(" · ".join([*said(cited), cited.reference]))
    if cited.url:
        source = f'<a href="{escape(cited.url)}">{source}</a>'
    return f'<li value="{cited.n}"><blockquote>{paragraphs(f"“{cited.quote}”")}</blockquote><cite>{source}</cite></li>'


def _filters(answer: Answer, language: str) -> list[str]:
    chosen = [value for _, value in filter_labels(answer.filters, language)]
    return [TEXTS[language].only.format(filters=" · ".join(chosen))] if chosen else []


def _lists(answer: Answer, language: str) -> list[tuple[str, tuple[Citation, ...]]]:
    texts = TEXTS[language]
    lists = [(texts.sources, answer.citations), (texts.nearest, answer.nearest)]
    return [(heading, citations) for heading, citations in lists if citations]
