"""Keys of the market table: where a record lies, and under which index keys it is found.

The table's own keys hold a record's identity, so that a second delivery meets the first. The indexes hold the order
of arrival, which is what readers get.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapeproof.market.instants import HOUR_NS, MINUTE_NS, SECOND_NS, day, hour, minute, ns_text
from tapeproof.market.model import STATEFUL

if TYPE_CHECKING:
    from tapeproof.market.model import Record
    from tapeproof.market.schema import RecordType

__all__ = [
    "FORMAT",
    "HOUR_NS",
    "MINUTE_NS",
    "SECOND_NS",
    "KeyLayout",
    "arrival_text",
    "gap_partition",
    "hour",
    "kept_partitions",
    "latest_key",
    "minute",
    "ns_text",
    "part_suffix",
    "quarantine_partition",
    "rejection_partition",
    "sequence_text",
    "stream_key",
]

FORMAT = 2
"""Version of the keys: 1 had the time and a number in them, 2 has the identity and the order of arrival."""
KEPT_SHARDS = 8
"""Partitions of what was rejected or quarantined of a source in an hour."""
_INDEX_DIGITS = 6


def sequence_text(sequence: int) -> str:
    """Return a sequence as 20 digits."""
    return f"{sequence:020d}"


def arrival_text(record: Record, decided_ns: int, item: int = 0, *, ranked: bool = False) -> str:
    """Return the place of a record in the order of arrival, as text whose order is that order.

    Receipt decides. Of what was received at one time (publishers that stamp whole seconds or send packets), the
    canonical sequence and the index in it, then when it was decided on, then the place in the message.

    Args:
        record: The record.
        decided_ns: When its event was decided on, nanoseconds since 1970 UTC.
        item: Its place in the message.
        ranked: Whether its sequence orders it among what was received at one time: so in the canonical form.
    """
    rank = sequence_text(record.sequence or 0) if ranked else sequence_text(0)
    # A larger one would sort before smaller ones; what is decided first then stands first.
    place = f"{min(record.index or 0, 10**_INDEX_DIGITS - 1):0{_INDEX_DIGITS}d}"
    return f"{ns_text(record.received_ns)}#{rank}#{place}#{ns_text(decided_ns)}#{item:05d}"


def part_suffix(number: int) -> str:
    """Return what the sort key of a record's continuation ends with; ``number`` starts at 1."""
    return f"#p{number:04d}"


def latest_key(symbol: str, record_type: str, venue: str) -> dict[str, dict[str, str]]:
    """Return the key of the newest record of a symbol at a venue."""
    return {"pk": {"S": f"LATEST#{symbol}"}, "sk": {"S": f"{record_type}#{venue}"}}


def stream_key(venue: str, stream: str) -> dict[str, dict[str, str]]:
    """Return the key of what is known of a venue's count."""
    return {"pk": {"S": f"STREAM#{venue}#{stream}"}, "sk": {"S": "state"}}


def gap_partition(venue: str, ns: int) -> str:
    """Return the partition of what was seen of a venue's numbering on the day of a time."""
    return f"GAP#{venue}#{day(ns)}"


def rejection_partition(venue: str, ns: int, evt: str | None = None) -> str:
    """Return the partition that keeps a rejected event of a venue, by the hour of its receipt.

    Without an event's id it is the one that tables had before rejections were spread over several.
    """
    return _kept_partition(f"REJECTED#{venue}#{hour(ns)}", evt)


def quarantine_partition(source: str, ns: int, evt: str | None = None) -> str:
    """Return the partition that keeps a quarantined event of a source; see :func:`rejection_partition`."""
    return _kept_partition(f"QUARANTINED#{source}#{hour(ns)}", evt)


def _kept_partition(base: str, evt: str | None) -> str:
    if evt is None:
        return base
    shard = zlib.crc32(evt.encode()) % KEPT_SHARDS
    return f"{base}#{shard}" if shard else base


def kept_partitions(base: str) -> list[str]:
    """Return all partitions over which what a base names is spread."""
    return [base, *(f"{base}#{shard}" for shard in range(1, KEPT_SHARDS))]


def _symbol_partition(record_type: str, symbol: str, hour_text: str, shard: int) -> str:
    base = f"{symbol}#{record_type}#{hour_text}"
    # Tables that were written before there were shards have all of it in the first one.
    return f"{base}#{shard}" if shard else base


@dataclass(frozen=True, slots=True)
class KeyLayout:
    """How many partitions a key is spread over, because DynamoDB writes 1,000 units a second to each.

    An index that got more shards still holds what was written before in its first ones: raise the readers' number
    first. `record_shards` decides where a record lies; records from before a change are found with the old layout.

    Attributes:
        minute_shards: Partitions of one venue's minute in the exchange-time index, by arrival.
        hour_shards: Partitions of one symbol's and type's hour in the symbol-time index, by arrival.
        record_shards: Partitions of one symbol's day in the table itself, by identity; above 1 only where a venue's
            symbol outgrows a partition: 500 records a second, as a transaction takes two units for each KB.
    """

    minute_shards: int = 8
    hour_shards: int = 4
    record_shards: int = 1

    def partition(self, record_type: str, venue: str, symbol: str, period: str, sort: str) -> str:
        """Return the partition key of a record whose sort key is ``sort``.

        Args:
            record_type: Its type.
            venue: Its venue.
            symbol: Its symbol.
            period: The UTC day of its event; in the first format the hour.
            sort: Its sort key.
        """
        base = f"{record_type}#{venue}#{symbol}#{period}"
        return base if self.record_shards == 1 else f"{base}#{zlib.crc32(sort.encode()) % self.record_shards}"

    def symbol_partitions(self, record_type: RecordType, symbol: str, hour_text: str) -> list[str]:
        """Return all partition keys of a symbol's hour in the symbol-time index."""
        return [_symbol_partition(record_type, symbol, hour_text, shard) for shard in range(self.hour_shards)]

    def exchange_partitions(self, venue: str, minute_text: str) -> list[str]:
        """Return all partition keys of a venue's minute in the exchange-time index."""
        return [f"{venue}#{minute_text}#{shard}" for shard in range(self.minute_shards)]

    def keys(self, record: Record, arrival: str) -> dict[str, str]:
        """Return the table's and the indexes' keys of a record.

        Args:
            record: The record.
            arrival: Its place in the order of arrival (:func:`arrival_text`).
        """
        sort = record.identifier
        filed_ns = record.received_ns if record.type in STATEFUL else record.ts_event_ns
        return {
            "pk": self.partition(record.type, record.venue, record.symbol, day(record.ts_event_ns), sort),
            "sk": sort,
            **self.book_keys(record.type, record.venue, record.symbol, filed_ns, arrival),
            **self.exchange_keys(record.venue, record.received_ns, f"{arrival}#{record.type}#{record.symbol}"),
        }

    def book_keys(self, record_type: str, venue: str, symbol: str, filed_ns: int, arrival: str) -> dict[str, str]:
        """Return the keys under which the symbol-time index finds something."""
        among_venues = f"{arrival}#{venue}"
        shard = zlib.crc32(among_venues.encode()) % self.hour_shards
        return {"st_pk": _symbol_partition(record_type, symbol, hour(filed_ns), shard), "st_sk": among_venues}

    def exchange_keys(self, venue: str, received_ns: int, sort: str) -> dict[str, str]:
        """Return the keys under which the exchange-time index finds something."""
        shard = zlib.crc32(sort.encode()) % self.minute_shards
        return {"et_pk": f"{venue}#{minute(received_ns)}#{shard}", "et_sk": sort}
