"""DOCX files: their text in reading order, with automatic numbers, tables as rows and footnotes apart."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from corpus.labels import label_at
from corpus.manuscript import Line, PlacedNote
from corpus.records import Note

EXPANDED_LIMIT = 400 * 1024 * 1024
"""A DOCX whose parts unpack to more bytes than this is refused."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class DamagedDocx(Exception):
    """The bytes are no DOCX, or one whose text cannot be reached."""


@dataclass(frozen=True, slots=True)
class DocxText:
    """The text of a DOCX, a paragraph a line, and its footnotes by the place of their marks."""

    raw: str
    notes: tuple[PlacedNote, ...]


@dataclass(slots=True)
class _State:
    """What is known while the body is walked."""

    footnotes: dict[str, str]
    endnotes: dict[str, str]
    levels: dict[tuple[str, int], tuple[str, str, int]]
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[PlacedNote] = field(default_factory=list)
    counters: dict[str, list[int]] = field(default_factory=dict)
    in_answers: bool = False

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def docx_text(content: bytes) -> DocxText:
    """The text of a DOCX given as bytes; raises `DamagedDocx`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > EXPANDED_LIMIT:
                raise DamagedDocx("it unpacks to more than the limit")
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise DamagedDocx("it holds no Word document")
            document = _parsed(archive.read("word/document.xml"))
            state = _State(
                footnotes=_notes(archive, names, "word/footnotes.xml", "footnote"),
                endnotes=_notes(archive, names, "word/endnotes.xml", "endnote"),
                levels=_levels(_parsed(archive.read("word/numbering.xml"))) if "word/numbering.xml" in names else {},
            )
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise DamagedDocx(str(error)) from error
    except zipfile.error as error:  # pragma: no cover - other errors of the zip library
        raise DamagedDocx(str(error)) from error
    body = document.find(f"{_W}body")
    if body is not None:
        _walk(body, state)
    return DocxText("".join(state.pieces), tuple(state.notes))


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(content, parser)


def _notes(archive: zipfile.ZipFile, names: set[str], part: str, kind: str) -> dict[str, str]:
    if part not in names:
        return {}
    texts = {}
    for note in _parsed(archive.read(part)).iter(f"{_W}{kind}"):
        text = " ".join("".join(run.text or "" for run in note.iter(f"{_W}t")).split())
        if text:
            texts[note.get(f"{_W}id", "")] = text
    return texts


def _levels(numbering: etree._Element) -> dict[tuple[str, int], tuple[str, str, int]]:
    """(numId, level) to (format, text, first number)."""
    abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
    for definition in numbering.iter(f"{_W}abstractNum"):
        levels = {}
        for level in definition.iter(f"{_W}lvl"):
            values = {child.tag: child.get(f"{_W}val", "") for child in level}
            start = values.get(f"{_W}start", "1")
            levels[int(level.get(f"{_W}ilvl", "0"))] = (
                values.get(f"{_W}numFmt", "decimal"),
                values.get(f"{_W}lvlText", "%1."),
                int(start) if start.isdigit() else 1,
            )
        abstract[definition.get(f"{_W}abstractNumId", "")] = levels
    result = {}
    for number in numbering.iter(f"{_W}num"):
        reference = number.find(f"{_W}abstractNumId")
        if reference is None:
            continue
        for depth, known in abstract.get(reference.get(f"{_W}val", ""), {}).items():
            result[(number.get(f"{_W}numId", ""), depth)] = known
    return result


def _walk(element: etree._Element, state: _State) -> None:
    for child in element:
        if child.tag == f"{_W}p":
            _paragraph(child, state)
        elif child.tag == f"{_W}tbl":
            _table(child, state)
        elif isinstance(child.tag, str) and child.tag not in {_FALLBACK, f"{_W}sdtPr", f"{_W}sectPr"}:
            _walk(child, state)


def _table(table: etree._Element, state: _State) -> None:
    """A table among the answers as one line a row; a table that only lays out a letter as its paragraphs."""
    nested = any(True for _ in table.iterdescendants(f"{_W}tbl")) or _holds_labels(table)
    for row in table.iter(f"{_W}tr") if not nested else [table]:
        cells = list(row.iter(f"{_W}tc")) if not nested else []
        if not state.in_answers or nested or len(cells) < 2:
            for cell in cells or [table]:
                _walk(cell, state)
            continue
        for place, cell in enumerate(cells):
            if place:
                state.add(" | ")
            for number, paragraph in enumerate(cell.iter(f"{_W}p")):
                if number:
                    state.add(" ")
                _content(paragraph, state)
        state.add("\n")


def _holds_labels(table: etree._Element) -> bool:
    """Whether questions and answers stand in a table's cells, so that it lays out the paper itself."""
    for paragraph in table.iter(f"{_W}p"):
        text = "".join(run.text or "" for run in paragraph.iter(f"{_W}t"))
        if (label := label_at(0, Line(0, len(text), text))) and label.numbers:
            return True
    return False


def _paragraph(paragraph: etree._Element, state: _State) -> None:
    start = state.length
    first_piece = len(state.pieces)
    if prefix := _prefix(paragraph, state):
        state.add(prefix)
    _content(paragraph, state)
    text = "".join(state.pieces[first_piece:])
    for line in text.split("\n"):
        if not state.in_answers and (label := label_at(0, Line(start, start, line))) and label.numbers:
            state.in_answers = True
    state.add("\n")
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
            _walk(box, state)


def _content(paragraph: etree._Element, state: _State) -> None:
    for element in _runs(paragraph):
        if element.tag == f"{_W}t":
            state.add(element.text or "")
        elif element.tag in {f"{_W}br", f"{_W}cr"}:
            state.add("\n")
        elif element.tag == f"{_W}tab":
            state.add("\t")
        elif element.tag == f"{_W}noBreakHyphen":
            state.add("-")
        elif element.tag in {f"{_W}footnoteReference", f"{_W}endnoteReference"}:
            texts = state.footnotes if element.tag == f"{_W}footnoteReference" else state.endnotes
            text = texts.get(element.get(f"{_W}id", ""))
            if text:
                state.notes.append(PlacedNote(max(state.length - 1, 0), Note(str(len(state.notes) + 1), text)))


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag in {f"{_W}pPr", f"{_W}txbxContent", _FALLBACK, f"{_W}del", f"{_W}moveFrom"}:
            continue
        if isinstance(child.tag, str):
            yield child
            yield from _runs(child)


def _prefix(paragraph: etree._Element, state: _State) -> str:
    """The number or bullet that Word shows before a paragraph but keeps out of its text."""
    properties = paragraph.find(f"{_W}pPr/{_W}numPr")
    if properties is None or not "".join(run.text or "" for run in paragraph.iter(f"{_W}t")).strip():
        return ""
    number, level = properties.find(f"{_W}numId"), properties.find(f"{_W}ilvl")
    if number is None:
        return ""
    identity = number.get(f"{_W}val", "")
    depth = int(level.get(f"{_W}val", "0")) if level is not None else 0
    known = state.levels.get((identity, depth))
    if known is None or identity == "0":
        return ""
    kind, text, first = known
    if kind in {"bullet", "none"}:
        return "– " if kind == "bullet" else ""
    counts = state.counters.setdefault(identity, [])
    while len(counts) <= depth:
        missing = state.levels.get((identity, len(counts)))
        counts.append((missing[2] if missing else 1) - 1)
    del counts[depth + 1 :]
    counts[depth] = max(counts[depth], first - 1) + 1
    for place, count in enumerate(counts):
        text = text.replace(f"%{place + 1}", _figure(count, kind))
    return text + " "


def _figure(count: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"} and 0 < count <= len(_LETTERS):
        letter = _LETTERS[count - 1]
        return letter if kind == "lowerLetter" else letter.upper()
    return str(count)
