"""What Binance's markets have in common: lists of messages, streams without a wrapping, numbers of indices."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tests.unit.market.venues.reading import MS, holds, ns, told

Json = Any


def mini(symbol: str, last: str = "5") -> Json:
    return {"e": "24hrMiniTicker", "E": MS, "s": symbol, "c": last, "o": "1", "h": "1", "l": "1", "v": "2", "q": "3"}


def forced(symbol: str) -> Json:
    order = {"s": symbol, "S": "SELL", "q": "1", "p": "2", "ap": "2", "X": "FILLED", "T": MS}
    return {"e": "forceOrder", "E": MS, "o": order}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ([mini("AUSDT")], [{"symbol": "A-USDT"}] * 2),
        ({"stream": "!miniTicker@arr", "data": [mini("AUSDT"), mini("BBTC")]}, [{}, {}, {"symbol": "B-BTC"}, {}]),
        ([mini("AUSDT", "x"), mini("BBTC")], [{"symbol": "B-BTC"}, {"symbol": "B-BTC"}, "bad-decimal@0"]),
        ([{"e": "later"}, mini("BBTC")], [{}, {}, "unsupported@0"]),
        (["text", mini("BBTC")], [{}, {}, "bad-shape@0"]),
        ([[mini("AUSDT")], mini("BBTC")], [{}, {}, "bad-shape@0"]),
        ([{"u": 1, "s": "AUSDT", "b": "1", "B": "2", "a": "3", "A": "4"}] * 2, [{"type": "quote"}] * 2),
    ],
)
def test_a_list_is_its_messages_and_a_bad_one_is_rejected_alone(message: Json, expected: list[Json]) -> None:
    assert holds(told("binance", message), expected)


def test_forced_orders_of_all_contracts_come_as_a_list() -> None:
    found = told("binance-futures", [forced("BTCUSDT"), forced("ETHUSDT_240628")])
    assert holds(found, [{"type": "liquidation", "symbol": "BTC-USDT-PERP"}, {"symbol": "ETH-USDT-240628"}])


@pytest.mark.parametrize("message", [[], {"stream": "!ticker@arr", "data": []}, [5], "text", None])
def test_a_message_in_which_nothing_is_read_is_rejected(message: Json) -> None:
    with pytest.raises(Rejection):
        told("binance", message if message is not None else "null")


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("bnbbtc@depth5", ("BNB-BTC", "depth5")),
        ("wss://stream.example:9443/ws/bnbbtc@depth20@100ms", ("BNB-BTC", "depth20")),
        ('{"method":"SUBSCRIBE","params":["bnbbtc@depth10"],"id":1}', ("BNB-BTC", "depth10")),
        ("GET /api/v3/depth?limit=5&symbol=BNBBTC", ("BNB-BTC", "depth")),
        ('{"id":"1","method":"depth","params":{"symbol":"BNBBTC"}}', ("BNB-BTC", "depth")),
    ],
)
def test_a_book_without_a_symbol_is_of_what_was_asked(request_text: str, expected: tuple[str, str]) -> None:
    (book,) = told("binance", {"lastUpdateId": 1, "bids": [["1", "2"]], "asks": []}, request_text)
    assert (book["symbol"], book["channel"]) == expected


@pytest.mark.parametrize("request_text", ["", "depth", '{"params":["a@depth5","b@depth5"]}'])
def test_a_book_of_which_nobody_says_whose_it_is_is_rejected(request_text: str) -> None:
    with pytest.raises(Rejection, match="names no symbol"):
        told("binance", {"lastUpdateId": 1, "bids": [], "asks": []}, request_text)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"e": "1dTicker", "E": MS, "s": "AUSDT", "c": "5", "v": "9"}, [{"kind": "last_price"}, {"kind": "volume_1d"}]),
        ({"e": "4hTicker", "E": MS, "s": "AUSDT", "c": "5", "v": "9"}, [{"value": "5"}, {"kind": "volume_4h"}]),
        (
            {"e": "compositeIndex", "E": MS, "s": "DEFIUSDT", "p": "554.4", "C": "baseAsset", "c": [{"b": "BAL"}]},
            [{"kind": "composite_index", "value": "554.4", "extra": {"C": "baseAsset", "c": [{"b": "BAL"}]}}],
        ),
        (
            {"e": "assetIndexUpdate", "E": MS, "s": "ADAUSD", "i": "0.27", "b": "0.1"},
            [{"kind": "index_price", "value": "0.27", "symbol": "ADA-USD", "extra": {"b": "0.1"}}],
        ),
        ({"e": "eventStreamTerminated", "E": MS}, [{"type": "status", "symbol": "*", "ts_event_ns": ns(0)}]),
        ({"e": "serverShutdown"}, [{"ts_source": "received"}]),
    ],
)
def test_numbers_and_news_of_the_venue(message: Json, expected: list[Json]) -> None:
    assert holds(told("binance-futures", message), expected)


@pytest.mark.parametrize(
    ("event", "more", "expected"),
    [
        ("indexPrice_kline", {"ps": "BTCUSD"}, {"symbol": "BTC-USD", "volume": None, "trades": None}),
        ("markPrice_kline", {"ps": "BTCUSD"}, {"symbol": "BTC-USD-PERP", "volume": None}),
        ("continuous_kline", {"ps": "BTCUSDT", "ct": "PERPETUAL"}, {"symbol": "BTC-USDT-PERP", "volume": "3"}),
        ("continuous_kline", {"ps": "BTCUSDT", "ct": "NEXT_QUARTER"}, {"symbol": "BTC-USDT-NEXT_QUARTER"}),
        ("kline", {"s": "BTCUSD_240628"}, {"symbol": "BTC-USD-240628", "trades": "2"}),
    ],
)
def test_a_bar_is_of_an_instrument_a_pair_or_a_kind_of_contract(event: str, more: Json, expected: Json) -> None:
    bar = {"t": MS, "T": MS, "s": "BTCUSD_PERP", "i": "1m", "o": "1", "c": "2", "h": "3", "l": "1", "v": "3", "n": 2}
    message = {"e": event, "E": MS, "k": bar | {"x": True}} | more
    assert holds(told("binance-futures", message), [expected | {"is_closed": True, "channel": f"{event}_1m"}])
