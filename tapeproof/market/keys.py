"""Keys of the market table: where a record lies, and under which index keys it is found.

Times in keys are UTC and zero-padded, so that the order of the text is the order in time.
"""

from __future__ import annotations

import functools
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tapeproof.market.model import Record, RecordType

__all__ = [
    "HOUR_NS",
    "MINUTE_NS",
    "SECOND_NS",
    "KeyLayout",
    "hour",
    "latest_key",
    "minute",
    "ns_text",
    "part_suffix",
    "quarantine_partition",
    "rejection_partition",
    "sequence_text",
]

SECOND_NS = 1_000_000_000
MINUTE_NS = 60 * SECOND_NS
HOUR_NS = 60 * MINUTE_NS


def ns_text(ns: int) -> str:
    """Return nanoseconds since 1970 as 19 digits."""
    return f"{ns:019d}"


def sequence_text(sequence: int) -> str:
    """Return a sequence as 20 digits."""
    return f"{sequence:020d}"


def hour(ns: int) -> str:
    """Return the UTC hour of a time as ``yyyymmddhh``."""
    return _minute(ns // MINUTE_NS)[:10]


def minute(ns: int) -> str:
    """Return the UTC minute of a time as ``yyyymmddhhmm``."""
    return _minute(ns // MINUTE_NS)


@functools.lru_cache(maxsize=256)
def _minute(number: int) -> str:
    # Events come in by the thousand within the same minute.
    return time.strftime("%Y%m%d%H%M", time.gmtime(60 * number))


def part_suffix(number: int) -> str:
    """Return what the sort key of a record's continuation ends with; ``number`` starts at 1."""
    return f"#p{number:04d}"


def latest_key(symbol: str, record_type: str, venue: str) -> dict[str, dict[str, str]]:
    """Return the key of the newest record of a symbol at a venue."""
    return {"pk": {"S": f"LATEST#{symbol}"}, "sk": {"S": f"{record_type}#{venue}"}}


def rejection_partition(venue: str, ns: int) -> str:
    """Return the partition that keeps what was rejected of a venue in the hour of a time."""
    return f"REJECTED#{venue}#{hour(ns)}"


def quarantine_partition(source: str, ns: int) -> str:
    """Return the partition that keeps what was quarantined of an event source in the hour of a time."""
    return f"QUARANTINED#{source}#{hour(ns)}"


def _symbol_partition(record_type: RecordType, symbol: str, hour_text: str, shard: int) -> str:
    base = f"{symbol}#{record_type}#{hour_text}"
    # Tables that were written before there were shards have all of it in the first one.
    return f"{base}#{shard}" if shard else base


@dataclass(frozen=True, slots=True)
class KeyLayout:
    """How many partitions a key is spread over, because DynamoDB writes 1,000 units a second to each.

    An index that got more shards still holds what was written before in its first ones: raise the readers' number
    first. `record_shards` decides where a record lies; records from before a change are found with the old layout.

    Attributes:
        minute_shards: Partitions of one venue's minute in the exchange-time index (by time, type, symbol and sequence).
        hour_shards: Partitions of one symbol's and type's hour in the symbol-time index (by time, venue and sequence).
        record_shards: Partitions of one symbol's hour in the table itself (by time and sequence); above 1 only where
            a venue's symbol outgrows a partition: 500 records a second, as a transaction takes two units for each KB.
    """

    minute_shards: int = 8
    hour_shards: int = 4
    record_shards: int = 1

    def partition(self, record_type: RecordType, venue: str, symbol: str, ns: int, sort: str) -> str:
        """Return the partition key of a record whose sort key is ``sort``."""
        shards = self.partitions(record_type, venue, symbol, hour(ns))
        return shards[zlib.crc32(sort.encode()) % self.record_shards]

    def partitions(self, record_type: RecordType, venue: str, symbol: str, hour_text: str) -> list[str]:
        """Return all partition keys of a symbol's hour."""
        base = f"{record_type}#{venue}#{symbol}#{hour_text}"
        return [base] if self.record_shards == 1 else [f"{base}#{shard}" for shard in range(self.record_shards)]

    def symbol_partitions(self, record_type: RecordType, symbol: str, hour_text: str) -> list[str]:
        """Return all partition keys of a symbol's hour in the symbol-time index."""
        return [_symbol_partition(record_type, symbol, hour_text, shard) for shard in range(self.hour_shards)]

    def exchange_partitions(self, venue: str, minute_text: str) -> list[str]:
        """Return all partition keys of a venue's minute in the exchange-time index."""
        return [f"{venue}#{minute_text}#{shard}" for shard in range(self.minute_shards)]

    def keys(self, record: Record) -> dict[str, str]:
        """Return the table's and the indexes' keys of a record."""
        ns, sequence = ns_text(record.ts_event_ns), sequence_text(record.sequence)
        sort = f"{ns}#{sequence}"
        among_venues = f"{ns}#{record.venue}#{sequence}"
        hour_shard = zlib.crc32(among_venues.encode()) % self.hour_shards
        of_venue = f"{ns}#{record.type}#{record.symbol}#{sequence}"
        minute_shard = zlib.crc32(of_venue.encode()) % self.minute_shards
        return {
            "pk": self.partition(record.type, record.venue, record.symbol, record.ts_event_ns, sort),
            "sk": sort,
            "st_pk": _symbol_partition(record.type, record.symbol, hour(record.ts_event_ns), hour_shard),
            "st_sk": among_venues,
            "et_pk": f"{record.venue}#{minute(record.ts_event_ns)}#{minute_shard}",
            "et_sk": of_venue,
        }
