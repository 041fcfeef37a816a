"""Markdown: recognised by its signs, and read by way of the HTML that it stands for."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

_STRONG_SIGNS = re.compile(
    r"(?m)^\#{1,6} \S|^(?:\*\*|__)[^\n*_]{1,200}(?:\*\*|__)\s*:?\s*$|^\[\^[\w-]+\]:|\]\(https?://|^\|?(?:\s*:?-{3,}:?\s*\|)+|^(?:=|-){4,}\s*$(?<=\S)"
)
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([\w-]+)\s*:\s*(.+?)\s*$", re.MULTILINE)


def is_markdown(text: str) -> bool:
    """Whether a text shows signs of Markdown that plain text has no use for."""
    return _STRONG_SIGNS.search(text) is not None


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    return reader.use(footnote_plugin).use(front_matter_plugin)


def markdown_html(text: str) -> str:
    """The HTML that a Markdown text stands for."""
    return str(_reader().render(text))


def front_matter(text: str) -> dict[str, str]:
    """The fields in front of a text between lines of dashes, names in lower case; {} without any."""
    front = _FRONT.match(text)
    return {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(front.group(1))} if front else {}
