"""The report of a check: the text with its quotations marked, and a card for each with what differs.

The window and the page that is kept show the same report; only what leads on to the papers is each one's own.
All text from outside is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from chatbot.check_output import named, summary
from chatbot.checked import CheckedClaim, CheckedQuotation, ClaimVerdict, Difference, Match, Report, Speech, Verdict
from chatbot.language import enumeration, long_date
from chatbot.records import Citation
from chatbot.rendering import Span, badge, capitalised, officials, paragraphs
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


Opener = Callable[[str, Citation], str]
"""What leads to a place in the papers, as HTML, from the name of the place in the report and the place itself."""


def report(checked: Report, language: str) -> str:
    """The whole report for the window, with buttons that print it, keep it and open its places in the panel."""
    texts = TEXTS[language].check
    tools = (
        f'<p class="keeping"><button type="button" class="plain" data-print>{escape(texts.print)}</button>'
        '<button type="button" class="plain" data-act="keep" data-format="html">HTML</button>'
        '<button type="button" class="plain" data-act="keep" data-format="markdown">Markdown</button></p>'
    )
    return body(checked, language, lambda name, cited: _button(name, cited, language), tools)


def body(checked: Report, language: str, opener: Opener, tools: str = "") -> str:
    """The report, in the window and in a file alike. `tools`: HTML that follows its summary."""
    texts = TEXTS[language].check
    if not checked.quotations and not checked.claims:
        return f'<section class="checked"><p class="count">{escape(texts.nothing)}</p></section>'
    quotations = "".join(_quotation(n, item, language, opener) for n, item in enumerate(checked.quotations, 1))
    claims = "".join(_claim(n, item, language, opener) for n, item in enumerate(checked.claims, 1))
    warning = f'<p class="notice">{escape(TEXTS[language].findings.fictitious)}</p>' if checked.fictitious else ""
    return (
        f'<section class="checked" aria-label="{escape(texts.report)}">{warning}'
        f'<p class="count">{escape(summary(checked, language))}</p>{tools}'
        f"<h2>{escape(texts.marked)}</h2>{_marked(checked, language)}"
        f"{_listed(texts.quotations, quotations)}{_listed(texts.claims, claims)}</section>"
    )


def _listed(heading: str, items: str) -> str:
    return f"<h2>{escape(heading)}</h2><ol>{items}</ol>" if items else ""


def _marked(checked: Report, language: str) -> str:
    spans = []
    for n, item in enumerate(checked.quotations, 1):
        told = f"{n}: {TEXTS[language].findings.verdicts[item.verdict]}"

        def rendered(text: str, tone: str = TONES[item.verdict], told: str = told, n: int = n) -> str:
            return (
                f'<mark class="{tone}">{escape(text)}</mark>'
                f'<a class="told {tone}" href="#citaat-{n}">[{escape(told)}]</a>'
            )

        spans.append(Span(item.start, item.end, rendered))
    spans.sort(key=lambda span: span.start)
    apart = [span for place, span in enumerate(spans) if not place or span.start >= spans[place - 1].end]
    return f'<div class="article" lang="nl">{paragraphs(checked.text, apart)}</div>'


def _quotation(n: int, item: CheckedQuotation, language: str, opener: Opener) -> str:
    texts, findings = TEXTS[language].check, TEXTS[language].findings
    speech = findings.speech[item.speech]
    tone = "bad" if item.speech is Speech.WRONG else "good"
    speaking = f'<span class="tag {tone}">{escape(speech)}</span>' if speech else ""
    who = (
        f'<p class="where">{escape(texts.attributed.format(who=named(item.attributed)))}</p>' if item.attributed else ""
    )
    match, heading = (item.match, texts.found_at) if item.match else (item.nearest, texts.nearest)
    parts = item.parts if item.stitched else (match,) if match else ()
    found = "".join(_match(f"q{n}.{place}", part, language, opener) for place, part in enumerate(parts))
    return (
        f'<li class="card" id="citaat-{n}"><span class="number" aria-hidden="true">{n}</span><div class="body">'
        f'<blockquote lang="nl">{_with_differences(item, language)}</blockquote>'
        f'<p class="who"><span class="tag {TONES[item.verdict]}">'
        f"{escape(capitalised(findings.verdicts[item.verdict]))}</span>{speaking}</p>{who}"
        f"{_differences(item.differences, language)}{_notes(item.notes)}"
        f"{_under(heading, found)}</div></li>"
    )


def _with_differences(item: CheckedQuotation, language: str) -> str:
    """The quotation; what was put in is underlined, and what was left out stands struck through in its place."""
    texts = TEXTS[language].check
    pieces: list[str] = []
    at = item.start
    for each in sorted(item.differences, key=lambda difference: (difference.start, difference.end)):
        if not at <= each.start <= each.end <= item.end:
            continue
        before = item.quote[at - item.start : each.start - item.start]
        put_in = item.quote[each.start - item.start : each.end - item.start]
        sides = (_side("del", texts.in_paper, each.paper), _side("ins", texts.in_article, put_in))
        # A space on either side of what is struck through, where the quotation itself has none.
        apart = " " if each.paper and (before[-1:] or " ").strip() else ""
        behind = " " if not put_in and item.quote[each.end - item.start :][:1].isalnum() else ""
        pieces += [escape(before), apart, " ".join(side for side in sides if side), behind]
        at = each.end
    pieces.append(escape(item.quote[at - item.start :]))
    return "".join(f"<p>{line}</p>" for line in "".join(pieces).split("\n") if line.strip())


def _under(heading: str, html: str) -> str:
    return f"<h3>{escape(heading)}</h3>{html}" if html else ""


def _notes(notes: Sequence[str]) -> str:
    return "".join(f'<p class="where">{escape(capitalised(note))}.</p>' for note in notes)


def _differences(differences: Sequence[Difference], language: str) -> str:
    if not differences:
        return ""
    rows = "".join(f"<li>{escape(capitalised(item.words))}.</li>" for item in differences)
    return f'<ul class="differences" aria-label="{escape(TEXTS[language].check.differences)}">{rows}</ul>'


def _side(tag: str, label: str, words: str) -> str:
    words = " ".join(words.split())
    return f'<{tag}><span class="hidden">{escape(label)}: </span>{escape(words)}</{tag}>' if words else ""


def _match(name: str, match: Match, language: str, opener: Opener) -> str:
    askers = enumeration((asker.name for asker in match.askers), language) or TEXTS[language].findings.members
    of_question = TEXTS[language].question_asked_by.format(askers=askers)
    return _place(name, match.citation, of_question if match.in_question else "", language, opener)


def _place(name: str, cited: Citation, of_question: str, language: str, opener: Opener) -> str:
    """Where something stands in the papers. `of_question`: whose question, for words that no minister said."""
    texts = TEXTS[language]
    facts = [long_date(cited.date, language) if cited.date else "", cited.reference]
    who = of_question or officials(cited.speakers, language)
    return (
        f'<blockquote lang="nl">{paragraphs(cited.quote)}</blockquote>'
        f'<p class="who">{badge(texts) if cited.fictitious else ""}{escape(capitalised(who))}</p>'
        f'<p class="where">{escape(" · ".join(fact for fact in facts if fact))}</p>'
        f"{'' if of_question and not cited.url else opener(name, cited)}"
    )


def _button(name: str, cited: Citation, language: str) -> str:
    if not cited.speakers:
        return ""
    return (
        f'<button type="button" class="open" data-act="open" data-match="{name}">'
        f'{escape(TEXTS[language].check.open_match)}<span class="hidden">: {escape(cited.reference)}</span></button>'
    )


def link(cited: Citation, language: str) -> str:
    """The address of the official paper, for a report that stands alone; "" where there is none."""
    if not cited.url:
        return ""
    words = escape(TEXTS[language].official_paper)
    return f'<p class="where"><a href="{escape(cited.url)}" rel="noopener noreferrer">{words}</a></p>'


def _claim(n: int, item: CheckedClaim, language: str, opener: Opener) -> str:
    findings = TEXTS[language].findings
    words = findings.claim_verdicts[item.verdict] if item.verdict else findings.no_verdict
    by_model = f'<span class="tag faint">{escape(findings.by_model)}</span>' if item.by_model else ""
    evidence = "".join(
        _place(f"c{n}.{place}", cited, "", language, opener) for place, cited in enumerate(item.evidence)
    )
    return (
        f'<li class="card"><span class="number" aria-hidden="true">{n}</span><div class="body">'
        f'<p lang="nl">{escape(item.text)}</p><p class="who"><span class="tag {TONES[item.verdict]}">'
        f"{escape(capitalised(words))}</span>{by_model}</p>{_notes(item.reasons)}"
        f"{_under(TEXTS[language].check.evidence, evidence)}</div></li>"
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
