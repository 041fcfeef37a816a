"""Citations that travel: plain text as Dutch newspapers print it, Markdown, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from chatbot import prompts
from chatbot.citations import label, question_needed, signatories, signing
from chatbot.language import DUTCH, long_date
from chatbot.records import Answer, Citation
from corpus.records import Official, PaperKind

CHAMBERS = {"ek": "Eerste Kamer der Staten-Generaal"}
CHAMBER = "Tweede Kamer der Staten-Generaal"
BIBTEX_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"$\lbrace$", "}": r"$\rbrace$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def plain(cited: Citation) -> str:
    """ "“…”, antwoordde minister Van Weel (Justitie en Veiligheid) op 14 november 2024 (Aanhangsel …)." with the link.

    A quotation that says nothing without its question ("Ja.") brings that. Of a news article it says who is quoted in
    it, if anybody, and never that somebody answered.
    """
    quote, link = f"“{_one_line(cited.quote)}”", f"\n{cited.url}" if cited.url else ""
    if _is_prose(cited):
        said = signatories(cited.speakers, DUTCH)
        return f"{quote}{f', aldus {said}' if said else ''} ({cited.reference}).{link}"
    said = signatories(cited.speakers, DUTCH) or prompts.UNATTRIBUTED[DUTCH]
    day = f" op {long_date(cited.date, DUTCH)}" if cited.date else ""
    verb = "antwoordden" if signing(cited.speakers) > 1 else "antwoordde"
    asked = f" op {numbered_question(cited)}" if question_needed(cited) else ""
    return f"{quote}, {verb} {said}{day}{asked} ({cited.reference}).{link}"


def numbered_question(cited: Citation) -> str:
    """The question of a quotation, on one line, with its number: "vraag 6 («Klopt dit?»)"."""
    word = prompts.QUESTION_WORDS[DUTCH][len(cited.answers) > 1]
    return f"{word} {label(cited)} («{_one_line(cited.question)}»)"


def markdown(cited: Citation) -> str:
    """A block quotation with who, when and where, linked; above it the question where it says nothing without that."""
    reference = _escaped(cited.reference)
    place = f"[{reference}](<{cited.url}>)" if cited.url else reference
    quoted = "\n".join(f"> {_escaped(line)}" for line in cited.quote.splitlines() if line.strip())
    asked = f"> *Op {_escaped(numbered_question(cited))}:*\n>\n" if question_needed(cited) else ""
    return f"{asked}{quoted}\n>\n> — {_escaped(_who(cited))}, {place}"


def bibtex(cited: Citation) -> str:
    """One @misc entry, in UTF-8, with the quotation and who said it as its note."""
    fields = {
        "author": " and ".join(_bibtex_author(official) for official in cited.speakers)
        or ("" if _is_prose(cited) else "{Kabinet}"),
        "title": f"{{{_latex(_title(cited))}}}",
        "year": str(cited.date.year) if cited.date else "",
        "date": cited.date.isoformat() if cited.date else "",
        "month": str(cited.date.month) if cited.date else "",
        "howpublished": _latex(cited.reference),
        "url": cited.url or "",
        "note": _latex(_note(cited)),
        "langid": "dutch",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key(cited)},", *lines, "}"])


def ris(cited: Citation) -> str:
    """One record, type GOVDOC, or NEWS for an article."""
    lines = ["TY  - NEWS" if _is_prose(cited) else "TY  - GOVDOC"]
    lines += [f"AU  - {official.name}" for official in cited.speakers if official.name]
    lines.append(f"TI  - {_one_line(_title(cited))}")
    if cited.date:
        lines += [f"PY  - {cited.date.year}", f"DA  - {cited.date:%Y/%m/%d}"]
    lines += [] if _is_prose(cited) else [f"PB  - {_chamber(cited)}"]
    lines += [f"SE  - {_one_line(cited.reference)}", "LA  - nl"]
    if cited.url:
        lines.append(f"UR  - {cited.url}")
    lines += [f"N1  - {_note(cited)}", f"ID  - {key(cited)}", "ER  - "]
    return "\n".join(lines)


def csl(cited: Citation) -> dict[str, Any]:
    """One item of CSL-JSON, type "report", or "article" for prose."""
    item: dict[str, Any] = {
        "id": key(cited),
        "type": "article" if _is_prose(cited) else "report",
        "title": _one_line(_title(cited)),
        "author": [_csl_author(official) for official in cited.speakers],
        "number": _one_line(cited.reference),
        "language": "nl",
        "note": _note(cited),
    }
    if not _is_prose(cited):
        item["publisher"] = _chamber(cited)
    if cited.date:
        item["issued"] = {"date-parts": [[cited.date.year, cited.date.month, cited.date.day]]}
    if cited.url:
        item["URL"] = cited.url
    return item


def key(cited: Citation) -> str:
    """What names a citation in a list of references: paper, answer and place, in ASCII."""
    place = f"v{'-'.join(map(str, cited.answers))}" if cited.answers else f"p{cited.exchange + 1}"
    paper = re.sub(r"[^A-Za-z0-9-]+", "-", cited.paper).strip("-")
    return f"{paper}-{place}-{cited.start}"


def _each(write: Callable[[Citation], str]) -> Callable[[Sequence[Citation]], str]:
    return lambda citations: "\n\n".join(map(write, citations))


def _csl_json(citations: Sequence[Citation]) -> str:
    return json.dumps([csl(cited) for cited in citations], ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Sequence[Citation]], str]] = {
    "text": _each(plain), "markdown": _each(markdown), "bibtex": _each(bibtex), "ris": _each(ris),
    "csl-json": _csl_json,
}  # fmt: skip
"""What `ask --format` can print, by name."""


def formatted(given: Answer, name: str) -> str:
    """The citations of an answer in one of FORMATS; of a refusal none, for what comes closest is no source."""
    return FORMATS[name](given.citations)


def _note(cited: Citation) -> str:
    """The quotation, who said it when and to what: lists of references have no field for an office and a ministry."""
    who = _who(cited)
    asked = f", op {numbered_question(cited)}" if question_needed(cited) else ""
    return f"“{_one_line(cited.quote)}”{f', {who}' if who else ''}{asked}"


def _who(cited: Citation) -> str:
    said = signatories(cited.speakers, DUTCH) or ("" if _is_prose(cited) else prompts.UNATTRIBUTED[DUTCH])
    return f"{said}, {long_date(cited.date, DUTCH)}" if cited.date else said


def _title(cited: Citation) -> str:
    mark = "FICTIEF: " if cited.fictitious and "FICTIEF" not in cited.subject else ""
    return f"{mark}{cited.subject or cited.reference}"


def _is_prose(cited: Citation) -> bool:
    return cited.paper_kind is PaperKind.OTHER


def _chamber(cited: Citation) -> str:
    part = re.match(r"[a-z]+-([a-z]+)-", cited.paper)
    return CHAMBERS.get(part[1], CHAMBER) if part else CHAMBER


def _bibtex_author(official: Official) -> str:
    return f"{{{_latex(official.name or f'{official.office} {official.ministry}'.strip())}}}"


def _csl_author(official: Official) -> dict[str, str]:
    return {"family": official.name} if official.name else {"literal": f"{official.office} {official.ministry}".strip()}


def _latex(text: str) -> str:
    return _one_line(text).translate(BIBTEX_ESCAPES)


def _escaped(text: str) -> str:
    return MARKDOWN_MARKS.sub(r"\\\1", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
