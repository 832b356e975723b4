"""Bitstamp's channels, which end on the pair."""

from __future__ import annotations

import pytest

from tests.unit.market.venues.reading import MS, holds, told


@pytest.mark.parametrize(
    ("native", "symbol"),
    [
        ("btcusd", "BTC-USD"),
        ("xrprlusd", "XRP-RLUSD"),
        ("rlusdusd", "RLUSD-USD"),
        ("usdtusd", "USDT-USD"),
        ("btcusd-perp", "BTC-USD-PERP"),
        ("eurceur", "EURC-EUR"),
    ],
)
def test_a_pair_ends_on_a_currency_of_the_venue(native: str, symbol: str) -> None:
    data = {"id": 1, "microtimestamp": str(MS * 1000), "amount": 1, "amount_str": "1.00", "price": 2, "type": 1}
    message = {"event": "trade", "channel": f"live_trades_{native}", "data": data}
    assert holds(told("bitstamp", message), [{"symbol": symbol, "size": "1.00", "price": "2", "side": "sell"}])
