"""The differences between a quotation and its source, each said in words, with what changes the sense first.

Negations, numbers, dates, amounts and names are compared exactly, however much of the rest agrees.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chatbot import vocabulary
from chatbot.alignment import Alignment, Change
from chatbot.checked import Difference, Kind, Weight
from chatbot.numerals import SCALES, UNITS, is_numeral, month_names
from chatbot.texts import TEXTS
from chatbot.wording import Word, Wording

SHOWN_WORDS = 14
"""Words of a stretch that are shown in a sentence; the rest becomes an ellipsis."""
CLAUSE_WORDS = 5
"""Words behind a quotation, up to the next comma or stop, in which a negation belongs to what was quoted."""
NEGATIONS = vocabulary.NEGATIONS | {"geenszins", "nimmer", "nauwelijks", "allerminst", "ongeacht"}
MONTHS = frozenset(name for month in range(1, 13) for name in month_names(month) if len(name) > 2)
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_SENTENCE_END = re.compile(r"[.?!]")
_DENIAL = re.compile(
    r"\b(?:ontken\w*|bestrijd\w*|bestreed|weerspr\w*|verwerp\w*|verwierp|betwist\w*|afgewezen|af|weiger\w*|ont?kracht\w*|"
    r"tegen|uitgesloten|uitsluiten|sluit|onjuist|onwaar)\b",
    re.IGNORECASE,
)
_OF_UNIT = frozenset(UNITS) | frozenset(SCALES) | MONTHS


def differences(
    said: Wording, written: Wording, found: Alignment, *, offset: int, around: str, language: str
) -> tuple[Difference, ...]:
    """All differences, those that change the sense first, then in the order of the text.

    Args:
        offset: where the quotation begins in the checked text.
        around: the words of the checked sentence outside the quotation, in which a negation may stand instead.
    """
    judge = _Judge(said, written, found, offset, language)
    every = [*judge.changes(), *judge.hidden(), *judge.edges(around), *judge.punctuation()]
    return tuple(sorted(every, key=lambda difference: (difference.weight, difference.start)))


def negations(words: Sequence[Word], text: str) -> list[str]:
    """The words that deny among these, as printed."""
    found = []
    for word in words:
        printed = text[word.start : word.end]
        if word.key in NEGATIONS or re.match(r"niet[-‑–]", printed, re.IGNORECASE):
            found.append(printed)
    return found


def is_figure(word: Word, text: str) -> bool:
    """Whether a word is a number, a month or a day of the week, in digits or letters."""
    if any(character.isdigit() for character in word.key) or word.key in {"één", "%", "€", "$", "£"}:
        return True
    if word.key in MONTHS or word.key in vocabulary.WEEKDAYS:
        return True
    return word.key != "een" and (is_numeral(text[word.start : word.end]) or word.key in {"procent", "euro"})


def is_name(words: Sequence[Word], place: int, text: str) -> bool:
    """Whether a word is written with a capital that the beginning of a sentence does not explain."""
    word = words[place]
    printed = text[word.start : word.end]
    if printed == printed.lower() or not printed[:1].isalpha():
        return False
    opens = (
        place == 0
        or bool(_SENTENCE_END.search(word.before))
        or ":" in word.before
        or "\n" in text[words[place - 1].end : word.start]
    )
    return not opens or sum(character.isupper() for character in printed) > 1


LEADING_IN = frozenset("zozeer per se alleen slechts langer meer zomaar dat of om te".split())
LED_IN = 3
"""Words such as these between a negation and a quotation, at most, through which it reaches: "niet zozeer dat …"."""


class _Judge:
    def __init__(self, said: Wording, written: Wording, found: Alignment, offset: int, language: str) -> None:
        self.said, self.written, self.found = said, written, found
        self.offset, self.phrases = offset, TEXTS[language].findings

    def changes(self) -> Iterator[Difference]:
        """What was put in, left out or replaced without owning up to it."""
        for change in self.found.changes:
            if not change.marked:
                yield self._difference(change)

    def hidden(self) -> Iterator[Difference]:
        """Negations inside a sentence, and figures, that an ellipsis or an addition took the place of."""
        for change in self.found.changes:
            if not change.marked:
                continue
            left = self.written.words[change.start : change.end]
            replaced = bool(self.said.words[change.first].addition) and not self.said.words[change.first].gap
            denied = negations(left, self.written.text)
            if denied and (replaced or not self._is_aside(change)):
                yield self._made(change, Weight.NEGATION, self.phrases.hidden.format(word=denied[0]))
            elif replaced and any(is_figure(word, self.written.text) for word in left):
                yield self._made(change, Weight.NUMBER, self._told(change, Weight.WORDS))

    def _is_aside(self, change: Change) -> bool:
        """Whether what was left out is whole sentences or stands between commas."""
        words = self.written.words
        behind = words[change.end].before if change.end < len(words) else "."
        inside = "".join(word.before for word in words[change.start + 1 : change.end])
        return bool(words[change.start].before and behind) or bool(_SENTENCE_END.search(inside + behind))

    def edges(self, around: str) -> Iterator[Difference]:
        """A negation right outside the quotation that the text does not give in its own words either."""
        if self._denied_around(around):
            return
        words, start, end = self.written.words, self.found.start, self.found.end
        first = start
        while first and start - first < LED_IN and not words[first].before and words[first - 1].key in LEADING_IN:
            first -= 1
        if first and not words[first].before and (denied := negations(words[first - 1 : first], self.written.text)):
            yield self._made(
                Change(0, 0, first - 1, start), Weight.NEGATION, self.phrases.before.format(word=denied[0])
            )
        opens = (
            start == 0 or words[start].before or "\n" in self.written.text[words[start - 1].end : words[start].start]
        )
        if not opens or end >= len(words):
            return
        clause = []
        for word in words[end : end + CLAUSE_WORDS]:
            if word.before or "\n" in self.written.text[words[end - 1].end : word.start]:
                break
            clause.append(word)
        if denied := negations(clause, self.written.text):
            last = len(self.said.words)
            change = Change(last, last, end, end + len(clause))
            yield self._made(change, Weight.NEGATION, self.phrases.missing.format(word=denied[0]))

    def _denied_around(self, around: str) -> bool:
        folded = {word.lower() for word in re.findall(r"[^\W\d_]+", around)}
        return bool(folded & NEGATIONS) or bool(_DENIAL.search(around))

    def punctuation(self) -> Iterator[Difference]:
        """Marks inside the quotation that are others than in the source."""
        agreed = self.found.agreed
        for place in range(1, len(agreed)):
            here, before = agreed[place], agreed[place - 1]
            word = self.said.words[place]
            if here is None or before is None or here != before + 1 or word.gap or word.addition:
                continue
            its = self.written.words[here].before
            if _marks(word.before) != _marks(its):
                kind = Kind.INSERT if not its else Kind.DELETE if not word.before else Kind.REPLACE
                at = self.offset + self.said.words[place - 1].end
                yield Difference(
                    kind, Weight.PUNCTUATION, word.before, its,
                    self._punctuation(word.before, its), at, self.offset + word.start,
                )  # fmt: skip

    def _difference(self, change: Change) -> Difference:
        mine, its = self._words(change)
        denied, denies = (
            Counter(word.lower() for word in negations(its, self.written.text)),
            Counter(word.lower() for word in negations(mine, self.said.text)),
        )
        if denied != denies or self._unsaid(mine, its):
            return self._made(change, Weight.NEGATION, self._denial(change, denied, denies))
        figures = [
            Counter(word.key for word in words if is_figure(word, text))
            for words, text in ((mine, self.said.text), (its, self.written.text))
        ]
        if figures[0] != figures[1]:
            return self._made(change, Weight.NUMBER, self._told(change, Weight.NUMBER))
        names = [
            {words[place].key for place in range(first, last) if is_name(words, place, text)}
            for words, first, last, text in (
                (self.said.words, change.first, change.last, self.said.text),
                (self.written.words, change.start, change.end, self.written.text),
            )
        ]
        weight = Weight.NAME if names[0] != names[1] else Weight.WORDS
        return self._made(change, weight, self._told(change, weight))

    def _words(self, change: Change) -> tuple[Sequence[Word], Sequence[Word]]:
        return self.said.words[change.first : change.last], self.written.words[change.start : change.end]

    def _unsaid(self, mine: Sequence[Word], its: Sequence[Word]) -> bool:
        """Whether one has "on-" before a word of the other."""
        return any(
            one.key in (f"on{other.key}", f"niet{other.key}") or other.key in (f"on{one.key}", f"niet{one.key}")
            for one in mine
            for other in its
            if min(len(one.key), len(other.key)) > 3
        )

    def _denial(self, change: Change, denied: Counter[str], denies: Counter[str]) -> str:
        missing, added = list((denied - denies).elements()), list((denies - denied).elements())
        if missing and added:
            return self.phrases.became.format(its=missing[0], mine=added[0])
        mine, its = self._texts(change)
        if not missing and not added:
            return self.phrases.unsaid.format(its=its, mine=mine)
        template = self.phrases.missing if missing else self.phrases.added_negation
        told = template.format(word=(missing or added)[0])
        if mine and its:
            told += self.phrases.instead.format(its=_short(its), mine=_short(mine))
        elif len((mine or its).split()) > 1:
            told += self.phrases.in_stretch.format(stretch=_short(mine or its))
        return told

    def _told(self, change: Change, weight: Weight) -> str:
        mine, its = self._texts(change)
        if weight is Weight.NUMBER:
            kind = self._kind_of_figure(change)
            widened_mine = self._widened(self.said, change.first, change.last)
            widened_its = self._widened(self.written, change.start, change.end)
            if mine and its:
                return self.phrases.figure.format(
                    kind=self.phrases.kinds[kind], its=_short(widened_its), mine=_short(widened_mine)
                )
            template = self.phrases.figure_left_out if its else self.phrases.figure_put_in
            return template.format(kind=self.phrases.kinds[kind], stretch=_short(widened_its if its else widened_mine))
        if mine and its:
            template = self.phrases.name_replaced if weight is Weight.NAME else self.phrases.replaced
            return template.format(its=_short(its), mine=_short(mine))
        if its:
            count = change.end - change.start
            template = self.phrases.left_out if count <= SHOWN_WORDS else self.phrases.left_out_many
            return template.format(stretch=_short(its), count=count)
        return self.phrases.put_in.format(stretch=_short(mine))

    def _punctuation(self, mine: str, its: str) -> str:
        template = (
            self.phrases.mark_put_in
            if not its
            else self.phrases.mark_left_out
            if not mine
            else self.phrases.mark_replaced
        )
        return template.format(mine=mine, its=its)

    def _texts(self, change: Change) -> tuple[str, str]:
        return self.said.said(change.first, change.last), self.written.said(change.start, change.end)

    def _widened(self, wording: Wording, first: int, last: int) -> str:
        """With the sign before an amount and the unit, the scale, the month and the year behind it."""
        if first == last:
            return ""
        if first and wording.words[first - 1].key in {"€", "$", "£"} and not wording.words[first].before:
            first -= 1
        while last < len(wording.words) and not wording.words[last].before and self._is_unit(wording.words[last]):
            last += 1
        return wording.said(first, last)

    def _is_unit(self, word: Word) -> bool:
        return word.key in _OF_UNIT or bool(_YEAR.fullmatch(word.key))

    def _kind_of_figure(self, change: Change) -> str:
        stretch = " ".join(
            (self._widened(self.written, change.start, change.end), self._widened(self.said, change.first, change.last))
        ).lower()
        parts = set(re.findall(r"[^\W\d_]+|[%€$£]", stretch))
        if parts & MONTHS or parts & vocabulary.WEEKDAYS:
            return "date"
        if parts & {"%", "procent", "procentpunt"}:
            return "percentage"
        if parts & {"€", "$", "£", "euro", "dollar"}:
            return "amount"
        figures = re.findall(r"\d+", stretch)
        return "year" if figures and all(_YEAR.fullmatch(figure) for figure in figures) else "number"

    def _made(self, change: Change, weight: Weight, words: str) -> Difference:
        mine, its = self._texts(change)
        kind = Kind.REPLACE if mine and its else Kind.INSERT if mine else Kind.DELETE
        if change.first < change.last:
            start, end = self.said.words[change.first].start, self.said.words[change.last - 1].end
        else:
            start = end = self.said.words[change.first - 1].end if change.first else 0
        return Difference(kind, weight, mine, its, words, self.offset + start, self.offset + end)


def _marks(before: str) -> str:
    return re.sub(r"[\[\]]", "", before)


def _short(stretch: str) -> str:
    words = stretch.split()
    if len(words) <= SHOWN_WORDS:
        return " ".join(words)
    half = SHOWN_WORDS // 2
    return f"{' '.join(words[:half])} … {' '.join(words[-half:])}"
