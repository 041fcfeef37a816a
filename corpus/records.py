"""The words of the field: papers, exchanges, officials, members and passages.

Everything else in the project speaks in these records. They are frozen, carry no behaviour beyond
looking themselves up, and import nothing of ours.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class PaperKind(StrEnum):
    """What a paper is, in the words of the command-line contract."""

    ANSWER = "antwoord"
    DEFERRAL = "uitstel"
    QUESTION = "vraag"
    OTHER = "overig"


class AnswerKind(StrEnum):
    """What kind of answer an exchange holds."""

    ANSWERED = "beantwoord"
    CONFIRMED = "bevestigd"
    DENIED = "ontkend"
    DEFERRED = "uitgesteld"
    REFERRED = "verwezen"
    REFERRED_ELSEWHERE = "verwezen_elders"
    UNANSWERED = "onbeantwoord"


class Part(StrEnum):
    """Which side of an exchange a passage lies in."""

    QUESTION = "vraag"
    ANSWER = "antwoord"


@dataclass(frozen=True, slots=True)
class Official:
    """A bewindspersoon: a member of government who answers, or is asked to.

    `name` is the family name with its particles as printed ("Van Weel"), "" where the text names only
    the office. `office` is "Minister", "Staatssecretaris" or "Minister-President". `ministry` is the
    canonical name without "Ministerie van" ("Justitie en Veiligheid"), "" where unknown.
    """

    name: str
    office: str
    ministry: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member of parliament who asks. `party` is "" where the text does not give it."""

    name: str
    party: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark as printed ("1", "a") and its text, kept out of the running text."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Knot:
    """From `start` (a character of a cleaned text) on, the raw text runs along from `raw`."""

    start: int
    raw: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that prose puts in somebody's mouth: characters `start` up to `end` of an exchange's answer, the quotation
    marks left out. `speaker` is who the text says spoke, None where it does not say; a speaker who is no
    bewindsperson has the office that the text gives ("Kamerlid"), or "".
    """

    start: int
    end: int
    speaker: Official | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer with the question or questions that it answers: the unit of the whole product.

    `answers`: the numbers of the questions, ascending; empty only for prose without numbers.
    `question`, `answer`: cleaned text, paragraphs separated by one "\\n"; `answer` is "" when there is none.
    `speakers`: who answers here; a subset of the paper's where the answer tells them apart.
    `refers_to`: numbers of other questions of this paper that the answer points to. `related`: identifiers of other
    papers that the answer or its notes name.
    `question_knots`, `answer_knots`: the map from the cleaned text back to `Paper.raw`, ascending in
    both fields within one text; empty when the map is unknown.
    `quotations`: of a paper of the kind OTHER, whose "answer" is a paragraph of prose; ascending, without overlap.
    """

    answers: tuple[int, ...]
    question: str
    answer: str
    speakers: tuple[Official, ...] = ()
    kind: AnswerKind = AnswerKind.ANSWERED
    refers_to: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    question_knots: tuple[Knot, ...] = ()
    answer_knots: tuple[Knot, ...] = ()
    related: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the archive, with its header as understood and its exchanges in printed order.

    `id`: the official identifier ("ah-tk-20242025-546"), or the file's stem where there is none.
    `number`: the Aanhangselnummer; None for papers outside that series.
    `session_year`: the vergaderjaar as "2024-2025"; None where unknown.
    `question_ids`: the zaaknummers ("2024Z18294") of the questions, as far as the text gives them.
    `speakers`: who answers, the signing official first, then those "mede namens" whom he or she writes.
    `addressees`: who was asked. `notice`: text of the Mededeling of a deferral or withdrawal, else "".
    `related`: identifiers of other papers that the header ("Zie ook Aanhangsel …") or a Toelichting points to.
    `raw`: the text as extracted. `pages`: offsets in `raw` where the pages begin; empty where unknown.
    For prose that is no parliamentary paper (OTHER), an exchange is a paragraph, and `answered` the day on which it was
    published.
    `source`: name of the file that it was read from. `fictitious`: the paper calls itself FICTIEF.
    `url`: address of the text where it is no official publication, "" where unknown.
    """

    id: str
    kind: PaperKind
    subject: str
    exchanges: tuple[Exchange, ...]
    number: int | None = None
    session_year: str | None = None
    question_ids: tuple[str, ...] = ()
    askers: tuple[Member, ...] = ()
    addressees: tuple[Official, ...] = ()
    speakers: tuple[Official, ...] = ()
    asked: date | None = None
    answered: date | None = None
    notice: str = ""
    related: tuple[str, ...] = ()
    raw: str = field(default="", repr=False)
    pages: tuple[int, ...] = ()
    source: str = ""
    fictitious: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one side of one exchange: what is embedded and found.

    `exchange`: position in `Paper.exchanges`, from 0. `start`, `end`: characters of that side's text,
    so that `text` is exactly `exchange.answer[start:end]` (or `.question`). `heading` is embedded in
    front of the text and never cited.
    """

    paper: str
    exchange: int
    part: Part
    start: int
    end: int
    heading: str
    text: str


def speakers_at(paper: Paper, exchange: int, start: int, end: int) -> tuple[Official, ...]:
    """Who says characters `start` up to `end` of the answer of exchange number `exchange` (from 0) of a paper.

    In a Kamervraag those who answer there; in prose those whom the text quotes in these characters, () where it
    quotes nobody or does not say whom.
    """
    source = paper.exchanges[exchange]
    if paper.kind is not PaperKind.OTHER:
        return source.speakers or paper.speakers
    quoted = (quotation for quotation in source.quotations if quotation.start < end and start < quotation.end)
    return tuple(dict.fromkeys(quotation.speaker for quotation in quoted if quotation.speaker is not None))


def raw_offset(knots: tuple[Knot, ...], offset: int) -> int | None:
    """Where character `offset` of a cleaned text stands in the raw text; None without a map."""
    place = bisect_right(knots, offset, key=lambda knot: knot.start) - 1
    if place < 0:
        return None
    return knots[place].raw + offset - knots[place].start


def pointed_to(paper: Paper, exchange: int) -> tuple[int, ...]:
    """Where in `paper.exchanges` the answer stands that a pointer answer means, pointers to pointers followed.

    Positions from 0, in the order in which the answer names them; () for an answer that points to none of the paper.
    """
    found: dict[int, None] = {}
    seen = {exchange}
    waiting = [exchange]
    while waiting:
        here = paper.exchanges[waiting.pop(0)]
        for place, other in enumerate(paper.exchanges):
            if place in seen or not set(here.refers_to) & set(other.answers):
                continue
            seen.add(place)
            if other.kind is AnswerKind.REFERRED:
                waiting.append(place)
            else:
                found[place] = None
    return tuple(found)


def page_number(pages: tuple[int, ...], raw: int) -> int | None:
    """The page, from 1, on which raw offset `raw` stands; None where pages are unknown."""
    return bisect_right(pages, raw) or None
