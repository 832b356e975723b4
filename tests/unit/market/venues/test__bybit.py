"""What Bybit's markets have in common."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tests.unit.market.venues.reading import MS, holds, told

Json = Any


def message(topic: str, data: Json, kind: str = "snapshot") -> Json:
    return {"topic": topic, "type": kind, "ts": MS, "data": data}


def retail(bids: Json, asks: Json) -> Json:
    return message("orderbook.rpi.BTCUSDT", {"s": "BTCUSDT", "b": bids, "a": asks, "u": 4, "seq": 9})


@pytest.mark.parametrize(
    ("row", "level"),
    [
        (["10", "1.5", "0.25"], ["10", "1.75"]),
        (["10", "0", "2"], ["10", "2"]),
        (["10", "3", "0"], ["10", "3"]),
        (["10", "0", "0"], ["10", "0"]),
        (["10", "0.1", "0.2"], ["10", "0.3"]),  # decimals, not binary fractions
        (["10", "9" * 29, "0.000000000000000000000000000001"], ["10", "9" * 29 + ".000000000000000000000000000001"]),
    ],
)
def test_a_level_of_the_retail_book_holds_both_sizes(row: list[str], level: list[str]) -> None:
    (book,) = told("bybit", retail([row], [row]))
    assert [list(one) for one in book["bids"]] == [list(one) for one in book["asks"]] == [level]
    assert book["extra"]["rpi"]["b"] == [[row[0], row[2]]]


@pytest.mark.parametrize("rows", [[["10", "1"]], "rows", [["10", "1", "x"]], [["10", "-1", "2"]], [5]])
def test_a_row_of_the_retail_book_that_does_not_fit_rejects_the_message(rows: Json) -> None:
    with pytest.raises(Rejection):
        told("bybit", retail(rows, []))


@pytest.mark.parametrize(
    ("topic", "data", "sides"),
    [
        ("allLiquidation.BTCUSDT", [{"T": MS, "s": "BTCUSDT", "S": "Buy", "v": "1", "p": "2"}], ["sell"]),
        ("allLiquidation.BTCUSDT", [{"T": MS, "s": "BTCUSDT", "S": "Sell", "v": "1", "p": "2"}], ["buy"]),
        (
            "liquidation.BTCUSDT",
            {"updatedTime": MS, "symbol": "BTCUSDT", "side": "Sell", "size": "1", "price": "2"},
            ["buy"],
        ),
        ("allLiquidation.BTCUSDT", [], None),
        ("allLiquidation.BTCUSDT", [{"T": MS, "s": "BTCUSDT", "S": "None", "v": "1", "p": "2"}], None),
    ],
)
def test_the_order_that_closes_a_position_is_of_the_other_side(topic: str, data: Json, sides: list[str] | None) -> None:
    if sides is None:
        with pytest.raises(Rejection):
            told("bybit-linear", message(topic, data))
        return
    assert [one["side"] for one in told("bybit-linear", message(topic, data))] == sides


@pytest.mark.parametrize(
    ("interval", "said"),
    [("1", "1m"), ("5", "5m"), ("60", "1h"), ("720", "12h"), ("D", "1d"), ("W", "1w"), ("M", "1M")],
)
def test_intervals_are_minutes_or_letters(interval: str, said: str) -> None:
    bar = {"start": MS, "interval": interval, "open": "1", "close": "1", "high": "1", "low": "1", "volume": "1"}
    found = told("bybit", message(f"kline.{interval}.BTCUSDT", [bar | {"confirm": False}]))
    assert holds(found, [{"interval": said, "is_closed": False}])


def test_limits_of_the_price_are_statistics() -> None:
    data = {"symbol": "BTCUSDT", "buyLmt": "2", "sellLmt": "1"}
    found = told("bybit", {"topic": "priceLimit.BTCUSDT", "ts": MS, "data": data})
    assert [(one["kind"], one["value"]) for one in found] == [("upper_price_limit", "2"), ("lower_price_limit", "1")]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"success": True, "ret_msg": "pong", "conn_id": "1", "op": "ping"}, "ping"),
        ({"op": "pong", "args": ["1"]}, "pong"),
        ({"success": False, "ret_msg": "error", "conn_id": "1", "req_id": "", "op": "subscribe"}, "subscribe"),
        ({"success": True, "conn_id": "1", "data": {"failTopics": []}, "type": "COMMAND_RESP"}, "result"),
    ],
)
def test_answers_of_the_connection_are_statuses(answer: Json, kind: str) -> None:
    assert holds(told("bybit", answer), [{"type": "status", "symbol": "*", "kind": kind}])
