"""Publishes a session at its pace, and accounts for it."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapeproof.ops.audit_tail import AuditTail
from tapeproof.ops.dead_letters import read_dead_letters
from tapeproof.ops.follower import Follower
from tapeproof.ops.manifest import ManifestWriter, read_manifest
from tapeproof.ops.publication import prepare
from tapeproof.ops.publisher import Publisher
from tapeproof.ops.reconciliation import reconcile

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tapeproof.ops.dead_letters import DeadLetter
    from tapeproof.ops.manifest import Manifest
    from tapeproof.ops.pacing import Pace, Timed
    from tapeproof.ops.reconciliation import Reconciliation
    from tapeproof.ops.target import StackOutputs, Target

__all__ = ["DIRECT_WINDOW", "Patience", "Replay", "Settling", "account_for"]

DIRECT_WINDOW = min(8, 2 + 2 * (os.cpu_count() or 1))
"""Undecided direct events at a time on the embedded AWS, where each costs a process: twice what can run at once, as
half of them are decided and not yet read, and two more."""
BATCH_PATIENCE_S = 0.02
"""An event waits no longer than this for others to fill its batch."""
DEAD_LETTERS_EVERY_S = 3.0
POLL_S = 0.2
CLOCK_SKEW_NS = 60 * 1_000_000_000
"""A function's clock may be behind the publisher's by so much, and open its lane in the hour before."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for events to be decided.

    Args:
        without_progress_s: Give up after so long without a new decision, seconds.
        at_most_s: Give up after so long in any case, seconds.
    """

    without_progress_s: float
    at_most_s: float


@dataclass(frozen=True, slots=True)
class Settling:
    """How far a run has settled: decisions that were due, and those that are accounted for."""

    due: int
    settled: int


class Replay:
    """Publishes to one stack and follows what becomes of it.

    Args:
        target: The AWS.
        outputs: The stack there.
        runs: Where the run's manifest is kept.
        window: See :class:`~tapeproof.ops.follower.Follower`.
    """

    def __init__(self, target: Target, outputs: StackOutputs, runs: Path, *, window: int | None) -> None:
        self._target = target
        self._outputs = outputs
        self._runs = runs
        self._window = window

    def publish(
        self,
        messages: Iterable[Timed],
        pace: Pace,
        *,
        source: str,
        stop: threading.Event,
        on_progress: Callable[[Follower], None] = lambda _: None,
    ) -> tuple[Manifest, Follower]:
        """Publish a session until it ends or is stopped.

        Args:
            messages: The session.
            pace: When each message is due.
            source: What is replayed, in words, for the manifest.
            stop: Ends the session when it is set; what was taken is still published.
            on_progress: Called often, with how far it is.

        Returns:
            The run's manifest, and the follower that knows what was decided so far.

        Raises:
            PublishError: EventBridge does not take events. The manifest says how far it came.
        """
        writer = ManifestWriter(self._runs, source, time.time_ns())
        try:
            follower = self._follow(read_manifest(writer.path))
            events = self._target.client("events")
            publisher = Publisher(
                events,
                self._outputs.event_bus_name,
                writer,
                before_put=follower.hold_back,
                on_sent=follower.note_published,
            )
            # Where nothing holds the publisher back, a reading now and then is enough.
            with follower.reading_along() if self._window else contextlib.nullcontext():
                _publish(messages, pace, publisher, follower, stop=stop, on_progress=on_progress)
            writer.end("stopped" if stop.is_set() else "complete")
        finally:
            writer.close()
        return read_manifest(writer.path), follower

    def account(
        self,
        manifest: Manifest,
        patience: Patience,
        *,
        follower: Follower | None = None,
        on_progress: Callable[[Settling], None] = lambda _: None,
    ) -> Reconciliation:
        """Wait until every event of a run is accounted for, or patience ends, and return the account.

        Args:
            manifest: The run.
            patience: How long to wait.
            follower: Who followed the run while it was published; the tables are read from its start when absent.
            on_progress: Called after each reading.
        """
        following = follower or self._follow(manifest)
        return account_for(manifest, following, self._dead_letters, patience, on_progress)

    def _follow(self, manifest: Manifest) -> Follower:
        from_ns = manifest.started_ns - CLOCK_SKEW_NS
        tail = AuditTail(self._target.client("dynamodb"), self._outputs.audit_table_name, from_ns)
        routes = {name: route for name, route in self._outputs.routes.items() if route["delivery"] == "direct"}
        return Follower(
            tail,
            direct=frozenset(kind for route in routes.values() for kind in route["detail_types"]),
            functions=frozenset(self._outputs.function_names[name] for name in (*routes, "quarantine")),
            window=self._window,
        )

    def _dead_letters(self) -> list[DeadLetter]:
        return read_dead_letters(self._target.client("sqs"), self._outputs.dlq_urls)


def _publish(
    messages: Iterable[Timed],
    pace: Pace,
    publisher: Publisher,
    follower: Follower,
    *,
    stop: threading.Event,
    on_progress: Callable[[Follower], None],
) -> None:
    for n, timed in enumerate(messages):
        if stop.is_set():
            break
        publication = prepare(n, timed.message)
        wait_s = pace.remaining_s(n, timed)
        if wait_s > BATCH_PATIENCE_S:
            publisher.flush()
            pace.wait(pace.remaining_s(n, timed))
        if follower.is_direct(publication) and follower.fills_window(publisher.waiting):
            publisher.flush()
        publisher.offer(publication)
        on_progress(follower)
    publisher.flush()
    on_progress(follower)


def account_for(
    manifest: Manifest,
    follower: Follower,
    dead_letters: Callable[[], list[DeadLetter]],
    patience: Patience,
    on_progress: Callable[[Settling], None],
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Reconciliation:
    """Read tables and queues until everything is accounted for or patience ends.

    Args:
        manifest: The run.
        follower: Who reads the audit table.
        dead_letters: Reads the dead-letter queues.
        patience: How long to wait.
        on_progress: Called after each reading.
        clock: Seconds on a clock that does not step.
        sleep: Waits, seconds.
    """
    started = progressed = clock()
    queues_read = float("-inf")
    dead: list[DeadLetter] = []
    settled = -1
    while True:
        follower.poll(at_most_every_s=0)
        account = reconcile(manifest, follower.audited, dead)
        on_progress(Settling(account.due, account.settled))
        now = clock()
        if account.settled > settled:
            settled, progressed = account.settled, now
        if not account.differences:
            return account
        given_up = now - progressed > patience.without_progress_s or now - started > patience.at_most_s
        if given_up or now - max(progressed, queues_read) > DEAD_LETTERS_EVERY_S:
            dead, queues_read = dead_letters(), clock()
            account = reconcile(manifest, follower.audited, dead)
            if given_up or not account.differences:
                return account
        sleep(POLL_S)
