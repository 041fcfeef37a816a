"""What the check finds: quotations and claims of a text with their verdicts, matches and differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from chatbot.records import Citation
from corpus.records import Member


class Verdict(StrEnum):
    """How a quotation compares with the papers, in the words of the command-line contract."""

    EXACT = "exact"
    ALTERED = "altered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


class ClaimVerdict(StrEnum):
    """What the papers say of a claim; where the rules are not sure there is none."""

    SUPPORTED = "onderbouwd"
    CONTRADICTED = "tegengesproken"
    NOT_FOUND = "niet gevonden"


class Speech(StrEnum):
    """Who really said it against who the text says said it."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"
    """the text names nobody, or the quotation was not found"""


class Kind(StrEnum):
    """What was done to the words of the source."""

    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


class Weight(IntEnum):
    """How much a difference matters; what comes first is shown first."""

    NEGATION = 0
    NUMBER = 1
    NAME = 2
    WORDS = 3
    PUNCTUATION = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """`article`: what the text prints; `paper`: what the paper has there; "" for nothing. `words`: said in a sentence.

    `start`, `end`: characters of the checked text where it shows; equal where only the paper has words.
    """

    kind: Kind
    weight: Weight
    article: str
    paper: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who the text says said it. `text`: as printed, `start` to `end` in the checked text.

    `name`: family name, `office`: "Minister", "Staatssecretaris", "Minister-President", or what else is printed
    ("Kamerlid"); `ministry`: canonical where known. Each "" where the text does not tell.
    """

    text: str
    start: int
    end: int
    name: str = ""
    office: str = ""
    ministry: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Where the words of a quotation, or of a part of it, stand in the papers.

    `in_question`: in the members' question, which is never a minister's statement; then `citation` has no speakers
    and `askers` names the members.
    """

    citation: Citation
    similarity: float
    in_question: bool = False
    askers: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation of the text. `start`, `end`: what stands between its marks, characters of the text.

    `match`: the best place in the papers; for `NOT_FOUND` None, and `nearest` what comes closest. `parts`: more than
    one when the quotation was put together from several places. `notes`: what a reader should know, in sentences.
    """

    quote: str
    start: int
    end: int
    verdict: Verdict
    similarity: float
    match: Match | None
    nearest: Match | None
    parts: tuple[Match, ...]
    differences: tuple[Difference, ...]
    attributed: Attributed | None
    speech: Speech
    notes: tuple[str, ...]

    @property
    def stitched(self) -> bool:
        """Whether it joins words from several places."""
        return len(self.parts) > 1


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A sentence that says something without quoting. `verdict`: None where only the evidence can be shown.

    `reasons`: what the verdict rests on, in sentences. `by_model`: a language model gave it, with quotations that
    were verified.
    """

    text: str
    start: int
    end: int
    attributed: Attributed | None
    verdict: ClaimVerdict | None
    evidence: tuple[Citation, ...]
    reasons: tuple[str, ...]
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Words between quotation marks that are no quotation: a title or a single term. `reason`: "title" or "term"."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A text held against the papers. All lists are in the order of the text.

    `fictitious`: a match is from a paper that calls itself FICTIEF. `papers`: how many papers it was held against.
    """

    text: str
    language: str
    quotations: tuple[CheckedQuotation, ...]
    claims: tuple[CheckedClaim, ...]
    passed_over: tuple[PassedOver, ...]
    papers: int
    milliseconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def fictitious(self) -> bool:
        """Whether anything found stands in a fictitious paper."""
        found = [quotation.match or quotation.nearest for quotation in self.quotations]
        return any(match.citation.fictitious for match in found if match) or any(
            citation.fictitious for claim in self.claims for citation in claim.evidence
        )
