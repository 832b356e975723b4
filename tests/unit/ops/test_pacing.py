"""When messages are due."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof.ops.capture import Capture, NativeMessage
from tapeproof.ops.pacing import Pace, Timed, timed_captures, timed_session
from tapeproof.ops.session import session
from tests.effort import seconds_here

if TYPE_CHECKING:
    from collections.abc import Iterator

SECOND_NS = 10**9


class _Capture(Capture):
    times: tuple[int, ...] = ()

    def __iter__(self) -> Iterator[NativeMessage]:
        return (NativeMessage(self.venue, at, "{}") for at in self.times)


def _capture(*times: int) -> Capture:
    capture = _Capture(Path("x.capture"), "kraken", len(times))
    object.__setattr__(capture, "times", times)
    return capture


def _timed(offset_s: float) -> Timed:
    return Timed(int(offset_s * SECOND_NS), NativeMessage("kraken", 0, "{}"))


@pytest.mark.parametrize(
    ("rate", "speed", "n", "offset_s", "due_s"),
    [
        (10.0, 1.0, 0, 99.0, 0.0),
        (10.0, 1.0, 5, 0.0, 0.5),
        (None, 1.0, 5, 2.0, 2.0),
        (None, 4.0, 5, 2.0, 0.5),
        (None, None, 5, 2.0, 0.0),
    ],
)
def test_a_message_is_due_by_rate_or_by_the_sessions_own_speed(
    rate: float | None, speed: float | None, n: int, offset_s: float, due_s: float
) -> None:
    now = 100.0
    pace = Pace(rate=rate, speed=speed, stop=threading.Event(), clock=lambda: now)
    pace.remaining_s(0, _timed(0))
    assert pace.remaining_s(n, _timed(offset_s)) == pytest.approx(due_s)
    now = 100.0 + due_s + 1
    assert pace.remaining_s(n, _timed(offset_s)) == 0


def test_a_wait_ends_at_once_when_it_is_told_to_stop() -> None:
    stop = threading.Event()
    stop.set()
    started = time.monotonic()
    Pace(rate=1.0, speed=None, stop=stop).wait(30)
    assert time.monotonic() - started < seconds_here(5)


def test_captures_follow_each_other_at_the_pace_they_were_recorded() -> None:
    first, second = _capture(5 * SECOND_NS, 7 * SECOND_NS), _capture(900 * SECOND_NS, 901 * SECOND_NS)
    offsets = [timed.offset_ns / SECOND_NS for timed in timed_captures([first, second])]
    assert offsets == [0, 2, 2, 3]


def test_a_clock_that_stepped_back_while_recording_delays_nothing() -> None:
    offsets = [
        timed.offset_ns / SECOND_NS for timed in timed_captures([_capture(*(s * SECOND_NS for s in (5, 9, 7, 10)))])
    ]
    assert offsets == [0, 4, 4, 5]


def test_a_session_keeps_its_own_times() -> None:
    script = list(session(1, 0, 20))
    assert [timed.offset_ns for timed in timed_session(script)] == [scheduled.offset_ns for scheduled in script]
