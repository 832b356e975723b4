"""Records in the order in which they arrived: of a symbol, or of an exchange, all at once or a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tapeproof.market.bodies import read_record
from tapeproof.market.conflicts import conflict_place, with_conflicts
from tapeproof.market.errors import StoreError
from tapeproof.market.instants import HOUR_NS, MINUTE_NS, hour, minute, ns_text
from tapeproof.market.model import STATEFUL
from tapeproof.market.paging import Page, Partitions, Reader, Span, position, take_page, token
from tapeproof.market.spans import (
    AFTER_EVERYTHING,
    NS_DIGITS,
    list_steps,
    resume_time,
    sort_after,
    time_span,
    window_start,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tapeproof.market.keys import KeyLayout
    from tapeproof.market.schema import RecordType
    from tapeproof.market.stored import Stored

__all__ = ["Arrivals"]

_HOURS_TOGETHER = 48
"""Hours of a symbol that are read side by side, so that what came late stands where it arrived."""


class _Asked(NamedTuple):
    """A question for records of one symbol; its text is a part of page tokens."""

    kind: RecordType
    symbol: str
    start_ns: int
    end_ns: int
    venue: str | None


class Arrivals:
    """Reads the indexes that hold the order of arrival. Threads may share it.

    Args:
        reader: Reads the table.
        layout: How its keys are spread.
    """

    def __init__(self, reader: Reader, layout: KeyLayout) -> None:
        self._reader, self._layout = reader, layout

    def records(self, kind: RecordType, symbol: str, start_ns: int, end_ns: int, venue: str | None) -> Iterator[Stored]:
        """Yield the records of a type and symbol in a range of times, of all venues or of one."""
        for _, stored in self._symbol_records(_Asked(kind, symbol, start_ns, end_ns, venue)):
            yield stored

    def records_page(
        self,
        kind: RecordType,
        symbol: str,
        start_ns: int,
        end_ns: int,
        venue: str | None,
        *,
        size: int,
        after: str | None,
    ) -> Page[Stored]:
        """Return one page of :meth:`records`; see :meth:`tapeproof.market.store.MarketStore.trades_page`."""
        asked = _Asked(kind, symbol, start_ns, end_ns, venue)
        return _take_page(asked, lambda last: self._symbol_records(asked, last, size + 1), size=size, after=after)

    def exchange_records(self, venue: str, start_ns: int, end_ns: int) -> Iterator[Stored]:
        """Yield every record of an exchange that was received in a range of times."""
        for _, stored in self._exchange_records(venue, start_ns, end_ns):
            yield stored

    def exchange_page(self, venue: str, start_ns: int, end_ns: int, *, size: int, after: str | None) -> Page[Stored]:
        """Return one page of :meth:`exchange_records`."""
        return _take_page(
            ("exchange", venue, start_ns, end_ns),
            lambda last: self._exchange_records(venue, start_ns, end_ns, last=last, limit=size + 1),
            size=size,
            after=after,
        )

    def symbol_items(self, kind: RecordType, symbol: str, start_ns: int, end_ns: int) -> Iterator[dict[str, Any]]:
        """Yield the items of a type and symbol in a range of times, rejected messages of its books among them."""
        for _, items in self._windows(_Asked(kind, symbol, start_ns, end_ns, None), None, None):
            yield from items

    def _symbol_records(
        self, asked: _Asked, last: str | None = None, limit: int | None = None
    ) -> Iterator[tuple[str, Stored]]:
        for start, items in self._windows(asked, last, limit):
            low = sort_after(last, start)
            records = (item for item in items if "reason" not in item)
            for item in with_conflicts(records, self._reader, "st_sk"):
                stored = self._match_record(item, asked)
                sort = item["st_sk"]["S"] if "st_sk" in item else conflict_place(item)
                if stored is not None and sort > low:
                    yield f"{start}|{sort}", stored

    def _match_record(self, item: Mapping[str, Any], asked: _Asked) -> Stored | None:
        """Return the record of an item when it answers the question."""
        if asked.venue is not None and item["pk"]["S"].removeprefix("CONFLICT#").split("#", 2)[1] != asked.venue:
            return None
        if asked.kind in STATEFUL:
            return read_record(self._reader, item)
        stored = read_record(self._reader, item)
        return stored if asked.start_ns <= stored.record.ts_event_ns < asked.end_ns else None

    def _windows(
        self, asked: _Asked, last: str | None, limit: int | None
    ) -> Iterator[tuple[int, Iterator[dict[str, Any]]]]:
        """Yield the items of a few hours at a time, merged into the order of arrival, with the first of the hours."""
        span = time_span(asked.start_ns, asked.end_ns)
        hours = list_steps(asked.start_ns, asked.end_ns, HOUR_NS)
        begin = asked.start_ns // HOUR_NS * HOUR_NS if last is None else window_start(last)
        for start in range(hours.start, hours.stop, HOUR_NS * _HOURS_TOGETHER):
            if start < begin:
                continue
            few = range(start, min(start + HOUR_NS * _HOURS_TOGETHER, hours.stop), HOUR_NS)
            group = [key for ns in few for key in self._layout.symbol_partitions(asked.kind, asked.symbol, hour(ns))]
            # Books are filed by receipt, and what is filed by the event may have arrived at any time.
            wanted = span if asked.kind in STATEFUL else Span("0", AFTER_EVERYTHING)
            partitions = Partitions([group], "st_pk", "st_sk", "symbol-time")
            wanted = wanted._replace(low=max(wanted.low, sort_after(last, start)))
            yield start, self._reader.walk(partitions, wanted, limit)

    def _exchange_records(
        self, venue: str, start_ns: int, end_ns: int, *, last: str | None = None, limit: int | None = None
    ) -> Iterator[tuple[str, Stored]]:
        span = time_span(start_ns, end_ns)
        low = "" if last is None else last.partition("|")[2]
        if last is not None:
            span = span._replace(low=f"{low} ")
        minutes = (minute(ns) for ns in list_steps(resume_time(start_ns, low or None), end_ns, MINUTE_NS))
        groups = (self._layout.exchange_partitions(venue, text) for text in minutes)
        items = self._reader.walk(Partitions(groups, "et_pk", "et_sk", "exchange-time"), span, limit)
        for item in with_conflicts(items, self._reader, "et_sk"):
            sort = item["et_sk"]["S"] if "et_sk" in item else conflict_place(item)
            if sort > low and sort[:NS_DIGITS] < ns_text(end_ns):
                yield f"0|{sort}", read_record(self._reader, item)


def _take_page(
    question: tuple[object, ...],
    walk: Callable[[str | None], Iterator[tuple[str, Stored]]],
    *,
    size: int,
    after: str | None,
) -> Page[Stored]:
    if size < 1:
        raise StoreError("a page has at least one record")
    found, more = take_page(walk(None if after is None else position(question, after)), size)
    return Page(tuple(stored for _, stored in found), token(question, found[-1][0]) if more else None)
