"""The command line: a contract, see `kamerantwoord --help`.

Exit codes: 0 done; 1 nothing found or some input skipped; 2 wrong use; 3 the index is missing or unusable.
Messages go to stderr, results to stdout.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from chatbot.errors import SettingsError
from chatbot.exits import Exit
from chatbot.settings import load
from index.records import Filters

PROGRAM = "kamerantwoord"
FORMATS = ("text", "markdown", "bibtex", "ris", "csl-json")
"""What `ask --format` prints; see `chatbot.references`, which is not loaded for the other commands."""
LAST = "last"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    try:
        return int(_run(options))
    except KeyboardInterrupt:
        return _failed("interrupted; run the same command again to go on", Exit.INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.DONE)


def _run(options: argparse.Namespace) -> Exit:
    """Do the command; imports what is heavy only when a command needs it."""
    from chatbot.models import forbid_tracing

    forbid_tracing(os.environ)
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from chatbot import commands
    from chatbot.batch import BadBatch
    from chatbot.citations import NotAQuotation
    from chatbot.errors import AddressInUse, GenerationFailed, ModelUnavailable
    from corpus.errors import ArchiveUnusable, FetchBusy, NoEarlierFetch
    from index.errors import IndexBusy, IndexMissing, IndexUnusable, ModelMismatch, UnknownModel

    try:
        settings = load(os.environ, vars(options))
        if options.command == "eval":
            from chatbot import measuring

            return measuring.evaluate(options, settings)
        return getattr(commands, options.command)(options, settings)  # type: ignore[no-any-return]
    except BrokenPipeError:
        raise
    except (ArchiveUnusable, IndexMissing, IndexUnusable, ModelMismatch) as error:
        return Exit(_failed(str(error), Exit.NO_INDEX))
    except (
        SettingsError,
        UnknownModel,
        BadBatch,
        AddressInUse,
        GenerationFailed,
        ModelUnavailable,
        NoEarlierFetch,
        commands.WrongUse,
    ) as error:
        return Exit(_failed(str(error), Exit.WRONG_USE))
    except (FetchBusy, IndexBusy, NotAQuotation, OSError) as error:
        return Exit(_failed(str(error), Exit.NOTHING_OR_SKIPPED))


def _failed(message: str, code: Exit) -> int:
    print(f"{PROGRAM}: {' '.join(message.split())}", file=sys.stderr)
    return int(code)


def build_parser() -> argparse.ArgumentParser:
    """The commands and options of the program."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Answers from the papers of Dutch ministers, in their own words, with the source of each.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {version(PROGRAM)}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="DIR", type=Path, help="folder of the index (default: your data folder)")
    model = argparse.ArgumentParser(add_help=False)
    model.add_argument("--model", metavar="NAME", help="embedding model: a sentence-transformers name or path")
    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument("--reranker", metavar="NAME", help="a cross-encoder that reads the first hits (default: none)")
    json = argparse.ArgumentParser(add_help=False)
    json.add_argument("--json", action="store_true", help="print one JSON document")
    llm = argparse.ArgumentParser(add_help=False)
    llm.add_argument("--llm", metavar="PROVIDER:MODEL", help="write answers with this chat model, and check them")
    llm.add_argument("--llm-url", metavar="URL", dest="llm_url", help="its address, if OpenAI-compatible")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    ingest = commands.add_parser("ingest", parents=[common, model], help="files or folders into the index")
    ingest.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="a paper, or a folder of papers")
    ingest.add_argument("--remove", metavar="PAPER", nargs="+", default=[], help="take these papers out")
    ingest.add_argument("--rebuild", action="store_true", help="embed all papers again, with --model if given")
    ingest.add_argument("--report", metavar="FILE", type=Path, help="write what was read and skipped as JSON")

    fetch = commands.add_parser("fetch", parents=[common, model], help="official papers into the index")
    fetch.add_argument(
        "--since",
        metavar="DATE",
        type=_day_or_last,
        required=True,
        help="papers from this day on (2024-11-01); `last`: all that is new since the last fetch",
    )
    fetch.add_argument("--until", metavar="DATE", type=_day, help="papers up to and including this day")
    fetch.add_argument("--limit", metavar="N", type=_many, help="fetch at most so many papers, the oldest first")
    fetch.add_argument("--report", metavar="FILE", type=Path, help="write what was fetched and failed as JSON")

    ask = commands.add_parser(
        "ask", parents=[common, model, reading, json, llm, _filter_options()], help="answer a question"
    )
    ask.add_argument("question", metavar="QUESTION", nargs="?", help="the question, in Dutch or English")
    ask.add_argument("--batch", metavar="QUESTIONS.jsonl", type=Path, help="answer every question of a file")
    ask.add_argument("--out", metavar="ANSWERS.jsonl", type=Path, help="where the answers of a batch go")
    ask.add_argument("--format", choices=FORMATS, help="print the citations alone, in this form of reference")
    ask.add_argument("--explain", action="store_true", help="show what was understood, found and decided, and why")
    ask.add_argument("--threshold", metavar="P", type=float, help="refuse below this probability (0 to 1)")

    search = commands.add_parser(
        "search", parents=[common, model, reading, json, _filter_options()], help="find statements by words and filters"
    )
    search.add_argument("words", metavar="WORDS", help="what to look for")
    search.add_argument("--limit", metavar="N", type=_count, default=10, help="how many hits (default: 10)")

    evaluation = commands.add_parser(
        "eval",
        parents=[common, model, reading, json],
        help="measure the answers to questions whose right answers are known",
    )
    evaluation.add_argument("questions", metavar="QUESTIONS.jsonl", type=Path, help="questions with gold answers")
    evaluation.add_argument("--plot", metavar="FILE", type=Path, help="draw the figures (.png, .svg or .pdf)")
    evaluation.add_argument(
        "--no-tutorial",
        action="store_true",
        help="leave out the baseline that embeds all papers once more, in pieces of 1000 characters",
    )
    evaluation.add_argument(
        "--keep-threshold",
        metavar="PERCENT",
        type=_percent,
        help="keep with the index the threshold that refuses so many of the answerable questions at most (try 5)",
    )
    check = commands.add_parser("check", parents=[common, json, llm], help="trace every quotation in a text")
    check.add_argument("text", metavar="FILE", help="a text file, or - for standard input")
    check.add_argument(
        "--format", choices=["text", "json", "html", "markdown"], default="text", help="form of the report"
    )
    check.add_argument("--out", metavar="FILE", type=Path, help="write the report here")
    check.add_argument("--claims", choices=["reported", "all", "none"], default="reported", help="which claims")
    check.add_argument("--language", choices=["nl", "en"], help="language of the report (default: nl)")

    commands.add_parser("papers", parents=[common, json], help="what is in the index, as understood")
    commands.add_parser("status", parents=[common, json], help="the state of the index")

    serve = commands.add_parser("serve", parents=[common, model, reading, llm], help="open the chat window")
    serve.add_argument("--host", metavar="H", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", metavar="P", type=int, help="port to listen on (default: 7860)")
    serve.add_argument("--users", metavar="FILE", type=Path, help="who may log in; made by `kamerantwoord user`")
    serve.add_argument(
        "--user-header", metavar="NAME", dest="user_header", help="header in which a proxy names the user"
    )
    serve.add_argument("--proxies", metavar="ADDRESSES", help="proxies whose header counts (default: this machine)")
    serve.add_argument("--names", metavar="HOSTS", help="further names under which the window is reached")
    serve.add_argument("--root-path", metavar="PATH", dest="root_path", help="path under which a proxy shows it")
    serve.add_argument("--uploads", choices=["auto", "on", "off"], help="may users add papers (default: auto)")
    serve.add_argument("--logs", choices=["text", "json"], help="json: a line for each request and answer")
    serve.add_argument("--log-questions", action="store_true", default=None, help="with the questions in the logs")
    serve.add_argument("--language", choices=["nl", "en"], help="language of the window (default: nl)")

    user = commands.add_parser("user", help="add somebody to a file of users, or give a new password")
    user.add_argument("file", metavar="FILE", type=Path, help="the file that `serve --users` reads")
    user.add_argument("name", metavar="NAME", help="the name to log in with")
    return parser


def _filter_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--minister", metavar="NAME", help="answers by this bewindspersoon")
    options.add_argument("--ministry", metavar="NAME", help="answers of this ministry, also by its abbreviation")
    options.add_argument("--party", metavar="NAME", help="answers to questions of this party")
    options.add_argument("--since", metavar="DATE", type=_day, help="answers from this day on (2024-11-01)")
    options.add_argument("--until", metavar="DATE", type=_day, help="answers up to and including this day")
    return options


def filters(options: argparse.Namespace) -> Filters:
    """The filters among the options of a command."""
    return Filters(
        minister=options.minister,
        ministry=options.ministry,
        party=options.party,
        since=options.since,
        until=options.until,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2024-11-30") from None


def _day_or_last(text: str) -> date | str:
    return LAST if text.lower() == LAST else _day(text)


def _many(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _percent(text: str) -> int:
    if not text.isdigit() or int(text) > 50:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 50")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
