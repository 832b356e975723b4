"""Symbols of Bybit spot."""

from __future__ import annotations

import pytest

from tests.unit.market.venues.reading import MS, told


@pytest.mark.parametrize(
    ("native", "symbol"),
    [
        ("BTCUSDT", "BTC-USDT"),
        ("BTCUSDC", "BTC-USDC"),
        ("XRPRLUSD", "XRP-RLUSD"),
        ("BTCUSDE", "BTC-USDE"),
        ("XRPBTC", "XRP-BTC"),
        ("USDTBRL", "USDT-BRL"),
    ],
)
def test_a_pair_ends_on_a_currency_of_the_venue(native: str, symbol: str) -> None:
    entry = {"T": MS, "s": native, "S": "Sell", "v": "1", "p": "2", "i": "x", "BT": True}
    (trade,) = told("bybit", {"topic": f"publicTrade.{native}", "type": "snapshot", "ts": MS, "data": [entry]})
    assert (trade["symbol"], trade["conditions"], trade["channel"]) == (symbol, ("block",), "publicTrade")
