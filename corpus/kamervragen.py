"""The grammar of a Kamervraag in text: header, officials, dates, questions and answers.

Takes text as an extractor gave it from the official PDF, as typed by a ministry or the Kamer, or as read from a
letter (sources.md, sections 6.1 to 6.3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from corpus.body import find_labels
from corpus.cleaning import drop_lines, printed_text, typed_text
from corpus.committee import find_committee_list
from corpus.dates import lately
from corpus.exchanges import pair
from corpus.footnotes import Footnotes, paged_notes, printed_notes
from corpus.furniture import Furniture, find_furniture, page_starts
from corpus.header import (
    IDENTIFIER,
    QUESTION_ID,
    Header,
    asked_in_prose,
    asked_on,
    is_fictitious,
    question_ids,
    read_header,
    related_papers,
    session_year,
)
from corpus.joining import is_glued, own_words
from corpus.labels import Label
from corpus.letter import find_letter
from corpus.manuscript import Block, BlockKind, Line, PlacedNote, lines_of
from corpus.mapped import Edit, MappedText
from corpus.records import Official, Paper, PaperKind
from corpus.signatures import find_closing, named
from corpus.typednotes import typed_notes

_AH = re.compile(r"\s*(?:FICTIEF\W*)?AH\s?(\d{1,5})\s*")
_HEADER_LINE = re.compile(
    r"\s*(?:AH\s?\d|\d{4}\s?Z\s?\d{5}|\(?(?:ingezonden|ontvangen)\b"
    r"|(?:Mondelinge |Schriftelijke )?Vra(?:gen|ag) (?:van|gesteld)"
    r"|(?:Nader )?Antwoord(?:en)? van|Mededeling van|Zie ook Aanhangsel|Eerste Kamer|Tweede Kamer|Vergaderjaar)",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"\s*(?:[a-z][.)]\s|[–•*-]\s)")
_NUMBER_LINE = re.compile(r"\s*\d{1,5}\s*")


def parse_text(raw: str, source: str, stem: str, notes: Sequence[PlacedNote] = ()) -> Paper | None:
    """The paper in a text; None when the text is no Kamervraag.

    `source`: name of the file. `stem`: identifier of last resort. `notes`: footnotes that the format kept apart.
    """
    lines = lines_of(raw)
    furniture = find_furniture(lines)
    kept = [place for place, line in enumerate(lines) if place not in furniture.lines and line.text.strip()]
    words = own_words(raw) if furniture.printed else frozenset()
    glued = furniture.printed and is_glued(lines[place].text for place in kept)
    running = partial(_header_text, raw, lines, furniture=furniture, words=words, glued=glued)
    committee = find_committee_list(lines, kept, running)
    letter = None if committee else find_letter(lines, kept)
    opening = committee or letter
    body_kept = [place for place in kept if opening is None or place > opening.heading_line]
    closing = None if furniture.printed or committee else find_closing(lines, body_kept)
    if closing:
        body_kept = [place for place in body_kept if place not in closing.lines]
    footnotes = Footnotes(frozenset(), (), ()) if furniture.printed else typed_notes(lines, body_kept)
    if body_kept and not furniture.printed and not footnotes.lines:
        paged = paged_notes(raw, lines, furniture, body_kept[0])
        footnotes = paged if paged.lines else footnotes
    if closing is None and footnotes.lines and not committee:
        # The signature of a letter stands above the notes of its last page.
        closing = find_closing(lines, [place for place in body_kept if place not in footnotes.lines])
    if closing:
        furniture = replace(furniture, lines=furniture.lines | closing.lines)
        body_kept = [place for place in body_kept if place not in closing.lines]
    labels = find_labels(lines, [place for place in body_kept if place not in footnotes.lines])
    first = _body_line(lines, body_kept, labels, furniture)
    if opening and opening.header.deferral:
        first = next(iter(body_kept), first)
    header_lines = [place for place in kept if place < first]
    header_text = " ".join(filter(None, (running(header_lines), running(_below_heading(lines, kept, labels)))))
    header = opening.header if opening else read_header(header_text)
    if closing:
        speakers = _with_signers(header.speakers, closing.signed)
        header = replace(header, speakers=speakers, answered=header.answered or closing.day)
    if not _is_kamervraag(header, header_text, labels, furniture):
        return None
    if furniture.printed:
        footnotes = printed_notes(raw, lines, furniture, first, words, _number_lines(lines, labels))
    cleaner = _Cleaner(raw, lines, furniture, footnotes, words, glued)
    placed = [*footnotes.placed, *notes]
    blocks = _blocks(cleaner, labels, first, placed, header, furniture)
    pages = page_starts(lines, furniture)
    identifier = committee.identifier if committee else ""
    return build(raw, source, stem, header, header_text, blocks, pages, opening is not None, identifier)


def _with_signers(speakers: tuple[Official, ...], signed: tuple[Official, ...]) -> tuple[Official, ...]:
    """Those who speak, named by the signature; where it is that of others, they come first."""
    offices = {(official.office, official.ministry) for official in signed}
    if any((official.office, official.ministry) in offices for official in speakers):
        return named(speakers, signed)
    return (*signed, *speakers)


def build(
    raw: str,
    source: str,
    stem: str,
    header: Header,
    header_text: str,
    blocks: Sequence[Block],
    pages: tuple[int, ...] = (),
    letter: bool = False,
    identifier: str = "",
    year: str = "",
) -> Paper:
    """A paper of its parts. `header_text` holds the number and the zaaknummers; `identifier`, `year`: metadata."""
    deferral = header.deferral or any(block.kind is BlockKind.NOTICE for block in blocks)
    has_answers = any(block.kind is BlockKind.ANSWER for block in blocks)
    kind = PaperKind.ANSWER if header.answer or has_answers else PaperKind.QUESTION
    if deferral and not has_answers:
        kind = PaperKind.DEFERRAL
    notice = "\n".join(block.text.text for block in blocks if block.kind is BlockKind.NOTICE)
    if notice:
        header = _completed(header, notice)
    year_found = year or session_year(raw, header.answered, header.asked)
    identifier = identifier or _identifier(raw, header_text, year_found, kind, letter)
    number = re.fullmatch(r"ah-(?:tk|ek)-\d{8}-(\d+)", identifier)
    numbers = question_ids(header_text) if not identifier.startswith("kv") else (identifier.rsplit("-", 1)[-1],)
    if notice and not numbers and kind is PaperKind.DEFERRAL:
        numbers = question_ids(notice)[:1]
    return Paper(
        id=identifier or stem,
        kind=kind,
        subject=header.subject,
        exchanges=pair(blocks, header.speakers, deferred=kind is PaperKind.DEFERRAL, answered=kind is PaperKind.ANSWER),
        number=int(number.group(1)) if number else None,
        session_year=year_found,
        question_ids=numbers,
        askers=header.askers,
        addressees=header.addressees,
        speakers=header.speakers,
        asked=header.asked,
        answered=header.answered,
        notice=notice,
        related=_related(header, blocks, identifier, numbers),
        raw=raw,
        pages=pages,
        source=source,
        fictitious=is_fictitious(header_text),
    )


def _related(header: Header, blocks: Sequence[Block], identifier: str, own: Sequence[str]) -> tuple[str, ...]:
    """The papers that the header and a Toelichting name, but for the paper itself and its own questions (`own`)."""
    explained = " ".join(block.text.text for block in blocks if block.kind is BlockKind.EXPLANATION)
    house = identifier[3:5] if identifier[3:5] in {"tk", "ek"} else "tk"
    named = dict.fromkeys((*header.related, *related_papers(explained, house)))
    return tuple(other for other in named if other != identifier and other.rsplit("-", 1)[-1] not in own)


def _body_line(lines: Sequence[Line], kept: Sequence[int], labels: list[Label], furniture: Furniture) -> int:
    """The line on which the body begins: the first label, or what follows the lines of the header."""
    if labels and labels[0].kind is not BlockKind.NOTICE:
        return labels[0].line
    border = labels[0].line if labels else len(lines)
    if furniture.printed:
        return border
    head = [place for place in kept if place < border][:12]
    last = max((place for place in head if _HEADER_LINE.match(lines[place].text)), default=-1)
    return next((place for place in kept if place > last), border) if last >= 0 else border


def _number_lines(lines: Sequence[Line], labels: list[Label]) -> frozenset[int]:
    """The lines that are the number of a question and nothing else, of themselves or below a heading."""
    places = (place for label in labels for place in _label_lines(lines, label))
    return frozenset(place for place in places if _NUMBER_LINE.fullmatch(lines[place].text))


def _below_heading(lines: Sequence[Line], kept: Sequence[int], labels: list[Label]) -> list[int]:
    """The lines between the heading above all answers and the number of the first: who answers, and when."""
    inside = {place for label in labels for place in _label_lines(lines, label)[1:]}
    return [place for place in kept if place in inside and not _NUMBER_LINE.fullmatch(lines[place].text)]


def _label_lines(lines: Sequence[Line], label: Label) -> range:
    """The lines on which a label stands: its own, and those up to where the text goes on."""
    border = lines[label.line].start + label.rest
    end = label.line + 1
    while end < len(lines) and lines[end].start < border:
        end += 1
    return range(label.line, end)


def _header_text(
    raw: str, lines: Sequence[Line], places: Sequence[int], furniture: Furniture, words: frozenset[str], glued: bool
) -> str:
    if not places:
        return ""
    start, end = lines[places[0]].start, lines[places[-1]].end
    edits = drop_lines(lines, furniture.lines)
    if furniture.printed:
        heading = [place for place in places if _NUMBER_LINE.fullmatch(lines[place].text)]
        edits = drop_lines(lines, furniture.lines | frozenset(heading))
        text = printed_text(raw, start, end, edits, words, glued=glued)
        numbers = " ".join(lines[place].text.strip() for place in heading)
        return f"{numbers} {' '.join(text.text.split())}"
    return " ".join(typed_text(raw, start, end, edits).text.split())


def _is_kamervraag(header: Header, header_text: str, labels: list[Label], furniture: Furniture) -> bool:
    if header.asked or header.answered or header.speakers or header.deferral:
        return True
    if header.askers and header.addressees:
        return True
    kinds = {label.kind for label in labels}
    if {BlockKind.QUESTION, BlockKind.ANSWER} <= kinds and any(label.numbers for label in labels):
        return True
    return furniture.printed and bool(labels)


class _Cleaner:
    """Cleaned text of any range of one paper."""

    def __init__(
        self,
        raw: str,
        lines: Sequence[Line],
        furniture: Furniture,
        footnotes: Footnotes,
        words: frozenset[str],
        glued: bool,
    ) -> None:
        self.raw = raw
        self.lines = lines
        self.words = words
        self.glued = glued
        self.printed = furniture.printed
        dropped = drop_lines(lines, furniture.lines | footnotes.lines)
        self.dropped = furniture.lines | footnotes.lines
        self.edits: list[Edit] = sorted([*dropped, *footnotes.marks], key=lambda edit: (edit.start, edit.end))

    def text(self, start: int, end: int) -> MappedText:
        if self.printed:
            return printed_text(self.raw, start, end, self.edits, self.words, glued=self.glued)
        return typed_text(self.raw, start, end, self.edits)


def _blocks(
    cleaner: _Cleaner,
    labels: list[Label],
    first: int,
    placed: Sequence[PlacedNote],
    header: Header,
    furniture: Furniture,
) -> list[Block]:
    lines = cleaner.lines
    if not labels or labels[0].kind is BlockKind.NOTICE:
        unlabelled = _unlabelled_blocks(cleaner, labels, first, placed, header)
    else:
        unlabelled = []
    blocks = list(unlabelled)
    for place, label in enumerate(labels):
        following = labels[place + 1] if place + 1 < len(labels) else None
        start = lines[label.line].start + label.rest
        end = lines[following.line].start if following else len(cleaner.raw)
        notes = tuple(item.note for item in placed if start <= item.place < end)
        blocks.append(Block(label.kind, label.numbers, cleaner.text(start, end), notes, label.by))
    return blocks


def _unlabelled_blocks(
    cleaner: _Cleaner, labels: list[Label], first: int, placed: Sequence[PlacedNote], header: Header
) -> list[Block]:
    """A body without labels: the notice of a deferral, or questions as plain paragraphs."""
    lines = cleaner.lines
    if first >= len(lines):
        return [_oral(cleaner, header)] if header.subject and not header.answer and not header.deferral else []
    start = lines[first].start
    end = lines[labels[0].line].start if labels else len(cleaner.raw)
    text = cleaner.text(start, end)
    if not text.text:
        return [_oral(cleaner, header)] if header.subject and not header.answer and not header.deferral else []
    notes = [item for item in placed if start <= item.place <= end]
    if header.deferral:
        return [Block(BlockKind.NOTICE, (), text, tuple(item.note for item in notes))]
    if header.answer or labels:
        return []
    blocks = []
    offset = 0
    for number, paragraph in enumerate(_asked_apart(text.text), start=1):
        part = text.edited([Edit(0, offset), Edit(offset + len(paragraph), len(text.text))])
        begin, stop = text.raw_offset(offset), text.raw_offset(offset + len(paragraph) - 1)
        own = tuple(item.note for item in notes if begin <= item.place <= stop + 6)
        blocks.append(Block(BlockKind.QUESTION, (number,), part, own))
        offset += len(paragraph) + 1
    return blocks


def _asked_apart(text: str) -> list[str]:
    """The questions of a text that does not number them: its paragraphs, each with the list that it leads up to."""
    questions: list[str] = []
    for paragraph in text.split("\n"):
        if questions and _LIST_ITEM.match(paragraph):
            questions[-1] += "\n" + paragraph
        else:
            questions.append(paragraph)
    return questions


def _oral(cleaner: _Cleaner, header: Header) -> Block:
    """An oral question has no text but its subject."""
    place = cleaner.raw.find(header.subject[:20])
    knots = MappedText.copy(cleaner.raw, place, place + len(header.subject)).knots if place >= 0 else ()
    exact = place >= 0 and cleaner.raw[place : place + len(header.subject)] == header.subject
    return Block(BlockKind.QUESTION, (), MappedText(header.subject, knots if exact else ()))


def _completed(header: Header, notice: str) -> Header:
    """A header without askers or subject, completed from the text of the notice."""
    header = replace(header, asked=header.asked or asked_on(notice) or lately(notice, header.answered))
    if header.askers and header.subject:
        return header
    found = asked_in_prose(notice, header.answered)
    return replace(
        header,
        askers=header.askers or found.askers,
        addressees=header.addressees or found.addressees,
        subject=header.subject or found.subject,
    )


def _identifier(raw: str, header_text: str, year: str | None, kind: PaperKind, letter: bool) -> str:
    """The official identifier that the text gives; "" when it gives none."""
    for line in raw.split("\n"):
        match = IDENTIFIER.fullmatch(line.strip())
        if match:
            return match.group()
    if letter:
        return ""
    house = "ek" if "Eerste Kamer der Staten-Generaal" in raw[:400] else "tk"
    number = _AH.match(header_text) or re.match(r"(\d{1,5})\s(?!\d{4}\b)", header_text)
    if kind is not PaperKind.QUESTION and number and year:
        return f"ah-{house}-{year.replace('-', '')}-{int(number.group(1))}"
    found = QUESTION_ID.match(header_text.strip())
    if kind is PaperKind.QUESTION and found:
        return f"kv-{house}-{found.group(1)}Z{found.group(2)}"
    return ""
