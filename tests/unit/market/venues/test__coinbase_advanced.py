"""Coinbase Advanced Trade: one count for all that a connection sends."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tests.unit.market.venues.reading import holds, numberings, told

Json = Any


def sent(channel: str, *events: Json, number: int = 5) -> Json:
    return {"channel": channel, "timestamp": "2024-06-10T06:13:20Z", "sequence_num": number, "events": list(events)}


@pytest.mark.parametrize("channel", ["subscriptions", "heartbeats"])
def test_answers_and_heartbeats_are_counted_with_the_data(channel: str) -> None:
    assert numberings("coinbase", sent(channel, {"current_time": "?"})) == [("connection", 5)]
    assert numberings("coinbase", sent(channel, {}), connection="c1") == [("connection/c1", 5)]


def test_the_first_trades_of_a_subscription_are_history() -> None:
    deal = {
        "trade_id": "1",
        "product_id": "A-B",
        "price": "1",
        "size": "1",
        "side": "SELL",
        "time": "2024-06-10T06:13:20Z",
    }
    for kind, message in (("snapshot", sent("market_trades", {"type": "snapshot", "trades": [deal]})),):
        assert holds(told("coinbase", message), [{"side": "buy", "trade_id": "1"}]), kind


@pytest.mark.parametrize("events", [None, {}, "x"])
def test_events_that_are_no_list_are_rejected(events: Json) -> None:
    with pytest.raises(Rejection):
        told("coinbase", sent("ticker") | {"events": events})
