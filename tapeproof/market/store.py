"""Reads what the processor wrote: the newest, records by symbol or exchange, books, gaps, one with its proof.

Times are nanoseconds since 1970 UTC; a range includes its start and not its end. Records of a symbol are asked for by
the time of their event (books and orders by their receipt, as they mean something only in its order), those of an
exchange by their receipt. Either way they come in the order in which they arrived. The indexes follow the table
within fractions of a second (Amazon DynamoDB developer guide, "Read consistency").
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tapeproof.market.arrivals import Arrivals
from tapeproof.market.bodies import join_bodies, read_body, read_record
from tapeproof.market.book_history import BookHistory
from tapeproof.market.gaps import Gap, Missing, missing_of, numbered_gaps
from tapeproof.market.instants import HOUR_NS
from tapeproof.market.keys import KeyLayout, kept_partitions, quarantine_partition, rejection_partition
from tapeproof.market.natural_keys import find_place
from tapeproof.market.paging import Client, Page, Partitions, Reader, Span
from tapeproof.market.spans import AFTER_EVERYTHING, BEFORE_EVERYTHING, list_steps, prefix_span, time_span
from tapeproof.market.stored import AuditReference, Kept, Stored, reference_of, stored_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.market.outcomes import BookView
    from tapeproof.market.rebuilding import Change
    from tapeproof.market.schema import RecordType

__all__ = ["AuditReference", "Kept", "MarketStore", "Page", "Stored"]

_DAY_NS = 24 * HOUR_NS


class MarketStore:
    """The read side of the market table. Threads may share it.

    Args:
        client: A low-level DynamoDB client.
        table: Name of the market table.
        layout: How its keys are spread; the processors' settings.
        workers: How many partitions are asked at a time.
    """

    def __init__(self, client: Client, table: str, layout: KeyLayout | None = None, *, workers: int = 8) -> None:
        self._reader = Reader(client, table, workers)
        self._layout = layout or KeyLayout()
        self._arrivals = Arrivals(self._reader, self._layout)
        self._books = BookHistory(self._reader, self._arrivals)

    def latest(self, symbol: str) -> list[Stored]:
        """Return the newest trade and quote of a symbol at every venue, by type and venue.

        The reference is that of the entry which last confirmed the record.
        """
        items = self._reader.walk(Partitions([[f"LATEST#{symbol}"]]), Span(BEFORE_EVERYTHING, AFTER_EVERYTHING))
        return [stored_of(item, item["body"]["S"]) for item in items]

    def record(self, key: str) -> Stored | None:
        """Return the record with a natural key, or None.

        Args:
            key: ``type#venue#symbol#day#identifier``, or ``type#venue#symbol#<ts_event ns>#<sequence>`` of a record
                that was written before keys held the identity.

        Raises:
            StoreError: The key is of neither form, or the table could not be read.
        """
        pk, sort = find_place(self._layout, key)
        item = self._reader.get(pk, sort)
        return None if item is None else read_record(self._reader, item)

    def trades(self, symbol: str, start_ns: int, end_ns: int, *, venue: str | None = None) -> Iterator[Stored]:
        """Yield the trades of a symbol in a range of event times, as they arrived, of all venues or of one."""
        yield from self.records("trade", symbol, start_ns, end_ns, venue=venue)

    def trades_page(
        self,
        symbol: str,
        start_ns: int,
        end_ns: int,
        *,
        venue: str | None = None,
        size: int = 100,
        after: str | None = None,
    ) -> Page[Stored]:
        """Return one page of :meth:`trades`.

        Args:
            symbol: The normalised symbol.
            start_ns: First event time wanted.
            end_ns: First event time no longer wanted.
            venue: One venue, or None for all.
            size: How many trades at most.
            after: Token of the page before.

        Raises:
            StoreError: The range or token does not fit, or the table could not be read.
        """
        return self._arrivals.records_page("trade", symbol, start_ns, end_ns, venue, size=size, after=after)

    def records(
        self, kind: RecordType, symbol: str, start_ns: int, end_ns: int, *, venue: str | None = None
    ) -> Iterator[Stored]:
        """Yield the records of a type and symbol in a range of times, in the order in which they arrived.

        Within two days of event times the order is exact; a longer range is read two days at a time. Other bodies
        that came under the identity of a record are among them.
        """
        yield from self._arrivals.records(kind, symbol, start_ns, end_ns, venue)

    def by_exchange(self, venue: str, start_ns: int, end_ns: int) -> Iterator[Stored]:
        """Yield every record of an exchange that was received in a range of times, as they arrived."""
        yield from self._arrivals.exchange_records(venue, start_ns, end_ns)

    def by_exchange_page(
        self, venue: str, start_ns: int, end_ns: int, *, size: int = 100, after: str | None = None
    ) -> Page[Stored]:
        """Return one page of :meth:`by_exchange`; see :meth:`trades_page`."""
        return self._arrivals.exchange_page(venue, start_ns, end_ns, size=size, after=after)

    def gaps(self, venue: str, symbol: str, start_ns: int, end_ns: int, *, kind: RecordType = "trade") -> list[Gap]:
        """Return what is missing in a venue's numbering of a symbol, between the first and last record of a range.

        It is computed from the records, so that a record which came out of order does not count as lost. It says
        something only where the venue numbers each symbol without jumps (:func:`tapeproof.market.venues.contiguous`).
        """
        return numbered_gaps(one.record for one in self.records(kind, symbol, start_ns, end_ns, venue=venue))

    def list_missing(self, venue: str, start_ns: int, end_ns: int) -> list[Missing]:
        """Return what was seen to be missing in all counts of a venue, less what came since, by time of receipt.

        Args:
            venue: The exchange.
            start_ns: First receipt wanted.
            end_ns: First receipt no longer wanted.
        """
        return missing_of(json.loads(item["body"]["S"]) for item in self.notices(venue, start_ns, end_ns))

    def notices(self, venue: str, start_ns: int, end_ns: int) -> Iterator[dict[str, Any]]:
        """Yield the items of GAP, FILLED and RESET observations of a venue, in the order of arrival."""
        yield from self._books.notices(venue, start_ns, end_ns)

    def rebuilt(self, symbol: str, venue: str, start_ns: int, end_ns: int) -> Iterator[Change]:
        """Yield each step of the books of a symbol at a venue that was received in a range of times.

        A book begins with the first snapshot in the range (one of orders with the first order); until then it is
        stale.
        """
        return self._books.rebuilt(symbol, venue, start_ns, end_ns)

    def book(self, symbol: str, venue: str, at_ns: int, *, lookback_ns: int = _DAY_NS) -> list[BookView]:
        """Return the books of a symbol at a venue as they stood at an instant, by channel.

        Args:
            symbol: The normalised symbol.
            venue: The exchange.
            at_ns: The instant, by receipt; what was received then is in it.
            lookback_ns: How far back a snapshot is looked for.
        """
        return self._books.book(symbol, venue, at_ns, lookback_ns=lookback_ns)

    def conflicts(self, key: str) -> list[str]:
        """Return the other bodies that came under a record's natural key, as canonical text."""
        pk, sort = find_place(self._layout, key)
        return join_bodies(self._reader.walk(Partitions([[f"CONFLICT#{pk}"]]), prefix_span(f"{sort}#")), sort)

    def read_rejected(self, venue: str, start_ns: int, end_ns: int) -> Iterator[Kept]:
        """Yield the events of a venue that were rejected, by the time they were received."""
        yield from self._read_kept(start_ns, end_ns, lambda ns: rejection_partition(venue, ns))

    def read_quarantined(self, source: str, start_ns: int, end_ns: int) -> Iterator[Kept]:
        """Yield the events of a source that were quarantined, by the time they were received."""
        yield from self._read_kept(start_ns, end_ns, lambda ns: quarantine_partition(source, ns))

    def _read_kept(self, start_ns: int, end_ns: int, partition: Callable[[int], str]) -> Iterator[Kept]:
        span = time_span(start_ns, end_ns)
        groups = (kept_partitions(partition(ns)) for ns in list_steps(start_ns, end_ns, HOUR_NS))
        for item in self._reader.walk(Partitions(groups), span):
            if "reason" in item:
                yield Kept(
                    item["evt"]["S"],
                    int(item["rcv"]["S"]),
                    item["reason"]["S"],
                    read_body(self._reader, item),
                    reference_of(item),
                )
