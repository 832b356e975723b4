"""Records of trading: trades, quotes, books, orders and bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.ops.databento.members import decimal_text, keep_given, keep_rest, read_price, read_side
from tapeproof.ops.databento.reference_records import read_message

if TYPE_CHECKING:
    from tapeproof.ops.databento.decoding import DbnRecord
    from tapeproof.ops.databento.members import Event, Members

__all__ = ["read_bar", "read_best_quote", "read_depth", "read_order", "read_sampled_quote", "read_trade"]

_LEVELS = 10
_SECOND_NS = 1_000_000_000
_SNAPSHOT = 1 << 5  # RecordFlags.F_SNAPSHOT
_ORDER_ACTIONS = {"A": "add", "C": "cancel", "M": "modify", "F": "fill", "R": "clear"}
_INTERVALS = {32: ("1s", 1), 33: ("1m", 60), 34: ("1h", 3_600), 35: ("1d", 86_400), 36: ("1d", 86_400)}


def read_trade(record: DbnRecord, _: str) -> list[Event]:
    """Return the trade of a record; a status where it is none."""
    members = record.members
    deals = [one | keep_rest(members, "price", "size", "ts_event", "ts_recv") for one in _deals(members)]
    return deals or read_message(record, "")


def _deals(members: Members) -> list[Event]:
    """Return the trade of a record; none where it has no price."""
    price = read_price(members, "price")
    if price is None or "size" not in members:
        return []
    return [{"type": "trade", "price": price, "size": str(members["size"])} | read_side(members)]


def _top(members: Members) -> Event:
    names = ("bid_px_00", "bid_sz_00", "ask_px_00", "ask_sz_00", "ts_recv")
    given = keep_given(bid_price=read_price(members, "bid_px_00"), ask_price=read_price(members, "ask_px_00"))
    sizes = {
        f"{side}_size": str(members.get(f"{side}_sz_00", 0)) for side in ("bid", "ask") if f"{side}_px_00" in members
    }
    return {"type": "quote"} | given | sizes | keep_rest(members, *names)


def read_best_quote(record: DbnRecord, schema: str) -> list[Event]:
    """Return the best bid and ask, and the trade of a record that is one: before it, or after it in TBBO."""
    members = record.members
    quote = _top(members)
    if members.get("action") != "T":
        return [quote]
    before = "tbbo" in schema or schema == "tcbbo"
    # The quote keeps all that the record says.
    return [quote, *_deals(members)] if before else [*_deals(members), quote]


def read_sampled_quote(record: DbnRecord, _: str) -> list[Event]:
    """Return the best bid and ask of a record that was sampled at the end of an interval."""
    # The time of the event is that of the last trade; the quote stood at the end of the interval.
    return [_top(record.members) | {"_ts_event_ns": record.members.get("ts_recv", 0)}]


def read_depth(record: DbnRecord, _: str) -> list[Event]:
    """Return the ten levels of a record's book, and before them its trade where it is one."""
    members = record.members
    taken = ["ts_recv"]
    sides: dict[str, list[list[str]]] = {"bid": [], "ask": []}
    counts: dict[str, list[str]] = {"bid": [], "ask": []}
    for side, level in ((side, level) for side in sides for level in range(_LEVELS)):
        price, size, count = (f"{side}_{what}_{level:02d}" for what in ("px", "sz", "ct"))
        if price in members:
            sides[side].append([decimal_text(int(members[price])), str(members.get(size, 0))])
            counts[side].append(str(members.get(count, 0)))
            taken += (price, size, count)
    book: Event = {"type": "book", "action": "snapshot", "depth": str(_LEVELS)}
    book |= {"bids": sides["bid"], "asks": sides["ask"], "order_counts": {"bids": counts["bid"], "asks": counts["ask"]}}
    book |= keep_rest(members, *taken)
    return [*_deals(members), book] if members.get("action") == "T" else [book]


def read_order(record: DbnRecord, _: str) -> list[Event]:
    """Return the change of an order, the trade, or a status where the action is unknown."""
    members = record.members
    action = str(members.get("action"))
    if action == "T":
        return read_trade(record, "")
    known = _ORDER_ACTIONS.get(action)
    if known is None:
        return read_message(record, "")
    event: Event = (
        {"type": "order", "action": known} | read_side(members) | keep_given(price=read_price(members, "price"))
    )
    if known != "clear":
        event["size"] = str(members.get("size", 0))
        event["order_id"] = str(members.get("order_id", 0))
    if int(members.get("flags", 0)) & _SNAPSHOT and known == "add":
        event["is_snapshot"] = True
    return [event | keep_rest(members, *({"price", "ts_event", "ts_recv"} | ({"size", "order_id"} & event.keys())))]


def read_bar(record: DbnRecord, _: str) -> list[Event]:
    """Return the bar of a record, received when its interval ends; a status where it has no price."""
    members = record.members
    if "close" not in members:
        return read_message(record, "")
    interval, seconds = _INTERVALS.get(int(members.get("rtype", 0)), ("1d", 86_400))
    start = int(members.get("ts_event", 0))
    prices = keep_given(**{name: read_price(members, name) for name in ("open", "high", "low", "close")})
    return [
        {
            "type": "bar",
            "interval": interval,
            "start_ns": str(start),
            "volume": str(members.get("volume", 0)),
            "is_closed": True,
            "backfill": True,
            "_received_ns": start + seconds * _SECOND_NS,
        }
        | prices
        | keep_rest(members, "open", "high", "low", "close", "volume", "ts_event")
    ]
