"""What can go wrong with an index, each with a message that says what to run."""

from __future__ import annotations

from pathlib import Path


class IndexProblem(Exception):
    """Base of everything that this package raises on purpose."""


class UnknownModel(IndexProblem):
    """The embedding model asked for cannot be loaded."""


class ModelMismatch(IndexProblem):
    """The data folder was made with another embedding model than the one asked for."""

    def __init__(self, made_with: str, asked: str) -> None:
        super().__init__(
            f"this index was made with the embedding model {made_with!r}, and {asked!r} was asked for; "
            f"leave the model as it was, or make a second index with `kamerantwoord ingest --model {asked} "
            f"--data OTHER_FOLDER PATH...`, or embed this one anew with "
            f"`kamerantwoord ingest --rebuild --model {asked}`"
        )
        self.made_with = made_with
        self.asked = asked


class IndexMissing(IndexProblem):
    """The data folder holds no index yet."""


class IndexUnusable(IndexProblem):
    """The index is there but incomplete, altered, or of a format that this version does not read."""


class IndexBusy(IndexProblem):
    """Another process is writing to the same data folder."""


class NotWritten(IndexProblem, OSError):
    """The disk did not take what was to be written; the index that was there stays in use."""

    def __init__(self, directory: Path, error: Exception) -> None:
        reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        super().__init__(
            f"{directory} cannot be written to ({reason}); the index stays as it was; make room there, see that the "
            f"folder may be written to, then run the same command again to go on"
        )
