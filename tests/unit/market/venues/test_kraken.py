"""Kraken's first API, and which messages are of the second."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tests.unit.market.venues.reading import holds, told

Json = Any


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"error": "Malformed request", "success": False}, {"kind": "error", "symbol": "*"}),
        ({"event": "heartbeat"}, {"kind": "heartbeat"}),
        ({"event": "error", "errorMessage": "Malformed request"}, {"kind": "error"}),
        ({"event": "subscriptionStatus", "pair": "XBT/EUR", "status": "error"}, {"symbol": "BTC-EUR"}),
        ({"method": "pong", "time_in": "x"}, {"kind": "pong"}),
        ({"event": "systemStatus", "status": "maintenance"}, {"kind": "trading", "state": "maintenance"}),
    ],
)
def test_what_the_connection_says_is_a_status(message: Json, expected: Json) -> None:
    assert holds(told("kraken", message), [expected | {"type": "status"}])


def test_an_object_that_is_neither_event_nor_error_is_rejected() -> None:
    with pytest.raises(Rejection):
        told("kraken", {"later": 1})


@pytest.mark.parametrize(
    ("native", "symbol"),
    [("XDG/USD", "DOGE-USD"), ("XDG/XBT", "DOGE-BTC"), ("XBT/USDT", "BTC-USDT"), ("ETH/XBT", "ETH-BTC")],
)
def test_old_names_of_currencies_are_replaced_at_either_end(native: str, symbol: str) -> None:
    rows = [["1", "2", "1718000000.0001", "b", "l", ""]]
    assert holds(told("kraken", [1, rows, "trade", native]), [{"symbol": symbol, "native_symbol": native}])
