"""What lands where, for every way an event can end; the processor on tables in memory."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeAlias

import pytest

from tapeproof.log.entry import entry_hash
from tapeproof.log.writer import RefusedError
from tests.integration.market.native_messages import KEY, MATCH

Fixture: TypeAlias = Any


def test_a_trade_lands_with_its_entry_and_the_entry_proves_the_body(bench: Fixture, native: Fixture) -> None:
    sent = native("coinbase", MATCH)
    assert bench.processor().process(sent, bench.context) == {"outcomes": {"RECORDED": 1}}
    (item,) = bench.items(prefix="trade#")
    assert item["pk"]["S"] == "trade#coinbase#SKL-BTC#20210417"
    assert item["sk"]["S"] == "trade_id=100"
    assert item["st_sk"]["S"].startswith("1618677817100000000#")
    assert item["acc"]["S"] == "123456789012"
    assert item["st_pk"]["S"].startswith("SKL-BTC#trade#2021041716")
    assert item["et_pk"]["S"].startswith("coinbase#202104171643#")
    assert item["evt"]["S"] == sent["id"]
    (entry,) = bench.entries()
    assert (entry.fields["act"], entry.fields["key"], entry.fields["evt"]) == ("RECORDED", KEY, sent["id"])
    assert entry.fields["sseq"] == "100"
    assert item["a_lane"]["S"] == entry.lane
    stored = bench.items("table-audit-test", "L#")[0]
    assert item["a_hash"]["B"] == entry_hash(stored["b"]["B"]) == stored["h"]["B"]
    body = item["body"]["S"].encode()
    assert hashlib.sha256(item["salt"]["B"] + body).hexdigest() == entry.fields["pay"]
    assert json.loads(body)["price"] == "0.00001305"


def test_a_refused_transaction_leaves_neither_record_nor_entry(bench: Fixture, native: Fixture) -> None:
    bench.client.delete_table(TableName="table-audit-test")
    with pytest.raises(RefusedError):
        bench.processor().process(native("coinbase", MATCH), bench.context)
    assert bench.items() == []


def test_a_second_delivery_is_an_audited_duplicate(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    processor.process(native("coinbase", MATCH), bench.context)
    again = native("coinbase", MATCH | {"type": "last_match"}, 1_618_677_818_000_000_000)
    assert processor.process(again, bench.context) == {"outcomes": {"DUPLICATE": 1}}
    assert [one["act"] for one in bench.decisions()] == ["RECORDED", "DUPLICATE"]
    assert len(bench.items(prefix="trade#")) == 1


def test_another_body_under_the_same_key_is_a_conflict_and_both_are_kept(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    processor.process(native("coinbase", MATCH), bench.context)
    answer = processor.process(native("coinbase", MATCH | {"price": "9"}), bench.context)
    assert answer == {"outcomes": {"CONFLICT": 1}}
    assert '"price":"0.00001305"' in bench.items(prefix="trade#")[0]["body"]["S"]
    assert '"price":"9"' in bench.items(prefix="CONFLICT#")[0]["body"]["S"]
    (latest,) = bench.items(prefix="LATEST#")
    assert '"price":"0.00001305"' in latest["body"]["S"]


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ({"raw": "{"}, "not-json"),
        ({"raw": 5}, "bad-shape"),
        ({"schema": "native/9"}, "bad-schema"),
        ({"venue": "kraken"}, "venue-mismatch"),
        ({"venue": "Coin Base"}, "bad-venue"),
        ({"received_ns": "soon"}, "bad-integer"),
        ({"raw": '{"type":"match"}'}, "missing-field"),
    ],
)
def test_an_event_that_does_not_fit_is_rejected_and_kept_whole(
    bench: Fixture, native: Fixture, detail: dict[str, Any], code: str
) -> None:
    sent = native("coinbase", MATCH)
    sent["detail"] |= detail
    assert bench.processor().process(sent, bench.context) == {"outcomes": {"REJECTED": 1}}
    (item,) = bench.items(prefix="REJECTED#coinbase#2021041716")
    assert json.loads(item["body"]["S"]) == sent
    assert item["reason"]["S"].startswith(f"{code}: ")
    (decision,) = bench.decisions()
    assert (decision["act"], decision["obs"]["reason"]) == ("REJECTED", item["reason"]["S"])


@pytest.mark.parametrize("sent", [{}, [], None, "text", 5, {"source": "marketdata.kraken"}, {"Records": []}])
def test_what_is_no_event_at_all_is_rejected_and_kept(bench: Fixture, sent: Fixture) -> None:
    assert bench.processor().process(sent, bench.context) == {"outcomes": {"REJECTED": 1}}
    (item,) = bench.items(prefix="REJECTED#unknown#")
    assert json.loads(item["body"]["S"]) == sent


@pytest.mark.parametrize("body", ["{", '{"no":"event"}', "[]"])
def test_a_message_that_holds_no_event_delivered_again_is_a_duplicate(bench: Fixture, sqs: Fixture, body: str) -> None:
    processor = bench.processor()
    for _ in range(2):
        processor.process(sqs(body), bench.context)
    assert [one["act"] for one in bench.decisions()] == ["REJECTED", "DUPLICATE"]


def test_a_rejected_event_delivered_again_is_a_duplicate(bench: Fixture, native: Fixture) -> None:
    processor, sent = bench.processor(), native("coinbase", "{")
    processor.process(sent, bench.context)
    assert processor.process(sent, bench.context) == {"outcomes": {"DUPLICATE": 1}}


def test_the_quarantine_route_keeps_what_no_route_takes(bench: Fixture, native: Fixture) -> None:
    sent = native("nyse", "anything")
    assert bench.processor(ROUTE="quarantine").process(sent, bench.context) == {"outcomes": {"QUARANTINED": 1}}
    (item,) = bench.items(prefix="QUARANTINED#marketdata.nyse#2021041716")
    assert json.loads(item["body"]["S"]) == sent
    assert "no-route" in bench.decisions()[0]["obs"]["reason"]


def test_an_event_of_a_venue_without_a_module_is_quarantined_not_rejected(bench: Fixture, native: Fixture) -> None:
    assert bench.processor().process(native("nyse", "{}"), bench.context) == {"outcomes": {"QUARANTINED": 1}}


def test_a_canonical_event_needs_no_venue_module(bench: Fixture, canonical: Fixture) -> None:
    sent = canonical(ts_event_ns="1618677817000000000", sequence="5")
    assert bench.processor().process(sent, bench.context) == {"outcomes": {"RECORDED": 1}}
    assert bench.items(prefix="trade#nyse#IBM#20210417")


def test_a_number_that_lost_its_digits_on_the_way_is_rejected(bench: Fixture, canonical: Fixture) -> None:
    assert bench.processor().process(canonical(price=1.5), bench.context) == {"outcomes": {"REJECTED": 1}}


def test_an_oversized_book_is_stored_in_parts_in_one_transaction(bench: Fixture, native: Fixture) -> None:
    levels = [[f"{number}.12345678", "1.00000000"] for number in range(4000)]
    sent = native("coinbase", {"type": "snapshot", "product_id": "A-B", "bids": levels, "asks": []})
    assert bench.processor().process(sent, bench.context) == {"outcomes": {"RECORDED": 1}}
    parent, *parts = bench.items(prefix="book#")
    assert int(parent["parts"]["N"]) == len(parts) > 1
    assert len(bench.entries()) == 1
    body = "".join(item["body"]["S"] for item in (parent, *parts))
    assert len(json.loads(body)["bids"]) == 4000
    assert hashlib.sha256(parent["salt"]["B"] + body.encode()).hexdigest() == bench.decisions()[0]["pay"]
    assert all("st_pk" not in part for part in parts)
    assert bench.processor().process(sent, bench.context) == {"outcomes": {"DUPLICATE": 1}}


def test_a_gemini_subscription_becomes_a_book_and_its_trades_in_one_entry(bench: Fixture, native: Fixture) -> None:
    trades = [
        {
            "type": "trade",
            "symbol": "BTCUSD",
            "event_id": number,
            "timestamp": 1618677816000 + number,
            "price": "1",
            "quantity": "2",
            "side": "buy",
        }
        for number in range(50)
    ]
    sent = native("gemini", {"type": "l2_updates", "symbol": "BTCUSD", "changes": [], "trades": trades})
    assert bench.processor().process(sent, bench.context) == {"outcomes": {"RECORDED": 51}}
    (entry,) = bench.entries()
    assert entry.fields["n"] == 51
    (latest,) = bench.items(prefix="LATEST#BTC-USD")
    assert json.loads(latest["body"]["S"])["trade_id"] == "49"
