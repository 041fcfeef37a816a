"""What an answer says about itself: what kind it is, whom it points to, and which official speaks."""

from __future__ import annotations

import re

from corpus.ministries import ministry_matches
from corpus.numbers import NUMBERS, question_numbers
from corpus.officials import MINISTER, PRIME_MINISTER, STATE_SECRETARY
from corpus.records import AnswerKind, Official

A_WORD = 60
"""An answer of at most so many characters that begins with yes or no is an answer in a word."""
A_POINTER = 420
"""An answer of more characters says more than where to look."""

_YES = re.compile(
    r"(?:Ja|Jazeker|Zeker|Dat klopt|Klopt|Dat is juist|Dat kan ik bevestigen)\b(?!.*\b(?:maar|echter|zie|nee)\b)",
    re.I | re.S,
)
_NO = re.compile(r"(?:Nee|Neen)\b(?!.*\b(?:maar|echter|zie)\b)", re.I | re.S)
_REFERENCE = re.compile(
    rf"\b(?:antwoord(?:en)?|beantwoording|reactie|antwoorden?\s+hierboven)\s*(?:(?:op|van|bij|onder)\s+)?(?:de\s+|uw\s+)?(?:(?:schriftelijke\s+)?vra(?:ag|gen)\s+)?(?P<one>{NUMBERS})"
    rf"|\b(?:bij|onder|van|op|en)\s+(?:de\s+)?vra(?:ag|gen)\s+(?P<two>{NUMBERS})",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\s*(?:van\s+(?:het\s+lid|de\s+leden|uw)|uit\s+(?:de\s+)?(?:eerdere|set)|in\s+de\s+(?:eerdere|vorige)\s+set)", re.I
)
_POINTS = re.compile(r"(?<!\()\b(?:zie\b|verwijs|verwezen|verwijzen|verwijzing)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:brief|brieven|kamerbrief|kamerstuk\w*|aanhangsel|nota|rapport|debat|voortgangsrapportage|verslag)", re.I
)
_SENTENCE = re.compile(r"[^.?!\n]+(?:\.(?=\w)[^.?!\n]+)*[.?!\n]*")
_ABBREVIATED = re.compile(r"\b(nr|nrs|jl|d\.d|blz|p|mr|dr|o\.a|art)\.", re.IGNORECASE)
_VOICE = re.compile(
    r"\b(?:ik|mij|mijn|ikzelf)\s*[,(]\s*(?:als\s+|de\s+)?(?P<office>minister-president|minister|staatssecretaris)(?:\s+(?:van|voor)\s+(?P<ministry>[^),]{2,60}))?\s*[),]",
    re.IGNORECASE,
)


def references(answer: str) -> tuple[int, ...]:
    """Numbers of questions of the same paper that an answer mentions, ascending."""
    numbers: set[int] = set()
    for match in _REFERENCE.finditer(answer):
        if _OTHERS.match(answer, match.end()):
            continue
        numbers.update(question_numbers(match.group("one") or match.group("two")))
    return tuple(sorted(numbers))


def answer_kind(answer: str, refers: bool) -> AnswerKind:
    """What kind of answer a text is; `refers`: it mentions another answer of the same paper."""
    text = answer.strip()
    if not text:
        return AnswerKind.UNANSWERED
    if len(text) <= A_POINTER and "\n" not in text and _only_points(text):
        if refers:
            return AnswerKind.REFERRED
        if _ELSEWHERE.search(text):
            return AnswerKind.REFERRED_ELSEWHERE
    if len(text) <= A_WORD:
        if _YES.match(text):
            return AnswerKind.CONFIRMED
        if _NO.match(text):
            return AnswerKind.DENIED
    return AnswerKind.ANSWERED


def _only_points(text: str) -> bool:
    """Whether every sentence says where to look, but for a yes or no in front."""
    sentences = [part.strip() for part in _SENTENCE.findall(_ABBREVIATED.sub(r"\1", text)) if part.strip()]
    telling = [part for part in sentences if not re.fullmatch(r"(?:Ja|Nee|Neen)[.,]?", part)]
    return 0 < len(telling) <= 2 and all(_POINTS.search(part) for part in telling)


def voices(answer: str, speakers: tuple[Official, ...]) -> tuple[Official, ...]:
    """Who of `speakers` answers: the one whom "Ik (Minister)" or "Ik (Staatssecretaris)" names, or all."""
    if len(speakers) < 2:
        return speakers
    named: dict[Official, None] = {}
    for match in _VOICE.finditer(answer):
        fitting = [official for official in speakers if _fits(official, match)]
        if len(fitting) != 1:
            return speakers
        named[fitting[0]] = None
    return tuple(named) if len(named) == 1 else speakers


def _fits(official: Official, voice: re.Match[str]) -> bool:
    word = voice.group("office").lower()
    office = {"minister-president": PRIME_MINISTER, "minister": MINISTER}.get(word, STATE_SECRETARY)
    if official.office != office:
        return False
    ministry = voice.group("ministry")
    return ministry is None or ministry_matches(ministry, official.ministry) or official.ministry == ministry.strip()
