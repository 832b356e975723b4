"""Records as they lie in a table, also in one of the first format, whose items the program of that time wrote.

``format_1.json`` holds them as they were written: four trades of two venues, a quote, three books of which one is
continued in parts, a conflicting body, a rejected message and the newest records.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from handlers import processor

from tapeproof.market.keys import KeyLayout
from tapeproof.market.memory import MemoryTables
from tapeproof.market.store import MarketStore
from tapeproof.market.stored import stored_of
from tests.market_bench import ENVIRONMENT, MARKET, Bench, make_event

START = 1_718_000_000_000_000_000
END = START + 1_000_000_000
LAYOUT = KeyLayout(minute_shards=4, hour_shards=4)
PART = "#p0"
Json = Any


def old_items() -> list[Json]:
    given = json.loads(Path(__file__).with_name("format_1.json").read_text(encoding="utf-8"))
    return [{name: _value(*one.popitem()) for name, one in item.items()} for item in given]


def _value(kind: str, text: Json) -> Json:
    return {kind: base64.b64decode(text) if kind == "B" else text}


@pytest.fixture
def tables() -> MemoryTables:
    made = MemoryTables()
    for item in old_items():
        made.put_item(TableName=MARKET, Item=item)
    return made


@pytest.fixture
def store(tables: MemoryTables) -> MarketStore:
    return MarketStore(tables, MARKET, LAYOUT, workers=1)


def test_trades_of_the_first_format_come_in_the_order_of_their_time(store: MarketStore) -> None:
    trades = [one.record for one in store.trades("BTC-USD", START, END)]
    prices = [(one.venue, one.document()["price"]) for one in trades]
    # The body that was in conflict with the second trade is read beside it.
    assert prices == [
        ("coinbase", "67000.10"),
        ("coinbase", "67000.20"),
        ("coinbase", "67000.30"),
        ("coinbase", "67000.10"),
        ("kraken", "67000.1"),
    ]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_hold_the_same_as_the_whole(store: MarketStore, size: int) -> None:
    found, after = [], None
    while True:
        page = store.trades_page("BTC-USD", START, END, size=size, after=after)
        found += [one.body for one in page.items]
        if (after := page.token) is None:
            break
    assert found == [one.body for one in store.trades("BTC-USD", START, END)]


def test_a_venue_is_read_by_receipt_with_all_its_types(store: MarketStore) -> None:
    kinds = [one.record.type for one in store.by_exchange("coinbase", START, END)]
    assert {kind: kinds.count(kind) for kind in kinds} == {"book": 3, "trade": 4, "quote": 1}


def test_the_newest_are_what_they_were(store: MarketStore) -> None:
    newest = {(one.record.venue, one.record.type): one.record.ts_event_ns for one in store.latest("BTC-USD")}
    assert newest == {
        ("coinbase", "quote"): START + 350_000_000,
        ("coinbase", "trade"): START + 300_000_000,
        ("kraken", "trade"): START + 600_001_000,
    }


@pytest.mark.parametrize(
    "item", [one for one in old_items() if "evt" in one and "st_pk" in one], ids=lambda one: one["sk"]["S"]
)
def test_a_record_is_found_by_the_key_that_its_entry_names(store: MarketStore, item: Json) -> None:
    kind, venue, symbol, _ = item["pk"]["S"].split("#")
    key = f"{kind}#{venue}#{symbol}#{item['sk']['S']}"
    found = store.record(key)
    assert found is not None
    assert found.key == key
    if "parts" not in item:
        assert stored_of(item, item["body"]["S"]).key == key


def test_a_body_in_parts_is_whole(store: MarketStore) -> None:
    (whole,) = (one for one in store.records("book", "BTC-USD", START, END) if len(one.body) > 4_096)
    assert len(whole.record.document()["bids"]) == 400


def test_the_salted_hash_of_a_body_is_what_its_entry_holds(store: MarketStore) -> None:
    pay = {item["evt"]["S"]: bytes(item["a_pay"]["B"]).hex() for item in old_items() if "a_pay" in item}
    found = [*store.by_exchange("coinbase", START, END), *store.by_exchange("kraken", START, END)]
    assert {one.event_id: one.payload_hash for one in found if one.event_id in pay}.items() <= pay.items()


def test_gaps_conflicts_and_rejections_are_found_again(store: MarketStore) -> None:
    assert [(one.first, one.last) for one in store.gaps("coinbase", "BTC-USD", START, END)] == [(3, 4)]
    (other,) = store.conflicts(f"trade#coinbase#BTC-USD#{START + 200_000_000}#{2:020d}")
    assert json.loads(other)["price"] == "67000.30"
    (rejected,) = store.read_rejected("coinbase", START, END)
    assert rejected.reason.startswith("not-json")


def test_a_book_of_the_first_format_is_built_in_the_order_of_its_times(store: MarketStore) -> None:
    (before,) = store.book("BTC-USD", "coinbase", START + 450_000_000)
    assert before.bids == (("66999.5", "3"), ("66999", "2"))
    (after,) = store.book("BTC-USD", "coinbase", END)
    assert len(after.bids) == 400


def test_what_is_written_now_stands_behind_what_was(tables: MemoryTables, store: MarketStore) -> None:
    bench = Bench(tables)
    writer = processor.build(ENVIRONMENT | {"HOUR_SHARDS": "4", "POWERTOOLS_SERVICE_NAME": bench.service}, tables)
    raw = {"type": "match", "trade_id": 6, "side": "sell", "size": "1", "price": "67001", "product_id": "BTC-USD"}
    detail = {"schema": "native/1", "venue": "coinbase", "raw": json.dumps(raw | {"time": "2024-06-10T06:13:20.9Z"})}
    answer = writer.process(make_event("marketdata.coinbase", detail, START + 900_000_000), bench.context)
    assert answer["outcomes"]["RECORDED"] == 1
    trades = [one.record for one in store.trades("BTC-USD", START, END, venue="coinbase")]
    assert [one.sequence for one in trades] == [1, 2, 2, 5, 6]
    (newest,) = (
        one.record for one in store.latest("BTC-USD") if (one.record.venue, one.record.type) == ("coinbase", "trade")
    )
    assert newest.sequence == 6
