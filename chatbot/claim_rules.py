"""The rules by which a claim is called supported or contradicted: where one sentence holds nearly all that it says.

Figures, dates, names and negations are compared exactly. Where a rule is not sure there is no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.checked import Attributed, ClaimVerdict
from chatbot.citations import cite
from chatbot.differences import NEGATIONS, is_name
from chatbot.numerals import Number, figures
from chatbot.records import Citation
from chatbot.texts import TEXTS
from chatbot.wording import of_source
from corpus.folding import fold
from corpus.sentences import split
from index.analysis import words as stems
from index.records import Hit
from index.search import Index

SURE = 0.8
"""Share of the weight of a claim's words that one sentence must hold for a verdict."""
SURE_OF_DENIAL = 0.88
"""The same for a verdict that rests on a negation alone."""
SURE_IN_CONTEXT = 0.5
"""The same for a claim with figures, where its question and the paper's subject hold nearly all of the rest."""
FAR = 0.35
"""Below this share nothing found has to do with the claim."""
MOST_LONGER = 2.2
"""So many times longer than the claim a sentence may be whose negation is held against it."""
_YES_OR_NO = re.compile(
    r"\s*(?:Bent\s+u\s+(?:het\s+)?(?:bereid|van\s+plan|voornemens|bekend|eens)|Klopt\s+het|Is\s+het\s+(?:waar|juist)|Deelt\s+u|"
    r"Kunt\s+u\s+bevestigen|Wordt|Gaat|Komt|Wilt\s+u)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"\s*(Ja|Nee|Neen|Inderdaad|Zeker)\b(?!,?\s*(?:maar|tenzij|mits|voor\s+zover))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence of an answer that bears on a claim. `coverage`: share of the claim's words it holds, 0 to 1.

    `context`: the share that it holds together with its question and the paper's subject.
    `wider`: the whole answer with its question. `asked`: what the members asked where the sentence answers it with
    yes or no alone, else "".
    """

    citation: Citation
    sentence: str
    coverage: float
    context: float
    wider: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict with the sentence that it rests on, None where nothing was found, and why."""

    verdict: ClaimVerdict
    lead: Lead | None
    reasons: tuple[str, ...]


def leads(index: Index, core: str, who: Attributed | None, hits: Sequence[Hit]) -> list[Lead]:
    """The sentences of the found answers that hold most of a claim's words, best first."""
    weights = index.rarities(_without_speaker(core, who))
    found = [lead for hit in hits for lead in _of_hit(index, hit, weights)]
    return sorted(found, key=lambda lead: -lead.coverage)


def _without_speaker(core: str, who: Attributed | None) -> str:
    named = set(fold(f"{who.name} {who.office} {who.ministry}").split()) if who else set()
    skipped = named | {"minister", "staatssecretaris", "bewindsman", "bewindsvrouw", "kabinet", "dat"}
    return " ".join(
        word for word in core.replace("•", " ").split() if fold(word) not in skipped and not any(map(str.isdigit, word))
    )


def _of_hit(index: Index, hit: Hit, weights: dict[str, float]) -> Iterator[Lead]:
    paper = index.paper(hit.paper)
    exchange = paper.exchanges[hit.exchange]
    about = f"{paper.subject}\n{exchange.question}"
    wider = f"{about}\n{exchange.answer}"
    for start, end in split(exchange.answer):
        sentence = exchange.answer[start:end]
        context = _coverage(f"{about} {sentence}", weights)
        yield Lead(cite(paper, hit.exchange, start, end, 1), sentence, _coverage(sentence, weights), context, wider)
    questions = split(exchange.question)
    if len(questions) == 1 and _YES_OR_NO.match(exchange.question) and _ANSWERED.match(exchange.answer):
        start, end = split(exchange.answer)[0]
        said = cite(paper, hit.exchange, start, end, 1)
        share = _coverage(exchange.question, weights)
        yield Lead(said, exchange.answer[start:end], share, share, wider, exchange.question)


def _coverage(sentence: str, weights: dict[str, float]) -> float:
    said = set(stems(sentence))
    total = sum(weights.values())
    held = sum(weight for stem, weight in weights.items() if stem in said or _inside(stem, said))
    return held / total if total else 0.0


def _inside(stem: str, said: set[str]) -> bool:
    """Whether a word is part of a compound of the other text, or the reverse."""
    return len(stem) >= 5 and any(len(other) >= 5 and (stem in other or other in stem) for other in said)


def judge(core: str, found: Sequence[Lead], language: str) -> Ruling | None:
    """The verdict on a claim, or None where the rules are not sure."""
    best = max((max(lead.coverage, lead.context) for lead in found), default=0.0)
    if best < FAR:
        return Ruling(ClaimVerdict.NOT_FOUND, None, (TEXTS[language].findings.nothing_near,))
    near = [lead for lead in found if lead.coverage >= SURE and not _strange_names(core, lead)]
    about = [
        lead for lead in found
        if lead.coverage >= SURE_IN_CONTEXT and lead.context >= SURE_OF_DENIAL and not _strange_names(core, lead)
    ] if figures(core, articles=False).numbers else []  # fmt: skip
    for rule, leads_of_rule in (
        (_supported, [*near, *about]), (_answered, near), (_other_figure, [*near, *about]), (_denied, near)
    ):  # fmt: skip
        for lead in leads_of_rule:
            if (ruling := rule(core, lead, language)) is not None:
                return ruling
    return None


def _supported(core: str, lead: Lead, language: str) -> Ruling | None:
    if lead.asked or _denials(core) != _denials(lead.sentence):
        return None
    claimed, said = figures(core, articles=False), figures(lead.sentence)
    if not (claimed.numbers <= said.numbers and claimed.days <= said.days and claimed.codes <= said.codes):
        return None
    return Ruling(
        ClaimVerdict.SUPPORTED,
        lead,
        (TEXTS[language].findings.all_held.format(share=round(100 * max(lead.coverage, lead.context))),),
    )


def _answered(core: str, lead: Lead, language: str) -> Ruling | None:
    """A question with the claim's words, answered with yes or no."""
    answer = _ANSWERED.match(lead.sentence)
    if not lead.asked or answer is None or _denials(lead.asked) or lead.coverage < SURE_OF_DENIAL:
        return None
    if not figures(core, articles=False).numbers <= figures(lead.asked).numbers:
        return None
    agrees = answer[1].lower() not in {"nee", "neen"}
    verdict = ClaimVerdict.SUPPORTED if agrees != bool(_denials(core) % 2) else ClaimVerdict.CONTRADICTED
    return Ruling(
        verdict,
        lead,
        (TEXTS[language].findings.answered_so.format(question=" ".join(lead.asked.split()), answer=answer[1]),),
    )


def _other_figure(core: str, lead: Lead, language: str) -> Ruling | None:
    """All but one number or day of the claim, and in its place another of the same kind."""
    if lead.asked or _denials(core) != _denials(lead.sentence):
        return None
    claimed, said = figures(core, articles=False), figures(lead.sentence)
    strange = claimed.numbers - said.numbers
    if len(strange) == 1 and claimed.days <= said.days:
        (number,) = strange
        others = {
            other for other in said.numbers - claimed.numbers if other.unit == number.unit and _alike(other, number)
        }
        known = {other.value for other in figures(lead.wider).numbers}
        if len(others) == 1 and number.value not in known:
            (other,) = others
            return _other(lead, _shown(other), _shown(number), language)
    days = claimed.days - said.days
    if len(days) == 1 and claimed.numbers - {Number(str(day.year)) for day in days} <= said.numbers:
        (day,) = days
        others_days = said.days - claimed.days
        if len(others_days) == 1 and day not in figures(lead.wider).days:
            (known_day,) = others_days
            return _other(lead, _date(known_day), _date(day), language)
    return None


def _other(lead: Lead, its: str, mine: str, language: str) -> Ruling:
    return Ruling(ClaimVerdict.CONTRADICTED, lead, (TEXTS[language].findings.other_figure.format(its=its, mine=mine),))


def _denied(core: str, lead: Lead, language: str) -> Ruling | None:
    """The same words and figures, with a negation in one of the two only."""
    mine, its = _denials(core), _denials(lead.sentence)
    if lead.asked or {mine, its} != {0, 1} or lead.coverage < SURE_OF_DENIAL:
        return None
    claimed, said = figures(core, articles=False), figures(lead.sentence)
    if not (claimed.numbers <= said.numbers and claimed.days <= said.days):
        return None
    if len(lead.sentence.split()) > MOST_LONGER * len(core.split()):
        return None
    return Ruling(
        ClaimVerdict.CONTRADICTED,
        lead,
        (TEXTS[language].findings.denied if its else TEXTS[language].findings.not_denied,),
    )


def _denials(text: str) -> int:
    """How often a text denies; a "Nee," that opens an answer answers its question and denies nothing further on."""
    text = re.sub(r"^\s*Nee[,.;:]\s+(?=\w)", "", text)
    return sum(word in NEGATIONS for word in re.findall(r"[^\W\d_]+", text.lower()))


def _strange_names(core: str, lead: Lead) -> bool:
    """Whether the claim names somebody or something that neither the answer nor its question or speakers do."""
    wording = of_source(core.replace("•", " "))
    speakers = " ".join(f"{person.name} {person.office} {person.ministry}" for person in lead.citation.speakers)
    known = set(fold(f"{lead.wider} {speakers}").split())
    return any(
        is_name(wording.words, place, wording.text)
        and not set(fold(word.key).split()) <= known
        and not word.key[0].isdigit()
        for place, word in enumerate(wording.words)
    )


def _alike(one: Number, other: Number) -> bool:
    """Years are compared with years, amounts with amounts."""
    return _is_year(one) == _is_year(other)


def _is_year(number: Number) -> bool:
    return not number.unit and bool(re.fullmatch(r"(?:19|20|21)\d\d", number.value))


def _shown(number: Number) -> str:
    value = number.value.replace(".", ",")
    return f"{number.unit} {value}" if number.unit in {"€", "$", "£"} else f"{value} {number.unit}".strip()


def _date(day: object) -> str:
    parts = (getattr(day, "day", None), getattr(day, "month", None), getattr(day, "year", None))
    return "-".join(str(part) for part in parts if part)
