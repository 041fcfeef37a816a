"""The retrieval chain as LangChain runnables: resolve the follow-up, retrieve, answer, verify.

`build_chain` gives a `Runnable[Request, Answer]`: `invoke` returns the whole answer, `stream` its parts,
which add up to the whole, `batch` many answers at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import perf_counter

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from chatbot import extractive, followup, kept_threshold, language, prompts
from chatbot.asked import understand
from chatbot.citations import quotation_link, verify
from chatbot.errors import GenerationFailed
from chatbot.evidence import gather
from chatbot.explain import traced
from chatbot.generative import stream_answer
from chatbot.records import Answer, Citation, Request
from chatbot.refusal import OPEN, judge
from chatbot.refusing import refuse
from chatbot.retriever import KamervraagRetriever
from chatbot.settings import Settings
from chatbot.support import ordered, weigh
from index.records import Hit
from index.search import Index
from index.understanding import Clue

QUESTION_LIMIT = 2_000
"""Characters of a question that are read; what follows cannot change what is searched for."""

SENTENCES = 24
"""Sentences that go on to the answer, at most."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A question with what was found for it, on its way from the retriever to the answer.

    `clues`: those in the question that counted. `waiting`: the questions still open in parliament that bear on it.
    """

    request: Request
    resolution: followup.Resolution
    clues: tuple[Clue, ...]
    language: str
    hits: tuple[Hit, ...]
    waiting: tuple[Hit, ...]
    started: float
    milliseconds: float


def build_chain(index: Index, settings: Settings, model: BaseChatModel | None = None) -> Runnable[Request, Answer]:
    """The chain over `index`. With `model` it answers in prose that is checked, else by quotation alone.

    Raises SettingsError when the threshold kept with the index is damaged.
    """
    retriever = KamervraagRetriever(index=index)
    threshold = settings.threshold if settings.threshold is not None else kept_threshold.kept(index.directory)
    settings = replace(settings, threshold=threshold)

    def retrieve(request: Request) -> Retrieved:
        started = perf_counter()
        request = replace(request, question=request.question.strip()[:QUESTION_LIMIT])

        def found(searched: str) -> tuple[tuple[Clue, ...], list[Hit]]:
            clues = tuple(clue for clue in index.understood(searched) if clue.text not in request.without)
            documents = retriever.invoke(searched, filters=request.filters, clues=clues)
            return clues, [document.metadata["hit"] for document in documents]

        clues, hits = found(request.question)
        resolution = followup.resolve(index, request.question, request.history, request.filters, hits)
        if resolution.follows_up and (before := request.history[-1].answer):
            request = replace(request, without=tuple(dict.fromkeys((*before.without, *request.without))))
        if resolution.follows_up:
            clues, hits = found(resolution.searched)
            hits = followup.prefer(hits, resolution)[: len(hits)]
        waiting = index.search_questions(resolution.searched, filters=request.filters, limit=OPEN)
        return Retrieved(
            request=request,
            resolution=resolution,
            clues=clues,
            language=language.detect(request.question),
            hits=tuple(hits),
            waiting=tuple(waiting),
            started=started,
            milliseconds=(perf_counter() - started) * 1000,
        )

    def answer(found: Iterator[Retrieved]) -> Iterator[Answer]:
        for retrieved in found:
            started = perf_counter()
            yield _opening(retrieved)
            for part in _parts(index, settings, model, retrieved):
                yield _verified(part, index)
            now = perf_counter()
            yield Answer(
                milliseconds={
                    "retrieve": retrieved.milliseconds,
                    "answer": (now - started) * 1000,
                    "total": (now - retrieved.started) * 1000,
                }
            )

    return RunnableLambda(retrieve).with_config(run_name="retrieve") | RunnableGenerator(answer)


def _opening(retrieved: Retrieved) -> Answer:
    return Answer(
        question=retrieved.request.question,
        searched=retrieved.resolution.searched,
        language=retrieved.language,
        mode=extractive.MODE,
        hits=retrieved.hits,
        filters=retrieved.request.filters,
        clues=retrieved.clues,
        without=retrieved.request.without,
    )


def _parts(index: Index, settings: Settings, model: BaseChatModel | None, retrieved: Retrieved) -> Iterator[Answer]:
    question, language_ = retrieved.resolution.searched, retrieved.language
    filters = retrieved.request.filters
    asked = understand(index, question).without(retrieved.request.without)
    if retrieved.resolution.follows_up:
        own = understand(index, retrieved.request.question).without(retrieved.request.without)
        asked = followup.leaning(asked, own)
    judged = gather(index, asked, retrieved.hits)
    supports = weigh(index, asked, retrieved.hits, judged)
    evidence = ordered(judged, supports, most=SENTENCES)
    verdict = judge(index, asked, retrieved.hits, supports, retrieved.waiting, threshold=settings.threshold)
    yield Answer(trace=traced(asked, supports, evidence, verdict, settings.threshold, retrieved.resolution))
    if not verdict.answered:
        yield refuse(index, asked, verdict, evidence, filters, language_)
        return
    if model is not None:
        shown = False
        try:
            for part in stream_answer(
                retrieved.request.question,
                [_linked(index, item.citation) for item in evidence],
                model,
                language=language_,
                timeout=settings.llm_timeout,
            ):
                shown = shown or bool(part.text)
                yield part
            return
        except GenerationFailed as failure:
            if shown:
                yield Answer(notice=prompts.BROKE_OFF[language_].format(reason=failure))
                return
            yield Answer(notice=prompts.FELL_BACK[language_].format(reason=failure), mode=extractive.MODE)
    yield from extractive.compose(index, asked, evidence, supports, language_)


def _linked(index: Index, citation: Citation) -> Citation:
    paper = index.paper(citation.paper)
    return replace(citation, url=quotation_link(paper, citation.exchange, citation.start, citation.end))


def _verified(part: Answer, index: Index) -> Answer:
    """Hold every quotation against the stored paper once more, whatever path it came by."""
    for citation in (*part.citations, *part.nearest):
        verify(citation, index.paper(citation.paper))
    return part
