"""How fast passages are embedded, against a plain float32 `SentenceTransformer.encode`, and what all else takes.

    python benchmarks/building.py PAPERS SCRATCH [--passages 1024]

PAPERS is a folder of papers. Both embed the same passages in turns, a part each time, so that whatever else the
machine does slows both; then the papers are taken in with the vectors at hand, which times everything but embedding.
What is done once in a run (the list of words that lines are mended by, a new index) is told apart: the folder is read
twice, and so many papers are stored that it weighs little.
The limits are meant for processors that multiply whole numbers of 8 bits in hardware (AMX, AVX-512 VNNI, AVX VNNI).
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import plain_model
import recombined
from tqdm import tqdm

from corpus.passages import cut
from corpus.records import Part
from index import build
from index.embedder import Embedder, Vectors, embedded_text, load
from index.onnx_model import multiplies_whole_numbers

PART = build.BATCH
"""Passages of a turn: so many that they are embedded as those of an ingest are."""


COPIES = 8
"""How often the papers are stored, each time under other identifiers."""


class Given(Embedder):
    """Vectors that are at hand, by text."""

    def __init__(self, model: Embedder) -> None:
        self.name = model.name
        self.dimension = model.dimension
        self._model = model
        self.senses = model.senses
        self._row = np.full(self.dimension, 1 / np.sqrt(self.dimension), dtype=np.float32)
        self._words = model.passages_looked_at(["zeven woorden van een antwoord, en niet meer " * 20])[1]

    def query_vector(self, text: str) -> Vectors:
        """See Embedder."""
        return self._model.query_vector(text)

    def passage_vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """See Embedder; all the same, because only the time around it counts."""
        return np.tile(self._row, (len(texts), 1))

    def passages_looked_at(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[bytes]]:
        """See Embedder; all the same, too."""
        return self.passage_vectors(texts), self._words * len(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--passages", type=int, default=1024)
    options = parser.parse_args()
    began = time.monotonic()
    papers = list(recombined.readable(options.papers))
    first = time.monotonic() - began
    began = time.monotonic()
    papers = list(recombined.readable(options.papers))
    reading = time.monotonic() - began
    every = [embedded_text(passage) for paper in papers for passage in cut(paper) if passage.part is Part.ANSWER]
    texts = every[: options.passages]
    ours = load()
    plain = plain_model.sentence_transformer()
    ways: list[Callable[[list[str]], Vectors]] = [
        lambda part: ours.passages_looked_at(part)[0],
        lambda part: plain.encode([f"passage: {text}" for text in part], show_progress_bar=False),
    ]
    for way in ways:
        way(texts[:PART])
    seconds, cosines = [0.0, 0.0], []
    for start in tqdm(range(0, len(texts), PART)):
        part = texts[start : start + PART]
        rows = {}
        for turn in sorted((0, 1), reverse=bool(start // PART % 2)):
            began = time.perf_counter()
            rows[turn] = ways[turn](part)
            seconds[turn] += time.perf_counter() - began
        cosines.append(np.sum(rows[0] * rows[1], axis=1))
    data = options.scratch / "building"
    shutil.rmtree(data, ignore_errors=True)
    many = [replace(paper, id=f"{paper.id}-{copy}") for copy in range(COPIES) for paper in papers]
    began = time.monotonic()
    build.ingest(many, data, Given(ours))
    storing = (time.monotonic() - began) / len(every) / COPIES
    rest = reading / len(every) + storing
    each = seconds[0] / len(texts)
    print(f"the processor multiplies 8 bits in hardware: {'yes' if multiplies_whole_numbers() else 'no'}")
    print(f"passages a second: {len(texts) / seconds[0]:.1f}, plainly {len(texts) / seconds[1]:.1f}")
    print(f"times as fast: {seconds[1] / seconds[0]:.2f} (at least 4 where it does)")
    print(f"least cosine with float32: {np.concatenate(cosines).min():.4f}")
    print(
        f"a passage: reading {reading / len(every) * 1000:.2f} ms, storing {storing * 1000:.2f} ms, "
        f"embedding {each * 1000:.2f} ms"
    )
    print(f"reading, storing and indexing, share of all: {rest / (rest + each):.1%} (at most 10 %)")
    print(f"once in a run, to begin with: {first - reading:.1f} s")


if __name__ == "__main__":
    main()
