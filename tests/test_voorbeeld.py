"""The example corpus that is shipped: sound, plainly fictitious, and in step with its questions."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

FOLDER = Path(__file__).parents[1] / "corpus" / "voorbeeld"
QUESTIONS = Path(__file__).parent / "data" / "voorbeeld_vragen.jsonl"
PATHS = sorted(FOLDER.glob("*.xml"))

REAL_PARTIES = (
    "50PLUS",
    "BBB",
    "BoerBurgerBeweging",
    "BVNL",
    "CDA",
    "Christen-Democratisch Appèl",
    "ChristenUnie",
    "D66",
    "Democraten 66",
    "DENK",
    "Forum voor Democratie",
    "FVD",
    "FvD",
    "GroenLinks",
    "GroenLinks-PvdA",
    "JA21",
    "Nieuw Sociaal Contract",
    "NSC",
    "Partij van de Arbeid",
    "Partij voor de Dieren",
    "Partij voor de Vrijheid",
    "PvdA",
    "PvdD",
    "PVV",
    "SGP",
    "Socialistische Partij",
    "SP",
    "Staatkundig Gereformeerde Partij",
    "Volkspartij voor Vrijheid en Democratie",
    "Volt",
    "VVD",
)
"""Parties of the real Dutch parliament; compared with their capitals, as "denk" and "volt" are also words."""

CHILDREN = {
    "officiele-publicatie": {"metadata", "kamervragen"},
    "metadata": {"meta"},
    "kamervragen": {
        "kamervraagkop",
        "kamervraagnummer",
        "kamervraagomschrijving",
        "vraag",
        "antwoord",
        "kamervraagopmerking",
    },
    "kamervraagkop": {"tekstregel"},
    "kamervraagomschrijving": {"naam", "politiek", "functie", "organisatie", "kamervraagonderwerp", "datum"},
    "naam": {"voorvoegsels", "achternaam"},
    "vraag": {"nr", "al", "al-groep", "lijst"},
    "antwoord": {"nr", "al", "al-groep", "lijst", "table", "tussenkop"},
    "kamervraagopmerking": {"titel", "al"},
    "al-groep": {"al", "lijst"},
    "lijst": {"li"},
    "li": {"li.nr", "al"},
    "al": {"nadruk", "extref", "noot", "inf", "sup"},
    "noot": {"noot.nr", "noot.al"},
    "noot.al": {"extref", "nadruk"},
    "table": {"title", "tgroup"},
    "tgroup": {"colspec", "thead", "tbody"},
    "thead": {"row"},
    "tbody": {"row"},
    "row": {"entry"},
    "entry": {"al"},
}
"""Which elements may stand directly in which, as in the official format; all others hold text alone."""


def read(path: Path) -> etree._Element:
    return etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def text_of(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def numbers(label: str) -> tuple[int, ...]:
    span = re.search(r"(\d+) t/m (\d+)", label)
    if span:
        return tuple(range(int(span[1]), int(span[2]) + 1))
    return tuple(int(number) for number in re.findall(r"\d+", label))


def answer_paragraphs(root: etree._Element) -> dict[tuple[int, ...], list[str]]:
    """The paragraphs of each answer without their footnotes, by the numbers of the questions it answers."""
    stripped = copy.deepcopy(root)
    etree.strip_elements(stripped, "noot", with_tail=False)
    return {
        numbers(answer.findtext("nr", "")): [text_of(paragraph) for paragraph in answer.iter("al")]
        for answer in stripped.iter("antwoord")
    }


def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_paper_says_in_its_subject_and_at_its_top_that_it_is_fictitious(path: Path) -> None:
    root = read(path)
    assert root.findtext(".//kamervraagonderwerp", "").startswith("FICTIEF – ")
    comment = root.getprevious()
    assert comment is not None
    assert "zijn verzonnen" in str(comment.text)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_paper_is_named_by_its_identifier(path: Path) -> None:
    root = read(path)
    number = root.findtext(".//kamervraagnummer", "")
    record = root.find("metadata/meta[@name='OVERHEIDop.externMetadataRecord']")
    assert path.stem in (f"ah-tk-20982099-{number}", f"kv-tk-{number}")
    assert record is not None
    assert record.get("content") == f"https://example.org/voorbeeld/{path.stem}/metadata.xml"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_paper_holds_only_elements_of_the_official_tree(path: Path) -> None:
    strange = [
        (parent.tag, child.tag)
        for parent in read(path).iter(etree.Element)
        for child in parent.iterchildren(etree.Element)
        if child.tag not in CHILDREN.get(parent.tag, set())
    ]
    assert strange == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_questions_of_a_paper_run_from_one_and_each_is_answered_once_or_none_is(path: Path) -> None:
    root = read(path)
    asked = sorted(number for label in root.findall(".//vraag/nr") for number in numbers(label.text or ""))
    answered = sorted(number for label in root.findall(".//antwoord/nr") for number in numbers(label.text or ""))
    assert asked == list(range(1, len(asked) + 1))
    assert answered in ([], asked)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_party_of_the_real_parliament_occurs(path: Path) -> None:
    words = text_of(read(path))
    assert [party for party in REAL_PARTIES if re.search(rf"\b{re.escape(party)}\b", words)] == []


def test_the_corpus_is_large_enough_to_try_everything() -> None:
    kinds = Counter(
        "vraag"
        if root.find(".//kamervraagomschrijving[@type='antwoord']") is None
        else "uitstel"
        if root.find(".//kamervraagopmerking") is not None
        else "antwoord"
        for root in map(read, PATHS)
    )
    assert len(PATHS) >= 15
    assert kinds["uitstel"] >= 2
    assert kinds["vraag"] >= 3
    assert sum(len(answer_paragraphs(read(path))) for path in PATHS) >= 80


def test_no_two_papers_share_an_identifier() -> None:
    seen = Counter(read(path).findtext(".//kamervraagnummer", "") for path in PATHS)
    assert [number for number, times in seen.items() if times > 1] == []


def test_every_paper_pointed_to_in_the_series_exists() -> None:
    pointed = {number for path in PATHS for number in re.findall(r"2098–2099, nr\. (\d+)", text_of(read(path)))}
    assert pointed != set()
    assert {f"ah-tk-20982099-{number}" for number in pointed} <= {path.stem for path in PATHS}


def test_every_gold_quote_stands_within_one_paragraph_of_its_gold_answer() -> None:
    papers = {path.stem: answer_paragraphs(read(path)) for path in PATHS}
    astray = []
    for question in questions():
        gold = {entry["doc"]: tuple(entry["answers"]) for entry in question["gold"]}
        first = [(doc, question["quote"]) for doc in gold] if question["quote"] else []
        if first and not any(quote in part for doc, quote in first for part in papers[doc][gold[doc]]):
            astray.append((question["id"], question["quote"]))
        for extra in question.get("more_quotes", []):
            if not any(extra["quote"] in part for part in papers[extra["doc"]][gold[extra["doc"]]]):
                astray.append((question["id"], extra["quote"]))
    assert astray == []


def test_gold_quotes_are_between_40_and_300_characters_and_only_unanswerable_questions_lack_one() -> None:
    for question in questions():
        if question["kind"] == "unanswerable" or question.get("verdict") == "not_found":
            assert (question["gold"], question["quote"], question["speaker"]) == ([], None, None), question["id"]
        else:
            assert 40 <= len(question["quote"]) <= 300, question["id"]


def test_the_speaker_of_a_question_is_named_in_the_header_of_a_gold_paper() -> None:
    headers = {path.stem: " ".join(text_of(read(path)).split()) for path in PATHS}
    for question in questions():
        for name in question.get("speakers") or filter(None, [question["speaker"]]):
            assert any(name in headers[entry["doc"]] for entry in question["gold"]), (question["id"], name)


def test_traps_name_papers_that_exist() -> None:
    traps = [question["trap"].partition(":") for question in questions() if question["kind"] == "unanswerable"]
    assert {doc for _, _, doc in traps} <= {path.stem for path in PATHS}


def test_no_question_shares_six_words_in_a_row_with_a_paper() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[start : start + 6]) for start in range(len(words) - 5)}

    printed = set().union(*(runs(text_of(read(path))) for path in PATHS))
    assert [question["id"] for question in questions() if runs(question["question"]) & printed] == []


def test_question_identifiers_are_numbered_without_gaps() -> None:
    assert [question["id"] for question in questions()] == [f"vb-{place:03}" for place in range(1, 61)]
