"""The command that measures: `kamerantwoord eval`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from importlib.util import find_spec

from chatbot import batch, chosen, commands, gold, kept_threshold
from chatbot.chain import build_chain
from chatbot.exits import Exit
from chatbot.settings import Settings

NEEDED = ("ir_measures", "langchain_text_splitters")
PLOT_FORMATS = (".png", ".svg", ".pdf")


def evaluate(options: argparse.Namespace, settings: Settings) -> Exit:
    """Ask the questions of a file and print how good the answers are, beside simpler programs.

    Raises:
        WrongUse: the packages are not there, or the file holds no questions, or the plot has no known format.
    """
    needed = [*NEEDED, *(["matplotlib"] if options.plot else [])]
    if absent := [name for name in needed if find_spec(name) is None]:
        raise commands.WrongUse(f"eval: {', '.join(absent)} not installed; run `pip install 'kamerantwoord[eval]'`")
    if options.plot and options.plot.suffix.lower() not in PLOT_FORMATS:
        raise commands.WrongUse(f"eval: {options.plot} is no plot; end its name in {', '.join(PLOT_FORMATS)}")
    from chatbot import evaluation, scores

    entries = list(gold.read(options.questions))
    questions = {entry.id: entry for entry in entries if isinstance(entry, gold.GoldQuestion)}
    skipped = [entry for entry in entries if isinstance(entry, batch.Skipped)]
    for entry in skipped:
        commands.say(f"{options.questions}: line {entry.line} {entry.reason}; skipped")
    if not questions:
        raise commands.WrongUse(f"eval: {options.questions} holds no question with gold answers")
    model = commands.language_model(settings)
    with chosen.opened(settings) as index, commands.progress_bars() as progress:
        measured = evaluation.evaluate(
            index,
            build_chain(index, settings, model),
            list(questions.values()),
            tutorial=not options.no_tutorial,
            progress=progress,
        )
    for paper in measured.missing:
        commands.say(f"{paper}: is not in the index and counts as not found; ingest it to measure fairly")
    if options.plot:
        scores.plot(measured, options.plot)
    if options.keep_threshold is not None:
        _keep_threshold(measured.probabilities, options.keep_threshold / 100, settings)
    commands.show(
        json.dumps(scores.document(measured), ensure_ascii=False, indent=2) if options.json else scores.text(measured)
    )
    return Exit.DONE if not skipped and not measured.missing else Exit.NOTHING_OR_SKIPPED


def _keep_threshold(probabilities: Sequence[float], share: float, settings: Settings) -> None:
    try:
        threshold = kept_threshold.fitted(probabilities, share)
    except ValueError as error:
        raise commands.WrongUse(f"eval: --keep-threshold: {error}") from error
    kept_threshold.keep(settings.data, threshold)
    commands.say(f"from now on questions are refused below {threshold:.4f}, unless a threshold is set")
