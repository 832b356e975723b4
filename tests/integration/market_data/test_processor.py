"""The processor on tables in memory: what lands where, for every way an event can come and end."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from typing import Any, TypeAlias

import pytest
from audit_log.entry import entry_hash
from audit_log.writer import NotCommittedError, RefusedError
from botocore.exceptions import ClientError

Fixture: TypeAlias = Any

MATCH = {
    "type": "match",
    "trade_id": 100,
    "side": "sell",
    "size": "985",
    "price": "0.00001305",
    "product_id": "SKL-BTC",
    "sequence": 177100030,
    "time": "2021-04-17T16:43:37.089723Z",
}
KEY = "trade#coinbase#SKL-BTC#1618677817089723000#00000000000000000100"


def match(number: int, **changes: Fixture) -> dict[str, Any]:
    return MATCH | {"trade_id": number, "time": f"2021-04-17T16:43:37.{number:06d}Z"} | changes


def test_a_trade_lands_with_its_entry_and_the_entry_proves_the_body(bench: Fixture, native: Fixture) -> None:
    sent = native("coinbase", MATCH)
    assert bench.processor().process(sent, bench.context) == {"outcomes": {"RECORDED": 1}}
    (item,) = bench.items(prefix="trade#")
    assert item["pk"]["S"] == "trade#coinbase#SKL-BTC#2021041716"
    assert item["sk"]["S"] == "1618677817089723000#00000000000000000100"
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
    assert bench.items(prefix="trade#nyse#IBM#2021041716")


def test_a_number_that_lost_its_digits_on_the_way_is_rejected(bench: Fixture, canonical: Fixture) -> None:
    assert bench.processor().process(canonical(price=1.5), bench.context) == {"outcomes": {"REJECTED": 1}}


def test_a_batch_is_committed_in_one_transaction(bench: Fixture, native: Fixture, sqs: Fixture) -> None:
    batch = sqs(*(native("coinbase", match(number)) for number in range(60)))
    assert bench.processor().process(batch, bench.context) == {"batchItemFailures": []}
    assert len(bench.items(prefix="trade#")) == 60
    (entry,) = bench.entries()
    assert (entry.fields["act"], entry.fields["n"]) == ("BATCH", 60)


def test_a_bad_message_in_a_batch_is_rejected_alone(bench: Fixture, native: Fixture, sqs: Fixture) -> None:
    batch = sqs(native("coinbase", match(1)), "no json", native("coinbase", "{"), native("coinbase", match(2)))
    assert bench.processor().process(batch, bench.context) == {"batchItemFailures": []}
    assert Counter(one["act"] for one in bench.decisions()) == {"RECORDED": 2, "REJECTED": 2}


def test_a_batch_delivered_again_with_one_new_message_records_that_one(
    bench: Fixture, native: Fixture, sqs: Fixture
) -> None:
    processor = bench.processor()
    processor.process(sqs(*(native("coinbase", match(number)) for number in (1, 2, 2))), bench.context)
    processor.process(sqs(*(native("coinbase", match(number)) for number in (1, 2, 3))), bench.context)
    assert Counter(one["act"] for one in bench.decisions()) == {"RECORDED": 3, "DUPLICATE": 3}


class Refusing:
    """A client that refuses any transaction with a certain trade in it."""

    def __init__(self, client: Fixture, poison: str) -> None:
        self._client, self._poison = client, poison

    def transact_write_items(self, **arguments: Fixture) -> Fixture:
        if self._poison in str(arguments["TransactItems"][1:]):
            raise ClientError({"Error": {"Code": "ValidationException", "Message": "no"}}, "TransactWriteItems")
        return self._client.transact_write_items(**arguments)

    def put_item(self, **arguments: Fixture) -> Fixture:
        return self._client.put_item(**arguments)


def test_a_message_that_can_never_be_written_fails_alone(
    bench: Fixture, native: Fixture, sqs: Fixture, capsys: Fixture
) -> None:
    batch = sqs(*(native("coinbase", match(number)) for number in (1, 2, 3)))
    bench.client = Refusing(real := bench.client, "#00000000000000000002")
    assert bench.processor().process(batch, bench.context) == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    bench.client = real
    assert len(bench.items(prefix="trade#")) == 2
    assert '"level":"ERROR"' in capsys.readouterr().out


def test_without_time_left_every_message_of_a_batch_fails_and_nothing_is_lost(
    bench: Fixture, native: Fixture, sqs: Fixture
) -> None:
    class Throttled(Refusing):
        def transact_write_items(self, **arguments: Fixture) -> Fixture:
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": "slow"}}, "TransactWriteItems")

    bench.client, bench.context.remaining = Throttled(bench.client, ""), 100
    batch = sqs(native("coinbase", match(1)), native("coinbase", match(2)))
    failed = bench.processor().process(batch, bench.context)
    assert failed == {"batchItemFailures": [{"itemIdentifier": "m0"}, {"itemIdentifier": "m1"}]}
    with pytest.raises(NotCommittedError):
        bench.processor().process(native("coinbase", match(1)), bench.context)


@pytest.mark.parametrize("wrappings", [1, 3])
def test_a_redriven_on_failure_envelope_is_processed_as_the_original_event(
    bench: Fixture, native: Fixture, sqs: Fixture, wrappings: int
) -> None:
    sent = wrapped = native("coinbase", MATCH)
    for _ in range(wrappings):
        wrapped = {
            "version": "1.0",
            "timestamp": "2021-04-17T16:50:00.000Z",
            "requestContext": {"requestId": "r", "condition": "RetriesExhausted", "approximateInvokeCount": 3},
            "requestPayload": wrapped,
            "responseContext": {"statusCode": 200, "functionError": "Unhandled"},
            "responsePayload": {"errorMessage": "no"},
        }
    assert bench.processor().process(wrapped, bench.context) == {"outcomes": {"RECORDED": 1}}
    assert bench.decisions()[0]["evt"] == sent["id"]
    assert bench.processor().process(sqs(wrapped), bench.context) == {"batchItemFailures": []}
    assert [one["act"] for one in bench.decisions() if one["act"] != "RECORDED"] == ["DUPLICATE"]


def test_an_archive_replay_is_processed_as_the_event_and_says_so(bench: Fixture, native: Fixture) -> None:
    sent = native("coinbase", MATCH, **{"replay-name": "monday"})
    bench.processor().process(sent, bench.context)
    assert bench.decisions()[0]["obs"] == {"replay": "monday"}


def test_a_late_tick_is_recorded_and_its_lateness_is_audited(bench: Fixture, native: Fixture) -> None:
    sent = native("coinbase", MATCH, 1_618_677_817_089_723_000 + 6_000_000_000)
    assert bench.processor().process(sent, bench.context)["outcomes"] == {"RECORDED": 1, "LATE": 1}
    (late,) = [one for one in bench.decisions() if one["act"] == "LATE"]
    assert (late["key"], late["obs"]) == (KEY, {"late_ms": 6000})


def test_history_that_comes_with_a_subscription_is_marked_and_not_late(bench: Fixture, native: Fixture) -> None:
    sent = native("coinbase", MATCH | {"type": "last_match"}, 1_618_677_817_089_723_000 + 6_000_000_000)
    assert bench.processor().process(sent, bench.context)["outcomes"] == {"RECORDED": 1}
    assert bench.decisions()[0]["obs"] == {"backfill": True}


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
        processor.process(canonical(ts_event_ns=str(ts), sequence=str(sequence)), bench.context)
    (latest,) = bench.items(prefix="LATEST#IBM")
    assert (latest["sk"]["S"], int(latest["seq"]["S"]), int(latest["ts"]["S"])) == ("trade#nyse", 6, 1000)


def test_a_jump_in_the_venues_count_is_an_audited_gap_and_a_straggler_fills_it(bench: Fixture, native: Fixture) -> None:
    processor = bench.processor()
    for number in (100, 104, 102):
        processor.process(native("coinbase", match(number)), bench.context)
    observed = [one for one in bench.decisions() if one["act"] in {"GAP", "FILLED"}]
    assert [(one["act"], one["key"]) for one in observed] == [
        ("GAP", "trade#coinbase#SKL-BTC#101-103"),
        ("FILLED", "trade#coinbase#SKL-BTC#102-102"),
    ]
    assert observed[0]["obs"]["revealed_by"].endswith("#00000000000000000104")


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
    processor.process(native("coinbase", match(5, time="2021-04-17T19:00:00Z")), bench.context)
    processor.process(native("coinbase", match(6, time="2021-04-17T19:00:01Z")), bench.context)
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
    assert int(latest["seq"]["S"]) == 9
    assert [one["key"] for one in bench.decisions() if one["act"] in {"GAP", "FILLED", "RESET"}] == [
        "trade#kraken#BTC-USD#8-8"
    ]


def test_a_record_stays_when_the_newest_cannot_be_written(bench: Fixture, native: Fixture, capsys: Fixture) -> None:
    class Broken(Refusing):
        def put_item(self, **arguments: Fixture) -> Fixture:
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": "slow"}}, "PutItem")

    bench.client = Broken(real := bench.client, "never")
    assert bench.processor().process(native("coinbase", MATCH), bench.context) == {"outcomes": {"RECORDED": 1}}
    bench.client = real
    assert bench.items(prefix="trade#")
    assert "newest record not written" in capsys.readouterr().out


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


def test_the_log_has_the_entry_verbatim_and_no_message_body(bench: Fixture, native: Fixture, capsys: Fixture) -> None:
    bench.processor().process(native("coinbase", MATCH), bench.context)
    bench.processor().process(native("coinbase", '{"secret-marker":1'), bench.context)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    stored = {item["h"]["B"].hex(): json.loads(item["b"]["B"]) for item in bench.items("table-audit-test", "L#")}
    assert {line["audit"]["h"]: line["audit"]["b"] for line in lines if "audit" in line} == stored
    assert "secret-marker" not in json.dumps(lines)
    assert "0.00001305" not in json.dumps(lines)


def test_metrics_have_the_service_alone_and_venue_and_type_beside_it(
    bench: Fixture, native: Fixture, capsys: Fixture
) -> None:
    bench.processor().process(native("coinbase", MATCH), bench.context)
    (blob,) = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if "_aws" in line]
    (directive,) = blob["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Tapeproof"
    assert sorted(map(sorted, directive["Dimensions"])) == [["service"], ["service", "type", "venue"]]
    assert (blob["service"], blob["venue"], blob["type"]) == (bench.service, "coinbase", "trade")
    assert blob["Recorded"] == [1.0]
    # A message of 2021 says nothing about the latency of today.
    assert "CommitLatency" not in blob


def test_latency_of_a_fresh_event_is_measured_from_its_time_and_from_its_receipt(
    bench: Fixture, canonical: Fixture, capsys: Fixture
) -> None:
    now = time.time_ns()
    bench.processor().process(canonical(now - 20_000_000, ts_event_ns=str(now - 50_000_000)), bench.context)
    (blob,) = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if "_aws" in line]
    assert 20 <= blob["CommitLatency"][0] < blob["EventLatency"][0]


def test_a_gemini_subscription_becomes_a_book_and_its_trades_in_one_entry(bench: Fixture, native: Fixture) -> None:
    trades = [
        {
            "type": "trade",
            "symbol": "BTCUSD",
            "event_id": number,
            "timestamp": 1624493651000 + number,
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
    assert int(latest["seq"]["S"]) == 49
