"""The report of a check in the window: the text with its quotations marked, and a card for each with what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from chatbot import check_texts
from chatbot.checked import CheckedClaim, CheckedQuotation, ClaimVerdict, Difference, Match, Report, Speech, Verdict
from chatbot.language import long_date
from chatbot.records import Citation
from chatbot.rendering import Span, badge, capitalised, number, officials, paragraphs
from chatbot.texts import TEXTS

TONES = {
    Verdict.EXACT: "good",
    Verdict.ALTERED: "bad",
    Verdict.PARTIAL: "so-so",
    Verdict.NOT_FOUND: "bad",
    ClaimVerdict.SUPPORTED: "good",
    ClaimVerdict.CONTRADICTED: "bad",
    ClaimVerdict.NOT_FOUND: "so-so",
    None: "so-so",
}
"""How a verdict is coloured; it is always said in words too."""


def report(checked: Report, language: str) -> str:
    """The whole report."""
    texts = TEXTS[language].check
    if not checked.quotations and not checked.claims:
        return f'<section class="checked"><p class="count">{escape(texts.nothing)}</p></section>'
    quotations = "".join(_quotation(n, item, language) for n, item in enumerate(checked.quotations, 1))
    claims = "".join(_claim(n, item, language) for n, item in enumerate(checked.claims, 1))
    return (
        f'<section class="checked" aria-label="{escape(texts.report)}">'
        f'<p class="count">{escape(summary(checked, language))}</p>'
        f'<p class="keeping"><button type="button" class="plain" data-print>{escape(texts.print)}</button>'
        '<button type="button" class="plain" data-act="keep" data-format="html">HTML</button>'
        '<button type="button" class="plain" data-act="keep" data-format="markdown">Markdown</button></p>'
        f"<h2>{escape(texts.marked)}</h2>{_marked(checked, language)}"
        f"{_listed(texts.quotations, quotations)}{_listed(texts.claims, claims)}</section>"
    )


def summary(checked: Report, language: str) -> str:
    """The report in a sentence."""
    counts = Counter(item.verdict for item in checked.quotations)
    return TEXTS[language].check.summary.format(
        quotations=number(len(checked.quotations), language),
        claims=number(len(checked.claims), language),
        **{verdict.value: number(counts[verdict], language) for verdict in Verdict},
    )


def _listed(heading: str, items: str) -> str:
    return f"<h2>{escape(heading)}</h2><ol>{items}</ol>" if items else ""


def _marked(checked: Report, language: str) -> str:
    spans = []
    for n, item in enumerate(checked.quotations, 1):
        told = f"{n}: {check_texts.VERDICTS[language][item.verdict]}"

        def rendered(text: str, tone: str = TONES[item.verdict], told: str = told) -> str:
            return f'<mark class="{tone}">{escape(text)}<span class="told"> [{escape(told)}]</span></mark>'

        spans.append(Span(item.start, item.end, rendered))
    spans.sort(key=lambda span: span.start)
    apart = [span for place, span in enumerate(spans) if not place or span.start >= spans[place - 1].end]
    return f'<div class="article">{paragraphs(checked.text, apart)}</div>'


def _quotation(n: int, item: CheckedQuotation, language: str) -> str:
    texts = TEXTS[language].check
    words = check_texts.VERDICTS[language][item.verdict]
    speech = check_texts.SPEECH[language][item.speech]
    tone = "bad" if item.speech is Speech.WRONG else "good"
    speaking = f'<span class="tag {tone}">{escape(speech)}</span>' if speech else ""
    who = f'<p class="where">{escape(texts.attributed.format(who=item.attributed.text))}</p>' if item.attributed else ""
    match, heading = (item.match, texts.found_at) if item.match else (item.nearest, texts.nearest)
    parts = item.parts if item.stitched else (match,) if match else ()
    found = "".join(_match(f"q{n}.{place}", part, language) for place, part in enumerate(parts))
    return (
        f'<li class="card"><span class="number" aria-hidden="true">{n}</span><div class="body">'
        f'<blockquote>{paragraphs(item.quote)}</blockquote><p class="who"><span class="tag {TONES[item.verdict]}">'
        f"{escape(capitalised(words))}</span>{speaking}</p>{who}{_notes(item.notes)}"
        f"{_differences(item.differences, language)}"
        f"{_under(heading, found)}</div></li>"
    )


def _under(heading: str, html: str) -> str:
    return f"<h3>{escape(heading)}</h3>{html}" if html else ""


def _notes(notes: Sequence[str]) -> str:
    return "".join(f'<p class="where">{escape(capitalised(note))}.</p>' for note in notes)


def _differences(differences: Sequence[Difference], language: str) -> str:
    if not differences:
        return ""
    texts = TEXTS[language].check
    rows = "".join(
        f"<li>{escape(capitalised(item.words))}{_side('del', texts.in_paper, item.paper)}"
        f"{_side('ins', texts.in_article, item.article)}</li>"
        for item in differences
    )
    return f'<ul class="differences">{rows}</ul>'


def _side(tag: str, label: str, words: str) -> str:
    return f' <{tag}><span class="hidden">{escape(label)}: </span>{escape(words)}</{tag}>' if words else ""


def _match(name: str, match: Match, language: str) -> str:
    askers = ", ".join(asker.name for asker in match.askers)
    return _place(name, match.citation, askers, language, can_open=not match.in_question)


def _place(name: str, cited: Citation, askers: str, language: str, *, can_open: bool = True) -> str:
    """Where something stands in the papers, with a button that opens it in the panel."""
    texts = TEXTS[language]
    facts = [long_date(cited.date, language) if cited.date else "", cited.reference]
    who = officials(cited.speakers, language) or askers
    opener = (
        f'<button type="button" class="open" data-act="open" data-match="{name}">{escape(texts.check.open_match)}'
        f'<span class="hidden">: {escape(cited.reference)}</span></button>'
        if can_open
        else ""
    )
    return (
        f'<blockquote lang="nl">{paragraphs(cited.quote)}</blockquote>'
        f'<p class="who">{badge(texts) if cited.fictitious else ""}{escape(capitalised(who))}</p>'
        f'<p class="where">{escape(" · ".join(fact for fact in facts if fact))}</p>{opener}'
    )


def _claim(n: int, item: CheckedClaim, language: str) -> str:
    verdict = item.verdict
    words = check_texts.CLAIM_VERDICTS[language][verdict] if verdict else check_texts.NO_VERDICT[language]
    evidence = "".join(_place(f"c{n}.{place}", cited, "", language) for place, cited in enumerate(item.evidence))
    heading = TEXTS[language].check.evidence
    return (
        f'<li class="card"><span class="number" aria-hidden="true">{n}</span><div class="body">'
        f'<p>{escape(item.text)}</p><p class="who"><span class="tag {TONES[verdict]}">{escape(capitalised(words))}'
        f"</span></p>{_notes(item.reasons)}"
        f"{_under(heading, evidence)}</div></li>"
    )


def cited_by(checked: Report, name: str) -> Citation | None:
    """The citation that a button of the report names; None when the report has no such one."""
    kind, (item, _, place) = name[:1], name[1:].partition(".")
    if not (item.isascii() and item.isdigit() and place.isascii() and place.isdigit()):
        return None
    try:
        if kind == "c":
            return checked.claims[int(item) - 1].evidence[int(place)]
        found = checked.quotations[int(item) - 1]
        match = found.parts[int(place)] if found.stitched else found.match or found.nearest
    except IndexError:
        return None
    return match.citation if match else None
