"""Why an answer came out as it did: what was understood, what was found by which side, and what decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chatbot import output
from chatbot.asked import Asked
from chatbot.evidence import Evidence
from chatbot.followup import Resolution
from chatbot.records import Answer, Leaning, Reason, Trace, Weighed
from chatbot.refusal import Verdict
from chatbot.support import Support
from chatbot.weights import LEANING, REFUSAL, SENTENCE, SUPPORT, Weights

SENTENCES = 8
"""Sentences that are explained, best first."""
REASONS = 6
"""Reasons that are printed for each thing judged, the weightiest first."""


def traced(
    asked: Asked,
    supports: Sequence[Support],
    evidence: Sequence[Evidence],
    verdict: Verdict,
    threshold: float | None,
    resolution: Resolution,
) -> Trace:
    """The decision with its reasons. `threshold`: None for the fitted one."""
    numbers = {(item.citation.paper, item.citation.exchange): item.citation.answers for item in evidence}
    return Trace(
        understood={
            "language": [asked.language],
            "subject": sorted(asked.words, key=lambda word: -asked.words[word]),
            "names": sorted(asked.names),
            "officials": sorted(asked.officials),
            "years": [str(year) for year in sorted(asked.years)],
            "figures": sorted(asked.figures),
            "wants": [name for name in ("when", "how_many", "why") if getattr(asked, name)],
        },
        probability=verdict.probability,
        threshold=REFUSAL.threshold if threshold is None else threshold,
        decision=_reasons(REFUSAL, verdict.signs),
        exchanges=tuple(
            Weighed(
                paper=each.paper,
                answers=numbers.get((each.paper, each.exchange), ()),
                text="",
                probability=each.probability,
                reasons=_reasons(SUPPORT, each.signs),
            )
            for each in supports
        ),
        sentences=tuple(
            Weighed(
                paper=item.citation.paper,
                answers=item.citation.answers,
                text=item.citation.quote,
                probability=item.probability,
                reasons=_reasons(SENTENCE, item.signs),
            )
            for item in evidence[:SENTENCES]
        ),
        leaning=Leaning(resolution.probability, LEANING.threshold, _reasons(LEANING, resolution.signs))
        if resolution.signs
        else None,
    )


def _reasons(weights: Weights, signs: Mapping[str, float]) -> tuple[Reason, ...]:
    if not signs:
        return ()
    added = weights.parts(signs)
    return tuple(
        Reason(name, round(signs[name], 4), round(added[name], 4))
        for name in sorted(added, key=lambda n: -abs(added[n]))
    )


def document(given: Answer) -> dict[str, Any]:
    """The explanation as JSON, beside the answer of `ask --json --explain`."""
    hits = [
        {
            "paper": hit.paper,
            "answers": list(hit.answers),
            "score": hit.score,
            "dense": hit.dense,
            "lexical": hit.lexical,
            "sense": hit.sense,
        }
        for hit in given.hits
    ]
    meant = {"clues": [output.clue(clue) for clue in given.clues]}
    if given.trace is None:
        return meant | {"hits": hits}
    trace = given.trace
    return meant | {
        **({"follow_up": _leaning(trace.leaning)} if trace.leaning else {}),
        "understood": trace.understood,
        "probability": round(trace.probability, 4),
        "threshold": round(trace.threshold, 4),
        "decision": [_reason(reason) for reason in trace.decision],
        "exchanges": [_weighed(each) for each in trace.exchanges],
        "sentences": [_weighed(each) for each in trace.sentences],
        "hits": hits,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"sign": reason.name, "value": reason.value, "added": reason.added}


def _leaning(leaning: Leaning) -> dict[str, Any]:
    return {
        "probability": round(leaning.probability, 4),
        "threshold": round(leaning.threshold, 4),
        "reasons": [_reason(reason) for reason in leaning.reasons],
    }


def _weighed(each: Weighed) -> dict[str, Any]:
    return {
        "paper": each.paper,
        "answers": list(each.answers),
        **({"quote": each.text} if each.text else {}),
        "probability": round(each.probability, 4),
        "reasons": [_reason(reason) for reason in each.reasons],
    }


def text(given: Answer) -> str:
    """The explanation for a terminal."""
    lines = [f"searched for: {given.searched}"]
    filters = output.filters(given.filters)
    lines.append(f"filters: {', '.join(f'{name} {value}' for name, value in filters.items()) or 'none'}")
    for clue in given.clues:
        chosen = ", ".join(f"{name} {value}" for name, value in output.filters(clue.filters).items())
        lines.append(f"clue: “{clue.text}” ({clue.kind}): {'only' if clue.sure else 'first'} {chosen}")
    if given.trace is not None:
        trace = given.trace
        if trace.leaning:
            taken = "goes on from" if trace.leaning.probability >= trace.leaning.threshold else "stands apart from"
            lines.append(
                f"{taken} the conversation: probability {trace.leaning.probability:.3f}, "
                f"threshold {trace.leaning.threshold:.3f}"
            )
            lines.append(f"  because {_because(trace.leaning.reasons)}")
        lines += [f"{name}: {', '.join(values)}" for name, values in trace.understood.items() if values]
        decided = "answered" if trace.probability >= trace.threshold else "refused"
        lines.append(f"{decided}: probability {trace.probability:.3f}, threshold {trace.threshold:.3f}")
        lines.append(f"  because {_because(trace.decision)}")
    lines.append("hits (fused score, cosine, BM25, words in their sense):")
    for hit in given.hits[:10]:
        values = (hit.score, hit.dense, hit.lexical, hit.sense)
        sides = [f"{value:.3f}" if value is not None else "-" for value in values]
        lines.append(f"  {hit.paper} {'/'.join(map(str, hit.answers)):6} {'  '.join(sides)}")
    if given.trace is not None:
        lines.append("exchanges:")
        for each in given.trace.exchanges:
            numbers = "/".join(map(str, each.answers))
            lines.append(f"  {each.probability:.3f} {each.paper} {numbers}: {_because(each.reasons)}")
        lines.append("sentences:")
        for each in given.trace.sentences:
            lines.append(f"  {each.probability:.3f} {each.text}\n        {_because(each.reasons)}")
    return "\n".join(lines)


def _because(reasons: Sequence[Reason]) -> str:
    return ", ".join(f"{reason.name} {reason.value:g} ({reason.added:+.2f})" for reason in reasons[:REASONS])
