"""HTML files to papers: pages of officielebekendmakingen.nl, of tweedekamer.nl, and articles."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from corpus import html
from corpus.encoding import decoded
from corpus.errors import UnreadablePaper
from corpus.extracted import Extracted, paper_of
from corpus.header import read_header
from corpus.labels import label_at
from corpus.manuscript import lines_of
from corpus.mapped import Edit
from corpus.official_xml import parse_xml
from corpus.records import Paper, PaperKind

_CHECK = "leave it out, or check that it is the right page"
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_FIRST_OF_TEXT = re.compile(r"(?:AH\s?\d{1,5}|\d{4}\s?Z\s?\d{5})\s*\Z")
_FIRST_OF_HEADER = re.compile(
    r"(?:(?:Mondelinge |Schriftelijke )?Vra(?:gen|ag) (?:van|gesteld)|(?:Nader )?Antwoord van|Mededeling van)\b",
    re.IGNORECASE,
)
_ASKED_BY = re.compile(r"\bvragen\s+van\s+(?=(?:het\s+lid|de\s+leden)\b)", re.IGNORECASE)


def read_page(content: bytes, name: str) -> Paper:
    """The paper in an HTML page; raises `UnreadablePaper`. `name`: of the file, for messages."""
    root = html.parsed(_text(content, name))
    if root is None:
        raise UnreadablePaper(name, "its HTML holds nothing", "fetch it again or leave it out")
    if html.is_official_page(root):
        return parse_xml(html.as_official(root), name, Path(name).stem)
    if html.is_error_page(root):
        raise UnreadablePaper(name, "it is an error page, not a paper", "fetch it again or leave it out")
    page = html.main_text(root)
    described = html.described(root)
    document = replace(Extracted.plain(page.text, page.notes), title=described.title, published=described.published)
    lead = _lead(page.text)
    if lead:
        document = replace(
            document,
            clean=document.clean.edited([Edit(0, lead)]),
            notes=tuple(replace(note, place=note.place - lead) for note in page.notes if note.place >= lead),
        )
    paper = paper_of(document, name, Path(name).stem)
    if paper is None:
        raise UnreadablePaper(name, "its HTML holds neither a Kamervraag nor an article", _CHECK)
    return replace(_completed(paper, described.title), url=paper.url or described.address)


def _text(content: bytes, name: str) -> str:
    try:
        return decoded(content, name)
    except UnreadablePaper:
        charset = _CHARSET.search(content[:2048])
        if charset is None:
            raise
        try:
            return content.decode(charset.group(1).decode("ascii"), "replace")
        except LookupError:
            raise UnreadablePaper(
                name, f"its encoding {charset.group(1).decode('ascii')!r} is unknown", "save it as UTF-8 and try again"
            ) from None


def _lead(text: str) -> int:
    """How many characters stand before the text of a paper: what the page puts over it."""
    lines = lines_of(text)
    labelled = next((place for place, line in enumerate(lines) if label_at(place, line)), None)
    if labelled is None:
        return 0
    before = lines[:labelled]
    for first in (_FIRST_OF_TEXT, _FIRST_OF_HEADER):
        found = next((line.start for line in before if first.match(line.text)), None)
        if found is not None:
            return found
    return 0


def _completed(paper: Paper, title: str) -> Paper:
    """A Kamervraag whose text names neither its subject nor its askers, with those of the page's title."""
    asked = _ASKED_BY.search(title)
    if paper.kind is PaperKind.OTHER or asked is None or (paper.subject and paper.askers):
        return paper
    header = read_header("Vragen van " + title[asked.end() :], answered=paper.answered)
    return replace(
        paper,
        subject=paper.subject or header.subject,
        askers=paper.askers or header.askers,
        addressees=paper.addressees or header.addressees,
    )
