"""Reads what the processor wrote: the newest, trades by symbol or exchange and time, and one record with its proof.

Times are nanoseconds since 1970 UTC; a range includes its start and not its end. The table itself is read
consistently; its indexes follow within fractions of a second (Amazon DynamoDB developer guide, "Read consistency").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tapeproof.market.errors import StoreError, shown
from tapeproof.market.fields import MAX_NS
from tapeproof.market.gaps import Gap, missing
from tapeproof.market.items import body_of
from tapeproof.market.keys import (
    HOUR_NS,
    MINUTE_NS,
    KeyLayout,
    hour,
    minute,
    ns_text,
    part_suffix,
    quarantine_partition,
    rejection_partition,
    sequence_text,
)
from tapeproof.market.model import DETAIL_TYPES, RecordType
from tapeproof.market.paging import Client, Page, Partitions, Reader, Span, paged, position, token
from tapeproof.market.stored import AuditReference, Kept, Stored, reference_of, stored_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["AuditReference", "Kept", "MarketStore", "Page", "Stored"]

_AFTER_EVERYTHING = "~"
_KEY_FIELDS = 5


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
        items = self._reader.walk(Partitions([[f"LATEST#{symbol}"]]), Span("!", _AFTER_EVERYTHING))
        return [stored_of(item, item["body"]["S"]) for item in items]

    def record(self, key: str) -> Stored | None:
        """Return the record with a natural key, or None.

        Args:
            key: ``type#venue#symbol#<ts_event ns>#<sequence>``.

        Raises:
            StoreError: The key is not of this form, or the table could not be read.
        """
        kind, venue, symbol, ns, sequence = _parsed(key)
        sort = f"{ns_text(ns)}#{sequence_text(sequence)}"
        item = self._reader.get(self._layout.partition(kind, venue, symbol, ns, sort), sort)
        return None if item is None else self._whole(item)

    def trades(self, symbol: str, start_ns: int, end_ns: int, *, venue: str | None = None) -> Iterator[Stored]:
        """Yield the trades of a symbol in a range of event times, in their order, of all venues or of one."""
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
        sort = "st_sk" if venue is None else "sk"
        return self._page(asked, sort, lambda last: self._symbol_items(asked, last, size + 1), size=size, after=after)

    def records(
        self, kind: RecordType, symbol: str, start_ns: int, end_ns: int, *, venue: str | None = None
    ) -> Iterator[Stored]:
        """Yield the records of a type and symbol in a range of event times, in their order."""
        for item in self._symbol_items(_Asked(kind, symbol, start_ns, end_ns, venue)):
            yield self._whole(item)

    def by_exchange(self, venue: str, start_ns: int, end_ns: int) -> Iterator[Stored]:
        """Yield every record of an exchange in a range of event times, in their order."""
        for item in self._exchange_items(venue, start_ns, end_ns):
            yield self._whole(item)

    def by_exchange_page(
        self, venue: str, start_ns: int, end_ns: int, *, size: int = 100, after: str | None = None
    ) -> Page[Stored]:
        """Return one page of :meth:`by_exchange`; see :meth:`trades_page`."""
        return self._page(
            ("exchange", venue, start_ns, end_ns),
            "et_sk",
            lambda last: self._exchange_items(venue, start_ns, end_ns, last=last, limit=size + 1),
            size=size,
            after=after,
        )

    def gaps(self, venue: str, symbol: str, start_ns: int, end_ns: int, *, kind: RecordType = "trade") -> list[Gap]:
        """Return what is missing in a venue's numbering of a symbol, between the first and last record of a range.

        It is computed from the records, so that a record which came out of order does not count as lost. It says
        something only where the venue numbers each symbol without jumps (:func:`tapeproof.market.venues.contiguous`).
        """
        stored = self.records(kind, symbol, start_ns, end_ns, venue=venue)
        return missing(sorted({one.record.sequence for one in stored if one.record.sequence_source == "venue"}))

    def conflicts(self, key: str) -> list[str]:
        """Return the other bodies that came under a record's natural key, as canonical text."""
        kind, venue, symbol, ns, sequence = _parsed(key)
        sort = f"{ns_text(ns)}#{sequence_text(sequence)}"
        pk = f"CONFLICT#{self._layout.partition(kind, venue, symbol, ns, sort)}"
        return _bodies(self._reader.walk(Partitions([[pk]]), _starting(f"{sort}#")), sort)

    def rejected(self, venue: str, start_ns: int, end_ns: int) -> Iterator[Kept]:
        """Yield the events of a venue that were rejected, by the time they were received."""
        yield from self._kept(start_ns, end_ns, lambda ns: rejection_partition(venue, ns))

    def quarantined(self, source: str, start_ns: int, end_ns: int) -> Iterator[Kept]:
        """Yield the events of a source that were quarantined, by the time they were received."""
        yield from self._kept(start_ns, end_ns, lambda ns: quarantine_partition(source, ns))

    def _kept(self, start_ns: int, end_ns: int, partition: Callable[[int], str]) -> Iterator[Kept]:
        span = _span(start_ns, end_ns, None)
        groups = ([partition(ns)] for ns in _steps(start_ns, end_ns, HOUR_NS))
        for item in self._reader.walk(Partitions(groups), span):
            if "reason" in item:
                yield Kept(
                    item["evt"]["S"], int(item["rcv"]["S"]), item["reason"]["S"], self._body(item), reference_of(item)
                )

    def _symbol_items(
        self, asked: _Asked, last: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        span = _span(asked.start_ns, asked.end_ns, last)
        hours = (hour(ns) for ns in _steps(_resumed(asked.start_ns, last), asked.end_ns, HOUR_NS))
        if asked.venue is None:
            groups = (self._layout.symbol_partitions(asked.kind, asked.symbol, text) for text in hours)
            partitions = Partitions(groups, "st_pk", "st_sk", "symbol-time")
        else:
            venue = asked.venue
            own = (self._layout.partitions(asked.kind, venue, asked.symbol, text) for text in hours)
            partitions = Partitions(own)
        # The table has the parts of long records among the records.
        return (item for item in self._reader.walk(partitions, span, limit) if "evt" in item)

    def _exchange_items(
        self, venue: str, start_ns: int, end_ns: int, *, last: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        span = _span(start_ns, end_ns, last)
        minutes = (minute(ns) for ns in _steps(_resumed(start_ns, last), end_ns, MINUTE_NS))
        groups = (self._layout.exchange_partitions(venue, text) for text in minutes)
        return self._reader.walk(Partitions(groups, "et_pk", "et_sk", "exchange-time"), span, limit)

    def _page(
        self,
        question: tuple[object, ...],
        sort: str,
        walk: Callable[[str | None], Iterator[dict[str, Any]]],
        *,
        size: int,
        after: str | None,
    ) -> Page[Stored]:
        if size < 1:
            raise StoreError("a page has at least one record")
        items, more = paged(walk(None if after is None else position(question, after)), size)
        stored = tuple(self._whole(item) for item in items)
        return Page(stored, token(question, items[-1][sort]["S"]) if more else None)

    def _whole(self, item: Mapping[str, Any]) -> Stored:
        return stored_of(item, self._body(item))

    def _body(self, item: Mapping[str, Any]) -> str:
        if "parts" not in item:
            return str(item["body"]["S"])
        sort = item["sk"]["S"]
        span = Span(sort + part_suffix(1), sort + part_suffix(9_999))
        parts = self._reader.walk(Partitions([[item["pk"]["S"]]]), span)
        return body_of(item, {part["sk"]["S"]: part for part in parts})


def _parsed(key: str) -> tuple[RecordType, str, str, int, int]:
    fields = key.split("#")
    if len(fields) != _KEY_FIELDS or fields[0] not in DETAIL_TYPES:
        raise StoreError(f"a natural key is type#venue#symbol#ts_event_ns#sequence, got {shown(key)}")
    kind, venue, symbol, ns, sequence = fields
    if not (ns + sequence).isdecimal() or not ns.isascii() or int(ns) > MAX_NS:
        raise StoreError(f"time and sequence of a natural key are digits, got {shown(key)}")
    return cast("RecordType", kind), venue, symbol, int(ns), int(sequence)


def _span(start_ns: int, end_ns: int, last: str | None) -> Span:
    """Return the sort keys of a time range; what follows ``last`` when a page ended there."""
    if not 0 <= start_ns < end_ns <= MAX_NS + 1:
        raise StoreError(f"a range starts before it ends, from 0 to {MAX_NS} ns, got {start_ns} to {end_ns}")
    # A sort key that goes on after `last` and a space follows it directly.
    low = ns_text(start_ns) if last is None else f"{last} "
    return Span(low, ns_text(end_ns - 1) + _AFTER_EVERYTHING)


def _starting(prefix: str) -> Span:
    return Span(prefix, prefix + _AFTER_EVERYTHING)


def _steps(start_ns: int, end_ns: int, step: int) -> range:
    """Return a time in each hour (or minute) that a range touches."""
    return range(start_ns // step * step, end_ns, step)


def _resumed(start_ns: int, last: str | None) -> int:
    """Return the time from which partitions have to be read."""
    if last is None:
        return start_ns
    if not last[:19].isdecimal() or not last.isascii():
        raise StoreError("the page token is damaged: start again without it")
    return int(last[:19])


def _bodies(items: Iterable[Mapping[str, Any]], sort: str) -> list[str]:
    """Return the bodies that came under a taken key; each has an event id and a hash at the end of its sort keys."""
    texts: dict[str, list[str]] = {}
    ordered = sorted(items, key=lambda item: (len(item["sk"]["S"]), item["sk"]["S"]))
    for item in ordered:
        own = "#".join(item["sk"]["S"][len(sort) :].split("#")[-2:])
        texts.setdefault(own, []).append(item["body"]["S"])
    return ["".join(parts) for parts in texts.values()]
