"""The quotations of a text with their borders, whichever marks they stand between."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chatbot import speech
from chatbot.quotemarks import CLIPPED, CLOSED_BY, SINGLE_CLOSED_BY

LONGEST = 6_000
"""Characters after which a mark that was never closed is taken to be no quotation."""
FEWEST_WORDS = 4
"""Words that a quotation without a closing mark must have."""
NEARBY = 240
"""Characters on either side of a quotation in which the rest of its sentence stands."""
GUILLEMETS = "«»‹›"
FILLER = "\u2060"
"""What stands for the second of two marks that are one: no letter, no space and no mark."""
_TEX = re.compile(r"(?:``|(?<![\w'])'')(?=[^\s'`])((?:(?!``|\n[^\S\n]*\n).)+?)(?<![\s'`])''(?![\w'])", re.DOTALL)
_LOW = re.compile(
    r"(?<![\w,‚])(?:,,|‚‚)(?=[^\s,‚])((?:(?!,,|‚‚|\n[^\S\n]*\n).)+?)(?<![\s'’])(''|’’|[\"”“])(?![\w'’])", re.DOTALL
)
"""Two commas as a low mark, as typewriters and many editors write it."""

_PARAGRAPH = re.compile(r"\n[^\S\n]*(?:\n\s*)?")
_STOP = re.compile(r"[.!?](?=\s|\Z)|\n")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_CAPITALISED = re.compile(r"[A-Z][a-z]")
"""A word as it begins a sentence: what stands before "Er" and "Zo" is a mark, and before "er" and "zo" perhaps not."""
_SAID = re.compile(rf"\s*,?\s*(?:aldus|zo\b|{speech.STRONG.pattern})", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_PLURAL = re.compile(r"[sxz]\Z", re.IGNORECASE)
_TITLED = re.compile(
    r"\b(?:(?:nieuws)?bericht(?:en)?|artikel(?:en)?|opiniestuk|kop(?:pen)?|titel|getiteld|rapport(?:en)?|onderzoek|boek|roman|film|"
    r"documentaire|programma|uitzending|podcast|kamerbrief|brief|nota|notitie|motie|richtlijn|publicatie|studie|lied|"
    r"handreiking|campagne|hashtag|zogeheten|zogenaamde|zogenoemde)"
    r"(?:\s+(?:van|in|uit|met\s+de\s+titel|onder\s+de\s+kop)\s*[^.:;!?\"“„«‘]{0,60})?[\s(]*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two marks: characters `start` to `end` of the text, the marks not included.

    `opening`, `closing`: characters from and up to which the marks themselves stand. `titled`: it names a report, a
    book or a programme. `closed`: False when the closing mark is missing.
    """

    text: str
    start: int
    end: int
    opening: int
    closing: int
    titled: bool = False
    closed: bool = True

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(_WORDS.findall(self.text))


def find(text: str) -> tuple[Quoted, ...]:
    """The outermost quotations of a text, in order; quotations inside others are part of them."""
    return tuple(_Scanner(_LOW.sub(_one_mark, _TEX.sub(_one_mark, text)), text).quotations())


def _one_mark(match: re.Match[str]) -> str:
    """Two marks at either end as one and a filler, so that every place in the text stays where it is."""
    inside = match.span(1)
    return f"{FILLER}“{match[1]}”{FILLER * (match.end() - inside[1] - 1)}"


class _Scanner:
    def __init__(self, text: str, printed: str) -> None:
        self.text, self.printed = text, printed
        self.clipped = {
            match.start()
            for match in CLIPPED.finditer(text)
            if not self._after_letter(match.start()) and not _CAPITALISED.match(match[0], 1)
        }
        self.marks = [place for place, character in enumerate(text) if self._is_mark(place, character)]

    def _is_mark(self, place: int, character: str) -> bool:
        if character in CLOSED_BY or character in "”»›":
            return not (character in '"″' and self._is_measure(place))
        if character not in SINGLE_CLOSED_BY:
            return False
        between = self._after_letter(place) and self._before_letter(place)
        return not between

    def _is_measure(self, place: int) -> bool:
        """An inch or second sign: 3.5" without an opening mark before it."""
        return self.text[place] == "″"

    def _after_letter(self, place: int) -> bool:
        return place > 0 and self.text[place - 1].isalnum()

    def _before_letter(self, place: int) -> bool:
        return place + 1 < len(self.text) and self.text[place + 1].isalnum()

    def quotations(self) -> Iterator[Quoted]:
        """The quotations from the first mark on."""
        at = 0
        while at < len(self.marks):
            opening = self.marks[at]
            if not (self._opens(opening) or self._opens_at_once(opening)):
                at += 1
                continue
            closing = self._closing(at)
            if closing is None:
                if (unclosed := self._unclosed(at)) is not None:
                    yield unclosed
                    at = bisect_right(self.marks, unclosed.end - 1)
                else:
                    at += 1
                continue
            yield self._quoted(opening, self.marks[closing])
            at = closing + 1

    def _opens(self, place: int) -> bool:
        """Whether a mark can open: something follows it at once, and no word runs up to it."""
        text, character = self.text, self.text[place]
        if place + 1 >= len(text) or text[place + 1].isspace() or character in "〞":
            return False
        if character in "„‚“‘«‹":
            return character not in "“‘" or not self._after_letter(place)
        if place in self.clipped:
            return self._could_open_before_clipped(place)
        return not (place and (text[place - 1].isalnum() or text[place - 1] in ".,!?;…%)]"))

    def _opens_at_once(self, place: int) -> bool:
        """Whether a double mark opens although no space stands before it: '…, zegt hij."En nu"'."""
        return (
            self.text[place] in CLOSED_BY
            and place > 0
            and self.text[place - 1] in ".,!?;:"
            and self._before_letter(place)
        )

    def _could_open_before_clipped(self, place: int) -> bool:
        """'s avonds and '70 are no quotations, unless a closing mark of the same kind ends the sentence later."""
        word = CLIPPED.match(self.text, place)
        rest = self.text[word.end() if word else place + 1 :]
        return bool(word) and not re.match(r"[\s-]", rest)

    def _closes(self, place: int, opener: str) -> bool:
        character = self.text[place]
        pairs = CLOSED_BY.get(opener) or SINGLE_CLOSED_BY.get(opener, "")
        if character not in pairs:
            return False
        if place and self.text[place - 1].isspace() and opener not in GUILLEMETS:
            return False
        return not self._before_letter(place)

    def _closing(self, at: int) -> int | None:
        """Position among the marks of the one that closes the one at `at`."""
        stack = [self.text[self.marks[at]]]
        last = self.marks[at]
        for position in range(at + 1, len(self.marks)):
            place = self.marks[position]
            character = self.text[place]
            if place - self.marks[at] > LONGEST:
                return None
            if self._broken(last, place, stack[0]) or self._opens_anew(self.marks[at], place):
                return None
            if self._begins_paragraph(place) and character == stack[0] and len(stack) == 1:
                last = place
                continue
            if self._closes(place, stack[-1]) and not self._is_plural(position, stack[-1]):
                stack.pop()
            elif len(stack) > 1 and self._closes(place, stack[0]) and not self._opens(place):
                # The inner one was no mark, or was not closed.
                return position
            elif self._opens(place) and character != stack[-1]:
                stack.append(character)
            last = place
            if not stack:
                return position
        return None

    def _opens_anew(self, opening: int, place: int) -> bool:
        """Whether the same mark opens again on a later line, so that the first one was never closed."""
        return (
            self.text[place] == self.text[opening]
            and "\n" in self.text[opening:place]
            and self._opens(place)
            and not self._closes(place, self.text[opening])
            and not self._begins_paragraph(place)
        )

    def _is_plural(self, position: int, opener: str) -> bool:
        """The apostrophe of "de collega's' auto": the same mark closes later, before another opens."""
        place = self.marks[position]
        if self.text[place] not in "'’" or not _PLURAL.search(self.text[max(0, place - 1) : place]):
            return False
        if not re.match(r"\s[a-z]", self.text[place + 1 : place + 3]):
            return False
        for later in self.marks[position + 1 :]:
            if _BREAK.search(self.text, place, later) or self._opens(later):
                return False
            if self._closes(later, opener):
                # A closing mark that ends a clause tells more than one before a small letter.
                return self.text[later - 1] in ".,!?…" or self.text[later + 1 : later + 2] in ",.;:!?"
        return False

    def _broken(self, last: int, place: int, opener: str) -> bool:
        """Whether a new paragraph between two marks ends the quotation: it does when it opens no mark of its own.

        A quotation may run on over paragraphs if no other begins before it is closed.
        """
        breaks = list(_BREAK.finditer(self.text, last, place + 1))
        if not breaks:
            breaks = [
                found
                for found in _PARAGRAPH.finditer(self.text, last, place + 1)
                if self.text[last : found.start()].rstrip()[-1:] in ".!?…:" and self._begins_paragraph(place)
            ]
        if not breaks:
            return False
        if self._begins_paragraph(place) and breaks[-1].end() == place:
            return self.text[place] != opener or self._ended(last, breaks[-1].start())
        return self._opens(place) and not self._closes(place, opener)

    def _ended(self, last: int, stop: int) -> bool:
        return not self.text[last + 1 : stop].strip()

    def _begins_paragraph(self, place: int) -> bool:
        before = self.text[:place].rstrip(" \t\u00a0")
        return (not before or before.endswith("\n")) and self._opens(place)

    def _unclosed(self, at: int) -> Quoted | None:
        """A double mark that is never closed quotes up to the end of its paragraph."""
        opening = self.marks[at]
        if self.text[opening] not in CLOSED_BY:
            return None
        stop = _PARAGRAPH.search(self.text, opening)
        end = stop.start() if stop else len(self.text.rstrip())
        following = self.marks[at + 1] if at + 1 < len(self.marks) else len(self.text)
        if following < end or len(_WORDS.findall(self.text[opening:end])) < FEWEST_WORDS:
            return None
        return Quoted(self.printed[opening + 1 : end], opening + 1, end, opening, end, closed=False)

    def _quoted(self, opening: int, closing: int) -> Quoted:
        inside = self.text[opening + 1 : closing]
        start = opening + 1 + len(inside) - len(inside.lstrip())
        end = closing - (len(inside) - len(inside.rstrip()))
        sentence = self.text[max(0, opening - 120) : opening]
        return Quoted(
            text=self.printed[start:end],
            start=start,
            end=end,
            opening=opening - (self.text[max(0, opening - 1) : opening] == FILLER),
            closing=closing + 1 + (self.text[closing + 1 : closing + 2] == FILLER),
            titled=bool(_TITLED.search(sentence.rsplit("\n", 1)[-1])) and not _SAID.match(self.text, closing + 1),
        )


def masked(text: str, quoted: Iterable[Quoted]) -> str:
    """The text, as long as it is, with a bullet for each character of the quotations and their marks."""
    characters = list(text)
    for item in quoted:
        characters[item.opening : item.closing] = "•" * (item.closing - item.opening)
    return "".join(characters)


def surroundings(text: str, item: Quoted, quoted: Sequence[Quoted]) -> str:
    """The text's own words in the sentence that a quotation is part of, and those of another that goes on with it.

    They stand behind a quotation that is interrupted: "…", says he, "without …".
    """
    page = masked(text, quoted)
    before = _STOP.split(page[max(0, item.opening - NEARBY) : item.opening])[-1]
    after = _STOP.split(page[item.closing : item.closing + NEARBY])[0]
    within = (other for other in quoted if item.closing <= other.opening < item.closing + len(after))
    following = next(within, None)
    goes_on = ""
    if following and following.text[:1].islower():
        interrupted = page[: following.opening].rstrip().endswith(",")
        goes_on = following.text if interrupted else following.text.split()[0]
    return f"{before} {after} {goes_on}".replace("•", "")
