"""Records as the JSON of the command-line contract, and as lines of text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from chatbot import prompts
from chatbot.citations import link, question_needed, reference, signatories
from chatbot.language import enumeration, long_date
from chatbot.records import Answer, Citation
from corpus.records import Official, Paper, speakers_at
from index.records import Filters, Hit
from index.understanding import Clue

WIDTH = 100
"""Columns of running text on a terminal."""


def official(speaker: Official) -> dict[str, str]:
    """A speaker: name, office and ministry."""
    return {"name": speaker.name, "office": speaker.office, "ministry": speaker.ministry}


def citation(cited: Citation) -> dict[str, Any]:
    """A citation as `ask --json` prints it."""
    return {
        "n": cited.n,
        "quote": cited.quote,
        "paper": cited.paper,
        "answers": list(cited.answers),
        "start": cited.start,
        "end": cited.end,
        "speakers": [official(speaker) for speaker in cited.speakers],
        "date": cited.date.isoformat() if cited.date else None,
        "url": cited.url,
        "subject": cited.subject,
        "question": cited.question,
        "reference": cited.reference,
        "fictitious": cited.fictitious,
        "kind": cited.paper_kind.value,
    }


def answer(given: Answer, identifier: str | None = None) -> dict[str, Any]:
    """An answer as `ask --json` prints it and `ask --batch` writes it a line; `id` only in a batch."""
    return ({} if identifier is None else {"id": identifier}) | {
        "question": given.question,
        "answer": given.text,
        "abstained": given.abstained,
        "language": given.language,
        "mode": given.mode,
        "citations": [citation(cited) for cited in given.citations],
        "nearest": [citation(cited) for cited in given.nearest],
        "hits": [hit(found) for found in given.hits],
        "searched": given.searched,
        "filters": filters(given.filters),
        "understood": [clue(each) for each in given.clues],
        "notice": given.notice,
        "milliseconds": {name: round(value, 1) for name, value in given.milliseconds.items()},
    }


def hit(found: Hit) -> dict[str, Any]:
    """A hit: which answer of which paper, and how well it fits."""
    return {"paper": found.paper, "answers": list(found.answers), "score": round(found.score, 6)}


def filters(chosen: Filters) -> dict[str, Any]:
    """The filters that are set."""
    values = {
        "minister": chosen.minister,
        "ministry": chosen.ministry,
        "party": chosen.party,
        "since": chosen.since.isoformat() if chosen.since else None,
        "until": chosen.until.isoformat() if chosen.until else None,
        "papers": list(chosen.papers) if chosen.papers is not None else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def clue(found: Clue) -> dict[str, Any]:
    """A clue in a question: what it is about, the words that it rests on, and the filters that would hold it to it."""
    return {"kind": found.kind.value, "text": found.text, "filters": filters(found.filters), "sure": found.sure}


def paper(stored: Paper) -> dict[str, Any]:
    """A paper as `papers --json` prints it: its header as understood, and the size of its exchanges."""
    return {
        "paper": stored.id,
        "kind": stored.kind.value,
        "number": stored.number,
        "session_year": stored.session_year,
        "question_ids": list(stored.question_ids),
        "subject": stored.subject,
        "askers": [{"name": member.name, "party": member.party} for member in stored.askers],
        "speakers": [official(speaker) for speaker in stored.speakers],
        "asked": stored.asked.isoformat() if stored.asked else None,
        "answered": stored.answered.isoformat() if stored.answered else None,
        "url": link(stored),
        "related": list(stored.related),
        "fictitious": stored.fictitious,
        "exchanges": [
            {
                "answers": list(exchange.answers),
                "kind": exchange.kind.value,
                "refers_to": list(exchange.refers_to),
                "related": list(exchange.related),
                "question_characters": len(exchange.question),
                "answer_characters": len(exchange.answer),
            }
            for exchange in stored.exchanges
        ],
    }


def found_passage(found: Hit, stored: Paper) -> dict[str, Any]:
    """A hit of `search --json`: the passage with its speaker, date and place."""
    exchange = stored.exchanges[found.exchange]
    best = found.passages[0]
    return hit(found) | {
        "quote": best.text,
        "start": best.start,
        "end": best.end,
        "question": exchange.question,
        "subject": stored.subject,
        "speakers": [official(speaker) for speaker in speakers_at(stored, found.exchange, best.start, best.end)],
        "kind": stored.kind.value,
        "date": stored.answered.isoformat() if stored.answered else None,
        "url": link(stored, best.text),
        "reference": reference(stored, exchange),
        "fictitious": stored.fictitious,
    }


def answer_text(given: Answer) -> str:
    """An answer for a terminal: its text, then its sources, or what comes closest."""
    blocks = [wrapped(given.text)]
    sources = given.citations or given.nearest
    for cited in sources:
        quoted = wrapped(_with_question(cited, given.language)) + "\n" if given.abstained else ""
        blocks.append(quoted + source_text(cited, given.language))
    if given.clues:
        blocks.append(wrapped(clues_text(given.clues, given.language)))
    if given.notice:
        blocks.append(wrapped(given.notice))
    return "\n\n".join(blocks)


def _with_question(cited: Citation, language: str) -> str:
    """A quotation below the question that it needs."""
    asked = question_needed(cited)
    return f"{prompts.AS_ASKED[language].format(question=asked)}\n“{cited.quote}”" if asked else f"“{cited.quote}”"


def clues_text(clues: Sequence[Clue], language: str) -> str:
    """What a question was taken to say of the papers meant: what fits only comes first, but for a paper's number."""
    return " ".join(
        template[language].format(
            clues=enumeration((f"{prompts.CLUES[language][each.kind]} {_meant(each)}" for each in some), language)
        )
        for template, some in (
            (prompts.PREFERRED, [each for each in clues if not each.sure]),
            (prompts.ONLY, [each for each in clues if each.sure]),
        )
        if some
    )


def _meant(found: Clue) -> str:
    """The name as the index has it; of a period the words of the question."""
    chosen = found.filters
    return chosen.minister or chosen.ministry or chosen.party or ", ".join(chosen.papers or ()) or found.text


def source_text(cited: Citation, language: str) -> str:
    """The lines under a quotation: who, when, where and the link."""
    lines = [f"[{cited.n}] {who_and_when(cited.speakers, cited.date, language)}", f"    {cited.reference}"]
    if cited.subject:
        lines.append(textwrap.fill(cited.subject, WIDTH, initial_indent="    ", subsequent_indent="    "))
    if cited.url:
        lines.append(f"    {cited.url}")
    return "\n".join(lines)


def who_and_when(speakers: tuple[Official, ...], day: Any, language: str) -> str:
    """ "minister Van Weel (Justitie en Veiligheid), 14 november 2024"."""
    parts = [signatories(speakers, language), long_date(day, language) if day else ""]
    return ", ".join(part for part in parts if part)


def wrapped(text: str) -> str:
    """Text with its line breaks kept and long lines folded."""
    return "\n".join(textwrap.fill(line, WIDTH) if line.strip() else "" for line in text.splitlines())


def table(rows: list[Mapping[str, str]]) -> str:
    """Rows with the same keys as aligned columns under a heading; "" for no rows."""
    if not rows:
        return ""
    names = list(rows[0])
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in names}
    lines = ["  ".join(name.ljust(widths[name]) for name in names).rstrip()]
    lines += ["  ".join(row[name].ljust(widths[name]) for name in names).rstrip() for row in rows]
    return "\n".join(lines)
