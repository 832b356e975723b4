"""Follows what becomes of published events while they are published, and holds the publisher back when it is ahead."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

from tapeproof.ops.audit_tail import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tapeproof.ops.audit_tail import Audited, AuditTail
    from tapeproof.ops.publication import Publication

__all__ = ["Follower"]

FORGET_S = 10.0
"""After so long without an entry an event no longer holds the others back; the reconciliation will look for it."""
GROWTH = 8
"""The window opens by one for so many decisions: at first every function starts cold, and processes compete."""
BUSY_S = 0.02
IDLE_S = 0.5


class Follower:
    """Knows which published events are decided.

    ``settled`` is how many of them are.

    Args:
        tail: The audit table's reader.
        direct: The detail types whose events go straight to a function.
        functions: The functions that take them.
        window: How many of those may be undecided at a time; None for no limit. On this machine each concurrent
            invocation is a process, and the embedded AWS starts one for every event that finds none free; AWS queues
            events and scales by itself.
        clock: Seconds on a clock that does not step.
        sleep: Waits, seconds.
    """

    def __init__(
        self,
        tail: AuditTail,
        *,
        direct: frozenset[str] = frozenset(),
        functions: frozenset[str] = frozenset(),
        window: int | None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.tail = tail
        self.audited: list[Audited] = []
        self.sent = 0
        self._direct = direct
        self._functions = functions
        self._window = window
        self._clock = clock
        self._sleep = sleep
        self._decided: set[str] = set()
        self._ours: set[str] = set()
        self.settled = 0
        self._undecided: dict[str, float] = {}
        self._polled = float("-inf")
        self._news = threading.Condition()
        self._reading = threading.Lock()
        self._reader: threading.Thread | None = None
        self._ended = threading.Event()
        self._failure: Exception | None = None

    @property
    def lag(self) -> int:
        """How many published events have no decision yet."""
        return self.sent - self.settled

    @property
    def _room(self) -> float:
        if self._window is None:
            return float("inf")
        return min(self._window, 1 + len(self._decided) // GROWTH)

    def is_direct(self, publication: Publication) -> bool:
        """Return whether an event goes straight to a function."""
        return publication.planned.detail_type in self._direct

    def fills_window(self, publications: Sequence[Publication]) -> bool:
        """Return whether these events are half of the direct ones that may be undecided at a time.

        A batch that filled the whole window would wait until everything before it is decided, and leave the functions
        idle meanwhile.
        """
        return 2 * sum(map(self.is_direct, publications)) >= self._room

    def note_published(self, publication: Publication, event_id: str) -> None:
        """Take note of an event that EventBridge took."""
        with self._news:
            self.sent += 1
            self._ours.add(event_id)
            self.settled += event_id in self._decided
            if self.is_direct(publication) and event_id not in self._decided:
                self._undecided[event_id] = self._clock()

    @contextlib.contextmanager
    def reading_along(self) -> Iterator[None]:
        """Read decisions in a thread of their own, so that who publishes need not wait for the reading itself.

        Raises:
            OperationError: The audit table cannot be read; the publisher gets it at its next event.
        """
        self._reader = threading.Thread(target=self._read_along, name="follower", daemon=True)
        self._reader.start()
        try:
            yield
        finally:
            self._ended.set()
            self._reader.join()
            self._reader = None
        self._raise_failure()

    def hold_back(self, batch: Sequence[Publication]) -> None:
        """Return when a batch may be published; at once when there is no window, or no direct event in it."""
        waiting = sum(map(self.is_direct, batch))
        while waiting and self._is_full(waiting):
            if self._reader is None:
                self._sleep(BUSY_S)
                self._read(functions=self._functions)
            else:
                with self._news:
                    self._news.wait_for(lambda: not self._is_full(waiting) or self._failure, timeout=IDLE_S)
                self._raise_failure()
            self._forget()

    def poll(self, at_most_every_s: float = IDLE_S) -> None:
        """Read what was decided since the last reading, unless that was just now.

        Args:
            at_most_every_s: How long ago the last reading must be, seconds; 0 to read now, and every lane.
        """
        if self._clock() - self._polled < at_most_every_s or (at_most_every_s and self._reader):
            return
        self._read(thoroughly=not at_most_every_s)

    def _is_full(self, waiting: int) -> bool:
        return bool(self._undecided) and len(self._undecided) + waiting > self._room

    def _read_along(self) -> None:
        try:
            while not self._ended.wait(BUSY_S):
                if self._undecided:
                    self._read(functions=self._functions)
                if self._clock() - self._polled >= IDLE_S:
                    self._read()
        except Exception as error:  # noqa: BLE001 - raised where the publisher waits
            self._failure = error
            with self._news:
                self._news.notify_all()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _read(self, *, thoroughly: bool = False, functions: frozenset[str] | None = None) -> None:
        with self._reading:  # a reader remembers how far it came
            decisions = self.tail.poll(thoroughly=thoroughly, functions=functions)
            if functions is None:
                self._polled = self._clock()
            with self._news:
                for decision in decisions:
                    self._take(decision)
                self._news.notify_all()

    def _take(self, decision: Audited) -> None:
        self.audited.append(decision)
        if decision.act in OUTCOMES:
            # Counted as they come: two sets of a whole day are too large to be compared for every event.
            self.settled += decision.evt in self._ours and decision.evt not in self._decided
            self._decided.add(decision.evt)
            self._undecided.pop(decision.evt, None)

    def _forget(self) -> None:
        now = self._clock()
        with self._news:
            for event_id in [evt for evt, since in self._undecided.items() if now - since > FORGET_S]:
                del self._undecided[event_id]
