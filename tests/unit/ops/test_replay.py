"""A session is published at its pace and accounted for, with patience that ends."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.ops import replay
from tapeproof.ops.audit_tail import Audited
from tapeproof.ops.capture import NativeMessage
from tapeproof.ops.dead_letters import DeadLetter
from tapeproof.ops.errors import PublishError
from tapeproof.ops.manifest import Manifest, Planned, latest_manifest
from tapeproof.ops.pacing import Pace, Timed
from tapeproof.ops.replay import Patience, Replay, Settling, account_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.ops.reconciliation import Reconciliation


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Follower:
    """Reads an audit table in which decisions appear at a time each."""

    clock: Clock
    due: list[tuple[float, Audited]] = field(default_factory=list)

    @property
    def audited(self) -> list[Audited]:
        return [decision for at, decision in self.due if at <= self.clock.now]

    def poll(self, at_most_every_s: float) -> None:
        assert at_most_every_s == 0


def _manifest(events: int) -> Manifest:
    manifest = Manifest(Path("run.jsonl"), "run", 0, "test")
    manifest.planned = {n: Planned(n, "kraken", "Trade", "record", (f"k{n}",)) for n in range(events)}
    manifest.sent = {n: (f"event-{n}", 1_000) for n in range(events)}
    return manifest


def _decision(n: int) -> Audited:
    return Audited(f"event-{n}", "RECORDED", f"k{n}", 2_000, "lane")


def _account(
    decided: list[float], events: int, letters: Callable[[float], list[DeadLetter]] = lambda _: []
) -> tuple[Reconciliation, Clock, list[Settling]]:
    clock, told = Clock(), list[Settling]()
    follower = Follower(clock, [(at, _decision(n)) for n, at in enumerate(decided)])
    account = account_for(
        _manifest(events), follower, lambda: letters(clock.now), Patience(10, 60), told.append,
        clock=clock, sleep=clock.sleep,
    )  # type: ignore[arg-type] # fmt: skip
    return account, clock, told


def test_an_account_that_is_whole_is_not_waited_for() -> None:
    account, clock, told = _account([0, 0], 2)
    assert (account.whole, clock.now, told[-1]) == (True, 0, Settling(2, 2))


def test_decisions_are_waited_for_as_long_as_they_come() -> None:
    account, clock, told = _account([9, 18, 27], 3)
    assert account.whole
    assert 27 <= clock.now < 28
    assert sorted({one.settled for one in told}) == [0, 1, 2, 3]


def test_without_progress_patience_ends() -> None:
    account, clock, _ = _account([3], 2)
    assert not account.whole
    assert 13 < clock.now < 14


def test_patience_ends_in_any_case() -> None:
    account, clock, _ = _account([number * 5.0 for number in range(40)], 40)
    assert not account.whole
    assert 60 < clock.now < 61


def test_dead_letters_are_looked_for_when_nothing_comes() -> None:
    body = '{"id": "event-0", "detail": {}}'
    letter = DeadLetter("trade", "url", "m", "r", body, {})
    account, clock, _ = _account([], 1, lambda now: [letter] if now > 2 else [])
    assert account.whole
    assert account.total("DEAD-LETTERED") == 1
    assert clock.now < 8


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Replay]:
    """Return a function that makes a replay onto a bus of which each answer is written down."""

    class _Tail:
        def poll(self, **_: object) -> list[Audited]:
            return []

    tail = _Tail()
    monkeypatch.setattr(replay, "AuditTail", lambda *_: tail)

    def make(put: Callable[[list[Any]], Any]) -> Replay:
        events = SimpleNamespace(put_events=lambda **asked: put(asked["Entries"]))
        outputs = SimpleNamespace(
            event_bus_name="bus", audit_table_name="audit", routes={}, function_names={"quarantine": "q"}, dlq_urls={}
        )
        target = SimpleNamespace(client=lambda _: events)
        return Replay(target, outputs, tmp_path / "runs", window=None)  # type: ignore[arg-type]

    return make


def _messages(count: int) -> list[Timed]:
    return [Timed(0, NativeMessage("kraken", 1_718_000_000_000_000_000 + n, "{}")) for n in range(count)]


def _accepted(entries: list[Any]) -> dict[str, Any]:
    return {"FailedEntryCount": 0, "Entries": [{"EventId": f"e{n}"} for n, _ in enumerate(entries)]}


def _pace(stop: threading.Event) -> Pace:
    return Pace(rate=None, speed=None, stop=stop)


def test_everything_that_was_taken_is_published_and_written_down(player: Callable[..., Replay]) -> None:
    put: list[int] = []
    stop = threading.Event()
    playing = player(lambda entries: (put.append(len(entries)), _accepted(entries))[1])
    manifest, follower = playing.publish(_messages(23), _pace(stop), source="test", stop=stop)
    assert (sum(put), len(manifest.sent), follower.sent, manifest.ended) == (23, 23, 23, "complete")


def test_a_run_that_is_stopped_says_so_and_keeps_what_it_took(player: Callable[..., Replay]) -> None:
    stop = threading.Event()
    seen: list[int] = []

    def on_progress(follower: Any) -> None:  # noqa: ANN401 - a follower
        seen.append(follower.sent)
        if len(seen) == 3:
            stop.set()

    manifest, _ = player(_accepted).publish(
        _messages(50), _pace(stop), source="test", stop=stop, on_progress=on_progress
    )
    assert manifest.ended == "stopped"
    assert len(manifest.sent) == 3


def test_a_bus_that_takes_nothing_leaves_a_manifest_that_says_how_far_it_came(
    player: Callable[..., Replay], tmp_path: Path
) -> None:
    def refuse(_: list[Any]) -> None:
        raise PublishError("EventBridge does not take events")

    stop = threading.Event()
    with pytest.raises(PublishError):
        player(refuse).publish(_messages(2), _pace(stop), source="test", stop=stop)
    manifest = latest_manifest(tmp_path / "runs")
    assert manifest is not None
    assert (manifest.ended, manifest.sent, len(manifest.uncertain)) == (None, {}, 2)
