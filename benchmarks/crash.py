"""Kill an ingest at many random moments, and look each time whether the last complete index is still there.

    python benchmarks/crash.py PAPERS SCRATCH [--kills 200]

A child process takes papers in, replaces and removes them without end, with vectors from a hash of each word so that
most of its time goes into writing. It is killed with SIGKILL; then the index must open, hold all
papers, passages and papers of the same state, and answer; and a reader that had it open
before must go on with it.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import recombined
from tqdm import tqdm

from corpus.records import Paper
from index import build
from index.analysis import words
from index.embedder import Embedder, Vectors
from index.search import Index

LONGEST = 1.5
"""Seconds that the child is left alone at most."""


class Hashed(Embedder):
    """Each word a direction."""

    name = "hashed"
    dimension = 64

    def query_vector(self, text: str) -> Vectors:
        """See Embedder."""
        row = np.full(self.dimension, 0.01, dtype=np.float32)
        for word in words(text):
            row[zlib.crc32(word.encode("utf-8", "replace")) % self.dimension] += 1
        return row / np.float32(np.linalg.norm(row))

    def passage_vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """See Embedder."""
        return np.stack([self.query_vector(text) for text in texts])


def turned(every: Sequence[Paper], turn: int) -> list[Paper]:
    """Some of the papers, in turns one, a few or all, with the turn in their subject."""
    some = every if turn % 5 == 0 else every[: 1 + turn % 3]
    return [replace(paper, subject=f"beurt {turn}") for paper in some]


def child(folder: Path, data: Path, first: int) -> None:
    every = list(recombined.readable(folder))
    for turn in count(first):
        build.ingest(turned(every, turn), data, Hashed())
        if turn % 4 == 0:
            build.remove([every[-1].id], data)
            build.ingest([every[-1]], data, Hashed())
        print(turn, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    data = options.scratch / "crash"
    if options.child is not None:
        child(options.papers, data, options.child)
        return
    shutil.rmtree(data, ignore_errors=True)
    every = list(recombined.readable(options.papers))
    build.ingest(turned(every, 0), data, Hashed())
    draw = random.Random(0)
    turn, readers = 1, 0
    for _ in tqdm(range(options.kills), desc="kills"):
        command = [sys.executable, __file__, str(options.papers), str(options.scratch), "--child", str(turn)]
        with (
            Index.open(data, embedder=Hashed()) as reader,
            subprocess.Popen(command, stdout=subprocess.PIPE) as process,
        ):
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(draw.uniform(0, LONGEST))
            process.send_signal(signal.SIGKILL)
            process.wait()
            turn += 1 + process.stdout.read().count(b"\n")
            # Papers that were replaced in two generations since are gone for it until it moves on, as `serve` does.
            reader.refresh()
            assert reader.search("beurt dijk minister"), "a reader that was there before finds nothing any more"
            readers += 1
        with Index.open(data, embedder=Hashed()) as index:
            held = list(index.papers())
            assert len(held) in (len(every), len(every) - 1), f"{len(held)} papers of {len(every)}"
            hits = index.search("beurt dijk minister")
            assert hits, "nothing is found"
            for passage in (passage for hit in hits for passage in hit.passages):
                paper = index.paper(passage.paper)
                assert passage.heading.startswith(paper.subject), "passage and paper are of two states"
                assert passage.text == paper.exchanges[passage.exchange].answer[passage.start : passage.end]
    build.ingest(every, data, Hashed())
    with Index.open(data, embedder=Hashed()) as index:
        assert [index.paper(paper.id) for paper in every] == every
    print(f"{options.kills} kills: the last complete index was there each time, and {readers} readers went on")


if __name__ == "__main__":
    main()
