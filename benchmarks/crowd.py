"""Fifty people who ask at once: does everybody get their own answer, and how long do they wait?

    python benchmarks/crowd.py --data DIR [--people 50]

Each asks what another question of the papers asks, so that the right paper is known, over the window's own queue-less
API with a client of their own. Exit code 1 when somebody got another's answer or none.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gradio_client import Client

from chatbot import ui
from chatbot.chain import build_chain
from chatbot.server import WindowServer, application
from chatbot.settings import Settings
from index.search import Index

PATIENCE = 120
"""Seconds that a client waits for its turn; unless told otherwise gradio_client gives up after 5."""
LONGEST = 300
SHORTEST = 60
"""Characters of a question that says enough to be found and is still one that somebody would type."""


@dataclass(slots=True)
class Person:
    """Somebody with a question whose answer stands in `paper`. `answer`: None until there is one."""

    question: str
    paper: str
    answer: dict[str, object] | None = None
    seconds: float = 0.0
    trouble: str = ""

    @property
    def own(self) -> bool:
        """Whether the answer is the one to this question."""
        return self.answer is not None and self.answer["question"] == self.question

    def rank(self) -> int | None:
        """Place of the right paper among the hits, from 1; None where it is not there."""
        hits = self.answer["hits"] if self.answer else []
        papers = [hit["paper"] for hit in hits]  # type: ignore[attr-defined]
        return papers.index(self.paper) + 1 if self.paper in papers else None


def people(index: Index, count: int) -> list[Person]:
    """As many different questions of answered papers, of as many papers as there are."""
    found: dict[str, str] = {}
    for header in index.papers():
        for exchange in index.paper(header.id).exchanges:
            question = " ".join(exchange.question.split())
            if exchange.answer and SHORTEST <= len(question) <= LONGEST:
                found.setdefault(question, header.id)
    chosen = random.Random(50).sample(sorted(found.items()), min(count, len(found)))
    return [Person(question, paper) for question, paper in chosen]


def ask(person: Person, client: Client, together: threading.Barrier) -> None:
    """Ask when everybody is ready."""
    together.wait()
    began = time.perf_counter()
    try:
        person.answer = json.loads(client.predict(person.question, api_name="/ask"))
    except Exception as error:
        person.trouble = f"{type(error).__name__}: {error}"
    person.seconds = time.perf_counter() - began


def crowd(index: Index, data: Path, count: int) -> list[Person]:
    """All of them served at once by a window over `index`."""
    settings = Settings(data=data)
    app = application(ui.build(build_chain(index, settings), index, settings), settings)
    server = WindowServer(app, "127.0.0.1", 0)
    serving = server.start()
    asking = people(index, count)
    clients = [Client(server.address, verbose=False, httpx_kwargs={"timeout": PATIENCE}) for _ in asking]
    together = threading.Barrier(len(asking))
    threads = [
        threading.Thread(target=ask, args=(person, client, together))
        for person, client in zip(asking, clients, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.stop()
    serving.join(timeout=10)
    return asking


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and say whether all was well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--people", type=int, default=50)
    given = parser.parse_args(arguments)
    with Index.open(given.data) as index:
        index.search("warm")
        asked = crowd(index, given.data, given.people)
    waits = sorted(person.seconds for person in asked)
    ranks = [person.rank() for person in asked]
    for person in asked:
        if person.trouble or not person.own:
            print(f"WRONG {person.trouble or person.answer}: {person.question}")
    print(f"{len(asked)} people at once; own answer {sum(person.own for person in asked)}; right paper first "
          f"{ranks.count(1)}, among the hits {len(asked) - ranks.count(None)}")  # fmt: skip
    print(f"waits: first {waits[0]:.2f} s, half of them {statistics.median(waits):.2f} s, last {waits[-1]:.2f} s; "
          f"{waits[-1] / len(waits) * 1000:.0f} ms a person")  # fmt: skip
    return 0 if all(person.own for person in asked) else 1


if __name__ == "__main__":
    sys.exit(main())
