"""Work spread over the processors, by forking: what was imported and read before is shared, nothing is started anew."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["ahead", "processors", "spread"]

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
_MOST = 8


def processors() -> int:
    """Return how many processes are worth having."""
    if not hasattr(os, "fork"):
        return 1
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, _MOST)


def spread(
    items: Sequence[_Item], work: Callable[[_Item], _Answer], weight: Callable[[_Item], int], worth: int
) -> list[_Answer]:
    """Return the answers for some items, in their order.

    Args:
        items: What to work on.
        work: Makes an answer that can be pickled; it must not raise.
        weight: How heavy an item is.
        worth: The total weight from which on forking pays.
    """
    workers = min(processors(), len(items))
    if workers < 2 or sum(map(weight, items)) < worth:  # noqa: PLR2004 - one worker is this process
        return [work(item) for item in items]
    shares = _shared(items, weight, workers)
    others = [ahead([(index, items[index]) for index in share], _each(work)) for share in shares[1:]]
    answers = {index: work(items[index]) for index in shares[0]}
    for other in others:
        answers |= other()
    return [answers[index] for index in range(len(items))]


def _each(work: Callable[[_Item], _Answer]) -> Callable[[Sequence[tuple[int, _Item]]], dict[int, _Answer]]:
    return lambda share: {index: work(item) for index, item in share}


def ahead(item: _Item, work: Callable[[_Item], _Answer]) -> Callable[[], _Answer]:
    """Start work in another process.

    Args:
        item: What to work on.
        work: Makes an answer that can be pickled; it must not raise.

    Returns:
        A function that waits for the answer.
    """
    process, stream = _forked(item, work)

    def answer() -> _Answer:
        with os.fdopen(stream, "rb") as source:
            content = source.read()
        os.waitpid(process, 0)
        # A worker that died has answered nothing: its work is done again here.
        return cast("_Answer", pickle.loads(content)) if content else work(item)  # noqa: S301 - made by our own fork

    return answer


def _shared(items: Sequence[_Item], weight: Callable[[_Item], int], workers: int) -> list[list[int]]:
    """Return positions in as many shares as there are workers, of about the same weight."""
    shares: list[list[int]] = [[] for _ in range(workers)]
    loads = [0] * workers
    for index in sorted(range(len(items)), key=lambda position: -weight(items[position])):
        lightest = loads.index(min(loads))
        shares[lightest].append(index)
        loads[lightest] += weight(items[index]) + 1
    return shares


def _forked(item: _Item, work: Callable[[_Item], _Answer]) -> tuple[int, int]:
    """Start a child that works on an item; return its process id and the pipe to read from."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:
        os.close(reading)
        content = pickle.dumps(work(item), protocol=5)
        with os.fdopen(writing, "wb") as target:
            target.write(content)
    finally:
        os._exit(0)
