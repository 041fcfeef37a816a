"""What can go wrong while papers are fetched and read."""

from __future__ import annotations

from pathlib import Path


class UnreadablePaper(Exception):
    """A file that cannot be read as a paper; the message is one line: which file, why, and what to do."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        self.path = str(path)
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{self.path}: {reason}; {remedy}.")

    def __reduce__(self) -> tuple[type[UnreadablePaper], tuple[str, str, str]]:
        """As it was made, so that it can come from another process."""
        return type(self), (self.path, self.reason, self.remedy)


class FetchFailed(Exception):
    """Something asked of a service did not come; the message is one line that names the address."""


class Unreachable(FetchFailed):
    """A service gave no usable answer after all tries, or asks to be left alone for long."""


class LeftAlone(Unreachable):
    """A service failed too often, so that it was not asked again in this run."""


class NotThere(FetchFailed):
    """A service says that it does not have what was asked."""


class NotAllowed(FetchFailed):
    """The robots.txt of a host, or its not being an official one, forbids asking for an address."""


class WrongAnswer(FetchFailed):
    """A service answered, but not with what was asked."""


class FetchBusy(Exception):
    """Another process is fetching into the same folder."""


class ArchiveUnusable(Exception):
    """The ledger of an archive of fetched papers cannot be read."""


class NoEarlierFetch(Exception):
    """A fetch was to go on from the last one, and there was none."""
