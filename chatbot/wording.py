"""The words of a text as quotations are compared by: typography does not count, everything else does.

Spaces, line ends, quotation marks, dashes, hyphens inside words, capitals, accents and compatibility forms are
typography. Punctuation is kept beside the words, and the number "één" stays apart from the article "een".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import fold

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_HYPHENS = "\\-‐‑‒–—―−"
_LETTERS = r"(?:[^\W_]|[\u0300-\u036f])+"
_WORD = re.compile(
    r"(?<!\d)\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)"
    r"|\d+(?:[.,:]\d+)+"
    rf"|{_LETTERS}(?:[{_INVISIBLE}'’‘ʼ{_HYPHENS}]+{_LETTERS})*"
    r"|[%‰€$£§&@°×+=]"
)
_GAP = re.compile(r"[\[(]\s*(?:…|\.\s?\.(?:\s?\.)?)\s*[\])]|…|\.\s?\.\s?\.+")
_INITIAL = re.compile(r"\[(\w{1,2})\](?=\w)")
_ADDITION = re.compile(r"\[[^\[\]]{1,300}\]|\([^()]{0,200}\bred(?:actie)?\.?(?:\s*:[^()]*)?\)")
_SPEAKER = re.compile(
    r"(?<=\bik )\((?:de\s+)?(?:minister|staatssecretaris|minister-president)\b[^()]{0,120}\)", re.IGNORECASE
)
_LIST_NUMBER = re.compile(r"(?m)^[^\S\n]*(?:\d{1,2}|[a-z])[.)](?=\s)")
_SIGN = re.compile(rf"(?:^|[\s(€$£])[{_HYPHENS}]\Z")
_PUNCTUATION = re.compile(r"[.,;:?!()/\[\]…]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.\u00a0\u2009\u202f]\d{3})+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or number: its key, by which it is compared, and its place in the text.

    `before`: punctuation between it and the word before. `gap`: an ellipsis stands before it. `addition`: what an
    editor put in square brackets before it, "" for nothing.
    """

    key: str
    start: int
    end: int
    before: str = ""
    gap: bool = False
    addition: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text. `ends_open`: an ellipsis closes it. `after`: punctuation behind the last word.

    `additions`: what editors put in brackets, in order.
    """

    text: str
    words: tuple[Word, ...]
    after: str = ""
    ends_open: bool = False
    additions: tuple[str, ...] = ()

    @property
    def keys(self) -> list[str]:
        """The keys of the words in their order."""
        return [word.key for word in self.words]

    def said(self, first: int, last: int) -> str:
        """The text of words `first` up to but not including `last`, as printed; "" for none."""
        return self.text[self.words[first].start : self.words[last - 1].end] if first < last else ""


def of_quotation(text: str) -> Wording:
    """The words of a quotation as an article prints it: its ellipses and its editor's additions are set apart."""
    masked = _join_initials(text)
    gaps = [match.span() for match in _GAP.finditer(masked)]
    masked = _GAP.sub(lambda match: " " * len(match[0]), masked)
    additions = [(*match.span(), match[0]) for match in _ADDITION.finditer(masked)]
    masked = _ADDITION.sub(lambda match: " " * len(match[0]), masked)
    return _wording(text, masked, gaps, additions)


def of_source(text: str) -> Wording:
    """The words of an answer or a question.

    Who speaks, in brackets behind "ik", is no part of what is said; the numbers of a list are none either.
    """
    masked = text
    for pattern in (_SPEAKER, _LIST_NUMBER):
        masked = pattern.sub(lambda match: " " * len(match[0]), masked)
    return _wording(text, masked, [], [])


def _join_initials(text: str) -> str:
    """ "[D]e brug" reads "De brug": the brackets become characters that do not count inside a word."""
    return _INITIAL.sub(lambda match: f" {match[1]}\u00ad", text)


def _wording(text: str, masked: str, gaps: list[tuple[int, int]], additions: list[tuple[int, int, str]]) -> Wording:
    words: list[Word] = []
    place = 0
    for match in _WORD.finditer(masked):
        start, end = match.span()
        key = _key(match[0])
        if _SIGN.search(masked[max(0, start - 2) : start]) and key[0].isdigit():
            key = f"-{key}"
        words.append(
            Word(
                key=key,
                start=start,
                end=end,
                before=_marks(masked[place:start]),
                gap=any(place <= first and last <= start for first, last in gaps),
                addition=" ".join(said for first, last, said in additions if place <= first and last <= start),
            )
        )
        place = end
    return Wording(
        text=text,
        words=tuple(words),
        after=_marks(masked[place:]),
        ends_open=any(first >= place for first, _ in gaps),
        additions=tuple(said for _, _, said in additions),
    )


def _marks(between: str) -> str:
    return "".join(_PUNCTUATION.findall(between))


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    if _THOUSANDS.fullmatch(word):
        return re.sub(r"\D", "", word)
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = "".join(character for character in plain if character not in _INVISIBLE)
    plain = re.sub(r"[’‘ʼ]", "'", plain)
    plain = re.sub(rf"[{_HYPHENS}]+", lambda dash: "-" if _between_digits(plain, dash) else "", plain)
    if plain in {"één", "éen", "eén"}:
        return "één"
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _between_digits(text: str, dash: re.Match[str]) -> bool:
    return text[: dash.start()][-1:].isdigit() and text[dash.end() :][:1].isdigit()


def same_name(one: str, other: str) -> bool:
    """Whether two family names are one, or one is the last or first part of the other ("Yeşilgöz")."""
    first, second = fold(one), fold(other)
    if not first or not second:
        return False
    return f" {first} " in f" {second} " or f" {second} " in f" {first} "
