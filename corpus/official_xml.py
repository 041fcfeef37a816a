"""The official XML of officielebekendmakingen.nl, the current schema and older ones (sources.md, section 4).

The text is written out as lines, labels included, and becomes the paper's raw text; questions and answers
keep their borders from the elements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lxml import etree

from corpus.dates import dutch_date
from corpus.header import IDENTIFIER, read_header
from corpus.kamervragen import build
from corpus.labels import label_at
from corpus.manuscript import Block, BlockKind, Line, PlacedNote
from corpus.mapped import MappedText
from corpus.numbers import question_numbers
from corpus.records import Knot, Note, Paper

ROOTS = frozenset({"officiele-publicatie", "kamerwrk", "vraagdoc", "kamervragen", "officielepublicatie"})

_QUESTIONS = {"vraag": BlockKind.QUESTION, "vragen": BlockKind.QUESTION}
_ANSWERS = {"antwoord": BlockKind.ANSWER, "reactie": BlockKind.ANSWER, "antwoorden": BlockKind.ANSWER}
_REMARKS = {"kamervraagopmerking", "toelicht", "toelichting", "mededeling", "opmerking"}
_DESCRIPTIONS = {"kamervraagomschrijving", "omschr"}
_NUMBERS = {"nr", "nummer", "vraagnr"}
_PARAGRAPHS = {"al", "tussenkop", "titel", "p", "kop", "term", "definitie", "functie", "naam"}
_NOTES = {"noot", "voetnoot", "voetref", "nootref"}
_SKIPPED = {"plaatje", "illustratie", "metadata", "meta", "colspec", "noot.nr", "nootnr"}
_TO_TIDY = ("  ", "\n", "\t", "\r", "\u00a0")
"""Where none of these occurs, there is no space to tidy."""
_CASES = re.compile(r"OVERHEIDop\.vraagnummer", re.IGNORECASE)
"""The metadata that hold the zaaknummers, one each; older papers spell it "vraagNummer"."""
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")


@dataclass(slots=True)
class _Writer:
    """The raw text as far as it is written, and the notes found on the way."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[PlacedNote] = field(default_factory=list)
    loose_notes: dict[str, Note] = field(default_factory=dict)
    explanations: list[Block] = field(default_factory=list)

    def line(self, text: str) -> None:
        self.pieces.append(text + "\n")
        self.length += len(text) + 1


def is_official(root: etree._Element) -> bool:
    """Whether an XML root is that of an official publication of a Kamervraag."""
    return _name(root) in ROOTS and any(
        _name(element) in {*_QUESTIONS, *_DESCRIPTIONS, *_REMARKS} for element in root.iter()
    )


def body_text(root: etree._Element) -> str:
    """The paragraphs of an official publication that does not mark its questions; "" for any other XML."""
    if _name(root) not in ROOTS:
        return ""
    _strip_namespaces(root)
    writer = _Writer()
    for element in root:
        _write(element, writer)
    return "".join(writer.pieces)


def parse_xml(root: etree._Element, source: str, stem: str) -> Paper:
    """The paper in an official XML document."""
    _strip_namespaces(root)
    writer = _Writer()
    for note in root.iter("voetnoot"):
        if identity := note.get("id"):
            writer.loose_notes[identity] = _note(note)
    descriptions = [element for element in root.iter(*_DESCRIPTIONS) if _name(element) in _DESCRIPTIONS]
    heads = [_inline(element) for element in root.iter("tekstregel")]
    number = _first_text(root, ("kamervraagnummer", "aanhangselnummer", "vraagnummer"))
    texts = [_inline(element) for element in descriptions]
    title = _first_text(root, ("citeertitel",))
    for text in (*heads, number, *texts):
        if text:
            writer.line(text)
    header = read_header(
        " ".join(texts),
        subject=_first_text(root, ("kamervraagonderwerp", "ondw")),
        asked=_iso_date(descriptions, "vraag", "ingezonden"),
        answered=_iso_date(descriptions, "antwoord", "ontvangen"),
    )
    blocks = _blocks(root, writer)
    raw = "".join(writer.pieces)
    metadata = {element.get("name", ""): element.get("content", "") for element in root.iter("meta")}
    year = _year(heads, metadata)
    cases = [element.get("content", "") for element in root.iter("meta") if _CASES.fullmatch(element.get("name", ""))]
    return build(
        raw,
        source,
        stem,
        header,
        " ".join((number, *texts, title, *cases)),
        blocks,
        identifier=_identifier(number, heads, metadata, year, root),
        year=year,
    )


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _strip_namespaces(root: etree._Element) -> None:
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = element.tag.rsplit("}", 1)[-1]


def _inline(element: etree._Element, writer: _Writer | None = None, base: int = 0) -> str:
    """An element's running text with single spaces; its notes go to `writer`, placed from `base` on."""
    parts: list[str] = []
    _collect(element, parts, writer, base)
    text = "".join(parts).replace("\u2028", "\n")
    if any(space in text for space in _TO_TIDY):
        text = _SPACE.sub(" ", text)
    return "\n".join(part.strip() for part in text.split("\v")).strip()


def _collect(element: etree._Element, parts: list[str], writer: _Writer | None, base: int) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        name = _name(child)
        if name in _NOTES:
            if writer is not None:
                place = base + len(_SPACE.sub(" ", "".join(parts)).lstrip())
                note = writer.loose_notes.get(child.get("refid", "")) if child.get("refid") else _note(child)
                if note is not None and note.text:
                    writer.notes.append(PlacedNote(max(base, place - 1), note))
        elif name == "br":
            parts.append("\v")
        elif name and name not in _SKIPPED:
            _collect(child, parts, writer, base)
        if child.tail:
            parts.append(child.tail)


def _note(element: etree._Element) -> Note:
    mark = next(
        (_inline(child) for child in element if _name(child) in {"noot.nr", "nootnr", "nr"}), ""
    ) or element.get("nr", "")
    texts = [_inline(child) for child in element if _name(child) not in {"noot.nr", "nootnr", "nr"}]
    text = "\n".join(text for text in texts if text) or _inline(element)
    return Note(mark.strip(" .)"), text)


def _first_text(root: etree._Element, names: Sequence[str]) -> str:
    for name in names:
        for element in root.iter(name):
            if text := _inline(element):
                return text
    return ""


def _iso_date(descriptions: list[etree._Element], kind: str, word: str) -> date | None:
    for element in descriptions:
        for day in element.iter("datum"):
            text = _inline(day)
            if element.get("type") == kind or word in text or (len(descriptions) == 1 and word in text):
                try:
                    found: date | None = date.fromisoformat(day.get("isodatum", ""))
                except ValueError:
                    found = None
                printed = dutch_date(text)
                if word in text or not text:
                    return printed or found
                if found or printed:
                    return printed or found
    return None


def _blocks(root: etree._Element, writer: _Writer) -> list[Block]:
    blocks: list[Block] = []
    parts = [element for element in root.iter() if _name(element) in {*_QUESTIONS, *_ANSWERS, *_REMARKS}]
    containers = {
        element
        for element in parts
        if any(_name(inner) in {*_QUESTIONS, *_ANSWERS} for inner in element.iterdescendants())
    }
    for element in parts:
        if element in containers or any(
            ancestor in parts and ancestor not in containers for ancestor in element.iterancestors()
        ):
            continue
        name = _name(element)
        if name in _REMARKS:
            blocks.append(_remark(element, writer))
        else:
            kind = _QUESTIONS.get(name) or _ANSWERS[name]
            for part in _series(element):
                blocks.append(_labelled(part, kind, writer, blocks))
                blocks.extend(writer.explanations)
                writer.explanations.clear()
    return blocks


def _series(element: etree._Element) -> list[list[etree._Element]]:
    """The children of an element; where it holds several numbered parts in a row, as the oldest papers do, of each."""
    children = list(element)
    starts = [place for place, child in enumerate(children) if _name(child) in _NUMBERS]
    if len(starts) < 2:
        return [children]
    return [children[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _labelled(children: list[etree._Element], kind: BlockKind, writer: _Writer, before: list[Block]) -> Block:
    label = next((_inline(child) for child in children if _name(child) in _NUMBERS), "")
    numbers = question_numbers(label)
    named = label_at(0, Line(0, len(label), label))
    by = named.by if named and named.kind is kind else ""
    paragraphs = [child for child in children if _name(child) not in _NUMBERS]
    if not numbers and paragraphs and _name(paragraphs[0]) == "al":
        text = _inline(paragraphs[0])
        found = label_at(0, Line(0, len(text), text))
        if found and found.rest == len(text) and found.kind is kind:
            numbers, label, by = found.numbers, text, found.by
            paragraphs = paragraphs[1:]
    if not numbers:
        asked = [number for block in before if block.kind is BlockKind.QUESTION for number in block.numbers]
        answered = {number for block in before if block.kind is BlockKind.ANSWER for number in block.numbers}
        if kind is BlockKind.QUESTION:
            numbers = (max(asked, default=0) + 1,)
        else:
            numbers = tuple(sorted(number for number in asked if number not in answered))
    writer.line(label or ("Vraag" if kind is BlockKind.QUESTION else "Antwoord"))
    return replace(_block(kind, numbers, paragraphs, writer), by=by)


def _remark(element: etree._Element, writer: _Writer) -> Block:
    heading = next((_inline(child) for child in element if _name(child) in {"titel", "kop", "tussenkop"}), "")
    children = [child for child in element if _name(child) not in {"titel", "kop"} or _inline(child) != heading]
    text = heading or _inline(element)[:40] or _name(element)
    explains = _name(element).startswith("toelicht") or text.lower().startswith(("toelichting", "deze vragen dienen"))
    if heading:
        writer.line(heading)
    kind = BlockKind.EXPLANATION if explains else BlockKind.NOTICE
    if not children and _inline(element):
        children = [element]
    return _block(kind, (), children, writer)


def _block(kind: BlockKind, numbers: tuple[int, ...], children: list[etree._Element], writer: _Writer) -> Block:
    start, first_note, first_piece = writer.length, len(writer.notes), len(writer.pieces)
    for child in children:
        _write(child, writer)
    text = "".join(writer.pieces[first_piece:])
    body = text.rstrip("\n")
    if kind is BlockKind.ANSWER:
        cut = re.search(
            r"(?:\A|\n)(?:Toelichting:?\s*\n?\s*)?(?=Deze vragen dienen ter aanvulling op eerdere vragen)", body
        )
        if cut:
            told = _mapped(body[cut.end() :], start + cut.end())
            writer.explanations.append(Block(BlockKind.EXPLANATION, (), told, ()))
            body = body[: cut.start()]
    return Block(kind, numbers, _mapped(body, start), tuple(item.note for item in writer.notes[first_note:]))


def _mapped(text: str, start: int) -> MappedText:
    """A text that stands in the raw text from `start` on, tidied."""
    whole = MappedText.copy(text, 0, len(text))
    return MappedText(whole.text, tuple(Knot(knot.start, knot.raw + start) for knot in whole.knots)).tidied()


def _write(element: etree._Element, writer: _Writer, lead: str = "") -> None:
    """An element's paragraphs as lines; `lead` is a list number to stand before the first."""
    name = _name(element)
    if not name or name in _SKIPPED:
        return
    if name == "table":
        _table(element, writer)
    elif name in {"lijst", "nootlijst"}:
        for item in element:
            mark = next((_inline(child) for child in item if _name(child) in {"li.nr", "nr"}), "")
            for place, child in enumerate([child for child in item if _name(child) not in {"li.nr", "nr"}]):
                _write(child, writer, f"{lead}{mark} " if place == 0 and mark else "")
    elif name in _PARAGRAPHS or not any(
        _name(child) in {*_PARAGRAPHS, "lijst", "table", "al-groep"} for child in element
    ):
        text = _inline(element, writer, writer.length + len(lead))
        if text:
            writer.line(lead + text)
    else:
        if element.text and element.text.strip():
            writer.line(lead + " ".join(element.text.split()))
        for place, child in enumerate(element):
            _write(child, writer, lead if place == 0 else "")


def _table(table: etree._Element, writer: _Writer) -> None:
    """A table's title, then each row as a line of cells; a cell that spans rows or columns stands once."""
    for child in table:
        if _name(child) == "title" and (text := _inline(child, writer, writer.length)):
            writer.line(text)
    for row in table.iter("row"):
        start = writer.length
        cells: list[str] = []
        for entry in row:
            if _name(entry) != "entry":
                continue
            base = start + sum(len(cell) + 3 for cell in cells)
            paragraphs = [child for child in entry if _name(child) in _PARAGRAPHS] or [entry]
            cells.append(
                " ".join(filter(None, (_inline(part, writer, base).replace("\n", " ") for part in paragraphs)))
            )
        if any(cells):
            writer.line(" | ".join(cells))


def _year(heads: list[str], metadata: dict[str, str]) -> str:
    for text in (*heads, metadata.get("OVERHEIDop.vergaderjaar", "")):
        match = re.search(r"(\d{4})\s*[-–]\s*(\d{4})", text)
        if match:
            return f"{match.group(1)}-{match.group(2)}"
    return ""


def _identifier(number: str, heads: list[str], metadata: dict[str, str], year: str, root: etree._Element) -> str:
    for name in ("DC.identifier", "dcterms.identifier", "OVERHEIDop.externMetadataRecord"):
        match = IDENTIFIER.search(metadata.get(name, ""))
        if match:
            return match.group()
    house = "ek" if any("Eerste Kamer" in head for head in heads) or root.get("kamer") == "1" else "tk"
    number = number.strip()
    asked = re.fullmatch(r"(\d{4}Z)\s?(\d{5})", number)
    if asked:
        return f"kv-{house}-{asked.group(1)}{asked.group(2)}"
    if number.isdigit() and year:
        return f"ah-{house}-{year.replace('-', '')}-{int(number)}"
    return ""
