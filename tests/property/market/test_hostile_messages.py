"""Whatever a venue, or somebody who plays one, sends: records or a reasoned rejection, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.market import venues
from tapeproof.market.canonical import parse_canonical, read_stored
from tapeproof.market.errors import Rejection
from tapeproof.market.wire import Json, decode
from tests.effort import cases

SEEDS: dict[str, list[Any]] = {
    "coinbase": [
        {
            "type": "match",
            "trade_id": 1,
            "side": "buy",
            "size": "1",
            "price": "2",
            "product_id": "A-B",
            "time": "2021-04-17T16:43:37.089723Z",
        },
        {"type": "ticker", "sequence": 7, "product_id": "A-B", "best_bid": "1", "best_ask": "2"},
        {"type": "l2update", "product_id": "A-B", "changes": [["buy", "1", "2"]], "time": "2021-04-17T16:43:37Z"},
        {"type": "snapshot", "product_id": "A-B", "asks": [["1", "2"]], "bids": []},
    ],
    "kraken": [
        [993, [["1", "2", "1618678142.557535", "s", "l", ""]], "trade", "XMR/USD"],
        [1, {"as": [["1", "2", "3.4"]], "bs": []}, "book-10", "XMR/USD"],
        [1, {"a": ["1", 3, "2"], "b": ["1", 1, "2"], "c": ["1", "2"]}, "ticker", "XMR/USD"],
        [1, ["1", "2", "3.4", "5", "6"], "spread", "XMR/USD"],
        {"event": "subscriptionStatus", "pair": "XMR/USD"},
        {
            "channel": "trade",
            "type": "update",
            "data": [
                {
                    "symbol": "A/B",
                    "side": "buy",
                    "price": 1.5,
                    "qty": 2,
                    "trade_id": 1,
                    "timestamp": "2023-09-25T07:49:37Z",
                }
            ],
        },
        {"channel": "book", "type": "snapshot", "data": [{"symbol": "A/B", "bids": [{"price": 1, "qty": 2}]}]},
        {"channel": "ticker", "data": [{"symbol": "A/B", "bid": 1, "ask": 2}]},
    ],
    "bitstamp": [
        {
            "data": {"id": 1, "amount_str": "1", "price_str": "2", "type": 1, "microtimestamp": "5"},
            "channel": "live_trades_ethusd",
            "event": "trade",
        },
        {
            "data": {"microtimestamp": "5", "bids": [["1", "2"]], "asks": []},
            "channel": "diff_order_book_x",
            "event": "data",
        },
    ],
    "binance": [
        {"e": "trade", "E": 1, "s": "A", "t": 1, "p": "1", "q": "2", "T": 1718000000000, "m": True, "M": True},
        {"e": "aggTrade", "s": "A", "a": 1, "p": "1", "q": "0", "f": 1, "l": 2, "T": 1718000000000, "m": False},
        {"e": "depthUpdate", "E": 5, "s": "A", "U": 1, "u": 2, "b": [["1", "2"]], "a": []},
        {"stream": "a@depth5", "data": {"lastUpdateId": 1, "bids": [["1", "2"]], "asks": []}},
        {
            "e": "kline",
            "E": 5,
            "s": "A",
            "k": {"t": 5, "i": "1m", "o": "1", "c": "1", "h": "1", "l": "1", "v": "1", "n": 3, "x": False},
        },
        {"u": 4, "s": "A", "b": "1", "B": "2", "a": "3", "A": "4"},
    ],
    "binance-futures": [
        {"e": "forceOrder", "o": {"s": "A", "S": "SELL", "q": "1", "p": "2", "ap": "3", "X": "FILLED", "T": 5}},
        {"e": "markPriceUpdate", "E": 5, "s": "A", "p": "1", "i": "2", "r": "0.1", "T": 6},
        {"e": "depthUpdate", "E": 5, "T": 5, "s": "A", "U": 1, "u": 2, "pu": 0, "b": [["1", "2"]], "a": []},
    ],
    "bybit": [
        {
            "topic": "orderbook.1.A",
            "type": "delta",
            "ts": 5,
            "data": {"s": "A", "b": [["1", "2"]], "a": [], "u": 5, "seq": 7},
        },
        {"topic": "publicTrade.A", "data": [{"T": 5, "s": "A", "S": "Buy", "v": "1", "p": "2", "i": "x", "BT": True}]},
        {
            "topic": "tickers.A",
            "ts": 5,
            "data": {"symbol": "A", "bid1Price": "1", "fundingRate": "0", "openInterest": "3"},
        },
    ],
    "deribit": [
        {
            "method": "subscription",
            "params": {
                "channel": "book.A-PERPETUAL.raw",
                "data": {
                    "type": "change",
                    "timestamp": 5,
                    "instrument_name": "A-PERPETUAL",
                    "change_id": 2,
                    "prev_change_id": 1,
                    "bids": [["new", 1.5, 2]],
                    "asks": [],
                },
            },
        },
        {
            "method": "subscription",
            "params": {
                "channel": "trades.A.raw",
                "data": [
                    {
                        "timestamp": 5,
                        "price": 1,
                        "amount": 2,
                        "direction": "sell",
                        "instrument_name": "A",
                        "trade_seq": 1,
                        "trade_id": "1",
                        "liquidation": "M",
                    }
                ],
            },
        },
        {"id": 1, "result": []},
    ],
    "okx": [
        {
            "arg": {"channel": "books", "instId": "A-B"},
            "action": "update",
            "data": [
                {"asks": [["1", "2", "0", "3"]], "bids": [], "ts": "5", "prevSeqId": 1, "seqId": 2, "checksum": -5}
            ],
        },
        {
            "arg": {"channel": "trades", "instId": "A-B"},
            "data": [{"instId": "A-B", "tradeId": "1", "px": "1", "sz": "2", "side": "buy", "ts": "5"}],
        },
        {
            "arg": {"channel": "funding-rate", "instId": "A-B-SWAP"},
            "data": [{"instId": "A-B-SWAP", "fundingRate": "0.1", "nextFundingTime": "5", "ts": "5"}],
        },
        {"arg": {"channel": "candle5m", "instId": "A-B"}, "data": [["5", "1", "2", "1", "2", "3", "4", "5", "1"]]},
    ],
    "gemini": [
        {
            "type": "update",
            "socket_sequence": 1,
            "timestampms": 5,
            "events": [
                {"symbol": "BTCUSD", "type": "trade", "tid": 1, "price": "1", "amount": "2", "makerSide": "ask"},
                {"type": "change", "side": "bid", "price": "1", "remaining": "2"},
            ],
        },
        {"type": "l2_updates", "symbol": "BTCUSD", "changes": [["buy", "1", "2"]], "trades": [], "auction_events": []},
        {
            "type": "trade",
            "symbol": "BTCUSD",
            "event_id": 1,
            "timestamp": 5,
            "price": "1",
            "quantity": "1",
            "side": "buy",
        },
        {"type": "heartbeat", "timestamp": 5},
    ],
}
CANONICAL = [
    {"schema": "tapeproof/1", "type": "trade", "venue": "nyse", "symbol": "IBM", "price": "1.50", "size": "3"},
    {"schema": "tapeproof/1", "type": "quote", "venue": "nyse", "symbol": "IBM", "bid_price": "1", "sequence": 5},
    {"schema": "tapeproof/1", "type": "book", "venue": "n", "symbol": "I", "action": "delta", "bids": [], "asks": []},
    {"schema": "tapeproof/1", "type": "status", "venue": "n", "symbol": "*", "kind": "halt", "attributes": {"a": "b"}},
]

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["1.5", "-0", "1e5", "2021-04-17T16:43:37Z", "BTC-USD", "buy", "\ud800", "9" * 40]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def paths(value: Json, prefix: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [prefix]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += paths(inner, (*prefix, key))
    return found


def mutated(value: Json, path: tuple[Any, ...], new: Json) -> Json:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = mutated(copy[path[0]], path[1:], new)
    return copy


@st.composite
def mutations(draw: st.DrawFn, seeds: list[Any]) -> Json:
    message = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 2))):
        message = mutated(message, draw(st.sampled_from(paths(message))), draw(json_values))
    return message


def survives(venue: str, raw: str, received_ns: int) -> None:
    try:
        found = venues.parse(venue, raw, received_ns)
    except Rejection:
        return
    assert found
    for record in found:
        assert json.loads(record.body.encode())["venue"] == venue
        again = read_stored(decode(record.body), received_ns, record.place, backfill=record.backfill)
        assert (again.key, again.body) == (record.key, record.body)


@pytest.mark.parametrize("venue", sorted(SEEDS))
@settings(max_examples=cases(80))
@given(data=st.data())
def test_a_mutated_message_becomes_sound_records_or_a_rejection(venue: str, data: st.DataObject) -> None:
    message = data.draw(mutations(SEEDS[venue]))
    survives(venue, json.dumps(message), data.draw(st.integers(0, 10**19 - 1)))


@pytest.mark.parametrize("venue", sorted(SEEDS))
@pytest.mark.parametrize("wrong", [None, True, 1.5, "", "  ", "\ud800", [], {}, [{}], [[[], 1, 2]]], ids=json.dumps)
def test_a_wrong_value_in_any_one_place_becomes_sound_records_or_a_rejection(venue: str, wrong: Json) -> None:
    for seed in SEEDS[venue]:
        for path in paths(seed):
            survives(venue, json.dumps(mutated(seed, path, wrong)), 5)


@pytest.mark.parametrize("venue", sorted(SEEDS))
@settings(max_examples=cases(30))
@given(raw=st.text(max_size=200) | json_values.map(json.dumps), cut=st.integers(0, 40))
def test_random_text_and_cut_messages_become_records_or_a_rejection(venue: str, raw: str, cut: int) -> None:
    survives(venue, raw, 0)
    survives(venue, json.dumps(SEEDS[venue][0])[: -cut or None], 0)


@settings(max_examples=cases(200))
@given(detail=mutations(CANONICAL).filter(lambda value: isinstance(value, dict)), received=st.integers(0, 10**19 - 1))
def test_a_mutated_canonical_detail_becomes_a_sound_record_or_a_rejection(
    detail: dict[str, Any], received: int
) -> None:
    try:
        record = parse_canonical(detail, received)
    except Rejection:
        return
    again = read_stored(json.loads(record.body.encode()), record.received_ns, record.place, backfill=record.backfill)
    assert (again.key, again.body) == (record.key, record.body)
