"""Coinbase's level3 channel: the full channel's orders as bare lists, whose members a first message names.

The order of the members is the one that the venue documents (docs.cdp.coinbase.com, "Level3 Channel"). A list with more
members than are known keeps the others; one with fewer is rejected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.errors import Rejection, describe_value
from tapeproof.market.fields import decimal, integer, iso_ns, side, text
from tapeproof.market.model import Head, Order, Origin, Record, Status
from tapeproof.market.numbering import Numbering
from tapeproof.market.symbols import join_pair

if TYPE_CHECKING:
    from tapeproof.market.wire import Json

__all__ = ["parse_level3"]

_CHANNEL = "level3"
_SCHEMAS = {
    "change": ("product_id", "sequence", "order_id", "price", "size", "time"),
    "done": ("product_id", "sequence", "order_id", "time"),
    "match": ("product_id", "sequence", "maker_order_id", "taker_order_id", "price", "size", "time"),
    "noop": ("product_id", "sequence", "time"),
    "open": ("product_id", "sequence", "order_id", "side", "price", "size", "time"),
}
_ACTIONS = {"change": "modify", "done": "cancel", "match": "execute", "open": "add"}


def parse_level3(row: list[Json], origin: Origin) -> list[Record]:
    """Return the record of one message: what happened to an order, or a number that is passed over.

    A match executes the maker's order; the trade itself, with its id, comes through the matches channel.
    """
    kind = row[0] if row else None
    if not isinstance(kind, str):
        raise Rejection(
            "bad-shape", f"expected an object, or a list that begins with its type, got {describe_value(row)}"
        )
    names = _SCHEMAS.get(kind)
    if names is None:
        raise Rejection("unsupported", f"unknown message type {describe_value(kind)}")
    if len(row) <= len(names):
        raise Rejection("bad-shape", f"{kind} must hold {len(names) + 1} values, got {describe_value(row)}")
    message = dict(zip(names, row[1:], strict=False))
    head = _head(message, row[len(names) + 1 :], origin)
    if kind == "noop":
        return [Status(**head, kind="noop", text=origin.raw)]
    own = message.get("side")
    order = Order(
        **head,
        action=_ACTIONS[kind],
        order_id=text(message, "maker_order_id" if kind == "match" else "order_id"),
        # Only an order that enters the book says its side; afterwards its id does.
        side="" if own is None else side(own),
        price=decimal(message["price"], "price", signed=True) if "price" in message else None,
        size=decimal(message["size"], "size") if "size" in message else None,
        attributes=(("taker_order_id", text(message, "taker_order_id")),) if kind == "match" else (),
    )
    return [order]


def _head(message: dict[str, Json], more: list[Json], origin: Origin) -> Head:
    native = text(message, "product_id")
    number = integer(message["sequence"], "sequence")
    return origin.head(
        join_pair(native, "-"),
        native,
        ts_event_ns=iso_ns(message["time"], "time"),
        sequence=number,
        channel=_CHANNEL,
        numbering=Numbering(f"{_CHANNEL}/{native}", number),
        extra={"more": more} if more else None,
    )
