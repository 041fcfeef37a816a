"""HTML pages: those of officielebekendmakingen.nl by their elements, all others by their text.

Shapes in sources.md, section 5. A page of officielebekendmakingen.nl is turned into the elements of the official XML,
so that both are read by the same rules. Of other pages, those of tweedekamer.nl and articles, the main text is taken
as lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from corpus.dates import dutch_date
from corpus.pagetext import CONTAINERS, CONTROL, PageText, page_text, squeezed, text_of

_OFFICIAL_PARTS = frozenset({"vraag", "antwoord", "vragen", "reactie", "kamervraagopmerking"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOTE = frozenset({"noot", "voetnoot"})
_ERROR = re.compile(
    r"\b(?:404|403|500|503)\b|niet gevonden|not found|bestaat niet|foutmelding|fout opgetreden|access denied",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:Vragen|Antwoord|Mededeling) van\b")
_ADDRESS = re.compile(r"https?://[^\s\"<>]{4,2000}")
_LONGEST_ERROR = 1_500
"""A page of more characters than this is no error page, whatever its heading says."""
_PUBLISHED = ("article:published_time", "dcterms.issued", "dc.date", "date", "datepublished", "publicationdate")


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page says outside its text: title, day of publication, address; "" and None where it does not."""

    title: str
    published: date | None
    address: str


def parsed(text: str) -> etree._Element | None:
    """The root of an HTML page; None when there is nothing in it."""
    parser = etree.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def classes(element: etree._Element) -> frozenset[str]:
    """The class names of an element."""
    return frozenset(element.get("class", "").lower().split())


def is_official_page(root: etree._Element) -> bool:
    """Whether a page has the elements of officielebekendmakingen.nl."""
    return any(
        (element.tag == "div" and classes(element) & _OFFICIAL_PARTS)
        or "kamervraagomschrijving_kop" in classes(element)
        for element in root.iter(etree.Element)
    )


def is_error_page(root: etree._Element) -> bool:
    """Whether a page only says that something is missing or went wrong."""
    text = page_text(_body(root)).text
    heading = " ".join(text_of(element) for element in root.iter("title", "h1"))
    return len(text) < _LONGEST_ERROR and _ERROR.search(f"{heading} {text[:200]}") is not None


def described(root: etree._Element) -> Page:
    """The title and the day that a page gives for itself."""
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        named.setdefault(name, meta.get("content", ""))
    heading = next((text_of(element) for element in _main(root).iter("h1")), "")
    title = heading or named.get("og:title", "") or next((text_of(e) for e in root.iter("title")), "")
    days = [named.get(name, "") for name in _PUBLISHED]
    days += [element.get("datetime", "") for element in _main(root).iter("time")]
    links = [link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical"]
    address = next((value for value in [*links, named.get("og:url", "")] if _ADDRESS.fullmatch(value)), "")
    return Page(title.strip(), next((day for value in days if (day := dutch_date(value[:40]))), None), address)


def main_text(root: etree._Element) -> PageText:
    """A page's main text."""
    return page_text(_main(root))


def _body(root: etree._Element) -> etree._Element:
    body = root.find(".//body")
    return root if body is None else body


def _main(root: etree._Element) -> etree._Element:
    """The element that holds the main text: the article, the main part, or the whole body."""
    for name in ("article", "main"):
        found = sorted(root.iter(name), key=lambda element: -len(text_of(element)))
        if found:
            return found[0]
    return next((element for element in root.iter("div") if element.get("role") == "main"), _body(root))


def as_official(root: etree._Element) -> etree._Element:
    """A page of officielebekendmakingen.nl as the elements of the official XML."""
    notes = _notes(root)
    publication = etree.Element("officiele-publicatie")
    metadata = etree.SubElement(publication, "metadata")
    for meta in root.iter("meta"):
        if meta.get("name"):
            etree.SubElement(
                metadata, "meta", name=squeezed(meta.get("name", "")), content=squeezed(meta.get("content", ""))
            )
    questions = etree.SubElement(publication, "kamervragen")
    content = _content(root)
    _write_heading(content, questions)
    for part in _parts(content):
        _write_part(part, questions, notes)
    return publication


def _content(root: etree._Element) -> etree._Element:
    for element in root.iter("div", "main"):
        if "stuk" in classes(element) or "global-main" in classes(element) or element.get("id") == "main-column":
            return element
    return _body(root)


def _parts(content: etree._Element) -> Iterator[etree._Element]:
    """The outermost question, answer and remark elements that hold no others, in order."""
    for element in content.iter("div", "section"):
        if classes(element) & _OFFICIAL_PARTS and not any(
            classes(inner) & _OFFICIAL_PARTS for inner in element.iterdescendants("div", "section")
        ):
            yield element


def _write_heading(content: etree._Element, questions: etree._Element) -> None:
    head = etree.SubElement(questions, "kamervraagkop")
    first = next(_parts(content), None)
    before: list[etree._Element] = []
    for element in content.iter(etree.Element):
        if element is first:
            break
        if element.tag in {"p", "td", "th", "li", *_HEADINGS} or "kamervraagomschrijving" in element.get("class", ""):
            before.append(element)
    texts = [text_of(element) for element in before if _describes(element)]
    # What a page does not mark as a heading counts all the same, where it marks others when it begins as one.
    unmarked = [text for element in before if not _describes(element) and (text := text_of(element))]
    texts += [
        text for text in unmarked if not texts or (_OPENS.match(text) and not any(text in other for other in texts))
    ]
    for element in before:
        text = text_of(element)
        if not _describes(element) and re.match(r"(?:Tweede|Eerste) Kamer der|Vergaderjaar \d{4}", text):
            etree.SubElement(head, "tekstregel").text = text
        elif "kamervraagnummer" in classes(element):
            etree.SubElement(questions, "kamervraagnummer").text = text
    for text in dict.fromkeys(texts):
        if re.search(r"\bVra(?:gen|ag) van\b|\bAntwoord van\b|\bMededeling van\b|\(ingezonden|\(ontvangen", text):
            etree.SubElement(questions, "kamervraagomschrijving").text = text


def _describes(element: etree._Element) -> bool:
    """Whether a page marks an element as the description of who asks or answers what."""
    return "omschrijving" in element.get("class", "")


def _write_part(part: etree._Element, questions: etree._Element, notes: dict[str, etree._Element]) -> None:
    name = next(iter(classes(part) & _OFFICIAL_PARTS))
    target = etree.SubElement(questions, name)
    heading = next(
        (child for child in part.iter(*_HEADINGS, "p") if child.tag in _HEADINGS or "nummer" in classes(child)), None
    )
    if heading is not None:
        etree.SubElement(target, "titel" if name == "kamervraagopmerking" else "nr").text = text_of(heading)
    _write_blocks(part, target, notes, heading)


def _write_blocks(
    element: etree._Element, target: etree._Element, notes: dict[str, etree._Element], skipped: etree._Element | None
) -> None:
    """The paragraphs, lists and tables in an element as those of the official XML."""
    loose = etree.Element("al")
    _add_text(loose, element.text)
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if child is skipped or not name or _is_note(child):
            pass
        elif name == "table":
            _settle(loose, target)
            _write_table(child, target, notes)
            loose = etree.Element("al")
        elif name in {"ul", "ol"}:
            _settle(loose, target)
            _write_list(child, target, notes)
            loose = etree.Element("al")
        elif name in CONTAINERS and any(inner.tag in CONTAINERS for inner in child.iterdescendants()):
            _settle(loose, target)
            _write_blocks(child, target, notes, skipped)
            loose = etree.Element("al")
        elif name in CONTAINERS:
            _settle(loose, target)
            paragraph = etree.SubElement(target, "tussenkop" if name in _HEADINGS else "al")
            _write_inline(child, paragraph, notes)
            loose = etree.Element("al")
        else:
            _write_inline_child(child, loose, notes)
        _add_text(loose, child.tail)
    _settle(loose, target)


def _settle(loose: etree._Element, target: etree._Element) -> None:
    if text_of(loose):
        target.append(loose)


def _write_list(element: etree._Element, target: etree._Element, notes: dict[str, etree._Element]) -> None:
    found = etree.SubElement(target, "lijst")
    explicit = "expliciet" in classes(element)
    start = element.get("start", "1")
    for number, item in enumerate(element.iterchildren("li"), start=int(start) if start.isdigit() else 1):
        entry = etree.SubElement(found, "li")
        if not explicit:
            etree.SubElement(entry, "li.nr").text = f"{number}." if element.tag == "ol" else "–"
        _write_blocks(item, entry, notes, None)


def _write_table(element: etree._Element, target: etree._Element, notes: dict[str, etree._Element]) -> None:
    table = etree.SubElement(target, "table")
    for caption in element.iterchildren("caption"):
        etree.SubElement(table, "title").text = text_of(caption)
    body = etree.SubElement(etree.SubElement(table, "tgroup"), "tbody")
    for row in element.iter("tr"):
        written = etree.SubElement(body, "row")
        for cell in row.iterchildren("td", "th"):
            _write_inline(cell, etree.SubElement(written, "entry"), notes)


def _write_inline(element: etree._Element, target: etree._Element, notes: dict[str, etree._Element]) -> None:
    _add_text(target, element.text)
    for child in element:
        if isinstance(child.tag, str) and not _is_note(child):
            _write_inline_child(child, target, notes)
        _add_text(target, child.tail)


def _write_inline_child(child: etree._Element, target: etree._Element, notes: dict[str, etree._Element]) -> None:
    mark = _mark(child)
    if mark is not None:
        note = notes.get(mark)
        if note is not None:
            target.append(note)
            note.tail = None
    elif child.tag == "br":
        etree.SubElement(target, "br")
    elif child.tag in CONTAINERS and len(target):
        _add_text(target, " ")
        _write_inline(child, target, notes)
    else:
        _write_inline(child, target, notes)


def _add_text(target: etree._Element, text: str | None) -> None:
    if not text:
        return
    text = CONTROL.sub("", text)
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _is_note(element: etree._Element) -> bool:
    return element.tag in {"div", "section", "aside", "li", "p"} and bool(classes(element) & _NOTE)


def _mark(element: etree._Element) -> str | None:
    """The mark of the note that an inline element points to; None when it is no such element."""
    anchors = [element] if element.tag == "a" else list(element.iter("a")) if element.tag == "sup" else []
    for anchor in anchors:
        if classes(anchor) & {"nootnum", "noot", "nootref", "footnote-ref"} or (
            element.tag == "sup" and anchor.get("href", "").startswith("#")
        ):
            return text_of(anchor).strip("[]() .")
    return None


def _notes(root: etree._Element) -> dict[str, etree._Element]:
    """The notes of a page as elements of the official XML, by their marks."""
    found: dict[str, etree._Element] = {}
    for element in root.iter("div", "section", "aside", "li", "p"):
        if not _is_note(element) or any(_is_note(inner) for inner in element.iterdescendants()):
            continue
        number = next((inner for inner in element.iter() if "nootnum" in classes(inner)), None)
        mark = text_of(number).strip("[]() .") if number is not None else ""
        note = etree.Element("noot")
        etree.SubElement(note, "noot.nr").text = mark
        drop = {number, *(inner for inner in element.iter(*_HEADINGS) if "note-close" in classes(inner))}
        paragraphs = list(element.iter("p")) or [element]
        for paragraph in paragraphs:
            text = squeezed("".join(_without(paragraph, drop)))
            if text:
                etree.SubElement(note, "noot.al").text = text
        if mark and len(note) > 1:
            found.setdefault(mark, note)
    return found


def _without(element: etree._Element, drop: set[etree._Element | None]) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if child not in drop and isinstance(child.tag, str):
            yield from _without(child, drop)
        if child.tail:
            yield child.tail
