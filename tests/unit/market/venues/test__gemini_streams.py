"""Gemini's streams with names such as ``btcusd@depth``."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tests.unit.market.venues.reading import NOW, holds, told

Json = Any
AT = 1_718_000_000_000_000_123
DEPTH = {"lastUpdateId": 5, "bids": [["100", "1"]], "asks": [["101", "2"]]}


@pytest.mark.parametrize(
    ("message", "request_", "expected"),
    [
        (
            {"u": 7, "E": AT, "s": "btcusd", "b": "100.5", "B": "1.25", "a": "101", "A": "0.75"},
            "",
            {"type": "quote", "symbol": "BTC-USD", "ts_event_ns": str(AT), "bid_price": "100.5", "ask_size": "0.75"},
        ),
        (
            {"E": AT, "s": "btcusd", "t": 2840140956529623, "p": "100", "q": "0.5", "m": True},
            "",
            {"type": "trade", "side": "sell", "trade_id": "2840140956529623", "ts_event_ns": str(AT)},
        ),
        ({"E": AT, "s": "btcusd", "t": 1, "p": "1", "q": "1", "m": False, "x": "y"}, "", {"extra": {"x": "y"}}),
        (
            {"e": "depthUpdate", "E": AT, "s": "btcusd", "U": 4, "u": 5, "b": [["100", "0"]], "a": []},
            "",
            {"type": "book", "action": "delta", "channel": "stream/depth", "sequence": "5", "numbering": None},
        ),
        (DEPTH, "btcusd@depth", {"action": "snapshot", "channel": "stream/depth", "symbol": "BTC-USD"}),
        (DEPTH, "ethusd@depth10@100ms", {"action": "snapshot", "channel": "stream/depth10", "symbol": "ETH-USD"}),
        (
            DEPTH,
            '{"method":"subscribe","params":["ethusd@depth5"]}',
            {"channel": "stream/depth5", "ts_source": "received"},
        ),
        (DEPTH | {"s": "btcusd"}, "", {"symbol": "BTC-USD", "channel": "stream/depth"}),
        ({"id": "1", "status": 200}, "", {"type": "status", "kind": "result"}),
        ({"id": "1", "status": 200, "result": {"serverTime": 1}}, "", {"type": "status", "kind": "result"}),
        (
            {"E": AT, "s": "GEMI-PRES2028-VANCE", "t": 1, "p": "0.26", "q": "5", "m": False},
            "",
            {"native_symbol": "GEMI-PRES2028-VANCE", "side": "buy"},
        ),
    ],
)
def test_what_a_stream_becomes(message: Json, request_: str, expected: Json) -> None:
    assert holds(told("gemini", message, request_), [expected])


@pytest.mark.parametrize(
    ("message", "request_", "code"),
    [
        (DEPTH, "", "missing-field"),
        (DEPTH, "btcusd@depth5,ethusd@depth5", "missing-field"),
        (DEPTH | {"bids": [["x", "1"]]}, "btcusd@depth5", "bad-decimal"),
        ({"E": AT, "s": "btcusd", "t": 1, "p": "1", "q": "1", "m": "yes"}, "", "bad-side"),
        ({"E": AT, "s": "btcusd", "X": "NEW", "i": "1"}, "", "unsupported"),
        ({"E": "soon", "s": "btcusd", "t": 1, "p": "1", "q": "1", "m": True}, "", "bad-integer"),
        ({"E": NOW // 1000, "s": "btcusd", "t": 1, "p": "1", "q": "1", "m": True}, "", "bad-time"),
    ],
)
def test_what_does_not_fit_is_rejected_with_the_reason(message: Json, request_: str, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        told("gemini", message, request_)
    assert caught.value.code == code


def test_trades_that_a_subscription_begins_with_may_write_the_event_id_in_one_word() -> None:
    old = {"type": "trade", "symbol": "BTCUSD", "eventid": 9, "timestamp": NOW // 10**6, "price": "1", "quantity": "2"}
    message = {"type": "l2_updates", "symbol": "BTCUSD", "changes": [], "trades": [old | {"side": "buy"}]}
    assert holds(told("gemini", message), [{"type": "book"}, {"type": "trade", "trade_id": "9", "extra": None}])
