"""Tables in memory refuse and answer as the service does."""

from __future__ import annotations

from typing import Any

import pytest

from tapeproof.market.memory import MemoryTables, RefusedWriteError


def item(sk: str, **more: str) -> dict[str, Any]:
    return {name: {"S": value} for name, value in {"pk": "p", "sk": sk, **more}.items()}


def put(tables: MemoryTables, one: dict[str, Any], condition: str | None = None, **values: str) -> None:
    more: dict[str, Any] = {"ConditionExpression": condition} if condition else {}
    if values:
        more["ExpressionAttributeNames"] = {f"#{name}": name for name in values}
        more["ExpressionAttributeValues"] = {f":{name}": {"S": value} for name, value in values.items()}
    tables.put_item(TableName="t", Item=one, **more)


def asked(tables: MemoryTables, partition: str, index: str = "") -> list[str]:
    values = {":pk": {"S": partition}, ":low": {"S": "b"}, ":high": {"S": "d"}}
    answer = tables.query(TableName="t", IndexName=index, ExpressionAttributeValues=values)
    return [one["sk"]["S"] for one in answer["Items"]]


def test_a_range_of_sort_keys_is_read_in_order_also_after_items_changed_their_place() -> None:
    tables = MemoryTables()
    for sk in ("d", "a", "c", "b", "e"):
        put(tables, item(sk, st_pk="s", st_sk=sk))
    put(tables, item("c", st_pk="s", st_sk="z"))
    assert asked(tables, "p") == ["b", "c", "d"]
    assert asked(tables, "s", "symbol-time") == ["b", "d"]
    assert tables.get_item(TableName="t", Key=item("c"))["Item"]["st_sk"] == {"S": "z"}
    assert tables.get_item(TableName="t", Key=item("x")) == {}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("attribute_not_exists(pk)", False),
        ("attribute_exists(pk)", True),
        ("attribute_not_exists(pk) OR #ts < :ts", True),
        ("#ts = :ts", False),
        ("#ts <> :ts AND (attribute_not_exists(#no) OR #ts > :ts)", True),
    ],
)
def test_a_condition_decides_and_a_refusal_returns_what_is_there(condition: str, holds: bool) -> None:
    tables = MemoryTables()
    put(tables, item("a", ts="1"))
    if holds:
        put(tables, item("a", ts="2"), condition, ts="2", no="")
        return
    with pytest.raises(RefusedWriteError) as caught:
        put(tables, item("a", ts="2"), condition, ts="2", no="")
    assert caught.value.response["Item"]["ts"] == {"S": "1"}


def test_a_transaction_writes_all_or_nothing() -> None:
    tables = MemoryTables()
    put(tables, item("a"))
    puts = [
        {"Put": {"TableName": "t", "Item": item(sk), "ConditionExpression": "attribute_not_exists(pk)"}}
        for sk in ("c", "a")
    ]
    with pytest.raises(RefusedWriteError) as caught:
        tables.transact_write_items(TransactItems=puts)
    assert [one["Code"] for one in caught.value.response["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
    assert [one["sk"]["S"] for one in tables.items("t")] == ["a"]
    tables.transact_write_items(TransactItems=puts[:1])
    assert [one["sk"]["S"] for one in tables.items("t")] == ["a", "c"]


def test_a_condition_that_they_do_not_know_is_refused() -> None:
    tables = MemoryTables()
    put(tables, item("a"))
    with pytest.raises(ValueError, match="do not know the condition"):
        put(tables, item("a"), "attribute_exists(pk) )")


def test_pages_and_keys_are_read_as_the_sdk_reads_them() -> None:
    tables = MemoryTables()
    for sk in ("a", "b", "c"):
        put(tables, item(sk))
    (page,) = tables.get_paginator("query").paginate(
        TableName="t",
        KeyConditionExpression="pk = :pk AND sk >= :sk",
        ExpressionAttributeValues={":pk": {"S": "p"}, ":sk": {"S": "b"}},
    )
    assert [one["sk"]["S"] for one in page["Items"]] == ["b", "c"]
    (page,) = tables.get_paginator("scan").paginate(TableName="t")
    assert len(page["Items"]) == 3
    answer = tables.batch_get_item(RequestItems={"t": {"Keys": [item("a"), item("x"), item("c")]}})
    assert [one["sk"]["S"] for one in answer["Responses"]["t"]] == ["a", "c"]


def test_what_was_read_is_not_what_is_kept() -> None:
    tables = MemoryTables()
    put(tables, item("a"))
    tables.get_item(TableName="t", Key=item("a"))["Item"]["sk"] = {"S": "changed"}
    assert tables.get_item(TableName="t", Key=item("a"))["Item"] == item("a")
