"""The ``tapeproof/1`` detail: what a publisher sends that has no venue module, and what a record's body looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from tapeproof.market.errors import Rejection, shown
from tapeproof.market.fields import MAX_NS, decimal, integer, levels, member, optional_decimal, scaled_ns, side, text
from tapeproof.market.model import SCHEMA, Book, Head, Origin, Quote, Record, Status, Trade, numbered
from tapeproof.market.symbols import EVERYTHING, valid_symbol
from tapeproof.market.wire import MAX_MESSAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["parse_canonical", "valid_venue"]

_VENUE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MAX_ATTRIBUTES = 64
_ACTIONS: dict[str, Literal["snapshot", "delta"]] = {"snapshot": "snapshot", "delta": "delta"}
_MEMBERS = frozenset(
    {"schema", "type", "venue", "symbol", "native_symbol", "received_ns", "attributes"}
    | {"ts_event_ns", "ts_source", "sequence", "sequence_source"}
)


def valid_venue(venue: object) -> str:
    """Return the venue's name when it can stand in a key.

    Raises:
        Rejection: Something else than 1 to 32 of ``a-z 0-9 _ -`` starting with a letter.
    """
    if not isinstance(venue, str) or not _VENUE.fullmatch(venue):
        raise Rejection("bad-venue", f"venue must be 1 to 32 of a-z 0-9 _ - from a letter on, got {shown(venue)}")
    return venue


def parse_canonical(detail: Mapping[str, Any], received_ns: int) -> Record:
    """Return the record of a ``tapeproof/1`` detail.

    Args:
        detail: The detail; every number is decimal text, whole numbers may also be JSON integers.
        received_ns: When it was received, nanoseconds since 1970 UTC: the event time where the detail has none.

    Raises:
        Rejection: A member is missing, unknown, or does not fit; nothing else is ever raised.
    """
    if detail.get("schema") != SCHEMA:
        raise Rejection("bad-schema", f"schema must be {SCHEMA}, got {shown(detail.get('schema'))}")
    kind = member(detail, "type")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise Rejection("bad-type", f"type must be one of {', '.join(_READERS)}, got {shown(kind)}")
    read, own = reader
    if unknown := detail.keys() - _MEMBERS - own:
        # A misspelt member would otherwise be lost without a trace.
        raise Rejection("unknown-field", f"a {kind} has no member {shown(min(unknown, key=str))}; use attributes")
    record = read(detail, _head(detail, received_ns), _attributes(detail))
    return numbered([record])[0] if "sequence" not in detail else record


def _head(detail: Mapping[str, Any], received_ns: int) -> Head:
    received = (
        scaled_ns(_whole(detail["received_ns"]), "received_ns", scale=1) if "received_ns" in detail else received_ns
    )
    if not 0 <= received <= MAX_NS:
        raise Rejection("bad-time", f"received_ns lies outside 1970 to 2286, got {shown(received)}")
    symbol = text(detail, "symbol")
    head = Origin(valid_venue(member(detail, "venue")), received, "").head(
        symbol if symbol == EVERYTHING else valid_symbol(symbol),
        text(detail, "native_symbol") if "native_symbol" in detail else symbol,
        ts_event_ns=scaled_ns(_whole(detail["ts_event_ns"]), "ts_event_ns", scale=1)
        if "ts_event_ns" in detail
        else None,
        sequence=integer(_whole(detail["sequence"]), "sequence") if "sequence" in detail else None,
    )
    if "ts_source" in detail and _one_of(detail, "ts_source", ("venue", "received")) == "received":
        head["ts_source"] = "received"
    if "sequence_source" in detail and _one_of(detail, "sequence_source", ("venue", "derived")) == "derived":
        head["sequence_source"] = "derived"
    return head


def _one_of(detail: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    value = member(detail, name)
    if not isinstance(value, str) or value not in allowed:
        raise Rejection("bad-text", f"{name} must be {' or '.join(allowed)}, got {shown(value)}")
    return value


def _whole(value: object) -> object:
    # Integers are exact in JSON readers; the bound keeps the conversion cheap.
    return str(value) if type(value) is int and value.bit_length() <= 64 else value  # noqa: PLR2004 - 64-bit


def _attributes(detail: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    given = detail.get("attributes", {})
    if not isinstance(given, dict) or len(given) > _MAX_ATTRIBUTES:
        raise Rejection("bad-attributes", f"attributes must be an object of at most {_MAX_ATTRIBUTES} members")
    for name in given:
        if not isinstance(name, str) or not _ATTRIBUTE.fullmatch(name):
            raise Rejection("bad-attributes", f"an attribute's name must be 1 to 40 of a-z 0-9 _, got {shown(name)}")
    return tuple(sorted((name, text(given, name, limit=128)) for name in given))


def _trade(detail: Mapping[str, Any], head: Head, attributes: tuple[tuple[str, str], ...]) -> Record:
    return Trade(
        **head,
        price=decimal(member(detail, "price"), "price", signed=True),
        size=decimal(member(detail, "size"), "size"),
        side="" if detail.get("side", "") == "" else side(detail["side"]),
        trade_id="" if detail.get("trade_id", "") == "" else text(detail, "trade_id"),
        attributes=attributes,
    )


def _quote(detail: Mapping[str, Any], head: Head, attributes: tuple[tuple[str, str], ...]) -> Record:
    message = dict(detail)
    return Quote(
        **head,
        bid_price=optional_decimal(message, "bid_price", signed=True),
        bid_size=optional_decimal(message, "bid_size"),
        ask_price=optional_decimal(message, "ask_price", signed=True),
        ask_size=optional_decimal(message, "ask_size"),
        attributes=attributes,
    )


def _book(detail: Mapping[str, Any], head: Head, attributes: tuple[tuple[str, str], ...]) -> Record:
    return Book(
        **head,
        action=_ACTIONS[_one_of(detail, "action", tuple(_ACTIONS))],
        bids=levels(member(detail, "bids"), "bids"),
        asks=levels(member(detail, "asks"), "asks"),
        attributes=attributes,
    )


def _status(detail: Mapping[str, Any], head: Head, attributes: tuple[tuple[str, str], ...]) -> Record:
    said = detail.get("text", "")
    if not isinstance(said, str) or len(said) > MAX_MESSAGE_BYTES:
        raise Rejection("bad-text", f"text must be text, got {shown(said)}")
    try:
        said.encode()
    except UnicodeEncodeError as error:
        raise Rejection("not-unicode", f"text has a lone surrogate at character {error.start}") from None
    return Status(**head, kind=text(detail, "kind"), text=said, attributes=attributes)


_READERS: dict[str, tuple[Callable[[Mapping[str, Any], Head, tuple[tuple[str, str], ...]], Record], frozenset[str]]] = {
    "book": (_book, frozenset({"action", "asks", "bids"})),
    "quote": (_quote, frozenset({"ask_price", "ask_size", "bid_price", "bid_size"})),
    "status": (_status, frozenset({"kind", "text"})),
    "trade": (_trade, frozenset({"price", "side", "size", "trade_id"})),
}
