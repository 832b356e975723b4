from __future__ import annotations

import pytest

from tapeproof.market.instruments import describe_instrument


@pytest.mark.parametrize(
    ("native", "said"),
    [
        ("SPY   240614P00540000", ("option", "2024-06-14", "540", "put")),
        ("BTC-27DEC24-70000-C", ("option", "2024-12-27", "70000", "call")),
        ("DOGE_USDC-27DEC24-0d0704-C", ("option", "2024-12-27", "0.0704", "call")),
        ("BTC-USD-241227-70000-C", ("option", "2024-12-27", "70000", "call")),
        ("BTC-28JUN24", ("future", "2024-06-28", None, None)),
        ("BTC-PERPETUAL", ("perpetual", None, None, None)),
        ("ETH-USDT-SWAP", ("perpetual", None, None, None)),
        ("BTC-USD_UM-SWAP", ("perpetual", None, None, None)),
        ("BTCUSD_PERP", ("perpetual", None, None, None)),
        ("BTCUSDT_240628", ("future", "2024-06-28", None, None)),
        ("BTC-27DEC24-70000-C-USDT", ("option", "2024-12-27", "70000", "call")),
        ("XRP-27DEC24-0.65-P-USDT", ("option", "2024-12-27", "0.65", "put")),
        ("BTCUSD_249999", (None, None, None, None)),
        ("BTC-31FEB24", (None, None, None, None)),
        ("BRK/B", (None, None, None, None)),
    ],
)
def test_a_symbol_says_what_its_venue_puts_into_it(native: str, said: tuple[str | None, ...]) -> None:
    found = describe_instrument(native)
    assert tuple(found.get(name) for name in ("asset_class", "expiry", "strike", "option_kind")) == said
