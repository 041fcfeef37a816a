"""Lines of papers as extracted and as cleaned, side by side, for judging the boundaries of words by reading.

    python benchmarks/boundaries.py FOLDER [LINES] [SEED]

FOLDER holds papers of any format. Draws LINES places (300 by default) at random from the answers and questions that
were read, every character as likely, and prints of each a window of about 100 characters: what was extracted (a "¶" is
a line break), and what was made of it, with the boundaries that cleaning changed marked: "‸" where a space or paragraph
was put or a break became one, "‿" where what stood apart was joined. The last line tells how many boundaries of words
the windows hold, so that the errors counted give a share; `interval` gives its 95 % confidence interval (Wilson).
"""

import math
import random
import re
import sys
from pathlib import Path

from corpus.errors import UnreadablePaper
from corpus.readers import find_files, read_all
from corpus.records import Knot, Paper, raw_offset

WINDOW = 100
"""Characters of cleaned text that are shown."""


def interval(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson interval of a share."""
    share = right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - spread, middle + spread


def sides(paper: Paper) -> list[tuple[str, tuple[Knot, ...]]]:
    """The questions and answers of a paper of which it is known where they come from."""
    found = []
    for exchange in paper.exchanges:
        found += [(exchange.question, exchange.question_knots), (exchange.answer, exchange.answer_knots)]
    return [(text, knots) for text, knots in found if text and knots]


def marked(text: str, knots: tuple[Knot, ...], start: int, end: int) -> str:
    """Cleaned text with the places marked at which it does not run along with what was extracted."""
    places = {knot.start for knot in knots}
    pieces = []
    for place in range(start, end):
        if place in places and place > start:
            pieces.append("‸" if text[place - 1].isspace() or text[place].isspace() else "‿")
        pieces.append("¶" if text[place] == "\n" else text[place])
    return "".join(pieces)


def window(text: str, place: int) -> tuple[int, int]:
    """A run of whole words around a place."""
    start, end = max(0, place - WINDOW // 2), min(len(text), place + WINDOW // 2)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def main(folder: Path, lines: int, seed: int) -> None:
    """Print the windows."""
    papers = [paper for file in find_files([folder]) for paper in read_all(file)]
    texts = [(paper, *side) for paper in papers if not isinstance(paper, UnreadablePaper) for side in sides(paper)]
    chance = random.Random(seed)
    boundaries = 0
    drawn = chance.choices(texts, weights=[len(text) for _, text, _ in texts], k=lines)
    for number, (paper, text, knots) in enumerate(drawn, start=1):
        start, end = window(text, chance.randrange(len(text)))
        first, last = raw_offset(knots, start), raw_offset(knots, max(end - 1, start))
        raw = paper.raw[first : last + 1] if first is not None and last is not None else ""
        boundaries += len(re.findall(r"\s+", text[start:end])) + 1
        print(f"{number} {paper.id}\n  - {raw.replace(chr(10), '¶')}\n  + {marked(text, knots, start, end)}")
    print(f"{lines} windows with {boundaries} boundaries of words; seed {seed}")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else 300,
        int(sys.argv[3]) if len(sys.argv) > 3 else 1,
    )
