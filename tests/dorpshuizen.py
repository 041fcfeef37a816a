"""Fictitious evidence about a fund for village halls, and fake models, for the tests of generated answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk

from chatbot.generative import stream_answer
from chatbot.records import Answer, Citation
from corpus.records import AnswerKind, Official

VAN_DALEN = Official("Van Dalen", "Minister", "Financiën")
TER_HORST = Official("Ter Horst", "Staatssecretaris", "Volksgezondheid, Welzijn en Sport")


def citation(
    n: int, quote: str, speaker: Official = VAN_DALEN, day: date = date(2024, 5, 3), question: str = "Hoe loopt het?"
) -> Citation:
    return Citation(
        n=n,
        quote=quote,
        paper=f"ah-tk-20232024-900{n}",
        exchange=0,
        answers=(n,),
        start=0,
        end=len(quote),
        speakers=(speaker,),
        date=day,
        url=None,
        subject="Het spaarfonds voor dorpshuizen",
        question=question,
        reference=f"FICTIEF: Aanhangsel Handelingen II 2023/24, nr. 900{n}",
        kind=AnswerKind.ANSWERED,
        fictitious=True,
    )


PAYMENT = citation(1, "Het fonds keert per dorp ten hoogste 12.500 euro uit.")
START = citation(2, "De regeling gaat niet eerder in dan op 1 januari 2026.")
REQUESTS = citation(
    3, "Er zijn twaalf aanvragen ontvangen, waarvan 40 procent uit Zeeland.", TER_HORST, date(2024, 11, 14)
)
CONFIRMED = citation(4, "Ja.", TER_HORST, date(2024, 11, 14), "Bent u bekend met de brief van de gemeente Oudewaard?")
EVIDENCE = (PAYMENT, START, REQUESTS, CONFIRMED)


class BreakingModel(GenericFakeChatModel):
    """Sends its chunks and then raises `error`."""

    chunks: tuple[str, ...]
    error: Any
    messages: Iterator[Any] = iter(())

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for chunk in self.chunks:
            yield ChatGenerationChunk(message=AIMessageChunk(content=chunk))
        if self.error is not None:
            raise self.error


def says(text: str) -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter([text]))


def answer(text: str, language: str = "nl", evidence: tuple[Citation, ...] = EVIDENCE) -> Answer:
    parts = stream_answer("Hoe werkt het fonds?", evidence, says(text), language=language, timeout=10)
    return reduce(add, parts)
