"""What the processor notices about time and numbering, and which record stands as the newest."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from botocore.exceptions import ClientError

from tests.integration.market.native_messages import KEY, MATCH, match

Fixture: TypeAlias = Any
START = 1_618_677_817_000_000_000


def test_a_late_tick_is_recorded_and_its_lateness_is_audited(bench: Fixture, native: Fixture) -> None:
    sent = native("coinbase", MATCH, 1_618_677_817_089_723_000 + 6_000_000_000)
    assert bench.processor().process(sent, bench.context)["outcomes"] == {"RECORDED": 1, "LATE": 1}
    (late,) = [one for one in bench.decisions() if one["act"] == "LATE"]
    assert (late["key"], late["obs"]) == (KEY, {"account": "123456789012", "late_ms": 6000})


def test_history_that_comes_with_a_subscription_is_marked_and_not_late(bench: Fixture, native: Fixture) -> None:
    sent = native("coinbase", MATCH | {"type": "last_match"}, 1_618_677_817_089_723_000 + 6_000_000_000)
    assert bench.processor().process(sent, bench.context)["outcomes"] == {"RECORDED": 1}
    assert bench.decisions()[0]["obs"] == {"account": "123456789012", "backfill": True}


def test_a_time_in_the_future_is_recorded_but_never_the_newest(bench: Fixture, canonical: Fixture) -> None:
    bench.processor().process(canonical(ts_event_ns="9000000000000000000", sequence="1"), bench.context)
    assert bench.decisions()[0]["obs"]["ahead_ms"] > 0
    assert bench.items(prefix="LATEST#") == []


def test_a_receipt_in_the_future_vouches_for_no_time(bench: Fixture, canonical: Fixture) -> None:
    future = 9_000_000_000_000_000_000
    bench.processor().process(canonical(future, ts_event_ns=str(future), sequence="1"), bench.context)
    assert bench.decisions()[0]["obs"]["ahead_ms"] > 0
    assert bench.items(prefix="LATEST#") == []


def test_the_newest_trade_is_replaced_only_by_a_newer_one(bench: Fixture, canonical: Fixture) -> None:
    processor = bench.processor()
    for ts, sequence in ((1000, 5), (900, 9), (1000, 4), (1000, 6)):
        detail = {"ts_event_ns": str(START + ts), "sequence": str(sequence)}
        processor.process(canonical(**detail), bench.context)
    (latest,) = bench.items(prefix="LATEST#IBM")
    assert (latest["sk"]["S"], int(latest["ts"]["S"])) == ("trade#nyse", START + 1000)
    assert json.loads(latest["body"]["S"])["sequence"] == "6"


def test_a_clock_half_a_minute_ahead_pins_nothing(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    for number, time in ((1, "16:44:07"), (2, "16:43:38")):
        message = MATCH | {"trade_id": number, "time": f"2021-04-17T{time}.000000Z"}
        processor.process(native("coinbase", message, 1_618_677_817_000_000_000 + number * 10**9), bench.context)
    (latest,) = bench.items(prefix="LATEST#")
    assert json.loads(latest["body"]["S"])["trade_id"] == "2"


def test_one_glitch_of_a_number_pins_nothing(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    for place, number in enumerate((100, 10**15, 101)):
        processor.process(native("coinbase", match(100 + place, trade_id=number)), bench.context)
    (latest,) = bench.items(prefix="LATEST#")
    assert json.loads(latest["body"]["S"])["trade_id"] == "101"


def test_a_crossed_quote_is_observed_and_a_locked_one_is_not(bench: Fixture, canonical: Fixture) -> None:
    processor = bench.processor()
    for bid in ("12.10", "12.11"):
        quote = {"type": "quote", "venue": "sip", "bid_price": bid, "ask_price": "12.10", "sequence": "1"}
        processor.process(canonical(**quote), bench.context)
    (crossed,) = [one for one in bench.decisions() if one["act"] == "CROSSED"]
    assert crossed["obs"] == {"account": "123456789012", "ask": "12.10", "bid": "12.11"}


def test_a_jump_in_the_venues_count_is_an_audited_gap_and_a_straggler_fills_it(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    for number in (100, 104, 102):
        processor.process(native("coinbase", match(number)), bench.context)
    observed = [one for one in bench.decisions() if one["act"] in {"GAP", "FILLED"}]
    assert [(one["act"], one["key"]) for one in observed] == [
        ("GAP", "coinbase#trade/SKL-BTC#101-103"),
        ("FILLED", "coinbase#trade/SKL-BTC#102-102"),
    ]
    assert observed[0]["obs"]["revealed_by"].endswith("#trade_id=104")


def test_what_is_missing_is_counted_up_and_what_comes_late_is_counted_down_again(
    bench: Fixture, native: Fixture, capsys: Fixture
) -> None:
    processor = bench.processor()
    for number in (100, 104, 102, 101, 103):
        processor.process(native("coinbase", match(number)), bench.context)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    counted = [line for line in lines if "Missing" in line]
    assert [line["Missing"] for line in counted] == [[3.0], [-1.0], [-1.0], [-1.0]]
    assert all(line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["service"]] for line in counted)


def test_a_batch_out_of_order_shows_only_what_is_really_missing(bench: Fixture, native: Fixture, sqs: Fixture) -> None:
    processor = bench.processor()
    processor.process(native("coinbase", match(100)), bench.context)
    processor.process(sqs(*(native("coinbase", match(number)) for number in (103, 101, 105))), bench.context)
    gaps = [one["key"].rpartition("#")[2] for one in bench.decisions() if one["act"] == "GAP"]
    assert gaps == ["102-102", "104-104"]


def test_a_venue_that_starts_to_count_again_is_a_reset_and_no_gap(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    processor.process(native("coinbase", match(100)), bench.context)
    processor.process(
        native("coinbase", match(5, time="2021-04-17T19:00:00Z"), 1_618_686_000_000_000_000), bench.context
    )
    processor.process(
        native("coinbase", match(6, time="2021-04-17T19:00:01Z"), 1_618_686_001_000_000_000), bench.context
    )
    assert [one["act"] for one in bench.decisions() if one["act"] not in {"RECORDED", "LATE"}] == ["RESET"]


def test_a_feed_that_begins_to_number_its_trades_replaces_one_that_did_not(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    processor.process(
        native("kraken", [1, [["1", "2", "1618677816.5", "s", "l", ""]], "trade", "XBT/USD"]), bench.context
    )
    trade = {"symbol": "BTC/USD", "side": "buy", "price": 3, "qty": 4, "timestamp": "2021-04-17T16:43:37Z"}
    for number in (7, 9):
        message = {"channel": "trade", "type": "update", "data": [trade | {"trade_id": number}]}
        processor.process(native("kraken", message), bench.context)
    (latest,) = bench.items(prefix="LATEST#BTC-USD")
    assert json.loads(latest["body"]["S"])["trade_id"] == "9"
    assert [one["key"] for one in bench.decisions() if one["act"] in {"GAP", "FILLED", "RESET"}] == [
        "kraken#trade/BTC/USD#8-8"
    ]


def test_a_record_stays_when_the_newest_cannot_be_written(bench: Fixture, native: Fixture, capsys: Fixture) -> None:
    class Broken:
        transact_write_items = bench.client.transact_write_items

        def put_item(self, **arguments: Fixture) -> Fixture:
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": "slow"}}, "PutItem")

    real, bench.client = bench.client, Broken()
    assert bench.processor().process(native("coinbase", MATCH), bench.context) == {"outcomes": {"RECORDED": 1}}
    bench.client = real
    assert bench.items(prefix="trade#")
    assert "newest record not written" in capsys.readouterr().out
