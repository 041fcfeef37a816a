"""How many word boundaries of papers from the official PDF come out right, against stretches that a person judged.

    python benchmarks/word_boundaries.py sheet FOLDER SEED COUNT > SHEET
    python benchmarks/word_boundaries.py judge FOLDER SEED SHEET
    python benchmarks/word_boundaries.py score FOLDER

`sheet` draws COUNT stretches of text at random and prints each as it was extracted and as it was cleaned. A person
reads them, mends the second line of a pair where a word is glued, torn or still broken, and `judge` keeps from it where
words begin and which hyphens go: places only, no text, in `word_boundaries.json` beside this file. `score` holds the
papers as they are read now against that: a boundary is wrong where a word begins that should not, or begins nowhere, or
where a hyphen of a broken word stays, or one that belongs to the word goes.
"""

import json
import math
import random
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import UnreadablePaper
from corpus.readers import find_files, read_all
from corpus.records import Knot, Paper, raw_offset

KEPT = Path(__file__).with_suffix(".json")
LENGTH = 100
"""A stretch has so many characters, and those up to the end of its last word."""
Z = 1.96
"""Standard deviations of a confidence of 95 %."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one text of a paper: where its raw text begins and ends, and what became of it."""

    paper: Paper
    start: int
    end: int
    clean: str
    places: tuple[int, ...]

    @property
    def raw(self) -> str:
        return self.paper.raw[self.start : self.end]

    def begins(self, clean: str | None = None) -> set[int]:
        """Where words begin, as offsets in the raw stretch; `clean`: as mended by a person."""
        text, places = self._placed(clean)
        return {
            place
            for index, place in enumerate(places)
            if not text[index].isspace() and text[index - 1 : index].strip() == ""
        }

    def dropped(self, clean: str | None = None) -> set[int]:
        """Hyphens of the raw stretch that are gone."""
        text, places = self._placed(clean)
        kept = {place for index, place in enumerate(places) if not text[index].isspace()}
        return {place for place, char in enumerate(self.raw) if char == "-" and place not in kept}

    def _placed(self, clean: str | None) -> tuple[str, list[int]]:
        """The text and where each of its characters stands in the raw stretch."""
        if clean is None or clean == self.clean:
            return self.clean, [place - self.start for place in self.places]
        kept = [place - self.start for place, char in zip(self.places, self.clean, strict=True) if not char.isspace()]
        hyphens = self.dropped()
        places, position = [], 0
        for char in clean:
            following = kept[position] if position < len(kept) else len(self.raw)
            if char.isspace():
                places.append(following)
                continue
            back = [
                place for place in hyphens if char == "-" and (not places or place > places[-1]) and place < following
            ]
            while not back and position < len(kept) and self.raw[kept[position]] == "-" != char:
                position += 1
            if not back and (position >= len(kept) or self.raw[kept[position]] != char):
                raise ValueError(f"{clean!r} is not the text of {self.raw!r}: {char!r} at {len(places)}")
            places.append(min(back) if back else kept[position])
            position += not back
        return clean, places


def texts(paper: Paper) -> Iterator[tuple[str, tuple[Knot, ...]]]:
    """The texts of a paper with their maps."""
    for exchange in paper.exchanges:
        yield exchange.question, exchange.question_knots
        yield exchange.answer, exchange.answer_knots


def papers(folder: str) -> list[Paper]:
    """The papers from the official PDF: those whose text shows pages."""
    found = [paper for file in find_files([Path(folder)]) for paper in read_all(file)]
    return [paper for paper in found if not isinstance(paper, UnreadablePaper) and paper.pages]


def stretches(found: list[Paper], seed: str, count: int) -> list[Stretch]:
    """Stretches drawn at random, each character of every text as likely as another."""
    usable = [(paper, text, knots) for paper in found for text, knots in texts(paper) if text and knots]
    chance = random.Random(int(seed))
    drawn = chance.choices(usable, weights=[len(text) for _, text, _ in usable], k=count)
    result = []
    for paper, text, knots in drawn:
        start = chance.randrange(max(1, len(text) - LENGTH))
        start = text.rfind(" ", 0, start + 1) + 1
        end = text.find(" ", min(start + LENGTH, len(text)))
        end = end if end >= 0 else len(text)
        places = tuple(raw_offset(knots, place) or 0 for place in range(start, end))
        result.append(Stretch(paper, places[0], places[-1] + 1, text[start:end], places))
    return result


def sheet(folder: str, seed: str, count: str) -> None:
    """Print the stretches for a person to judge."""
    for number, stretch in enumerate(stretches(papers(folder), seed, int(count)), 1):
        print(f"{number} {stretch.paper.id}\n< {stretch.raw!r}\n> {stretch.clean.replace(chr(10), '¶')}")


def judge(folder: str, seed: str, judged: str) -> None:
    """Keep the places of a judged sheet, beside those of other draws."""
    lines = [line[2:] for line in Path(judged).read_text(encoding="utf-8").splitlines() if line.startswith("> ")]
    kept = []
    for stretch, line in zip(stretches(papers(folder), seed, len(lines)), lines, strict=True):
        clean = line.replace("¶", "\n")
        kept.append(
            {
                "paper": stretch.paper.id,
                "start": stretch.start,
                "end": stretch.end,
                "sum": zlib.crc32(stretch.raw.encode()),
                "begins": sorted(stretch.begins(clean)),
                "dropped": sorted(stretch.dropped(clean)),
            }
        )
    draws = {**(json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}), seed: kept}
    written = (f'"{name}": [\n' + ",\n".join(map(json.dumps, items)) + "\n]" for name, items in draws.items())
    KEPT.write_text("{\n" + ",\n".join(written) + "\n}\n", encoding="utf-8")


def score(folder: str) -> None:
    """Print how many boundaries are right now, draw by draw."""
    by_id = {paper.id: paper for paper in papers(folder)}
    for seed, kept in json.loads(KEPT.read_text(encoding="utf-8")).items():
        print(f"draw {seed}: {_score(by_id, kept)}")


def _score(by_id: dict[str, Paper], kept: list[dict[str, Any]]) -> str:
    """The figures of one draw; what is wrong is printed on the way."""
    right = wrong = breaks = missing = 0
    for item in kept:
        paper = by_id.get(item["paper"])
        raw = paper.raw[item["start"] : item["end"]] if paper else ""
        if paper is None or zlib.crc32(raw.encode()) != item["sum"]:
            missing += 1
            continue
        now = _now(paper, item["start"], item["end"])
        begins, dropped = set(item["begins"]), set(item["dropped"])
        errors = (now.begins() ^ begins) | (now.dropped() ^ dropped)
        for place in sorted(errors):
            print(f"{paper.id}: {raw[max(0, place - 25) : place]}▸{raw[place : place + 25]}".replace("\n", "⏎"))
        right += len(begins | dropped) - len(errors & (begins | dropped))
        wrong += len(errors)
        breaks += sum(1 for place in begins if place and not raw[place - 1].isspace()) + len(dropped)
    total = right + wrong
    if not total:
        return "none of its papers is there"
    low, high = wilson(right, total)
    return (
        f"{total} boundaries, {breaks} of them glued or broken in the raw text; {wrong} wrong: {right / total:.2%} "
        f"right (95 %: {low:.2%} to {high:.2%}); {missing} stretches are not there"
    )


def _now(paper: Paper, start: int, end: int) -> Stretch:
    """What became of the raw text from `start` up to `end`."""
    clean, places = [], []
    for text, knots in texts(paper):
        if not knots or knots[-1].raw + len(text) < start or knots[0].raw >= end:
            continue
        for place, char in enumerate(text):
            raw = raw_offset(knots, place)
            if raw is not None and start <= raw < end:
                clean.append(char)
                places.append(raw)
    return Stretch(paper, start, end, "".join(clean), tuple(places))


def wilson(right: int, total: int) -> tuple[float, float]:
    """The interval of a share that a sample of `total` with `right` right allows, at 95 %."""
    share = right / total
    middle = (share + Z * Z / (2 * total)) / (1 + Z * Z / total)
    half = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total)) / (1 + Z * Z / total)
    return middle - half, middle + half


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["sheet", folder, seed, count]:
            sheet(folder, seed, count)
        case ["judge", folder, seed, judged]:
            judge(folder, seed, judged)
        case ["score", folder]:
            score(folder)
        case _:
            sys.exit(__doc__)
