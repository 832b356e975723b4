"""The orders of a book whose venue shows each of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tapeproof.market.fields import Level
    from tapeproof.market.model import Order
    from tapeproof.market.outcomes import Outcome

__all__ = ["Orders"]

_WHOLE_CANCELS = frozenset({"bitstamp", "coinbase", "kraken"})
"""Venues that delete an order as a whole, whatever size the message names; others may cancel a part of it."""


class Orders:
    """The orders of one book, in their queue.

    Args:
        venue: The exchange, which decides whether a cancel may take a part of an order.
    """

    def __init__(self, venue: str) -> None:
        self._venue = venue
        self._orders: dict[str, tuple[str, str, str]] = {}
        self._received: set[str] = set()
        self._best: dict[str, Decimal | None] = {}

    def clear(self) -> None:
        """Remove all orders."""
        self._orders, self._best = {}, {}

    @property
    def is_crossed(self) -> bool:
        """Whether the best bid is above the best ask."""
        bid, ask = self._find_best("buy"), self._find_best("sell")
        return bid is not None and ask is not None and bid > ask

    def _find_best(self, side: str) -> Decimal | None:
        # Looked for again only after an order at the best price went: a book has far more changes than that.
        if side not in self._best:
            prices = (Decimal(price) for own, price, _ in self._orders.values() if own == side)
            self._best[side] = (max if side == "buy" else min)(prices, default=None)
        return self._best[side]

    def _note_added(self, side: str, price: Decimal) -> None:
        if side in self._best:
            best = self._best[side]
            better = best is None or (price > best if side == "buy" else price < best)
            self._best[side] = price if better else best

    def _remove(self, order_id: str) -> None:
        order = self._orders.pop(order_id, None)
        if order is not None and self._best.get(order[0]) == Decimal(order[1]):
            del self._best[order[0]]

    def change(self, record: Order, outcome: Outcome) -> None:
        """Take what happened to one order in; note in the outcome what of it is not in the book."""
        if record.action == "received":
            self._received.add(record.order_id)
            outcome.applied = False
        elif record.action == "modify":
            self._modify(record, outcome)
        else:
            self._received.discard(record.order_id)
            if record.action == "add" and record.price is not None and record.size is not None:
                self._put(record.order_id, (record.side, record.price, record.size))
            elif record.action in {"cancel", "execute"}:
                self._take_away(record, outcome)

    def cut(self, depth: int) -> None:
        """Forget orders at levels that fell out of the venue's view: they come again when their level does."""
        for side in ("buy", "sell"):
            prices = sorted({Decimal(price) for own, price, _ in self._orders.values() if own == side})
            gone = set(prices[:-depth] if side == "buy" else prices[depth:])
            if gone:
                self._best = {}
                self._orders = {
                    order_id: order
                    for order_id, order in self._orders.items()
                    if order[0] != side or Decimal(order[1]) not in gone
                }

    def entries(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return (order id, side, price, size) of each order, in the queue."""
        return tuple((order_id, *order) for order_id, order in self._orders.items())

    def queues(self, side: str) -> Iterable[list[Level]]:
        """Return the (price, size) of a side's orders, a list for each price, the best first."""
        found: dict[Decimal, list[Level]] = {}
        for own, price, size in self._orders.values():
            if own == side:
                found.setdefault(Decimal(price), []).append((price, size))
        return [found[one] for one in sorted(found, reverse=side == "buy")]

    def levels(self, side: str) -> tuple[Level, ...]:
        """Return the levels that a side's orders make, the best first."""
        return tuple((queue[0][0], _total(queue)) for queue in self.queues(side))

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
            self._remove(record.order_id)
        # A venue that names the side only once leaves it to the order's id.
        side = record.side or (before[0] if before else "")
        if not side:
            outcome.applied = False
            return
        self._put(record.order_id, (side, price, size))

    def _put(self, order_id: str, order: tuple[str, str, str]) -> None:
        """Put an order into the book; one of which nothing is left leaves it."""
        if Decimal(order[2]):
            before = self._orders.get(order_id)
            if before is not None and before[:2] != order[:2] and self._best.get(before[0]) == Decimal(before[1]):
                del self._best[before[0]]
            self._orders[order_id] = order
            self._note_added(order[0], Decimal(order[1]))
        else:
            self._remove(order_id)

    def _take_away(self, record: Order, outcome: Outcome) -> None:
        order = self._orders.get(record.order_id)
        if order is None:
            return
        side, price, size = order
        whole = record.size is None or (record.action == "cancel" and self._venue in _WHOLE_CANCELS)
        left = Decimal(size) - Decimal(size if whole or record.size is None else record.size)
        if left <= 0:
            self._remove(record.order_id)
            return
        outcome.partial = True
        self._orders[record.order_id] = (side, price, f"{left:f}")


def _total(queue: Sequence[Level]) -> str:
    return queue[0][1] if len(queue) == 1 else f"{sum(Decimal(size) for _, size in queue):f}"
