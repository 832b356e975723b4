"""What a processor does when something it relies on fails: nothing is lost, and only what failed comes again."""

from __future__ import annotations

import json
import uuid
from typing import Any, TypeAlias

import pytest
from handlers import processor
from handlers.decisions import Decider

Json: TypeAlias = Any


class Context:
    aws_request_id = "r"

    def __init__(self, remaining: int = 60_000) -> None:
        self.remaining = remaining

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining


class Table:
    """Takes transactions until it is told to fail."""

    def __init__(self) -> None:
        self.transactions: list[Json] = []
        self.newest: list[Json] = []
        self.fail_after = 10**9

    def transact_write_items(self, **arguments: Json) -> None:
        if len(self.transactions) >= self.fail_after:
            raise ConnectionError("lost")
        self.transactions.append(arguments)

    def put_item(self, **arguments: Json) -> dict[str, Json]:
        self.newest.append(arguments)
        return {"Attributes": {"seq": {"S": "1"}, "src": {"S": "venue"}}}


@pytest.fixture
def table() -> Table:
    return Table()


def build(table: Table, **environment: str) -> processor.Processor:
    settings = {"AUDIT_TABLE": "a", "LOG_ORIGIN": "o", "MARKET_TABLE": "m", "ROUTE": "trade"}
    return processor.build(settings | {"POWERTOOLS_SERVICE_NAME": f"s-{uuid.uuid4()}"} | environment, table)


def event(number: int, symbol: str = "A-B") -> dict[str, Json]:
    raw = {
        "type": "match",
        "trade_id": number,
        "side": "buy",
        "size": "1",
        "price": "2",
        "product_id": symbol,
        "time": f"2024-01-01T00:00:00.{number:06d}Z",
    }
    detail = {"schema": "native/1", "venue": "coinbase", "received_ns": "1704067200000000000", "raw": json.dumps(raw)}
    return {"id": f"e-{number}", "source": "marketdata.coinbase", "detail": detail}


def batch(*events: Json) -> Json:
    return {"Records": [{"messageId": one["id"], "eventSource": "aws:sqs", "body": json.dumps(one)} for one in events]}


def lines(capsys: pytest.CaptureFixture[str]) -> list[Json]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_event_on_which_no_decision_can_be_made_fails_alone(
    table: Table, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decide = Decider.decide

    def broken(self: Decider, one: Json, now: int) -> Json:
        if one.evt == "e-2":
            raise ZeroDivisionError
        return decide(self, one, now)

    monkeypatch.setattr(Decider, "decide", broken)
    answer = build(table).process(batch(event(1), event(2), event(3)), Context())
    assert answer == {"batchItemFailures": [{"itemIdentifier": "e-2"}]}
    assert len(table.transactions[0]["TransactItems"]) == 4
    (error,) = [line for line in lines(capsys) if line.get("level") == "ERROR"]
    assert (error["message"], error["event_id"]) == ("not decided", "e-2")
    with pytest.raises(ZeroDivisionError):
        build(table).process(event(2), Context())


def test_what_was_committed_before_the_time_ran_out_is_witnessed_and_not_delivered_again(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    table.fail_after = 1
    events = [event(number, f"S{number}-B") for number in range(120)]
    failed = build(table).process(batch(*events), Context(400))["batchItemFailures"]
    written = len(table.transactions[0]["TransactItems"]) - 2
    assert 0 < written < 120
    assert [one["itemIdentifier"] for one in failed] == [one["id"] for one in events[written:]]
    printed = lines(capsys)
    assert sum("audit" in line for line in printed) == 1
    assert [line["outcomes"] for line in printed if line.get("message") == "processed"] == [{"RECORDED": written}]


def test_without_time_for_the_newest_the_records_stand_and_the_skip_is_counted(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(table).process(event(1), Context(1_000)) == {"outcomes": {"RECORDED": 1}}
    assert table.newest == []
    assert [line["NewestSkipped"] for line in lines(capsys) if "NewestSkipped" in line] == [[2.0]]


def test_a_gap_that_cannot_be_committed_is_an_error_in_the_log_and_the_record_stands(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    table.fail_after = 1

    class Elapsing(Context):
        def get_remaining_time_in_millis(self) -> int:
            self.remaining -= 100
            return self.remaining

    processor = build(table)
    table.fail_after = 2
    processor.process(event(1), Context())
    table.fail_after = 2
    assert processor.process(event(5), Elapsing(2_200)) == {"outcomes": {"RECORDED": 1}}
    printed = lines(capsys)
    assert [line["message"] for line in printed if line.get("level") == "ERROR"] == ["observation not committed"]
    assert [line["Gap"] for line in printed if "Gap" in line] == [[1.0]]


def test_many_symbols_are_updated_in_parallel_and_each_once(table: Table) -> None:
    events = [event(number, f"S{number % 20}-B") for number in range(80)]
    build(table).process(batch(*events), Context())
    keys = [one["Item"]["pk"]["S"] for one in table.newest]
    symbols = [f"S{number}-B" for number in range(20)]
    assert sorted(keys) == sorted(
        [f"LATEST#{symbol}" for symbol in symbols] + [f"STREAM#coinbase#trade/{symbol}" for symbol in symbols]
    )
    newest = {one["Item"]["pk"]["S"]: one["Item"] for one in table.newest}
    assert json.loads(newest["LATEST#S7-B"]["body"]["S"])["trade_id"] == "67"
    assert newest["STREAM#coinbase#trade/S7-B"]["new"]["S"] == "67"


def test_metric_dimensions_never_come_from_a_name_that_a_stranger_chose(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = event(1) | {"source": "marketdata.mallory"}
    build(table).process(stranger, Context())
    build(table, ROUTE="quarantine").process(event(1), Context())
    assert {line["venue"] for line in lines(capsys) if "venue" in line} == {"other"}


def test_a_late_tick_counts_for_its_venue_and_type(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    late = event(1)
    late["detail"]["received_ns"] = "1704067300000000000"
    build(table).process(late, Context())
    (blob,) = [line for line in lines(capsys) if "_aws" in line]
    assert (blob["venue"], blob["type"], blob["Recorded"], blob["Late"]) == ("coinbase", "trade", [1.0], [1.0])
