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
    from market_data.model import Record, RecordType

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


@dataclass(frozen=True, slots=True)
class KeyLayout:
    """How many partitions a key is spread over.

    Changing a number changes where records are looked for: old records stay readable with the old layout.

    Attributes:
        symbol_shards: Partitions of one venue's minute in the exchange-time index (by symbol).
        record_shards: Partitions of one symbol's hour in the table itself (by time and sequence); above 1 only where
            one symbol outgrows a partition's 1,000 write units per second.
    """

    symbol_shards: int = 8
    record_shards: int = 1

    def partition(self, record_type: RecordType, venue: str, symbol: str, ns: int, sort: str) -> str:
        """Return the partition key of a record whose sort key is ``sort``."""
        shards = self.partitions(record_type, venue, symbol, hour(ns))
        return shards[zlib.crc32(sort.encode()) % self.record_shards]

    def partitions(self, record_type: RecordType, venue: str, symbol: str, hour_text: str) -> list[str]:
        """Return all partition keys of a symbol's hour."""
        base = f"{record_type}#{venue}#{symbol}#{hour_text}"
        return [base] if self.record_shards == 1 else [f"{base}#{shard}" for shard in range(self.record_shards)]

    def exchange_partitions(self, venue: str, minute_text: str) -> list[str]:
        """Return all partition keys of a venue's minute in the exchange-time index."""
        return [f"{venue}#{minute_text}#{shard}" for shard in range(self.symbol_shards)]

    def keys(self, record: Record) -> dict[str, str]:
        """Return the table's and the indexes' keys of a record."""
        ns, sequence = ns_text(record.ts_event_ns), sequence_text(record.sequence)
        sort = f"{ns}#{sequence}"
        shard = zlib.crc32(record.symbol.encode()) % self.symbol_shards
        return {
            "pk": self.partition(record.type, record.venue, record.symbol, record.ts_event_ns, sort),
            "sk": sort,
            "st_pk": f"{record.symbol}#{record.type}#{hour(record.ts_event_ns)}",
            "st_sk": f"{ns}#{record.venue}#{sequence}",
            "et_pk": f"{record.venue}#{minute(record.ts_event_ns)}#{shard}",
            "et_sk": f"{ns}#{record.type}#{record.symbol}#{sequence}",
        }
