"""References that travel are read back by real parsers of each format, whatever characters they hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from chatbot.bibliography import as_text
from chatbot.citations import cite, question_needed
from chatbot.records import Answer, Citation
from chatbot.references import FORMATS, bibtex, csl, formatted, markdown, plain, ris
from corpus.records import Exchange, Official, Paper, PaperKind

ANSWER = "Ja. Er is 12 % meer nodig: € 5.000 & {iets} voor R_D #1."
PAPER = Paper(
    id="ah-tk-20982099-17",
    kind=PaperKind.ANSWER,
    subject="de brug & het 100%-plan",
    exchanges=(Exchange(answers=(2,), question="Gaat de brug open?", answer=ANSWER),),
    number=17,
    session_year="2098-2099",
    question_ids=("2099Z00017",),
    speakers=(Official("Van Elk", "Minister", "Financiën"), Official("", "Minister", "Defensie")),
    answered=date(2099, 5, 1),
)
CITED = cite(PAPER, 0, 4, len(ANSWER), 1)
WHO = "minister Van Elk (Financiën), mede namens de minister (Defensie), 1 mei 2099"
REFERENCE = "Aanhangsel Handelingen II 2098/99, nr. 17, antwoord 2"


def test_plain_text_is_what_a_newspaper_prints() -> None:
    assert plain(CITED) == (
        f"“{CITED.quote}”, antwoordde minister Van Elk (Financiën), mede namens de minister (Defensie) op 1 mei 2099 "
        f"({REFERENCE}).\n{CITED.url}"
    )


def test_markdown_quotes_and_links() -> None:
    assert markdown(CITED) == (
        "> Er is 12 % meer nodig: € 5.000 & \\{iets\\} voor R\\_D \\#1.\n>\n"
        "> — minister Van Elk (Financiën), mede namens de minister (Defensie), 1 mei 2099, "
        f"[{REFERENCE}](<{CITED.url}>)"
    )


def test_bibtex_is_read_back() -> None:
    entry = parse_string(bibtex(CITED), "bibtex").entries["ah-tk-20982099-17-v2-4"]
    fields = {name: LatexNodes2Text().latex_to_text(value) for name, value in entry.fields.items()}
    assert (entry.type, fields["title"], fields["howpublished"], fields["note"], fields["date"]) == (
        "misc",
        PAPER.subject,
        REFERENCE,
        f"“{CITED.quote}”, {WHO}",
        "2099-05-01",
    )
    assert entry.fields["url"] == CITED.url
    assert len(entry.persons["author"]) == 2


def test_ris_is_read_back() -> None:
    (record,) = rispy.loads(ris(CITED))
    assert (record["type_of_reference"], record["title"], record["authors"], record["year"], record["notes"]) == (
        "GOVDOC",
        PAPER.subject,
        ["Van Elk"],
        "2099",
        [f"“{CITED.quote}”, {WHO}"],
    )
    assert record["urls"] == [CITED.url]


def test_csl_json_is_read_back() -> None:
    source = CiteProcJSON(json.loads(FORMATS["csl-json"]([CITED])))
    item = source["ah-tk-20982099-17-v2-4"]
    assert ("".join(item["title"]), item["issued"].year, item["author"][0].family) == (PAPER.subject, 2099, "Van Elk")


def test_a_refusal_has_no_references() -> None:
    refused = Answer(abstained=True, nearest=(CITED,))
    assert [formatted(refused, name) for name in FORMATS] == ["", "", "", "", "[]"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Ab1 \\{}%&$#_~^\"'“”[]()<>@,.-–€é\n", min_size=1, max_size=40).filter(str.strip))
def test_no_quotation_breaks_a_format(quote: str) -> None:
    cited: Citation = replace(CITED, quote=quote, subject=quote)
    assert len(parse_string(bibtex(cited), "bibtex").entries) == 1
    assert len(rispy.loads(ris(cited))) == 1
    assert json.loads(json.dumps(csl(cited))) == csl(cited)
    assert all(line.startswith(">") for line in markdown(cited).splitlines())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_the_words_and_the_reference(name: str) -> None:
    assert "5.000" in formatted(Answer(citations=(CITED,)), name)
    assert "nr. 17, antwoord 2" in formatted(Answer(citations=(CITED,)), name)


YES = replace(PAPER.exchanges[0], answers=(2, 3), question="Klopt dit?\nWaarom?", answer="Ja.")


def test_a_quotation_that_says_nothing_alone_brings_its_question_in_every_form() -> None:
    cited = cite(replace(PAPER, exchanges=(YES,), speakers=PAPER.speakers[:1]), 0, 0, 3, 1)
    asked = "op vragen 2 en 3 («Klopt dit? Waarom?»)"
    reference_ = "Aanhangsel Handelingen II 2098/99, nr. 17, antwoord 2 en 3"
    assert plain(cited) == (
        f"“Ja.”, antwoordde minister Van Elk (Financiën) op 1 mei 2099 {asked} ({reference_}).\n{cited.url}"
    )
    assert markdown(cited).startswith("> *Op vragen 2 en 3 («Klopt dit? Waarom?»):*\n>\n> Ja.\n>\n> — minister Van Elk")
    assert as_text(cited) == (
        "“Ja.”\nOp vragen 2 en 3 («Klopt dit? Waarom?»)\nminister Van Elk (Financiën), 1 mei 2099\n"
        f"{reference_}. {cited.url}"
    )
    note = f"“Ja.”, minister Van Elk (Financiën), 1 mei 2099, {asked}"
    assert csl(cited)["note"] == note
    assert rispy.loads(ris(cited))[0]["notes"] == [note]
    assert (
        LatexNodes2Text().latex_to_text(
            parse_string(bibtex(cited), "bibtex").entries["ah-tk-20982099-17-v2-3-0"].fields["note"]
        )
        == note
    )


@pytest.mark.parametrize(
    ("quote", "needed"),
    [
        ("Ja.", True),
        ("Geen van beide.", True),
        ("Dat is het kabinet op dit moment niet van plan te doen.", True),
        ("Er is 12 % meer nodig voor de brug over de rivier.", False),
        ("Nee, want het kabinet kiest ervoor om de brug over de rivier voorlopig niet te vervangen.", True),
        ("Zie het antwoord op vraag 1 en de brief die de Kamer hierover in het voorjaar heeft gekregen.", True),
        ("Dat is niet juist: de brug is in het voorjaar al open gegaan, zoals aan de Kamer is geschreven.", True),
        ("Jaren geleden is de brug al opengegaan, zoals destijds aan de Kamer is geschreven in een brief.", False),
        ("Het kabinet kiest ervoor om de brug over de rivier voorlopig niet te vervangen door een tunnel.", False),
    ],
)
def test_what_takes_its_sense_from_the_question_is_known_by_its_length_or_opening(quote: str, needed: bool) -> None:
    paper = replace(PAPER, exchanges=(replace(YES, answer=quote),))
    assert question_needed(cite(paper, 0, 0, len(quote), 1)) == ("Klopt dit? Waarom?" if needed else "")
