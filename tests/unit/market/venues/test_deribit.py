"""What Deribit's notifications say."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.errors import Rejection
from tests.unit.market.venues.reading import MS, holds, ns, told

Json = Any


def sent(channel: str, data: Json) -> list[Json]:
    message = {"jsonrpc": "2.0", "method": "subscription", "params": {"channel": channel, "data": data}}
    return told("deribit", message)


def changed(**more: Any) -> list[Json]:  # noqa: ANN401 - members of a message
    head = {"type": "change", "timestamp": MS, "instrument_name": "BTC-PERPETUAL"}
    return sent("incremental_ticker.BTC-PERPETUAL", head | more)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"best_bid_price": 5.0}, [{"type": "quote", "is_delta": True, "bid_price": "5.0", "ask_price": None}]),
        # A side that went is not as before.
        ({"best_ask_price": None, "best_ask_amount": 0.0}, [{"ask_price": "0", "ask_size": "0.0", "bid_price": None}]),
        ({"mark_price": 5.5}, [{"type": "statistic", "kind": "mark_price"}]),
        ({"open_interest": 7}, [{"type": "open_interest"}]),
        ({"stats": {"low": None}}, [{"type": "status", "kind": "ticker", "extra": {"stats": {"low": None}}}]),
        ({"mark_price": 5.5, "state": "open"}, [{"kind": "mark_price", "extra": {"state": "open"}}]),
    ],
)
def test_a_ticker_of_changes_says_what_changed_and_nothing_else(more: Json, expected: list[Json]) -> None:
    assert holds(changed(**more), expected)


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ((0.0, 0.0, 1.0, 2.0), (None, None, "1.0", "2.0")),
        ((None, 0.0, None, 0.0), (None, "0.0", None, "0.0")),
        ((1.0, 2.0, 0.0, 0.0), ("1.0", "2.0", None, None)),
        ((-5.0, 2.0, 0.0, 3.0), ("-5.0", "2.0", "0.0", "3.0")),  # combinations may be worth nothing
    ],
)
def test_a_quote_has_the_sides_that_somebody_quotes(prices: tuple[Any, ...], expected: tuple[Any, ...]) -> None:
    names = ("best_bid_price", "best_bid_amount", "best_ask_price", "best_ask_amount")
    data = {"timestamp": MS, "instrument_name": "BTC-28JUN24-70000-C", **dict(zip(names, prices, strict=True))}
    (quote,) = sent("quote.BTC-28JUN24-70000-C", data)
    assert tuple(quote.get(name) for name in ("bid_price", "bid_size", "ask_price", "ask_size")) == expected


@pytest.mark.parametrize(
    ("channel", "data", "expected"),
    [
        (
            "deribit_price_index.sol_usdc",
            {"timestamp": MS, "price": 5, "index_name": "sol_usdc"},
            {"symbol": "SOL-USDC"},
        ),
        ("deribit_volatility_index.eth_usd", {"timestamp": MS, "volatility": 55.1}, {"kind": "volatility_index"}),
        ("estimated_expiration_price.btc_usd", {"price": 5.5, "seconds": 9}, {"ts_source": "received", "value": "5.5"}),
        ("deribit_price_index.btc_usd", {"timestamp": MS, "price": 5}, {"ts_event_ns": ns(0), "extra": None}),
    ],
)
def test_a_number_of_an_index_is_of_the_pair(channel: str, data: Json, expected: Json) -> None:
    assert holds(sent(channel, data), [expected | {"type": "statistic"}])


def test_interest_is_funding_and_the_index_beside_it_a_statistic() -> None:
    found = sent("perpetual.ETH-PERPETUAL.raw", {"timestamp": MS, "interest": -0.5})
    assert holds(found, [{"type": "funding", "rate": "-0.5", "symbol": "ETH-USD-PERP"}])


def test_one_bad_mark_of_many_is_rejected_alone() -> None:
    rows = [{"timestamp": MS, "mark_price": price, "instrument_name": "A-B"} for price in (1, "x", 3)]
    assert holds(sent("markprice.options.btc_usd", rows), [{"value": "1"}, {"value": "3"}, "bad-decimal@1"])


@pytest.mark.parametrize(
    ("data", "state"),
    [
        ({"price_index": "a", "locked": True}, "locked"),
        ({"locked": False}, "open"),
        ({"locked": "?"}, None),
        ([], None),
    ],
)
def test_a_lock_of_the_platform_is_a_status(data: Json, state: str | None) -> None:
    assert holds(sent("platform_state", data), [{"type": "status", "symbol": "*", "state": state}])


@pytest.mark.parametrize("channel", ["block_rfq.maker.btc", "", "perpetual"])
def test_what_is_not_known_is_rejected(channel: str) -> None:
    with pytest.raises(Rejection):
        sent(channel, {"timestamp": MS})
