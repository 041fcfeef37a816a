"""Papers made up from the model, written out as text and as official XML, come back equal."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import read_bytes
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
    """A paper as it was made up: `groups` holds how many questions each answer answers."""

    number: int
    subject: str
    askers: tuple[Member, ...]
    speakers: tuple[Official, ...]
    groups: tuple[tuple[tuple[str, ...], str], ...]


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
)


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


def as_text(made: Made) -> str:
    lines = [f"AH {made.number}", "2031Z00012", *head(made), ""]
    for numbers, asked, answer in numbered(made):
        for number, question in zip(numbers, asked, strict=True):
            lines += [f"Vraag {number}", question, ""]
        lines += [f"Antwoord op vragen {listed(numbers)}", answer, ""]
    return "\n".join(lines)


def as_xml(made: Made) -> str:
    asked, answered = head(made)
    parts = [
        '<officiele-publicatie><kamervragen><kamervraagkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2030-2031'
        f"</tekstregel></kamervraagkop><kamervraagnummer>{made.number}</kamervraagnummer>",
        f'<kamervraagomschrijving type="vraag">{escape(asked)}</kamervraagomschrijving>',
        f'<kamervraagomschrijving type="antwoord">{escape(answered)}</kamervraagomschrijving>',
    ]
    for numbers, questions_asked, answer in numbered(made):
        for number, question in zip(numbers, questions_asked, strict=True):
            parts.append(f"<vraag><nr>Vraag {number}</nr><al>{escape(question)}</al></vraag>")
        paragraphs = "".join(f"<al>{escape(part)}</al>" for part in answer.split("\n"))
        parts.append(f"<antwoord><nr>Antwoord {listed(numbers)}</nr>{paragraphs}</antwoord>")
    return "".join(parts) + "</kamervragen></officiele-publicatie>"


def compare(paper: Paper, made: Made) -> None:
    assert paper.id == f"ah-tk-20302031-{made.number}"
    assert paper.subject == made.subject
    assert paper.askers == made.askers
    assert paper.speakers == made.speakers
    assert (str(paper.asked), str(paper.answered)) == ("2031-03-04", "2031-04-15")
    assert [(exchange.answers, exchange.question, exchange.answer) for exchange in paper.exchanges] == [
        (tuple(numbers), "\n".join(asked), answer) for numbers, asked, answer in numbered(made)
    ]


@settings(deadline=None)
@given(papers)
def test_a_paper_written_as_text_comes_back(made: Made) -> None:
    compare(read_bytes(as_text(made).encode(), "a.txt"), made)


@settings(deadline=None)
@given(papers)
def test_a_paper_written_as_xml_comes_back(made: Made) -> None:
    compare(read_bytes(as_xml(made).encode(), "a.xml"), made)
