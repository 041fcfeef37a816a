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
SHORT = 60
"""Quotations up to this many characters ("Ja.") hardly say anything without the question that they answer."""
_YES_OR_NO = re.compile(
    r"\W*(?:ja|jazeker|jawel|nee|neen|inderdaad|zeker|klopt|zie"
    r"|(?:dat|dit) (?:klopt|is (?:niet )?(?:juist|correct|zo)))\b",
    re.IGNORECASE,
)
"""How a quotation begins that takes its sense from the question."""
_POINTS = re.compile(r"\W*(?:d(?:at|it|ie|eze)|(?:hier|daar)\w*)\b", re.IGNORECASE)
"""How one does so that does if it is short: "Dat is mij niet bekend."."""
FEW_WORDS = 6
"""So few words ("Geen van beide.") say nothing without what was asked."""
WHOLE_QUOTE_IN_LINK = 60
"""Quotations up to this many characters stand whole in a text fragment; of longer ones both ends do."""
WORDS_AT_EACH_END = 5
WORDS_BEFORE = 4
"""Words of what stands before a quotation that tell it from the same words further up."""
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
        url=quotation_link(paper, exchange, start, end) if linked else None,
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


def link(paper: Paper, text: str = "", before: str = "") -> str | None:
    """The address of the official publication, or of the text itself, opening at `text`; None where none is known.

    The fragment follows https://wicg.github.io/scroll-to-text-fragment/: a whole short quotation, or
    the first and the last words of a long one, with the characters that have a meaning there escaped. It opens at
    `before`, words above the text, where those are needed to find it.
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
    return f"{page}{fragment(text, before)}"


def quotation_link(paper: Paper, exchange: int, start: int, end: int) -> str | None:
    """The address of a quotation: characters `start` to `end` of answer number `exchange` (from 0); see `link`."""
    return link(paper, paper.exchanges[exchange].answer[start:end], _above(paper, exchange, start, end))


def _above(paper: Paper, exchange: int, start: int, end: int) -> str:
    """The words right above a quotation that a page holds further up too ("Ja."), as many as stand there but once.

    They are the last ones of its question, or of the answer before it; "" for a quotation that is found by itself.
    """
    source = paper.exchanges[exchange]
    earlier = [text for each in paper.exchanges[:exchange] for text in (each.question, each.answer)]
    told = _flat(" ".join((*earlier, source.question, source.answer[:start])))
    quote = source.answer[start:end].strip()
    opening = quote.split("\n")[0].split()
    if _flat(" ".join(opening if len(quote) <= WHOLE_QUOTE_IN_LINK else opening[:WORDS_AT_EACH_END])) not in told:
        return ""
    lines = (source.answer[:start].strip() or source.question.strip()).splitlines()
    words = lines[-1].split() if lines else []
    runs = (" ".join(words[-count:]) for count in range(WORDS_BEFORE, len(words)))
    return next((run for run in runs if told.count(_flat(run)) == 1), " ".join(words))


def _flat(text: str) -> str:
    """Text as a browser compares it: in any case, with single spaces."""
    return " ".join(text.casefold().split())


def fragment(text: str, before: str = "") -> str:
    """The text fragment ("#:~:text=…") that finds `text` in a page; "" for an empty text.

    `before`: words above it, with which the stretch that is found begins.
    """
    if not text.strip():
        return ""
    if before:
        closing = text.strip().splitlines()[-1]
        words = closing.split() if len(closing) <= WHOLE_QUOTE_IN_LINK else closing.split()[-WORDS_AT_EACH_END:]
        return f"#:~:text={_escaped(before)},{_escaped(' '.join(words))}"
    if len(text) <= WHOLE_QUOTE_IN_LINK and "\n" not in text.strip():
        return f"#:~:text={_escaped(' '.join(text.split()))}"
    first, last = text.strip().splitlines()[0].split(), text.strip().splitlines()[-1].split()
    if "\n" not in text.strip() and len(first) < 2 * WORDS_AT_EACH_END:
        return f"#:~:text={_escaped(' '.join(first))}"
    start, end = " ".join(first[:WORDS_AT_EACH_END]), " ".join(last[-WORDS_AT_EACH_END:])
    return f"#:~:text={_escaped(start)},{_escaped(end)}"


def _escaped(text: str) -> str:
    return percent_encoded(text, safe="").replace("-", "%2D")


def question_needed(cited: Citation) -> str:
    """The question, on one line, without which a quotation says nothing ("Ja."); "" where it says enough by itself."""
    if cited.paper_kind is PaperKind.OTHER or not cited.answers or cited.quote in cited.question:
        return ""
    quote = cited.quote
    short = len(quote.split()) <= FEW_WORDS or (len(quote) <= SHORT and _POINTS.match(quote) is not None)
    return " ".join(cited.question.split()) if short or _YES_OR_NO.match(quote) else ""


def label(exchange: Exchange | Citation) -> str:
    """The numbers of an exchange or a citation as read aloud: "5" or "3, 4 en 5"; "" without numbers."""
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
