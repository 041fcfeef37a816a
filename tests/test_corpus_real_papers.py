"""The real papers: header, exchanges and gold quotations, where they are at hand."""

import json
import random
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from corpus.passages import cut
from corpus.readers import read
from corpus.records import Paper, PaperKind, Part, raw_offset

SHARED = Path(__file__).parents[1].parent / "shared"
PAPERS = SHARED / "data" / "kamervragen"
FILES = sorted(PAPERS.glob("*")) if PAPERS.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="the real papers in ../shared/data/kamervragen are not at hand")


@cache
def paper_of(path: Path) -> Paper:
    return read(path)


def folded(text: str) -> str:
    return re.sub(r"[\s\-‐-―«»“”„‘’\"']", "", unicodedata.normalize("NFKC", text).lower())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:40])
def test_header_and_exchanges_are_complete(path: Path) -> None:
    paper = paper_of(path)
    assert paper.id == path.stem
    if path.stem.startswith("kv-"):
        assert paper.kind is PaperKind.QUESTION
        assert paper.asked is not None
        assert paper.askers
        assert all(asker.party for asker in paper.askers)
        assert paper.addressees
        assert all(official.ministry for official in paper.addressees)
        assert paper.subject
        assert paper.exchanges
    else:
        assert paper.kind in {PaperKind.ANSWER, PaperKind.DEFERRAL}
        assert paper.answered is not None
        assert paper.speakers[0].name
        assert all(official.office and official.ministry for official in paper.speakers)
    typed = path.read_bytes()[:3] == b"AH "
    if not typed:
        assert paper.asked is not None
        assert paper.subject
        assert paper.askers
    if path.suffix == ".txt":
        text = path.read_text(encoding="utf-8")
        asked = {
            number for line in re.findall(r"^ ?Vraag (\d[^:?]{0,30}?):? *$", text, re.M) for number in numbers_in(line)
        }
        if asked:
            assert {number for exchange in paper.exchanges for number in exchange.answers} == asked
        answers = len(
            re.findall(r"^ ?Antwoord(?:en)?(?: op)?(?: vra(?:ag|gen))?(?: \d[\d, entm/–-]*)?:? *$", text, re.M)
        )
        if paper.kind is PaperKind.ANSWER:
            assert len([exchange for exchange in paper.exchanges if exchange.answer]) == answers


def numbers_in(label: str) -> set[int]:
    figures = [int(figure) for figure in re.findall(r"\d+", label)]
    return set(range(figures[0], figures[1] + 1)) if "t/m" in label or "-" in label else set(figures)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:40])
def test_passages_are_exact_and_cleaned_text_leads_back(path: Path) -> None:
    paper = paper_of(path)
    for passage in cut(paper):
        exchange = paper.exchanges[passage.exchange]
        side = exchange.answer if passage.part is Part.ANSWER else exchange.question
        assert side[passage.start : passage.end] == passage.text
    chance = random.Random(path.stem)
    for exchange in paper.exchanges:
        for text, knots in ((exchange.question, exchange.question_knots), (exchange.answer, exchange.answer_knots)):
            for _ in range(4 if knots and text else 0):
                place = chance.randrange(len(text))
                raw = raw_offset(knots, place)
                assert raw is not None
                assert text[place].isspace() or paper.raw[raw] == text[place]


def test_every_gold_quotation_stands_in_its_answer() -> None:
    missing = []
    for line in (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        others = [item if isinstance(item, str) else item.get("quote") for item in question.get("more_quotes") or []]
        for quote in filter(None, [question["quote"], *others]):
            answers = [
                folded(exchange.answer)
                for gold in question["gold"]
                for path in FILES
                if path.stem == gold["doc"]
                for exchange in paper_of(path).exchanges
                if set(exchange.answers) & set(gold["answers"])
            ]
            if not any(folded(quote) in answer for answer in answers):
                missing.append((question["id"], quote))
    assert missing == []
