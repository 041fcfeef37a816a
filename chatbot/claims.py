"""What a text says without quoting: each sentence with the passages that bear on it, and a verdict where it is sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel

from chatbot import claim_rules, speech
from chatbot.checked import Attributed, CheckedClaim, ClaimVerdict
from chatbot.claim_model import judge_by_model
from chatbot.mentions import CABINET, Mention
from chatbot.quotations import Quoted, masked
from chatbot.records import Citation
from corpus.sentences import split
from index.records import Filters
from index.search import Index

REPORTED, ALL, NONE = "reported", "all", "none"
"""Which sentences are claims: those that tell what an official said, every one, none."""
CHOICES = (REPORTED, ALL, NONE)
FEWEST_WORDS = 4
EVIDENCE = 3
"""Sentences shown with a claim, at most."""
HITS = 6

_WORDS = re.compile(r"[^\W\d_]+|\d[\d.,]*")
_GOES_ON = re.compile(
    r"(?:Daarnaast|Ook|Verder|Wel|Bovendien|Daarbij|Tevens|Daarom|Toch|Daarmee|Daardoor|Zo|Hij|Zij|Ze|Volgens\s+h(?:em|aar))\b"
)
_THAT = re.compile(r"^.*?\b(?:dat|of)\s+", re.DOTALL)
_ACCORDING = re.compile(r"^\W*(?:Volgens|Aldus)\s+", re.IGNORECASE)
_TAIL = re.compile(
    r",\s+(?:aldus|volgens|zo\b|zeg|zei|stel|schrijf|schreef|meld|antwoord|benadruk|laat|liet|erken|voeg)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the text; `core`: what it says, without who says it. `start`, `end`: in the text."""

    text: str
    start: int
    end: int
    core: str
    who: Attributed | None


def check_claims(
    text: str, quoted: Sequence[Quoted], named: Sequence[Mention], index: Index, *, language: str, which: str,
    model: BaseChatModel | None = None,
) -> tuple[CheckedClaim, ...]:  # fmt: skip
    """The claims of a text, judged. `which`: one of CHOICES. `model`: judges where the rules are not sure."""
    found = find_claims(text, quoted, named, which=which)
    return tuple(index.each(lambda claim: _judged(claim, index, language, model), found))


def find_claims(text: str, quoted: Sequence[Quoted], named: Sequence[Mention], *, which: str) -> tuple[Claim, ...]:
    """The sentences that are claims, in order.

    A text that neither quotes nor reports is somebody's own words: then every sentence is one.
    """
    if which == NONE:
        return ()
    page = masked(text, quoted)
    outside = [mention for mention in named if not any(one.start <= mention.start < one.end for one in quoted)]
    every = list(_sentences(text, page, split(_with_sentences(page, quoted)), outside))
    reported = [claim for claim, told in every if told]
    return tuple(claim for claim, _ in every) if which == ALL or not (quoted or reported) else tuple(reported)


def _with_sentences(page: str, quoted: Sequence[Quoted]) -> str:
    """A quotation that begins or ends a sentence does so on the masked page too."""
    characters = list(page)
    for item in quoted:
        if item.text[:1].isupper():
            characters[item.opening] = "X"
        if item.text.endswith((".", "!", "?", "…")):
            characters[item.closing - 1] = "."
    return "".join(characters)


def _sentences(
    text: str, page: str, spans: Sequence[tuple[int, int]], named: Sequence[Mention]
) -> Iterator[tuple[Claim, bool]]:
    """Each sentence that says enough in the text's own words, and whether it tells what an official said."""
    going, last_end, last_who = False, 0, None
    for start, end in spans:
        own = page[start:end].replace("•", " ")
        # A broken-off piece with quotations on both sides says who speaks and no more.
        if len(_WORDS.findall(own)) < FEWEST_WORDS or page[start:end].count("•") > len(own.replace(" ", "")):
            going = going and "\n" not in page[last_end:start]
            continue
        inside = [mention for mention in named if start <= mention.start < end]
        who = next((mention.who for mention in inside if _is_government(mention.who)), None)
        told = who is not None and bool(speech.STRONG.search(own))
        if not told and going and "\n" not in page[last_end:start] and _GOES_ON.match(own.strip()):
            told, who = True, who or last_who
        core = _core(page, start, end, inside) if told else page[start:end]
        if len(_WORDS.findall(core.replace("•", " "))) >= FEWEST_WORDS:
            yield Claim(text[start:end], start, end, core.replace("•", " ").strip(), who), told
        going, last_end, last_who = told, end, who if told else None


def _is_government(who: Attributed) -> bool:
    return (
        who.office in speech.GOVERNMENT or who.office == CABINET or (not who.office and bool(who.name or who.ministry))
    )


def _core(text: str, start: int, end: int, inside: Sequence[Mention]) -> str:
    """What is said, without "De minister voegt toe dat" before it or ", aldus de minister" behind."""
    sentence = text[start:end]
    first = inside[0] if inside else None
    if first is not None and (according := _ACCORDING.match(sentence)) and first.start - start <= according.end() + 3:
        return text[first.end : end].strip(" ,")
    that = _THAT.match(sentence)
    if that and first is not None and first.start - start < that.end() and speech.SAYING.search(that[0]):
        return sentence[that.end() :]
    tail = _TAIL.search(sentence)
    if tail and any(mention.start >= start + tail.start() for mention in inside):
        return sentence[: tail.start()]
    return sentence


def _judged(claim: Claim, index: Index, language: str, model: BaseChatModel | None) -> CheckedClaim:
    hits = []
    if claim.who is not None and claim.who.name:
        hits = index.search(claim.core, filters=Filters(minister=claim.who.name), limit=HITS)
    if len(hits) < HITS:
        known = {(hit.paper, hit.exchange) for hit in hits}
        hits += [hit for hit in index.search(claim.core, limit=HITS) if (hit.paper, hit.exchange) not in known]
    leads = claim_rules.leads(index, claim.core, claim.who, hits)
    shown = tuple(lead.citation for lead in leads[:EVIDENCE])
    ruling = claim_rules.judge(claim.core, leads, language)
    if ruling is not None:
        first = (ruling.lead.citation,) if ruling.lead else ()
        rest = tuple(citation for citation in shown if citation not in first)
        return _checked(claim, ruling.verdict, (*first, *rest)[:EVIDENCE], ruling.reasons)
    if model is not None and (given := judge_by_model(claim.core, shown, model)) is not None:
        return _checked(claim, given.verdict, given.evidence, (), by_model=True)
    return _checked(claim, None, shown, ())


def _checked(
    claim: Claim, verdict: ClaimVerdict | None, evidence: tuple[Citation, ...], reasons: tuple[str, ...],
    *, by_model: bool = False,
) -> CheckedClaim:  # fmt: skip
    return CheckedClaim(claim.text, claim.start, claim.end, claim.who, verdict, evidence, reasons, by_model)
