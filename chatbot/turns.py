"""Work that is done a few at a time, whoever came first first, and nobody's many before another's one.

The pool of threads of the standard library would do, but its threads hold up the end of the program.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """At most `at_once` threads are inside `taken` at a time; the others wait for their turn.

    Those who wait are served one after the other, each one's own in the order in which they came: who asks a hundred
    things at once is passed by who asks one.
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: OrderedDict[str, deque[threading.Event]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many wait."""
        with self._lock:
            return sum(map(len, self._waiting.values()))

    @contextmanager
    def taken(self, who: str = "") -> Iterator[None]:
        """Wait for a turn of `who` and keep it until the end of the block."""
        mine = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                mine.set()
            else:
                self._waiting.setdefault(who, deque()).append(mine)
        mine.wait()
        try:
            yield
        finally:
            with self._lock:
                self._pass_on()

    def _pass_on(self) -> None:
        if not self._waiting:
            self._free += 1
            return
        who, theirs = self._waiting.popitem(last=False)
        theirs.popleft().set()
        if theirs:
            self._waiting[who] = theirs
