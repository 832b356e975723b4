"""The parallel stages of a verification in one process per core.

What this needs takes a tenth of a small verification to load, so it is a module of its own.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

from tapeproof.auditing.errors import ServiceError
from tapeproof.verifier.lanes import check_part
from tapeproof.verifier.leaves import TileCheck, TileTask, check_tiles
from tapeproof.verifier.signatures import Outcomes, SignatureTask, check_signatures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tapeproof.verifier.parts import PartReport, PartTask


__all__ = ["Cores"]

_EARLY = 100
_WATCH_SECONDS = 1.0
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class Cores:
    """Runs tasks in one process per core, a few at a time, so that memory does not grow with the log.

    Args:
        jobs: Number of processes.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs, method = jobs, _start_method()
        self._pool = ProcessPoolExecutor(
            jobs, mp_context=get_context(method), initializer=_end_with, initargs=(os.getpid(),)
        )
        if method == "spawn":
            # They start, and import what they need, while this process reads the log's beginnings. A fork is best made
            # late: it begins with the multiples of the log's keys, which take longer to make than a process.
            self._pool.submit(check_signatures, SignatureTask([], []))

    def signatures(self, tasks: Iterable[SignatureTask]) -> Iterator[list[Outcomes]]:
        """Start ``check_signatures`` on the first tasks at once, on others as results are taken."""
        waiting = iter(tasks)
        started = deque(self._pool.submit(check_signatures, task) for task in islice(waiting, _EARLY))
        return self._in_order(started, waiting)

    def _in_order(
        self, started: deque[Future[list[Outcomes]]], waiting: Iterator[SignatureTask]
    ) -> Iterator[list[Outcomes]]:
        while started:
            result = _result(started.popleft())
            started.extend(self._pool.submit(check_signatures, task) for task in islice(waiting, 1))
            yield result

    def parts(self, tasks: Iterable[PartTask]) -> Iterator[PartReport]:
        """Run ``check_part`` on each task, in any order."""
        return self._run(check_part, tasks)

    def tiles(self, tasks: Iterable[TileTask]) -> Iterator[TileCheck]:
        """Run ``check_tiles`` on each task, in any order."""
        return self._run(check_tiles, tasks)

    def close(self) -> None:
        """Stop the processes."""
        self._pool.shutdown(cancel_futures=True)

    def _run(self, function: Callable[[_Task], _Result], tasks: Iterable[_Task]) -> Iterator[_Result]:
        pending: set[Future[_Result]] = set()
        for task in tasks:
            pending.add(self._pool.submit(function, task))
            if len(pending) >= 2 * self._jobs:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from map(_result, done)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from map(_result, done)


def _end_with(parent: int) -> None:
    """End this process when its parent is gone: one that was killed could not tell, and nobody else would."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _result(done: Future[_Result]) -> _Result:
    try:
        return done.result()
    except BrokenExecutor as error:
        raise ServiceError(
            "a process that verified a part was killed", "The machine may be out of memory: try fewer with --jobs."
        ) from error


def _start_method() -> str:
    """Return how processes start: a fork is ready at once, but not safe beside threads, such as a progress bar's."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
