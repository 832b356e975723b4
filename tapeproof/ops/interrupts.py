"""What Ctrl-C and a polite kill mean while something runs: stop cleanly first, at once when asked again."""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

__all__ = ["interrupts_as_stop", "interrupts_put_off", "terminate_as_interrupt"]

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
INSISTING = 3


@contextlib.contextmanager
def interrupts_as_stop() -> Iterator[threading.Event]:
    """Yield an event that the first signal sets; the second one interrupts as usual."""
    stop = threading.Event()

    def first(_: int, __: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    with _handled_by(first):
        yield stop


@contextlib.contextmanager
def terminate_as_interrupt() -> Iterator[None]:
    """Make SIGTERM and SIGHUP raise :class:`KeyboardInterrupt`, as Ctrl-C does."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handled_by(interrupt):
        yield


@contextlib.contextmanager
def interrupts_put_off(notice: Callable[[int], None]) -> Iterator[None]:
    """Let work that must not be left half done go on; the third signal interrupts it nevertheless.

    Args:
        notice: Called for each signal with how many more are needed.
    """
    seen = 0

    def put_off(_: int, __: FrameType | None) -> None:
        nonlocal seen
        seen += 1
        if seen >= INSISTING:
            raise KeyboardInterrupt
        notice(INSISTING - seen)

    with _handled_by(put_off):
        yield


@contextlib.contextmanager
def _handled_by(handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may set handlers; elsewhere nobody's Ctrl-C arrives.
        yield
        return
    before = {number: signal.signal(number, handler) for number in SIGNALS}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
