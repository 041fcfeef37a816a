"""The text of an HTML element: a paragraph, list item or table row on each line, footnotes apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.manuscript import PlacedNote
from corpus.records import Note

CONTAINERS = frozenset(
    "p div section article main blockquote pre dd dt dl ul ol li table caption figure figcaption address"
    " h1 h2 h3 h4 h5 h6 tr td th tbody thead center fieldset details summary body".split()
)
"""Elements that stand on lines of their own."""
_SILENT = frozenset("script style nav header footer form aside button noscript svg template iframe select head".split())
"""Elements that hold no text of the document itself."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no text of a page holds, and no XML can."""
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")
_MARK = re.compile(r"\d{1,3}|[a-z*†‡]|[ivx]{1,5}")
_FIRST_MARK = 0xE000
_MARKS = 6_000
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_UNFINISHED = re.compile(r"[^.?!:;…»”’\")\]\s]\s*\Z")
_LABEL_LIKE = re.compile(
    r"\s*(?:Vra(?:ag|gen)|Antwoord(?:en)?|Mededeling|Toelichting)\b[^.?!]{0,40}\s*\Z", re.IGNORECASE
)


def squeezed(text: str) -> str:
    """A text with single spaces and without control characters."""
    return _SPACE.sub(" ", CONTROL.sub("", text)).strip()


def text_of(element: etree._Element) -> str:
    """All text of an element, with single spaces."""
    return squeezed("".join(str(text) for text in element.itertext()))


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of an element, a paragraph a line, and its footnotes where their marks stood."""

    text: str
    notes: tuple[PlacedNote, ...]


@dataclass(slots=True)
class _Writer:
    """Lines as far as they are written. A note's mark is one private character until the lines are done."""

    notes: dict[str, Note]
    done: list[str] = field(default_factory=list)
    open: str = ""
    marked: list[Note] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        if text:
            self.open += _PRIVATE.sub("", text)

    def mark(self, note: Note) -> None:
        if note not in self.marked and len(self.marked) < _MARKS:
            self.open += chr(_FIRST_MARK + len(self.marked))
            self.marked.append(note)

    def end(self) -> None:
        if squeezed(_PRIVATE.sub("", self.open)):
            self.done.append(squeezed(self.open))
        self.open = ""


def page_text(element: etree._Element) -> PageText:
    """The text of an element; a line break within a sentence is undone, notes are taken out."""
    targets = _targets(element)
    writer = _Writer({mark: note for mark, (note, _) in targets.items()})
    _walk(element, writer, {body for _, body in targets.values()})
    writer.end()
    pieces: list[str] = []
    placed: list[PlacedNote] = []
    length = 0
    for char in "\n".join(writer.done):
        if _PRIVATE.match(char):
            placed.append(PlacedNote(max(length - 1, 0), writer.marked[ord(char) - _FIRST_MARK]))
        else:
            pieces.append(char)
            length += 1
    return PageText("".join(pieces), tuple(placed))


def _targets(element: etree._Element) -> dict[str, tuple[Note, etree._Element]]:
    """For each address of a note ("#fn1"): the note, and the element that holds its text."""
    order = {node: place for place, node in enumerate(element.iter(etree.Element))}
    named = {node.get("id") or node.get("name"): node for node in order}
    found: dict[str, tuple[Note, etree._Element]] = {}
    for anchor in element.iter("a"):
        address = anchor.get("href", "")
        mark = text_of(anchor).strip("[]() .")
        target = named.get(address[1:]) if address.startswith("#") and _MARK.fullmatch(mark) else None
        if target is None or address in found or order[target] < order[anchor]:
            continue
        while target.tag in {"a", "sup", "span"} and (parent := target.getparent()) is not None:
            target = parent
        text = squeezed("".join(_without_links_back(target)))
        if text and target is not element and anchor not in set(target.iter("a")):
            found[address] = (Note(mark, text), target)
    return found


def _without_links_back(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if not (child.tag == "a" and child.get("href", "").startswith("#")):
            yield from _without_links_back(child)
        if child.tail:
            yield child.tail


def _walk(element: etree._Element, writer: _Writer, silent: set[etree._Element]) -> None:
    """Write an element's text; without recursion, as pages nest without bound."""
    stack: list[tuple[etree._Element, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        name = node.tag if isinstance(node.tag, str) else ""
        if not closing and not _is_leaf(node, name, element, writer, silent):
            if name in CONTAINERS:
                writer.end()
            if name == "li":
                writer.open = _item_mark(node)
            writer.add(node.text)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
            continue
        if closing and name in CONTAINERS:
            writer.end()
        if node is not element:
            writer.add(node.tail)


def _is_leaf(
    node: etree._Element, name: str, root: etree._Element, writer: _Writer, silent: set[etree._Element]
) -> bool:
    """Write an element that is no plain container of text; whether it was one."""
    if name == "br":
        _break(node, writer)
    elif name == "a" and node.get("href", "") in writer.notes:
        writer.mark(writer.notes[node.get("href", "")])
    elif name == "tr" and _is_row(node):
        writer.end()
        for place, cell in enumerate(cell for cell in node if cell.tag in {"td", "th"}):
            writer.add(" | " if place else "")
            for inner in page_cell(cell, writer):
                writer.open += inner
        writer.end()
    else:
        return not name or (node is not root and (name in _SILENT or node in silent))
    return True


def page_cell(cell: etree._Element, writer: _Writer) -> Iterator[str]:
    """The text of a table's cell in pieces, with the marks of its notes."""
    yield _PRIVATE.sub("", cell.text or "")
    for child in cell:
        address = child.get("href", "") if child.tag == "a" else ""
        if address in writer.notes:
            writer.mark(writer.notes[address])
        elif isinstance(child.tag, str) and child.tag not in _SILENT:
            yield " " if child.tag in CONTAINERS or child.tag == "br" else ""
            yield from page_cell(child, writer)
        yield _PRIVATE.sub("", child.tail or "")


def _is_row(row: etree._Element) -> bool:
    """Whether a row is one of a table of data: more than one cell with text, and no table or list within."""
    cells = [cell for cell in row if cell.tag in {"td", "th"} and text_of(cell)]
    return len(cells) > 1 and next(row.iterdescendants("table", "ul", "ol"), None) is None


def _break(node: etree._Element, writer: _Writer) -> None:
    """A line break ends a line, but where it falls inside a sentence."""
    before = squeezed(writer.open)
    following = squeezed(node.tail or "")
    inside = following[:1].islower() or (len(before) > 60 and not following[:1].isdigit())
    label = _LABEL_LIKE.match(before) or _LABEL_LIKE.match(following)
    if before and following and _UNFINISHED.search(before) and inside and not label:
        writer.open += " "
    else:
        writer.end()


def _item_mark(item: etree._Element) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "– "
    start = parent.get("start", "1")
    place = sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdigit() and len(start) < 6 else 1) + place}. "
