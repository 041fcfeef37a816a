"""JSONL: papers of other corpora, one JSON object a line. The schema is described in docs/formats.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.answers import answer_kind, references
from corpus.extracted import Extracted, paper_of
from corpus.mapped import MappedText
from corpus.quotations import Speakers, quotations_in
from corpus.records import Exchange, Member, Note, Official, Paper, PaperKind

_Text = Annotated[str, Field(max_length=5_000_000)]
_Line = Annotated[str, Field(max_length=5_000)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class OfficialRecord(_Record):
    """A bewindspersoon."""

    name: _Line = ""
    office: _Line = ""
    ministry: _Line = ""

    def record(self) -> Official:
        """The same as the corpus knows it."""
        return Official(self.name, self.office, self.ministry)


class MemberRecord(_Record):
    """A member of parliament."""

    name: _Line
    party: _Line = ""


class NoteRecord(_Record):
    """A footnote."""

    mark: _Line = ""
    text: _Line


class ExchangeRecord(_Record):
    """A question with its answer, or a paragraph of prose as `answer` alone."""

    answers: list[int] = []
    question: _Text = ""
    answer: _Text = ""
    speakers: list[OfficialRecord] = []
    notes: list[NoteRecord] = []


class PaperRecord(_Record):
    """A line of the file."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Literal["antwoord", "uitstel", "vraag", "overig"] | None = None
    subject: _Line = ""
    text: _Text = ""
    exchanges: list[ExchangeRecord] = []
    askers: list[MemberRecord] = []
    addressees: list[OfficialRecord] = []
    speakers: list[OfficialRecord] = []
    asked: date | None = None
    answered: date | None = None
    number: int | None = None
    session_year: Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")] | None = None
    question_ids: list[_Line] = []
    related: list[_Line] = []
    notice: _Text = ""
    url: Annotated[str, Field(pattern=r"^(https?://\S{1,2000})?$")] = ""
    fictitious: bool = False


class BadLine(Exception):
    """A line that holds no paper; the message is a clause that names the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _Written:
    raw: str
    exchanges: tuple[Exchange, ...]


def is_jsonl(text: str) -> bool:
    """Whether a text is a file of JSON objects, one a line."""
    first = next((line for line in text.split("\n") if line.strip()), "").strip()
    return first.startswith("{") and first.endswith("}")


def jsonl_papers(text: str, source: str) -> Iterator[Paper | BadLine]:
    """The papers of a file in order; for a line that holds none, what is wrong with it."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _paper(PaperRecord.model_validate_json(line), source, number)
        except ValidationError as error:
            yield BadLine(f"line {number}: {_explained(error)}")
        except BadLine as error:
            yield error


def _explained(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{place + ': ' if place else ''}{first['msg'][:1].lower()}{first['msg'][1:]}{more}"


def _paper(record: PaperRecord, source: str, line: int) -> Paper:
    if not record.exchanges:
        return _from_text(record, source, line)
    kind = PaperKind(record.kind) if record.kind else _kind(record)
    written = _exchanges(record, kind)
    return Paper(
        id=record.id,
        kind=kind,
        subject=record.subject,
        exchanges=written.exchanges,
        number=record.number,
        session_year=record.session_year,
        question_ids=tuple(record.question_ids),
        askers=tuple(Member(member.name, member.party) for member in record.askers),
        addressees=tuple(official.record() for official in record.addressees),
        speakers=tuple(official.record() for official in record.speakers),
        asked=record.asked,
        answered=record.answered,
        notice=record.notice,
        related=tuple(record.related),
        raw=written.raw,
        source=source,
        fictitious=record.fictitious,
        url=record.url,
    )


def _kind(record: PaperRecord) -> PaperKind:
    if any(exchange.answers or exchange.question for exchange in record.exchanges):
        return PaperKind.ANSWER if any(exchange.answer for exchange in record.exchanges) else PaperKind.QUESTION
    return PaperKind.OTHER


def _exchanges(record: PaperRecord, kind: PaperKind) -> _Written:
    """The exchanges with their place in a raw text that is their texts one under another."""
    known = {number for exchange in record.exchanges for number in exchange.answers}
    speakers = Speakers(record.answered)
    pieces: list[str] = []
    length = 0

    def written(text: str) -> MappedText:
        nonlocal length
        pieces.append(text + "\n")
        start, length = length, length + len(text) + 1
        whole = MappedText(text, ())
        if text:
            copied = MappedText.copy(text, 0, len(text))
            whole = MappedText(text, tuple(replace(knot, raw=knot.raw + start) for knot in copied.knots)).tidied()
        return whole

    found = []
    for exchange in record.exchanges:
        question, answer = written(exchange.question), written(exchange.answer)
        refers = tuple(n for n in references(answer.text) if n in known and n not in exchange.answers)
        prose = kind is PaperKind.OTHER
        found.append(
            Exchange(
                answers=tuple(sorted(set(exchange.answers))),
                question=question.text,
                answer=answer.text,
                speakers=tuple(official.record() for official in exchange.speakers or record.speakers),
                kind=answer_kind(answer.text, bool(refers)),
                refers_to=refers,
                notes=tuple(Note(note.mark, note.text) for note in exchange.notes),
                question_knots=question.knots,
                answer_knots=answer.knots,
                quotations=quotations_in(answer.text, speakers) if prose else (),
            )
        )
    return _Written("".join(pieces), tuple(found))


def _from_text(record: PaperRecord, source: str, line: int) -> Paper:
    """A paper given as one text: a Kamervraag where it is one, prose otherwise."""
    if not record.text.strip():
        raise BadLine(f"line {line}: it has neither exchanges nor a text")
    document = Extracted.plain(record.text.replace("\r\n", "\n").replace("\r", "\n"))
    document = replace(document, title=record.subject, published=record.answered)
    paper = paper_of(document, source, record.id)
    if paper is None:
        raise BadLine(f"line {line}: its text is neither a Kamervraag nor prose")
    return replace(
        paper,
        id=record.id,
        subject=record.subject or paper.subject,
        answered=record.answered or paper.answered,
        asked=record.asked or paper.asked,
        url=record.url,
        fictitious=record.fictitious or paper.fictitious,
    )
