"""The ``tapeproof/1`` detail: what a publisher sends that has no venue module, and what a record's body looks like."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapeproof.market import model
from tapeproof.market.errors import Rejection, describe_value
from tapeproof.market.extras import read_extra
from tapeproof.market.fields import MAX_NS, member, text
from tapeproof.market.members import (
    read_flag,
    read_ns,
    read_numbering,
    read_pairs,
    read_value,
    read_whole_number,
    read_word,
)
from tapeproof.market.model import SCHEMA, Record, check_time, complete_record, delivery_name, without_empty_sides
from tapeproof.market.numbering import Numbering
from tapeproof.market.schema import COMMON, MEMBERS, Member, RecordType
from tapeproof.market.symbols import EVERYTHING, valid_symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["parse_canonical", "read_stored", "valid_venue"]

_VENUE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_NO_SIDE = ("N", "none")
# "numbering" and "extra" are members of a body; a publisher may send them too.
_MEMBERS = frozenset(one.name for one in COMMON) | {"schema", "type", "numbering", "extra"}
_TS_SOURCE = Member("ts_source", "text", allowed=("venue", "received"))
_SEQUENCE_SOURCE = Member("sequence_source", "text", allowed=("venue", "derived"))
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
    if record.has_identifier():
        return record
    name = text(detail, "delivery") if "delivery" in detail else delivery
    place = f"{name or delivery_name(record.venue, record.received_ns, record.body)}.0"
    return complete_record(record, "place", place)


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
    own = {one.name: read_value(detail, one) for one in MEMBERS[kind] if one.required or not _is_absent(detail, one)}
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
    received = read_ns(detail["received_ns"], "received_ns") if "received_ns" in detail else received_ns
    if not 0 <= received <= MAX_NS:
        raise Rejection("bad-time", f"received_ns lies outside 1970 to 2286, got {describe_value(received)}")
    symbol = text(detail, "symbol")
    ts = read_ns(detail["ts_event_ns"], "ts_event_ns") if "ts_event_ns" in detail else None
    source = read_word(detail, _TS_SOURCE) if "ts_source" in detail else ""
    return {
        "venue": valid_venue(member(detail, "venue")),
        "symbol": symbol if symbol == EVERYTHING else valid_symbol(symbol),
        "native_symbol": text(detail, "native_symbol") if "native_symbol" in detail else symbol,
        "ts_event_ns": received if ts is None else ts,
        "ts_source": "received" if ts is None or source == "received" else "venue",
        "received_ns": received,
        "sequence": _sequence(detail),
        "index": read_whole_number(detail["index"], "index") if "index" in detail else None,
        "channel": text(detail, "channel") if "channel" in detail else "",
        "session": text(detail, "session") if "session" in detail else "",
        "backfill": read_flag(detail["backfill"], "backfill") if "backfill" in detail else False,
        "identity": read_pairs(detail, "identity"),
        "attributes": read_pairs(detail, "attributes", named=True),
        "numbering": read_numbering(detail["numbering"]) if "numbering" in detail else None,
        "extra": read_extra(detail),
    }


def _sequence(detail: Mapping[str, Any]) -> int | None:
    if "sequence" not in detail:
        return None
    number = read_whole_number(detail["sequence"], "sequence")
    # Bodies of the first format have a number there that was made of their content.
    return None if "sequence_source" in detail and read_word(detail, _SEQUENCE_SOURCE) == "derived" else number


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
    return complete_record(record, "identity", tuple([pair for pair in named.items() if pair[1]]))


def _add_numbering(record: Record) -> Record:
    """Return a record with its place in the count of its channel, where it names one."""
    if record.numbering is not None or record.sequence is None or not record.channel:
        return record
    stream = "/".join(filter(None, ("channel", record.channel, record.session)))
    return complete_record(record, "numbering", Numbering(stream, record.sequence, shared=True))
