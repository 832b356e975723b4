"""Following an audit table that the real writer wrote to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tapeproof.log.decision import Decision
from tapeproof.log.lane import CodeIdentity
from tapeproof.log.writer import AuditWriter
from tapeproof.ops.audit_tail import AHEAD, AuditTail
from tapeproof.ops.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient

AUDIT_TABLE, MARKET_TABLE = "table-audit-test", "table-market-test"


@pytest.fixture
def writer(dynamodb: DynamoDBClient) -> Callable[..., AuditWriter]:
    dynamodb.create_table(
        TableName=MARKET_TABLE,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )

    def make(function: str = "lambda-trade-test") -> AuditWriter:
        return AuditWriter(
            dynamodb,
            audit_table=AUDIT_TABLE,
            market_table=MARKET_TABLE,
            origin="tapeproof/test",
            function=function,
            identity=CodeIdentity("0" * 64, "test"),
        )

    return make


def _decide(n: int, act: str = "RECORDED") -> Decision:
    put = {"pk": {"S": f"trade#{n}"}, "sk": {"S": "1"}, "body": {"S": "{}"}, "evt": {"S": f"event-{n}"}}
    return Decision(act, f"event-{n}", f"key-{n}", "marketdata.kraken", None, b"{}", (put,))


def _write(writer: AuditWriter, *decisions: Decision) -> None:
    writer.commit(list(decisions), request_id="request", remaining_ms=lambda: 60_000)


def _events(tail: AuditTail, *, thoroughly: bool = True, functions: frozenset[str] | None = None) -> list[str]:
    return [audited.evt for audited in tail.poll(thoroughly=thoroughly, functions=functions)]


def test_each_decision_is_returned_once_in_its_order(
    dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]
) -> None:
    tail, ours = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns()), writer()
    assert _events(tail) == []
    _write(ours, _decide(0))
    _write(ours, _decide(1))
    assert _events(tail) == ["event-0", "event-1"]
    assert _events(tail) == []
    _write(ours, _decide(2))
    assert _events(tail) == ["event-2"]
    assert (tail.entries, tail.lanes) == (3, 1)


def test_a_batch_is_one_entry_with_every_decision_in_it(
    dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]
) -> None:
    _write(writer(), *(_decide(n) for n in range(5)))
    tail = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns())
    assert _events(tail) == [f"event-{n}" for n in range(5)]
    assert tail.entries == 1


def test_a_lane_that_ran_ahead_is_read_to_its_end(dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]) -> None:
    tail, ours = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns()), writer()
    _write(ours, _decide(0))
    tail.poll()
    for n in range(1, 3 * AHEAD):
        _write(ours, _decide(n))
    assert _events(tail) == [f"event-{n}" for n in range(1, 3 * AHEAD)]


def test_many_lanes_are_followed_together(dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]) -> None:
    writers = [writer() for _ in range(40)]
    tail = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns())
    for n, one in enumerate(writers):
        _write(one, _decide(n))
    assert sorted(_events(tail)) == sorted(f"event-{n}" for n in range(40))
    for n, one in enumerate(writers):
        _write(one, _decide(100 + n))
    assert sorted(_events(tail)) == sorted(f"event-{100 + n}" for n in range(40))


def test_only_the_lanes_of_the_functions_asked_for_are_read(
    dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]
) -> None:
    _write(writer("lambda-trade-test"), _decide(0))
    _write(writer("lambda-book-test"), _decide(1))
    tail = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns())
    assert _events(tail, functions=frozenset({"lambda-book-test"})) == ["event-1"]
    assert _events(tail) == ["event-0"]


def test_an_idle_lane_rests_unless_it_is_to_be_thorough(
    dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]
) -> None:
    now = 0.0
    tail, ours = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns(), clock=lambda: now), writer()
    _write(ours, _decide(0))
    for _ in range(10):
        tail.poll()
    _write(ours, _decide(1))
    assert _events(tail, thoroughly=False) == []
    now = 2.0
    assert _events(tail, thoroughly=False) == ["event-1"]
    _write(ours, _decide(2))
    assert _events(tail, thoroughly=True) == ["event-2"]


def test_a_lane_of_the_functions_asked_for_never_rests(
    dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]
) -> None:
    tail, ours = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns(), clock=lambda: 0.0), writer("lambda-trade-test")
    _write(ours, _decide(0))
    for _ in range(10):
        tail.poll()
    _write(ours, _decide(1))
    assert _events(tail, thoroughly=False, functions=frozenset({"lambda-trade-test"})) == ["event-1"]


@pytest.mark.parametrize("missing", [0, 3, 7])
def test_an_entry_that_was_deleted_does_not_hide_those_after_it(
    dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter], missing: int
) -> None:
    ours = writer()
    for n in range(9):
        _write(ours, _decide(n))

    lanes = {item["pk"]["S"] for item in dynamodb.scan(TableName=AUDIT_TABLE)["Items"] if item["pk"]["S"][0] == "L"}
    (lane,) = lanes
    dynamodb.delete_item(TableName=AUDIT_TABLE, Key={"pk": {"S": lane}, "sk": {"S": f"{missing:010d}"}})
    tail = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns())
    assert _events(tail) == [f"event-{n}" for n in range(9) if n != missing]


def test_a_deletion_while_it_is_followed_does_not_hide_what_comes_after(
    dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]
) -> None:
    tail, ours = AuditTail(dynamodb, AUDIT_TABLE, time.time_ns()), writer()
    _write(ours, _decide(0))
    tail.poll()
    for n in range(1, 5):
        _write(ours, _decide(n))
    (lane,) = {item["pk"]["S"] for item in dynamodb.scan(TableName=AUDIT_TABLE)["Items"] if item["pk"]["S"][0] == "L"}
    dynamodb.delete_item(TableName=AUDIT_TABLE, Key={"pk": {"S": lane}, "sk": {"S": "0000000002"}})
    assert _events(tail) == ["event-1", "event-3", "event-4"]


def test_something_else_in_a_lane_is_named(dynamodb: DynamoDBClient, writer: Callable[..., AuditWriter]) -> None:
    _write(writer(), _decide(0))
    (lane,) = {item["pk"]["S"] for item in dynamodb.scan(TableName=AUDIT_TABLE)["Items"] if item["pk"]["S"][0] == "L"}
    forged = {"pk": {"S": lane}, "sk": {"S": "0000000001"}, "b": {"B": b"{}"}}
    dynamodb.put_item(TableName=AUDIT_TABLE, Item=forged)
    with pytest.raises(OperationError, match=f"{lane[2:]} 0000000001 is no audit entry"):
        AuditTail(dynamodb, AUDIT_TABLE, time.time_ns()).poll()


def test_a_table_that_is_not_there_is_named(dynamodb: DynamoDBClient) -> None:
    with pytest.raises(OperationError, match="table-of-nobody: the audit table cannot be read"):
        AuditTail(dynamodb, "table-of-nobody", time.time_ns()).poll()
