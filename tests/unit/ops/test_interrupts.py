"""What Ctrl-C and a polite kill mean while something runs."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time

import pytest

from tapeproof.ops.interrupts import interrupts_as_stop, interrupts_put_off, terminate_as_interrupt
from tests.effort import seconds_here

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def test_the_first_interrupt_stops_and_the_second_interrupts() -> None:
    with interrupts_as_stop() as stop:
        os.kill(os.getpid(), signal.SIGINT)
        give_up = time.monotonic() + seconds_here(5)
        while not stop.is_set() and time.monotonic() < give_up:
            time.sleep(0.01)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("number", SIGNALS)
def test_a_polite_kill_interrupts_as_ctrl_c_does(number: signal.Signals) -> None:
    with terminate_as_interrupt(), pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), number)


def test_work_that_must_not_be_left_half_done_is_interrupted_by_the_third_signal() -> None:
    told: list[int] = []
    with interrupts_put_off(told.append):
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        assert told == [2, 1]
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("context", [interrupts_as_stop, terminate_as_interrupt, lambda: interrupts_put_off(print)])
def test_what_signals_meant_before_they_mean_afterwards(context: object) -> None:
    assert callable(context)
    before = [signal.getsignal(number) for number in SIGNALS]
    during: list[object] = []
    with contextlib.suppress(ZeroDivisionError), context():
        during += [signal.getsignal(number) for number in SIGNALS]
        _ = 1 // 0
    assert len(during) == len(SIGNALS)
    assert not set(map(id, during)) & set(map(id, before))
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_beside_the_main_thread_nothing_is_changed() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen: list[object] = []

    def work() -> None:
        with interrupts_as_stop() as stop:
            seen.extend([signal.getsignal(signal.SIGINT), stop.is_set()])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before, False]
