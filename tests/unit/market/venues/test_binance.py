"""Symbols of Binance spot."""

from __future__ import annotations

import pytest

from tests.unit.market.venues.reading import MS, told


@pytest.mark.parametrize(
    ("native", "symbol"),
    [
        ("BTCUSDT", "BTC-USDT"),
        ("XRPRLUSD", "XRP-RLUSD"),
        ("RLUSDUSDT", "RLUSD-USDT"),
        ("FDUSDUSDT", "FDUSD-USDT"),
        ("BTCFDUSD", "BTC-FDUSD"),
        ("BNBBFUSD", "BNB-BFUSD"),
        ("USDTIDRT", "USDT-IDRT"),
        ("TUSDT", "T-USDT"),
        ("DOGEBTC", "DOGE-BTC"),
        ("币安人生USDT", "币安人生-USDT"),
        ("NOBODYKNOWS", "NOBODYKNOWS"),
    ],
)
def test_a_pair_ends_on_the_longest_currency_that_fits(native: str, symbol: str) -> None:
    (trade,) = told("binance", {"e": "trade", "s": native, "t": 1, "p": "1", "q": "2", "T": MS, "m": True})
    assert (trade["symbol"], trade["native_symbol"], trade["side"]) == (symbol, native, "sell")
