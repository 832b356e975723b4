"""Events that are published without a pause while something else happens, and what became of each."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from tapeproof.ops.audit_tail import OUTCOMES, AuditTail
from tapeproof.ops.dead_letters import read_dead_letters
from tapeproof.ops.publication import prepare
from tapeproof.ops.session import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.local.lifecycle import LocalStack

BATCH = 5
SETTLES_WITHIN_S = 120
"""How long nothing may be decided before what is undecided is taken for lost: it does not depend on the machine."""


@dataclass
class Traffic:
    """Publishes to a stack's bus in a thread of its own.

    Args:
        stack: The stack.
        events: How many events are published at least; it goes on until it is told to stop.
        rate: Events a second.
        on_put: Called before each publication.
    """

    stack: LocalStack
    events: int
    rate: float
    on_put: Callable[[], None] = lambda: None
    kinds: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    refused: int = 0

    def __enter__(self) -> Self:
        self._bus = self.stack.outputs().event_bus_name
        table = self.stack.outputs().audit_table_name
        self._tail = AuditTail(self.stack.target.client("dynamodb"), table, time.time_ns())
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._publish, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()

    def _publish(self) -> None:
        client, due = self.stack.target.client("events"), time.monotonic()
        for batch in _batches(self.events):
            if self._enough.is_set() and len(self.kinds) >= self.events:
                return
            self.on_put()
            entries: list[Any] = [{"EventBusName": self._bus, **entry} for entry in batch]
            answers = client.put_events(Entries=entries)["Entries"]
            for entry, answer in zip(batch, answers, strict=True):
                if "EventId" in answer:
                    self.kinds[answer["EventId"]] = f"{entry['Source']} {entry['DetailType']}"
                else:
                    self.refused += 1
            due = max(due + len(batch) / self.rate, time.monotonic() - 1)
            time.sleep(max(0.0, due - time.monotonic()))

    def account(self) -> dict[str, str]:
        """Return the events that nobody decided on and no queue keeps, with what they are."""
        give_up = time.monotonic() + SETTLES_WITHIN_S
        while True:
            for audited in self._tail.poll():
                if audited.act in OUTCOMES:
                    give_up = time.monotonic() + SETTLES_WITHIN_S
                    self.outcomes.setdefault(audited.evt, Counter())[audited.act] += 1
            missing = {event: kind for event, kind in self.kinds.items() if event not in self.outcomes}
            if not missing or time.monotonic() > give_up:
                return {event: kind for event, kind in missing.items() if event not in self._dead()} if missing else {}
            time.sleep(0.5)

    def _dead(self) -> set[str | None]:
        urls = self.stack.outputs().dlq_urls
        return {letter.event_id for letter in read_dead_letters(self.stack.target.client("sqs"), urls)}


def _batches(events: int) -> Iterator[list[dict[str, str]]]:
    """Yield entries without end, no two events of one natural key but the session's own duplicates."""
    batch: list[dict[str, str]] = []
    while True:
        for scheduled in session(time.time_ns(), time.time_ns(), max(events, 500)):
            if scheduled.kind == "oversized":
                continue
            publication = prepare(0, scheduled.message)
            batch.append(
                {
                    "Source": publication.source,
                    "DetailType": publication.planned.detail_type,
                    "Detail": publication.detail,
                }
            )
            if len(batch) == BATCH:
                yield batch
                batch = []
