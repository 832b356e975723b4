"""Accounts for every published event: what was published equals what was decided plus what lies in a dead-letter queue.

Both sides are read back: the published side from the manifest, the other from the audit table and the queues. An event
counts once for each record that it must become, or once when it must be rejected or quarantined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tapeproof.ops.audit_tail import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tapeproof.ops.audit_tail import Audited
    from tapeproof.ops.dead_letters import DeadLetter
    from tapeproof.ops.manifest import Manifest, Planned

__all__ = ["DEAD", "Difference", "Reconciliation", "Row", "reconcile"]

DEAD = "DEAD-LETTERED"
FITTING = {
    "record": ("RECORDED", "CONFLICT", "DUPLICATE"),
    "reject": ("REJECTED", "DUPLICATE"),
    "quarantine": ("QUARANTINED", "DUPLICATE"),
}
"""The outcomes that fit an event's fate, the one that says most first: a second delivery adds a DUPLICATE."""

RowKey = tuple[str, str]
"""Venue and detail type."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An event that is not accounted for, or not as it should be.

    Args:
        event_id: The EventBridge event's id.
        venue: The exchange.
        detail_type: The type it was published with.
        key: The natural key that is missing; empty when the event has none.
        found: What was decided on the event instead; empty when nothing was.
    """

    event_id: str
    venue: str
    detail_type: str
    key: str
    found: tuple[str, ...]


@dataclass(slots=True)
class Row:
    """The account of one venue and type: decisions that were due, and how they ended."""

    due: int = 0
    ended: Counter[str] = field(default_factory=Counter)

    @property
    def missing(self) -> int:
        """How many decisions are not accounted for."""
        return self.due - sum(self.ended.values())


@dataclass(slots=True)
class Reconciliation:
    """The whole account of a run.

    Args:
        rows: The account by venue and detail type.
        differences: Every event that is not accounted for; empty when everything is.
        observations: How often each observation (GAP, LATE) was made on the run's events.
        redelivered: Decisions on events that were delivered more than once.
        refused: What EventBridge did not take, with its reason.
        uncertain: Events whose answer was never seen, and that no natural key finds in the audit table.
        latencies_ns: From publishing to the audit entry, by detail type.
    """

    rows: dict[RowKey, Row] = field(default_factory=lambda: defaultdict(Row))
    differences: list[Difference] = field(default_factory=list)
    observations: Counter[str] = field(default_factory=Counter)
    redelivered: int = 0
    refused: list[tuple[Planned, str]] = field(default_factory=list)
    uncertain: list[Planned] = field(default_factory=list)
    latencies_ns: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def due(self) -> int:
        """How many decisions were due."""
        return sum(row.due for row in self.rows.values())

    @property
    def settled(self) -> int:
        """How many of them were made, or lie in a dead-letter queue."""
        return sum(sum(row.ended.values()) for row in self.rows.values())

    @property
    def whole(self) -> bool:
        """Whether nothing is missing and nothing was refused."""
        return not self.differences and not self.refused

    def total(self, outcome: str) -> int:
        """Return how many decisions ended so."""
        return sum(row.ended[outcome] for row in self.rows.values())


def reconcile(manifest: Manifest, audited: Iterable[Audited], dead: Iterable[DeadLetter]) -> Reconciliation:
    """Return the account of a run.

    Args:
        manifest: What was published.
        audited: What the audit table holds since the run started; decisions on other events do not count.
        dead: What lies in the dead-letter queues.
    """
    account = Reconciliation()
    decided = _by_event(audited)
    dead_ids = {letter.event_id for letter in dead}
    for n, (event_id, sent_ns) in manifest.sent.items():
        event = manifest.planned[n]
        _settle(account, event, event_id, decided.get(event_id, []), dead=event_id in dead_ids)
        _time(account, event, sent_ns, decided.get(event_id, []))
    account.refused = [(manifest.planned[n], why) for n, why in manifest.failed.items()]
    _look_for_uncertain(account, manifest, decided)
    return account


def _by_event(audited: Iterable[Audited]) -> dict[str, list[Audited]]:
    decided: dict[str, list[Audited]] = defaultdict(list)
    for decision in audited:
        decided[decision.evt].append(decision)
    return decided


def _settle(account: Reconciliation, event: Planned, event_id: str, decided: list[Audited], *, dead: bool) -> None:
    row = account.rows[event.venue, event.detail_type]
    acts: dict[str, list[str]] = defaultdict(list)
    for decision in decided:
        if decision.act in OUTCOMES:
            acts[decision.key if event.keys else ""].append(decision.act)
        else:
            account.observations[decision.act] += 1
    for key, due in Counter(event.keys or ("",)).items():
        row.due += due
        fitting = sorted((act for act in acts[key] if act in FITTING[event.fate]), key=FITTING[event.fate].index)
        row.ended.update(fitting[:due])
        account.redelivered += max(0, len(fitting) - due)
        missing = due - len(fitting)
        if missing > 0 and dead:
            row.ended[DEAD] += missing
        elif missing > 0:
            found = tuple(decision.act for decision in decided)
            account.differences.append(Difference(event_id, event.venue, event.detail_type, key, found))


def _time(account: Reconciliation, event: Planned, sent_ns: int, decided: list[Audited]) -> None:
    if decided:
        first = min(decision.at_ns for decision in decided)
        account.latencies_ns[event.detail_type].append(first - sent_ns)


def _look_for_uncertain(account: Reconciliation, manifest: Manifest, decided: Mapping[str, list[Audited]]) -> None:
    uncertain = manifest.uncertain
    if not uncertain:
        return
    ours = {event_id for event_id, _ in manifest.sent.values()}
    strangers: dict[str, list[str]] = defaultdict(list)
    for event_id, decisions in decided.items():
        if event_id not in ours:
            for decision in decisions:
                strangers[decision.key].append(decision.act)
    for event in uncertain:
        if event.keys and all(strangers.get(key) for key in event.keys):
            row = account.rows[event.venue, event.detail_type]
            for key in event.keys:
                row.due += 1
                row.ended[strangers[key].pop(0)] += 1
        else:
            account.uncertain.append(event)
