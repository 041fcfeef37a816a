"""A report of the check as JSON, and as a table for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from chatbot import output
from chatbot.checked import Attributed, CheckedClaim, CheckedQuotation, Difference, Match, Report, Speech
from chatbot.citations import signatories, titled
from chatbot.language import enumeration, long_date
from chatbot.rendering import number
from chatbot.texts import TEXTS
from corpus.records import Official

QUOTED = 56
"""Characters of a quotation that a row of the table shows."""
INDENT = "    "


def quotation(checked: CheckedQuotation, language: str) -> dict[str, Any]:
    """A quotation as `check --json` prints it."""
    return {
        "quote": checked.quote,
        "attributed_to": named(checked.attributed) if checked.attributed else None,
        "verdict": checked.verdict.value,
        "similarity": round(checked.similarity, 4),
        "match": match(checked.match),
        "differences": [difference(item) for item in checked.differences],
        "start": checked.start,
        "end": checked.end,
        "attribution": checked.speech.value,
        "attributed": attributed(checked.attributed),
        "stitched": checked.stitched,
        "parts": [match(part) for part in checked.parts] if checked.stitched else [],
        "nearest": match(checked.nearest),
        "notes": list(checked.notes),
    }


def match(found: Match | None) -> dict[str, Any] | None:
    """Where it stands: a citation, with what is known of a match beside it."""
    if found is None:
        return None
    return output.citation(found.citation) | {
        "part": "vraag" if found.in_question else "antwoord",
        "askers": [{"name": member.name, "party": member.party} for member in found.askers],
        "similarity": round(found.similarity, 4),
    }


def difference(item: Difference) -> dict[str, Any]:
    """A difference; `words` says it in a sentence, `weight` how much it matters."""
    return {
        "kind": item.kind.value,
        "article": item.article,
        "paper": item.paper,
        "weight": item.weight.name.lower(),
        "words": item.words,
        "start": item.start,
        "end": item.end,
    }


def attributed(who: Attributed | None) -> dict[str, Any] | None:
    """Who the text says said it, as printed and as understood."""
    if who is None:
        return None
    return {
        "text": who.text, "name": who.name, "office": who.office, "ministry": who.ministry, "start": who.start,
        "end": who.end,
    }  # fmt: skip


def claim(checked: CheckedClaim) -> dict[str, Any]:
    """A claim with its evidence; `verdict` is null where none is sure."""
    return {
        "claim": checked.text,
        "start": checked.start,
        "end": checked.end,
        "attributed": attributed(checked.attributed),
        "verdict": checked.verdict.value if checked.verdict else None,
        "reasons": list(checked.reasons),
        "by_model": checked.by_model,
        "evidence": [output.citation(cited) for cited in checked.evidence],
    }


def quotations(report: Report) -> list[dict[str, Any]]:
    """The document of `check --json`: one record a quotation, in the order of the text."""
    return [quotation(item, report.language) for item in report.quotations]


def document(report: Report) -> dict[str, Any]:
    """The whole report, claims and all."""
    return {
        "quotations": quotations(report),
        "claims": [claim(item) for item in report.claims],
        "passed_over": [
            {"text": item.text, "start": item.start, "end": item.end, "reason": item.reason}
            for item in report.passed_over
        ],
        "papers": report.papers,
        "fictitious": report.fictitious,
        "milliseconds": {name: round(value, 1) for name, value in report.milliseconds.items()},
    }


def named(who: Attributed) -> str:
    """Whom the text means, in one phrase: "minister Heinen (Financiën)"; as printed where that is all there is."""
    if who.name and who.office:
        return titled(Official(who.name, who.office, who.ministry))
    return who.name or " ".join(who.text.split())


def source(found: Match, language: str) -> str:
    """Who said it, when and where, in one line."""
    cited = found.citation
    who = signatories(cited.speakers, language)
    if found.in_question:
        who = enumeration((member.name for member in found.askers), language) or TEXTS[language].findings.members
    day = long_date(cited.date, language) if cited.date else ""
    return ", ".join(part for part in (who, day, cited.reference) if part)


def summary(report: Report, language: str) -> str:
    """How many quotations were found and what became of them, and how many claims, in a line."""
    texts = TEXTS[language].findings
    counted = [
        f"{number(count, language)} {name}"
        for verdict, name in texts.verdicts.items()
        if (count := sum(item.verdict is verdict for item in report.quotations))
    ]
    if wrong := sum(item.speech is Speech.WRONG for item in report.quotations):
        counted.append(f"{number(wrong, language)} {texts.speech[Speech.WRONG]}")
    return texts.summary.format(
        quotations=number(len(report.quotations), language),
        counted=f" ({', '.join(counted)})" if counted else "",
        claims=number(len(report.claims), language),
        papers=number(report.papers, language),
    )


def table(report: Report) -> str:
    """The report for a terminal: a table of verdicts, then each quotation and claim with what there is to say."""
    language = report.language
    heads = TEXTS[language].findings
    rows: list[Mapping[str, str]] = [
        {
            "": str(n),
            heads.verdict: TEXTS[language].findings.verdicts[item.verdict],
            heads.speaker: TEXTS[language].findings.speech[item.speech],
            heads.quotation: textwrap.shorten(item.quote, QUOTED, placeholder=" …"),
        }
        for n, item in enumerate(report.quotations, 1)
    ]
    blocks = [output.table(rows)] if rows else []
    blocks += [_quotation_block(n, item, language) for n, item in enumerate(report.quotations, 1)]
    if report.claims:
        blocks.append(TEXTS[language].check.claims)
        blocks += [_claim_block(item, language) for item in report.claims]
    return "\n\n".join(blocks)


def _quotation_block(n: int, item: CheckedQuotation, language: str) -> str:
    heads = TEXTS[language].findings
    verdict = TEXTS[language].findings.verdicts[item.verdict]
    who = f" · {heads.according_to}: {named(item.attributed)}" if item.attributed else ""
    speech = TEXTS[language].findings.speech[item.speech]
    lines = [f"{n}. {verdict.upper()}{who}{f' ({speech})' if speech else ''}", _wrapped(f"“{item.quote}”")]
    lines += [_wrapped(f"- {told.words}") for told in item.differences]
    lines += [_wrapped(f"· {note}") for note in item.notes]
    for found in item.parts:
        lines += [_wrapped(f"{heads.source}: {source(found, language)}"), _wrapped(f"“{found.citation.quote}”")]
        if found.citation.url:
            lines.append(f"{INDENT}{found.citation.url}")
    if item.nearest:
        lines += [_wrapped(f"{heads.comes_nearest}: {source(item.nearest, language)}")]
        lines += [_wrapped(f"“{item.nearest.citation.quote}”")]
    return "\n".join(lines)


def _claim_block(item: CheckedClaim, language: str) -> str:
    verdict = (
        TEXTS[language].findings.claim_verdicts[item.verdict] if item.verdict else TEXTS[language].findings.no_verdict
    )
    by_model = f" ({TEXTS[language].findings.by_model})" if item.by_model else ""
    lines = [f"{verdict.upper()}{by_model}", _wrapped(" ".join(item.text.split()))]
    lines += [_wrapped(f"· {reason}") for reason in item.reasons]
    for cited in item.evidence:
        lines.append(_wrapped(f"“{cited.quote}” ({source(Match(cited, 0.0), language)})"))
    return "\n".join(lines)


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), output.WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
