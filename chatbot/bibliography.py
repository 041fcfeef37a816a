"""Quotations in the forms that texts, spreadsheets and reference managers take. The quotation itself stays a copy."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from enum import StrEnum

from chatbot import references
from chatbot.citations import question_needed, signatories
from chatbot.language import DUTCH, long_date
from chatbot.records import Citation


class Format(StrEnum):
    """A form of export; its value names it in addresses and buttons."""

    TEXT = "text"
    CSV = "csv"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"

    @property
    def shown(self) -> str:
        """Its name as users know it."""
        return {"text": "Text", "csv": "CSV", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}[self.value]

    @property
    def suffix(self) -> str:
        """The suffix of a file of this form."""
        return {"text": "txt", "csv": "csv", "bibtex": "bib", "ris": "ris", "csl": "json"}[self.value]


COLUMNS = (
    "quotation",
    "speakers",
    "date",
    "reference",
    "subject",
    "paper",
    "answers",
    "question",
    "start",
    "end",
    "url",
)


def export(citations: Sequence[Citation], form: Format) -> str:
    """All citations in one document of a form, in the order given."""
    if form is Format.TEXT:
        return "\n\n".join(as_text(cited) for cited in citations) + "\n"
    if form is Format.CSV:
        return _csv(citations)
    return references.FORMATS["csl-json" if form is Format.CSL else form.value](citations) + "\n"


def as_text(cited: Citation) -> str:
    """A quotation as a Dutch newspaper prints it, with its source on the lines below."""
    source = ". ".join(part for part in (cited.reference, cited.url or "") if part)
    return "\n".join((f"“{cited.quote}”", *said(cited), source))


def said(cited: Citation) -> tuple[str, ...]:
    """To which question a quotation was said, where it needs that, and by whom and when: a line each."""
    asked = f"Op {references.numbered_question(cited)}" if question_needed(cited) else ""
    day = long_date(cited.date, DUTCH) if cited.date else ""
    who = ", ".join(part for part in (signatories(cited.speakers, DUTCH), day) if part)
    return tuple(line for line in (asked, who) if line)


def _csv(citations: Sequence[Citation]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for cited in citations:
        writer.writerow([
            cited.quote, signatories(cited.speakers, DUTCH), cited.date.isoformat() if cited.date else "",
            cited.reference, cited.subject, cited.paper, " ".join(map(str, cited.answers)), cited.question, cited.start,
            cited.end,
            cited.url or "",
        ])  # fmt: skip
    return out.getvalue()
