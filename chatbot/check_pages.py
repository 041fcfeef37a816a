"""A report of the check to keep: HTML in one self-contained, printable file, and Markdown.

The page loads nothing: no script, no font, no picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from chatbot import check_cards
from chatbot.check_output import named, source, summary
from chatbot.checked import Match, Report
from chatbot.texts import TEXTS

STYLE = """
:root { color-scheme: light; --good: #1c5b2e; --bad: #8c1d18; --so-so: #7a3e00; }
body { font: 1rem/1.5 Georgia, "DejaVu Serif", serif; color: #1d1c1a; background: #fff; max-width: 48rem;
  margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: .9rem; margin: .8rem 0 .2rem;
  color: #5c5851; font-family: sans-serif; }
blockquote, p { margin: .2rem 0; } ol { list-style: none; margin: 0; padding: 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.article { border: 1px solid #8a8378; padding: .5rem 1rem; } .article p { margin: .6rem 0; }
mark { color: inherit; background: #e7f2e9; border-bottom: 2px solid var(--good); }
mark.bad { background: #fbe9e7; border-bottom: 2px dashed var(--bad); }
mark.so-so { background: #fdf1e0; border-bottom: 2px dotted var(--so-so); }
.told { font: .72rem/1 sans-serif; margin-left: .2rem; text-decoration: none; } .good { color: var(--good); }
.bad { color: var(--bad); } .so-so { color: var(--so-so); } .article mark { color: inherit; }
.card { display: flex; gap: .8rem; border-top: 1px solid #dfdacf; padding: .8rem 0; break-inside: avoid; }
.number { flex: none; width: 1.6rem; font: bold .9rem/1.6 sans-serif; } .body { min-width: 0; flex: 1; }
.tag, .badge { display: inline-block; border: 1px solid; border-radius: .3rem; padding: 0 .4rem; margin-right: .4rem;
  font: bold .78rem/1.5 sans-serif; }
.who { font-size: .9rem; font-weight: bold; } .where { color: #5c5851; font-size: .9rem; }
.body .where + blockquote { margin-top: .8rem; }
.notice { border: 2px solid var(--so-so); color: var(--so-so); padding: .4rem 1rem; font-weight: bold; }
.differences { margin: .3rem 0; padding-left: 1.2rem; } .differences li:first-child { font-weight: bold; }
del { color: var(--bad); } ins { color: var(--good); text-decoration-thickness: 2px; }
a { color: #1d4f7c; } a.told { color: inherit; }
@media print { body { max-width: none; margin: 0; font-size: 10.5pt; } a { color: inherit; }
  .where a::after { content: ": " attr(href); font-size: .85em; } }
"""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def page(report: Report, title: str = "", language: str = "") -> str:
    """The whole report as one HTML file.

    Args:
        title: what was checked, such as the file's name.
        language: of the headings and verdicts; "" for that of the report's sentences.
    """
    language = language or report.language
    heading = f"{TEXTS[language].findings.title}{f': {title}' if title else ''}"
    body = check_cards.body(report, language, lambda _, cited: check_cards.link(cited, language))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(heading)}</title><style>{STYLE}</style></head><body><main><h1>{escape(heading)}</h1>"
        f"{body}</main></body></html>\n"
    )


def markdown(report: Report, title: str = "") -> str:
    """The report as Markdown."""
    language = report.language
    heads = TEXTS[language].findings
    lines = [f"# {_plain(heads.title + (f': {title}' if title else ''))}", "", _plain(summary(report, language)), ""]
    if report.fictitious:
        lines += [f"**{_plain(heads.fictitious)}**", ""]
    for number, item in enumerate(report.quotations, 1):
        speech = heads.speech[item.speech]
        lines += [f"## {number}. {heads.verdicts[item.verdict]}{f' · {speech}' if speech else ''}", ""]
        lines += [*_cited(item.quote), ""]
        if item.attributed:
            lines += [f"{heads.according_to}: {_plain(named(item.attributed))}", ""]
        told = [f"- {_plain(text)}" for text in (*(each.words for each in item.differences), *item.notes)]
        lines += [*told, ""] if told else []
        for found in item.parts:
            lines += _markdown_source(found, heads.source, language)
        if item.nearest:
            lines += _markdown_source(item.nearest, heads.comes_nearest, language)
    if report.claims:
        lines += [f"## {TEXTS[language].check.claims}", ""]
        for claim in report.claims:
            verdict = heads.claim_verdicts[claim.verdict] if claim.verdict else heads.no_verdict
            lines += [f"### {verdict}", "", _plain(" ".join(claim.text.split())), ""]
            lines += [*(f"- {_plain(reason)}" for reason in claim.reasons), ""] if claim.reasons else []
            for cited in claim.evidence:
                lines += _markdown_source(Match(cited, 0.0), heads.source, language)
    return "\n".join(lines).rstrip() + "\n"


def _markdown_source(found: Match, heading: str, language: str) -> list[str]:
    where = f"{heading}: {_plain(source(found, language))}"
    if found.citation.url:
        where += f" <{found.citation.url}>"
    return [where, "", *_cited(found.citation.quote), ""]


def _cited(quote: str) -> Iterable[str]:
    return (f"> {_plain(line)}" for line in quote.splitlines())


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
