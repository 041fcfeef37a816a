"""The labels of a paper's body: "Vraag 3 en 4", "Antwoord op vragen 7, 8, en 9", "2.", "Mededeling", "Toelichting".

All variants in sources.md, section 4.3. A label stands on a line of its own, or begins a line and is followed
by a colon or, where the papers are numbered without labels, by the question itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.manuscript import BlockKind, Line
from corpus.numbers import NUMBERS, question_numbers

_OWN_LINE_END = r"\s*[:.]?\s*"
_QUESTION = re.compile(rf"\s*(?:De\s+)?Vra(?:ag|gen)(?:\s+(?P<numbers>{NUMBERS}))?", re.IGNORECASE)
_ANSWER = re.compile(
    rf"\s*(?:Gezamenlijke?\s+|Mijn\s+)?(?:Antwoord(?:en)?|Beantwoording|Reactie)(?:\s+op|\s+bij|\s+van)?(?:\s+de)?(?:\s*vra(?:ag|gen))?(?:\s*(?P<numbers>{NUMBERS}))?",
    re.IGNORECASE,
)
_ANSWER_OF = re.compile(
    rf"\s*Antwoord(?:en)?\s+van\s+(?P<by>(?:de\s+)?(?:minister|staatssecretaris)\b.{{0,110}}?)\s+op\s+(?:de\s+)?vra(?:ag|gen)"
    rf"\s+(?P<numbers>{NUMBERS})\s*[:.]?\s*",
    re.IGNORECASE,
)
_SHORT_QUESTION = re.compile(r"\s*V\s?(\d{1,3})\s*[.:]?\s*")
_SHORT_ANSWER = re.compile(r"\s*A\s?\d{1,3}(?:(?:\s*,\s*|\s+en\s+|\s*&\s*)A?\s?\d{1,3})*\s*[.:]?\s*")
"""Labels of one letter, on a line of their own: "V3", "A3 en A4"."""
_NOTICE = re.compile(r"\s*Mededeling\s*:?\s*")
_EXPLANATION = re.compile(
    r"\s*Toelichting\s*:?\s*(?=$|De[sz]e)|\s*(?=Deze vragen dienen ter aanvulling op eerdere vragen)"
)
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,3})\s*(?P<sign>[.):]|(?=\s*$))\s*(?P<rest>.*)")
_NUMBERED_BARE = re.compile(r"\s*(?P<number>\d{1,3})(?P<sign>[.):]|(?=\s|$))\s*(?P<rest>.*)")
_BY = re.compile(r"\s*\(((?:de )?(?:minister|staatssecretaris)\b[^()]*)\)\s*[:.]?\s*", re.IGNORECASE)
_FIRST_LETTERS = frozenset("VDAGMBRT")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: on which line, what it opens, its numbers, the offset in the line where the text goes on, and whether
    it names a part of a question ("3a"). `by`: who answers, where the label says so."""

    line: int
    kind: BlockKind
    numbers: tuple[int, ...]
    rest: int
    part: bool = False
    by: str = ""


def label_at(place: int, line: Line) -> Label | None:
    """The label that `line` is or begins with; None when it is running text."""
    text = line.text
    if text.lstrip()[:1] not in _FIRST_LETTERS:
        return None
    for kind, pattern in ((BlockKind.QUESTION, _QUESTION), (BlockKind.ANSWER, _ANSWER)):
        match = pattern.match(text)
        if match is None:
            continue
        printed = match.group("numbers") or ""
        numbers = question_numbers(printed)
        part = re.search(r"\d[a-z]", printed) is not None
        rest = text[match.end() :]
        if re.fullmatch(_OWN_LINE_END, rest):
            return Label(place, kind, numbers, len(text), part)
        by = _BY.fullmatch(rest)
        if by and kind is BlockKind.ANSWER:
            return Label(place, kind, numbers, len(text), part, by.group(1))
        follow = re.match(r"\s*:\s*", rest)
        if follow and (numbers or kind is BlockKind.ANSWER):
            return Label(place, kind, numbers, match.end() + follow.end(), part)
        if numbers and re.match(r"[A-ZÀ-Ý«][a-zà-ÿ]* ", rest):
            return Label(place, kind, numbers, match.end(), part)
    for kind, pattern in ((BlockKind.QUESTION, _SHORT_QUESTION), (BlockKind.ANSWER, _SHORT_ANSWER)):
        if pattern.fullmatch(text):
            return Label(place, kind, question_numbers(text), len(text))
    of = _ANSWER_OF.fullmatch(text)
    if of:
        return Label(place, BlockKind.ANSWER, question_numbers(of.group("numbers")), len(text), by=of.group("by"))
    if _NOTICE.fullmatch(text):
        return Label(place, BlockKind.NOTICE, (), len(text))
    explanation = _EXPLANATION.match(text)
    if explanation:
        return Label(place, BlockKind.EXPLANATION, (), explanation.end())
    return None


def number_at(place: int, line: Line, *, bare: bool = False) -> Label | None:
    """The label of a question numbered without a word: "3", "3.", "3. Bent u …"; None otherwise.

    bare: whether a number may stand before the question without a sign, "3 Bent u …".
    """
    match = (_NUMBERED_BARE if bare else _NUMBERED).match(line.text)
    if match is None or not line.text.strip():
        return None
    rest = match.group("rest")
    if rest and not match.group("sign") and not bare:
        return None
    if rest and not re.match(r"[A-ZÀ-Ý«“\"‘'(]", rest):
        return None
    return Label(
        place, BlockKind.QUESTION, (int(match.group("number")),), match.start("rest") if rest else len(line.text)
    )
