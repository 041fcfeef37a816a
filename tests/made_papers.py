"""Papers made up from the model, and each written out in every format, laid out as the official ones are."""

import json
from dataclasses import dataclass
from html import escape
from io import BytesIO

import docx
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.records import Member, Official, Paper

WORDS = (
    "wolken",
    "regen",
    "tellen",
    "de",
    "minister",
    "zeer",
    "ö",
    "«hemel»",
    "2030",
    "art.",
    "Kamer",
    "wordt",
    "i.v.m.",
)
NAMES = ("Pannenkoek", "Van der Wafel", "Stroop-Öz", "El Mist", "De Wind")
PARTIES = ("PVM", "D99", "Lijst Luchtkasteel", "Groen-Blauw")
MINISTRIES = ("Financiën", "Justitie en Veiligheid", "Onderwijs, Cultuur en Wetenschap", "Defensie")

phrases = st.lists(st.sampled_from(WORDS), min_size=2, max_size=9).map(" ".join)
sentences = phrases.map(lambda phrase: f"Er {phrase} zo.")
answers = st.lists(sentences, min_size=1, max_size=4).map("\n".join)
questions = phrases.map(lambda phrase: f"Is {phrase} zo?")
officials = st.builds(
    Official, st.sampled_from(NAMES), st.sampled_from(("Minister", "Staatssecretaris")), st.sampled_from(MINISTRIES)
)


@dataclass(frozen=True)
class Made:
    """A paper as it was made up: `groups` holds the questions of each answer. `noted`: the first has a footnote."""

    number: int
    subject: str
    askers: tuple[Member, ...]
    speakers: tuple[Official, ...]
    groups: tuple[tuple[tuple[str, ...], str], ...]
    noted: bool


papers = st.builds(
    Made,
    number=st.integers(1, 4999),
    subject=phrases,
    askers=st.lists(st.builds(Member, st.sampled_from(NAMES), st.sampled_from(PARTIES)), min_size=1, max_size=3).map(
        tuple
    ),
    speakers=st.lists(officials, min_size=1, max_size=2, unique=True).map(tuple),
    groups=st.lists(
        st.tuples(st.lists(questions, min_size=1, max_size=3).map(tuple), answers), min_size=1, max_size=5
    ).map(tuple),
    noted=st.booleans(),
)
NOTE = "De Verzonnen Courant, 1 maart 2031."


def head(made: Made) -> tuple[str, str]:
    askers = [f"{asker.name} ({asker.party})" for asker in made.askers]
    listed = " en ".join(filter(None, (", ".join(askers[:-1]), askers[-1])))
    who = "het lid" if len(askers) == 1 else "de leden"
    asked = f"Vragen van {who} {listed} aan de Minister van Financiën over {made.subject} (ingezonden 4 maart 2031)."
    signed = " en van ".join(f"{one.office} {one.name} ({one.ministry})" for one in made.speakers)
    return asked, f"Antwoord van {signed} (ontvangen 15 april 2031)."


def numbered(made: Made) -> list[tuple[list[int], tuple[str, ...], str]]:
    result, number = [], 0
    for asked, answer in made.groups:
        result.append((list(range(number + 1, number + 1 + len(asked))), asked, answer))
        number += len(asked)
    return result


def listed(numbers: list[int]) -> str:
    return " en ".join(filter(None, (", ".join(map(str, numbers[:-1])), str(numbers[-1]))))


@dataclass(frozen=True)
class Part:
    """A labelled part of a paper, with its paragraphs; `note`: a footnote's mark stands at its end."""

    label: str
    paragraphs: tuple[str, ...]
    answer: bool
    note: bool


def parts(made: Made) -> list[Part]:
    result = []
    for numbers, asked, answer in numbered(made):
        for number, question in zip(numbers, asked, strict=True):
            result.append(Part(f"Vraag {number}", (question,), False, made.noted and number == 1))
        result.append(Part(f"Antwoord {listed(numbers)}", tuple(answer.split("\n")), True, False))
    return result


def as_text(made: Made) -> bytes:
    lines = [f"AH {made.number}", "2031Z00012", *head(made), ""]
    for part in parts(made):
        marked = part.paragraphs[-1] + (" [1]" if part.note else "")
        lines += [part.label, *part.paragraphs[:-1], marked, ""]
    lines += [f"[1] {NOTE}"] if made.noted else []
    return "\n".join(lines).encode()


def as_markdown(made: Made) -> bytes:
    lines = [f"AH {made.number}\n", "2031Z00012\n", *(f"{line}\n" for line in head(made))]
    for part in parts(made):
        marked = part.paragraphs[-1] + ("[^1]" if part.note else "")
        lines += [f"## {part.label}\n", *(f"{paragraph}\n" for paragraph in (*part.paragraphs[:-1], marked))]
    lines += [f"[^1]: {NOTE}"] if made.noted else []
    return "\n".join(lines).encode()


def as_xml(made: Made) -> bytes:
    asked, answered = head(made)
    pieces = [
        '<officiele-publicatie><kamervragen><kamervraagkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031'
        f"</tekstregel></kamervraagkop><kamervraagnummer>{made.number}</kamervraagnummer>",
        f'<kamervraagomschrijving type="vraag">{escape(asked)}</kamervraagomschrijving>',
        f'<kamervraagomschrijving type="antwoord">{escape(answered)}</kamervraagomschrijving>',
    ]
    note = f'<noot id="n1" type="voet"><noot.nr>1</noot.nr><noot.al>{NOTE}</noot.al></noot>'
    for part in parts(made):
        name = "antwoord" if part.answer else "vraag"
        body = "".join(f"<al>{escape(paragraph)}{note if part.note else ''}</al>" for paragraph in part.paragraphs)
        pieces.append(f"<{name}><nr>{part.label}</nr>{body}</{name}>")
    return ("".join(pieces) + "</kamervragen></officiele-publicatie>").encode()


def as_old_xml(made: Made) -> bytes:
    """The generation before: `vraagdoc`, `omschr`, `vragen` and `reactie`, notes at the end by reference."""
    asked, answered = head(made)
    pieces = [
        '<?xml version="1.0" encoding="US-ASCII"?><!DOCTYPE vraagdoc SYSTEM "vraagdoc.dtd"><vraagdoc>',
        f'<meta name="DC.identifier" content="ah-tk-20302031-{made.number}"/><vraagnummer>{made.number}</vraagnummer>',
        f"<omschr>{escape(asked)}</omschr><omschr>{escape(answered)}</omschr>",
    ]
    for part in parts(made):
        name = "reactie" if part.answer else "vragen"
        mark = '<nootref refid="v1"/>' if part.note else ""
        body = "".join(f"<al>{escape(paragraph)}{mark}</al>" for paragraph in part.paragraphs)
        pieces.append(f"<{name}><nummer>{part.label}</nummer>{body}</{name}>")
    pieces.append(f'<voetnoot id="v1" nr="1"><al>{NOTE}</al></voetnoot>' if made.noted else "")
    return ("".join(pieces) + "</vraagdoc>").encode()


def as_official_html(made: Made) -> bytes:
    asked, answered = head(made)
    pieces = [
        "<!DOCTYPE html><html><head><title>Aanhangsel</title>"
        f'<meta name="DC.identifier" content="ah-tk-20302031-{made.number}"></head><body><nav>Zoeken</nav>'
        '<div class="stuk"><table><tr><th>Vergaderjaar</th><td>2030-2031</td></tr></table>'
        f'<h1 class="kamervraagomschrijving_kop">{escape(asked)}<br>{escape(answered)}</h1>',
    ]
    mark = '<sup><a class="nootnum" href="#n1">1</a></sup>'
    for part in parts(made):
        body = "".join(f"<p>{escape(paragraph)}{mark if part.note else ''}</p>" for paragraph in part.paragraphs)
        name = "antwoord" if part.answer else "vraag"
        pieces.append(f'<div class="{name}"><h2 class="stuktitel">{part.label}</h2>{body}</div>')
    pieces.append(
        '<div class="voet noot" id="n1"><h5 class="note-close">X Noot</h5><p><span class="nootnum">1</span> '
        f"{NOTE}</p></div>"
        if made.noted
        else ""
    )
    return ("".join(pieces) + "</div><footer>Over deze site</footer></body></html>").encode()


def as_page(made: Made) -> bytes:
    """A detail page: what kind of paper it is and its subject, then the text with line breaks."""
    lines = [f"AH {made.number}", "2031Z00012", *head(made)]
    for part in parts(made):
        mark = '<sup><a href="#noot1" id="terug1">1</a></sup>' if part.note else ""
        marked = escape(part.paragraphs[-1]) + mark
        lines += ["", part.label, *map(escape, part.paragraphs[:-1]), marked]
    note = f'<p id="noot1"><a href="#terug1">1</a> {NOTE}</p>' if made.noted else ""
    return (
        "<!doctype html><html><body><header><a href='/'>Kamer</a></header><main><p>Antwoord schriftelijke vragen</p>"
        f"<h1>Antwoord op vragen over {escape(made.subject)}</h1><a href='/downloads/document?id=x'>Download</a>"
        f"<div>{'<br>'.join(lines)}</div>{note}</main><script>var x = 'Vraag 9';</script></body></html>"
    ).encode()


def as_docx(made: Made) -> bytes:
    document = docx.Document()
    for line in (f"AH {made.number}", "2031Z00012", *head(made)):
        document.add_paragraph(line)
    for part in parts(made):
        document.add_paragraph(part.label)
        for paragraph in part.paragraphs[:-1]:
            document.add_paragraph(paragraph)
        document.add_paragraph(part.paragraphs[-1] + (" [1]" if part.note else ""))
    if made.noted:
        document.add_paragraph(f"[1] {NOTE}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_jsonl(made: Made) -> bytes:
    exchanges = [
        {"answers": numbers, "question": "\n".join(asked), "answer": answer, "notes": []}
        for numbers, asked, answer in numbered(made)
    ]
    if made.noted:
        exchanges[0]["notes"] = [{"mark": "1", "text": NOTE}]
    record = {
        "id": f"ah-tk-20302031-{made.number}",
        "subject": made.subject,
        "askers": [{"name": asker.name, "party": asker.party} for asker in made.askers],
        "speakers": [{"name": one.name, "office": one.office, "ministry": one.ministry} for one in made.speakers],
        "asked": "2031-03-04",
        "answered": "2031-04-15",
        "exchanges": exchanges,
    }
    return json.dumps(record).encode()


class Printer:
    """A paper in the layout of the official PDF: one column, ragged right, notes at the foot, running heads."""

    LEFT, RIGHT, TOP, FOOT, SIZE, PITCH = 160.0, 472.0, 740.0, 130.0, 9.0, 11.0

    def __init__(self, number: int) -> None:
        self.out = BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)
        self.number = number
        self.page = 1
        self.y = self.TOP
        self.notes: list[tuple[int, str]] = []
        self._say(60, 800, "Tweede Kamer der Staten-Generaal", 12)
        self._say(520, 795, "2", 30)
        self._say(60, 775, "Vergaderjaar 2030–2031", 9)
        self._say(self.LEFT + 20, 775, "Aanhangsel van de Handelingen", 9)

    def _say(self, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, y, text)

    def paragraph(self, text: str, mark: str = "", bold: bool = False) -> None:
        """Set a paragraph with a broken word where one fits, and a raised mark at its end."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        line = ""
        for word in text.split(" "):
            wider = f"{line} {word}".strip()
            if self._fits(wider, font):
                line = wider
                continue
            split = next((at for at in self._joints(word) if self._fits(f"{line} {word[:at]}-", font)), 0)
            if split:
                line, word = f"{line} {word[:split]}{'' if word[split - 1] == '-' else '-'}", word[split:]
            self._line(line, bold=bold)
            line = word
        self._line(line, mark, bold)

    def _fits(self, text: str, font: str) -> bool:
        return stringWidth(text, font, self.SIZE) <= self.RIGHT - self.LEFT

    def _joints(self, word: str) -> list[int]:
        """Where a word may be broken, last first: behind its hyphens, or else between two consonants."""
        hyphens = [at + 1 for at, char in enumerate(word) if char == "-" and 1 < at < len(word) - 3]
        if hyphens or len(word) < 9 or not word.isalpha():
            return hyphens[::-1]
        return [at for at in range(len(word) - 4, 3, -1) if not {*word[at - 1 : at + 1]} & set("aeiouyéëïö")]

    def _line(self, text: str, mark: str = "", bold: bool = False) -> None:
        if self.y < self.FOOT:
            self._end_page()
        self._say(self.LEFT, self.y, text, self.SIZE, bold)
        if mark:
            width = stringWidth(text, "Helvetica-Bold" if bold else "Helvetica", self.SIZE)
            self._say(self.LEFT + width, self.y + 3, mark, 5.5)
        self.y -= self.PITCH

    def gap(self) -> None:
        self.y -= self.PITCH

    def _end_page(self) -> None:
        y = 70 + 9 * len(self.notes)
        for place, note in self.notes:
            self._say(self.LEFT, y + 2.5, str(place), 4.5)
            self._say(self.LEFT + 3 * len(str(place)), y, note, 7)
            y -= 9
        if self.page == 1:
            self._say(60, 52, f"ah-tk-20302031-{self.number}", 6)
            self._say(60, 44, "ISSN 0921 - 7398", 6)
        self._say(60, 36, "’s-Gravenhage 2031", 6)
        self._say(self.LEFT, 36, f"Tweede Kamer, vergaderjaar 2030–2031, Aanhangsel {self.page}", 6)
        self.canvas.showPage()
        self.notes = []
        self.page += 1
        self.y = self.TOP + 40

    def finished(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self.out.getvalue()


def as_pdf(made: Made) -> bytes:
    printer = Printer(made.number)
    printer.paragraph(
        "Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden", bold=True
    )
    printer.gap()
    printer.paragraph(str(made.number), bold=True)
    for line in head(made):
        printer.paragraph(line)
    for part in parts(made):
        printer.gap()
        printer.paragraph(part.label, bold=True)
        if part.note:
            printer.notes.append((1, NOTE))
        for paragraph in part.paragraphs:
            printer.paragraph(paragraph, "1" if part.note else "")
    return printer.finished()


def compare(paper: Paper, made: Made) -> None:
    """Whether a paper that was read is the one that was made up, whole."""
    assert paper.id == f"ah-tk-20302031-{made.number}"
    assert paper.subject == made.subject
    assert paper.askers == made.askers
    assert paper.speakers == made.speakers
    assert (str(paper.asked), str(paper.answered)) == ("2031-03-04", "2031-04-15")
    assert [(exchange.answers, exchange.question, exchange.answer) for exchange in paper.exchanges] == [
        (tuple(numbers), "\n".join(asked), answer) for numbers, asked, answer in numbered(made)
    ]
    notes = [(note.mark, note.text) for exchange in paper.exchanges for note in exchange.notes]
    assert notes == ([("1", NOTE)] if made.noted else [])
