"""An evaluation as tables for a terminal, as JSON and as a plot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from chatbot import output
from chatbot.evaluation import OURS, Evaluation, Figure, Figures

SHOWN = ("answer@1", "answer@5", "answer@10", "ndcg@10", "mrr", "document@1", "document@10")
PLOTTED = ("answer@1", "answer@5", "answer@10", "ndcg@10", "mrr")
DIGITS = 4


def document(measured: Evaluation) -> dict[str, Any]:
    """An evaluation as JSON; shares from 0 to 1."""
    return _rounded(asdict(measured))  # type: ignore[no-any-return]


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, Mapping):
        return {name: _rounded(item) for name, item in value.items()}
    return list(value) if isinstance(value, tuple) else value


def text(measured: Evaluation) -> str:
    """An evaluation for a terminal: shares in per cent, with the bounds of the overall ones."""
    ours = measured.rankings[OURS]
    blocks = [
        "The right exchange among the first k (answer@k), its order (ndcg, mrr) and its paper (document@k), in %:",
        output.table([
            {"system": system, **{name: _bounded(groups.overall.get(name)) for name in SHOWN}}
            for system, groups in measured.rankings.items()
        ]),
    ]  # fmt: skip
    if measured.ahead:
        blocks += [
            "How far ahead of each, question by question:",
            output.table([
                {"system": system, **{name: _bounded(figures.get(name), signed=True) for name in SHOWN}}
                for system, figures in measured.ahead.items()
            ]),
        ]  # fmt: skip
    rows = {"all": ours.overall, **ours.kinds, **ours.languages}
    blocks += [
        "By kind of question and by language:",
        output.table([
            {"questions": name, "number": str(figures[SHOWN[0]].count), **_plain(figures, SHOWN)}
            for name, figures in rows.items()
            if figures
        ]),
        "The answers:",
        output.table([
            {"measure": name, "%": _bounded(figure), "questions": str(figure.count)}
            for name, figure in measured.answers.overall.items()
        ]),
    ]  # fmt: skip
    if measured.claims:
        given = sorted({verdict for row in measured.claims.values() for verdict in row})
        blocks += [
            "Claims, by right verdict (rows) and given verdict (columns):",
            output.table([
                {"claim": right, **{verdict or "(none given)": str(row.get(verdict, 0)) for verdict in given}}
                for right, row in measured.claims.items()
            ]),
        ]  # fmt: skip
    times = measured.milliseconds
    blocks.append(f"An answer took {times['median']:.0f} ms at the median and {times['p95']:.0f} ms at p95.")
    return "\n\n".join(block for block in blocks if block)


def _bounded(figure: Figure | None, *, signed: bool = False) -> str:
    if figure is None:
        return ""
    sign = "+" if signed else ""
    return f"{100 * figure.value:{sign}.1f} ({100 * figure.low:{sign}.0f}..{100 * figure.high:{sign}.0f})"


def _plain(figures: Figures, names: tuple[str, ...]) -> dict[str, str]:
    return {name: f"{100 * figures[name].value:.1f}" if name in figures else "" for name in names}


def plot(measured: Evaluation, file: Path) -> None:
    """Draw the systems beside each other, with their bounds, into a file of the format that its name says.

    Raises:
        ValueError: matplotlib writes no such format.
    """
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(9, 4.5), layout="constrained")
    axes = canvas.subplots()
    count = len(measured.rankings)
    for place, (system, groups) in enumerate(measured.rankings.items()):
        figures = [groups.overall[name] for name in PLOTTED]
        axes.bar(
            [position + (place - (count - 1) / 2) * 0.8 / count for position in range(len(PLOTTED))],
            [figure.value for figure in figures],
            width=0.8 / count,
            yerr=[[f.value - f.low for f in figures], [f.high - f.value for f in figures]],
            capsize=2,
            label=system,
        )
    axes.set_xticks(range(len(PLOTTED)), PLOTTED)
    axes.set_ylim(0, 1.05)
    axes.set_ylabel(f"mean over {measured.rankings[OURS].overall['mrr'].count} questions, 95 % bootstrap bounds")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.12), ncols=count, frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    canvas.savefig(file)
