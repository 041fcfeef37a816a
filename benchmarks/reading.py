"""How many papers a second are read, by format.

    python benchmarks/reading.py FOLDER [TIMES]

FOLDER holds papers of any format; each is read from memory TIMES times (3 by default) in one process, and the quickest
time counts, of the processor, so that other work on the machine matters little. What was read is also written out as
official XML and as plain text with whole lines, so that both are measured on papers of a real length where FOLDER holds
none. Last, the files of FOLDER are read from the disk as ingest reads them, over and over until there are 3,000, by all
processors; there the clock on the wall counts. To compare two versions of the program, run it with each in PYTHONPATH.
"""

import sys
import time
from collections import defaultdict
from html import escape
from pathlib import Path

from corpus.errors import UnreadablePaper
from corpus.parallel import read_many
from corpus.readers import find_files, read_all_bytes
from corpus.records import Paper
from index.processors import processors

MANY = 3_000
WARMING = (
    b"Vragen van het lid Wafel (PVM) over wolken (ingezonden 4 maart 2031).\nVraag 1\nIs dat zo?\nAntwoord 1\n"
    + b"De regering, die daarvoor is, telt dewolken niet.De gemeenten tellen wel; zie het verslag van hetoverleg. " * 9
)


def as_xml(paper: Paper) -> bytes:
    """The paper as an official XML file: its header, questions, answers and notes."""
    asked = f"Vragen van het lid Wafel (PVM) over {paper.subject or 'wolken'} (ingezonden {_day(paper.asked)})."
    answered = f"Antwoord van Minister Stroop (Financiën) (ontvangen {_day(paper.answered)})."
    pieces = [
        f'<officiele-publicatie><kamervragen><kamervraagomschrijving type="vraag">{escape(asked)}'
        f'</kamervraagomschrijving><kamervraagomschrijving type="antwoord">{escape(answered)}</kamervraagomschrijving>'
    ]
    for exchange in paper.exchanges:
        numbers = ", ".join(map(str, exchange.answers))
        for name, text in (("vraag", exchange.question), ("antwoord", exchange.answer)):
            if text:
                body = "".join(f"<al>{escape(paragraph)}</al>" for paragraph in text.split("\n") if paragraph)
                pieces.append(f"<{name}><nr>{name.capitalize()} {numbers}</nr>{body}</{name}>")
    return ("".join(pieces) + "</kamervragen></officiele-publicatie>").encode()


def as_text(paper: Paper) -> bytes:
    """The paper as plain text, a paragraph a line, nothing glued or hyphenated."""
    lines = [
        f"Vragen van het lid Wafel (PVM) over {paper.subject or 'wolken'} (ingezonden {_day(paper.asked)}).",
        f"Antwoord van Minister Stroop (Financiën) (ontvangen {_day(paper.answered)}).",
    ]
    for exchange in paper.exchanges:
        numbers = ", ".join(map(str, exchange.answers))
        for name, text in (("Vraag", exchange.question), ("Antwoord", exchange.answer)):
            if text:
                lines += [f"{name} {numbers}", text]
    return "\n".join(lines).encode()


def _day(day: object) -> str:
    months = "januari februari maart april mei juni juli augustus september oktober november december".split()
    year, month, number = str(day or "2031-03-04").split("-")
    return f"{int(number)} {months[int(month) - 1]} {year}"


def papers_of(files: list[tuple[bytes, str]]) -> list[Paper]:
    """All papers in some files."""
    found = (paper for content, name in files for paper in read_all_bytes(content, name))
    return [paper for paper in found if not isinstance(paper, UnreadablePaper)]


def main(folder: Path, times: int) -> None:
    """Print a line a format."""
    papers_of([(WARMING, "warming.txt")])
    groups: dict[str, list[tuple[bytes, str]]] = defaultdict(list)
    given = find_files([folder])
    for file in given:
        groups[file.suffix.lower().lstrip(".") + " as given"].append((file.read_bytes(), file.name))
    papers = [paper for files in groups.values() for paper in papers_of(files)]
    groups["xml written out"] = [(as_xml(paper), f"{paper.id}.xml") for paper in papers if paper.exchanges]
    groups["text written out"] = [(as_text(paper), f"{paper.id}.txt") for paper in papers if paper.exchanges]
    for name, files in groups.items():
        best = float("inf")
        for _ in range(times):
            begin = time.process_time()
            count = len(papers_of(files))
            best = min(best, time.process_time() - begin)
        size = sum(len(content) for content, _ in files) / max(len(files), 1) / 1000
        print(f"{name:<18} {count:>5} papers of {size:5.1f} kB: {count / best:7.1f} a second")
    repeated = (given * (MANY // len(given) + 1))[:MANY] if given else []
    begin = time.perf_counter()
    count = sum(
        not isinstance(paper, UnreadablePaper) for _, found in read_many(repeated, processors()) for paper in found
    )
    print(f"all processors     {count:>5} papers: {count / (time.perf_counter() - begin):7.1f} a second")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
