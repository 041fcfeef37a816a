"""A report of the check as a page: HTML in one self-contained, printable file, and Markdown.

All text from outside is escaped here. The page loads nothing: no script, no font, no picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from chatbot import check_texts as texts
from chatbot.check_output import named, source
from chatbot.checked import CheckedClaim, CheckedQuotation, Match, Report, Speech
from chatbot.rendering import Span, paragraphs

STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 Georgia, "DejaVu Serif", serif; color: #1d1c1a; background: #fff; max-width: 48rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0 0 .25rem; }
.text { border: 1px solid #8a8378; padding: .5rem 1rem; overflow-wrap: anywhere; }
.text mark { color: inherit; background: #eef3f8; border-bottom: 2px solid #1d4f7c; }
.text mark.altered, .text mark.partial { background: #fdf1e0; border-bottom: 2px dashed #7a3e00; }
.text mark.not_found { background: #f6f4ef; border-bottom: 2px dotted #5c5851; }
.text del, .text ins { text-decoration-thickness: 2px; }
sup { font: .7rem/1 sans-serif; }
.item { border-left: 4px solid #1d4f7c; padding: .25rem 0 .25rem 1rem; margin: 1rem 0; break-inside: avoid; }
.item.altered, .item.partial { border-left-style: dashed; border-color: #7a3e00; }
.item.not_found { border-left-style: dotted; border-color: #5c5851; }
blockquote { margin: .25rem 0; } ul { margin: .25rem 0; padding-left: 1.25rem; }
.who, .where { color: #5c5851; margin: .1rem 0; } .wrong { color: #7a3e00; font-weight: bold; }
.first { font-weight: bold; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top;
  padding: .2rem .5rem .2rem 0; border-bottom: 1px solid #dfdacf; }
.fictitious { border: 2px solid #7a3e00; padding: .5rem 1rem; }
a { color: #1d4f7c; }
@media print { body { max-width: none; margin: 0; } a { color: inherit; }
  .where a::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; } }
"""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def page(report: Report, title: str = "") -> str:
    """The whole report as one HTML file. `title`: what was checked, such as the file's name."""
    heading = f"{texts.HEADS[report.language].report}{f': {title}' if title else ''}"
    return (
        f'<!DOCTYPE html>\n<html lang="{report.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(heading)}</title><style>{STYLE}</style></head><body><main><h1>{escape(heading)}</h1>"
        f"{fragment(report)}</main></body></html>\n"
    )


def fragment(report: Report) -> str:
    """The report without the page around it, for a window that has its own style."""
    language = report.language
    heads = texts.HEADS[language]
    parts = [f'<p class="summary">{escape(summary(report))}</p>']
    if report.fictitious:
        parts.insert(0, f'<p class="fictitious">{escape(texts.FICTITIOUS[language])}</p>')
    parts.append(f'<h2>{escape(heads.text)}</h2><div class="text" lang="nl">{_marked(report)}</div>')
    if report.quotations:
        parts.append(f"<h2>{escape(heads.quotations)}</h2>{_overview(report)}")
        parts += [_quotation(number, item, language) for number, item in enumerate(report.quotations, 1)]
    if report.claims:
        parts.append(f"<h2>{escape(heads.claims)}</h2>")
        parts += [_claim(item, language) for item in report.claims]
    return "".join(parts)


def summary(report: Report) -> str:
    """How many quotations were found, and what became of them, in a sentence."""
    language = report.language
    counted = [
        f"{count} {name}"
        for verdict, name in texts.VERDICTS[language].items()
        if (count := sum(item.verdict is verdict for item in report.quotations))
    ]
    wrong = sum(item.speech is Speech.WRONG for item in report.quotations)
    if wrong:
        counted.append(f"{wrong} {texts.SPEECH[language][Speech.WRONG]}")
    return texts.SUMMARY[language].format(
        quotations=len(report.quotations), papers=report.papers, counted=", ".join(counted) or "-"
    )


def _marked(report: Report) -> str:
    spans = [
        Span(item.start, item.end, lambda text, n=number, kind=item.verdict.value: _mark(text, n, kind))  # type: ignore[misc]
        for number, item in enumerate(report.quotations, 1)
    ]
    return paragraphs(report.text, spans)


def _mark(text: str, number: int, kind: str) -> str:
    return f'<mark class="{kind}">{escape(text)}</mark><sup><a href="#citaat-{number}">{number}</a></sup>'


def _overview(report: Report) -> str:
    heads = texts.HEADS[report.language]
    head = "".join(
        f'<th scope="col">{escape(name)}</th>' for name in ("", heads.verdict, heads.speaker, heads.quotation)
    )
    rows = "".join(
        f'<tr><td><a href="#citaat-{number}">{number}</a></td>'
        f"<td>{escape(texts.VERDICTS[report.language][item.verdict])}</td>"
        f"<td>{escape(texts.SPEECH[report.language][item.speech])}</td>"
        f'<td lang="nl">{escape(_begin(item.quote))}</td></tr>'
        for number, item in enumerate(report.quotations, 1)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _begin(quote: str) -> str:
    words = quote.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def _quotation(number: int, item: CheckedQuotation, language: str) -> str:
    heads = texts.HEADS[language]
    verdict = texts.VERDICTS[language][item.verdict]
    speech = texts.SPEECH[language][item.speech]
    who = f"{heads.according_to}: {named(item.attributed)}" if item.attributed else ""
    said = f'<p class="who">{escape(who)}</p>' if who else ""
    label = f' · <span class="{item.speech.value}">{escape(speech)}</span>' if speech else ""
    told = [
        f'<li class="{"first" if place == 0 else "other"}">{escape(each.words)}</li>'
        for place, each in enumerate(item.differences)
    ]
    told += [f"<li>{escape(note)}</li>" for note in item.notes]
    listed = f"<ul>{''.join(told)}</ul>" if told else ""
    found = "".join(_source(part, heads.source, language) for part in item.parts)
    found += _source(item.nearest, heads.nearest, language) if item.nearest else ""
    return (
        f'<section class="item {item.verdict.value}" id="citaat-{number}"><h3>{number}. {escape(verdict)}{label}</h3>'
        f'<blockquote lang="nl">{_with_differences(item)}</blockquote>{said}{listed}{found}</section>'
    )


def _with_differences(item: CheckedQuotation) -> str:
    """The quotation with what was put in underlined and what was left out struck through in its place."""
    spans = sorted(item.differences, key=lambda each: (each.start, each.end))
    html, at = [], item.start
    for each in spans:
        if not item.start <= each.start <= item.end or each.start < at:
            continue
        html.append(escape(item.quote[at - item.start : each.start - item.start]))
        if each.paper:
            html.append(f" <del>{escape(each.paper)}</del> ")
        if each.article and each.end > each.start:
            html.append(f"<ins>{escape(item.quote[each.start - item.start : each.end - item.start])}</ins>")
            at = each.end
        else:
            at = each.start
    html.append(escape(item.quote[at - item.start :]))
    return f"<p>“{''.join(html)}”</p>"


def _source(found: Match, heading: str, language: str) -> str:
    cited = found.citation
    link = f' <a href="{escape(cited.url)}" rel="noopener noreferrer">{escape(cited.paper)}</a>' if cited.url else ""
    return (
        f'<p class="where">{escape(heading)}: {escape(source(found, language))}{link}</p>'
        f'<blockquote lang="nl"><p>“{escape(cited.quote)}”</p></blockquote>'
    )


def _claim(item: CheckedClaim, language: str) -> str:
    verdict = texts.CLAIM_VERDICTS[language][item.verdict] if item.verdict else texts.NO_VERDICT[language]
    by_model = f" ({texts.BY_MODEL[language]})" if item.by_model else ""
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in item.reasons)
    evidence = "".join(_source(Match(cited, 0.0), texts.HEADS[language].source, language) for cited in item.evidence)
    return (
        f'<section class="item claim"><h3>{escape(verdict + by_model)}</h3><p lang="nl">{escape(item.text)}</p>'
        f"{f'<ul>{reasons}</ul>' if reasons else ''}{evidence}</section>"
    )


def markdown(report: Report, title: str = "") -> str:
    """The report as Markdown."""
    language = report.language
    heads = texts.HEADS[language]
    lines = [f"# {_plain(heads.report + (f': {title}' if title else ''))}", "", _plain(summary(report)), ""]
    if report.fictitious:
        lines += [f"**{_plain(texts.FICTITIOUS[language])}**", ""]
    for number, item in enumerate(report.quotations, 1):
        speech = texts.SPEECH[language][item.speech]
        lines += [f"## {number}. {texts.VERDICTS[language][item.verdict]}{f' · {speech}' if speech else ''}", ""]
        lines += [*_cited(item.quote), ""]
        if item.attributed:
            lines += [f"{heads.according_to}: {_plain(named(item.attributed))}", ""]
        told = [f"- {_plain(text)}" for text in (*(each.words for each in item.differences), *item.notes)]
        lines += [*told, ""] if told else []
        for found in item.parts:
            lines += _markdown_source(found, heads.source, language)
        if item.nearest:
            lines += _markdown_source(item.nearest, heads.nearest, language)
    if report.claims:
        lines += [f"## {heads.claims}", ""]
        for claim in report.claims:
            verdict = texts.CLAIM_VERDICTS[language][claim.verdict] if claim.verdict else texts.NO_VERDICT[language]
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
