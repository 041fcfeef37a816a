"""A real Chromium for the tests of the window, installed from Debian where it is missing, and a server to look at."""

from __future__ import annotations

import asyncio
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from langchain_core.runnables import Runnable
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from chatbot import ui
from chatbot.records import Answer, Request
from chatbot.server import WindowServer, application
from chatbot.settings import Settings

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
)
"""Options that keep Chromium itself from calling home, so that only the page's own requests are seen."""

INSTALL = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"),
)


def chromium() -> str:
    """The path of Chromium; the test is skipped where there is none and it cannot be installed."""
    if found := shutil.which("chromium"):
        return found
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or not shutil.which("apt-get"):
        pytest.skip("no Chromium here, and it can only be installed by root with apt-get: apt-get install chromium")
    for command in INSTALL:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode:
            pytest.skip(f"Chromium cannot be installed: {' '.join(command)}: {done.stderr.strip()[-300:]}")
    return shutil.which("chromium") or pytest.skip("apt-get installed no Chromium")


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def served(chain: Runnable[Request, Answer], index: object, settings: Settings | None = None) -> Iterator[str]:
    """The window over `chain` and `index` on a free port; gives its address."""
    settings = settings or Settings()
    app = application(ui.build(chain, cast(Any, index), settings), settings)
    server = WindowServer(app, "127.0.0.1", 0, settings.names, settings.root_path)
    thread = server.start()
    yield server.address
    server.stop()
    thread.join(timeout=10)


@contextmanager
def stripping(address: str, prefix: str) -> Iterator[str]:
    """A reverse proxy that takes `prefix` off every path and passes all bytes on as they come; gives its address."""
    server = urlsplit(address)

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
        writer.close()

    async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, path, rest = head.split(" ", 2)
        if not path.startswith(prefix):
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            writer.close()
            return
        # One request a connection: the next one's path must be changed too.
        rest = re.sub(r"(?im)^connection:.*\r\n", "", rest).replace("\r\n", "\r\nConnection: close\r\n", 1)
        behind, ahead = await asyncio.open_connection(server.hostname, server.port)
        ahead.write(f"{method} {path.removeprefix(prefix) or '/'} {rest}".encode("latin-1"))
        with suppress(ConnectionError):
            await asyncio.gather(pump(reader, ahead), pump(behind, writer))

    ports: queue.Queue[int] = queue.Queue()
    loop, ended = asyncio.new_event_loop(), asyncio.Event()

    async def listen() -> None:
        listening = await asyncio.start_server(passed_on, "127.0.0.1", 0)
        ports.put(listening.sockets[0].getsockname()[1])
        await ended.wait()
        listening.close()
        # A stream of the window goes on until its page is left.
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(listen(),), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{ports.get(timeout=10)}"
    loop.call_soon_threadsafe(ended.set)
    thread.join(timeout=10)


def opened(page: Page, address: str) -> Page:
    """The window, ready to be used."""
    page.goto(address)
    page.wait_for_selector("#welcome button")
    page.wait_for_function("document.documentElement.lang !== '' && document.querySelector('#filters [aria-expanded]')")
    return page


def type_into(field: Locator, text: str) -> None:
    """Type into a field that may only just have been drawn: it is emptied once more when the page takes it over."""
    for _ in range(10):
        field.fill(text)
        field.page.wait_for_timeout(100)
        if field.input_value() == text:
            return
    expect(field).to_have_value(text)


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter and wait until its answer is complete."""
    turns = page.locator("article.turn").count()
    page.fill("#box textarea", question)
    page.press("#box textarea", "Enter")
    page.locator("article.turn").nth(turns).wait_for()
    page.locator("article.turn .running").wait_for(state="detached")
    page.locator("#send").wait_for()
