"""Quotations: cut from the stored text, verified against it, linked to the official paper and referred to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from urllib.parse import quote as percent_encoded

from chatbot.language import DUTCH, ENGLISH, enumeration, long_date
from chatbot.records import Citation
from corpus.records import Exchange, Official, Paper, PaperKind, speakers_at

OFFICIAL_PAGE = "https://zoek.officielebekendmakingen.nl/{id}.html"
CASE_PAGE = "https://www.tweedekamer.nl/kamerstukken/kamervragen/detail?id={case}"
OFFICIAL_ID = re.compile(r"(?:ah|kv)-(?:(tk|ek)-)?\w+(?:-\w+)*")
WHOLE_QUOTE_IN_LINK = 60
"""Quotations up to this many characters stand whole in a text fragment; of longer ones both ends do."""
WORDS_AT_EACH_END = 5
CHAMBERS = {"tk": "II", "ek": "I"}
OFFICES_IN_ENGLISH = {"Staatssecretaris": "State Secretary", "Minister-President": "Prime Minister"}
THE = {DUTCH: "de", ENGLISH: "the"}
ALSO_FOR = {DUTCH: "mede namens", ENGLISH: "also on behalf of"}


class NotAQuotation(Exception):
    """A quotation is not a run of characters of the answer that it is said to come from."""


def cite(paper: Paper, exchange: int, start: int, end: int, n: int, *, linked: bool = True) -> Citation:
    """The quotation of characters `start` to `end` of answer number `exchange` (from 0) of `paper`.

    `linked`: False for one that is only weighed and not shown, which needs no address.

    Raises:
        NotAQuotation: the range is empty or reaches outside the answer.
    """
    source = paper.exchanges[exchange]
    if not 0 <= start < end <= len(source.answer):
        raise NotAQuotation(
            f"{paper.id}, answer {label(source)}: characters {start} to {end} of {len(source.answer)} are no quotation"
        )
    text = source.answer[start:end]
    return Citation(
        n=n,
        quote=text,
        paper=paper.id,
        exchange=exchange,
        answers=source.answers,
        start=start,
        end=end,
        speakers=speakers_at(paper, exchange, start, end),
        date=paper.answered,
        url=link(paper, text) if linked else None,
        subject=paper.subject,
        question=source.question,
        reference=reference(paper, source),
        kind=source.kind,
        fictitious=paper.fictitious,
        paper_kind=paper.kind,
    )


def verify(citation: Citation, paper: Paper) -> None:
    """Make sure that a citation is an exact copy from `paper`, said by who it names, on the day it names.

    Raises:
        NotAQuotation: it is not; the message says what differs.
    """
    place = f"{citation.paper}, answer {', '.join(map(str, citation.answers))}"
    if citation.paper != paper.id or not 0 <= citation.exchange < len(paper.exchanges):
        raise NotAQuotation(f"{place}: there is no such answer in {paper.id}")
    source = paper.exchanges[citation.exchange]
    if source.answer[citation.start : citation.end] != citation.quote or not citation.quote:
        raise NotAQuotation(f"{place}: characters {citation.start} to {citation.end} are not the quotation")
    said = speakers_at(paper, citation.exchange, citation.start, citation.end)
    if citation.speakers != said or citation.date != paper.answered or citation.paper_kind is not paper.kind:
        raise NotAQuotation(f"{place}: the speaker or the date is not the paper's, or it is of another kind")


def link(paper: Paper, text: str = "") -> str | None:
    """The address of the official publication, or of the text itself, opening at `text`; None where none is known.

    The fragment follows https://wicg.github.io/scroll-to-text-fragment/: a whole short quotation, or
    the first and the last words of a long one, with the characters that have a meaning there escaped.
    """
    if paper.fictitious:
        return None
    if OFFICIAL_ID.fullmatch(paper.id):
        page = OFFICIAL_PAGE.format(id=paper.id)
    elif paper.question_ids and paper.kind is not PaperKind.OTHER:
        return CASE_PAGE.format(case=paper.question_ids[0])
    elif paper.url:
        page = paper.url.split("#")[0]
    else:
        return None
    return f"{page}{fragment(text)}"


def fragment(text: str) -> str:
    """The text fragment ("#:~:text=…") that finds `text` in a page; "" for an empty text."""
    if not text.strip():
        return ""
    if len(text) <= WHOLE_QUOTE_IN_LINK and "\n" not in text.strip():
        return f"#:~:text={_escaped(' '.join(text.split()))}"
    first, last = text.strip().splitlines()[0].split(), text.strip().splitlines()[-1].split()
    if "\n" not in text.strip() and len(first) < 2 * WORDS_AT_EACH_END:
        return f"#:~:text={_escaped(' '.join(first))}"
    start, end = " ".join(first[:WORDS_AT_EACH_END]), " ".join(last[-WORDS_AT_EACH_END:])
    return f"#:~:text={_escaped(start)},{_escaped(end)}"


def _escaped(text: str) -> str:
    return percent_encoded(text, safe="").replace("-", "%2D")


def label(exchange: Exchange) -> str:
    """The numbers of an exchange as read aloud: "5" or "3, 4 en 5"; "" without numbers."""
    return enumeration(map(str, exchange.answers), DUTCH)


def reference(paper: Paper, exchange: Exchange | None = None) -> str:
    """The official style: "Aanhangsel Handelingen II 2024/25, nr. 546, antwoord 5".

    Papers outside that series are named by their case number or subject and their date.
    """
    if paper.kind is PaperKind.OTHER:
        return _prose_reference(paper)
    case = paper.question_ids[0] if paper.question_ids else paper.subject
    day = paper.answered or paper.asked
    source = _source(paper.id, paper.kind, paper.number, paper.session_year, case, day, paper.fictitious)
    if exchange is None or not exchange.answers:
        return source
    return f"{source}, {'antwoord' if exchange.answer else 'vraag'} {label(exchange)}"


@lru_cache(maxsize=4096)
def _source(
    identifier: str,
    kind: PaperKind,
    number: int | None,
    session_year: str | None,
    case: str,
    day: date | None,
    fictitious: bool,
) -> str:
    """A paper in the official style, else by its `case` and `day`; asked for with every sentence that is weighed."""
    match = OFFICIAL_ID.fullmatch(identifier)
    chamber = CHAMBERS.get(match[1] or "tk", "II") if match else "II"
    if match and number is not None and session_year:
        first, second = session_year.split("-")
        source = f"Aanhangsel Handelingen {chamber} {first}/{second[-2:]}, nr. {number}"
    else:
        name = "Kamervragen" if kind is PaperKind.QUESTION else "Antwoord op Kamervragen"
        source = f"{name} {case}"
        source += f", {long_date(day, DUTCH)}" if day else ""
    return f"FICTIEF: {source}" if fictitious else source


def _prose_reference(paper: Paper) -> str:
    """What prose is and is not: "Nieuwsartikel «…», 22 september 2025; geen officieel antwoord"."""
    name = "Nieuwsartikel" if quotes(paper) else "Tekst"
    day = f", {long_date(paper.answered, DUTCH)}" if paper.answered else ""
    mark = "FICTIEF: " if paper.fictitious else ""
    return f"{mark}{name} «{paper.subject.rstrip('.')}»{day}; geen officieel antwoord"


def quotes(paper: Paper) -> bool:
    """Whether prose quotes somebody, as a news article does."""
    return any(exchange.quotations for exchange in paper.exchanges)


def titled(official: Official, language: str = DUTCH) -> str:
    """An official as named in a sentence: "minister Van Weel (Justitie en Veiligheid)"."""
    office = OFFICES_IN_ENGLISH.get(official.office, official.office) if language == ENGLISH else official.office
    office = office if language == ENGLISH else office[:1].lower() + office[1:]
    ministry = f" ({official.ministry})" if official.ministry else ""
    if not official.name:
        return f"{THE[language]} {office}{ministry}"
    return f"{office} {official.name}{ministry}".strip()


def signing(speakers: Sequence[Official]) -> int:
    """How many sign an answer: those whom the paper names, else all."""
    return sum(bool(official.name) for official in speakers) or len(speakers)


def signatories(speakers: Sequence[Official], language: str) -> str:
    """All speakers in one phrase: those who sign, then on whose behalf they write too; "" for none."""
    named = [titled(official, language) for official in speakers if official.name]
    unnamed = [titled(official, language) for official in speakers if not official.name]
    if not named or not unnamed:
        return enumeration(named or unnamed, language)
    return f"{enumeration(named, language)}, {ALSO_FOR[language]} {enumeration(unnamed, language)}"
