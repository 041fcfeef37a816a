"""What a language model wrote, cut into sentences with the numbers that each cites. Nothing is checked here.

The format is plain sentences that end with the numbers of the evidence they rest on: "Dat klopt niet. [2]".
Small models vary it; numbers before the sentence, several in one bracket, list marks, bold type and
turn marks of chat templates are all read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

NUMBERS = r"[0-9]{1,4}(?:\s*(?:,|;|&|-|–|\ben\b|\band\b)\s*\[?[0-9]{1,4})*"
MARK = re.compile(
    rf"[\[【]\s*(?:\^|#|(?:bron|zin|zinnen|citaat|nummer|nr|source|sentence|no)\b\.?)?\s*({NUMBERS})\s*[\]】]",
    re.IGNORECASE,
)
MARKS = re.compile(rf"(?:\s*[,;]?\s*(?:\b(?:en|and)\s+)?{MARK.pattern})+", re.IGNORECASE)
TERMINATOR = re.compile(r"[.!?…]+[\"”“’‘'»«›)]*")
FINISHED = re.compile(r"[.!?…\]】][\"”“’‘'»«›)\s]*$")
END_OF_TURN = re.compile(r"<\|.*|<(?:end|start)_of_turn>.*|</?s>.*|<eos>.*|\[/?INST\].*", re.DOTALL)
THOUGHT = re.compile(r"<(think|thinking|thought)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
LIST_MARK = re.compile(r"^\s*(?:[-•–—+]\s+|#{1,6}\s+|[0-9]{1,2}[.)]\s+|(?:antwoord|answer)\s*:\s*)+", re.IGNORECASE)
ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]?|art|bijv|blz|ca|dhr|dr|drs|ed|enz|etc|evt|excl|fig|ing|incl|ir|jl|jhr|"
    r"max|mevr|min|mln|mld|mr|mrs|ms|mw|nr|nrs|no|nvt|pag|prof|resp|st|str|tel|vgl|vs|zgn|approx|dept|e\.g|i\.e|gov)\.$",
    re.IGNORECASE,
)
LONGEST_RANGE = 24
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence with the numbers of the evidence that it cites."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft. `text` is as written, with its marks; `segments` are its stretches without them.

    `finished`: false for a last one that ends without a stop or a mark, as when a limit cut it off.
    """

    text: str
    segments: tuple[Segment, ...]
    finished: bool = True

    @property
    def cites(self) -> tuple[int, ...]:
        """The numbers cited, in order of first use."""
        return tuple(dict.fromkeys(number for segment in self.segments for number in segment.cites))

    @property
    def words(self) -> str:
        """The text without marks."""
        return " ".join(segment.text for segment in self.segments if segment.text)


def sentences(chunks: Iterable[str]) -> Iterator[Sentence]:
    """Cut a stream of text into sentences, each as soon as what follows shows that it is complete."""
    received, taken = "", 0
    for chunk in chunks:
        received += _visible(chunk)
        text = _readable(received)
        if text is None:
            continue
        complete = _complete(text, taken)
        for start, end in complete:
            yield from _parse(text[start:end])
            taken = end
        if END_OF_TURN.search(received):
            break
    text = _readable(received, final=True) or ""
    for start, end in _complete(text + "\n", taken):
        for sentence in _parse(text[start:end]):
            finished = end < len(text.rstrip(" ")) or FINISHED.search(sentence.text) is not None
            yield replace(sentence, finished=finished)


def _readable(received: str, *, final: bool = False) -> str | None:
    """The text so far without thoughts and what follows the turn; None while undecided.

    The text only ever grows at its end, so that places in it stay valid from chunk to chunk.
    """
    if not final:
        opened = received.lstrip()[:10].lower()
        if "<" in opened and not re.search(r"</(?:think|thinking|thought)>", received, re.IGNORECASE):
            return None
        # A tag may still be under way.
        received = received[: received.rfind("<")] if "<" in received[-20:] else received
    return END_OF_TURN.sub("", THOUGHT.sub("", received))


def _visible(text: str) -> str:
    """Without characters that could hide something in a text that looks innocent."""
    text = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(
        character for character in text if character == "\n" or unicodedata.category(character) not in INVISIBLE
    )


def _complete(text: str, taken: int) -> list[tuple[int, int]]:
    """The complete sentences of `text` from `taken` on, as places."""
    found: list[tuple[int, int]] = []
    while (newline := text.find("\n", taken)) >= 0:
        found += _in_line(text, taken, newline, whole=True)
        taken = newline + 1
    return found + _in_line(text, taken, len(text), whole=False)


def _in_line(text: str, start: int, end: int, *, whole: bool) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    body = start + (match.end() if (match := LIST_MARK.match(text[start:end])) else 0)
    numbers_first = MARK.match(text[body:end].lstrip()) is not None
    place = body
    while match := TERMINATOR.search(text, place, end):
        place = match.end()
        if ABBREVIATION.search(text[body : match.start() + 1]) and match[0] == ".":
            continue
        if not numbers_first and (marks := MARKS.match(text, place, end)):
            place = marks.end()
            place += len(text[place:end]) - len(text[place:end].lstrip(".")) if place < end else 0
        following = text[place:end].lstrip()
        if place < end and not text[place].isspace():
            continue
        # Numbers that belong to this sentence may still come, and so may a letter that shows it goes on.
        if not following or (following[0] in "[【" and not MARK.match(following)):
            continue
        if following[0].islower():
            continue
        found.append((start, place))
        start = body = place
    if whole and text[start:end].strip():
        found.append((start, end))
    return found


def _parse(text: str) -> Iterator[Sentence]:
    text = LIST_MARK.sub("", text).replace("*", "").replace("`", "")
    text = re.sub(r"(?<!\w)_+|_+(?!\w)", "", text)
    text = " ".join(text.split())
    if not re.search(r"\w", text):
        return
    pieces: list[tuple[str, tuple[int, ...]]] = []
    place = 0
    for marks in MARKS.finditer(text):
        numbers = tuple(number for mark in MARK.finditer(marks[0]) for number in _numbers(mark[1]))
        pieces.append((text[place : marks.start()], numbers))
        place = marks.end()
    rest = text[place:]
    if pieces and not re.search(r"\w", pieces[0][0]):
        texts = [piece[0] for piece in pieces[1:]] + [rest]
        cites = [piece[1] for piece in pieces]
    else:
        texts, cites = [piece[0] for piece in pieces], [piece[1] for piece in pieces]
        if texts:
            texts[-1] += rest
        else:
            texts, cites = [text], [()]
    yield Sentence(text, tuple(Segment(words.strip(), numbers) for words, numbers in zip(texts, cites, strict=True)))


def _numbers(listed: str) -> Iterator[int]:
    """ "1, 3-5" to 1, 3, 4, 5; a range that is too long to be meant keeps its ends."""
    for part in re.split(r"[,;&]|\ben\b|\band\b", listed, flags=re.IGNORECASE):
        ends = [int(number) for number in re.findall(r"[0-9]+", part)]
        if len(ends) == 2 and 0 <= ends[1] - ends[0] <= LONGEST_RANGE:
            yield from range(ends[0], ends[1] + 1)
        else:
            yield from ends
