"""How soon the window is seen and an answer begins, beyond the time that the search itself takes.

    python benchmarks/first_words.py --data DIR

Chromium opens the page and types questions; the same questions go to the chain directly for comparison.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from chatbot import ui
from chatbot.chain import build_chain
from chatbot.records import Request
from chatbot.server import WindowServer, application
from chatbot.settings import Settings
from index.search import Index

QUESTIONS = 8
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def first_words(page: Page, question: str) -> float:
    """Seconds from Enter to the first words of the answer."""
    turns = page.locator("article.turn").count()
    page.fill("#box textarea", question)
    began = time.perf_counter()
    page.press("#box textarea", "Enter")
    page.wait_for_function(
        "(turns) => document.querySelectorAll('article.turn').length > turns"
        " && document.querySelector('#current .answer')?.textContent.trim()", arg=turns, polling="raf",
    )  # fmt: skip
    seconds = time.perf_counter() - began
    page.locator("article.turn .running").wait_for(state="detached")
    page.locator("#send").wait_for()
    return seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args(arguments)
    settings = Settings(data=given.data)
    with Index.open(given.data) as index:
        chain = build_chain(index, settings)
        subjects = list(dict.fromkeys(paper.subject for paper in index.papers() if paper.answers and paper.subject))
        questions = [f"Wat is er geantwoord over {subject}?" for subject in subjects[:QUESTIONS]]
        own = []
        for question in [questions[0], *questions]:
            began = time.perf_counter()
            next(part for part in chain.stream(Request(question)) if part.text)
            own.append(time.perf_counter() - began)
        server = WindowServer(application(ui.build(chain, index, settings), settings), "127.0.0.1", 0)
        thread = server.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            paints = []
            for _ in range(3):
                page = browser.new_page()
                page.goto(server.address)
                page.wait_for_selector("#welcome button")
                paints.append(page.evaluate(PAINT))
            seen = [first_words(page, question) for question in questions]
            browser.close()
        server.stop()
        thread.join(timeout=10)
    beyond = [whole - alone for whole, alone in zip(seen, own[1:], strict=True)]
    print(f"first paint: {', '.join(f'{paint:.0f} ms' for paint in paints)}")
    print(f"first words, {len(seen)} questions: median {statistics.median(seen):.2f} s, longest {max(seen):.2f} s")
    print(f"of which beyond the chain itself: median {statistics.median(beyond):.2f} s, longest {max(beyond):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
