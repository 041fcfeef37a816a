"""Whether search is as quick, as right and as small at the size of the whole archive as it is meant to be.

    python benchmarks/scale.py PAPERS SCRATCH [--passages 800000] [--questions QUESTIONS.jsonl]

PAPERS is a folder of real papers, of which a corpus is made (see recombined.py); SCRATCH gets the corpus, 6 GB for
800,000 passages, and is used again by the next run. All is measured in one run and given as ratios against exact
float32 FAISS with bm25s over the same passages, both asked in turns, so that whatever else the machine does slows
both. bm25s and numba are needed for that: pip install -e '.[bench]'.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import bm25s
import faiss
import numpy as np
import numpy.typing as npt
import recombined
from tqdm import tqdm

from corpus.passages import shortened
from corpus.records import Paper, Part, Passage
from index import build
from index import generation as generations
from index.analysis import words
from index.embedder import load
from index.places import Group
from index.records import Filters
from index.search import CANDIDATES, Index
from index.store import Store

ADDED = 10
"""Papers whose adding is timed."""

SHARE = 0.01
"""Share of the passages that the filter keeps."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A promise: its name, what was measured, its unit, and the limit: at least or at most."""

    name: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the promise was kept."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        bound = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        return f"{self.name:44}{self.value:10.3f} {self.unit:8}{bound:16}{'kept' if self.kept else 'NOT KEPT'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--passages", type=int, default=800_000)
    parser.add_argument("--questions", type=Path, help="a file of questions, beside those of the papers")
    parser.add_argument("--most", type=int, default=300, help="questions asked (default: 300)")
    parser.add_argument("--open", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    data = options.scratch / f"data-{options.passages}"
    asked = options.scratch / "questions.json"
    if options.open:
        print(json.dumps(opened(data, json.loads(asked.read_text(encoding="utf-8")))))
        return
    found = recombined.sources(options.papers)
    made = recombined.Recombined(load(), found, scratch=options.scratch / "vectors")
    print(f"made-up vectors: cosine {made.agreement:.3f} with the model's own; of different passages {made.chance:.3f}")
    make(data, options.passages // recombined.EXCHANGES, found, made)
    questions = gathered(found, options.questions, options.most)
    asked.write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    own = json.loads(
        subprocess.run([sys.executable, *sys.argv, "--open"], check=True, capture_output=True, text=True).stdout
    )
    limits = [
        Limit("open and first answer", own["first"], "s", most=3.0),
        Limit("  with starting Python and loading libraries", own["start"], "s", most=6.0),
        Limit("resident memory", own["resident"] / 2**30, "GiB", most=1.5),
        Limit("index without the text", size(data) / 1e9, "GB", most=0.8),
    ]
    with Index.open(data, embedder=load()) as index:
        limits += compared(index, questions)
        limits += filtered(index, questions)
    limits.append(Limit(f"adding {ADDED} papers", added(data, found, made), "s", most=60.0))
    for limit in limits:
        print(limit)
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def make(data: Path, count: int, found: Sequence[recombined.Source], embedder: recombined.Recombined) -> None:
    """Ingest so many made-up papers, but for those that are there, and say how long each step took."""
    store = Store(data / generations.STORE) if (data / generations.STORE).is_file() else None
    have = store.connection.execute("SELECT count(*) FROM papers WHERE since = 1").fetchone()[0] if store else 0
    if store:
        store.close()
    if have >= count and generations.current(data) is not None:
        return
    bars: dict[str, tqdm[object]] = {}

    def progress(step: str, done: int, total: int) -> None:
        if step not in bars:
            bars[step] = tqdm(total=total, desc=step, file=sys.stderr, mininterval=10)
        bars[step].update(done - bars[step].n)

    start = time.monotonic()
    papers = islice(recombined.papers(count, found), int(have), None)
    build.ingest(
        tqdm(papers, total=count - int(have), desc="papers", mininterval=10),
        data,
        embedder,
        progress=progress,
        cutter=one_passage,
    )
    print(f"ingest of {count - int(have)} papers: {time.monotonic() - start:.0f} s")


def one_passage(paper: Paper) -> tuple[Passage, ...]:
    """Question and answer of each exchange as a passage each, as the product cuts answers of this length."""
    ministry = paper.speakers[0].ministry
    passages = []
    for place, exchange in enumerate(paper.exchanges):
        for part, text, heading in (
            (Part.QUESTION, exchange.question, f"{paper.subject} | {ministry}"),
            (Part.ANSWER, exchange.answer, f"{paper.subject} | {ministry} | {shortened(exchange.question)}"),
        ):
            passages.append(Passage(paper.id, place, part, 0, len(text), heading, text))
    return tuple(passages)


def gathered(found: Sequence[recombined.Source], file: Path | None, most: int) -> list[str]:
    """Questions to ask: those of a file first, and those of the real papers' members."""
    lines = file.read_text(encoding="utf-8").splitlines() if file else []
    questions = [json.loads(line)["question"] for line in lines]
    members = [question for source in found for question in source.questions]
    np.random.default_rng(0).shuffle(members)
    return list(dict.fromkeys([*questions, *members]))[:most]


def opened(data: Path, questions: Sequence[str]) -> dict[str, float]:
    """Seconds until the first answer and resident bytes after many, in a process of its own."""
    began = time.monotonic()
    with Index.open(data) as index:
        index.search(questions[0])
        first = time.monotonic() - began
        since = time.clock_gettime(time.CLOCK_BOOTTIME) - born()
        for question in questions:
            index.search(question)
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return {"first": first, "start": since, "resident": peak * 1024}


def born() -> float:
    """When this process was started, in seconds since the machine was."""
    ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])
    return ticks / os.sysconf("SC_CLK_TCK")


def size(data: Path) -> int:
    """Bytes of the index on disk, without the tables that hold the text."""
    number = generations.current(data)
    assert number is not None
    files = sum(file.stat().st_size for file in generations.folder(data, number).rglob("*") if file.is_file())
    store = Store(data / generations.STORE)
    query = "SELECT sum(pgsize) FROM dbstat WHERE name = 'embeddings'"
    (kept,) = store.connection.execute(query).fetchone()
    store.close()
    return files + int(kept)


class Baseline:
    """Exact float32 FAISS and bm25s over the passages of an index."""

    def __init__(self, index: Index) -> None:
        manifest = index._snapshot.manifest
        table = index._snapshot.places.table
        self.flat = faiss.IndexFlatIP(manifest.dimension)
        for block in index._store.vectors(manifest.model, generation=manifest.generation, dimension=manifest.dimension):
            self.flat.add(block)
        vocabulary: dict[str, int] = {}
        known: dict[str, list[int]] = {}

        def numbers(piece: str) -> list[int]:
            if piece not in known:
                known[piece] = [vocabulary.setdefault(word, len(vocabulary)) for word in words(piece)]
            return known[piece]

        corpus = []
        # What an earlier run added and took out again has left empty places at the end.
        for start in tqdm(range(0, self.flat.ntotal, 2048), desc="baseline"):
            rows = table["passage"][start : min(start + 2048, self.flat.ntotal)].tolist()
            passages = index._store.passages(rows)
            for row in rows:
                pieces = [*passages[row].heading.split(" | "), *passages[row].text.split("\n")]
                corpus.append([number for piece in pieces for number in numbers(piece)])
        self.vocabulary = vocabulary
        self.words = bm25s.BM25(backend="numba")
        self.words.index((corpus, vocabulary), show_progress=False)
        self.embed = index.embedder.query_vector

    def search(self, query: str) -> npt.NDArray[np.int64]:
        """The first ten passages by reciprocal rank fusion of both."""
        _, near = self.flat.search(self.embed(query)[None], CANDIDATES)
        numbers = [[self.vocabulary[word] for word in dict.fromkeys(words(query)) if word in self.vocabulary]]
        said = self.words.retrieve(numbers, k=CANDIDATES, show_progress=False).documents[0]
        scores: dict[int, float] = {}
        for ranking in (near[0], said):
            for rank, place in enumerate(ranking.tolist()):
                scores[place] = scores.get(place, 0.0) + 1 / (60 + rank)
        return np.array(sorted(scores, key=lambda place: -scores[place])[:10])


class Exact:
    """An index's vectors, searched exactly in float32, in the place of `DenseIndex`."""

    def __init__(self, index: Index, flat: faiss.Index) -> None:
        self._dense = index._snapshot.dense
        self._flat = flat
        self.spread = self._dense.spread

    def search(
        self, query: npt.NDArray[np.float32], limit: int, allowed: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """See DenseIndex."""
        scores, places = self._flat.search(query[None], limit + int((~allowed).sum()))
        passed = allowed[places[0]]
        return places[0][passed][:limit], scores[0][passed][:limit]

    exact = True

    def scores(self, query: npt.NDArray[np.float32], places: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """See DenseIndex."""
        found: npt.NDArray[np.float32] = self._flat.reconstruct_batch(places) @ query
        return found


def compared(index: Index, questions: Sequence[str]) -> list[Limit]:
    """Search against the baseline, question by question in turns."""
    baseline = Baseline(index)
    ours, theirs = [], []
    for question in tqdm(questions, desc="in turns"):
        index._looked_at.cache_clear()
        ours.append(timed(lambda question=question: index.search(question)))
        theirs.append(timed(lambda question=question: baseline.search(question)))
    ours, theirs = ours[10:], theirs[10:]
    show("search", ours)
    show("exact float32 FAISS and bm25s", theirs)
    snapshot = index._snapshot
    dense, exact = snapshot.dense, Exact(index, baseline.flat)
    allowed = snapshot.places.allowed(Group.ANSWER, None)
    near, same = [], []
    for question in tqdm(questions, desc="recall"):
        vector = index._looked_at(question)[0]
        right = set(exact.search(vector, 10, allowed)[0].tolist())
        places, _ = dense.search(vector, CANDIDATES, allowed)
        nearest = places[np.argsort(-dense.closer_scores(vector, places))[:10]]
        near.append(len(right & set(nearest.tolist())) / len(right))
        hits = {(hit.paper, hit.exchange) for hit in index.search(question)}
        snapshot.dense = exact  # type: ignore[assignment]
        right_hits = {(hit.paper, hit.exchange) for hit in index.search(question)}
        snapshot.dense = dense
        same.append(len(hits & right_hits) / max(len(right_hits), 1))
    print(f"{snapshot.manifest.kind} with {snapshot.manifest.probes} probes, {snapshot.manifest.passages} passages")
    return [
        Limit("times as fast, median", float(np.median(theirs) / np.median(ours)), "", least=8),
        Limit("times as fast, p95", float(np.quantile(theirs, 0.95) / np.quantile(ours, 0.95)), "", least=8),
        Limit("recall at 10 of the nearest vectors", float(np.mean(near)), "", least=0.98),
        Limit("recall at 10 of the whole search", float(np.mean(same)), "", least=0.98),
    ]


def filtered(index: Index, questions: Sequence[str]) -> list[Limit]:
    """Search with a filter that keeps SHARE of the passages against search without, in turns."""
    total = sum(count for _, count in index.ministers())
    name, count = min(index.ministers(), key=lambda each: abs(each[1] / total - SHARE))
    print(f"filter by minister {name!r}: {count / total:.2%} of the answers")
    chosen = Filters(minister=name)
    without, with_filter = [], []
    for question in tqdm(questions, desc="filter"):
        index._looked_at.cache_clear()
        without.append(timed(lambda question=question: index.search(question)))
        index._looked_at.cache_clear()
        with_filter.append(timed(lambda question=question: index.search(question, filters=chosen)))
    show("search without a filter", without)
    show("search with a filter", with_filter)
    return [
        Limit(
            "time with a filter, share of that without", float(np.median(with_filter) / np.median(without)), "", most=1
        )
    ]


def added(data: Path, found: Sequence[recombined.Source], embedder: recombined.Recombined) -> float:
    """Seconds that adding papers takes; they are taken out again."""
    number = 20_000_000 + time.time_ns() % 1_000_000
    names = recombined.officials(found)
    papers = [recombined.paper(number + place, found, names) for place in range(ADDED)]
    seconds = timed(lambda: build.ingest(papers, data, embedder, cutter=one_passage))
    build.remove([paper.id for paper in papers], data)
    return seconds


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(name: str, seconds: Sequence[float]) -> None:
    median, high = np.quantile(seconds, [0.5, 0.95]) * 1000
    print(f"{name:32} median {median:8.1f} ms   p95 {high:8.1f} ms")


if __name__ == "__main__":
    main()
