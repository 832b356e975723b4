"""From a delivered event to the decisions on it: record it, reject it with a reason, or keep it in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.settings import QUARANTINE
from tapeproof.log.decision import Decision
from tapeproof.market import venues
from tapeproof.market.canonical import parse_canonical, valid_venue
from tapeproof.market.errors import Rejection, UnknownVenueError, shown
from tapeproof.market.fields import scaled_ns
from tapeproof.market.items import ItemFormat
from tapeproof.market.keys import KeyLayout, quarantine_partition, rejection_partition
from tapeproof.market.model import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.deliveries import Delivery
    from handlers.settings import Settings
    from tapeproof.market.items import Item
    from tapeproof.market.model import Record

__all__ = ["LATE", "NATIVE_SCHEMA", "QUARANTINED", "RECORDED", "REJECTED", "Decider", "Step"]

RECORDED, REJECTED, QUARANTINED, LATE = "RECORDED", "REJECTED", "QUARANTINED", "LATE"
NATIVE_SCHEMA = "native/1"
_SOURCE_PREFIX = "marketdata."
_MS = 1_000_000
_AHEAD_MS = 60_000


@dataclass(frozen=True, slots=True)
class Step:
    """A decision with what it was made from.

    Attributes:
        decision: What the audit writer commits.
        delivery: The event it is about.
        record: The record it is about, or None where the event became none.
        body: The record's canonical text.
        ahead: Whether the event time lies in the future: it must not stand as the newest for long.
        code: Short word for why it was rejected or quarantined.
    """

    decision: Decision
    delivery: Delivery
    record: Record | None = None
    body: str = ""
    ahead: bool = False
    code: str = ""


class Decider:
    """Decides on events.

    Args:
        settings: Of the function.
    """

    def __init__(self, settings: Settings) -> None:
        self._route = settings.route
        self._late_after_ns = settings.late_after_ms * _MS
        layout = KeyLayout(
            minute_shards=settings.minute_shards,
            hour_shards=settings.hour_shards,
            record_shards=settings.record_shards,
        )
        self._format = ItemFormat(layout, settings.max_item_bytes)

    def decide(self, delivery: Delivery, now_ns: int) -> list[Step]:
        """Return the decisions on an event: one for each record in it, and its observations.

        Args:
            delivery: The event.
            now_ns: The time, nanoseconds since 1970 UTC.
        """
        if delivery.flaw:
            return [self._kept(delivery, REJECTED, "not-an-event", delivery.flaw, now_ns)]
        if self._route == QUARANTINE:
            what = f"source {shown(delivery.source)} with detail type {shown(delivery.detail_type)}"
            return [self._kept(delivery, QUARANTINED, "no-route", f"no route takes {what}", now_ns)]
        try:
            return [step for record in _records(delivery, now_ns) for step in self._recorded(delivery, record, now_ns)]
        except UnknownVenueError as error:
            return [self._kept(delivery, QUARANTINED, error.code, error.message, now_ns)]
        except Rejection as error:
            return [self._kept(delivery, REJECTED, error.code, error.message, now_ns)]

    def _recorded(self, delivery: Delivery, record: Record, now_ns: int) -> list[Step]:
        body = record.body
        late_ns = record.received_ns - record.ts_event_ns
        # By this clock alone: a publisher whose own is wrong has a wrong time of receipt too.
        ahead_ms = (record.ts_event_ns - now_ns) // _MS
        late = late_ns > self._late_after_ns
        observed: dict[str, Any] = {}
        if delivery.replay:
            observed["replay"] = delivery.replay
        if record.backfill:
            observed["backfill"] = True
        if ahead_ms > _AHEAD_MS:
            observed["ahead_ms"] = ahead_ms
        puts = self._format.record(record, body, delivery.evt)
        decision = _decision(delivery, record, RECORDED, body=body.encode(), puts=puts, extra=observed or None)
        step = Step(decision, delivery, record, body, ahead=ahead_ms > _AHEAD_MS)
        if not late or record.backfill:
            # History that a venue sends on subscription is old by its nature, and says so.
            return [step]
        observation = _decision(delivery, record, LATE, extra={"late_ms": late_ns // _MS})
        return [step, Step(observation, delivery, record)]

    def _kept(self, delivery: Delivery, act: str, code: str, reason: str, now_ns: int) -> Step:
        received = _received_or(delivery, now_ns)
        text = delivery.text
        name = delivery.source.removeprefix(_SOURCE_PREFIX)
        partition = quarantine_partition(delivery.source, received)
        if act == REJECTED:
            partition = rejection_partition(name, received)
        decision = Decision(
            act=act,
            evt=delivery.evt,
            key=f"{act}#{name if act == REJECTED else delivery.source}#{received:019d}#{delivery.evt}",
            src=delivery.source,
            sseq=None,
            body=text.encode(),
            puts=self._format.kept(partition, received, delivery.evt, f"{code}: {reason}", text),
            extra={"reason": f"{code}: {reason}"} | ({"replay": delivery.replay} if delivery.replay else {}),
        )
        return Step(decision, delivery, code=code)


def _decision(
    delivery: Delivery,
    record: Record,
    act: str,
    *,
    body: bytes = b"",
    puts: Sequence[Item] = (),
    extra: dict[str, Any] | None = None,
) -> Decision:
    return Decision(
        act=act,
        evt=delivery.evt,
        key=record.key,
        src=delivery.source,
        sseq=str(record.sequence) if record.sequence_source == "venue" else None,
        body=body,
        puts=puts,
        extra=extra,
    )


def _records(delivery: Delivery, now_ns: int) -> list[Record]:
    detail = delivery.detail
    if not isinstance(detail, dict):
        raise Rejection("bad-shape", f"the detail must be an object, got {shown(detail)}")
    venue = valid_venue(detail.get("venue"))
    if delivery.source != _SOURCE_PREFIX + venue:
        raise Rejection("venue-mismatch", f"the detail says venue {venue}, the source says {shown(delivery.source)}")
    schema = detail.get("schema")
    if schema == SCHEMA:
        return [parse_canonical(detail, _received_or(delivery, now_ns))]
    if schema != NATIVE_SCHEMA:
        raise Rejection("bad-schema", f"schema must be {NATIVE_SCHEMA} or {SCHEMA}, got {shown(schema)}")
    raw = detail.get("raw")
    if not isinstance(raw, str):
        raise Rejection("bad-shape", f"raw must be the message as text, got {shown(raw)}")
    received = detail.get("received_ns")
    return venues.parse(
        venue, raw, _received_or(delivery, now_ns) if received is None else scaled_ns(received, "received_ns", scale=1)
    )


def _received_or(delivery: Delivery, now_ns: int) -> int:
    detail = delivery.detail
    if isinstance(detail, dict) and "received_ns" in detail:
        try:
            return scaled_ns(detail["received_ns"], "received_ns", scale=1)
        except Rejection:
            pass
    # The same on every delivery, unlike the clock.
    arrived = delivery.time_ns
    return now_ns if arrived is None else arrived
