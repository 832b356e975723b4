"""Symbols of Bybit's contracts."""

from __future__ import annotations

import pytest

from tapeproof.market.venues.bybit_linear import linear_symbol
from tests.unit.market.venues.reading import MS, told


@pytest.mark.parametrize(
    ("native", "symbol"),
    [
        ("BTCUSDT", "BTC-USDT-PERP"),
        ("10000SATSUSDT", "10000SATS-USDT-PERP"),
        ("BTCPERP", "BTC-USDC-PERP"),
        ("BTCUSD", "BTC-USD-PERP"),
        ("BTCUSDH25", "BTC-USD-H25"),
        ("ETHUSDZ24", "ETH-USD-Z24"),
        ("BTC-27DEC24", "BTC-27DEC24"),
        ("BTCUSDT-27DEC24", "BTCUSDT-27DEC24"),
    ],
)
def test_a_symbol_is_perpetual_unless_it_names_its_end(native: str, symbol: str) -> None:
    assert linear_symbol(native) == symbol
    entry = {"T": MS, "s": native, "S": "Buy", "v": "1", "p": "2", "i": "x", "BT": False}
    (trade,) = told("bybit-linear", {"topic": f"publicTrade.{native}", "type": "snapshot", "ts": MS, "data": [entry]})
    assert (trade["symbol"], trade["native_symbol"]) == (symbol, native)
