"""Coinbase's level3 channel: lists whose members the documentation names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tapeproof.market.memory import MemoryTables
from tests.conformance.market.field_cases import replay
from tests.unit.market.venues.reading import NOW, holds, numberings, told

Json = Any
AT = "2024-06-10T06:13:20.000000Z"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            ["open", "BTC-USD", "10", "a1", "sell", "100.5", "2", AT],
            {"action": "add", "order_id": "a1", "side": "sell", "price": "100.5", "size": "2"},
        ),
        (["change", "BTC-USD", "11", "a1", "100.5", "1", AT], {"action": "modify", "side": None, "size": "1"}),
        (
            ["match", "BTC-USD", "12", "a1", "t9", "100.5", "0.4", AT],
            {"action": "execute", "order_id": "a1", "size": "0.4", "attributes": {"taker_order_id": "t9"}},
        ),
        (["done", "BTC-USD", "13", "a1", AT], {"action": "cancel", "order_id": "a1", "price": None, "size": None}),
        (["noop", "BTC-USD", "14", AT], {"type": "status", "kind": "noop"}),
        (["done", "BTC-USD", "15", "a1", AT, "later"], {"action": "cancel", "extra": {"more": ["later"]}}),
        ({"type": "level3", "schema": {"open": ["type"]}}, {"type": "status", "kind": "level3"}),
    ],
)
def test_what_a_list_becomes(message: Json, expected: Json) -> None:
    assert holds(told("coinbase", message), [expected])


def test_every_list_is_counted_those_that_say_nothing_too() -> None:
    for number, message in ((12, ["match", "A-B", "12", "a", "b", "1", "1", AT]), (13, ["noop", "A-B", "13", AT])):
        assert numberings("coinbase", message) == [("level3/A-B", number)]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (["later", "A-B", "1", AT], "unsupported"),
        (["open", "A-B", "1", "a", "sell", "1", "1"], "bad-shape"),
        ([["open"], "A-B"], "bad-shape"),
        ([], "bad-shape"),
        (["open", "A-B", "x", "a", "sell", "1", "1", AT], "bad-integer"),
        (["open", "A-B", "1", "a", "up", "1", "1", AT], "bad-side"),
        (["done", "A-B", "1", ["a"], AT], "bad-text"),
        (["done", "A-B", "1", "a", "today"], "bad-time"),
    ],
)
def test_a_list_that_does_not_fit_is_rejected_with_the_reason(message: Json, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        told("coinbase", message)
    assert caught.value.code == code


def test_a_book_is_rebuilt_though_only_the_first_message_of_an_order_says_its_side() -> None:
    rows = [
        ["open", "BTC-USD", "1", "a", "sell", "101", "2", AT],
        ["open", "BTC-USD", "2", "b", "buy", "100", "3", AT],
        ["change", "BTC-USD", "3", "a", "101", "1.5", AT],
        ["match", "BTC-USD", "4", "b", "t", "100", "1", AT],
        ["change", "BTC-USD", "5", "unknown", "99", "1", AT],
        ["done", "BTC-USD", "6", "a", AT],
    ]
    messages = [{"received_ns": str(NOW + place), "raw": json.dumps(row)} for place, row in enumerate(rows)]
    case = {"venue": "coinbase", "feed": "level3", "messages": messages, "owed": {}}
    (book,) = replay(case, MemoryTables()).books
    assert (book.bids, book.asks) == ((("100", "2"),), ())
