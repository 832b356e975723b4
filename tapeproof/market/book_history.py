"""Books of the past: each step of them in a range of times, and how they stood at an instant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapeproof.market.bodies import read_record
from tapeproof.market.fields import MAX_NS
from tapeproof.market.instants import HOUR_NS
from tapeproof.market.keys import gap_partition
from tapeproof.market.model import Book, Order
from tapeproof.market.paging import Partitions, Reader
from tapeproof.market.rebuilding import Change, rebuild
from tapeproof.market.spans import list_steps, time_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.market.arrivals import Arrivals
    from tapeproof.market.outcomes import BookView
    from tapeproof.market.schema import RecordType
    from tapeproof.market.stored import Stored

__all__ = ["BookHistory"]


class BookHistory:
    """Rebuilds books from what is stored. Threads may share it.

    Args:
        reader: Reads the table.
        arrivals: Reads its records in the order of arrival.
    """

    def __init__(self, reader: Reader, arrivals: Arrivals) -> None:
        self._reader, self._arrivals = reader, arrivals

    def notices(self, venue: str, start_ns: int, end_ns: int) -> Iterator[dict[str, Any]]:
        """Yield the items of GAP, FILLED and RESET observations of a venue, in the order of arrival."""
        span = time_span(start_ns, end_ns)
        days = dict.fromkeys(gap_partition(venue, ns) for ns in list_steps(start_ns, end_ns, HOUR_NS))
        yield from self._reader.walk(Partitions([one] for one in days), span)

    def rebuilt(self, symbol: str, venue: str, start_ns: int, end_ns: int) -> Iterator[Change]:
        """Yield each step of the books of a symbol at a venue that was received in a range of times.

        A book begins with the first snapshot in the range (one of orders with the first order); until then it is
        stale.
        """
        books, orders = (self._items(kind, symbol, venue, start_ns, end_ns) for kind in ("book", "order"))
        return rebuild(venue, books, orders, self.notices(venue, start_ns, end_ns), self._record)

    def book(self, symbol: str, venue: str, at_ns: int, *, lookback_ns: int) -> list[BookView]:
        """Return the books of a symbol at a venue as they stood at an instant, by channel.

        Args:
            symbol: The normalised symbol.
            venue: The exchange.
            at_ns: The instant, by receipt; what was received then is in it.
            lookback_ns: How far back a snapshot is looked for.
        """
        end = min(at_ns + 1, MAX_NS + 1)
        start = self._snapshot_before(symbol, venue, end, max(0, end - lookback_ns))
        builders = {change.channel: change.builder for change in self.rebuilt(symbol, venue, start, end)}
        views = ((channel, builder.view()) for channel, builder in sorted(builders.items()))
        return [replace(view, symbol=symbol, channel=channel) for channel, view in views]

    def _snapshot_before(self, symbol: str, venue: str, end_ns: int, limit_ns: int) -> int:
        """Return a time from which every book of a symbol has its snapshot, or the limit."""
        channels: set[str] = set()
        begun: set[str] = set()
        high = end_ns
        while high > limit_ns:
            low = max(limit_ns, (high - 1) // HOUR_NS * HOUR_NS)
            for kind in ("book", "order"):
                for item in self._items(kind, symbol, venue, low, high):
                    if "reason" in item:
                        continue
                    record = self._record(item).record
                    channels.add(record.channel)
                    clears = isinstance(record, Order) and record.action == "clear"
                    if clears or (isinstance(record, Book) and record.is_snapshot):
                        begun.add(record.channel)
            if channels and channels == begun:
                return low
            high = low
        return limit_ns

    def _items(self, kind: RecordType, symbol: str, venue: str, start_ns: int, end_ns: int) -> Iterator[dict[str, Any]]:
        """Yield the items of a venue's books or orders of a symbol, rejected messages of the book among them."""
        for item in self._arrivals.symbol_items(kind, symbol, start_ns, end_ns):
            if item["pk"]["S"].split("#", 2)[1] == venue:
                yield item

    def _record(self, item: dict[str, Any]) -> Stored:
        return read_record(self._reader, item)
