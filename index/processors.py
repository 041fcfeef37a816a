"""How many processors there are to calculate with."""

from __future__ import annotations

import os


def processors() -> int:
    """How many processors are there for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
