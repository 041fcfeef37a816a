"""A claim judged by a language model, whose verdict counts only with a quotation that stands in the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from chatbot import prompts
from chatbot.checked import ClaimVerdict
from chatbot.models import private
from chatbot.numerals import figures
from chatbot.records import Citation

SHORTEST = 15
"""Characters that a quotation of the model must have."""
_VERDICT = re.compile(r"OORDEEL\s*:\s*(onderbouwd|tegengesproken|onbekend)", re.IGNORECASE)
_QUOTED = re.compile(r"CITAAT\s*\[?(\d+)\]?\s*:\s*[\"“„‘]?(.+?)[\"”’]?\s*$", re.IGNORECASE | re.MULTILINE)
_FENCE = str.maketrans({"<": "‹", ">": "›"})


@dataclass(frozen=True, slots=True)
class ModelRuling:
    """A verdict and the sentences that the model quoted for it, each verified."""

    verdict: ClaimVerdict
    evidence: tuple[Citation, ...]


def judge_by_model(core: str, evidence: Sequence[Citation], model: BaseChatModel) -> ModelRuling | None:
    """The model's verdict; None when it is not sure, fails, or quotes what does not stand in the evidence."""
    if not evidence:
        return None
    listed = "\n".join(f"[{n}] {_harmless(citation.quote)}" for n, citation in enumerate(evidence, 1))
    messages = [
        SystemMessage(prompts.JUDGE),
        HumanMessage(prompts.JUDGED.format(claim=_harmless(core), sentences=listed)),
    ]
    try:
        with private():
            written = str(model.invoke(messages).text)
    except Exception:
        # Providers raise their own kinds; without a model the evidence is shown without a verdict.
        return None
    verdict = _VERDICT.search(written)
    if verdict is None or verdict[1].lower() == "onbekend":
        return None
    quoted = tuple(
        dict.fromkeys(
            citation for number, words in _QUOTED.findall(written) for citation in _verified(evidence, number, words)
        )
    )
    if not quoted:
        return None
    ruling = ClaimVerdict(verdict[1].lower())
    known = figures(" ".join(citation.quote for citation in quoted))
    claimed = figures(core, articles=False)
    if ruling is ClaimVerdict.SUPPORTED and not (claimed.numbers <= known.numbers and claimed.days <= known.days):
        return None
    return ModelRuling(ruling, quoted)


def _verified(evidence: Sequence[Citation], number: str, words: str) -> tuple[Citation, ...]:
    said = " ".join(words.split())
    if len(said) < SHORTEST or not 1 <= int(number) <= len(evidence):
        return ()
    citation = evidence[int(number) - 1]
    return (citation,) if said in " ".join(citation.quote.translate(_FENCE).split()) else ()


def _harmless(text: str) -> str:
    return " ".join(text.translate(_FENCE).split())
