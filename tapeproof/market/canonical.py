"""The ``tapeproof/1`` detail: what a publisher sends that has no venue module, and what a record's body looks like."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from tapeproof.market import model
from tapeproof.market.errors import Rejection, describe_value
from tapeproof.market.fields import MAX_NS, decimal, integer, levels, member, scaled_ns, side, text
from tapeproof.market.model import SCHEMA, Record, check_time, delivery_name, without_empty_sides
from tapeproof.market.numbering import Numbering, Role
from tapeproof.market.schema import COMMON, MEMBERS, Member, RecordType
from tapeproof.market.symbols import EVERYTHING, valid_symbol
from tapeproof.market.wire import MAX_MESSAGE_BYTES, canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["parse_canonical", "read_stored", "valid_venue"]

_VENUE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MAX_PAIRS = 64
_TEXT_LIMIT = 128
_NO_SIDE = ("N", "none")
# "numbering" and "extra" are members of a body; a publisher may send them too.
_MEMBERS = frozenset(one.name for one in COMMON) | {"schema", "type", "numbering", "extra"}
_ROLES = frozenset(get_args(Role))
_RECORDS: dict[RecordType, type[Record]] = {
    "trade": model.Trade,
    "quote": model.Quote,
    "book": model.Book,
    "order": model.Order,
    "status": model.Status,
    "bar": model.Bar,
    "statistic": model.Statistic,
    "definition": model.Definition,
    "imbalance": model.Imbalance,
    "funding": model.Funding,
    "open_interest": model.OpenInterest,
    "liquidation": model.Liquidation,
}
_NAMES: dict[RecordType, frozenset[str]] = {
    kind: frozenset(one.name for one in members) for kind, members in MEMBERS.items()
}


def valid_venue(venue: object) -> str:
    """Return the venue's name when it can stand in a key.

    Raises:
        Rejection: Something else than 1 to 32 of ``a-z 0-9 _ -`` starting with a letter.
    """
    if not isinstance(venue, str) or not _VENUE.fullmatch(venue):
        raise Rejection(
            "bad-venue", f"venue must be 1 to 32 of a-z 0-9 _ - from a letter on, got {describe_value(venue)}"
        )
    return venue


def parse_canonical(detail: Mapping[str, Any], received_ns: int, delivery: str = "") -> Record:
    """Return the record of a ``tapeproof/1`` detail.

    Args:
        detail: The detail; every number is decimal text, whole numbers may also be JSON integers.
        received_ns: When it was received, nanoseconds since 1970 UTC: the event time where the detail has none.
        delivery: Name of the delivery where the detail has none; made of its content and receipt when empty.

    Raises:
        Rejection: A member is missing, unknown, or does not fit; nothing else is ever raised.
    """
    record = without_empty_sides(_read(detail, received_ns))
    if record.ts_source == "venue" and not record.backfill:
        check_time(record.ts_event_ns, record.received_ns)
    record = _add_numbering(_add_identity(record))
    if record.identifier != "@":
        return record
    name = text(detail, "delivery") if "delivery" in detail else delivery
    return replace(record, place=f"{name or delivery_name(record.venue, record.received_ns, record.body)}.0")


def read_stored(detail: Mapping[str, Any], received_ns: int, place: str, *, backfill: bool) -> Record:
    """Return the record of a stored body, which was judged when it came in.

    Args:
        detail: The body.
        received_ns: When it was received.
        place: Its place in the delivery.
        backfill: Whether it came as history.

    Raises:
        Rejection: It is not a body that a record has.
    """
    return replace(_read(detail, received_ns), place=place, backfill=backfill)


def _read(detail: Mapping[str, Any], received_ns: int) -> Record:
    if detail.get("schema") != SCHEMA:
        raise Rejection("bad-schema", f"schema must be {SCHEMA}, got {describe_value(detail.get('schema'))}")
    given = member(detail, "type")
    kind = next((one for one in _RECORDS if one == given), None)
    if kind is None:
        raise Rejection("bad-type", f"type must be one of {', '.join(_RECORDS)}, got {describe_value(given)}")
    if unknown := detail.keys() - _MEMBERS - _NAMES[kind]:
        # A misspelt member would otherwise be lost without a trace.
        raise Rejection(
            "unknown-field", f"a {kind} has no member {describe_value(min(unknown, key=str))}; use attributes"
        )
    own = {one.name: _value(detail, one) for one in MEMBERS[kind] if one.required or not _is_absent(detail, one)}
    if own.get("action") == "new":
        del own["action"]
    found = _RECORDS[kind](**_common(detail, received_ns), **own)
    if isinstance(found, model.Trade) and found.action and not found.refers_to and found.trade_id:
        return replace(found, refers_to=(("trade_id", found.trade_id),))
    return found


def _is_absent(detail: Mapping[str, Any], one: Member) -> bool:
    value = detail.get(one.name)
    # Auctions in balance and trades without an aggressor have "N" for a side (Databento, FIX).
    return value is None or value in ("", [], {}) or (one.kind == "side" and value in _NO_SIDE)


def _common(detail: Mapping[str, Any], received_ns: int) -> dict[str, Any]:
    received = _ns(detail["received_ns"], "received_ns") if "received_ns" in detail else received_ns
    if not 0 <= received <= MAX_NS:
        raise Rejection("bad-time", f"received_ns lies outside 1970 to 2286, got {describe_value(received)}")
    symbol = text(detail, "symbol")
    ts = _ns(detail["ts_event_ns"], "ts_event_ns") if "ts_event_ns" in detail else None
    source = _word(detail, Member("ts_source", "text", allowed=("venue", "received"))) if "ts_source" in detail else ""
    return {
        "venue": valid_venue(member(detail, "venue")),
        "symbol": symbol if symbol == EVERYTHING else valid_symbol(symbol),
        "native_symbol": text(detail, "native_symbol") if "native_symbol" in detail else symbol,
        "ts_event_ns": received if ts is None else ts,
        "ts_source": "received" if ts is None or source == "received" else "venue",
        "received_ns": received,
        "sequence": _sequence(detail),
        "index": _whole_number(detail["index"], "index") if "index" in detail else None,
        "channel": text(detail, "channel") if "channel" in detail else "",
        "session": text(detail, "session") if "session" in detail else "",
        "backfill": _flag(detail["backfill"], "backfill") if "backfill" in detail else False,
        "identity": _pairs(detail, "identity"),
        "attributes": _pairs(detail, "attributes", named=True),
        "numbering": _parse_numbering(detail["numbering"]) if "numbering" in detail else None,
        "extra": _extra(detail),
    }


def _sequence(detail: Mapping[str, Any]) -> int | None:
    if "sequence" not in detail:
        return None
    number = _whole_number(detail["sequence"], "sequence")
    given = Member("sequence_source", "text", allowed=("venue", "derived"))
    # Bodies of the first format have a number there that was made of their content.
    return None if "sequence_source" in detail and _word(detail, given) == "derived" else number


def _add_identity(record: Record) -> Record:
    """Return a record with the identity that the rules of the canonical form give it (docs/market-data.md)."""
    if record.identity or (isinstance(record, model.Trade) and record.trade_id) or record.sequence is None:
        return record
    if record.index is None and not record.channel:
        return record
    named = {
        "channel": record.channel,
        "session": record.session,
        "sequence": str(record.sequence),
        "index": "" if record.index is None else str(record.index),
        "ts": str(record.ts_event_ns),
    }
    return replace(record, identity=tuple((name, value) for name, value in named.items() if value))


def _add_numbering(record: Record) -> Record:
    """Return a record with its place in the count of its channel, where it names one."""
    if record.numbering is not None or record.sequence is None or not record.channel:
        return record
    stream = "/".join(filter(None, ("channel", record.channel, record.session)))
    return replace(record, numbering=Numbering(stream, record.sequence, shared=True))


def _value(detail: Mapping[str, Any], one: Member) -> Any:  # noqa: ANN401 - by the kind of the member
    if one.allowed:
        return _word(detail, one)
    value = member(detail, one.name)
    return _READERS[one.kind](value, one.name)


def _word(detail: Mapping[str, Any], one: Member) -> str:
    value = member(detail, one.name)
    if not isinstance(value, str) or value not in one.allowed:
        raise Rejection("bad-text", f"{one.name} must be {' or '.join(one.allowed)}, got {describe_value(value)}")
    return value


def _price(value: object, name: str) -> str:
    return decimal(_as_text(value, name), name, signed=True)


def _size(value: object, name: str) -> str:
    return decimal(_as_text(value, name), name)


def _as_text(value: object, name: str) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise Rejection("bad-decimal", f"{name} is a JSON number and must be decimal text: its digits may be lost")
    return value


def _text(value: object, name: str) -> str:
    return text({name: value}, name, limit=_TEXT_LIMIT)


def _long(value: object, name: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_MESSAGE_BYTES:
        raise Rejection("bad-text", f"{name} must be text, got {describe_value(value)}")
    _check_unicode(value, name)
    return value


def _check_unicode(value: str, name: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Rejection("not-unicode", f"{name} has a lone surrogate at character {error.start}") from None


def _whole_number(value: object, name: str) -> int:
    # Integers are exact in JSON readers; the bound keeps the conversion cheap.
    exact = type(value) is int and value.bit_length() <= 64  # noqa: PLR2004 - 64-bit
    return integer(str(value) if exact else value, name)


def _ns(value: object, name: str) -> int:
    exact = type(value) is int and value.bit_length() <= 64  # noqa: PLR2004 - 64-bit
    return scaled_ns(str(value) if exact else value, name, scale=1)


def _flag(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise Rejection("bad-flag", f"{name} must be true or false, got {describe_value(value)}")
    return value


def _words(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MAX_PAIRS:
        raise Rejection("bad-text", f"{name} must be a list of at most {_MAX_PAIRS} texts")
    return tuple(_text(one, name) for one in value)


def _pairs(detail: Mapping[str, Any], name: str, *, named: bool = False) -> tuple[tuple[str, str], ...]:
    given = detail.get(name, {})
    if not isinstance(given, dict) or len(given) > _MAX_PAIRS:
        raise Rejection(f"bad-{name}", f"{name} must be an object of at most {_MAX_PAIRS} members")
    for one in given:
        if not isinstance(one, str) or not _ATTRIBUTE.fullmatch(one):
            raise Rejection(f"bad-{name}", f"a name in {name} must be 1 to 40 of a-z 0-9 _, got {describe_value(one)}")
    pairs = ((one, text(given, one, limit=_TEXT_LIMIT)) for one in given)
    return tuple(sorted(pairs)) if named else tuple(pairs)


def _object_of_texts(value: object, name: str) -> tuple[tuple[str, str], ...]:
    return _pairs({name: value}, name)


def _counts(value: object, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    bids, asks = (member(value, one) for one in ("bids", "asks"))
    if not isinstance(bids, list) or not isinstance(asks, list):
        raise Rejection("bad-shape", f"{name} must hold lists of bids and asks")
    read = tuple(tuple(str(integer(one, name)) for one in rows) for rows in (bids, asks))
    return read[0], read[1]


def _parse_numbering(value: object) -> Numbering:
    role = member(value, "role")
    if role not in _ROLES:
        raise Rejection("bad-text", f"the role of a numbering must be one of {', '.join(sorted(_ROLES))}")
    numbers = {name: None if name not in value else integer(value[name], name) for name in ("first", "previous")}  # type: ignore[operator,index]
    last = integer(member(value, "last"), "last")
    shared = isinstance(value, dict) and value.get("shared") == "true"
    return Numbering(text(value, "stream", limit=_TEXT_LIMIT), last, **numbers, role=role, shared=shared)


def _extra(detail: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever a venue added
    if "extra" not in detail:
        return None
    extra = detail["extra"]
    try:
        canonical(extra).encode()
    except (TypeError, ValueError, RecursionError):
        raise Rejection(
            "bad-extra", "extra must be JSON of texts, lists and objects that can be written again"
        ) from None
    if _has_number(extra):
        raise Rejection("bad-extra", "extra holds a JSON number; write it as text, so that no digit is lost")
    return extra


def _has_number(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_number, value.values()))
    if isinstance(value, list):
        return any(map(_has_number, value))
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "price": _price,
    "size": _size,
    "text": _text,
    "long": _long,
    "side": side,
    "ns": _ns,
    "whole": _whole_number,
    "flag": _flag,
    "words": _words,
    "levels": levels,
    "pairs": _object_of_texts,
    "counts": _counts,
}
