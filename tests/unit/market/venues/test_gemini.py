"""Gemini's second API."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tests.unit.market.venues.reading import MS, holds, ns, told

Json = Any


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"result": "error", "reason": "InvalidJson"}, [{"type": "status", "kind": "error"}]),
        ({"type": "heartbeat", "timestamp": MS}, [{"kind": "heartbeat", "ts_event_ns": ns(0)}]),
        (
            {"type": "l2_updates", "symbol": "BTCUSD", "changes": [["buy", "1", "2"]]},
            [{"type": "book", "action": "delta", "ts_source": "received"}],
        ),
        (
            {"type": "l2_updates", "symbol": "BTCUSD", "changes": [], "trades": [], "auction_events": []},
            [{"type": "book", "action": "snapshot"}],
        ),
        (
            {"type": "candles_1d_updates", "symbol": "BTCUSD", "changes": [[MS, 1, 2, 0.5, 1.5, 10]]},
            [{"type": "bar", "interval": "1d", "open": "1", "high": "2", "low": "0.5", "close": "1.5", "volume": "10"}],
        ),
        (
            {"type": "auction_result", "symbol": "BTCUSD", "time_ms": MS, "result": "success", "auction_price": "5"},
            [{"type": "status", "kind": "auction", "state": "success", "attributes": {"auction_price": "5"}}],
        ),
    ],
)
def test_what_its_messages_become(message: Json, expected: list[Json]) -> None:
    assert holds(told("gemini", message), expected)


def test_a_bad_candle_is_rejected_alone() -> None:
    rows = [[MS, 1, 2, 1, 1, 10], [MS, 1], [MS, "x", 2, 1, 1, 10]]
    found = told("gemini", {"type": "candles_1m_updates", "symbol": "BTCUSD", "changes": rows})
    assert holds(found, [{"type": "bar"}, "bad-shape@1", "bad-decimal@2"])


@pytest.mark.parametrize(
    "message", [{"type": "later"}, {}, [], {"type": "candles_2m_updates", "symbol": "A", "changes": []}]
)
def test_what_is_not_known_is_rejected(message: Json) -> None:
    with pytest.raises(Rejection):
        told("gemini", message)
