import json
from typing import Any

import pytest

from tapeproof.market import venues
from tapeproof.market.errors import Rejection, UnknownVenueError
from tapeproof.market.model import Book, Quote, Status, Trade
from tapeproof.market.wire import Json

RECEIVED = 1_700_000_000_123_456_789

COINBASE_MATCH = {
    "type": "match",
    "trade_id": 280232,
    "maker_order_id": "2a0d",
    "taker_order_id": "3c82",
    "side": "sell",
    "size": "985",
    "price": "0.00001305",
    "product_id": "SKL-BTC",
    "sequence": 177100030,
    "time": "2021-04-17T16:43:37.089723Z",
}


def parse(venue: str, message: Json) -> list[Any]:
    return venues.parse(venue, message if isinstance(message, str) else json.dumps(message), RECEIVED)


def test_a_coinbase_match_is_a_trade_with_the_aggressors_side_and_every_digit() -> None:
    (trade,) = parse("coinbase", COINBASE_MATCH)
    assert isinstance(trade, Trade)
    assert (trade.symbol, trade.price, trade.size, trade.side) == ("SKL-BTC", "0.00001305", "985", "buy")
    assert (trade.ts_event_ns, trade.ts_source) == (1618677817089723000, "venue")
    assert (trade.sequence, trade.trade_id) == (280232, "280232")
    assert trade.key == "trade#coinbase#SKL-BTC#20210417#trade_id=280232"
    assert not trade.backfill


def test_a_repeated_last_match_is_the_same_trade_marked_as_backfill() -> None:
    (match,) = parse("coinbase", COINBASE_MATCH)
    (again,) = parse("coinbase", COINBASE_MATCH | {"type": "last_match"})
    assert (again.key, again.body) == (match.key, match.body)
    assert again.backfill


def test_a_coinbase_ticker_is_a_quote() -> None:
    message = {
        "type": "ticker",
        "sequence": 7,
        "product_id": "BAND-GBP",
        "best_bid": "14.7550",
        "best_ask": "14.8060",
        "best_ask_size": "2.0",
        "price": "14.7775",
        "time": "2021-04-17T16:43:30.244075Z",
    }
    (quote,) = parse("coinbase", message)
    assert isinstance(quote, Quote)
    assert (quote.bid_price, quote.bid_size, quote.ask_price, quote.ask_size) == ("14.7550", None, "14.8060", "2.0")
    assert dict(quote.attributes) == {"last_price": "14.7775"}
    assert not venues.contiguous(quote)


def test_coinbase_books_are_snapshots_without_time_and_deltas_with_it() -> None:
    (snapshot,) = parse("coinbase", {"type": "snapshot", "product_id": "A-B", "asks": [["2", "1"]], "bids": []})
    assert isinstance(snapshot, Book)
    assert (snapshot.action, snapshot.ts_event_ns, snapshot.ts_source) == ("snapshot", RECEIVED, "received")
    (delta,) = parse(
        "coinbase",
        {
            "type": "l2update",
            "product_id": "A-B",
            "changes": [["sell", "2", "0"], ["buy", "1", "3"]],
            "time": "2021-04-17T16:43:37Z",
        },
    )
    assert (delta.action, delta.bids, delta.asks) == ("delta", (("1", "3"),), (("2", "0"),))
    assert (delta.sequence, delta.channel) == (None, "level2")


def test_a_kraken_message_of_two_equal_trades_gives_two_keys() -> None:
    row = ["354.04000000", "0.28245396", "1618678150.826417", "s", "m", ""]
    first, second = parse("kraken", [993, [row, row], "trade", "XBT/USD"])
    assert first.symbol == "BTC-USD"
    assert first.native_symbol == "XBT/USD"
    assert first.key != second.key
    assert dict(first.attributes) == {"order_type": "market"}
    assert first.ts_event_ns == 1618678150826417000


def test_a_kraken_book_of_two_parts_is_one_delta_timed_by_its_last_level() -> None:
    message = [
        1920,
        {"a": [["0.042990", "364630.28272081", "1618678145.920470"]]},
        {"b": [["0.042990", "0.00000000", "1618678145.920708"]], "c": "4105471083"},
        "book-1000",
        "SC/EUR",
    ]
    (book,) = parse("kraken", message)
    assert book.asks == (("0.042990", "364630.28272081"),)
    assert book.bids == (("0.042990", "0.00000000"),)
    assert book.ts_event_ns == 1618678145920708000
    assert (book.checksum, book.depth) == ("4105471083", 1000)


def test_a_kraken_spread_is_a_quote_with_the_venues_time() -> None:
    (quote,) = parse("kraken", [0, ["5698.4", "5700.0", "1542057299.545897", "1.0", "0.9"], "spread", "XDG/USD"])
    assert (quote.symbol, quote.bid_price, quote.ask_size) == ("DOGE-USD", "5698.4", "0.9")
    assert quote.ts_source == "venue"


KRAKEN_V2_TRADE = {
    "symbol": "MATIC/USD",
    "side": "sell",
    "price": 0.5117,
    "qty": 40.0,
    "ord_type": "market",
    "trade_id": 4665906,
    "timestamp": "2023-09-25T07:49:37.708706Z",
}


def test_kraken_v2_trades_are_numbered_and_keep_the_digits_of_their_numbers() -> None:
    raw = json.dumps({"channel": "trade", "type": "update", "data": [KRAKEN_V2_TRADE]}).replace("40.0", "40.00000000")
    (trade,) = parse("kraken", raw)
    assert (trade.symbol, trade.price, trade.size, trade.side) == ("MATIC-USD", "0.5117", "40.00000000", "sell")
    assert (trade.sequence, trade.ts_event_ns, trade.backfill) == (4665906, 1695628177708706000, False)
    assert venues.contiguous(trade)
    (history,) = parse("kraken", raw.replace("update", "snapshot"))
    assert (history.key, history.body, history.backfill) == (trade.key, trade.body, True)


def test_kraken_v2_tickers_books_and_status_are_read_too() -> None:
    data = [{"symbol": "BTC/USD", "bid": 1.5, "bid_qty": 2, "ask": 1.6, "ask_qty": 3, "last": 1.55}]
    (quote,) = parse("kraken", {"channel": "ticker", "type": "update", "data": data})
    assert (quote.bid_price, quote.ask_size, dict(quote.attributes)) == ("1.5", "3", {"last_price": "1.55"})
    levels = {
        "symbol": "BTC/USD",
        "bids": [{"price": 1.5, "qty": 0}],
        "asks": [],
        "checksum": 2439117997,
        "timestamp": "2023-10-06T17:35:55.440295Z",
    }
    (book,) = parse("kraken", {"channel": "book", "type": "update", "data": [levels]})
    assert (book.action, book.bids, book.asks) == ("delta", (("1.5", "0"),), ())
    (snapshot,) = parse("kraken", {"channel": "book", "type": "snapshot", "data": [levels]})
    assert snapshot.action == "snapshot"
    for message in ({"channel": "heartbeat"}, {"channel": "status", "data": []}, {"method": "pong"}):
        assert isinstance(parse("kraken", message)[0], Status)


def test_a_bitstamp_trade_keeps_the_trailing_zeros_that_its_number_lost() -> None:
    data = {
        "id": 216000506,
        "amount": 2.1,
        "amount_str": "2.10000000",
        "price": 3800.8,
        "price_str": "3800.80",
        "type": 1,
        "microtimestamp": "1641343721269000",
        "buy_order_id": 1443875826053121,
    }
    (trade,) = parse("bitstamp", {"data": data, "channel": "live_trades_ethusd", "event": "trade"})
    assert (trade.symbol, trade.price, trade.size, trade.side) == ("ETH-USD", "3800.80", "2.10000000", "sell")
    assert dict(trade.attributes) == {"buy_order_id": "1443875826053121"}


def test_the_first_gemini_book_is_a_snapshot_with_its_backfilled_trades_and_auctions() -> None:
    trade = {
        "type": "trade",
        "symbol": "BTCGBP",
        "event_id": 9,
        "timestamp": 1624493651491,
        "price": "30.5",
        "quantity": "1",
        "side": "buy",
    }
    message = {
        "type": "l2_updates",
        "symbol": "BTCGBP",
        "changes": [["buy", "30", "1"]],
        "trades": [trade],
        "auction_events": [{"type": "auction_result", "result": "success", "auction_price": "30"}],
    }
    book, past, auction = parse("gemini", message)
    assert (book.action, past.backfill, auction.kind, auction.state) == ("snapshot", True, "auction", "success")
    (live,) = parse("gemini", trade)
    assert (live.key, live.body, live.backfill) == (past.key, past.body, False)


@pytest.mark.parametrize(
    ("venue", "message", "kind"),
    [
        ("coinbase", {"type": "subscriptions", "channels": []}, "subscriptions"),
        ("coinbase", {"type": "error", "message": "no such product"}, "error"),
        ("kraken", {"event": "heartbeat"}, "heartbeat"),
        ("kraken", {"event": "systemStatus", "status": "online"}, "trading"),
        ("bitstamp", {"event": "bts:subscription_succeeded", "channel": "x", "data": {}}, "subscription_succeeded"),
        ("gemini", {"type": "heartbeat", "timestamp": 1624493666869}, "heartbeat"),
        ("gemini", {"result": "error", "reason": "InvalidJson"}, "error"),
    ],
)
def test_what_a_feed_says_of_itself_is_a_status_with_the_message_in_full(
    venue: str, message: dict[str, Any], kind: str
) -> None:
    raw = json.dumps(message)
    (status,) = parse(venue, raw)
    assert isinstance(status, Status)
    assert (status.kind, status.text, status.symbol) == (kind, raw, "*")


@pytest.mark.parametrize(
    ("venue", "native", "symbol"),
    [
        ("bitstamp", "btcusd", "BTC-USD"),
        ("bitstamp", "usdtusd", "USDT-USD"),
        ("bitstamp", "ethusdt", "ETH-USDT"),
        ("bitstamp", "grtusd", "GRT-USD"),
        ("bitstamp", "btcusd-perp", "BTC-USD-PERP"),
        ("bitstamp", "abcxyz", "ABCXYZ"),
        ("gemini", "BTCGBP", "BTC-GBP"),
        ("gemini", "PAXGUSD", "PAXG-USD"),
        ("gemini", "BTCGUSD", "BTC-GUSD"),
        ("gemini", "BTCGUSDPERP", "BTC-GUSD-PERP"),
        ("gemini", "ZECLTC", "ZEC-LTC"),
    ],
)
def test_symbols_are_spelt_the_same_for_every_venue(venue: str, native: str, symbol: str) -> None:
    message: dict[str, Any] = {"type": "l2_updates", "symbol": native, "changes": []}
    if venue == "bitstamp":
        data = {"microtimestamp": "1618677817100000", "bids": [], "asks": []}
        message = {"event": "data", "channel": f"diff_order_book_{native}", "data": data}
    (book,) = parse(venue, message)
    assert (book.symbol, book.native_symbol) == (symbol, native)


@pytest.mark.parametrize(
    ("venue", "message", "code"),
    [
        ("coinbase", "{", "not-json"),
        ("coinbase", "", "not-json"),
        ("coinbase", '{"type":"match","type":"match"}', "duplicate-name"),
        ("coinbase", '{"type":NaN}', "not-json"),
        ("coinbase", "[" * 100_000, "too-deep"),
        ("coinbase", '"' + "a" * 1_100_000 + '"', "too-large"),
        ("coinbase", '"\udcff"', "not-unicode"),
        ("coinbase", "[]", "bad-shape"),
        ("coinbase", {"type": "open"}, "missing-field"),
        ("coinbase", {"type": "fresh"}, "unsupported"),
        ("coinbase", COINBASE_MATCH | {"price": "1,5"}, "bad-decimal"),
        ("coinbase", COINBASE_MATCH | {"price": "12.5\n"}, "bad-decimal"),
        ("coinbase", COINBASE_MATCH | {"size": "-1"}, "bad-decimal"),
        ("coinbase", COINBASE_MATCH | {"price": None}, "bad-decimal"),
        ("coinbase", COINBASE_MATCH | {"price": "1e999"}, "bad-decimal"),
        ("coinbase", COINBASE_MATCH | {"trade_id": -5}, "bad-integer"),
        ("coinbase", COINBASE_MATCH | {"trade_id": 1 << 64}, "bad-integer"),
        ("coinbase", '{"type":"match","trade_id":' + "9" * 10_000 + "}", "bad-integer"),
        ("coinbase", COINBASE_MATCH | {"product_id": "A#B"}, "bad-symbol"),
        ("coinbase", COINBASE_MATCH | {"product_id": ["A"]}, "bad-text"),
        ("coinbase", COINBASE_MATCH | {"side": "hold"}, "bad-side"),
        ("coinbase", COINBASE_MATCH | {"time": "2021-02-30T00:00:00Z"}, "bad-time"),
        ("coinbase", COINBASE_MATCH | {"time": "9999-01-01T00:00:00Z"}, "bad-time"),
        ("coinbase", COINBASE_MATCH | {"time": "2021-02-03T00:00:00"}, "bad-time"),
        ("coinbase", {"type": "match"}, "missing-field"),
        ("kraken", [1, [], "trade"], "bad-shape"),
        ("kraken", [1, [], "trade", "XBT/USD"], "bad-shape"),
        ("kraken", [1, {}, "book-10", "XBT/USD"], "missing-field"),
        ("kraken", [1, {"a": [["1", "2"], "34"]}, "book-10", "XBT/USD"], "bad-levels"),
        ("kraken", [1, {"a": [["1", "2", "3.4"]]}, "book-10", "XBT/USD"], "bad-time"),
        ("kraken", [1, ["1"], "ohlc-5", "XBT/USD"], "bad-shape"),
        ("kraken", {"channel": "level3", "data": []}, "empty-message"),
        ("kraken", {"channel": "trade", "data": {}}, "bad-shape"),
        ("kraken", {"channel": "trade", "data": []}, "empty-message"),
        ("kraken", {"channel": "trade", "data": ["x"]}, "bad-shape"),
        ("kraken", {"channel": "book", "data": [{"symbol": "A/B", "bids": {}}]}, "bad-levels"),
        ("bitstamp", {"event": "order_created", "channel": "live_orders_btcusd", "data": {}}, "missing-field"),
        ("bitstamp", {"event": "trade", "channel": "live_trades_btcusd", "data": {"id": 1, "type": 2}}, "bad-side"),
        ("gemini", {"type": "candles_1m_updates"}, "missing-field"),
        ("gemini", {"type": "l2_updates", "symbol": "BTC#USD", "changes": []}, "bad-symbol"),
        ("gemini", {"type": "l2_updates", "symbol": "BTCUSD", "changes": [], "trades": {}}, "bad-shape"),
    ],
)
def test_a_message_that_does_not_fit_is_rejected_with_a_reason(venue: str, message: Json, code: str) -> None:
    with pytest.raises(Rejection) as caught:
        parse(venue, message)
    assert caught.value.code == code
    assert caught.value.reason.isascii()
    assert len(caught.value.reason) < 300


def test_a_letter_outside_ascii_never_becomes_another_instruments_name() -> None:
    (trade,) = parse("coinbase", COINBASE_MATCH | {"product_id": "\u017fOL-USD"})
    assert trade.symbol == "\u017fOL-USD"


def test_scientific_notation_is_written_out_exactly() -> None:
    (trade,) = parse("coinbase", json.dumps(COINBASE_MATCH).replace('"0.00001305"', "1.305e-05"))
    assert trade.price == "0.00001305"


@pytest.mark.parametrize("name", ["nyse", "__init__", "os", "..errors", "Coinbase", "", "coinbase.sub"])
def test_a_venue_without_a_module_is_unknown_and_nothing_is_imported(name: str) -> None:
    with pytest.raises(UnknownVenueError) as caught:
        venues.parse(name, "{}", RECEIVED)
    assert "tapeproof/1" in caught.value.diagnostics()


@pytest.mark.parametrize("received", [-1, 10**19])
def test_a_time_of_receipt_that_has_no_place_in_a_key_is_rejected(received: int) -> None:
    with pytest.raises(Rejection, match="1970 to 2286"):
        venues.parse("kraken", '{"event":"heartbeat"}', received)


@pytest.mark.parametrize(
    ("venue", "raw", "route"),
    [
        ("coinbase", json.dumps(COINBASE_MATCH), "Trade"),
        ("coinbase", '{"type":"match","price":', "Trade"),
        ("coinbase", '{"type":"l2update",', "Book"),
        ("kraken", '[0,{},"book-10","XBT/USD"', "Book"),
        ("kraken", '{"event":"heartbeat"}', "Status"),
        ("gemini", "garbage", "Status"),
        ("nyse", "{}", "Status"),
    ],
)
def test_every_message_has_a_route_even_one_that_does_not_parse(venue: str, raw: str, route: str) -> None:
    assert venues.detail_type(venue, raw) == route


@pytest.mark.parametrize(("good", "bad"), [(2_001, 0), (1, 2_000), (1_001, 1_000)])
def test_a_message_of_too_many_records_is_rejected_as_a_whole_and_once(good: int, bad: int) -> None:
    trade = {"symbol": "BTC/USD", "side": "buy", "price": 1.5, "qty": 2, "ord_type": "limit"}
    stamped = [
        trade | {"trade_id": number, "timestamp": "2023-11-14T22:13:20Z"} | ({} if number < good else {"side": "?"})
        for number in range(good + bad)
    ]
    with pytest.raises(Rejection, match=f"{good + bad} records, at most 2000 are kept") as refused:
        parse("kraken", {"channel": "trade", "type": "update", "data": stamped})
    assert refused.value.code == "too-many-records"


def test_a_message_of_as_many_records_as_are_kept_is_taken() -> None:
    trade = {"symbol": "BTC/USD", "side": "buy", "price": 1.5, "qty": 2, "ord_type": "limit"}
    stamped = [trade | {"trade_id": number, "timestamp": "2023-11-14T22:13:20Z"} for number in range(2_000)]
    assert len(parse("kraken", {"channel": "trade", "type": "update", "data": stamped})) == 2_000
