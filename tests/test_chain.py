"""The chain over the example papers: exact quotations, their speakers, refusals, follow-ups; and the command line."""

from __future__ import annotations

import json
from functools import reduce
from operator import add
from pathlib import Path

import pytest
from langchain_core.runnables import Runnable

from chatbot.chain import build_chain
from chatbot.citations import verify
from chatbot.cli import main
from chatbot.records import Answer, Request, Turn
from chatbot.settings import Settings
from index.records import Filters
from index.search import Index

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "corpus" / "voorbeeld"
QUESTIONS = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "voorbeeld_vragen.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def chain(index: Index, data: Path) -> Runnable[Request, Answer]:
    return build_chain(index, Settings(data=data))


def test_every_quotation_over_all_questions_is_exact_and_has_its_speaker(
    index: Index, chain: Runnable[Request, Answer]
) -> None:
    answers = chain.batch([Request(question["question"]) for question in QUESTIONS])
    citations = [citation for answer in answers for citation in (*answer.citations, *answer.nearest)]
    assert len(citations) > len(QUESTIONS)
    for citation in citations:
        verify(citation, index.paper(citation.paper))
        assert all(speaker.office and speaker.ministry for speaker in citation.speakers)
        assert citation.speakers
        assert citation.fictitious
    for answer in answers:
        assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        assert all(f"“{citation.quote}” [{citation.n}]" in answer.text for citation in answer.citations)
        assert answer.abstained == (not answer.citations)


def test_most_questions_find_the_right_answer_first_and_few_are_refused(chain: Runnable[Request, Answer]) -> None:
    answerable = [question for question in QUESTIONS if question["gold"] and question["kind"] != "followup"]
    first, refused = 0, 0
    for question in answerable:
        answer = chain.invoke(Request(question["question"]))
        gold = {(place["doc"], number) for place in question["gold"] for number in place["answers"]}
        hit = answer.hits[0]
        first += bool({(hit.paper, number) for number in hit.answers} & gold)
        refused += answer.abstained
    assert first >= 0.6 * len(answerable)
    assert refused <= 0.15 * len(answerable)


def test_a_clue_that_was_taken_away_counts_no_more_in_this_question_nor_in_those_that_lean_on_it(
    index: Index, chain: Runnable[Request, Answer]
) -> None:
    name = index.ministers()[0][0]
    question = f"Wat antwoordde {name} over de afhankelijkheid van buitenlandse cloudleveranciers?"
    whole, without = (chain.invoke(Request(question, without=texts)) for texts in ((), (name,)))
    assert [clue.text for clue in whole.clues] == [name]
    assert (without.clues, without.without) == ((), (name,))
    assert {hit.paper: hit.score for hit in whole.hits} != {hit.paper: hit.score for hit in without.hits}
    assert [hit.score for hit in without.hits] == [hit.score for hit in index.search(question, clues=(), limit=20)]
    later = chain.invoke(Request("En wanneer?", history=(Turn(question, without),)))
    assert (later.clues, later.without) == ((), (name,))


def test_the_streamed_parts_are_the_whole_answer(chain: Runnable[Request, Answer]) -> None:
    request = Request("Waarom vindt Schorreland geen nieuwe tandarts?")
    parts = list(chain.stream(request))
    whole, streamed = chain.invoke(request), reduce(add, parts)
    assert len(parts) > 2
    assert (streamed.text, streamed.citations, streamed.hits) == (whole.text, whole.citations, whole.hits)
    assert set(whole.milliseconds) == {"retrieve", "answer", "total"}


def test_a_question_outside_the_papers_is_refused_with_what_comes_closest(chain: Runnable[Request, Answer]) -> None:
    answer = chain.invoke(Request("Wie won in 1988 het Europees kampioenschap voetbal?"))
    assert answer.abstained
    assert answer.citations == ()
    assert 1 <= len(answer.nearest) <= 3
    assert "geen antwoord op deze vraag" in answer.text


def test_a_follow_up_is_understood_from_the_conversation(chain: Runnable[Request, Answer]) -> None:
    question = "Waarom vindt Schorreland geen nieuwe tandarts?"
    first = chain.invoke(Request(question))
    second = chain.invoke(Request("en wat doet de minister daaraan?", history=(Turn(question, first),)))
    assert second.searched == f"{question} en wat doet de minister daaraan?"
    assert second.hits[0].paper == first.hits[0].paper == "ah-tk-20982099-221"


def test_filters_leave_only_what_they_let_through(index: Index, chain: Runnable[Request, Answer]) -> None:
    answer = chain.invoke(Request("clouddiensten", filters=Filters(ministry="Defensie")))
    assert answer.hits
    assert {speaker.ministry for hit in answer.hits for speaker in index.paper(hit.paper).speakers if speaker.name} == {
        "Defensie"
    }


def test_a_very_long_question_is_answered_or_refused_without_failing(chain: Runnable[Request, Answer]) -> None:
    assert chain.invoke(Request("tandarts " * 1200)).text


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not xml", b"Recept voor soep.\nSnijd de ui.", b"\xff\xfe\x00\xd8"])
def test_bad_files_are_named_and_stop_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "bad.xml").write_bytes(content)
    (tmp_path / "good.xml").write_bytes((EXAMPLES / "ah-tk-20982099-57.xml").read_bytes())
    assert main(["ingest", str(tmp_path), "--data", str(tmp_path / "index")]) == 1
    shown = capsys.readouterr().out
    assert "1 added, 0 replaced, 0 unchanged, 1 skipped" in shown
    assert "bad.xml" in shown
    assert main(["ingest", str(tmp_path / "good.xml"), "--data", str(tmp_path / "index")]) == 0
    assert "0 added, 0 replaced, 1 unchanged, 0 skipped" in capsys.readouterr().out


def test_an_empty_folder_and_a_missing_index_have_their_exit_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", str(tmp_path), "--data", str(tmp_path / "index")]) == 1
    assert "no papers here" in capsys.readouterr().err
    assert main(["ask", "Wat?", "--data", str(tmp_path / "index")]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["ingest", str(tmp_path / "nowhere")]) == 2
    assert main(["ask", "--batch", "x.jsonl"]) == 2
    with pytest.raises(SystemExit, match="2"):
        main(["search", "brug", "--since", "gisteren"])


def test_the_papers_of_the_index_are_printed_as_the_contract_says(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["papers", "--json", "--data", str(data)]) == 0
    papers = {paper["paper"]: paper for paper in json.loads(capsys.readouterr().out)}
    assert len(papers) == len(list(EXAMPLES.glob("*.xml")))
    paper = papers["ah-tk-20982099-118"]
    assert (paper["kind"], paper["number"], paper["session_year"]) == ("antwoord", 118, "2098-2099")
    assert paper["speakers"] == [{"name": "Brandemeer", "office": "Minister", "ministry": "Defensie"}]
    assert (paper["asked"], paper["answered"], len(paper["exchanges"])) == ("2098-09-17", "2098-10-16", 7)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            ["--minister", "Lindewaater"],
            "--minister 'Lindewaater': no paper here bears this name; did you mean Lindewater",
        ),
        (["--party", "q"], "--party 'q': no paper here bears this name; `kamerantwoord papers` shows what they hold"),
        (["--ministry", "Defensie", "--minister", "Brandemeer"], ""),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_filter_by_a_name_that_no_paper_bears_is_told(
    data: Path, capsys: pytest.CaptureFixture[str], command: str, options: list[str], told: str
) -> None:
    main([command, "tandarts", *options, "--data", str(data)])
    first = capsys.readouterr().err.partition("\n")[0]
    assert first.startswith(f"kamerantwoord: {told}") if told else "bears this name" not in first


def test_hits_without_the_words_are_told_from_hits_with_them(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "tandarts", "--data", str(data)]) == 0
    assert capsys.readouterr().err == ""
    assert main(["search", "zeppelinmonteur", "--data", str(data)]) == 0
    assert capsys.readouterr().err == (
        "kamerantwoord: no answer holds the words 'zeppelinmonteur'; these come nearest\n"
    )


NAMED = "Waarom vindt Schorreland volgens minister Lindewater geen nieuwe tandarts?"


def test_the_command_line_says_what_was_recognised_in_a_question_and_why_it_was_answered(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", NAMED, "--explain", "--threshold", "0", "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "In de vraag herkend, en daarom voorop gezet: bewindspersoon Lindewater." in shown
    assert "filters: none\nclue: “Lindewater” (minister): first minister Lindewater\n" in shown
    assert "answered: probability 0." in shown
    assert main(["ask", NAMED, "--explain", "--json", "--threshold", "1", "--ministry", "X", "--data", str(data)]) == 1
    printed = json.loads(capsys.readouterr().out)
    clue = {"kind": "minister", "text": "Lindewater", "filters": {"minister": "Lindewater"}, "sure": False}
    assert printed["understood"] == printed["explanation"]["clues"] == [clue]
    assert printed["filters"] == {"ministry": "X"}
    assert printed["abstained"]


def test_the_command_line_prints_citations_alone_for_other_programs(
    data: Path, chain: Runnable[Request, Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    question = "Waarom vindt Schorreland geen nieuwe tandarts?"
    cited = chain.invoke(Request(question)).citations
    assert main(["ask", question, "--format", "csl-json", "--data", str(data)]) == 0
    items = json.loads(capsys.readouterr().out)
    assert all(item["note"].startswith(f"“{each.quote}”, ") for item, each in zip(items, cited, strict=True))
    assert main(["ask", question, "--format", "ris", "--json", "--data", str(data)]) == 2
    assert "--format prints citations alone" in capsys.readouterr().err


def test_a_batch_explains_whether_a_question_was_taken_to_go_on_from_the_one_before(data: Path, tmp_path: Path) -> None:
    turns = [{"question": "Waarom vindt Schorreland geen nieuwe tandarts?"}]
    questions = [{"question": "en wanneer is dat klaar?", "history": turns}, turns[0]]
    file, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    file.write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    assert main(["ask", "--batch", str(file), "--out", str(out), "--explain", "--data", str(data)]) == 0
    leaning, first = (json.loads(line)["explanation"] for line in out.read_text(encoding="utf-8").splitlines())
    assert leaning["follow_up"]["probability"] >= leaning["follow_up"]["threshold"]
    assert {"sign", "value", "added"} == leaning["follow_up"]["reasons"][0].keys()
    assert "follow_up" not in first
