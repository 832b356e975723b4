"""Order books: built from what arrived, and judged while they are.

A book is one channel of one symbol at one venue, of levels or of orders. It is kept as the venue sent it; what is
noticed on the way is an observation and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.market.checksums import CHECKS, orders_sum
from tapeproof.market.model import Book, Order
from tapeproof.market.numbering import EMPTY, GAP, follow
from tapeproof.market.orders import Orders
from tapeproof.market.outcomes import CHECKSUM_MISMATCH, CROSSED, OUT_OF_SEQUENCE, STALE, BookView, Outcome
from tapeproof.market.sides import Side

if TYPE_CHECKING:
    from tapeproof.market.fields import Level
    from tapeproof.market.numbering import Stream

__all__ = ["BookBuilder"]

_MOST_WAITING = 10_000
_MOST_SUMMED = 25
_DIGITS_OF_A_DEPTH = 6
_NO_SUM = frozenset({"", "0"})
_SUMMED_AT_THE_END = frozenset({"kraken"})
"""Venues that tell several orders in one message, of which the last has the sum."""


class BookBuilder:
    """Builds one book from its records in the order of their arrival.

    Args:
        venue: The exchange, whose sums are verified where they are known.
    """

    def __init__(self, venue: str) -> None:
        self._venue = venue
        self._bids, self._asks = Side(best_is_highest=True), Side(best_is_highest=False)
        self._orders = Orders(venue)
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
            self._orders.entries(),
        )

    def levels(self, depth: int | None = None) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
        """Return (bids, asks), the best first: all of them, or as many of each as ``depth``."""
        if self._of_orders:
            return self._orders.levels("buy")[:depth], self._orders.levels("sell")[:depth]
        return self._bids.levels(depth), self._asks.levels(depth)

    def _begin(self, record: Book, number: int, outcome: Outcome) -> None:
        self._bids, self._asks = Side(best_is_highest=True), Side(best_is_highest=False)
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
            self._orders.clear()
            self._depth = _levels_kept(record)
            self.synced, self.stale, self._crossed = True, False, False
            return
        if not self._in_sequence(record, outcome):
            return
        self._orders.change(record, outcome)
        if record.checksum and self._depth is not None:  # it stands in the last order of a message
            self._orders.cut(self._depth)

    def _judge(self, record: Book | Order, outcome: Outcome) -> None:
        if isinstance(record, Book) or self._ends_message(record):
            crossed = self._orders.is_crossed if self._of_orders else self._is_crossed()
            if crossed and not self._crossed:
                outcome.observations.append(CROSSED)
            self._crossed = crossed
        if record.checksum not in _NO_SUM and not self.stale and self._sum(record) not in {None, record.checksum}:
            outcome.observations.append(CHECKSUM_MISMATCH)

    def _ends_message(self, record: Order) -> bool:
        """Return whether a book of orders can be judged: not amid a snapshot, nor amid the changes of one message."""
        return not record.is_snapshot and (self._venue not in _SUMMED_AT_THE_END or record.checksum not in _NO_SUM)

    def _is_crossed(self) -> bool:
        bid, ask = self._bids.best, self._asks.best
        return bid is not None and ask is not None and bid > ask

    def _sum(self, record: Book | Order) -> str | None:
        check = CHECKS.get(self._venue)
        if check is None:
            return None
        if isinstance(record, Order):
            return orders_sum(self._orders.queues("buy"), self._orders.queues("sell"))
        return check(*self.levels(_MOST_SUMMED))


def _levels_kept(record: Order) -> int | None:
    """Return how many levels of a side the venue keeps up to date, where the record that begins its book says so."""
    said = dict(record.attributes).get("depth", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _DIGITS_OF_A_DEPTH and int(said) else None
