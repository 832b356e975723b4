"""Kraken's second API: how deep a book is, and states of pairs and assets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.market.venues.reading import holds, told

Json = Any


def book(levels: int, request_text: str = "", kind: str = "snapshot") -> list[Json]:
    rows = [{"price": price, "qty": 1} for price in range(1, levels + 1)]
    data = [{"symbol": "XBT/USD", "bids": rows, "asks": []}]
    return told("kraken", {"channel": "book", "type": kind, "data": data}, request_text)


@pytest.mark.parametrize(
    ("levels", "request_text", "depth"),
    [
        (9, "", "10"),
        (10, "", "10"),
        (11, "", "25"),
        (9, '{"method":"subscribe","params":{"channel":"book","depth":25}}', "25"),
        (9, '{"params":{"channel":"book", "depth" : 1000}}', "1000"),
        (9, "book", "10"),
    ],
)
def test_the_depth_of_a_book_is_what_was_asked_or_what_it_shows(levels: int, request_text: str, depth: str) -> None:
    assert holds(book(levels, request_text), [{"depth": depth, "symbol": "BTC-USD", "action": "snapshot"}])


def test_changes_name_no_depth() -> None:
    assert holds(book(3, '{"params":{"depth":25}}', "update"), [{"depth": None, "action": "delta"}])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"pairs": [{"symbol": "A/B", "status": "online"}]}, [{"symbol": "A-B", "state": "online"}]),
        ({"assets": [{"id": "XBT", "status": "enabled"}]}, [{"symbol": "BTC", "kind": "currency"}]),
        ({"assets": [{"id": "A"}], "pairs": [{"symbol": "A/B", "status": "online"}]}, [{}, "missing-field@0"]),
    ],
)
def test_states_of_pairs_and_assets_are_kept(data: Json, expected: list[Json]) -> None:
    assert holds(told("kraken", {"channel": "instrument", "type": "snapshot", "data": data}), expected)


@pytest.mark.parametrize(
    ("levels", "request_text", "depth"),
    [
        (3, "", "10"),
        (10, "", "10"),
        (11, "", "100"),
        (3, '{"params":{"channel":"level3","depth":1000}}', "1000"),
        (0, "", "10"),
    ],
)
def test_a_book_of_orders_says_how_many_levels_are_kept(levels: int, request_text: str, depth: str) -> None:
    times = {"timestamp": "2024-06-10T06:13:20Z"}
    rows = [
        {"order_id": f"{price}{which}", "limit_price": price, "order_qty": 1} | times
        for price in range(1, levels + 1)
        for which in "ab"
    ]
    data = [{"symbol": "A/B", "bids": rows, "asks": [], "checksum": 5}]
    found = told("kraken", {"channel": "level3", "type": "snapshot", "data": data}, request_text)
    assert found[0]["attributes"] == {"depth": depth}
    assert len(found) == 1 + 2 * levels
