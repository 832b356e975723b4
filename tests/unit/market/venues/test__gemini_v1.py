"""Gemini's first API: a socket of a symbol, with one count for all that it sends."""

from __future__ import annotations

import pytest

from tapeproof.market.venues._gemini_v1 import gemini_symbol
from tests.unit.market.venues.reading import holds, numberings, told

ASKED = "/v1/marketdata/BTCUSD?heartbeat=true"


@pytest.mark.parametrize(
    ("request_text", "connection", "numbering"),
    [
        (ASKED, "", ("socket/BTCUSD", 7)),
        (ASKED, "c1", ("socket/c1", 7)),
        ("", "c1", ("socket/c1", 7)),
        ("", "", None),  # nobody can tell whose count it is
    ],
)
def test_a_heartbeat_is_counted_with_the_updates_of_its_socket(
    request_text: str, connection: str, numbering: tuple[str, int] | None
) -> None:
    beat = {"type": "heartbeat", "socket_sequence": 7}
    assert numberings("gemini", beat, request_text, connection) == [numbering]
    change = {"type": "change", "side": "bid", "price": "1", "remaining": "1", "reason": "place", "symbol": "BTCUSD"}
    update = {"type": "update", "socket_sequence": 7, "events": [change]}
    if numbering:
        assert numberings("gemini", update, request_text, connection) == [numbering]


def test_a_heartbeat_without_a_number_counts_nothing() -> None:
    assert holds(told("gemini", {"type": "heartbeat", "timestamp": 1_718_000_000_000}), [{"numbering": None}])


@pytest.mark.parametrize(
    ("native", "symbol"),
    [
        ("btcusd", "BTC-USD"),
        ("XRPRLUSD", "XRP-RLUSD"),
        ("MOODENGUSD", "MOODENG-USD"),
        ("BTCGUSD", "BTC-GUSD"),
        ("BTCGUSDPERP", "BTC-GUSD-PERP"),
        ("PAXGUSD", "PAXG-USD"),
    ],
)
def test_a_pair_ends_on_a_currency_of_the_venue(native: str, symbol: str) -> None:
    assert gemini_symbol(native) == symbol
