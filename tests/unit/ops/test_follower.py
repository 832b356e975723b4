"""Following decisions, and holding the publisher back by them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from tapeproof.ops.audit_tail import Audited
from tapeproof.ops.errors import OperationError
from tapeproof.ops.follower import FORGET_S, GROWTH, Follower
from tapeproof.ops.manifest import Planned
from tapeproof.ops.publication import Publication


@dataclass
class Tail:
    """An audit table that decides events when it is told to."""

    decided: list[Audited] = field(default_factory=list)
    polls: int = 0
    asked_for: frozenset[str] | None = None

    def poll(self, *, thoroughly: bool = True, functions: frozenset[str] | None = None) -> list[Audited]:
        self.polls += 1
        self.asked_for = functions
        decided, self.decided = self.decided, []
        return decided


class Clock:
    """A clock that only sleeping moves; something may happen at each sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sleeps = 0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.sleeps += 1


def _event(n: int, detail_type: str = "Trade") -> Publication:
    return Publication(Planned(n, "kraken", detail_type, "record", (f"k{n}",)), "marketdata.kraken", "{}")


def _decision(n: int, act: str = "RECORDED") -> Audited:
    return Audited(f"event-{n}", act, f"k{n}", 0, "lane")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tail() -> Tail:
    return Tail()


def _follower(tail: Tail, clock: Clock, window: int | None = 4) -> Follower:
    return Follower(
        tail,  # type: ignore[arg-type]
        direct=frozenset({"Trade"}),
        functions=frozenset({"lambda-trade"}),
        window=window,
        clock=clock,
        sleep=clock.sleep,
    )


def _publish(follower: Follower, *numbers: int, detail_type: str = "Trade") -> None:
    for n in numbers:
        follower.note_published(_event(n, detail_type), f"event-{n}")


def test_lag_is_what_is_published_and_not_decided(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock)
    _publish(follower, 0, 1, 2)
    assert follower.lag == 3
    tail.decided = [_decision(0), _decision(2), _decision(2, "DUPLICATE"), _decision(99)]
    follower.poll(at_most_every_s=0)
    assert (follower.settled, follower.lag) == (2, 1)


def test_an_observation_decides_nothing(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock)
    _publish(follower, 0)
    tail.decided = [_decision(0, "GAP")]
    follower.poll(at_most_every_s=0)
    assert follower.lag == 1
    assert len(follower.audited) == 1


def test_reading_is_not_repeated_at_once(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock)
    for _ in range(5):
        follower.poll()
    assert tail.polls == 1
    clock.now += 1
    follower.poll()
    assert tail.polls == 2


def test_without_a_window_nothing_is_held_back(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock, window=None)
    _publish(follower, *range(100))
    follower.hold_back([_event(n) for n in range(100, 110)])
    assert clock.sleeps == tail.polls == 0
    assert not follower.fills_window([_event(n) for n in range(10)])


def test_events_that_go_through_a_queue_are_never_held_back(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock, window=1)
    _publish(follower, *range(100), detail_type="Book")
    follower.hold_back([_event(100, "Book")])
    assert clock.sleeps == 0


def test_the_first_direct_event_goes_alone_and_the_window_opens_as_decisions_come(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock, window=3)
    assert follower.fills_window([_event(0)])
    tail.decided = [_decision(n) for n in range(GROWTH)]
    follower.poll(at_most_every_s=0)
    assert follower.fills_window([_event(20)])  # half of two
    tail.decided = [_decision(n) for n in range(100)]
    follower.poll(at_most_every_s=0)
    assert follower.fills_window([_event(n) for n in range(200, 202)])
    assert not follower.fills_window([_event(200)])


def test_a_batch_is_half_of_the_window_so_that_one_is_decided_while_the_next_is_sent(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock, window=6)
    tail.decided = [_decision(n) for n in range(100)]
    follower.poll(at_most_every_s=0)
    assert follower.fills_window([_event(n) for n in range(200, 203)])
    _publish(follower, 200, 201, 202)
    follower.hold_back([_event(n) for n in range(203, 206)])
    assert clock.sleeps == 0


def test_a_batch_waits_until_enough_events_before_it_are_decided(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock, window=1)
    _publish(follower, 0)

    def decide_at_the_third(seconds: float) -> None:
        Clock.sleep(clock, seconds)
        if clock.sleeps == 3:
            tail.decided = [_decision(0)]

    follower._sleep = decide_at_the_third
    follower.hold_back([_event(1)])
    assert clock.sleeps == 3
    assert tail.asked_for == frozenset({"lambda-trade"})


def test_an_event_that_is_never_decided_holds_the_others_back_for_a_while_only(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock, window=1)
    _publish(follower, 0)
    follower.hold_back([_event(1)])
    assert FORGET_S <= clock.now < FORGET_S + 1
    assert follower.lag == 1


def test_an_event_decided_before_its_answer_came_holds_nobody_back(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock, window=1)
    tail.decided = [_decision(0)]
    follower.poll(at_most_every_s=0)
    _publish(follower, 0)
    follower.hold_back([_event(1)])
    assert clock.sleeps == 0
    assert follower.lag == 0


def test_a_reader_of_its_own_lets_the_publisher_go_on_as_soon_as_there_is_room() -> None:
    tail = Tail()
    follower = Follower(tail, direct=frozenset({"Trade"}), functions=frozenset({"f"}), window=1)  # type: ignore[arg-type]
    with follower.reading_along():
        follower.note_published(_event(0), "event-0")
        timer = threading.Timer(0.05, lambda: tail.decided.append(_decision(0)))
        timer.start()
        follower.hold_back([_event(1)])
        assert follower.settled == 1
        timer.join()
    assert not [one for one in threading.enumerate() if one.name == "follower"]


def test_what_stops_the_reader_stops_the_publisher() -> None:
    class Broken(Tail):
        def poll(self, *, thoroughly: bool = True, functions: frozenset[str] | None = None) -> list[Audited]:
            raise OperationError("the audit table cannot be read")

    follower = Follower(Broken(), direct=frozenset({"Trade"}), window=1)  # type: ignore[arg-type]
    follower.note_published(_event(0), "event-0")
    with pytest.raises(OperationError, match="cannot be read"), follower.reading_along():
        follower.hold_back([_event(1)])


def test_settled_counts_each_of_ours_once_whenever_its_decision_came(tail: Tail, clock: Clock) -> None:
    follower = _follower(tail, clock)
    tail.decided = [_decision(0), _decision(0, "LATE"), _decision(7)]
    follower.poll(0)
    follower.note_published(_event(0), "event-0")  # its decision was quicker than the answer of the bus
    follower.note_published(_event(1), "event-1")
    tail.decided = [_decision(1), _decision(1, "DUPLICATE")]
    follower.poll(0)
    assert (follower.sent, follower.settled, follower.lag) == (2, 2, 0)
