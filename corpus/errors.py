"""What can go wrong while papers are read."""

from __future__ import annotations

from pathlib import Path


class UnreadablePaper(Exception):
    """A file that cannot be read as a paper; the message is one line: which file, why, and what to do."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        self.path = str(path)
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{self.path}: {reason}; {remedy}.")
