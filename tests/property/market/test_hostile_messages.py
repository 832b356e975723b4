"""Whatever a venue, or somebody who plays one, sends: records or a reasoned rejection, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.market import venues
from tapeproof.market.canonical import parse_canonical
from tapeproof.market.errors import Rejection
from tapeproof.market.wire import Json, decode

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
    "gemini": [
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
        again = parse_canonical(decode(record.body), received_ns)
        assert (again.key, again.body) == (record.key, record.body)


@pytest.mark.parametrize("venue", sorted(SEEDS))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_mutated_message_becomes_sound_records_or_a_rejection(venue: str, data: st.DataObject) -> None:
    message = data.draw(mutations(SEEDS[venue]))
    survives(venue, json.dumps(message), data.draw(st.integers(0, 10**19 - 1)))


@pytest.mark.parametrize("venue", sorted(SEEDS))
@settings(max_examples=60, deadline=None)
@given(raw=st.text(max_size=200) | json_values.map(json.dumps), cut=st.integers(0, 40))
def test_random_text_and_cut_messages_become_records_or_a_rejection(venue: str, raw: str, cut: int) -> None:
    survives(venue, raw, 0)
    survives(venue, json.dumps(SEEDS[venue][0])[: -cut or None], 0)


@settings(max_examples=200, deadline=None)
@given(detail=mutations(CANONICAL).filter(lambda value: isinstance(value, dict)), received=st.integers(0, 10**19 - 1))
def test_a_mutated_canonical_detail_becomes_a_sound_record_or_a_rejection(
    detail: dict[str, Any], received: int
) -> None:
    try:
        record = parse_canonical(detail, received)
    except Rejection:
        return
    again = parse_canonical(json.loads(record.body.encode()), received)
    assert (again.key, again.body) == (record.key, record.body)
