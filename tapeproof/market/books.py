"""Order books: built from what arrived, and judged while they are.

A book is one channel of one symbol at one venue, of levels or of orders. It is kept as the venue sent it; what is
noticed on the way is an observation and changes nothing.
"""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from tapeproof.market.checksums import CHECKS, orders_sum
from tapeproof.market.model import Book, Order
from tapeproof.market.numbering import EMPTY, GAP, follow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tapeproof.market.fields import Level
    from tapeproof.market.numbering import Stream

__all__ = ["CHECKSUM_MISMATCH", "CROSSED", "OUT_OF_SEQUENCE", "STALE", "BookBuilder", "BookView", "Outcome"]

STALE, CROSSED = "STALE", "CROSSED"
OUT_OF_SEQUENCE, CHECKSUM_MISMATCH = "OUT_OF_SEQUENCE", "CHECKSUM_MISMATCH"
_WHOLE_CANCELS = frozenset({"bitstamp", "coinbase", "kraken"})
"""Venues that delete an order as a whole, whatever size the message names; others may cancel a part of it."""
_MOST_WAITING = 10_000
_MOST_SUMMED = 25
_DIGITS_OF_A_DEPTH = 6
_NO_SUM = frozenset({"", "0"})


class _Side:
    """One side of a book: its levels by price, and the prices in order."""

    def __init__(self, *, best_is_highest: bool) -> None:
        self._levels: dict[Decimal, Level] = {}
        self._prices: list[Decimal] = []
        self._descending = best_is_highest

    def set(self, levels: Sequence[Level]) -> None:
        """Take changes in, in their order; size 0 removes a level."""
        for price, size in levels:
            number = Decimal(price)
            if Decimal(size):
                if number not in self._levels:
                    bisect.insort(self._prices, number)
                self._levels[number] = (price, size)
            elif self._levels.pop(number, None) is not None:
                del self._prices[bisect.bisect_left(self._prices, number)]

    def cut(self, depth: int) -> None:
        """Forget what falls out of the venue's view, which is not kept up to date any more."""
        while len(self._prices) > depth:
            del self._levels[self._prices.pop(0 if self._descending else -1)]

    @property
    def best(self) -> Decimal | None:
        """Return the best price, None when there is none."""
        return self._prices[-1 if self._descending else 0] if self._prices else None

    def levels(self, depth: int | None = None) -> tuple[Level, ...]:
        """Return the levels, the best first: all of them, or as many as ``depth``."""
        ordered = reversed(self._prices) if self._descending else iter(self._prices)
        return tuple(self._levels[one] for one in itertools.islice(ordered, depth))


@dataclass(slots=True)
class Outcome:
    """What became of a record in its book.

    Attributes:
        applied: Whether the book has it in; None while it waits for a snapshot.
        applied_after: Number of the record after which it was applied, where that is another one.
        partial: Whether it took a part of an order away.
        observations: What was noticed when it came.
    """

    applied: bool | None = True
    applied_after: int | None = None
    partial: bool = False
    observations: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BookView:
    """A book at an instant.

    Attributes:
        venue: The exchange.
        symbol: The normalised symbol.
        channel: The stream within the venue.
        bids: (price, size) levels, the best first.
        asks: Likewise.
        stale: Whether it cannot be trusted: no snapshot yet, or something was lost since.
        received_ns: Receipt of the last record that is in it, 0 when there is none.
        orders: (order id, side, price, size) in their queue, where the venue shows orders.
    """

    venue: str
    symbol: str
    channel: str
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    stale: bool
    received_ns: int
    orders: tuple[tuple[str, str, str, str], ...] = ()


class BookBuilder:
    """Builds one book from its records in the order of their arrival.

    Args:
        venue: The exchange, whose sums are verified where they are known.
    """

    def __init__(self, venue: str) -> None:
        self._venue = venue
        self._bids, self._asks = _Side(best_is_highest=True), _Side(best_is_highest=False)
        self._orders: dict[str, tuple[str, str, str]] = {}
        self._received: set[str] = set()
        self._stream: Stream = EMPTY
        self._waiting: list[tuple[Book, Outcome]] = []
        self._last: Book | Order | None = None
        self._count = 0
        self._depth: int | None = None
        self._of_orders = False
        self.synced = False
        self.stale = False
        self._crossed = False

    def apply(self, record: Book | Order) -> Outcome:
        """Take the next record in; return what became of it."""
        outcome = Outcome()
        number, self._count = self._count, self._count + 1
        if isinstance(record, Order):
            self._of_orders = True
            self._take_order(record, outcome)
        elif record.is_snapshot:
            self._begin(record, number, outcome)
        else:
            self._take_delta(record, outcome)
        if outcome.applied:
            self._last = record
            self._judge(record, outcome)
        return outcome

    def interrupt(self) -> list[str]:
        """Note that something of the book was lost; return what was observed: STALE, unless it was already."""
        if self.stale:
            return []
        self.stale, self.synced = True, False
        return [STALE]

    def view(self) -> BookView:
        """Return the book as it stands."""
        last = self._last
        bids, asks = self.levels()
        return BookView(
            self._venue,
            last.symbol if last else "",
            last.channel if last else "",
            bids,
            asks,
            self.stale or last is None,
            last.received_ns if last else 0,
            tuple((order_id, *order) for order_id, order in self._orders.items()),
        )

    def levels(self, depth: int | None = None) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
        """Return (bids, asks), the best first: all of them, or as many of each as ``depth``."""
        if self._of_orders:
            return self._aggregate_levels("buy")[:depth], self._aggregate_levels("sell")[:depth]
        return self._bids.levels(depth), self._asks.levels(depth)

    def _begin(self, record: Book, number: int, outcome: Outcome) -> None:
        self._bids, self._asks = _Side(best_is_highest=True), _Side(best_is_highest=False)
        # Messages that name no depth go by the snapshot's.
        self._depth = record.depth
        self._set(record)
        self.synced, self.stale, self._crossed = True, False, False
        if record.numbering is not None:
            # It takes over from whatever was there before; its number alone counts from here on.
            self._stream, _ = follow(EMPTY, record.numbering, record.ts_event_ns)
        waiting, self._waiting = self._waiting, []
        for delta, earlier in waiting:
            if record.numbering is None or delta.numbering is None or delta.numbering.last <= record.numbering.last:
                earlier.applied = False
                continue
            late = Outcome()
            self._take_delta(delta, late)
            earlier.applied, earlier.applied_after = late.applied, number
            outcome.observations += late.observations

    def _take_delta(self, record: Book, outcome: Outcome) -> None:
        if not self.synced:
            outcome.observations += self.interrupt()
            outcome.applied = False
            if record.numbering is not None and not record.numbering.shared and len(self._waiting) < _MOST_WAITING:
                outcome.applied = None
                self._waiting.append((record, outcome))
            return
        if not self._in_sequence(record, outcome):
            outcome.applied = False
            return
        self._set(record)

    def _in_sequence(self, record: Book | Order, outcome: Outcome) -> bool:
        numbering = record.numbering
        if numbering is None or numbering.shared:
            return True
        before = self._stream.newest
        self._stream, notices = follow(self._stream, numbering, record.ts_event_ns)
        if any(one.act == GAP for one in notices):
            outcome.observations += self.interrupt()
            return True
        old = before is not None and numbering.last <= before and numbering.previous != before
        if isinstance(record, Book) and old and not notices:
            outcome.observations.append(OUT_OF_SEQUENCE)
            return False
        return True

    def _set(self, record: Book) -> None:
        for side, levels in ((self._bids, record.bids), (self._asks, record.asks)):
            side.set(levels)
            if self._depth is not None:
                side.cut(self._depth)

    def _take_order(self, record: Order, outcome: Outcome) -> None:
        if record.action == "clear":
            self._orders = {}
            self._depth = _levels_kept(record)
            self.synced, self.stale, self._crossed = True, False, False
            return
        if not self._in_sequence(record, outcome):
            return
        self._change_order(record, outcome)
        if record.checksum and self._depth is not None:  # it stands in the last order of a message
            self._cut_orders(self._depth)

    def _change_order(self, record: Order, outcome: Outcome) -> None:
        if record.action == "received":
            self._received.add(record.order_id)
            outcome.applied = False
        elif record.action == "modify":
            self._modify(record, outcome)
        else:
            self._received.discard(record.order_id)
            if record.action == "add" and record.price is not None and record.size is not None:
                self._put_order(record.order_id, (record.side, record.price, record.size))
            elif record.action in {"cancel", "execute"}:
                self._take_away(record, outcome)

    def _cut_orders(self, depth: int) -> None:
        """Forget orders at levels that fell out of the venue's view: they come again when their level does."""
        for side in ("buy", "sell"):
            prices = sorted({Decimal(price) for own, price, _ in self._orders.values() if own == side})
            gone = set(prices[:-depth] if side == "buy" else prices[depth:])
            if gone:
                self._orders = {
                    order_id: order
                    for order_id, order in self._orders.items()
                    if order[0] != side or Decimal(order[1]) not in gone
                }

    def _modify(self, record: Order, outcome: Outcome) -> None:
        """Change an order; what the record does not name stays. One that is not in the book yet is not put there."""
        before = self._orders.get(record.order_id)
        if before is None and record.order_id in self._received:
            outcome.applied = False
            return
        _, old_price, old_size = before or ("", None, None)
        price = old_price if record.price is None else record.price
        size = old_size if record.size is None else record.size
        if price is None or size is None:
            outcome.applied = False
            return
        if before is None or Decimal(price) != Decimal(before[1]) or Decimal(size) > Decimal(before[2]):
            # Another price or a larger size goes to the end of the queue (Databento, "Modify").
            self._orders.pop(record.order_id, None)
        self._put_order(record.order_id, (record.side, price, size))

    def _put_order(self, order_id: str, order: tuple[str, str, str]) -> None:
        """Put an order into the book; one of which nothing is left leaves it."""
        if Decimal(order[2]):
            self._orders[order_id] = order
        else:
            self._orders.pop(order_id, None)

    def _take_away(self, record: Order, outcome: Outcome) -> None:
        order = self._orders.get(record.order_id)
        if order is None:
            return
        side, price, size = order
        whole = record.size is None or (record.action == "cancel" and self._venue in _WHOLE_CANCELS)
        left = Decimal(size) - Decimal(size if whole or record.size is None else record.size)
        if left <= 0:
            del self._orders[record.order_id]
            return
        outcome.partial = True
        self._orders[record.order_id] = (side, price, f"{left:f}")

    def _judge(self, record: Book | Order, outcome: Outcome) -> None:
        if isinstance(record, Book):
            crossed = self._is_crossed()
            if crossed and not self._crossed:
                outcome.observations.append(CROSSED)
            self._crossed = crossed
        if record.checksum not in _NO_SUM and not self.stale and self._sum(record) not in {None, record.checksum}:
            outcome.observations.append(CHECKSUM_MISMATCH)

    def _is_crossed(self) -> bool:
        bid, ask = self._bids.best, self._asks.best
        return bid is not None and ask is not None and bid > ask

    def _sum(self, record: Book | Order) -> str | None:
        check = CHECKS.get(self._venue)
        if check is None:
            return None
        if isinstance(record, Order):
            return orders_sum(self._queues("buy"), self._queues("sell"))
        return check(*self.levels(_MOST_SUMMED))

    def _queues(self, side: str) -> Iterable[list[Level]]:
        found: dict[Decimal, list[Level]] = {}
        for own, price, size in self._orders.values():
            if own == side:
                found.setdefault(Decimal(price), []).append((price, size))
        return [found[one] for one in sorted(found, reverse=side == "buy")]

    def _aggregate_levels(self, side: str) -> tuple[Level, ...]:
        return tuple((queue[0][0], _total(queue)) for queue in self._queues(side))


def _levels_kept(record: Order) -> int | None:
    """Return how many levels of a side the venue keeps up to date, where the record that begins its book says so."""
    said = dict(record.attributes).get("depth", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _DIGITS_OF_A_DEPTH and int(said) else None


def _total(queue: Sequence[Level]) -> str:
    return queue[0][1] if len(queue) == 1 else f"{sum(Decimal(size) for _, size in queue):f}"
