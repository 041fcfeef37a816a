"""Many files read by several processes, since reading takes the processor and Python uses one of them at a time."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing import get_context, parent_process
from pathlib import Path

from corpus.errors import UnreadablePaper
from corpus.readers import read_all
from corpus.records import Paper

Found = Iterable[Paper | UnreadablePaper]
_Results = list[list[Paper | UnreadablePaper] | None]
"""What is found in each file of a share; None for one that is read here."""

FEW = 100
"""Fewer files than this are read before other processes have started."""
SHARE = 8
"""Files handed to a process at once."""
AHEAD = 4
"""Shares that are read ahead for each process: what is held in memory at most."""
LARGE = 2_000_000
"""Files of more bytes may hold many papers, and are read here, one paper after another."""


def read_many(files: Sequence[Path], processes: int) -> Generator[tuple[Path, Found]]:
    """Each file in the order given, with its papers and the reasons for what could not be read, as `read_all` has them.

    `processes`: how many read. Few files are read in this one.
    """
    if processes < 2 or len(files) < FEW:
        yield from ((file, read_all(file)) for file in files)
        return
    with closing(_Shares(files, processes)) as shares:
        yield from shares


class _Shares:
    """Files read in shares by other processes, some ahead of what is taken; without them once they failed."""

    def __init__(self, files: Sequence[Path], processes: int) -> None:
        self._pool: ProcessPoolExecutor | None = ProcessPoolExecutor(processes, get_context("spawn"), _start)
        self._waiting = deque(files[place : place + SHARE] for place in range(0, len(files), SHARE))
        self._asked: deque[tuple[Sequence[Path], Future[_Results] | None]] = deque()
        self._most = processes * AHEAD

    def __iter__(self) -> Iterator[tuple[Path, Found]]:
        while self._waiting or self._asked:
            while self._waiting and len(self._asked) < self._most:
                self._ask(self._waiting.popleft())
            files, future = self._asked.popleft()
            for file, found in zip(files, self._result(files, future), strict=True):
                yield file, read_all(file) if found is None else found

    def _ask(self, files: Sequence[Path]) -> None:
        future = None
        if self._pool is not None:
            try:
                future = self._pool.submit(_read, files)
            except BrokenProcessPool:
                self.close()
        self._asked.append((files, future))

    def _result(self, files: Sequence[Path], future: Future[_Results] | None) -> _Results:
        if future is not None:
            try:
                return future.result()
            except BrokenProcessPool:
                self.close()
        return [None] * len(files)

    def close(self) -> None:
        """End the processes, without waiting for what nobody takes any more."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _start() -> None:
    """Begin a process that reads: an interrupt is the business of the one that asks, and without that one it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(files: Sequence[Path]) -> _Results:
    """What is found in each file; None for a large one, which is left to who asked."""
    return [None if _is_large(file) else list(read_all(file)) for file in files]


def _is_large(file: Path) -> bool:
    try:
        return file.stat().st_size > LARGE
    except OSError:
        return False
