"""Keys of the market table: what lies where, and in which order it is read."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market import keys
from tapeproof.market.model import Book, Status, Trade

NOW = 1_718_000_000_123_456_789  # 2024-06-10T06:13:20Z
DAY_NS = 86_400 * 10**9
HEAD: dict[str, Any] = {"venue": "v", "symbol": "A-B", "native_symbol": "ab", "ts_source": "venue"}


def trade(event_ns: int = NOW, received_ns: int = NOW, **more: Any) -> Trade:  # noqa: ANN401 - of Trade
    whole = {"price": "1", "size": "2", "trade_id": "7"} | more
    return Trade(**HEAD, ts_event_ns=event_ns, received_ns=received_ns, **whole)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"received_ns": NOW}, {"received_ns": NOW + 1}),
        ({"sequence": 9}, {"sequence": 10}),
        ({"sequence": 2, "index": 9}, {"sequence": 2, "index": 10}),
        ({"sequence": 2, "index": 999_998}, {"sequence": 2, "index": 1_000_000}),
        ({"sequence": 1 << 63}, {"sequence": (1 << 64) - 1}),
    ],
)
def test_the_order_of_arrival_is_that_of_receipt_then_of_the_publishers_numbers(
    earlier: dict[str, int], later: dict[str, int]
) -> None:
    first, second = (keys.arrival_text(trade(**one), 5, ranked=True) for one in (earlier, later))
    assert first < second


def test_what_a_venue_numbers_says_nothing_about_arrival_and_the_decision_does() -> None:
    assert keys.arrival_text(trade(sequence=9), 1) < keys.arrival_text(trade(sequence=1), 2)
    assert keys.arrival_text(trade(), 1, 0) < keys.arrival_text(trade(), 1, 1)


def test_a_second_delivery_of_an_event_has_the_tables_key_of_the_first() -> None:
    layout = keys.KeyLayout()
    one, two = (
        layout.keys(trade(received_ns=ns), keys.arrival_text(trade(received_ns=ns), ns)) for ns in (NOW, NOW + 9)
    )
    assert (one["pk"], one["sk"]) == (two["pk"], two["sk"]) == ("trade#v#A-B#20240610", "trade_id=7")
    assert one["st_sk"] != two["st_sk"]


def test_a_trade_is_filed_by_its_event_and_a_book_by_its_receipt() -> None:
    layout = keys.KeyLayout(hour_shards=1)
    late = layout.keys(trade(received_ns=NOW + DAY_NS), "x")
    assert late["st_pk"] == "A-B#trade#2024061006"
    assert late["et_pk"].startswith("v#202406110613#")
    book = Book(**HEAD, ts_event_ns=NOW, received_ns=NOW + DAY_NS, action="delta", bids=(), asks=(), place="d.0")
    assert layout.keys(book, "x")["st_pk"] == "A-B#book#2024061106"


@pytest.mark.parametrize("shards", [1, 2, 7, 64])
def test_readers_ask_all_partitions_that_a_writer_may_choose(shards: int) -> None:
    layout = keys.KeyLayout(minute_shards=shards, hour_shards=shards)
    for number in range(50):
        made = layout.keys(trade(trade_id=str(number)), f"{number:05d}")
        assert made["st_pk"] in layout.symbol_partitions("trade", "A-B", "2024061006")
        assert made["et_pk"] in layout.exchange_partitions("v", "202406100613")


def test_the_first_partition_has_the_name_that_tables_had_before_there_were_several() -> None:
    assert keys.KeyLayout(hour_shards=3).symbol_partitions("trade", "A", "h") == [
        "A#trade#h",
        "A#trade#h#1",
        "A#trade#h#2",
    ]
    assert keys.kept_partitions("REJECTED#v#h")[0] == "REJECTED#v#h"
    assert keys.rejection_partition("v", NOW) == "REJECTED#v#2024061006"


@pytest.mark.parametrize("evt", ["a", "b", "c", "d", "e", "f", "g", "h", "i"])
def test_what_was_rejected_lies_in_one_of_the_partitions_that_are_read(evt: str) -> None:
    assert keys.rejection_partition("v", NOW, evt) in keys.kept_partitions("REJECTED#v#2024061006")
    assert keys.quarantine_partition("s", NOW, evt) in keys.kept_partitions("QUARANTINED#s#2024061006")


def test_a_status_of_the_whole_venue_has_a_key_too() -> None:
    status = Status(**HEAD | {"symbol": "*"}, ts_event_ns=NOW, received_ns=NOW, kind="heartbeat", place="d.0")
    assert keys.KeyLayout().keys(status, "x")["pk"] == "status#v#*#20240610"
