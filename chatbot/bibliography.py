"""Quotations in the forms that texts, spreadsheets and reference managers take. The quotation itself stays a copy."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from chatbot.citations import signatories
from chatbot.language import DUTCH, long_date
from chatbot.records import Citation
from corpus.records import Official


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


COLUMNS = ("quotation", "speakers", "date", "reference", "subject", "paper", "answers", "start", "end", "url")


def export(citations: Sequence[Citation], form: Format) -> str:
    """All citations in one document of a form, in the order given."""
    match form:
        case Format.TEXT:
            return "\n\n".join(as_text(cited) for cited in citations) + "\n"
        case Format.CSV:
            return _csv(citations)
        case Format.BIBTEX:
            return "\n".join(_bibtex(cited) for cited in citations)
        case Format.RIS:
            return "\n".join(_ris(cited) for cited in citations)
        case Format.CSL:
            return json.dumps([_csl(cited) for cited in citations], ensure_ascii=False, indent=2) + "\n"


def as_text(cited: Citation) -> str:
    """A quotation as a Dutch newspaper prints it, with its source on the next line."""
    day = long_date(cited.date, DUTCH) if cited.date else ""
    who = ", ".join(part for part in (signatories(cited.speakers, DUTCH), day) if part)
    source = ". ".join(part for part in (cited.reference, cited.url or "") if part)
    return f"“{cited.quote}”\n{who}\n{source}" if who else f"“{cited.quote}”\n{source}"


def key(cited: Citation) -> str:
    """A name for a citation that no other quotation has: paper, exchange and first character."""
    return f"{cited.paper}-{cited.exchange + 1}-{cited.start}"


def _csv(citations: Sequence[Citation]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for cited in citations:
        writer.writerow([
            cited.quote, signatories(cited.speakers, DUTCH), cited.date.isoformat() if cited.date else "",
            cited.reference, cited.subject, cited.paper, " ".join(map(str, cited.answers)), cited.start, cited.end,
            cited.url or "",
        ])  # fmt: skip
    return out.getvalue()


def _bibtex(cited: Citation) -> str:
    names = " and ".join("{" + _tex(_author(speaker)) + "}" for speaker in cited.speakers)
    fields = {
        "author": names,
        "title": "{" + _tex(cited.subject) + "}",
        "year": str(cited.date.year) if cited.date else "",
        "date": cited.date.isoformat() if cited.date else "",
        "howpublished": _tex(cited.reference),
        "url": cited.url or "",
        "abstract": _tex(" ".join(cited.quote.split("\n"))),
        "langid": "dutch",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}"))
    return f"@misc{{{key(cited)},\n{lines}\n}}\n"


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "_": r"\_",
}  # fmt: skip


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _ris(cited: Citation) -> str:
    lines = [("TY", "GOVDOC"), *(("AU", _author(speaker)) for speaker in cited.speakers), ("TI", cited.subject)]
    if cited.date:
        lines += [("PY", str(cited.date.year)), ("DA", cited.date.strftime("%Y/%m/%d"))]
    lines += [("M1", cited.reference), ("AB", cited.quote), ("LA", "nl"), ("ID", key(cited))]
    lines += [("UR", cited.url)] if cited.url else []
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines) + "ER  - \n"


def _csl(cited: Citation) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": key(cited),
        "type": "document",
        "title": cited.subject,
        "author": [{"literal": _author(speaker)} for speaker in cited.speakers],
        "note": cited.reference,
        "abstract": cited.quote,
        "language": "nl",
    }
    if cited.date:
        entry["issued"] = _date_parts(cited.date)
    if cited.url:
        entry["URL"] = cited.url
    return entry


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _author(speaker: Official) -> str:
    name = f"{speaker.office} {speaker.name}".strip()
    return f"{name} ({speaker.ministry})" if speaker.ministry else name
