"""Coinbase's feed: orders of the full channel, and states of what is traded."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.market.venues.reading import holds, ns, numberings, told

Json = Any
HEAD = {"product_id": "BTC-USD", "time": "2024-06-10T06:13:20Z", "sequence": 9, "order_id": "a", "side": "buy"}


@pytest.mark.parametrize(
    ("more", "price", "size"),
    [
        ({"old_size": "2", "new_size": "1", "price": "10"}, "10", "1"),
        ({"new_size": "1", "old_price": "10", "new_price": "9"}, "9", "1"),
        ({"new_size": "1", "old_price": "10", "new_price": "9", "price": "10"}, "9", "1"),
        ({"old_funds": "5", "new_funds": "4", "price": None}, None, None),
        ({"new_size": "1", "new_price": "", "price": "10"}, "10", "1"),
    ],
)
def test_a_changed_order_has_what_is_new(more: Json, price: str | None, size: str | None) -> None:
    found = told("coinbase", HEAD | {"type": "change", "reason": "modify_order"} | more)
    assert holds(found, [{"action": "modify", "price": price, "size": size}])


def test_an_activated_stop_order_has_a_time_of_its_own_and_no_number() -> None:
    message = {"type": "activate", "product_id": "BTC-USD", "timestamp": "1718000000.299000", "order_id": "a"}
    message |= {"side": "sell", "stop_price": "80", "size": "2"}
    assert holds(told("coinbase", message), [{"action": "received", "ts_event_ns": ns(299), "sequence": None}])
    assert numberings("coinbase", message) == [None]
    assert numberings("coinbase", HEAD | {"type": "activate", "size": "2"}) == [("full/BTC-USD", 9)]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"products": [], "currencies": [{"id": "BTC", "status": "online"}]}, [{"symbol": "BTC", "kind": "currency"}]),
        ({"products": [{"id": "A-B", "status": "online"}]}, [{"symbol": "A-B", "kind": "trading"}]),
        ({"products": [{"id": "A-B", "status": "online", "auction_mode": True}]}, [{"state": "auction_mode"}]),
        (
            {"products": [{"id": "A-B", "status": "online"}], "currencies": [{"id": "X"}]},
            [{"state": "online"}, "missing-field@0"],
        ),
    ],
)
def test_states_of_products_and_currencies_are_kept(message: Json, expected: list[Json]) -> None:
    assert holds(told("coinbase", {"type": "status"} | message), expected)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"best_bid": "0.00000", "best_ask": "0.00000"}, (None, None)),
        ({"best_bid": "0", "best_ask": "5"}, (None, "5")),
        ({"best_bid": "5", "best_bid_size": "1", "best_ask": "-0.0"}, ("5", None)),
        ({"best_bid": "0", "best_bid_size": "0", "best_ask": "5", "best_ask_size": "2"}, (None, "5")),
        ({"best_bid": "0", "best_bid_size": "3"}, ("0", None)),
        ({}, (None, None)),
    ],
)
@pytest.mark.parametrize("kind", ["ticker", "ticker_batch"])
def test_a_ticker_of_a_product_that_never_traded_has_no_sides(
    kind: str, members: dict[str, str], expected: tuple[str | None, str | None]
) -> None:
    (quote,) = told("coinbase", {"type": kind, "product_id": "HBAR-USD", "price": "0"} | members)
    assert (quote.get("bid_price"), quote.get("ask_price")) == expected
    assert quote["ts_source"] == "received"
