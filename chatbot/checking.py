"""The command that holds a text against the papers: what it reads and in which form it gives its report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from chatbot import check_output, check_pages
from chatbot.checked import Report

STANDARD_INPUT = "-"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class UnreadableText(Exception):
    """A text to be checked cannot be read."""


FORMATS: dict[str, Callable[[Report, str], str]] = {
    "text": lambda report, title: check_output.table(report),
    "json": lambda report, title: json.dumps(check_output.document(report), ensure_ascii=False, indent=2),
    "html": check_pages.page,
    "markdown": check_pages.markdown,
}
"""Forms of a report by name; each takes the report and what was checked."""


def read_text(name: str, standard_input: BinaryIO) -> str:
    """The text of a file, or of standard input for "-".

    Raises:
        UnreadableText: there is no such file, it is no text, or it is empty.
    """
    try:
        content = standard_input.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except OSError as error:
        raise UnreadableText(
            f"{name}: cannot be read ({error.strerror}); name a text file, or - for standard input"
        ) from error
    text = _decoded(name, content)
    if not text.strip():
        raise UnreadableText(f"{name}: is empty; give the text of an article, a quotation or a claim")
    return text


def _decoded(name: str, content: bytes) -> str:
    if content.startswith(UTF_16):
        encodings = ("utf-16",)
    elif b"\0" in content[:4096]:
        raise UnreadableText(f"{name}: is not a text file; save the article as plain text first")
    else:
        encodings = ("utf-8-sig", "cp1252")  # type: ignore[assignment]
    for encoding in encodings:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UnreadableText(f"{name}: is in an unknown encoding; save it as UTF-8")


def title(name: str) -> str:
    """What a report calls the text: the file's name, "" for standard input."""
    return "" if name == STANDARD_INPUT else Path(name).name
