"""DynamoDB's transactions as a small model that can fail in every way the real service can.

It keeps what the service documents: all items or none under one lock, conditions, ALL_OLD in the cancellation reasons,
and the ClientRequestToken table with its ten minutes. A ``plan`` decides for each call whether it works, is refused, or
dies before or after the write; a late request is applied during a later call.
"""

from __future__ import annotations

import contextlib
import json
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OK, CONFLICT, THROTTLE, LOST_BEFORE, LOST_AFTER, LATE, SERVER_ERROR_AFTER, IN_PROGRESS = (
    "ok", "conflict", "throttle", "lost-before", "lost-after", "late", "server-error-after", "in-progress",
)  # fmt: skip
FAULTS = (CONFLICT, THROTTLE, LOST_BEFORE, LOST_AFTER, LATE, SERVER_ERROR_AFTER, IN_PROGRESS)


def _key_of(write: dict[str, Any]) -> tuple[str, str, str]:
    key = write.get("Item") or write["Key"]
    return write["TableName"], key["pk"]["S"], key["sk"]["S"]


class ServiceError(Exception):
    """Has the ``response`` of botocore's ClientError."""

    def __init__(self, code: str, reasons: list[dict[str, Any]] | None = None, status: int = 400) -> None:
        super().__init__(code)
        self.response: dict[str, Any] = {
            "Error": {"Code": code, "Message": code},
            "ResponseMetadata": {"HTTPStatusCode": status},
        }
        if reasons is not None:
            self.response["CancellationReasons"] = reasons


class ConnectionLostError(Exception):
    """A connection that broke: the caller knows nothing."""


class DynamoDBModel:
    """Tables, tokens and a plan of faults."""

    def __init__(self, plan: Iterator[str] | None = None, clock: Callable[[], int] = lambda: 0) -> None:
        self.items: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.calls = 0
        self.page = 50
        self._tokens: dict[str, tuple[str, int]] = {}
        self._late: list[dict[str, Any]] = []
        self._plan, self._clock, self._lock = plan or iter(()), clock, threading.Lock()

    def table(self, name: str) -> list[dict[str, Any]]:
        return [item for (table, _, _), item in sorted(self.items.items()) if table == name]

    def flush(self) -> None:
        """Let requests that were under way arrive."""
        with self._lock:
            late, self._late = self._late, []
            for request in late:
                with contextlib.suppress(ServiceError):
                    self._apply(request)

    def transact_write_items(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shape
        with self._lock:
            self.calls += 1
            fate = next(self._plan, OK)
            late, self._late = self._late, []
            try:
                return self._answer(fate, request)
            finally:
                for one in late:
                    with contextlib.suppress(ServiceError):
                        self._apply(one)

    def _answer(self, fate: str, request: dict[str, Any]) -> dict[str, Any]:
        size = len(request["TransactItems"])
        if fate == CONFLICT:
            reasons = [{"Code": "None"}] * (size - 1) + [{"Code": "TransactionConflict"}]
            raise ServiceError("TransactionCanceledException", reasons)
        if fate == THROTTLE:
            raise ServiceError("ThrottlingException")
        if fate == IN_PROGRESS:
            raise ServiceError("TransactionInProgressException")
        if fate == LOST_BEFORE:
            raise ConnectionLostError("lost before the write")
        if fate == LATE:
            self._late.append(request)
            raise ConnectionLostError("slow")
        if fate in {LOST_AFTER, SERVER_ERROR_AFTER}:
            with contextlib.suppress(ServiceError):
                self._apply(request)
            if fate == SERVER_ERROR_AFTER:
                raise ServiceError("InternalServerError", status=500)
            raise ConnectionLostError("lost after the write")
        return self._apply(request)

    def _apply(self, request: dict[str, Any]) -> dict[str, Any]:
        token, now = request.get("ClientRequestToken", ""), self._clock()
        body = json.dumps(request, sort_keys=True, default=lambda raw: raw.hex())
        seen = self._tokens.get(token) if token else None
        if seen and now - seen[1] < 600 * 10**9:
            if seen[0] != body:
                raise ServiceError("IdempotentParameterMismatchException")
            return {}
        writes = [(kind, write) for item in request["TransactItems"] for kind, write in item.items()]
        keys = [_key_of(write) for _, write in writes]
        if len(set(keys)) != len(keys) or len(keys) > 100:
            raise ServiceError("ValidationException")
        reasons = [self._judge(write, key) for (_, write), key in zip(writes, keys, strict=True)]
        if any(reason["Code"] != "None" for reason in reasons):
            raise ServiceError("TransactionCanceledException", reasons)
        for (kind, write), key in zip(writes, keys, strict=True):
            if kind == "Put":
                self.items[key] = dict(write["Item"])
            elif kind == "Delete":
                self.items.pop(key, None)
        self._tokens[token] = (body, now)
        return {}

    def _judge(self, put: dict[str, Any], key: tuple[str, str, str]) -> dict[str, Any]:
        old = self.items.get(key)
        condition = put.get("ConditionExpression")
        if condition == "attribute_not_exists(pk)" and old is not None:
            return {"Code": "ConditionalCheckFailed", "Item": old}
        if condition == "attribute_not_exists(ver)" and "ver" in (old or {}):
            return {"Code": "ConditionalCheckFailed"}
        if condition == "ver = :ver" and (old or {}).get("ver") != put["ExpressionAttributeValues"][":ver"]:
            return {"Code": "ConditionalCheckFailed"}
        return {"Code": "None"}

    def put_item(self, **put: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shape
        key = (put["TableName"], put["Item"]["pk"]["S"], put["Item"]["sk"]["S"])
        with self._lock:
            if self._judge(put, key)["Code"] != "None":
                raise ServiceError("ConditionalCheckFailedException")
            self.items[key] = dict(put["Item"])
        return {}

    def get_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shape
        item = self.items.get((request["TableName"], request["Key"]["pk"]["S"], request["Key"]["sk"]["S"]))
        return {"Item": dict(item)} if item else {}

    def delete_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shape
        key = (request["TableName"], request["Key"]["pk"]["S"], request["Key"]["sk"]["S"])
        if "ConditionExpression" in request and key in self.items:
            assert request["ConditionExpression"] == "attribute_not_exists(pk) OR h = :h"
            if self.items[key]["h"] != request["ExpressionAttributeValues"][":h"]:
                raise ServiceError("ConditionalCheckFailedException")
        self.items.pop(key, None)
        return {}

    def query(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - boto3's shape
        values = request["ExpressionAttributeValues"]
        wanted, text = values[":pk"]["S"], values.get(":sk", {}).get("S", "")
        begins = "begins_with" in request["KeyConditionExpression"]
        rows = sorted(
            (
                (sk, item)
                for (table, pk, sk), item in list(self.items.items())
                if (table, pk) == (request["TableName"], wanted) and (sk.startswith(text) if begins else sk >= text)
            ),
            key=lambda row: row[0],
        )
        after = request.get("ExclusiveStartKey", {}).get("sk", {}).get("S", "")
        rows = [row for row in rows if row[0] > after]
        page = rows[: min(request.get("Limit", self.page), self.page)]
        answer: dict[str, Any] = {"Items": [dict(item) for _, item in page]}
        if len(page) < len(rows):
            answer["LastEvaluatedKey"] = {"pk": {"S": wanted}, "sk": {"S": page[-1][0]}}
        return answer
