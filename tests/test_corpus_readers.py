"""Files to papers: what is read, what is refused with which words, and what a folder gives."""

# ruff: noqa: E501 - the papers are printed as they are

import json
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from corpus import readers
from corpus.errors import UnreadablePaper
from corpus.readers import SIZE_LIMIT, find_files, read, read_all_bytes, read_bytes
from corpus.records import Member, Official, Paper, PaperKind

TEXT = (
    "AH 12\n2030Z12345\nAntwoord van minister Öztürk (Financiën) (ontvangen 15 april 2031)\n\n"
    "Vraag 1\nWat is één?\n\nAntwoord 1\nDat is « één ».\n"
)
XML = (
    '<?xml version="1.0" encoding="US-ASCII"?><officiele-publicatie><kamervragen><kamervraagkop>'
    '<tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031</tekstregel></kamervraagkop>'
    "<kamervraagnummer>12</kamervraagnummer>"
    '<kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>Wafel</achternaam></naam> '
    "(<politiek>PVM</politiek>) aan de Minister van Financiën over "
    "<kamervraagonderwerp>FICTIEF: wolken</kamervraagonderwerp></kamervraagomschrijving>"
    "<vraag><nr>Vraag 1</nr><al>Wat?</al></vraag><antwoord><nr>Antwoord 1</nr><al>Dit.</al></antwoord>"
    "</kamervragen></officiele-publicatie>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_the_encoding_that_it_has(encoding: str) -> None:
    paper = read_bytes(TEXT.encode(encoding), "a.txt")
    assert paper.speakers == (Official("Öztürk", "Minister", "Financiën"),)
    assert paper.exchanges[0].answer == "Dat is « één »."


def test_xml_that_declares_ascii_but_holds_utf8_is_read(tmp_path: Path) -> None:
    path = tmp_path / "zonder-naam.dat"
    path.write_text(XML, encoding="utf-8")
    paper = read(path)
    assert (paper.id, paper.subject, paper.fictitious) == ("ah-tk-20302031-12", "wolken", True)
    assert paper.askers == (Member("Wafel", "PVM"),)
    assert paper.addressees == (Official("", "Minister", "Financiën"),)
    assert (paper.exchanges[0].question, paper.exchanges[0].answer) == ("Wat?", "Dit.")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", r"^x\.xml: it is empty; "),
        (b" \n\t", r"^x\.xml: it is empty; "),
        (b"%PDF-1.7\n...", r"^x\.xml: it is a damaged PDF; fetch it again"),
        (b"\xd0\xcf\x11\xe0rest", r"^x\.xml: it is an old Word file"),
        (b"<officiele-publicatie><vraag>", r"^x\.xml: its XML is malformed \("),
        (b"<html><body>fout 404</body></html>", r"^x\.xml: it is an error page, not a paper"),
        (b"<lijst><al>Vraag</al></lijst>", r"^x\.xml: its XML \(root 'lijst'\) is no official publication"),
        (b"<!doctype html><p>Vandaag</p>", r"^x\.xml: its HTML holds neither a Kamervraag nor an article"),
        (b'{"id": "a"}', r"^x\.xml: line 1: it has neither exchanges nor a text; mend that line"),
        (b'{"id": "a", "asked": "gisteren", "text": "b"}', r"^x\.xml: line 1: asked: input should be a valid date"),
        (b"PK\x03\x04kapot", r"^x\.xml: it is a damaged or foreign DOCX"),
        (b"\x93\x81\x8d\xff\xfe bytes", r"^x\.xml: it is no valid UTF-8 \(byte 0\); save it as UTF-8"),
        (b"Vandaag scheen de zon.", r"^x\.xml: it is neither a Kamervraag nor prose"),
    ],
)
def test_a_file_that_is_no_paper_is_refused_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePaper, match=reason) as raised:
        read_bytes(content, "x.xml")
    assert "\n" not in str(raised.value)


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "groot.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(readers, "SIZE_LIMIT", 10)
    with pytest.raises(UnreadablePaper, match="larger than"):
        read(path)
    assert SIZE_LIMIT == 50 * 1024 * 1024


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePaper, match=r"weg\.txt: it cannot be opened"):
        read(tmp_path / "weg.txt")


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]><kamervragen><vraag><nr>Vraag 1</nr><al>Wat?&b;&c;</al></vraag>'
        "<antwoord><nr>Antwoord 1</nr><al>Dit.</al></antwoord></kamervragen>"
    )
    assert read_bytes(bomb.encode(), "x.xml").exchanges[0].question == "Wat?"


def test_folders_are_walked_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.xml", "a.docx", ".git/3.txt", "b/.4.txt", "b/5.png", "6.PDF"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    (tmp_path / "zonder-naam").write_text(TEXT, encoding="utf-8")
    (tmp_path / "notities.rst").write_text("Wolken", encoding="utf-8")
    single = tmp_path / "b/5.png"
    found = find_files([tmp_path, single, tmp_path / "b"])
    inside = ("6.PDF", "a.docx", "b/1.xml", "b/2.txt", "zonder-naam")
    assert found == [*(tmp_path / name for name in inside), single]


def exchanges(paper: Paper) -> list[tuple[tuple[int, ...], str, str]]:
    return [(exchange.answers, exchange.question, exchange.answer) for exchange in paper.exchanges]


OLD = (
    '<kamerwrk kamer="2" publtype="aanhang"><metadata><meta name="DC.identifier" content="ah-tk-19981999-77"/></metadata>'
    "<kop/><body><stuk><omschr>Vragen van het lid Wafel (PVM) aan de Minister van Financiën over <ondw>wolken</ondw>. "
    "(Ingezonden 4 maart 1999)</omschr><vragen><nummer>1</nummer><al>Wat?<voetref refid='v1'/></al></vragen>"
    "<vragen><nummer>2</nummer><al>En dan?</al></vragen><omschr>Antwoord van Minister Van Pluis (Financiën). "
    "(Ontvangen 15 april 1999)</omschr><reactie><nummer>1 en 2</nummer><al>Dit.</al></reactie>"
    "<toelicht><kop>Toelichting:</kop><al>Deze vragen dienen ter aanvulling op eerdere vragen.</al></toelicht>"
    "<voetnoot id='v1'><noot.nr>1</noot.nr><al>De Courant.</al></voetnoot></stuk></body></kamerwrk>"
)


def test_the_oldest_xml_is_read_with_its_notes_and_without_the_explanation() -> None:
    paper = read_bytes(OLD.encode(), "oud")
    assert (paper.id, paper.subject, str(paper.answered)) == ("ah-tk-19981999-77", "wolken", "1999-04-15")
    assert exchanges(paper) == [((1, 2), "Wat?\nEn dan?", "Dit.")]
    assert [note.text for note in paper.exchanges[0].notes] == ["De Courant."]


def test_xml_that_holds_only_paragraphs_is_read_as_text() -> None:
    body = "".join(f"<al>{line}</al>" for line in TEXT.split("\n") if line)
    paper = read_bytes(f"<kamerwrk><body>{body}</body></kamerwrk>".encode(), "oud")
    assert (paper.speakers, exchanges(paper)) == (
        (Official("Öztürk", "Minister", "Financiën"),),
        [((1,), "Wat is één?", "Dat is « één ».")],
    )


DEFERRAL = """<!DOCTYPE html><html><head><meta name="DC.identifier" content="ah-tk-20302031-562"></head><body>
<div id="main-column"><h1 class="kamervraagomschrijving_kop">Vragen van het lid Wafel (PVM) aan de Minister van Financiën
over wolken (ingezonden 4 maart 2031).</h1><p class="kamervraagomschrijving">Mededeling van Minister Van Pluis (Financiën)
(ontvangen 15 april 2031).</p>
<div class="vraag"><p class="nummer">Vraag 1, 2</p><p>Wat?</p><ul class="expliciet"><li><p>a. dit?</p></li></ul></div>
<div class="vraag"><h2>Vraag 3</h2><table><caption>Tabel</caption><tr><th>jaar</th><td>2030</td></tr></table></div>
<div class="kamervraagopmerking"><h2>Mededeling</h2><p>De vragen kunnen niet binnen de termijn worden beantwoord.</p></div>
</div></body></html>"""


def test_an_official_page_of_a_deferral_is_read_with_lists_and_tables() -> None:
    paper = read_bytes(DEFERRAL.encode(), "x.txt")
    assert (paper.id, paper.kind, paper.subject) == ("ah-tk-20302031-562", PaperKind.DEFERRAL, "wolken")
    assert exchanges(paper) == [((1, 2), "Wat?\na. dit?", ""), ((3,), "Tabel\njaar | 2030", "")]
    assert paper.notice == "De vragen kunnen niet binnen de termijn worden beantwoord."


def test_a_page_completes_what_its_text_does_not_say() -> None:
    lines = "<br>".join(line for line in TEXT.replace("Dat is", "Dat is een heel lang en<br>breed").split("\n") if line)
    page = f"<html><body><main><h1>Antwoord op vragen van het lid Wafel over wolken</h1><p>{lines}</p></main></html>"
    paper = read_bytes(page.encode(), "x")
    assert (paper.id, paper.subject, paper.askers) == ("ah-tk-20302031-12", "wolken", (Member("Wafel", ""),))
    assert exchanges(paper) == [((1,), "Wat is één?", "Dat is een heel lang en breed « één ».")]


def test_a_file_of_many_papers_gives_all_but_the_bad_lines() -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT}),
        "{kapot",
        json.dumps({"id": "b", "exchanges": [{"answers": [2], "question": "Wat?", "answer": "Zie vraag 3."}]}),
        json.dumps(
            {"id": "c", "url": "https://example.org/c", "exchanges": [{"answer": '"Wij tellen wolken", zei hij.'}]}
        ),
    ]
    found = list(read_all_bytes("\n".join(lines).encode(), "x.jsonl"))
    assert [paper.id if isinstance(paper, Paper) else paper.reason.split(" (")[0][:21] for paper in found] == [
        "a",
        "line 2: invalid JSON:",
        "b",
        "c",
    ]
    kinds = [(paper.kind, paper.url) for paper in found if isinstance(paper, Paper)]
    assert kinds == [
        (PaperKind.ANSWER, ""),
        (PaperKind.ANSWER, ""),
        (PaperKind.OTHER, "https://example.org/c"),
    ]


def test_control_characters_in_a_page_are_left_out() -> None:
    page = DEFERRAL.replace("over wolken", "over\x01 wol&#2;ken").replace("Wat?", "W\x02at?")
    paper = read_bytes(page.encode(), "x")
    assert (paper.subject, paper.exchanges[0].question) == ("wolken", "Wat?\na. dit?")


def test_a_docx_that_cannot_be_unpacked_is_refused_in_one_line() -> None:
    content = bytearray(letter())
    start = content.index(b"word/document.xml") + 60
    content[start : start + 200] = b"\xff" * 200
    with pytest.raises(UnreadablePaper, match="it is a damaged or foreign DOCX") as raised:
        read_bytes(bytes(content), "a.docx")
    assert "\n" not in str(raised.value)


def test_questions_in_the_cells_of_a_table_are_read() -> None:
    document = docx.Document()
    document.add_paragraph("Antwoord van minister Öztürk (Financiën) (ontvangen 15 april 2031)")
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("Vraag 1", "Wat?", "Antwoord 1", "Dit.")):
        table.cell(place // 2, place % 2).text = text
    out = BytesIO()
    document.save(out)
    assert exchanges(read_bytes(out.getvalue(), "x")) == [((1,), "Wat?", "Dit.")]


def letter() -> bytes:
    """A made-up letter: layout tables, the signature before the answers, typed notes and a table in an answer."""
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Datum", "26 augustus 2031"
    table.cell(1, 0).text = "Onderwerp"
    table.cell(1, 1).text = "Beantwoording Kamervragen van het lid Wafel (PVM) over wolken"
    for text in (
        "> Retouradres Postbus 1",
        "In antwoord op uw brief van 8 juli 2031, nr. 2031Z11889, deel ik u mede dat de vragen worden beantwoord.",
        "Mede namens de Minister van Defensie,",
        "de Minister van Financiën",
        "D.M. van Pluis",
        "Antwoorden van de minister van Financiën mede namens de minister van Defensie op Kamervragen van het lid Wafel (PVM) "
        "aan de minister van Financiën over wolken (ingezonden 8 juli 2031, nr. 2031Z11889)",
        "Vraag 1",
        "Kent u dit? [1]",
        "\nAntwoord op vraag 1",
        "Ja.",
    ):
        document.add_paragraph(text)
    rows = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("jaar", "wolken", "2030", "12")):
        rows.cell(place // 2, place % 2).text = text
    document.add_paragraph("[1] De Verzonnen Courant")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_letter_is_read_with_its_table_signature_and_notes() -> None:
    paper = read_bytes(letter(), "Beantwoording wolken.docx")
    assert (paper.id, paper.kind, paper.subject) == ("Beantwoording wolken", PaperKind.ANSWER, "wolken")
    assert (str(paper.asked), str(paper.answered), paper.question_ids) == ("2031-07-08", "2031-08-26", ("2031Z11889",))
    assert paper.askers == (Member("Wafel", "PVM"),)
    assert paper.speakers == (Official("Van Pluis", "Minister", "Financiën"), Official("", "Minister", "Defensie"))
    exchange = paper.exchanges[0]
    assert (exchange.answers, exchange.question, exchange.answer) == (
        (1,),
        "Kent u dit?",
        "Ja.\njaar | wolken\n2030 | 12",
    )
    assert [note.text for note in exchange.notes] == ["De Verzonnen Courant"]


def test_a_zip_that_is_no_docx_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(UnreadablePaper, match="it holds no Word document"):
        read_bytes(out.getvalue(), "a.docx")
