"""Draws what people want to see of a run: the account, how long events took, the newest quotes, what is missing."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from tapeproof.ops.audit_tail import OUTCOMES
from tapeproof.ops.reconciliation import DEAD
from tapeproof.terminal import count_of, escape_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tapeproof.market.stored import Stored
    from tapeproof.ops.reconciliation import Reconciliation

__all__ = [
    "account_table",
    "differences",
    "document",
    "latency_table",
    "percentile",
    "records_table",
    "summary",
    "text_cell",
]

MILLISECOND_NS = 1_000_000


def percentile(values: Sequence[int], share: float) -> int:
    """Return the nearest-rank percentile of values; `share` is between 0 and 1."""
    ordered = sorted(values)
    # Rounded first: 0.07 of 100 is 7.000000000000001 in binary.
    rank = math.ceil(round(share * len(ordered), 6))
    return ordered[max(rank, 1) - 1]


def account_table(account: Reconciliation) -> Table:
    """Return the table of venues and types by outcome, with what is missing."""
    table = Table(title="Every event accounted for" if account.whole else "Events are missing", title_justify="left")
    table.add_column("venue")
    table.add_column("type")
    for title in ("due", *(outcome.lower() for outcome in (*OUTCOMES, DEAD)), "missing"):
        table.add_column(title, justify="right")
    for (venue, kind), row in sorted(account.rows.items()):
        ended = [_count(row.ended[outcome]) for outcome in (*OUTCOMES, DEAD)]
        table.add_row(text_cell(venue), text_cell(kind), f"{row.due:,}", *ended, _count(row.missing))
    table.add_section()
    totals = [_count(account.total(outcome)) for outcome in (*OUTCOMES, DEAD)]
    table.add_row("all", "", f"{account.due:,}", *totals, _count(account.due - account.settled))
    return table


def latency_table(account: Reconciliation, delivery: dict[str, str]) -> Table:
    """Return how long events took from publishing to their audit entry.

    Args:
        account: The account.
        delivery: How each detail type is delivered.
    """
    table = Table(title="From publishing to the audit entry, ms", title_justify="left")
    table.add_column("type")
    table.add_column("delivery")
    for title in ("events", "p50", "p99", "max"):
        table.add_column(title, justify="right")
    for kind, values in sorted(account.latencies_ns.items()):
        shown = [
            f"{at / MILLISECOND_NS:,.1f}" for at in (percentile(values, 0.5), percentile(values, 0.99), max(values))
        ]
        table.add_row(kind, delivery.get(kind, ""), f"{len(values):,}", *shown)
    return table


def records_table(title: str, records: Iterable[Stored]) -> Table:
    """Return records one a row: when, where, what, and the audit entry that proves each."""
    table = Table(title=text_cell(title), title_justify="left")
    for column in ("time (UTC)", "venue", "symbol", "type", "what", "audit entry"):
        table.add_column(column)
    for stored in records:
        record = stored.record
        entry = f"…{stored.audit.lane[-12:]}:{stored.audit.sequence}"
        told = (record.venue, record.symbol, record.type, _what(stored), entry)
        table.add_row(_utc(record.ts_event_ns), *map(text_cell, told))
    return table


def differences(account: Reconciliation) -> list[str]:
    """Return what is wrong with an account, a line each; nothing when it is whole."""
    lines = [
        f"missing: {difference.detail_type} of {difference.venue}, event {difference.event_id}"
        + (f", key {difference.key}" if difference.key else "")
        + (f"; found instead: {', '.join(difference.found)}" if difference.found else "")
        for difference in account.differences
    ]
    lines += [f"refused by EventBridge: {event.venue} event {event.n}: {why}" for event, why in account.refused]
    return lines


def summary(account: Reconciliation) -> list[str]:
    """Return what the tables do not say, a line each."""
    observed = ", ".join(f"{count:,} {name}" for name, count in sorted(account.observations.items()))
    lines = [f"observed: {observed}"] if observed else []
    if account.redelivered:
        lines.append(f"delivered more than once: {account.redelivered:,}, each second time recognised")
    if account.uncertain:
        lines.append(
            f"{count_of(len(account.uncertain), 'event was', 'events were')} being sent when the run was cut off; "
            "whether one arrived is not known, and replaying it is safe"
        )
    return lines


def text_cell(text: str) -> Text:
    """Return what others wrote as text of a table: no markup, and nothing that steers a terminal."""
    return Text(escape_text(text))


def _count(number: int) -> str:
    return f"{number:,}" if number else "·"


def _utc(at_ns: int) -> str:

    whole = datetime.fromtimestamp(at_ns // 1_000_000_000, UTC)
    return f"{whole:%Y-%m-%d %H:%M:%S}.{at_ns % 1_000_000_000 // 1_000:06d}"


def _what(stored: Stored) -> str:
    said = stored.record.document()
    if stored.record.type == "quote":
        return " / ".join(_side(said, side) for side in ("bid", "ask"))
    if stored.record.type == "trade":
        return f"{said.get('side', 'trade')} {said['size']} at {said['price']}"
    return str(said.get("action") or said.get("kind") or "")


def _side(said: Mapping[str, Any], side: str) -> str:
    size = said.get(f"{side}_size")
    return f"{said.get(f'{side}_price', '-')}" + (f" x {size}" if size else "")


def document(stored: Stored) -> dict[str, Any]:
    """Return a record with its proof as a document, for programs."""
    audit = stored.audit
    return {
        "key": stored.key,
        "body": stored.body,
        "event_id": stored.event_id or None,
        "audit": {
            "lane": audit.lane,
            "sequence": audit.sequence,
            "item": audit.item,
            "entry_hash": audit.entry_hash.hex(),
        },
    }
