"""What the program says to the shell when it ends."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of the command-line contract; 130 is the shell's own for an interrupted program."""

    DONE = 0
    NOTHING_OR_SKIPPED = 1
    WRONG_USE = 2
    NO_INDEX = 3
    INTERRUPTED = 130
