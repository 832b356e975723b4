"""Reads what the processor wrote: the newest, records by symbol or exchange, books, gaps, one with its proof.

Times are nanoseconds since 1970 UTC; a range includes its start and not its end. Records of a symbol are asked for by
the time of their event (books and orders by their receipt, as they mean something only in its order), those of an
exchange by their receipt. Either way they come in the order in which they arrived. The indexes follow the table
within fractions of a second (Amazon DynamoDB developer guide, "Read consistency").
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tapeproof.market.conflicts import conflict_place, with_conflicts
from tapeproof.market.errors import StoreError, describe_value
from tapeproof.market.fields import MAX_NS
from tapeproof.market.gaps import Gap, Missing, missing_of, numbered_gaps
from tapeproof.market.instants import HOUR_NS, MINUTE_NS, hour, minute, ns_text
from tapeproof.market.items import body_of
from tapeproof.market.keys import (
    KeyLayout,
    gap_partition,
    kept_partitions,
    part_suffix,
    quarantine_partition,
    rejection_partition,
)
from tapeproof.market.model import DETAIL_TYPES, STATEFUL, Book, Order
from tapeproof.market.paging import Client, Page, Partitions, Reader, Span, position, take_page, token
from tapeproof.market.rebuilding import Change, rebuild
from tapeproof.market.stored import AuditReference, Kept, Stored, reference_of, stored_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tapeproof.market.books import BookView
    from tapeproof.market.schema import RecordType

__all__ = ["AuditReference", "Kept", "MarketStore", "Page", "Stored"]

_BEFORE_EVERYTHING, _AFTER_EVERYTHING = "!", "~"
_KEY_FIELDS = 5
_DAY_DIGITS, _NS_DIGITS = 8, 19
DAY_NS = 24 * HOUR_NS
_HOURS_TOGETHER = 48
"""Hours of a symbol that are read side by side, so that what came late stands where it arrived."""


class _Asked(NamedTuple):
    """A question for records of one symbol."""

    kind: RecordType
    symbol: str
    start_ns: int
    end_ns: int
    venue: str | None


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

    def latest(self, symbol: str) -> list[Stored]:
        """Return the newest trade and quote of a symbol at every venue, by type and venue.

        The reference is that of the entry which last confirmed the record.
        """
        items = self._reader.walk(Partitions([[f"LATEST#{symbol}"]]), Span(_BEFORE_EVERYTHING, _AFTER_EVERYTHING))
        return [stored_of(item, item["body"]["S"]) for item in items]

    def record(self, key: str) -> Stored | None:
        """Return the record with a natural key, or None.

        Args:
            key: ``type#venue#symbol#day#identifier``, or ``type#venue#symbol#<ts_event ns>#<sequence>`` of a record
                that was written before keys held the identity.

        Raises:
            StoreError: The key is of neither form, or the table could not be read.
        """
        pk, sort = self._place(key)
        item = self._reader.get(pk, sort)
        return None if item is None else self.whole(item)

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
        asked = _Asked("trade", symbol, start_ns, end_ns, venue)
        return self._page(asked, lambda last: self._symbol_records(asked, last, size + 1), size=size, after=after)

    def records(
        self, kind: RecordType, symbol: str, start_ns: int, end_ns: int, *, venue: str | None = None
    ) -> Iterator[Stored]:
        """Yield the records of a type and symbol in a range of times, in the order in which they arrived.

        Within two days of event times the order is exact; a longer range is read two days at a time. Other bodies
        that came under the identity of a record are among them.
        """
        for _, stored in self._symbol_records(_Asked(kind, symbol, start_ns, end_ns, venue)):
            yield stored

    def by_exchange(self, venue: str, start_ns: int, end_ns: int) -> Iterator[Stored]:
        """Yield every record of an exchange that was received in a range of times, as they arrived."""
        for _, stored in self._exchange_records(venue, start_ns, end_ns):
            yield stored

    def by_exchange_page(
        self, venue: str, start_ns: int, end_ns: int, *, size: int = 100, after: str | None = None
    ) -> Page[Stored]:
        """Return one page of :meth:`by_exchange`; see :meth:`trades_page`."""
        return self._page(
            ("exchange", venue, start_ns, end_ns),
            lambda last: self._exchange_records(venue, start_ns, end_ns, last=last, limit=size + 1),
            size=size,
            after=after,
        )

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
        span = _span(start_ns, end_ns)
        days = dict.fromkeys(gap_partition(venue, ns) for ns in _steps(start_ns, end_ns, HOUR_NS))
        yield from self._reader.walk(Partitions([one] for one in days), span)

    def changes(
        self, kind: RecordType, symbol: str, venue: str, start_ns: int, end_ns: int
    ) -> Iterator[dict[str, Any]]:
        """Yield the items of a venue's books or orders of a symbol, rejected messages of the book among them."""
        asked = _Asked(kind, symbol, start_ns, end_ns, None)
        for item in self._symbol_items(asked):
            if item["pk"]["S"].split("#", 2)[1] == venue:
                yield item

    def rebuilt(self, symbol: str, venue: str, start_ns: int, end_ns: int) -> Iterator[Change]:
        """Yield each step of the books of a symbol at a venue that was received in a range of times.

        A book begins with the first snapshot in the range (one of orders with the first order); until then it is
        stale.
        """
        books, orders = (self.changes(kind, symbol, venue, start_ns, end_ns) for kind in ("book", "order"))
        return rebuild(venue, books, orders, self.notices(venue, start_ns, end_ns), self.whole)

    def book(self, symbol: str, venue: str, at_ns: int, *, lookback_ns: int = DAY_NS) -> list[BookView]:
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
                for item in self.changes(kind, symbol, venue, low, high):
                    if "reason" in item:
                        continue
                    record = self.whole(item).record
                    channels.add(record.channel)
                    clears = isinstance(record, Order) and record.action == "clear"
                    if clears or (isinstance(record, Book) and record.is_snapshot):
                        begun.add(record.channel)
            if channels and channels == begun:
                return low
            high = low
        return limit_ns

    def conflicts(self, key: str) -> list[str]:
        """Return the other bodies that came under a record's natural key, as canonical text."""
        pk, sort = self._place(key)
        return _bodies(self._reader.walk(Partitions([[f"CONFLICT#{pk}"]]), _span_of_prefix(f"{sort}#")), sort)

    def read_rejected(self, venue: str, start_ns: int, end_ns: int) -> Iterator[Kept]:
        """Yield the events of a venue that were rejected, by the time they were received."""
        yield from self._read_kept(start_ns, end_ns, lambda ns: rejection_partition(venue, ns))

    def read_quarantined(self, source: str, start_ns: int, end_ns: int) -> Iterator[Kept]:
        """Yield the events of a source that were quarantined, by the time they were received."""
        yield from self._read_kept(start_ns, end_ns, lambda ns: quarantine_partition(source, ns))

    def whole(self, item: Mapping[str, Any]) -> Stored:
        """Return the record that an item holds, its continuations read."""
        return stored_of(item, self._body(item))

    def _place(self, key: str) -> tuple[str, str]:
        """Return partition and sort key of the record with a natural key."""
        kind, venue, symbol, period, identifier = _parse_key(key)
        sort = identifier
        if len(period) != _DAY_DIGITS:
            period, sort = hour(int(period)), f"{ns_text(int(period))}#{identifier}"
        return self._layout.partition(kind, venue, symbol, period, sort), sort

    def _read_kept(self, start_ns: int, end_ns: int, partition: Callable[[int], str]) -> Iterator[Kept]:
        span = _span(start_ns, end_ns)
        groups = (kept_partitions(partition(ns)) for ns in _steps(start_ns, end_ns, HOUR_NS))
        for item in self._reader.walk(Partitions(groups), span):
            if "reason" in item:
                yield Kept(
                    item["evt"]["S"], int(item["rcv"]["S"]), item["reason"]["S"], self._body(item), reference_of(item)
                )

    def _symbol_records(
        self, asked: _Asked, last: str | None = None, limit: int | None = None
    ) -> Iterator[tuple[str, Stored]]:
        for start, items in self._windows(asked, last, limit):
            low = _after(last, start)
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
            return self.whole(item)
        stored = self.whole(item)
        return stored if asked.start_ns <= stored.record.ts_event_ns < asked.end_ns else None

    def _symbol_items(self, asked: _Asked) -> Iterator[dict[str, Any]]:
        for _, items in self._windows(asked, None, None):
            yield from items

    def _windows(
        self, asked: _Asked, last: str | None, limit: int | None
    ) -> Iterator[tuple[int, Iterator[dict[str, Any]]]]:
        """Yield the items of a few hours at a time, merged into the order of arrival, with the first of the hours."""
        span = _span(asked.start_ns, asked.end_ns)
        hours = _steps(asked.start_ns, asked.end_ns, HOUR_NS)
        begin = asked.start_ns // HOUR_NS * HOUR_NS if last is None else _window(last)
        for start in range(hours.start, hours.stop, HOUR_NS * _HOURS_TOGETHER):
            if start < begin:
                continue
            few = range(start, min(start + HOUR_NS * _HOURS_TOGETHER, hours.stop), HOUR_NS)
            group = [key for ns in few for key in self._layout.symbol_partitions(asked.kind, asked.symbol, hour(ns))]
            # Books are filed by receipt, and what is filed by the event may have arrived at any time.
            wanted = span if asked.kind in STATEFUL else Span("0", _AFTER_EVERYTHING)
            partitions = Partitions([group], "st_pk", "st_sk", "symbol-time")
            yield start, self._reader.walk(partitions, wanted._replace(low=max(wanted.low, _after(last, start))), limit)

    def _exchange_records(
        self, venue: str, start_ns: int, end_ns: int, *, last: str | None = None, limit: int | None = None
    ) -> Iterator[tuple[str, Stored]]:
        span = _span(start_ns, end_ns)
        low = "" if last is None else last.partition("|")[2]
        if last is not None:
            span = span._replace(low=f"{low} ")
        minutes = (minute(ns) for ns in _steps(_resume_time(start_ns, low or None), end_ns, MINUTE_NS))
        groups = (self._layout.exchange_partitions(venue, text) for text in minutes)
        items = self._reader.walk(Partitions(groups, "et_pk", "et_sk", "exchange-time"), span, limit)
        for item in with_conflicts(items, self._reader, "et_sk"):
            sort = item["et_sk"]["S"] if "et_sk" in item else conflict_place(item)
            if sort > low and sort[:_NS_DIGITS] < ns_text(end_ns):
                yield f"0|{sort}", self.whole(item)

    def _page(
        self,
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

    def _body(self, item: Mapping[str, Any]) -> str:
        if "parts" not in item:
            return str(item["body"]["S"])
        sort = item["sk"]["S"]
        # The parts of a conflicting body end on what its own sort key ends on: event and hash.
        base, mark = sort, ""
        if item["pk"]["S"].startswith("CONFLICT#"):
            base = sort.rsplit("#", 2)[0]
            mark = sort.removeprefix(base)
        span = Span(base + part_suffix(1), base + part_suffix(9_999) + _AFTER_EVERYTHING)
        parts = self._reader.walk(Partitions([[item["pk"]["S"]]]), span)
        own = {part["sk"]["S"]: part for part in parts if part["sk"]["S"].endswith(mark)}
        return body_of(item, {sort + key.removeprefix(base).removesuffix(mark): part for key, part in own.items()})


def _parse_key(key: str) -> tuple[RecordType, str, str, str, str]:
    fields = key.split("#")
    if len(fields) != _KEY_FIELDS or fields[0] not in DETAIL_TYPES:
        raise StoreError(f"a natural key is type#venue#symbol#day#identifier, got {describe_value(key)}")
    kind, venue, symbol, period, identifier = fields
    is_number = period.isascii() and period.isdecimal()
    if not is_number or len(period) not in {_DAY_DIGITS, _NS_DIGITS} or not identifier:
        raise StoreError(
            f"the fourth part of a natural key is a day, or a time in nanoseconds, got {describe_value(key)}"
        )
    if len(period) == _NS_DIGITS and not (identifier.isascii() and identifier.isdecimal()):
        raise StoreError(f"time and sequence of a natural key are digits, got {describe_value(key)}")
    return cast("RecordType", kind), venue, symbol, period, identifier


def _span(start_ns: int, end_ns: int) -> Span:
    """Return the sort keys of a range of times."""
    if not 0 <= start_ns < end_ns <= MAX_NS + 1:
        raise StoreError(f"a range starts before it ends, from 0 to {MAX_NS} ns, got {start_ns} to {end_ns}")
    return Span(ns_text(start_ns), ns_text(end_ns - 1) + _AFTER_EVERYTHING)


def _span_of_prefix(prefix: str) -> Span:
    return Span(prefix, prefix + _AFTER_EVERYTHING)


def _steps(start_ns: int, end_ns: int, step: int) -> range:
    """Return a time in each hour (or minute) that a range touches."""
    return range(start_ns // step * step, end_ns, step)


def _window(last: str) -> int:
    """Return the first hour of the window in which a page ended."""
    start, bar, sort = last.partition("|")
    if not bar or not sort or not (start.isascii() and start.isdecimal()):
        raise StoreError("the page token is damaged: start again without it")
    return int(start)


def _after(last: str | None, start: int) -> str:
    """Return the sort key after which a window is read: the last one, where the page before ended in it."""
    if last is None or _window(last) != start:
        return ""
    # A sort key that goes on after `last` and a space follows it directly.
    return f"{last.partition('|')[2]} "


def _resume_time(start_ns: int, last: str | None) -> int:
    """Return the time from which partitions have to be read."""
    if last is None:
        return start_ns
    if not last[:_NS_DIGITS].isdecimal() or not last.isascii():
        raise StoreError("the page token is damaged: start again without it")
    return int(last[:_NS_DIGITS])


def _bodies(items: Iterable[Mapping[str, Any]], sort: str) -> list[str]:
    """Return the bodies that came under a taken key; each has an event id and a hash at the end of its sort keys."""
    texts: dict[str, list[str]] = {}
    ordered = sorted(items, key=lambda item: (len(item["sk"]["S"]), item["sk"]["S"]))
    for item in ordered:
        own = "#".join(item["sk"]["S"][len(sort) :].split("#")[-2:])
        texts.setdefault(own, []).append(item["body"]["S"])
    return ["".join(parts) for parts in texts.values()]
