"""The read side, on what the processor really wrote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import pytest

from tapeproof.log.entry import parse
from tapeproof.market.errors import StoreError
from tapeproof.market.gaps import Gap
from tapeproof.market.keys import HOUR_NS, MINUTE_NS, KeyLayout
from tapeproof.market.store import MarketStore

Fixture: TypeAlias = Any

# Ten minutes before the end of an hour, so that the ranges below cross hours and minutes.
START = 1_700_002_200_000_000_000
STEP = MINUTE_NS


def store(bench: Fixture, **layout: int) -> MarketStore:
    return MarketStore(bench.client, "table-market-test", KeyLayout(**{"minute_shards": 4} | layout))


@pytest.fixture
def session(bench: Fixture, canonical: Fixture, sqs: Fixture) -> Fixture:
    """Twelve trades of each of two venues and three symbols, over twelve minutes."""
    events = [
        canonical(
            START + number * STEP + len(venue) + 1_000,
            venue=venue,
            symbol=symbol,
            ts_event_ns=str(START + number * STEP + len(venue)),
            sequence=str(number),
        )
        for number in range(12)
        for venue in ("nyse", "lse")
        for symbol in ("IBM", "VOD", "BP")
    ]
    bench.processor().process(sqs(*events), bench.context)
    return bench


def test_trades_of_a_symbol_come_in_time_order_across_hours_and_venues(session: Fixture) -> None:
    found = list(store(session).trades("IBM", START, START + 12 * STEP))
    assert len(found) == 24
    times = [one.record.ts_event_ns for one in found]
    assert times == sorted(times)
    assert {one.record.venue for one in found} == {"nyse", "lse"}
    assert {one.record.symbol for one in found} == {"IBM"}


def test_a_range_holds_its_start_and_not_its_end(session: Fixture) -> None:
    reader = store(session)
    first, second = START + 3, START + STEP + 3
    assert [one.record.sequence for one in reader.trades("IBM", first, second, venue="lse")] == [0]
    assert [one.record.sequence for one in reader.trades("IBM", first, second + 1, venue="lse")] == [0, 1]
    assert [one.record.sequence for one in reader.trades("IBM", first + 1, second + 1, venue="lse")] == [1]
    assert [one.record.sequence for one in reader.trades("IBM", first, second)] == [0, 0]


def test_records_of_an_exchange_come_in_time_order_across_minutes_and_shards(session: Fixture) -> None:
    found = list(store(session).by_exchange("lse", START, START + 12 * STEP))
    assert len(found) == 36
    times = [one.record.ts_event_ns for one in found]
    assert times == sorted(times)
    assert {one.record.venue for one in found} == {"lse"}


@pytest.mark.parametrize("size", [1, 7, 24])
@pytest.mark.parametrize("venue", [None, "nyse"])
def test_pages_hold_every_trade_once_and_in_order(session: Fixture, size: int, venue: str | None) -> None:
    reader, pages, after = store(session), [], None
    while True:
        page = reader.trades_page("VOD", START, START + 12 * STEP, venue=venue, size=size, after=after)
        assert len(page.items) <= size
        pages += page.items
        if (after := page.token) is None:
            break
    assert pages == list(reader.trades("VOD", START, START + 12 * STEP, venue=venue))


def test_pages_of_an_exchange_hold_every_record_once_and_in_order(session: Fixture) -> None:
    reader, pages, after = store(session), [], None
    while True:
        page = reader.by_exchange_page("nyse", START, START + 12 * STEP, size=11, after=after)
        pages += page.items
        if (after := page.token) is None:
            break
    assert pages == list(reader.by_exchange("nyse", START, START + 12 * STEP))


def test_a_token_of_another_question_or_a_damaged_one_is_refused(session: Fixture) -> None:
    reader = store(session)
    token = reader.trades_page("VOD", START, START + HOUR_NS, size=1).token
    assert token
    with pytest.raises(StoreError, match="another question"):
        reader.trades_page("IBM", START, START + HOUR_NS, size=1, after=token)
    for damaged in ("", "!", token[:-6], "WyJhIl0", "bnVsbA"):
        with pytest.raises(StoreError, match="token"):
            reader.trades_page("VOD", START, START + HOUR_NS, size=1, after=damaged)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-1, 5), (0, 10**19 + 1)])
def test_a_range_that_is_none_is_refused(bench: Fixture, start: int, end: int) -> None:
    with pytest.raises(StoreError, match="range"):
        list(store(bench).trades("IBM", start, end))


def test_the_newest_of_a_symbol_comes_from_every_venue(session: Fixture) -> None:
    found = store(session).latest("IBM")
    assert [(one.record.venue, one.record.sequence) for one in found] == [("lse", 11), ("nyse", 11)]
    assert store(session).latest("NONE") == []


def test_one_record_is_found_by_its_key_with_the_entry_that_proves_it(session: Fixture) -> None:
    key = next(one.key for one in store(session).trades("BP", START, START + 12 * STEP, venue="lse"))
    found = store(session).record(key)
    assert found
    assert key.startswith("trade#lse#BP#20231114#@")
    assert found.record.key == key
    answer = session.client.get_item(
        TableName="table-audit-test",
        Key={"pk": {"S": f"L#{found.audit.lane}"}, "sk": {"S": f"{found.audit.sequence:010d}"}},
    )
    decision = parse(answer["Item"]["b"]["B"]).decisions[found.audit.item]
    assert answer["Item"]["h"]["B"] == found.audit.entry_hash
    assert (decision["key"], decision["pay"], decision["evt"]) == (key, found.payload_hash, found.event_id)


def test_a_record_that_is_not_there_is_none(bench: Fixture) -> None:
    assert store(bench).record("trade#lse#BP#20231114#trade_id=1") is None
    assert store(bench).record(f"trade#lse#BP#{START}#{1:020d}") is None


@pytest.mark.parametrize(
    "key",
    [
        "",
        "trade#lse#BP#5",
        "swap#lse#BP#20231114#1",
        "trade#lse#BP#5#1",
        "trade#l#B#20231114#",
        f"trade#l#B#{10**19}#1",
    ],
)
def test_a_key_that_is_none_is_refused(bench: Fixture, key: str) -> None:
    with pytest.raises(StoreError, match="natural key"):
        store(bench).record(key)


@pytest.mark.parametrize("shards", [1, 3])
def test_records_spread_over_shards_are_found_in_order(
    bench: Fixture, canonical: Fixture, sqs: Fixture, shards: int
) -> None:
    events = [canonical(START, ts_event_ns=str(START + number), sequence="1") for number in range(12)]
    bench.processor(RECORD_SHARDS=str(shards)).process(sqs(*events), bench.context)
    reader = store(bench, record_shards=shards)
    found = list(reader.trades("IBM", START, START + 100, venue="nyse"))
    assert [one.record.ts_event_ns - START for one in found] == list(range(12))
    assert all(reader.record(one.record.key) == one for one in found)
    assert len({item["pk"]["S"] for item in bench.items(prefix="trade#")}) == shards


def _minute_of_trades(canonical: Fixture, first: int) -> list[dict[str, Any]]:
    return [
        canonical(START, venue=venue, ts_event_ns=str(START + first + number), sequence=str(number))
        for number in range(20)
        for venue in ("nyse", "lse")
    ]


@pytest.mark.parametrize("shards", [1, 2, 5])
def test_one_symbol_spreads_over_the_shards_of_its_hour_and_is_read_in_order(
    bench: Fixture, canonical: Fixture, sqs: Fixture, shards: int
) -> None:
    bench.processor(HOUR_SHARDS=str(shards)).process(sqs(*_minute_of_trades(canonical, 0)), bench.context)
    assert len({item["st_pk"]["S"] for item in bench.items(prefix="trade#")}) == shards
    reader, pages, after = store(bench, hour_shards=shards), [], None
    while True:
        page = reader.trades_page("IBM", START, START + 100, size=7, after=after)
        pages += page.items
        if (after := page.token) is None:
            break
    assert pages == list(reader.trades("IBM", START, START + 100))
    assert [(one.record.sequence, one.record.venue) for one in pages] == [
        (number, venue) for number in range(20) for venue in ("nyse", "lse")
    ]


def test_one_busy_symbol_of_a_venue_fills_every_shard_of_its_minute(
    bench: Fixture, canonical: Fixture, sqs: Fixture
) -> None:
    bench.processor(MINUTE_SHARDS="3").process(sqs(*_minute_of_trades(canonical, 0)), bench.context)
    written = {item["et_pk"]["S"] for item in bench.items(prefix="trade#nyse#")}
    assert written == set(KeyLayout(minute_shards=3).exchange_partitions("nyse", "202311142250"))
    found = [one.record.sequence for one in store(bench, minute_shards=3).by_exchange("nyse", START, START + 100)]
    assert found == list(range(20))


@pytest.mark.parametrize(("name", "setting"), [("hour_shards", "HOUR_SHARDS"), ("minute_shards", "MINUTE_SHARDS")])
def test_after_an_index_got_more_shards_what_was_written_before_is_still_read(
    bench: Fixture, canonical: Fixture, sqs: Fixture, name: str, setting: str
) -> None:
    for shards, first in ((1, 0), (3, 50)):
        bench.processor(**{setting: str(shards)}).process(sqs(*_minute_of_trades(canonical, first)), bench.context)
    reader = store(bench, **{name: 3})
    assert len(list(reader.trades("IBM", START, START + 100))) == 80
    assert len(list(reader.by_exchange("nyse", START, START + 100))) == 40


def test_a_book_in_parts_is_read_whole_by_every_way(bench: Fixture, native: Fixture) -> None:
    levels = [[f"{number}.12345678", "1.00000000"] for number in range(6000)]
    message = {"type": "snapshot", "product_id": "A-B", "bids": levels, "asks": [], "time": "2023-11-14T22:50:00Z"}
    bench.processor().process(native("coinbase", message, START), bench.context)
    reader, start = store(bench), START
    (by_table,) = reader.records("book", "A-B", start, start + 1, venue="coinbase")
    (by_symbol,) = reader.records("book", "A-B", start, start + 1)
    (by_exchange,) = reader.by_exchange("coinbase", start, start + 1)
    assert by_table == by_symbol == by_exchange == reader.record(by_table.record.key)
    assert len(by_table.record.bids) == 6000


def test_a_missing_part_is_an_error_and_never_a_shorter_book(bench: Fixture, native: Fixture) -> None:
    levels = [[f"{number}.12345678", "1.00000000"] for number in range(6000)]
    sent = native("coinbase", {"type": "snapshot", "product_id": "A-B", "bids": levels, "asks": []}, START)
    bench.processor().process(sent, bench.context)
    part = bench.items(prefix="book#")[-1]
    bench.client.delete_item(TableName="table-market-test", Key={"pk": part["pk"], "sk": part["sk"]})
    with pytest.raises(StoreError, match="is missing"):
        list(store(bench).by_exchange("coinbase", START, START + 1))


def test_gaps_are_computed_from_the_records_so_a_straggler_leaves_none(
    bench: Fixture, canonical: Fixture, sqs: Fixture
) -> None:
    numbers = (5, 9, 6, 12)
    bench.processor().process(
        sqs(*(canonical(START, ts_event_ns=str(START + n), sequence=str(n), channel="A") for n in numbers)),
        bench.context,
    )
    assert store(bench).gaps("nyse", "IBM", START, START + 1000) == [Gap(7, 8), Gap(10, 11)]


def test_conflicting_bodies_are_found_beside_the_record(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    trade = {
        "type": "trade",
        "symbol": "BTCUSD",
        "event_id": 1,
        "timestamp": 1624493651491,
        "quantity": "1",
        "side": "buy",
    }
    for price in ("1", "2", "3"):
        processor.process(native("gemini", trade | {"price": price}), bench.context)
    record, *rest = store(bench).trades("BTC-USD", 1624493651491000000, 1624493651491000001)
    assert [one.record.price for one in (record, *rest)] == ["1", "2", "3"]
    others = store(bench).conflicts(record.record.key)
    assert sorted('"price":"2"' in body for body in others) == [False, True]


def test_a_conflicting_body_in_parts_is_joined_again(bench: Fixture, canonical: Fixture) -> None:
    processor = bench.processor()
    book = {
        "type": "book",
        "action": "snapshot",
        "asks": [],
        "ts_event_ns": str(START),
        "sequence": "1",
        "channel": "A",
    }
    for count in (1, 6000):
        bids = [[f"{number}.12345678", "1.00000000"] for number in range(count)]
        processor.process(canonical(START, bids=bids, **book), bench.context)
    stored, conflicting = store(bench).records("book", "IBM", START, START + 1)
    assert len(conflicting.record.bids) == 6000
    (other,) = store(bench).conflicts(stored.record.key)
    assert other.count("1.00000000") == 6000


def test_what_was_rejected_and_quarantined_can_be_read_and_delivered_again(
    bench: Fixture, native: Fixture, canonical: Fixture
) -> None:
    processor = bench.processor()
    bad, unknown = native("coinbase", "{", START), native("mars", "{}", START + HOUR_NS)
    processor.process(bad, bench.context)
    processor.process(unknown, bench.context)
    (rejected,) = store(bench).read_rejected("coinbase", START, START + 1)
    assert (rejected.event, rejected.event_id, rejected.received_ns) == (bad, bad["id"], START)
    assert rejected.reason.startswith("not-json")
    (kept,) = store(bench).read_quarantined("marketdata.mars", START, START + 2 * HOUR_NS)
    assert kept.event == unknown
    assert list(store(bench).read_rejected("coinbase", START + 1, START + HOUR_NS)) == []


def test_threads_share_a_store(session: Fixture) -> None:
    reader = store(session)
    expected = list(reader.trades("IBM", START, START + 12 * STEP))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: list(reader.trades("IBM", START, START + 12 * STEP)), range(8)))
    assert all(answer == expected for answer in answers)


def test_a_table_that_does_not_answer_is_a_clear_error(bench: Fixture) -> None:
    with pytest.raises(StoreError, match="table-none: the table could not be read") as caught:
        MarketStore(bench.client, "table-none").latest("IBM")
    assert caught.value.exit_status == 2


def test_an_item_that_was_tampered_with_is_an_error(session: Fixture) -> None:
    item = session.items(prefix="trade#lse#BP")[0]
    session.client.put_item(TableName="table-market-test", Item=item | {"body": {"S": "{}"}})
    with pytest.raises(StoreError, match="no record in this item"):
        list(store(session).by_exchange("lse", START, START + 12 * STEP))
