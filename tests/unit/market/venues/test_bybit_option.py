"""Bybit's options: the topics of its other markets, with volatilities and quotes under other names."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tapeproof.market.instruments import describe_instrument
from tests.unit.market.venues.reading import MS, holds, told

Json = Any
SYMBOL = "BTC-27JUN25-100000-C-USDT"
TICKER = {
    "symbol": SYMBOL,
    "bidPrice": "410",
    "bidSize": "5",
    "bidIv": "0.41",
    "askPrice": "425",
    "askSize": "2",
    "askIv": "0.43",
    "lastPrice": "415",
    "markPrice": "418.2",
    "indexPrice": "99000",
    "markPriceIv": "0.42",
    "underlyingPrice": "99100",
    "openInterest": "12.5",
    "delta": "0.4",
}


def topic(name: str, data: Json) -> Json:
    return {"id": "x", "topic": name, "ts": MS, "type": "snapshot", "data": data}


def test_a_ticker_is_a_quote_with_its_statistics_and_the_greeks_are_kept() -> None:
    found = told("bybit-option", topic(f"tickers.{SYMBOL}", TICKER))
    assert holds(
        found,
        [
            {"type": "quote", "symbol": SYMBOL, "bid_price": "410", "bid_size": "5", "ask_price": "425"},
            {"type": "open_interest", "amount": "12.5"},
            {"kind": "mark_price", "value": "418.2"},
            {"kind": "index_price", "value": "99000"},
            {"kind": "mark_volatility", "value": "0.42"},
        ],
    )
    assert {"delta", "bidIv", "askIv", "underlyingPrice"} <= set(found[0]["extra"])


def test_trades_of_all_options_of_a_coin_come_under_one_topic_and_keep_their_volatility() -> None:
    trades = [
        {"T": MS, "s": name, "S": "Sell", "v": "0.1", "p": "5", "i": name, "BT": False, "iv": "0.6", "mP": "5.1"}
        for name in (SYMBOL, "BTC-27JUN25-90000-P-USDT")
    ]
    found = told("bybit-option", topic("publicTrade.BTC", trades))
    assert [one["native_symbol"] for one in found] == [SYMBOL, "BTC-27JUN25-90000-P-USDT"]
    assert all(one["extra"] == {"iv": "0.6", "mP": "5.1"} for one in found)


def test_an_option_without_a_bid_has_none() -> None:
    (quote, *_) = told("bybit-option", topic(f"tickers.{SYMBOL}", TICKER | {"bidPrice": "0", "bidSize": "0"}))
    assert "bid_price" not in quote
    assert quote["ask_price"] == "425"


def test_its_book_is_counted_by_topic() -> None:
    data = {"s": SYMBOL, "b": [["410", "5"]], "a": [], "u": 3, "seq": 9}
    assert holds(told("bybit-option", topic(f"orderbook.25.{SYMBOL}", data)), [{"type": "book", "action": "snapshot"}])


def test_an_unknown_topic_is_rejected() -> None:
    with pytest.raises(Rejection, match="unknown topic"):
        told("bybit-option", topic("greeks.BTC", {}))


@pytest.mark.parametrize(("symbol", "kind"), [(SYMBOL, "call"), ("BTC-27JUN25-90000-P", "put")])
def test_the_name_says_what_the_option_is(symbol: str, kind: str) -> None:
    assert describe_instrument(symbol)["option_kind"] == kind
