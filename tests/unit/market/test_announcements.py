"""What a venue announces: whether an instrument trades."""

from __future__ import annotations

import pytest

from tapeproof.market.announcements import Status
from tapeproof.market.origin import Origin

NOW = 1_718_000_000_000_000_000
ORIGIN = Origin("acme", NOW, "raw")


@pytest.mark.parametrize(
    ("state", "trades"),
    [("trading", True), ("TRADING", True), ("online", True), ("halt", False), ("SETTLING", False), ("", None)],
)
def test_a_status_says_whether_the_instrument_trades(state: str, trades: bool | None) -> None:
    assert Status(**ORIGIN.head("A-B", "ab", ts_event_ns=NOW), kind="trading", state=state).is_trading is trades
