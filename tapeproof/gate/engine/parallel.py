"""Work spread over the processors, by forking: what was imported and read before is shared, nothing is started anew.

A worker has a deadline and so much memory, and is ended where it takes more: a stranger's configuration may be made to
take for ever.
"""

from __future__ import annotations

import os
import pickle
import selectors
import struct
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tapeproof.gate.engine.named_tuple import NamedTuple

try:
    import resource  # here, as each worker would load it for itself
except ImportError:  # not on every system
    resource = None  # type: ignore[assignment] # looked at before use

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Limits", "processors", "spread"]

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
_MOST = 8
_LENGTH = struct.Struct(">Q")
_CHUNK = 1024 * 1024
_TOO_MUCH, _RAISED = "too much memory", "raised"


class Limits(NamedTuple):
    """What work may take.

    Attributes:
        deadline: When it must be done, by ``time.monotonic()``.
        memory: Bytes that a worker may take beside what it begins with.
    """

    deadline: float
    memory: int


def processors() -> int:
    """Return how many processes are worth having."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, _MOST)


def spread(
    items: Sequence[_Item],
    work: Callable[[_Item], _Answer],
    weight: Callable[[_Item], int],
    limits: Limits,
    unanswered: Callable[[_Item, str], _Answer],
) -> list[_Answer]:
    """Return the answers for some items, in their order.

    Args:
        items: What to work on.
        work: Makes an answer that can be pickled.
        weight: How heavy an item is.
        limits: What all of it may take.
        unanswered: Makes the answer for an item that took too much, from the reason, the end of a sentence.
    """
    if not hasattr(os, "fork"):
        return [work(item) for item in items]
    run = _Run(items, work, limits)
    run.start(_divide_work(items, weight, min(processors(), len(items))))
    run.wait()
    return [
        run.answers[index] if index in run.answers else unanswered(item, run.reasons.get(index, "took too long"))
        for index, item in enumerate(items)
    ]


class _Run(Generic[_Item, _Answer]):
    """Workers, and what they have answered."""

    def __init__(self, items: Sequence[_Item], work: Callable[[_Item], _Answer], limits: Limits) -> None:
        self.items = items
        self.work = work
        self.limits = limits
        self.answers: dict[int, _Answer] = {}
        self.reasons: dict[int, str] = {}
        self.selector = selectors.DefaultSelector()
        self.waiting = 0

    def start(self, shares: Sequence[Sequence[int]]) -> None:
        """Start a worker for each share that is not empty."""
        for share in filter(None, shares):
            worker = _Worker(share, *_fork_worker(partial(self._answers, share), self.limits.memory))
            self.selector.register(worker.stream, selectors.EVENT_READ, worker)
            self.waiting += 1

    def wait(self) -> None:
        """Take answers until there are no more to come, or the time is over; then end who still works."""
        while self.waiting:
            left = self.limits.deadline - time.monotonic()
            ready = self.selector.select(left) if left > 0 else []
            if not ready and self.limits.deadline <= time.monotonic():
                break
            for key, _ in ready:
                self._take(key.data)
        for key in list(self.selector.get_map().values()):
            _kill(key.data.process)
            self._end(key.data)
        self.selector.close()

    def _take(self, worker: _Worker) -> None:
        content = os.read(worker.stream, _CHUNK)
        for index, kind, answer in worker.feed(content):
            if kind == _TOO_MUCH:
                self.reasons[index] = f"takes more than {self.limits.memory // 2**20:,} MB of memory"
            else:
                # What raised is asked again here, where what it raises is seen.
                self.answers[index] = self.work(self.items[index]) if kind == _RAISED else answer
        if not content:
            self._end(worker)
            self.start([self._after_a_death(worker)])

    def _after_a_death(self, worker: _Worker) -> list[int]:
        """Return what is left of a share when its worker has died of the first item that it did not answer."""
        left = [index for index in worker.share if index not in self.answers and index not in self.reasons]
        if left:
            self.reasons[left[0]] = f"takes more than {self.limits.memory // 2**20:,} MB of memory, or ends the gate"
        return left[1:]

    def _end(self, worker: _Worker) -> None:
        self.selector.unregister(worker.stream)
        os.close(worker.stream)
        os.waitpid(worker.process, 0)
        self.waiting -= 1

    def _answers(self, share: Sequence[int]) -> Any:  # noqa: ANN401 - what is pickled
        for index in share:
            try:
                yield index, "", self.work(self.items[index])
            except MemoryError:
                yield index, _TOO_MUCH, None
            except Exception:  # noqa: BLE001 - it is raised again where it is expected
                yield index, _RAISED, None


class _Worker:
    """A process, the items that it works on, and what has come from it and is not whole yet."""

    def __init__(self, share: Sequence[int], process: int, stream: int) -> None:
        self.share = share
        self.process = process
        self.stream = stream
        self.pending = bytearray()

    def feed(self, content: bytes) -> Any:  # noqa: ANN401 - what was pickled
        """Yield what is whole by now."""
        self.pending += content
        while len(self.pending) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self.pending)[0]
            if len(self.pending) < end:
                return
            whole = bytes(self.pending[_LENGTH.size : end])
            del self.pending[:end]
            yield pickle.loads(whole)  # noqa: S301 - made by our own fork


def _kill(process: int) -> None:
    import signal  # noqa: PLC0415 - hardly a run needs it

    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _divide_work(items: Sequence[_Item], weight: Callable[[_Item], int], workers: int) -> list[list[int]]:
    """Return positions in as many shares as there are workers, of about the same weight."""
    shares: list[list[int]] = [[] for _ in range(workers)]
    loads = [0] * workers
    for index in sorted(range(len(items)), key=lambda position: -weight(items[position])):
        lightest = loads.index(min(loads))
        shares[lightest].append(index)
        loads[lightest] += weight(items[index]) + 1
    return shares


def _fork_worker(answers: Callable[[], Any], memory: int) -> tuple[int, int]:
    """Start a child that gives some answers; return its process id and the pipe to read from."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:
        os.close(reading)
        _limit_memory(memory)
        with os.fdopen(writing, "wb") as target:
            for answer in answers():
                content = pickle.dumps(answer, protocol=5)
                target.write(_LENGTH.pack(len(content)) + content)
                target.flush()
    finally:
        os._exit(0)


def _limit_memory(memory: int) -> None:
    """Take no more address space than now and so much more, where the system can tell how much that is."""
    if resource is None:
        return
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + memory
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
