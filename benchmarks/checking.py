"""How long it takes to check an article of a thousand words against an index, however large.

    python benchmarks/checking.py --data DIR [--words 1000]

The article is made of sentences of the index's own answers, as quotations with narrative between them; in every third a
word is another. The first check after loading counts, in which nothing is kept from one before.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from chatbot.quotecheck import check
from corpus.records import Paper
from corpus.sentences import split
from index.search import Index

LEAST, MOST = 60, 260
"""Characters of a sentence that is quoted."""
LIMIT = 2.0
"""Seconds."""


def article(index: Index, words: int) -> str:
    """So many words about papers drawn at random."""
    draw = random.Random(5)
    headers = list(islice(index.papers(), 3000))
    paragraphs: list[str] = []
    while sum(len(paragraph.split()) for paragraph in paragraphs) < words:
        quoted = next(sentences(index.paper(draw.choice(headers).id), draw), None)
        if quoted is None:
            continue
        sentence, speaker = quoted
        if len(paragraphs) % 3 == 1:
            said = sentence.split()
            said[len(said) // 2] = "mogelijk"
            sentence = " ".join(said)
        told = f"liet {speaker} de Kamer weten dat nog wordt gekeken naar de gevolgen voor de gemeenten: “{sentence}”"
        paragraphs.append(
            f"Over dit onderwerp {told} Dat leidt tot vragen."
            if len(paragraphs) % 2
            else f"“{sentence}”, zegt {speaker}."
        )
    return "\n\n".join(paragraphs)


def sentences(paper: Paper, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Sentences of a paper's answers with who said them."""
    answered = [exchange for exchange in paper.exchanges if exchange.answer and paper.speakers]
    for exchange in draw.sample(answered, len(answered)):
        speaker = paper.speakers[0]
        for start, end in split(exchange.answer):
            if LEAST <= end - start <= MOST:
                yield (
                    exchange.answer[start:end].strip(),
                    f"{speaker.office.lower()} {speaker.name} van {speaker.ministry}",
                )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--words", type=int, default=1000)
    given = parser.parse_args(arguments)
    with Index.open(given.data) as index:
        text = article(index, given.words)
    with Index.open(given.data) as index:
        index.embedder.query_vector("warm")
        times = []
        for _ in range(4):
            began = time.perf_counter()
            report = check(text, index)
            times.append(time.perf_counter() - began)
    found = f"{len(report.quotations)} quotations and {len(report.claims)} claims"
    print(f"{len(text.split())} words, {found} against {report.papers} papers")
    kept = "kept" if times[0] < LIMIT else "NOT KEPT"
    print(f"first check {times[0]:.2f} s (at most {LIMIT:g} s: {kept}), again {min(times[1:]):.2f} s")


if __name__ == "__main__":
    main()
