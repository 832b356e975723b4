"""What a record says of itself: identity, key, body, and what is no part of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tapeproof.market import model
from tapeproof.market.errors import Rejection

DAY = 86_400_000_000_000
NOW = 1_718_000_000_000_000_000
ORIGIN = model.Origin("acme", NOW, "raw")


def head(**more: Any) -> model.Head:  # noqa: ANN401 - of Origin.head
    return ORIGIN.head("A-B", "ab", **({"ts_event_ns": NOW} | more))


def trade(**more: Any) -> model.Trade:  # noqa: ANN401 - of Trade
    return model.Trade(**head(), **({"price": "1", "size": "2"} | more))


def quote(**more: Any) -> model.Quote:  # noqa: ANN401 - of Quote
    return model.Quote(**head(), **more)


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
    found = model.without_empty_sides(quote(**given))
    assert isinstance(found, model.Quote)
    assert (found.bid_price, found.bid_size, found.ask_price, found.ask_size) == kept


def test_other_records_keep_their_zeros() -> None:
    empty = trade(price="0", size="0")
    assert model.without_empty_sides(empty) is empty


def test_receipt_history_and_place_are_no_part_of_the_body() -> None:
    first = trade(trade_id="7")
    again = replace(first, received_ns=NOW + 5, backfill=True, place="elsewhere.0")
    assert (first.key, first.body) == (again.key, again.body)
    assert first.key == "trade#acme#A-B#20240610#trade_id=7"


def test_no_number_stands_in_a_body() -> None:
    text = trade(trade_id="7").body
    assert all(isinstance(value, str) for value in json.loads(text).values())


def test_without_an_identity_the_place_in_the_delivery_tells_two_apart() -> None:
    one, two = (model.place_record(trade(), "d", number) for number in (0, 1))
    assert (one.identifier, two.identifier) == ("@d.0", "@d.1")
    assert model.place_record(trade(trade_id="7"), "d", 0).place == ""


def test_a_correction_is_another_event_than_its_trade_and_than_the_correction_before() -> None:
    corrections = [replace(trade(trade_id="7", action="correct"), ts_event_ns=NOW + n) for n in (0, 1)]
    assert len({one.key for one in (trade(trade_id="7"), *corrections)}) == 3


@pytest.mark.parametrize(
    ("ts_event_ns", "unit"),
    [(NOW // 1_000, "microseconds"), (NOW // 1_000_000, "milliseconds"), (NOW // 1_000_000_000, "seconds")],
)
def test_a_time_in_a_wrong_unit_is_refused_and_the_right_one_named(ts_event_ns: int, unit: str) -> None:
    with pytest.raises(Rejection, match=unit):
        head(ts_event_ns=ts_event_ns)
    assert head(ts_event_ns=ts_event_ns, backfill=True)["ts_event_ns"] == ts_event_ns


def test_a_time_that_is_not_there_is_the_receipts_and_says_so() -> None:
    found = head(ts_event_ns=None)
    assert (found["ts_event_ns"], found["ts_source"]) == (NOW, "received")


@pytest.mark.parametrize(
    ("state", "trades"),
    [("trading", True), ("TRADING", True), ("online", True), ("halt", False), ("SETTLING", False), ("", None)],
)
def test_a_status_says_whether_the_instrument_trades(state: str, trades: bool | None) -> None:
    assert model.Status(**head(), kind="trading", state=state).is_trading is trades


def test_a_name_of_a_delivery_is_of_its_venue_receipt_and_text() -> None:
    names = {model.delivery_name(*one) for one in (("a", 1, "x"), ("b", 1, "x"), ("a", 2, "x"), ("a", 1, "y"))}
    assert len(names) == 4
    assert model.delivery_name("a", 1, "\udcff") == model.delivery_name("a", 1, "\udcff")
