"""The SRU service of the official publications: which papers there are, and where their editions stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import quote

from lxml import etree

from corpus.editions import IDENTIFIER, Edition, Form, Listed, Service
from corpus.errors import WrongAnswer
from corpus.web import Web

PUBLICATIONS = ("Kamervragen (Aanhangsel)", "Kamervragen zonder antwoord")
"""The series in which answers, deferrals and questions without answer appear, of both chambers."""

PAGE = 100
REACH = 10_000
"""Records that the service lets a query reach: beyond it, it times out."""

LIMIT = 20_000_000
"""Bytes of a page of the list: a hundred records are a tenth of it."""


class By(StrEnum):
    """The date by which papers are listed: of the paper, of its publication, of its last change."""

    DAY = "dt.date"
    AVAILABLE = "dt.available"
    MODIFIED = "dt.modified"


def listed(
    web: Web, base: str, publication: str, by: By, first: date, last: date, *, page: int = PAGE, reach: int = REACH
) -> Iterator[Listed]:
    """The papers of a series with a date from `first` to `last`, both included; each once.

    A period with more papers than the service can reach is asked for in halves.

    Raises:
        FetchFailed: a page did not come, or is no answer to the query.
    """
    query = (
        f'c.product-area==officielepublicaties AND w.publicatienaam=="{publication}" '
        f"AND {by.value}>={first} AND {by.value}<={last} sortBy {by.value}/sort.ascending"
    )
    seen: set[str] = set()
    start = 1
    while True:
        if start + page > reach + 1:
            if first == last:
                raise WrongAnswer(f"{base}: lists more than {reach} papers of {first} under {publication!r}")
            middle = first + (last - first) // 2
            for half in ((first, middle), (middle + timedelta(days=1), last)):
                for paper in listed(web, base, publication, by, *half, page=page, reach=reach):
                    if paper.id not in seen:
                        seen.add(paper.id)
                        yield paper
            return
        root = _page(web, base, query, start, page)
        records = list(_named(root, "record"))
        for record in records:
            paper_or_none = _listed(record)
            if paper_or_none is not None and paper_or_none.id not in seen:
                seen.add(paper_or_none.id)
                yield paper_or_none
        following = _number(_text(root, "nextRecordPosition"))
        if not records or (len(records) < page and following is None):
            return
        start = max(following or 0, start + len(records))


def one(web: Web, base: str, identifier: str) -> Listed | None:
    """A paper by its identifier; None when the service does not list it. Raises as `listed` does."""
    query = f"c.product-area==officielepublicaties AND dt.identifier=={identifier}"
    for record in _named(_page(web, base, query, 1, 1), "record"):
        paper = _listed(record)
        if paper is not None and paper.id == identifier:
            return paper
    return None


def _page(web: Web, base: str, query: str, start: int, page: int) -> etree._Element:
    url = (
        f"{base}?operation=searchRetrieve&version=2.0&query={quote(query, safe='')}"
        f"&startRecord={start}&maximumRecords={page}"
    )
    content = web.get(url, limit=LIMIT, accept="application/xml, text/xml;q=0.9").content or b""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WrongAnswer(f"{base}: its list is malformed XML ({' '.join(str(error).split())})") from error
    if (problem := next(_named(root, "diagnostics"), None)) is not None:
        said = " ".join("".join(str(text) for text in problem.itertext()).split())
        raise WrongAnswer(f"{base}: refuses a query about {start} and following: {said[:200]}")
    if etree.QName(root).localname != "searchRetrieveResponse" or _text(root, "numberOfRecords") == "":
        raise WrongAnswer(f"{base}: answers with {etree.QName(root).localname!r}, which is no list of papers")
    return root


def _listed(record: etree._Element) -> Listed | None:
    """A paper as a record tells of it; None for one without a usable identifier."""
    identifier = _text(record, "identifier")
    if not IDENTIFIER.fullmatch(identifier):
        return None
    editions = []
    for item in _named(record, "itemUrl"):
        form = str(item.get("manifestation") or "").lower()
        url = (item.text or "").strip()
        if url and form in {known.value for known in Form}:
            editions.append(Edition(url, Form(form)))
    return Listed(
        id=identifier,
        service=Service.SRU,
        title=_text(record, "title"),
        day=_day(_text(record, "date")),
        available=_day(_text(record, "available")),
        stamp=_text(record, "modified"),
        question_ids=tuple(
            dict.fromkeys("".join(element.text.split()) for element in _named(record, "vraagnummer") if element.text)
        ),
        editions=tuple(editions),
    )


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of a local name: prefixes and some namespaces differ between the record schemas."""
    return (element for element in root.iter("{*}" + name))


def _text(root: etree._Element, name: str) -> str:
    for element in _named(root, name):
        return " ".join("".join(str(text) for text in element.itertext()).split())
    return ""


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
