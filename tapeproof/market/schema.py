"""Which members a record of each type has and what stands in them: one table for readers, writers and documents."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["COMMON", "MEMBERS", "Kind", "Member", "RecordType"]

RecordType = Literal[
    "trade",
    "quote",
    "book",
    "order",
    "status",
    "bar",
    "statistic",
    "definition",
    "imbalance",
    "funding",
    "open_interest",
    "liquidation",
]
Kind = Literal["price", "size", "text", "long", "side", "ns", "whole", "flag", "words", "levels", "pairs", "counts"]


class Member(NamedTuple):
    """One member of a record.

    Attributes:
        name: Its name.
        kind: What stands in it: ``price`` is a decimal, ``size`` one without a sign, ``text`` up to 128 characters,
            ``long`` a message, ``ns`` a time, ``whole`` a whole number, ``words`` a list of texts, ``levels`` pairs of
            price and size, ``pairs`` an object of texts, ``counts`` numbers of orders by side of a book.
        required: Whether a record cannot be without it.
        allowed: The words that it may be, where they are fixed.
    """

    name: str
    kind: Kind
    required: bool = False
    allowed: tuple[str, ...] = ()


COMMON: tuple[Member, ...] = (
    Member("venue", "text", required=True),
    Member("symbol", "text", required=True),
    Member("native_symbol", "text"),
    Member("ts_event_ns", "ns"),
    Member("ts_source", "text", allowed=("venue", "received")),
    Member("received_ns", "ns"),
    Member("sequence", "whole"),
    Member("sequence_source", "text", allowed=("venue", "derived")),
    Member("index", "whole"),
    Member("channel", "text"),
    Member("session", "text"),
    Member("backfill", "flag"),
    Member("delivery", "text"),
    Member("identity", "pairs"),
    Member("attributes", "pairs"),
)
"""Members of every record. ``received_ns``, ``backfill`` and ``delivery`` belong to a delivery: no body has them."""

_ORDER_ACTIONS = ("received", "add", "modify", "cancel", "execute", "fill", "clear")

MEMBERS: dict[RecordType, tuple[Member, ...]] = {
    "trade": (
        Member("price", "price", required=True),
        Member("size", "size", required=True),
        Member("side", "side"),
        Member("trade_id", "text"),
        Member("action", "text", allowed=("new", "cancel", "correct", "bust")),
        Member("refers_to", "pairs"),
        Member("conditions", "words"),
    ),
    "quote": (
        Member("bid_price", "price"),
        Member("bid_size", "size"),
        Member("ask_price", "price"),
        Member("ask_size", "size"),
        Member("is_delta", "flag"),
    ),
    "book": (
        Member("action", "text", required=True, allowed=("snapshot", "delta")),
        Member("bids", "levels", required=True),
        Member("asks", "levels", required=True),
        Member("checksum", "text"),
        Member("depth", "whole"),
        Member("order_counts", "counts"),
    ),
    "order": (
        Member("action", "text", required=True, allowed=_ORDER_ACTIONS),
        Member("order_id", "text"),
        Member("side", "side"),
        Member("price", "price"),
        Member("size", "size"),
        Member("is_snapshot", "flag"),
        Member("checksum", "text"),
    ),
    "status": (
        Member("kind", "text", required=True),
        Member("text", "long"),
        Member("state", "text"),
        Member("reason", "text"),
    ),
    "bar": (
        Member("interval", "text", required=True),
        Member("start_ns", "ns"),
        Member("open", "price"),
        Member("high", "price"),
        Member("low", "price"),
        Member("close", "price", required=True),
        Member("volume", "size"),
        Member("trades", "whole"),
        Member("vwap", "price"),
        Member("is_closed", "flag"),
    ),
    "statistic": (Member("kind", "text", required=True), Member("value", "price", required=True)),
    "definition": (
        Member("asset_class", "text", required=True),
        Member("underlying", "text"),
        Member("expiry_ns", "ns"),
        Member("strike", "price"),
        Member("option_kind", "text", allowed=("call", "put")),
        Member("multiplier", "size"),
        Member("price_increment", "size"),
        Member("size_increment", "size"),
        Member("currency", "text"),
    ),
    "imbalance": (
        Member("auction", "text"),
        Member("reference_price", "price"),
        Member("paired_size", "size"),
        Member("imbalance_size", "size"),
        Member("side", "side"),
        Member("clearing_price", "price"),
    ),
    "funding": (Member("rate", "price", required=True), Member("next_funding_ns", "ns")),
    "open_interest": (Member("amount", "size", required=True),),
    "liquidation": (
        Member("side", "side"),
        Member("price", "price"),
        Member("size", "size", required=True),
        Member("average_price", "price"),
        Member("state", "text"),
        Member("trade_id", "text"),
    ),
}
"""Members that a type has beside the common ones."""
