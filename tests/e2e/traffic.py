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
MOST_UNDECIDED = 150
"""With more than that waiting it publishes slower, so that a slow machine is not buried, but never stops."""
NOTED_EACH_S = 1.0
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

    Attributes:
        kinds: What was published, by event id.
        outcomes: What became of it, by event id. What others published is not among it: a message of theirs may hold
            several records, and is then recorded several times.
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
        self._note_at = time.monotonic() + NOTED_EACH_S
        self._enough = threading.Event()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            self._publish()
        except Exception as error:  # noqa: BLE001 - a thread that ended early would look like one that lost nothing
            self._failure = error

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
            if time.monotonic() >= self._note_at:
                self._note()
            # What is still to come on a slow machine comes slower, or there would be ever more to account for.
            slower = len(self.kinds) >= self.events or len(self.kinds) - len(self.outcomes) > MOST_UNDECIDED
            rate = self.rate / 10 if slower else self.rate
            due = max(due + len(batch) / rate, time.monotonic() - 1)
            time.sleep(max(0.0, due - time.monotonic()))

    def _note(self) -> bool:
        """Note what became of events since the last time, and return whether anything did."""
        found = False
        for audited in self._tail.poll():
            # By now the ids of all that can have been decided on are known: the bus answers before it delivers.
            if audited.act in OUTCOMES and audited.evt in self.kinds:
                self.outcomes.setdefault(audited.evt, Counter())[audited.act] += 1
                found = True
        self._note_at = time.monotonic() + NOTED_EACH_S
        return found

    def account(self) -> dict[str, str]:
        """Return the events that nobody decided on and no queue keeps, with what they are."""
        give_up = time.monotonic() + SETTLES_WITHIN_S
        while True:
            if self._note():
                give_up = time.monotonic() + SETTLES_WITHIN_S
            missing = {event: kind for event, kind in self.kinds.items() if event not in self.outcomes}
            if not missing or time.monotonic() > give_up:
                dead = self._dead() if missing else set()
                return {event: kind for event, kind in missing.items() if event not in dead}
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
