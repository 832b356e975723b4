"""Follows what becomes of published events while they are published, and holds the publisher back when it is ahead."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tapeproof.ops.audit_tail import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        """Return whether these events are as many direct ones as may be undecided at a time."""
        return sum(map(self.is_direct, publications)) >= self._room

    def note_published(self, publication: Publication, event_id: str) -> None:
        """Take note of an event that EventBridge took."""
        self.sent += 1
        self._ours.add(event_id)
        self.settled += event_id in self._decided
        if self.is_direct(publication) and event_id not in self._decided:
            self._undecided[event_id] = self._clock()

    def hold_back(self, batch: Sequence[Publication]) -> None:
        """Return when a batch may be published; at once when there is no window, or no direct event in it."""
        waiting = sum(map(self.is_direct, batch))
        while waiting and self._undecided and len(self._undecided) + waiting > self._room:
            self._sleep(BUSY_S)
            self._take(self.tail.poll(thoroughly=False, functions=self._functions))
            self._forget()

    def poll(self, at_most_every_s: float = IDLE_S) -> None:
        """Read what was decided since the last reading, unless that was just now.

        Args:
            at_most_every_s: How long ago the last reading must be, seconds; 0 to read now, and every lane.
        """
        if self._clock() - self._polled < at_most_every_s:
            return
        self._take(self.tail.poll(thoroughly=not at_most_every_s))
        self._polled = self._clock()

    def _take(self, decisions: Sequence[Audited]) -> None:
        for decision in decisions:
            self.audited.append(decision)
            if decision.act in OUTCOMES:
                # Counted as they come: two sets of a whole day are too large to be compared for every event.
                self.settled += decision.evt in self._ours and decision.evt not in self._decided
                self._decided.add(decision.evt)
                self._undecided.pop(decision.evt, None)

    def _forget(self) -> None:
        now = self._clock()
        for event_id in [evt for evt, since in self._undecided.items() if now - since > FORGET_S]:
            del self._undecided[event_id]
