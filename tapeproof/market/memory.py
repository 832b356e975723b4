"""Tables in memory that answer as DynamoDB does what processors and readers ask of it: for replays in one process.

It holds what the processor needs and nothing else: conditional puts, transactions of them, reads by key, queries of
the table and its indexes by a range of sort keys. Reads are always consistent, and nothing is ever throttled.
"""

from __future__ import annotations

import bisect
import marshal
import operator
import re
import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MemoryTables", "RefusedWriteError"]

Item = dict[str, dict[str, Any]]
_INDEXES = {"symbol-time": ("st_pk", "st_sk"), "exchange-time": ("et_pk", "et_sk")}
_LAST = {"S": "\U0010ffff"}
"""Behind every sort key: a query that names only where it begins."""
_SIGNS = {"=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_TOKEN = re.compile(r"\s*(attribute_not_exists|attribute_exists|AND|OR|\(|\)|<>|<=|>=|=|<|>|[#:]?\w+)")


class RefusedWriteError(Exception):
    """A condition did not hold; ``response`` says so as the service's error does."""

    def __init__(self, code: str, **more: Any) -> None:  # noqa: ANN401 - the service's own shape
        super().__init__(code)
        self.response: dict[str, Any] = {"Error": {"Code": code, "Message": code}, **more}


class _Table:
    """The items of one table, by key and in the order of their sort keys.

    An item is kept as bytes: as objects it takes five times the memory, and a day has millions.
    """

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], bytes] = {}
        self._sorted: dict[tuple[str, str], list[tuple[str, tuple[str, str]]]] = defaultdict(list)

    def put(self, item: Item) -> None:
        key = (item["pk"]["S"], item["sk"]["S"])
        if (old := self.find(key)) is not None:
            self._forget(key, old)
        self.items[key] = marshal.dumps(item)
        for place, sort in _places(item):
            bisect.insort(self._sorted[place], (sort, key))

    def query(self, index: str, partition: str, low: str, high: str) -> list[Item]:
        rows = self._sorted.get((index, partition), [])
        start = bisect.bisect_left(rows, (low, ("", "")))
        end = bisect.bisect_right(rows, (high, ("\U0010ffff", "")))
        return [_item(self.items[key]) for _, key in rows[start:end]]

    def find(self, key: tuple[str, str]) -> Item | None:
        packed = self.items.get(key)
        return None if packed is None else _item(packed)

    def _forget(self, key: tuple[str, str], old: Item) -> None:
        for place, sort in _places(old):
            rows = self._sorted[place]
            del rows[bisect.bisect_left(rows, (sort, key))]


def _item(packed: bytes) -> Item:
    found: Item = marshal.loads(packed)  # noqa: S302 - written by this process
    return found


def _places(item: Item) -> list[tuple[tuple[str, str], str]]:
    found = [(("", item["pk"]["S"]), item["sk"]["S"])]
    for index, (pk, sk) in _INDEXES.items():
        if pk in item:
            found.append(((index, item[pk]["S"]), item[sk]["S"]))
    return found


class MemoryTables:
    """A stand-in for boto3's DynamoDB client. Threads may share it."""

    def __init__(self) -> None:
        self._tables: dict[str, _Table] = defaultdict(_Table)
        self._lock = threading.Lock()

    def items(self, table: str) -> list[Item]:
        """Return all items of a table, by key."""
        with self._lock:
            return [_item(packed) for _, packed in sorted(self._tables[table].items.items())]

    def transact_write_items(self, *, TransactItems: list[dict[str, Any]], **_: Any) -> dict[str, Any]:  # noqa: ANN401, N803 - boto3's own shape
        """Write all items or none."""
        puts = [one["Put"] for one in TransactItems]
        with self._lock:
            reasons = [self._reason(put) for put in puts]
            if any(one["Code"] != "None" for one in reasons):
                raise RefusedWriteError("TransactionCanceledException", CancellationReasons=reasons)
            for put in puts:
                self._tables[put["TableName"]].put(put["Item"])
        return {}

    def put_item(self, **put: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's own shape
        """Write one item."""
        with self._lock:
            reason = self._reason(put)
            if reason["Code"] != "None":
                found = {"Item": reason["Item"]} if "Item" in reason else {}
                raise RefusedWriteError("ConditionalCheckFailedException", **found)
            self._tables[put["TableName"]].put(put["Item"])
        return {}

    def get_item(self, *, TableName: str, Key: Item, **_: Any) -> dict[str, Any]:  # noqa: ANN401, N803 - boto3's own shape
        """Read one item."""
        with self._lock:
            item = self._tables[TableName].find((Key["pk"]["S"], Key["sk"]["S"]))
        return {} if item is None else {"Item": item}

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803 - boto3's own shape
        """Read several items; those that are not there are left out."""
        found = {
            table: [one["Item"] for key in asked["Keys"] if "Item" in (one := self.get_item(TableName=table, Key=key))]
            for table, asked in RequestItems.items()
        }
        return {"Responses": found, "UnprocessedKeys": {}}

    def get_paginator(self, operation: str) -> _Pages:
        """Return what reads all pages of a query or a scan; there is one."""
        return _Pages(self, operation)

    def query(self, *, TableName: str, IndexName: str = "", **asked: Any) -> dict[str, Any]:  # noqa: ANN401, N803 - boto3's own shape
        """Read the items of a partition in a range of sort keys."""
        values = asked["ExpressionAttributeValues"]
        with self._lock:
            low, high = values.get(":low", values.get(":sk")), values.get(":high", _LAST)
            found = self._tables[TableName].query(IndexName, values[":pk"]["S"], low["S"], high["S"])
        return {"Items": found}

    def _reason(self, put: Mapping[str, Any]) -> dict[str, Any]:
        item = put["Item"]
        old = self._tables[put["TableName"]].find((item["pk"]["S"], item["sk"]["S"]))
        condition = put.get("ConditionExpression")
        if condition is None or _Condition(condition, put, old or {}).holds():
            return {"Code": "None"}
        return {"Code": "ConditionalCheckFailed"} | ({"Item": old} if old else {})


class _Pages:
    """Stands in for a paginator."""

    def __init__(self, tables: MemoryTables, operation: str) -> None:
        self._tables, self._operation = tables, operation

    def paginate(self, **asked: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - boto3's own shape
        """Return the only page."""
        if self._operation == "scan":
            return [{"Items": self._tables.items(asked["TableName"])}]
        return [self._tables.query(**asked)]


class _Condition:
    """A condition expression of comparisons, AND, OR and parentheses, as far as this program writes them."""

    def __init__(self, text: str, put: Mapping[str, Any], item: Item) -> None:
        self._tokens = _TOKEN.findall(text)
        self._names = put.get("ExpressionAttributeNames", {})
        self._values = put.get("ExpressionAttributeValues", {})
        self._item = item
        self._at = 0

    def holds(self) -> bool:
        """Return whether it holds for the item that is there."""
        found = self._either()
        if self._at != len(self._tokens):
            self._refuse()
        return found

    def _either(self) -> bool:
        found = self._both()
        while self._peek() == "OR":
            self._next()
            found = self._both() or found
        return found

    def _both(self) -> bool:
        found = self._one()
        while self._peek() == "AND":
            self._next()
            found = self._one() and found
        return found

    def _one(self) -> bool:
        token = self._next()
        if token == "(":  # noqa: S105 - a parenthesis
            found = self._either()
            self._next()
            return found
        if token.startswith("attribute_"):
            self._next()
            there = self._name(self._next()) in self._item
            self._next()
            return there is (token == "attribute_exists")  # noqa: S105 - a word of the expression
        return self._compare(self._item.get(self._name(token)), self._next(), self._values[self._next()])

    def _compare(self, left: dict[str, Any] | None, sign: str, right: dict[str, Any]) -> bool:
        if sign not in _SIGNS:
            self._refuse()
        if left is None or left.keys() != right.keys():
            return sign == "<>"
        a, b = (int(one["N"]) if "N" in one else one["S"] for one in (left, right))
        return bool(_SIGNS[sign](a, b))

    def _name(self, token: str) -> str:
        return str(self._names[token]) if token.startswith("#") else token

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _refuse(self) -> NoReturn:
        raise ValueError(f"these tables do not know the condition {' '.join(self._tokens)}")
