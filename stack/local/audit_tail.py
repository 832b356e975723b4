"""Follows the audit table: every decision, once, in the order of its lane, without scanning the table.

The lanes of an hour are listed under eight keys, a lane's entries lie in one partition; both are read from where the
last reading ended.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit_log.entry import hour_of, parse
from audit_log.errors import AuditError

from stack.local.errors import LocalStackError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = ["OUTCOMES", "AuditTail", "Audited"]

OUTCOMES = ("RECORDED", "DUPLICATE", "CONFLICT", "REJECTED", "QUARANTINED")
"""How an event can end; every other `act` is an observation."""
LISTS = 8
HOUR_NS = 3_600 * 1_000_000_000


@dataclass(frozen=True, slots=True)
class Audited:
    """One decision as the audit table holds it.

    Args:
        evt: The EventBridge event's id.
        act: The outcome, or an observation such as GAP.
        key: The natural key.
        at_ns: When the entry was made, nanoseconds since the epoch.
        lane: The lane that holds it.
    """

    evt: str
    act: str
    key: str
    at_ns: int
    lane: str


class AuditTail:
    """A reader that remembers how far it came.

    Args:
        dynamodb: The client to read with.
        table: The audit table.
        from_ns: Lanes of hours before this time are not read, nanoseconds since the epoch.
    """

    def __init__(self, dynamodb: DynamoDBClient, table: str, from_ns: int) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._from_ns = from_ns
        self._next: dict[str, int] = {}
        self.entries = 0

    @property
    def lanes(self) -> int:
        """How many lanes were seen."""
        return len(self._next)

    def poll(self) -> list[Audited]:
        """Return the decisions that were made since the last call.

        Raises:
            LocalStackError: The table cannot be read, or an entry is not of the log's form.
        """
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - a quarter of a second to load

        try:
            for lane in self._listed():
                self._next.setdefault(lane, 0)
            return [audited for lane in list(self._next) for audited in self._read(lane)]
        except (BotoCoreError, ClientError) as error:
            raise LocalStackError(f"{self._table}: the audit table cannot be read", why=str(error)) from error

    def _listed(self) -> Iterator[str]:
        now_ns = time.time_ns()
        hours = {hour_of(at) for at in (*range(self._from_ns, now_ns, HOUR_NS), now_ns)}
        for hour in sorted(hours):
            for number in range(LISTS):
                for item in self._query(f"E#{hour}#{number}", "!"):
                    yield item["sk"]["S"]

    def _read(self, lane: str) -> Iterator[Audited]:
        for item in self._query(f"L#{lane}", f"{self._next[lane]:010d}"):
            try:
                entry = parse(bytes(item["b"]["B"]))
            except AuditError as error:
                raise LocalStackError(
                    f"{self._table}: {lane} {item['sk']['S']} is no audit entry", why=str(error)
                ) from error
            self._next[lane] = entry.sequence + 1
            self.entries += 1
            for decision in entry.decisions:
                yield Audited(decision["evt"], decision["act"], decision["key"], entry.timestamp, lane)

    def _query(self, pk: str, from_sk: str) -> Iterator[dict[str, Any]]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk >= :sk",
            ExpressionAttributeValues={":pk": {"S": pk}, ":sk": {"S": from_sk}},
            ConsistentRead=True,
        )
        for page in pages:
            yield from page["Items"]
