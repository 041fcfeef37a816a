"""What each command of the command line does; `cli` parses and reports."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

from langchain_core.language_models import BaseChatModel
from tqdm import tqdm

from chatbot import (
    access,
    batch,
    check_output,
    checking,
    chosen,
    cli,
    explain,
    filter_names,
    kept_threshold,
    output,
    quotecheck,
    references,
    statements,
)
from chatbot.chain import build_chain
from chatbot.citations import signatories
from chatbot.exits import Exit
from chatbot.language import DUTCH
from chatbot.reading import Reading
from chatbot.records import Request
from chatbot.settings import Settings
from corpus.readers import SUFFIXES, find_files
from corpus.records import Official
from index import build, embedder
from index.records import Filters
from index.search import Index


class WrongUse(Exception):
    """The options of a command do not go together."""


def ingest(options: argparse.Namespace, settings: Settings) -> Exit:
    """Read files into the index, or take papers out of it."""
    if not (options.paths or options.remove or options.rebuild):
        raise WrongUse("ingest: name files or folders, or --remove PAPER, or --rebuild")
    if missing := [path for path in options.paths if not path.exists()]:
        raise WrongUse(f"{missing[0]}: there is no such file or folder; mend the path")
    exit_code = Exit.DONE
    if options.remove:
        removed = build.remove(options.remove, settings.data)
        for unknown in sorted(set(options.remove) - set(removed)):
            say(f"{unknown}: is not in the index; see `kamerantwoord papers` for what is")
            exit_code = Exit.NOTHING_OR_SKIPPED
        print(f"{len(removed)} removed")
    if options.rebuild:
        with progress_bars() as progress:
            build.rebuild(settings.data, embedder.load(settings.model), progress=progress)
    if options.paths:
        exit_code = max(exit_code, _ingest_files(options, settings))
    return exit_code


def _ingest_files(options: argparse.Namespace, settings: Settings) -> Exit:
    files = find_files(options.paths)
    if not files:
        say(
            f"{', '.join(map(str, options.paths))}: no papers here; looked for files with {', '.join(sorted(SUFFIXES))}"
        )
        return Exit.NOTHING_OR_SKIPPED
    reading = Reading()
    with progress_bars() as progress:
        report = build.ingest(
            reading.papers(files, progress), settings.data, embedder.load(settings.model), progress=progress
        )
    print(
        f"{len(report.added)} added, {len(report.replaced)} replaced, {len(report.unchanged)} unchanged, "
        f"{len(reading.skipped)} skipped"
    )
    if reading.prose:
        print(f"{len(reading.prose)} read as prose, not as Kamervragen: {', '.join(reading.prose)}")
    if reading.skipped:
        print(output.table([{"skipped": name, "why": reason} for name, reason in reading.skipped.items()]))
    if options.report:
        document = {
            "added": list(report.added), "replaced": list(report.replaced), "unchanged": list(report.unchanged),
            "prose": reading.prose, "read": reading.read, "skipped": reading.skipped,
        }  # fmt: skip
        options.report.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Exit.NOTHING_OR_SKIPPED if reading.skipped else Exit.DONE


def fetch(options: argparse.Namespace, settings: Settings) -> Exit:
    """Fetch official papers and read them into the index."""
    from chatbot import fetching  # what speaks with services takes a second to load

    since = None if options.since == cli.LAST else options.since
    if since and since > (options.until or date.today()):
        raise WrongUse(f"fetch: --since {since} is after {options.until or 'today'}; give an earlier first day")
    with progress_bars() as progress:
        outcome = fetching.fetch(settings, since, options.until, limit=options.limit, progress=progress)
    for notice in outcome.fetched.notices:
        say(notice)
    print(fetching.summary(outcome))
    if troubled := fetching.troubles(outcome):
        print(output.table(troubled))
    if options.report:
        document = json.dumps(fetching.document(outcome), ensure_ascii=False, indent=2)
        options.report.write_text(document + "\n", encoding="utf-8")
    return Exit.DONE if fetching.succeeded(outcome, since) else Exit.NOTHING_OR_SKIPPED


def ask(options: argparse.Namespace, settings: Settings) -> Exit:
    """Answer one question, or a file of them."""
    if bool(options.question) == bool(options.batch):
        raise WrongUse('ask: give a "QUESTION", or --batch QUESTIONS.jsonl --out ANSWERS.jsonl')
    if bool(options.batch) != bool(options.out):
        raise WrongUse("ask: --batch and --out go together")
    if options.format and (options.json or options.explain or options.batch):
        raise WrongUse("ask: --format prints citations alone; leave out --json, --explain and --batch")
    if options.question is not None and not options.question.strip():
        raise WrongUse("ask: the question is empty")
    model = language_model(settings)
    with chosen.opened(settings) as index:
        chain = build_chain(index, settings, model)
        if options.batch:
            return _ask_batch(options, settings, index, chain)
        given = chain.invoke(Request(question=options.question, filters=_filters(options, index)))
    if options.format:
        print(references.formatted(given, options.format))
    elif options.json:
        explained = {"explanation": explain.document(given)} if options.explain else {}
        print(json.dumps(output.answer(given) | explained, ensure_ascii=False, indent=2))
    else:
        print(output.answer_text(given) + (f"\n\n{explain.text(given)}" if options.explain else ""))
    return Exit.NOTHING_OR_SKIPPED if given.abstained else Exit.DONE


def _ask_batch(options: argparse.Namespace, settings: Settings, index: Index, chain: Any) -> Exit:
    entries = list(batch.read(options.batch))
    questions = [entry for entry in entries if isinstance(entry, batch.Question)]
    for entry in entries:
        if isinstance(entry, batch.Skipped):
            say(f"{options.batch}: line {entry.line} {entry.reason}; skipped")
    fingerprint = f"{index.status()}{settings.llm}{settings.llm_url}{settings.threshold}"
    if settings.threshold is None:
        fingerprint += f"{kept_threshold.kept(settings.data)}"
    with tqdm(total=len(questions), desc="answering", unit="question", file=sys.stderr) as bar:
        batch.run(
            questions, chain, options.out, fingerprint=fingerprint, progress=bar.update, explained=options.explain
        )
    return Exit.DONE if len(questions) == len(entries) and questions else Exit.NOTHING_OR_SKIPPED


def _filters(options: argparse.Namespace, index: Index) -> Filters:
    """The filters among the options; a name that no paper bears is told."""
    chosen_filters = cli.filters(options)
    for line in filter_names.unknown(index, chosen_filters):
        say(line)
    return chosen_filters


def search(options: argparse.Namespace, settings: Settings) -> Exit:
    """Find statements by words and filters."""
    with chosen.opened(settings) as index:
        hits = index.search(options.words, filters=_filters(options, index), limit=options.limit)
        literal = statements.literal(index, options.words)
        found = [output.found_passage(hit, index.paper(hit.paper)) for hit in hits]
        papers = {hit.paper: index.paper(hit.paper) for hit in hits}
        understood = [output.clue(clue) for clue in index.understood(options.words)]
    if options.json:
        document = {"query": options.words, "understood": understood, "hits": found}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    elif not found:
        say(f"nothing found for {options.words!r} with these filters; try other words or fewer filters")
    elif not any(literal(papers[hit.paper].exchanges[hit.exchange]) for hit in hits):
        say(f"no answer holds the words {options.words!r}; these come nearest")
    for row in [] if options.json else found:
        speakers = tuple(Official(**speaker) for speaker in row["speakers"])
        print(f"{row['reference']}  {output.who_and_when(speakers, papers[row['paper']].answered, DUTCH)}")
        print(f"{output.wrapped('“' + row['quote'] + '”')}\n{row['url'] or ''}\n")
    return Exit.DONE if found else Exit.NOTHING_OR_SKIPPED


def check(options: argparse.Namespace, settings: Settings) -> Exit:
    """Hold every quotation of a text against the papers."""
    try:
        text = checking.read_text(options.text, sys.stdin.buffer)
        model = language_model(settings)
        with chosen.opened(settings) as index:
            report = quotecheck.check(text, index, language=settings.language, claims=options.claims, model=model)
    except (checking.UnreadableText, quotecheck.TextTooLong) as error:
        raise WrongUse(f"check: {error}") from error
    if options.json:
        shown = json.dumps(check_output.quotations(report), ensure_ascii=False, indent=2)
    else:
        shown = checking.FORMATS[options.format](report, checking.title(options.text))
    if options.out:
        options.out.write_text(shown.rstrip("\n") + "\n", encoding="utf-8")
    elif shown:
        print(shown.rstrip("\n"))
    if not (report.quotations or report.claims):
        say(f"{options.text}: no quotation and no claim found; put quotations between quotation marks")
        return Exit.NOTHING_OR_SKIPPED
    return Exit.DONE


def papers(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print what is in the index."""
    with chosen.opened(settings, searching=False) as index:
        stored = [index.paper(paper.id) for paper in index.papers()]
    if options.json:
        print(json.dumps([output.paper(paper) for paper in stored], ensure_ascii=False, indent=2))
    else:
        print(output.table([
            {
                "paper": paper.id,
                "kind": paper.kind.value,
                "date": str(paper.answered or paper.asked or ""),
                "exchanges": str(len(paper.exchanges)),
                "speakers": signatories(paper.speakers, DUTCH),
                "subject": paper.subject,
            }
            for paper in stored
        ]))  # fmt: skip
    return Exit.DONE if stored else Exit.NOTHING_OR_SKIPPED


def status(options: argparse.Namespace, settings: Settings) -> Exit:
    """Print the state of the index."""
    with chosen.opened(settings, searching=False) as index:
        state = asdict(index.status())
    state["data"] = str(settings.data)
    state["kinds"] = {kind.value: count for kind, count in state["kinds"].items()}
    state |= {name: state[name].isoformat() if state[name] else None for name in ("first", "last")}
    if options.json:
        print(json.dumps(state, ensure_ascii=False, indent=2))
    else:
        for name, value in state.items():
            text = ", ".join(f"{count} {kind}" for kind, count in value.items()) if name == "kinds" else value
            print(f"{name:<12}{text if text is not None else 'unknown'}")
    return Exit.DONE


def serve(options: argparse.Namespace, settings: Settings) -> Exit:
    """Open the chat window until it is stopped."""
    from chatbot import ui  # the window is slow to load, and no other command needs it

    ui.serve(settings)
    return Exit.DONE


def user(options: argparse.Namespace, settings: Settings) -> Exit:
    """Add somebody to a file of users; the password is asked for, or read from a pipe."""
    given = getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    access.add(options.file, options.name, given)
    print(f"{options.name} can log in with `serve --users {options.file}`")
    return Exit.DONE


def language_model(settings: Settings) -> BaseChatModel | None:
    """The language model of the settings, with its key from the environment; None for answers by quotation."""
    return chosen.language_model(settings, os.environ)


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr for each step of a long piece of work, in the order in which steps begin."""
    bars: dict[str, tqdm[Any]] = {}

    def show(step: str, done: int, total: int) -> None:
        bar = bars.get(step)
        if bar is None:
            bar = bars[step] = tqdm(total=total, desc=step, file=sys.stderr, position=len(bars), leave=True)
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()


def say(message: str) -> None:
    """Print a message to stderr, after the name of the program."""
    print(f"{cli.PROGRAM}: {message}", file=sys.stderr)


def show(result: str) -> None:
    """Print a result to stdout."""
    print(result)
