"""Books of orders that cross, whatever order makes the best price and whichever goes."""

from __future__ import annotations

import random

import pytest

from tapeproof.market.books import BookBuilder
from tapeproof.market.model import Order
from tapeproof.market.outcomes import CROSSED

START = 1_718_000_000_000_000_000


def order(action: str, order_id: str = "", side: str = "", price: str | None = None, **more: object) -> Order:
    size = None if price is None else str(more.pop("size", "1"))
    return Order(
        venue=str(more.pop("venue", "xmem")),
        symbol="ABC",
        native_symbol="ABC",
        ts_event_ns=START,
        ts_source="venue",
        received_ns=START,
        action=action,
        order_id=order_id,
        side=side,
        price=price,
        size=size,
        **more,  # type: ignore[arg-type]
    )


def noticed(*records: Order, venue: str = "xmem") -> list[int]:
    """Return at which of the records the book was said to be crossed."""
    builder = BookBuilder(venue)
    return [place for place, one in enumerate(records) if CROSSED in builder.apply(one).observations]


BID, ASK = order("add", "a", "buy", "11"), order("add", "b", "sell", "10")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((BID, ASK, order("add", "c", "sell", "9")), [1]),
        ((BID, ASK, order("cancel", "a", "buy", "11"), order("add", "d", "buy", "12")), [1, 3]),
        ((BID, ASK, order("execute", "b", "sell", "10"), order("add", "d", "sell", "10.5")), [1, 3]),
        ((BID, ASK, order("modify", "a", "buy", "9"), order("modify", "a", "buy", "12")), [1, 3]),
        ((BID, ASK, order("modify", "a", "buy", "11", size="0"), order("add", "d", "buy", "9")), [1]),
        ((BID, ASK, order("clear"), ASK, BID), [1, 4]),
        ((BID, order("add", "b", "sell", "11")), []),
        ((BID, order("add", "b", "sell", "10", is_snapshot=True), order("add", "c", "buy", "1")), [2]),
    ],
)
def test_a_book_of_orders_is_crossed_once_until_it_uncrosses(records: tuple[Order, ...], expected: list[int]) -> None:
    assert noticed(*records) == expected


def test_where_a_message_tells_several_orders_the_last_is_judged() -> None:
    records = (order("add", "a", "buy", "11", venue="kraken"), order("add", "b", "sell", "10", venue="kraken"))
    last = order("cancel", "a", "buy", "11", venue="kraken", checksum="1")
    assert noticed(*records, last, venue="kraken") == []
    assert noticed(*records, order("add", "c", "buy", "1", venue="kraken", checksum="1"), venue="kraken") == [2]


@pytest.mark.parametrize("seed", range(20))
def test_the_best_prices_are_those_of_the_levels_whatever_happens(seed: int) -> None:
    chance, builder = random.Random(seed), BookBuilder("xmem")
    for _ in range(60):
        action = chance.choice(("add", "add", "modify", "cancel", "execute"))
        side, price = chance.choice(("buy", "sell")), str(chance.randint(1, 6))
        builder.apply(order(action, str(chance.randint(0, 8)), side, price, size=chance.randint(0, 2)))
        bids, asks = builder.levels(1)
        crossed = bool(bids and asks and int(bids[0][0]) > int(asks[0][0]))
        assert builder._orders.is_crossed is crossed
