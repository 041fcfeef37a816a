"""Every sentence of a language model held against the quotations that it cites.

A sentence passes when it cites at least one existing quotation, what stands between quotation marks is
an exact run of one that it cites, and each number, date, amount, office and name in it occurs in the
quotation cited there or in what is known of it: speaker, office, ministry, date and subject. The words of
the members' question are no evidence. What fails is struck; only a sentence whose cited quotations differ
from it in negation is kept and marked, since "niet" may rightly turn into another word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import Stemmer

from chatbot import vocabulary
from chatbot.citations import SHORT
from chatbot.drafts import Segment, Sentence
from chatbot.language import DUTCH, ENGLISH
from chatbot.numerals import Day, Figures, Number, figures, is_numeral, month_names
from chatbot.quotemarks import quoted_stretches
from chatbot.records import Citation


class Flaw(StrEnum):
    """What is wrong with a sentence."""

    UNCITED = "uncited"
    UNKNOWN_SOURCE = "unknown source"
    QUOTATION = "quotation"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    MARKUP = "markup"
    UNFINISHED = "unfinished"
    UNRELATED = "unrelated"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw and the words that show it."""

    flaw: Flaw
    words: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a sentence may rest on: quotations with what is known of them."""

    quotes: tuple[str, ...]
    text: str
    figures: Figures
    words: frozenset[str]


MARKUP = re.compile(
    r"[<>{}|\\^~\[\]【】]|://|\bwww\.|\b\w+@\w|\b[\w-]+\.(?:nl|com|org|net|eu|io|info)\b|\]\(", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+(?:['’\-‑–][^\W\d_]+)*")
LEAST_SHARED = 0.25
"""Share of a sentence's words of weight that must be in what it cites."""
AT_START = re.compile(r"[\W_]*(?:['’][a-z]{1,2}\s+)?")
AFTER_STOP = re.compile(r"[.:!?;]\s*[\W_]*$")


def check(sentence: Sentence, evidence: Mapping[int, Citation], language: str) -> tuple[Finding, ...]:
    """Everything that is wrong with `sentence`, which cites `evidence` by number; () when it passes.

    Args:
        language: "nl" or "en", the language of the sentence; the evidence is Dutch.
    """
    if unknown := [number for number in sentence.cites if number not in evidence]:
        return (Finding(Flaw.UNKNOWN_SOURCE, " ".join(f"[{number}]" for number in unknown)),)
    if not sentence.cites:
        return (Finding(Flaw.UNCITED, sentence.text),)
    if not sentence.finished:
        return (Finding(Flaw.UNFINISHED, sentence.text),)
    if match := MARKUP.search(sentence.words):
        return (Finding(Flaw.MARKUP, match[0]),)
    findings: list[Finding] = []
    for place, segment in enumerate(sentence.segments):
        source = _source(tuple(evidence[number] for number in segment.cites))
        findings += _check_segment(segment, source, language, first=place == 0)
    cited = [evidence[number] for number in sentence.cites]
    findings += _quotations(sentence.words, [citation.quote for citation in cited])
    return tuple(dict.fromkeys(findings)) or tuple(_unrelated(sentence.words, cited, language))


def _check_segment(segment: Segment, source: Source, language: str, *, first: bool) -> Iterator[Finding]:
    yield from _numbers(segment.text, source.figures, language)
    yield from _names(segment.text, source, language, first=first)
    words = {word.lower() for word in WORD.findall(segment.text)}
    if words and bool(words & vocabulary.NEGATIONS or _contracted(words)) != bool(
        {word.lower() for quote in source.quotes for word in WORD.findall(quote)} & vocabulary.NEGATIONS
    ):
        yield Finding(Flaw.NEGATION, segment.text)


def _contracted(words: set[str]) -> bool:
    return any(re.search(r"n['’]t$", word) for word in words)


@lru_cache(maxsize=256)
def _source(cited: tuple[Citation, ...]) -> Source:
    known: list[str] = []
    days: set[Day] = set()
    for citation in cited:
        known += [citation.quote, citation.subject]
        for speaker in citation.speakers:
            known += [speaker.name, speaker.office, speaker.ministry, *_initials(speaker.ministry)]
        if citation.date:
            days.add(Day(citation.date.day, citation.date.month, citation.date.year))
    text = "\n".join(known)
    read = figures(text, DUTCH)
    years = {Number(str(day.year)) for day in days if day.year}
    known_figures = Figures(read.numbers | years, read.days | days, read.codes)
    months = {name for day in known_figures.days for name in month_names(day.month)}
    quotes = tuple(citation.quote for citation in cited)
    return Source(quotes, text, known_figures, frozenset(_word_forms(text)) | months)


def _initials(ministry: str) -> tuple[str, str]:
    """A ministry's abbreviations without and with its "en": "VWS", "JenV"."""
    words = WORD.findall(ministry)
    letters = "".join(word[0] for word in words if word[0].isupper())
    return letters, "".join(
        word[0] if word[0].isupper() else word
        for word in words
        if word[0].isupper() or word == vocabulary.INITIALS_LINK
    )


def _word_forms(text: str) -> Iterator[str]:
    for word in WORD.findall(text):
        yield _folded(word)
        yield from map(_folded, re.split(r"['’\-‑–]", word))


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("’", "'")


def _numbers(text: str, known: Figures, language: str) -> Iterator[Finding]:
    text = _without_chamber(text)
    normal = unicodedata.normalize("NFKC", text)
    for character in normal:
        if not "0" <= character <= "9" and unicodedata.category(character) in {"Nd", "Nl", "No"}:
            yield Finding(Flaw.NUMBER, character)
    stated = figures(text, language, articles=False)
    for number in sorted(stated.numbers, key=str):
        if not any(number.value == other.value and number.unit in ("", other.unit) for other in known.numbers):
            yield Finding(Flaw.NUMBER, f"{number.value} {number.unit}".strip())
    for day in sorted(stated.days, key=str):
        if not any(_agrees(day, other) for other in known.days):
            yield Finding(Flaw.DATE, f"{day.day or '?'}-{day.month}-{day.year or '?'}")
    for code in sorted(stated.codes - known.codes):
        yield Finding(Flaw.NUMBER, code)


def _without_chamber(text: str) -> str:
    """ "Tweede Kamer" counts nothing."""
    return re.sub(r"\b(?:Eerste|Tweede)(?= Kamer)", "", text)


def _agrees(stated: Day, known: Day) -> bool:
    """Whether a source's date says at least what is stated."""
    return stated.month == known.month and stated.day in (None, known.day) and stated.year in (None, known.year)


def _names(text: str, source: Source, language: str, *, first: bool) -> Iterator[Finding]:
    for match in WORD.finditer(text):
        word, folded = match[0], _folded(match[0])
        before = text[: match.start()]
        opening = (first and AT_START.fullmatch(before)) or AFTER_STOP.search(before)
        if folded in vocabulary.OFFICES:
            if not vocabulary.OFFICES[folded] & source.words:
                yield Finding(Flaw.NAME, word)
        elif (
            (word != word.lower() or folded in vocabulary.WEEKDAYS)
            and not _occurs(folded, source.words, language)
            and folded not in vocabulary.PARLIAMENT
            and not is_numeral(word)
            and not (opening and _is_common(folded, source, language))
        ):
            yield Finding(Flaw.NAME, word)


def _occurs(folded: str, words: frozenset[str], language: str) -> bool:
    forms = {folded, folded.removesuffix("'s"), folded.removesuffix("se")}
    if forms & words:
        return True
    parts = [part for part in re.split(r"['\-‑–]", folded) if part]
    if len(parts) > 1 and all(part in words or part in vocabulary.PLAIN_WORDS[language] for part in parts):
        return True
    return language == ENGLISH and any(dutch in words for dutch in vocabulary.ABROAD.get(folded, ()))


def _is_common(folded: str, source: Source, language: str) -> bool:
    """Whether a word with a capital because it opens a sentence would be written small elsewhere."""
    if folded in vocabulary.OPENERS[language] or folded in vocabulary.PLAIN_WORDS[language]:
        return True
    if vocabulary.COMMON_ENDINGS[language].fullmatch(folded):
        return True
    return language == DUTCH and _stem(folded) in {_stem(word) for word in source.words if len(word) > 3}


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    return str(Stemmer.Stemmer("dutch").stemWord(word))


def _quotations(text: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """What stands between quotation marks without being an exact run of a quotation, or is not closed."""
    for quoted in quoted_stretches(text):
        if quoted is None or not quoted.strip() or not any(quoted in quote for quote in quotes):
            yield Finding(Flaw.QUOTATION, quoted or text)


def _unrelated(text: str, cited: Sequence[Citation], language: str) -> Iterator[Finding]:
    """A Dutch sentence of whose words of weight hardly any is in what it cites is about something else.

    Who is cited says nothing of what is said, so the words of speakers do not count; the question
    counts only for a quotation that says nothing without it ("Ja.").
    """
    if language != DUTCH:
        return
    officials = {official for citation in cited for official in citation.speakers}
    named = set(_word_forms(" ".join(f"{person.name} {person.office} {person.ministry}" for person in officials)))
    said = [
        f"{quote} {citation.question if len(quote) <= SHORT else ''}" for citation in cited if (quote := citation.quote)
    ]
    known = {_stem(word) for word in _word_forms(" ".join(said))}
    stems = {_stem(word) for word in map(_folded, WORD.findall(text)) if _weighs(word) and word not in named}
    shared = {stem for stem in stems if stem in known or any(_compounds(stem, other) for other in known)}
    if len(stems) >= 2 and len(shared) < len(stems) * LEAST_SHARED:
        yield Finding(Flaw.UNRELATED, text)


def _compounds(one: str, other: str) -> bool:
    """Whether one word is a part of the other: "aanvrag" of "subsidieaanvrag"."""
    return min(len(one), len(other)) >= 5 and (one in other or other in one)


def _weighs(folded: str) -> bool:
    return len(folded) > 3 and folded not in vocabulary.OPENERS[DUTCH] and folded not in vocabulary.OFFICES
