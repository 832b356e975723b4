"""What was dealt and offered: which side is none, and which event is another one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tapeproof.market.origin import Origin
from tapeproof.market.trading import Quote, Trade, without_empty_sides

NOW = 1_718_000_000_000_000_000
ORIGIN = Origin("acme", NOW, "raw")


def trade(**more: Any) -> Trade:  # noqa: ANN401 - of Trade
    return Trade(**ORIGIN.head("A-B", "ab", ts_event_ns=NOW), **({"price": "1", "size": "2"} | more))


def quote(**more: Any) -> Quote:  # noqa: ANN401 - of Quote
    return Quote(**ORIGIN.head("A-B", "ab", ts_event_ns=NOW), **more)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"bid_price": "0", "bid_size": "0"}, (None, None, None, None)),
        ({"bid_price": "0.00000000", "bid_size": "0.0", "ask_price": "1", "ask_size": "2"}, (None, None, "1", "2")),
        ({"ask_price": "0", "ask_size": "0.000"}, (None, None, None, None)),
        ({"ask_price": "-0.0", "ask_size": "0"}, (None, None, None, None)),
        # A price of zero that somebody bids, and a price without a size, are what they are.
        ({"bid_price": "0", "bid_size": "5"}, ("0", "5", None, None)),
        ({"bid_price": "0"}, ("0", None, None, None)),
        ({"bid_price": "3", "bid_size": "0"}, ("3", "0", None, None)),
        # In changes nothing means that it is as before.
        ({"bid_price": "0", "bid_size": "0", "is_delta": True}, ("0", "0", None, None)),
    ],
)
def test_a_side_of_nothing_at_nothing_is_no_side(given: dict[str, Any], kept: tuple[str | None, ...]) -> None:
    found = without_empty_sides(quote(**given))
    assert isinstance(found, Quote)
    assert (found.bid_price, found.bid_size, found.ask_price, found.ask_size) == kept


def test_other_records_keep_their_zeros() -> None:
    empty = trade(price="0", size="0")
    assert without_empty_sides(empty) is empty


def test_a_correction_is_another_event_than_its_trade_and_than_the_correction_before() -> None:
    corrections = [replace(trade(trade_id="7", action="correct"), ts_event_ns=NOW + n) for n in (0, 1)]
    assert len({one.key for one in (trade(trade_id="7"), *corrections)}) == 3
