"""What a processor decided about an event, and what became of the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["CONFLICT", "DUPLICATE", "Committed", "Decision", "witness_line", "witness_lines"]

DUPLICATE = "DUPLICATE"
"""``act`` of a decision whose record was already there with the same body."""
CONFLICT = "CONFLICT"
"""``act`` of a decision whose record was already there with another body."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one event.

    Attributes:
        act: The outcome word, for example RECORDED; the writer changes it to DUPLICATE or CONFLICT where it must.
        evt: The EventBridge event id.
        key: The natural key ``type#venue#symbol#day#identity``.
        src: The event's source, ``marketdata.<venue>``.
        sseq: The exchange's own sequence, or None when it gives none.
        body: The canonical bytes of the record, whole, however many items hold it.
        puts: Items for the market table, as DynamoDB's low-level attribute maps with ``pk`` and ``sk`` and without
            ``a_*`` and ``salt``; empty when nothing is to be stored. All of them are written or none. The first's key
            says whether the event was seen. A body that is too long for one item continues in the ``body`` of the
            next ones, in order.
        extra: Observations, hashed into the entry as ``obs``: canonical JSON values only (no floats).
    """

    act: str
    evt: str
    key: str
    src: str
    sseq: str | None
    body: bytes
    puts: Sequence[Mapping[str, Any]] = ()
    extra: Mapping[str, Any] | None = None


class Committed(NamedTuple):
    """What became of a decision.

    Attributes:
        decision: As it was handed in.
        act: The final outcome word.
        lane: The lane that holds the entry.
        seq: The entry's position in the lane.
        item: The decision's index in a BATCH entry, else None.
        entry_hash: The entry's 32-byte hash.
        entry_bytes: The entry as it is stored.
    """

    decision: Decision
    act: str
    lane: str
    seq: int
    item: int | None
    entry_hash: bytes
    entry_bytes: bytes


def witness_line(committed: Committed) -> str:
    """Return the line for CloudWatch Logs that says the same as the entry, without a line end.

    Write it to standard output as it is, after the commit: the verifier compares its bytes with the stored entry.
    """
    return f'{{"audit":{{"h":"{committed.entry_hash.hex()}","b":{committed.entry_bytes.decode()}}}}}'


def witness_lines(committed: Sequence[Committed]) -> list[str]:
    """Return one line for each entry that holds the decisions, however many decisions an entry has."""
    entries = {one.entry_hash: one for one in committed}
    return [witness_line(one) for one in entries.values()]
