"""PDF files: pages, notes, broken words, tables and running heads; and what is refused."""

from io import BytesIO

import pytest
from made_papers import Printer
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadablePaper
from corpus.readers import read_bytes
from corpus.records import Official, page_number, raw_offset

LONG = "De verantwoordelijkheid voor de wolkentelling ligt bij de weersafdeling van het rijk en bij niemand anders. "
HEAD = (
    "Vragen van het lid Wafel (PVM) aan de Minister van Financiën over wolken (ingezonden 4 maart 2031).",
    "Antwoord van Minister Van Pluis (Financiën) (ontvangen 15 april 2031).",
)


def printed() -> bytes:
    printer = Printer(9901)
    for line in ("9901", *HEAD):
        printer.paragraph(line)
    printer.gap()
    printer.paragraph("Vraag 1", bold=True)
    printer.notes.append((1, "De Verzonnen Courant, 1 maart 2031."))
    printer.paragraph("Kent u het bericht over wolken?", "1")
    printer.gap()
    printer.paragraph("Antwoord 1", bold=True)
    for number in range(14):
        printer.paragraph(f"Alinea {number}. " + LONG * 4)
    printer.paragraph("– een lijst;")
    printer.paragraph("– die doorgaat.")
    return printer.finished()


def test_the_official_layout_is_read_with_its_pages_notes_and_paragraphs() -> None:
    paper = read_bytes(printed(), "x.dat")
    assert (paper.id, paper.speakers) == ("ah-tk-20302031-9901", (Official("Van Pluis", "Minister", "Financiën"),))
    exchange = paper.exchanges[0]
    assert exchange.question == "Kent u het bericht over wolken?"
    assert [(note.mark, note.text) for note in exchange.notes] == [("1", "De Verzonnen Courant, 1 maart 2031.")]
    expected = [f"Alinea {number}. {LONG * 4}".strip() for number in range(14)]
    assert exchange.answer.split("\n") == [*expected, "– een lijst;", "– die doorgaat."]
    assert len(paper.pages) > 1
    assert "Aanhangsel 2" in paper.raw
    pages = [
        page_number(paper.pages, raw_offset(exchange.answer_knots, exchange.answer.index(f"Alinea {number}.")) or 0)
        for number in (0, 13)
    ]
    assert pages == [1, len(paper.pages)]


def test_a_table_becomes_rows_and_a_side_column_stays_apart() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 9)
    lines = [*HEAD, "Vraag 1", "Hoeveel wolken zijn er in het hele land geteld?", "Antwoord 1", "Dit is de tabel."]
    for place, line in enumerate(lines):
        canvas.drawString(60, 740 - 12 * place, line)
    for place, row in enumerate((("Jaar", "Wolken", "Vogels"), ("2029", "12", "3"), ("2030", "14", "vijf en"))):
        for column, cell in enumerate(row):
            canvas.drawString(60 + 100 * column, 660 - 12 * place, cell)
    canvas.drawString(260, 624, "zestig")
    canvas.drawString(60, 600, "Meer is er niet bekend.")
    canvas.drawString(500, 740, "Datum")
    canvas.drawString(500, 728, "4 maart 2031")
    canvas.save()
    exchange = read_bytes(out.getvalue(), "x").exchanges[0]
    assert exchange.answer.split("\n") == [
        "Dit is de tabel.",
        "Jaar | Wolken | Vogels",
        "2029 | 12 | 3",
        "2030 | 14 | vijf en zestig",
        "Meer is er niet bekend.",
    ]


def test_what_a_pdf_does_not_show_is_said() -> None:
    empty = BytesIO()
    canvas = Canvas(empty)
    canvas.rect(10, 10, 50, 50)
    canvas.save()
    with pytest.raises(UnreadablePaper, match=r"x\.pdf: it holds no text, only pictures of pages; recognise its text"):
        read_bytes(empty.getvalue(), "x.pdf")
    locked = BytesIO()
    canvas = Canvas(locked, encrypt=StandardEncryption("geheim", canPrint=0))
    canvas.drawString(50, 50, "Vraag 1")
    canvas.save()
    with pytest.raises(UnreadablePaper, match=r"x\.pdf: it is locked with a password; save it without"):
        read_bytes(locked.getvalue(), "x.pdf")
