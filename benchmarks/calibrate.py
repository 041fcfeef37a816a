"""Fit chatbot/weights.json on questions with known answers, and print what holds under cross-validation.

    python benchmarks/calibrate.py [--corpus PAPERS=QUESTIONS.jsonl[,MORE.jsonl] ...] [--cache FILE] [--write]

Each corpus is indexed whole and several times without a part of its papers: a question whose paper is left out
is honestly unanswerable there, on topic and in its asker's own words. `benchmarks/questions/elders.jsonl` adds
questions that no collection of these papers answers. All copies of a question stay in one fold, and so do all
questions about one paper. Without --corpus the example papers are used, and the papers of ../shared where they are.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from followups import rows
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from chatbot import refusal
from chatbot.asked import understand
from chatbot.evidence import SENTENCE_SIGNS, gather
from chatbot.support import EXCHANGE_SIGNS, MOST_SURE, Support, weigh
from chatbot.weights import Weights
from corpus.errors import UnreadablePaper
from corpus.readers import find_files, read
from corpus.records import Paper
from index import build
from index.embedder import Embedder, Vectors, load
from index.search import Index
from index.senses import Senses

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OURS = ROOT / "benchmarks" / "questions"
ELSEWHERE = OURS / "elders.jsonl"
DEFAULT = [
    f"{ROOT / 'corpus' / 'voorbeeld'}={ROOT / 'tests' / 'data' / 'voorbeeld_vragen.jsonl'},{OURS / 'voorbeeld.jsonl'}"
]
if SHARED.is_dir():
    NOVEMBER = [SHARED / "eval" / "dev.jsonl"]
    NOVEMBER += [OURS / f"{name}.jsonl" for name in ("november_2024", "novemberweek_oneven", "novemberweek_even")]
    DEFAULT.append(f"{SHARED / 'data' / 'kamervragen'}={','.join(map(str, NOVEMBER))}")
WEIGHTS = ROOT / "chatbot" / "weights.json"
FOLDS = 8
LEFT_OUT = 4
"""In so many parts the papers are divided, each of which is left out once."""
WRONG_REFUSALS = 0.05
"""Share of answerable questions that the threshold may refuse, cross-validated."""
HITS = 20
STRENGTH = 0.3
"""Of the fit: smaller keeps weights nearer to 0."""


class Remembering(Embedder):
    """The bundled model, with what it embedded before kept in a file: the same papers are indexed many times."""

    def __init__(self, file: Path) -> None:
        self._model = load()
        self.name, self.dimension, self.senses = self._model.name, self._model.dimension, self._model.senses
        self._file = file
        self._known: dict[str, npt.NDArray[Any]] = dict(np.load(file)) if file.is_file() else {}

    def query_vector(self, text: str) -> Vectors:
        """See Embedder."""
        return self.query_looked_at(text)[0]

    def query_looked_at(self, text: str) -> tuple[Vectors, Senses | None]:
        """See Embedder."""
        return self._model.query_looked_at(text)

    def passage_vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """See Embedder."""
        return self.passages_looked_at(texts, progress=progress)[0]

    def passages_looked_at(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[bytes]]:
        """See Embedder."""
        new = [text for text in texts if f"{_key(text)}-words" not in self._known]
        if new:
            for text, vector, words in zip(new, *self._model.passages_looked_at(new, progress=progress), strict=True):
                self._known[_key(text)] = vector
                self._known[f"{_key(text)}-words"] = np.frombuffer(words, dtype=np.uint8)
        vectors = np.stack([self._known[_key(text)] for text in texts])
        return vectors, [self._known[f"{_key(text)}-words"].tobytes() for text in texts]

    def save(self) -> None:
        """Write the file."""
        np.savez(self._file, **self._known)


def _key(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


Numbers = npt.NDArray[np.float64]


@dataclass(slots=True)
class Case:
    """One question over one index. `whole`: no paper was left out of that index.

    For each sentence: a row of `sentences`, its exchange among `exchanges` in `owners`, and whether it is the noted
    evidence in `noted`. For each exchange: a row of `exchanges`, whose SENTENCE column is filled in by a model of
    sentences, its signs that count for the decision in `lacks`, and whether it answers in `right`.
    """

    row: dict[str, Any]
    corpus: str
    whole: bool
    answerable: bool
    sentences: Numbers
    owners: npt.NDArray[np.int64]
    noted: npt.NDArray[np.bool_]
    exchanges: Numbers
    lacks: list[dict[str, float]]
    right: npt.NDArray[np.bool_]
    surroundings: dict[str, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case: the probability that it is answerable, and whether what is quoted is right."""

    probability: float = 0.0
    first: bool = False
    several: bool = False
    sentence: bool = False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="append", metavar="PAPERS=QUESTIONS", help="a folder and its questions")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir(), "kamerantwoord-calibrate.npz"))
    parser.add_argument("--write", action="store_true", help="write chatbot/weights.json")
    parser.add_argument("--show", action="store_true", help="print each question decided wrongly")
    options = parser.parse_args()
    cases = prepared(options.corpus or DEFAULT, options.cache)
    print(f"{len(cases)} cases, {sum(case.answerable for case in cases)} of them answerable")
    outcomes: dict[int, Outcome] = {}
    groups = [case.row["gold"][0]["doc"] if case.row["gold"] else case.row["id"] for case in cases]
    for train, test in GroupKFold(FOLDS).split(cases, groups=groups):
        models = fit([cases[place] for place in train])
        outcomes |= {int(place): outcome(cases[place], *models) for place in test}
    threshold = report(cases, [outcomes[place] for place in range(len(cases))], options.show)
    sentence, exchange, decision = fit(cases)
    decided = list(signs(cases[0], sentence, exchange))
    document = json.loads(WEIGHTS.read_text(encoding="utf-8")) | {
        "sentence": sentence.named(SENTENCE_SIGNS),
        "support": exchange.named(EXCHANGE_SIGNS),
        "refusal": decision.named(decided, threshold),
    }
    print(json.dumps(document, indent=2))
    if options.write:
        WEIGHTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def prepared(corpora: Sequence[str], cache: Path) -> list[Case]:
    """All cases of these corpora."""
    embedder = Remembering(cache)
    cases = [case for corpus in corpora for case in _cases(corpus, embedder)]
    embedder.save()
    return cases


def _cases(corpus: str, embedder: Remembering) -> Iterator[Case]:
    folder, _, listed = corpus.rpartition("=")
    rows = [row for file in [*listed.split(","), str(ELSEWHERE)] for row in _rows(Path(file))]
    papers = list(_papers(Path(folder)))
    wanted = sorted({place["doc"] for row in rows for place in row["gold"]})
    parts = [frozenset[str]()] + [frozenset(wanted[part::LEFT_OUT]) for part in range(LEFT_OUT)]
    for number, left_out in enumerate(parts):
        with tempfile.TemporaryDirectory() as data:
            build.ingest((paper for paper in papers if paper.id not in left_out), Path(data), embedder)
            with Index.open(Path(data), embedder=embedder) as index:
                for row in rows:
                    touched = any(place["doc"] in left_out for place in row["gold"])
                    chosen = bool(row["gold"]) and _hash(row["id"]) % LEFT_OUT == number - 1
                    case = _case(index, row, Path(folder).name, left_out) if not number or touched or chosen else None
                    if case is not None:
                        yield case


def _case(index: Index, row: dict[str, Any], corpus: str, left_out: frozenset[str]) -> Case | None:
    question = row["question"]
    hits = index.search(question, limit=HITS)
    asked = understand(index, question)
    gold = {
        (place["doc"], number)
        for place in row["gold"]
        if place["doc"] not in left_out
        for number, exchange in enumerate(index.paper(place["doc"]).exchanges)
        if exchange.answer and set(exchange.answers) & set(place["answers"])
    }
    evidence = gather(index, asked, hits, weights=Weights(0.0, {}, 0.5), most=10_000)
    supports = weigh(index, asked, hits, evidence, weights=Weights(0.0, {}, 0.5))
    if not supports:
        return None
    places = {(item.paper, item.exchange): number for number, item in enumerate(supports)}
    return Case(
        row=row, corpus=corpus, whole=not left_out, answerable=bool(gold),
        sentences=np.array([list(item.signs.values()) for item in evidence]),
        owners=np.array([places[(item.citation.paper, item.citation.exchange)] for item in evidence]),
        noted=np.array([bool(gold) and holds(row, item.citation.quote) for item in evidence]),
        exchanges=np.array([list(item.signs.values()) for item in supports]),
        lacks=[{name: item.signs[name] for name in refusal.LACKS} for item in supports],
        right=np.array([(item.paper, item.exchange) in gold for item in supports]),
        surroundings=refusal.surroundings(index, asked, hits, index.search_questions(question, limit=refusal.OPEN)),
    )  # fmt: skip


def _papers(folder: Path) -> Iterator[Paper]:
    for file in find_files([folder]):
        try:
            yield read(file)
        except UnreadablePaper as error:
            print(f"{file}: {error.reason}; skipped")


def _rows(file: Path) -> list[dict[str, Any]]:
    return [row for row in rows(file) if row["kind"] != "followup"]


def _hash(text: str) -> int:
    return int(sha256(text.encode()).hexdigest(), 16)


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic model over columns."""

    bias: float
    slopes: Numbers

    def log_odds(self, values: Numbers) -> Numbers:
        """For each row; within the bounds that `support.log_odds` keeps."""
        found: Numbers = np.clip(values @ self.slopes + self.bias, -MOST_SURE, MOST_SURE)
        return found

    def named(self, names: Sequence[str], threshold: float = 0.5) -> dict[str, Any]:
        """As weights.json has it."""
        weights = {name: round(float(slope), 4) for name, slope in zip(names, self.slopes, strict=True)}
        return {"bias": round(self.bias, 4), "weights": weights, "threshold": round(threshold, 4)}


def fitted(
    values: Numbers,
    labels: Sequence[bool] | Numbers,
    weights: Sequence[float] | None = None,
    strength: float = STRENGTH,
) -> Fit:
    """A logistic model over standardised columns, written over the columns as they are."""
    mean, spread = values.mean(0), np.maximum(values.std(0), 1e-3)
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit((values - mean) / spread, labels, sample_weight=weights)
    slopes = model.coef_[0] / spread
    return Fit(float(model.intercept_[0] - (slopes * mean).sum()), slopes)


def fit(cases: Sequence[Case]) -> tuple[Fit, Fit, Fit]:
    """The three models: of sentences, of exchanges, of the decision."""
    known = [(case, case.right[case.owners]) for case in cases if case.whole and case.noted.any()]
    sentence = fitted(
        np.concatenate([case.sentences[within] for case, within in known]),
        np.concatenate([case.noted[within] for case, within in known]),
    )
    exchange = fitted(
        np.concatenate([filled(case, sentence) for case in cases]), np.concatenate([case.right for case in cases])
    )
    answerable = [case.answerable for case in cases]
    values = np.array([list(signs(case, sentence, exchange).values()) for case in cases])
    decision = fitted(values, answerable, balanced(answerable))
    return sentence, exchange, decision


def balanced(labels: Sequence[bool]) -> list[float]:
    """Weights by which those labelled count as much together as the others."""
    share = float(np.mean(labels))
    return [0.5 / share if yes else 0.5 / (1 - share) for yes in labels]


def filled(case: Case, sentence: Fit) -> Numbers:
    """The signs of a case's exchanges, with what the model of sentences says."""
    best = np.full(len(case.exchanges), -np.inf)
    np.maximum.at(best, case.owners, sentence.log_odds(case.sentences))
    values = case.exchanges.copy()
    values[:, EXCHANGE_SIGNS.index("sentence")] = best
    return values


def signs(case: Case, sentence: Fit, exchange: Fit) -> dict[str, float]:
    """The signs of the decision, as `refusal.look` has them."""
    sure = 1 / (1 + np.exp(-exchange.log_odds(filled(case, sentence))))
    order = np.argsort(-sure)
    supports = [Support("", int(place), float(sure[place]), case.lacks[place]) for place in order]
    return refusal.standing(supports) | case.surroundings


def outcome(case: Case, sentence: Fit, exchange: Fit, decision: Fit) -> Outcome:
    """What these models make of a case."""
    odds = exchange.log_odds(filled(case, sentence))
    values = np.array(list(signs(case, sentence, exchange).values()))
    right = case.right[np.argsort(-odds)]
    quoted = np.argsort(-(sentence.log_odds(case.sentences) + odds[case.owners]))[:5]
    probability = 1 / (1 + float(np.exp(-(values @ decision.slopes + decision.bias))))
    return Outcome(probability, bool(right[:1].any()), bool(right[:4].any()), bool(case.noted[quoted].any()))


def holds(row: dict[str, Any], text: str) -> bool:
    """Whether a sentence is the noted evidence, or a part of it, or holds it; never where none is noted."""
    text = _folded(text)
    quotes = [
        *([_folded(row["quote"])] if row["quote"] else []),
        *(_folded(more["quote"]) for more in row.get("more_quotes") or []),
    ]
    return any(quote in text or (len(text) >= 40 and text in quote) for quote in quotes)


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s\-‐-―\u00ad\"'«»“”„‘’‹›`´]", "", text)


def report(cases: Sequence[Case], outcomes: Sequence[Outcome], show: bool) -> float:
    """Print what holds on questions not fitted on; the threshold that keeps wrong refusals in bounds."""
    answerable = np.array([case.answerable for case in cases])
    whole = np.array([case.whole for case in cases])
    probabilities = np.array([each.probability for each in outcomes])
    corpora = np.array([case.corpus for case in cases])
    threshold = float(np.mean([
        np.quantile(probabilities[answerable & whole & (corpora == name)], WRONG_REFUSALS)
        for name in sorted(set(corpora))
    ]))  # fmt: skip
    print(f"threshold {threshold:.4f}")
    kinds = {
        "asked by others": lambda case: case.whole and not case.row["id"].startswith(("el-", "nb-", "vn-")),
        "close by": lambda case: case.whole and case.row["id"].startswith(("nb-", "vn-")),
        "elsewhere": lambda case: case.whole and case.row["id"].startswith("el-"),
        "paper left out": lambda case: not case.whole,
    }
    for corpus in sorted({case.corpus for case in cases}):
        for name, belongs in kinds.items():
            mine = [place for place, case in enumerate(cases) if case.corpus == corpus and belongs(case)]
            no = [place for place in mine if not answerable[place]]
            yes = [place for place in mine if answerable[place]]
            line = f"{corpus:12} {name:16}"
            if no:
                line += f" refused rightly {np.mean(probabilities[no] < threshold):6.1%} of {len(no):4}"
                if yes:
                    at = float(np.quantile(probabilities[yes], 0.05))
                    line += f" (at 5 % wrong: {np.mean(probabilities[no] < at):6.1%})"
            if yes:
                line += f" wrongly {np.mean(probabilities[yes] < threshold):6.1%} of {len(yes):4}"
                line += f" first right {np.mean([outcomes[place].first for place in yes]):6.1%}"
                line += f" any {np.mean([outcomes[place].several for place in yes]):6.1%}"
                line += f" sentence {np.mean([outcomes[place].sentence for place in yes]):6.1%}"
            print(line)
    for place in np.argsort(probabilities) if show else ():
        case = cases[place]
        if case.whole and answerable[place] != (probabilities[place] >= threshold):
            kind = "refused" if answerable[place] else "ANSWERED"
            print(f"{kind} {probabilities[place]:.3f} {case.corpus} {case.row['id']} {case.row['question']}")
    return threshold


if __name__ == "__main__":
    main()
