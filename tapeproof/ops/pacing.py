"""When each message is due: at a steady rate, at the session's own speed or a multiple of it, or at once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator

    from tapeproof.ops.capture import Capture, NativeMessage
    from tapeproof.ops.session import Scheduled

__all__ = ["Pace", "Timed", "timed_captures", "timed_session"]

SECOND_NS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Timed:
    """A message and when it is due at the session's own speed, nanoseconds after the start."""

    offset_ns: int
    message: NativeMessage


def timed_session(session: Iterable[Scheduled]) -> Iterator[Timed]:
    """Yield a built-in session's messages with their times."""
    return (Timed(scheduled.offset_ns, scheduled.message) for scheduled in session)


def timed_captures(captures: Iterable[Capture]) -> Iterator[Timed]:
    """Yield captures one after the other, each at the pace it was recorded at."""
    base_ns = 0
    for capture in captures:
        first_ns: int | None = None
        offset_ns = base_ns
        for message in capture:
            first_ns = message.received_ns if first_ns is None else first_ns
            # A recorder's clock may step back; a message is never due before the one it follows.
            offset_ns = max(offset_ns, base_ns + message.received_ns - first_ns)
            yield Timed(offset_ns, message)
        base_ns = offset_ns


class Pace:
    """Waits until a message is due.

    Args:
        rate: Messages per second; when absent, `speed` decides.
        speed: Multiple of the session's own speed; None for as fast as possible.
        stop: Ends a wait at once when it is set.
        clock: Seconds on a clock that does not step.
    """

    def __init__(
        self,
        *,
        rate: float | None,
        speed: float | None,
        stop: threading.Event,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._speed = speed
        self._stop = stop
        self._clock = clock
        self._started: float | None = None

    def remaining_s(self, n: int, timed: Timed) -> float:
        """Return how long message `n` is still to wait, seconds; 0 when it is due."""
        now = self._clock()
        if self._started is None:
            self._started = now
        if self._rate is not None:
            due = n / self._rate
        elif self._speed is not None:
            due = timed.offset_ns / SECOND_NS / self._speed
        else:
            return 0.0
        return max(0.0, self._started + due - now)

    def wait(self, seconds: float) -> None:
        """Wait, unless it is told to stop."""
        self._stop.wait(seconds)
