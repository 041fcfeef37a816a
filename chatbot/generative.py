"""An answer in prose by a language model over numbered quotations, each sentence checked before it is shown.

The model sees the quotations, fenced, and writes the words between them; it names quotations by number and
the program prints them from the stored text. A sentence that fails `verification.check` is left out, one
that differs from its source in negation only is shown with a warning, and the notice says how many passed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from chatbot import prompts
from chatbot.citations import question_needed, signatories
from chatbot.drafts import Sentence, sentences
from chatbot.errors import GenerationFailed
from chatbot.language import long_date
from chatbot.models import private
from chatbot.records import Answer, Citation
from chatbot.verification import Flaw, check
from corpus.records import PaperKind

MODE = "generative"
LONGEST_ANSWER = 6_000
"""Characters that are read of what a model writes; small models may never stop by themselves."""
MOST_SENTENCES = 10
LONGEST_EVIDENCE = 9_000
"""Characters of evidence that are sent, best first, so that a context of 4,096 tokens suffices."""
LONGEST_QUESTION = 1_000
LONGEST_ASKED = 300
FENCE = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")"})
SECRET = re.compile(r"\b(?:sk|key)-\S+|(?<=Bearer )\S+", re.IGNORECASE)


@dataclass
class Tally:
    """What became of the sentences of one draft."""

    passed: int = 0
    marked: int = 0
    struck: Counter[Flaw] = field(default_factory=Counter)
    total: int = 0

    def reasons(self, language: str) -> str:
        """The kinds of flaws for which sentences were left out, with their counts."""
        return ", ".join(f"{count}× {prompts.FLAWS[language][flaw]}" for flaw, count in self.struck.most_common())

    def notice(self, language: str) -> str:
        """How many sentences passed, in a sentence for the reader."""
        return prompts.CHECKED[language].format(
            passed=self.passed,
            total=self.total,
            share=round(100 * self.passed / self.total),
            struck=prompts.STRUCK[language].format(reasons=self.reasons(language)) if self.struck else "",
            marked=prompts.MARKED[language].format(count=self.marked) if self.marked else "",
        )


def stream_answer(
    question: str, evidence: Sequence[Citation], model: BaseChatModel, *, language: str, timeout: float
) -> Iterator[Answer]:
    """Answer `question` from `evidence`, sentence by sentence as the model writes them.

    The parts add up to the answer: its text, the citations renumbered from 1 in order of first use, and a
    notice with the share of sentences that passed so far.

    Args:
        evidence: quotations with distinct numbers `n`, best first.
        language: "nl" or "en", of the words between the quotations.
        timeout: seconds for the whole answer.

    Raises:
        GenerationFailed: on a time-out, an error of the model or its server, an empty answer, a refusal, or
            when no sentence passed. The message is a clause in `language`. After a time-out or an error,
            sentences that were checked may have been given already; they stand.
    """
    if not evidence:
        raise GenerationFailed(prompts.NO_EVIDENCE[language])
    sent = _fitting(evidence)
    known = {citation.n: citation for citation in sent}
    tally = Tally()
    page = _Page(language)
    seen: set[str] = set()
    for sentence in sentences(_received(model, build_messages(question, sent, language), timeout, language)):
        if _refuses(sentence, language):
            if page.shown:
                break
            raise GenerationFailed(prompts.REFUSED[language])
        words = " ".join(sentence.text.casefold().split())
        if words in seen:
            continue
        seen.add(words)
        tally.total += 1
        flaws = [finding.flaw for finding in check(sentence, known, language)]
        if struck := [flaw for flaw in flaws if flaw is not Flaw.NEGATION]:
            tally.struck[struck[0]] += 1
            continue
        echoes = _only_echoes(sentence, known, language)
        if flaws and not echoes:
            tally.marked += 1
        else:
            tally.passed += 1
        part = page.print(sentence, known, words=not echoes, beware=bool(flaws))
        yield replace(part, notice=tally.notice(language))
        if tally.passed + tally.marked >= MOST_SENTENCES:
            break
    if not tally.total:
        raise GenerationFailed(prompts.EMPTY[language])
    if not page.shown:
        reasons = tally.reasons(language)
        raise GenerationFailed(prompts.NOTHING_PASSED[language].format(total=tally.total, reasons=reasons))
    yield Answer(mode=MODE, language=language, notice=tally.notice(language))


def build_messages(question: str, evidence: Sequence[Citation], language: str) -> list[BaseMessage]:
    """What the model is told: the rules, then the fenced evidence and the fenced question."""
    numbered = "\n".join(
        prompts.SENTENCE.format(
            n=citation.n, origin=_harmless(_context(citation, language)), text=_harmless(citation.quote)
        )
        for citation in evidence
    )
    asked = prompts.QUESTION[language].format(sentences=numbered, question=_harmless(question)[:LONGEST_QUESTION])
    rules = prompts.SYSTEM[language].format(no_answer=prompts.NO_ANSWER[language])
    return [SystemMessage(rules), HumanMessage(asked)]


def origin(citation: Citation, language: str) -> str:
    """Who said it and when: "minister Van Dalen (Financiën), 3 mei 2024"."""
    if citation.paper_kind is PaperKind.OTHER:
        return _prose_origin(citation, language)
    speakers = signatories(citation.speakers, language) or prompts.UNATTRIBUTED[language]
    return f"{speakers}, {long_date(citation.date, language)}" if citation.date else speakers


def _prose_origin(citation: Citation, language: str) -> str:
    """Whom an article quotes, and that it is an article."""
    where = (prompts.ARTICLE if citation.speakers else prompts.TEXT)[language]
    if citation.date:
        where += prompts.OF_DAY[language].format(date=long_date(citation.date, language))
    quoted = signatories(citation.speakers, language)
    return prompts.QUOTED_IN[language].format(speakers=quoted, where=where) if quoted else where


def _context(citation: Citation, language: str) -> str:
    """What the model is told of a sentence: who said it, and to what where it says nothing without that."""
    asked = question_needed(citation)[-LONGEST_ASKED:]
    if not asked:
        return origin(citation, language)
    return f"{origin(citation, language)}, {prompts.IN_ANSWER_TO[language].format(question=asked)}"


def _harmless(text: str) -> str:
    """On one line, and unable to close the fence or to pass for a numbered sentence."""
    return " ".join(text.translate(FENCE).split())


def _fitting(evidence: Sequence[Citation]) -> list[Citation]:
    kept: list[Citation] = []
    room = LONGEST_EVIDENCE
    for citation in evidence:
        room -= len(citation.quote)
        if kept and room < 0:
            break
        kept.append(citation)
    return kept


def _refuses(sentence: Sentence, language: str) -> bool:
    words = sentence.words.lower().replace("’", "'")
    bare = words.strip(" .!:-")
    return (
        any(token in sentence.text or token.lower() == bare for token in prompts.NO_ANSWER.values())
        or any(refusal in words for refusal in prompts.REFUSALS)
    )  # fmt: skip


class _Page:
    """The text as it grows, with the numbers that citations have in it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.numbers: dict[int, int] = {}
        self.shown = False

    def print(self, sentence: Sentence, known: dict[int, Citation], *, words: bool, beware: bool) -> Answer:
        """The sentence, with a warning if `beware`, and the quotations that it is the first to cite.

        Without `words` the quotations alone.
        """
        fresh: list[Citation] = []
        for number in sentence.cites:
            if number not in self.numbers:
                self.numbers[number] = len(self.numbers) + 1
                fresh.append(replace(known[number], n=self.numbers[number]))
        lines = [self._renumbered(sentence)] if words else []
        if lines and beware:
            lines[0] += f" {prompts.CHECK_NEGATION[self.language]}"
        lines += [
            prompts.QUOTATION.format(quote=citation.quote, origin=self._origin(citation), n=citation.n)
            for citation in fresh
        ]
        text = "\n\n".join(lines)
        if text and self.shown:
            text = f"\n\n{text}"
        self.shown = self.shown or bool(text)
        return Answer(text=text, citations=tuple(fresh), mode=MODE, language=self.language)

    def _origin(self, citation: Citation) -> str:
        """Who said it and when, and to what where it says nothing without that; a question's brackets are no marks."""
        asked = _harmless(question_needed(citation))
        said = origin(citation, self.language)
        return f"{said}, {prompts.IN_ANSWER_TO[self.language].format(question=asked)}" if asked else said

    def _renumbered(self, sentence: Sentence) -> str:
        text = ""
        for segment in sentence.segments:
            joint = "" if not text or segment.text[:1] in set(",;:.!?") else " "
            marks = " ".join(f"[{self.numbers[number]}]" for number in dict.fromkeys(segment.cites))
            text += f"{joint}{segment.text} {marks}".rstrip()
        return text


def _only_echoes(sentence: Sentence, known: dict[int, Citation], language: str) -> bool:
    """Whether a sentence says nothing but what is printed below it: a quotation, who said it, or both."""
    words = _words(sentence.words)
    for citation in (known[number] for number in sentence.cites):
        quote, about = _words(citation.quote), set(_words(_context(citation, language)))
        said = words[: -len(quote)] if words[-len(quote) :] == quote else words
        if set(said) <= about:
            return True
    return not words


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _received(model: BaseChatModel, messages: list[BaseMessage], timeout: float, language: str) -> Iterator[str]:
    """The text as the model sends it, from a thread of its own, so that silence cannot hold the program up."""
    deadline = monotonic() + timeout
    arrived: Queue[str | Exception | None] = Queue()
    stop = Event()

    def listen() -> None:
        try:
            with private():
                for chunk in model.stream(messages):
                    if stop.is_set():
                        return
                    arrived.put(str(chunk.text))
            arrived.put(None)
        except Exception as error:
            arrived.put(error)

    Thread(target=listen, name="language model", daemon=True).start()
    length = 0
    try:
        while length < LONGEST_ANSWER:
            try:
                item = arrived.get(timeout=max(0.0, deadline - monotonic()))
            except Empty:
                raise GenerationFailed(prompts.TIMED_OUT[language].format(seconds=timeout)) from None
            if item is None:
                return
            if isinstance(item, Exception):
                raise GenerationFailed(prompts.UNREACHABLE[language].format(error=_told(item))) from item
            length += len(item)
            yield item
    finally:
        stop.set()


def _told(error: Exception) -> str:
    """An error in half a line, without anything secret."""
    lines = str(error).strip().splitlines()
    return SECRET.sub("…", f"{type(error).__name__}: {lines[0][:120]}" if lines else type(error).__name__)
