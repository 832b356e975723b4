"""Symbols of Binance's futures."""

from __future__ import annotations

import pytest

from tests.unit.market.venues.reading import MS, told


@pytest.mark.parametrize(
    ("native", "symbol"),
    [
        ("BTCUSDT", "BTC-USDT-PERP"),
        ("1000PEPEUSDT", "1000PEPE-USDT-PERP"),
        ("BTCUSD_PERP", "BTC-USD-PERP"),
        ("BTCUSD_240628", "BTC-USD-240628"),
        ("ETHBTC", "ETH-BTC-PERP"),
        ("币安人生USDT", "币安人生-USDT-PERP"),
    ],
)
def test_a_symbol_is_perpetual_unless_it_names_its_day(native: str, symbol: str) -> None:
    message = {"e": "aggTrade", "s": native, "a": 1, "f": 1, "l": 2, "p": "1", "q": "2", "T": MS, "m": False}
    (trade,) = told("binance-futures", message)
    assert (trade["symbol"], trade["side"], trade["identity"]) == (symbol, "buy", {"aggregate_id": "1"})
