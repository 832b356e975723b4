"""DBN records as events: what goes where, what is kept beside, and that two are never taken for one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tapeproof.market.canonical import parse_canonical
from tapeproof.ops.databento.decoding import DbnFile, DbnRecord
from tapeproof.ops.databento.events import EventMaker

AT, RECEIVED = 1_718_000_000_000_000_000, 1_718_000_000_000_150_000
Json = Any


def made(kind: str, schema: str = "mbo", **members: int | str) -> list[Json]:
    """Return the events of a record of instrument 7, which is ESM4."""
    file = DbnFile(Path("x.dbn"), "GLBX.MDP3", schema, {"ESM4": (("2024-06-01", "2024-07-01", "7"),)})
    head: dict[str, int | str] = {"publisher_id": 1, "instrument_id": 7, "ts_event": AT, "ts_recv": RECEIVED}
    whole = {name: value for name, value in (head | members).items() if value != ""}
    events = EventMaker(file).make(DbnRecord(kind, whole))
    for event in events:
        parse_canonical(json.loads(json.dumps(event)), 0)  # refuses what does not fit
    return events


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("A", {"type": "order", "action": "add", "order_id": "5", "size": "3"}),
        ("C", {"type": "order", "action": "cancel", "size": "3"}),
        ("M", {"type": "order", "action": "modify"}),
        ("F", {"type": "order", "action": "fill"}),
        ("R", {"type": "order", "action": "clear"}),
        ("T", {"type": "trade", "price": "10.5", "size": "3", "side": "sell"}),
        ("N", {"type": "status", "kind": "dbn:mbo"}),
        ("?", {"type": "status", "kind": "dbn:mbo"}),
    ],
)
def test_an_action_of_the_order_book(action: str, expected: Json) -> None:
    (event,) = made("MBOMsg", action=action, side="A", price=10_500_000_000, size=3, order_id=5, flags=128)
    assert expected.items() <= event.items()
    assert event["extra"]["dbn"]["action"] == action
    assert event["symbol"] == "ESM4"


def test_orders_of_a_snapshot_say_so() -> None:
    (event,) = made("MBOMsg", action="A", side="B", price=1, size=3, order_id=5, flags=40)
    assert event["is_snapshot"] is True
    assert event["side"] == "buy"


@pytest.mark.parametrize(
    ("schema", "kinds"), [("mbp-1", ["trade", "quote"]), ("tbbo", ["quote", "trade"]), ("cmbp-1", ["trade", "quote"])]
)
def test_a_trade_stands_before_the_quote_that_it_left_and_behind_the_one_it_met(schema: str, kinds: list[str]) -> None:
    members = {"action": "T", "side": "N", "price": 10_000_000_000, "size": 2, "bid_px_00": 9_000_000_000}
    events = made("MBP1Msg", schema, **members, bid_sz_00=4, ask_sz_00=0)
    assert [one["type"] for one in events] == kinds
    (quote,) = (one for one in events if one["type"] == "quote")
    assert (quote["bid_price"], quote["bid_size"]) == ("9", "4")
    assert "ask_price" not in quote
    (trade,) = (one for one in events if one["type"] == "trade")
    assert (trade["price"], trade["size"], trade.get("side")) == ("10", "2", None)


def test_a_sampled_quote_is_of_the_end_of_its_interval_and_not_of_the_last_trade() -> None:
    (event,) = made("BBOMsg", "bbo-1s", bid_px_00=1, bid_sz_00=2)
    assert event["ts_event_ns"] == str(RECEIVED)
    assert event["extra"]["dbn"]["ts_event"] == str(AT)


def test_ten_levels_are_a_whole_book_and_empty_ones_are_not_there() -> None:
    levels = {"bid_px_00": 5_000_000_000, "bid_sz_00": 1, "bid_ct_00": 2, "bid_sz_01": 0, "bid_ct_01": 0}
    (book,) = made("MBP10Msg", "mbp-10", action="A", **levels)
    assert (book["bids"], book["asks"], book["action"]) == ([["5", "1"]], [], "snapshot")
    assert book["order_counts"] == {"bids": ["2"], "asks": []}


@pytest.mark.parametrize(
    ("rtype", "interval", "seconds"), [(32, "1s", 1), (33, "1m", 60), (34, "1h", 3600), (35, "1d", 86400)]
)
def test_a_bar_is_known_when_it_ends(rtype: int, interval: str, seconds: int) -> None:
    prices = dict.fromkeys(("open", "high", "low", "close"), 1_000_000_000)
    (bar,) = made("OHLCVMsg", "ohlcv", rtype=rtype, ts_recv="", volume=9, **prices)
    assert (bar["interval"], bar["close"], bar["start_ns"]) == (interval, "1", str(AT))
    assert int(bar["received_ns"]) == AT + seconds * 1_000_000_000


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"stat_type": 3, "price": -37_630_000_000}, {"kind": "settlement_price", "value": "-37.63"}),
        ({"stat_type": 6, "quantity": 12}, {"kind": "cleared_volume", "value": "12"}),
        ({"stat_type": 9, "quantity": 5}, {"type": "open_interest", "amount": "5"}),
        ({"stat_type": 9}, {"type": "status", "kind": "statistic:open_interest"}),
        ({"stat_type": 77, "price": 1_000_000_000}, {"kind": "stat_77", "value": "1"}),
        ({"stat_type": 10_001, "quantity": 1}, {"kind": "stat_10001"}),
    ],
)
def test_a_statistic_is_a_price_or_a_quantity(members: Json, expected: Json) -> None:
    (event,) = made("StatMsg", "statistics", **members)
    assert expected.items() <= event.items()


def test_a_definition_says_what_it_says_and_no_more() -> None:
    members = {"instrument_class": "C", "strike_price": 4_250_000_000_000, "expiration": AT, "raw_symbol": "ESM4 C4250"}
    (option,) = made("InstrumentDefMsg", "definition", **members, currency="USD", unit_of_measure_qty=50_000_000_000)
    expected = {"asset_class": "option", "option_kind": "call", "strike": "4250", "multiplier": "50", "currency": "USD"}
    assert expected.items() <= option.items()
    (stock,) = made("InstrumentDefMsg", "definition", instrument_class="K")
    assert not {"strike", "expiry_ns", "multiplier", "option_kind", "currency"} & stock.keys()


def test_what_has_no_price_or_no_time_is_not_given_one() -> None:
    (event,) = made("TradeMsg", "trades", size=1, action="T")
    assert event["type"] == "status"
    (event,) = made("TradeMsg", "trades", size=1, price=1, ts_event="")
    assert "ts_event_ns" not in event


@pytest.mark.parametrize("kind", ["ErrorMsg", "SystemMsg", "LaterMsg"])
def test_what_the_gateway_says_concerns_the_whole_venue(kind: str) -> None:
    (event,) = made(kind, "", msg="Heartbeat", code=0)
    assert (event["type"], event["symbol"], event["extra"]["dbn"]["msg"]) == ("status", "*", "Heartbeat")


def test_equal_fills_of_one_packet_are_two_whatever_stands_between_them() -> None:
    file = DbnFile(Path("x.dbn"), "GLBX.MDP3", "trades", {})
    maker = EventMaker(file)
    keys = []
    for number in (7, 8, 7, 8, 7):
        members: dict[str, int | str] = {
            "instrument_id": number,
            "ts_event": AT,
            "ts_recv": RECEIVED,
            "price": 1,
            "size": 1,
        }
        keys += [parse_canonical(one, 0).key for one in maker.make(DbnRecord("TradeMsg", members))]
    assert len(set(keys)) == 5


def test_a_symbol_is_that_of_the_day_or_what_the_stream_told() -> None:
    file = DbnFile(Path("x.dbn"), "XNAS.ITCH", "", {"MSFT": (("2024-06-09", "2024-06-10", "7"),)})
    maker = EventMaker(file)
    record = DbnRecord("TradeMsg", {"instrument_id": 7, "ts_event": AT, "ts_recv": RECEIVED, "price": 1, "size": 1})
    assert maker.make(record)[0]["symbol"] == "7"  # the mapping ended the day before
    maker.make(DbnRecord("SymbolMappingMsg", {"instrument_id": 7, "stype_out_symbol": "AAPL", "ts_event": AT}))
    event = maker.make(record)[0]
    assert (event["symbol"], event["channel"], event["venue"]) == ("AAPL", "live", "xnas-itch")
