"""Files that are handed to the browser without being written on this machine: the window's script saves them."""

from __future__ import annotations

from html import escape
from itertools import count

_numbers = count(1)


def download(name: str, text: str) -> str:
    """HTML from which the window's script makes the file `name` that holds `text`."""
    encoded = escape(text).replace("\n", "&#10;").replace("\r", "&#13;")
    return f'<div hidden data-download="{escape(name)}" data-key="{next(_numbers)}" data-text="{encoded}"></div>'
