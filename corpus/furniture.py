"""Running heads and feet of the official PDF: found, so that they can be left out, and the pages that they mark.

Patterns in sources.md, section 6.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.header import IDENTIFIER
from corpus.labels import label_at, number_at
from corpus.manuscript import BlockKind, Line, cells

_FOOT = re.compile(
    r"(?:ISSN\s*0921\s*-\s*\d{4}\s*)?(?:[’'‘]s-Gravenhage\s*\d{4}\s*)?"
    r"(?:Tweede|Eerste) Kamer, vergaderjaar \d{4}\s?[-–]\s?\d{4},"
    r"\s*(?:Aanhangsel|Vragen|\d{2}\s?\d{3}(?:[\s-]+[IVXLCDM]+)?,\s*nr\.\s*[\dA-Z]+)(?:\s*\d{1,3})?\s*"
)
_PLACE = re.compile(r"(?:ISSN\s*0921\s*-\s*\d{4}\s*)?(?:[’'‘]s-Gravenhage\s*\d{4})?\s*")
_PARLIAMENTARY = re.compile(r"kst-\d{5}(?:-[IVXLCDM]+)?-[\dA-Z]+")
"""The identifier of a Kamerstuk."""
_PAGE = re.compile(r"Pagina \d{1,3} van \d{1,3}")
_LETTER_PAGE = re.compile(r"Pagina \d{1,3}(?:\s?(?:van|/)\s?\d{1,3})?|- ?\d{1,3} ?-|Blad \d{1,3}", re.IGNORECASE)
"""How a letter numbers its pages."""
_PAGE_CELL = re.compile(
    r"(?:vervolg)?blad|pagina|(?:(?:ons |uw )?kenmerk|(?:onze |uw )?referentie|datum):?"
    r"|\d{1,3}(?: ?(?:van|/) ?\d{1,3})?",
    re.IGNORECASE,
)
"""What the head of a further page of a letter holds beside what stands above the first."""
HEAD_WIDTH = 140
"""A line in the head of a letter's page has at most so many characters, wide spaces included."""
_DIGIT = re.compile(r"\d")
_MINISTRY = re.compile(r"(?:Ministerie|Directie) (?:van |voor )?[A-ZÀ-Ý][\w, ]{2,60}|DIRECTIE [A-ZÀ-Ý ]{3,40}")
_UNFINISHED = re.compile(r"(?:,|\ben)\s*\Z")
"""How a line of a letterhead ends that the next one goes on with."""
_HEAD = re.compile(
    r"(?:Tweede|Eerste) Kamer der Staten-Generaal\s*\d?"
    r"|Vergaderjaar \d{4}\s?[-–]\s?\d{4}\s*(?:Aanhangsel van de Handelingen|Vragen gesteld door de leden der Kamer)?"
    r"|Vragen gesteld door de leden der Kamer(?:, met de daarop door de(?: regering gegeven antwoorden)?)?"
    r"|regering (?:schriftelijk )?gegeven antwoorden"
)

_TITLE = re.compile(
    r"Vragen gesteld door de leden der Kamer, met de daarop door de regering (?:schriftelijk )?gegeven antwoorden"
)
_TITLE_LINES = 4
"""Lines that the title of an Aanhangsel takes at most."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """`printed`: the text came from the official PDF. `lines`: positions of the lines to leave out. `ends`: positions
    of the lines that end a page."""

    printed: bool
    lines: frozenset[int]
    ends: tuple[int, ...]


def find_furniture(lines: list[Line]) -> Furniture:
    """Find the running heads and feet among a text's lines."""
    found: set[int] = set()
    ends: list[int] = []
    printed = False
    for place, line in enumerate(lines):
        text = line.text.strip()
        if not text:
            continue
        if place in found:
            continue
        if _PAGE.fullmatch(text):
            found.add(place)
            found.update(_letterhead(lines, place + 1))
            ends.append(place)
        elif place and text.isdigit() and lines[place - 1].text.strip().endswith("Kamer der Staten-Generaal"):
            found.add(place)
        elif _FOOT.fullmatch(text):
            number = _page_number(lines, place, len(ends) + 1)
            found |= {place, number}
            ends.append(number)
            printed = True
        elif title := _title(lines, place):
            found.update(title)
        elif _HEAD.fullmatch(text):
            found.add(place)
            printed = printed or text.endswith("Generaal2") or "Aanhangsel van de Handelingen" in text
        elif IDENTIFIER.fullmatch(text) or _PARLIAMENTARY.fullmatch(text) or _PLACE.fullmatch(text):
            found.add(place)
    if not printed:
        pages = _letter_pages(lines, found)
        found |= pages.keys()
        ends = sorted({*ends, *(place for place, ended in pages.items() if ended)})
    return Furniture(printed, frozenset(found), tuple(ends))


def _is_question(place: int, line: Line) -> bool:
    """Whether a line labels a question in words, with its number."""
    label = label_at(place, line)
    return label is not None and label.kind is BlockKind.QUESTION and bool(label.numbers)


def _page_number(lines: list[Line], foot: int, page: int) -> int:
    """The line with the number of a page: its running line, or the one right below that does not hold it."""
    if lines[foot].text.strip()[-1].isdigit() or foot + 1 == len(lines):
        return foot
    below = lines[foot + 1].text
    return foot + 1 if below.strip() == str(page) and "\f" not in below else foot


def _letter_pages(lines: list[Line], known: set[int]) -> dict[int, bool]:
    """The lines between the pages of a letter: their numbers (True) and what is repeated of the letterhead (False)."""
    labelled = next((place for place, line in enumerate(lines) if _is_question(place, line)), None)
    labels = (place for place, line in enumerate(lines) if label_at(place, line) or number_at(place, line))
    # A number may stand in the letterhead too: "Bijlage(n)", "1".
    first = labelled if labelled is not None else next(labels, 0)
    heads = {cell.casefold() for line in lines[:first] for cell in _cells(line.text)}
    above = " ".join(" ".join(line.text.split()) for line in lines[:first])
    last_text = _last_text(lines)
    bare = _bare_numbers(lines, first)
    found: dict[int, bool] = {}
    place = first
    while place < len(lines):
        numbered = place in known or place in bare or _numbers_page(lines[place].text, heads)
        broken = "\f" in lines[place].text
        head = place + 1 if numbered else place
        end = head
        while end < len(lines) and end not in known:
            unfinished = end > head and _UNFINISHED.search(lines[end - 1].text) is not None
            if label_at(end, lines[end]):
                break
            if not (_is_head(lines[end].text, heads, above, numbered or broken) or unfinished):
                break
            end += 1
        repeated = [other for other in range(head, end) if lines[other].text.strip()]
        last = place == last_text and lines[place].text.strip().isdigit()
        if numbered or last:
            found[place] = True
        if numbered or broken or len(repeated) > 1:
            found.update(dict.fromkeys(repeated, False))
        place = max(end, place + 1)
    return {place: ended for place, ended in found.items() if place not in known}


def _bare_numbers(lines: list[Line], first: int) -> frozenset[int]:
    """The lines that number the pages of a letter and hold nothing else, where labels in words number the questions.

    They stand apart, and count on from 1 or 2: the first page may have no number.
    """
    if not any(label.numbers for place, line in enumerate(lines) if (label := label_at(place, line))):
        return frozenset()
    texts = ["", *(line.text.strip() for line in lines), ""]
    alone = [
        place
        for place in range(first, len(lines))
        if texts[place + 1].isdigit() and not texts[place] and not texts[place + 2]
    ]
    numbers = [int(texts[place + 1]) for place in alone]
    counted = numbers[:1] in ([1], [2]) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return frozenset(alone) if counted and len(alone) > 1 else frozenset()


def _cells(text: str) -> list[str]:
    return [cell for _, cell in cells(text.strip())]


def _numbers_page(text: str, heads: set[str]) -> bool:
    """Whether a line holds the number of a page, and beside it nothing but what stands above the letter too."""
    if len(text) > HEAD_WIDTH or not _DIGIT.search(text):
        return False
    found = _cells(text)
    if not any(_LETTER_PAGE.fullmatch(cell) for cell in found):
        return False
    return all(_LETTER_PAGE.fullmatch(cell) or cell.casefold() in heads or _MINISTRY.fullmatch(cell) for cell in found)


def _is_head(text: str, heads: set[str], above: str, after_break: bool) -> bool:
    """Whether a line is one of the head of a letter's further page. `after_break`: a page ends right before it."""
    found = _cells(text) if len(text) <= HEAD_WIDTH else []
    if not found:
        return False
    known = [cell for cell in found if cell.casefold() in heads]
    if after_break and (_MINISTRY.fullmatch(" ".join(found)) or f" {' '.join(found)} " in above):
        return True
    return bool(known) and all(cell.casefold() in heads or _PAGE_CELL.fullmatch(cell) for cell in found)


def _title(lines: list[Line], place: int) -> range:
    """The lines from `place` on that are the title of an Aanhangsel, broken wherever it is."""
    if not lines[place].text.lstrip().startswith("Vragen gesteld"):
        return range(0)
    text = ""
    for end in range(place, min(place + _TITLE_LINES, len(lines))):
        text = f"{text} {lines[end].text.strip()}".strip()
        if _TITLE.fullmatch(re.sub(r"(?<=[a-z])- (?=[a-z])", "", text)):
            return range(place, end + 1)
    return range(0)


def _letterhead(lines: list[Line], start: int) -> list[int]:
    """The lines from `start` on that repeat the letterhead: lines that stand before the first label too."""
    first = next((place for place, line in enumerate(lines) if label_at(place, line)), 0)
    above = {lines[place].text.strip() for place in range(min(first, start))}
    repeated = []
    for place in range(start, len(lines)):
        if lines[place].text.strip() not in above:
            break
        repeated.append(place)
    return repeated


def page_starts(lines: list[Line], furniture: Furniture) -> tuple[int, ...]:
    """Offsets in the raw text at which the pages begin; () where the text shows no pages."""
    if not furniture.ends:
        return ()
    last_text = _last_text(lines)
    return (0, *(lines[place].end + 1 for place in furniture.ends if place < last_text))


def _last_text(lines: list[Line]) -> int:
    """The last line that is not empty; -1 where all are."""
    return max((place for place, line in enumerate(lines) if line.text.strip()), default=-1)
