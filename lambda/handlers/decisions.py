"""From a delivered event to the decisions on it: record it, reject it with a reason, or keep it in quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handlers.settings import QUARANTINE
from tapeproof.log.decision import Decision
from tapeproof.market import venues
from tapeproof.market.canonical import parse_canonical, valid_venue
from tapeproof.market.errors import Rejection, UnknownVenueError, describe_value
from tapeproof.market.fields import scaled_ns, text
from tapeproof.market.items import ItemFormat
from tapeproof.market.keys import KeyLayout, arrival_text, ns_text, quarantine_partition, rejection_partition
from tapeproof.market.model import SCHEMA, Book, Order, Quote, Trade
from tapeproof.market.venues import Delivered, Parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.deliveries import Delivery
    from handlers.settings import Settings
    from tapeproof.market.items import Item
    from tapeproof.market.model import Record

__all__ = ["AHEAD", "CROSSED", "LATE", "NATIVE_SCHEMA", "QUARANTINED", "RECORDED", "REJECTED", "Decider", "Step"]

RECORDED, REJECTED, QUARANTINED = "RECORDED", "REJECTED", "QUARANTINED"
LATE, AHEAD, CROSSED = "LATE", "AHEAD", "CROSSED"
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
        arrival: The record's place in the order of arrival.
    """

    decision: Decision
    delivery: Delivery
    record: Record | None = None
    body: str = ""
    ahead: bool = False
    code: str = ""
    arrival: str = ""


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
        self._layout = layout
        self._format = ItemFormat(layout, settings.max_item_bytes)
        self._publishers = settings.publishers
        self._decided_ns = 0

    def decide(self, delivery: Delivery, now_ns: int) -> list[Step]:
        """Return the decisions on an event: one for each record in it, and its observations.

        Args:
            delivery: The event.
            now_ns: The time, nanoseconds since 1970 UTC.
        """
        if delivery.flaw:
            return [self._keep_event(delivery, REJECTED, "not-an-event", delivery.flaw, now_ns)]
        if self._route == QUARANTINE:
            what = f"source {describe_value(delivery.source)} with detail type {describe_value(delivery.detail_type)}"
            return [self._keep_event(delivery, QUARANTINED, "no-route", f"no route takes {what}", now_ns)]
        try:
            parsed = self._read(delivery, now_ns)
        except UnknownVenueError as error:
            return [self._keep_event(delivery, QUARANTINED, error.code, error.message, now_ns)]
        except Rejection as error:
            return [self._reject_event(delivery, error, now_ns)]
        decided_ns = self._tick(now_ns)
        steps: list[Step] = []
        for item, record in enumerate(parsed.records):
            try:
                steps += self._record_event(delivery, record, now_ns, (decided_ns, item))
            except Rejection as error:
                error.item = item
                steps.append(self._reject_event(delivery, error, now_ns))
        return steps + [self._reject_event(delivery, error, now_ns) for error in parsed.rejections]

    def _tick(self, now_ns: int) -> int:
        """Return a time later than any before, so that what is decided on in order stands in order."""
        self._decided_ns = max(now_ns, self._decided_ns + 1)
        return self._decided_ns

    def _read(self, delivery: Delivery, now_ns: int) -> Parsed:
        detail = delivery.detail
        if not isinstance(detail, dict):
            raise Rejection("bad-shape", f"the detail must be an object, got {describe_value(detail)}")
        venue = valid_venue(detail.get("venue"))
        if delivery.source != _SOURCE_PREFIX + venue:
            raise Rejection(
                "venue-mismatch", f"the detail says venue {venue}, the source says {describe_value(delivery.source)}"
            )
        allowed = self._publishers.get(venue)
        if allowed is not None and delivery.account not in allowed:
            raise Rejection(
                "wrong-publisher", f"account {describe_value(delivery.account)} does not publish messages of {venue}"
            )
        return _records(delivery, venue, now_ns)

    def _record_event(self, delivery: Delivery, record: Record, now_ns: int, place: tuple[int, int]) -> list[Step]:
        arrival = arrival_text(record, *place, ranked=delivery.detail.get("schema") == SCHEMA)
        body = record.body
        ahead_ms = (record.ts_event_ns - min(record.received_ns, now_ns)) // _MS
        ahead = ahead_ms > _AHEAD_MS
        observed: dict[str, Any] = dict(delivery.sender)
        if delivery.replay:
            observed["replay"] = delivery.replay
        if record.backfill:
            observed["backfill"] = True
        if ahead:
            observed["ahead_ms"] = ahead_ms
        puts = self._format.record(record, body, delivery.evt, arrival)
        if delivery.account:
            puts[0]["acc"] = {"S": delivery.account}
        decision = _decision(delivery, record, RECORDED, body=body.encode(), puts=puts, extra=observed or None)
        found = [Step(decision, delivery, record, body, ahead=ahead, arrival=arrival)]
        for act, extra in self._observations(record, ahead_ms):
            found.append(Step(_decision(delivery, record, act, extra=delivery.sender | extra), delivery, record))
        return found

    def _observations(self, record: Record, ahead_ms: int) -> list[tuple[str, dict[str, Any]]]:
        found: list[tuple[str, dict[str, Any]]] = []
        late_ns = record.received_ns - record.ts_event_ns
        if late_ns > self._late_after_ns and not _is_history(record):
            found.append((LATE, {"late_ms": late_ns // _MS}))
        if ahead_ms > _AHEAD_MS:
            found.append((AHEAD, {"ahead_ms": ahead_ms}))
        if isinstance(record, Quote) and _is_crossed(record):
            found.append((CROSSED, {"ask": str(record.ask_price), "bid": str(record.bid_price)}))
        return found

    def _reject_event(self, delivery: Delivery, error: Rejection, now_ns: int) -> Step:
        return self._keep_event(delivery, REJECTED, error.code, error.message, now_ns, item=error.item, book=error.book)

    def _keep_event(
        self,
        delivery: Delivery,
        act: str,
        code: str,
        reason: str,
        now_ns: int,
        *,
        item: int | None = None,
        book: tuple[str, str] | None = None,
    ) -> Step:
        received = _received_or(delivery, now_ns)
        whole = delivery.text
        name = delivery.source.removeprefix(_SOURCE_PREFIX)
        partition = quarantine_partition(delivery.source, received, delivery.evt)
        if act == REJECTED:
            partition = rejection_partition(name, received, delivery.evt)
        more = {} if item is None else {"item": str(item)}
        if book is not None:
            # Readers of the book meet it where it would have been applied.
            symbol, more["chan"] = book
            arrival = f"{ns_text(received)}##{ns_text(self._tick(now_ns))}"
            more |= self._layout.book_keys("book", name, symbol, received, arrival)
        suffix = "" if item is None else f"#i{item}"
        decision = Decision(
            act=act,
            evt=delivery.evt,
            key=f"{act}#{name if act == REJECTED else delivery.source}#{received:019d}#{delivery.evt}{suffix}",
            src=delivery.source,
            sseq=None,
            body=whole.encode(),
            puts=self._format.build_kept_items(partition, received, delivery.evt, f"{code}: {reason}", whole, more),
            extra={**delivery.sender, "reason": f"{code}: {reason}"}
            | ({"replay": delivery.replay} if delivery.replay else {}),
        )
        return Step(decision, delivery, code=code)


def _is_history(record: Record) -> bool:
    """Return whether a record is old by its nature: history, a part of a snapshot, or a correction."""
    if record.backfill or (isinstance(record, (Book, Order)) and record.is_snapshot):
        return True
    return isinstance(record, Trade) and bool(record.action)


def _is_crossed(quote: Quote) -> bool:
    bid, ask = quote.bid_price, quote.ask_price
    return bid is not None and ask is not None and Decimal(bid) > Decimal(ask)


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
        sseq=None if record.sequence is None else str(record.sequence),
        body=body,
        puts=puts,
        extra=extra,
    )


def _records(delivery: Delivery, venue: str, now_ns: int) -> Parsed:
    detail = delivery.detail
    schema = detail.get("schema")
    received = _received_or(delivery, now_ns)
    # Without a receipt of the publisher's, only the event's own id tells two equal messages apart.
    unnamed = "" if "received_ns" in detail else delivery.evt
    if schema == SCHEMA:
        return Parsed([parse_canonical(detail, received, unnamed)], [])
    if schema != NATIVE_SCHEMA:
        raise Rejection("bad-schema", f"schema must be {NATIVE_SCHEMA} or {SCHEMA}, got {describe_value(schema)}")
    raw = detail.get("raw")
    if not isinstance(raw, str):
        raise Rejection("bad-shape", f"raw must be the message as text, got {describe_value(raw)}")
    given = detail.get("received_ns")
    named, request, connection = [
        text(detail, name, limit=256) if name in detail else "" for name in ("delivery", "request", "connection")
    ]
    stamp = received if given is None or given == str(received) else scaled_ns(given, "received_ns", scale=1)
    return venues.read(venue, Delivered(raw, stamp, named or unnamed, request, connection))


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
