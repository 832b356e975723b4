"""Follows the audit table: every decision, once, in the order of its lane, without scanning the table.

The lanes of an hour are listed under eight keys, and a lane's entries lie in one partition under running numbers: the
next few of many lanes are asked for by key in one call, and a lane that had them all is read to its end.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tapeproof.log.entry import hour_of, parse
from tapeproof.log.errors import AuditError
from tapeproof.ops.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mypy_boto3_dynamodb import DynamoDBClient

__all__ = ["OUTCOMES", "AuditTail", "Audited"]

OUTCOMES = ("RECORDED", "DUPLICATE", "CONFLICT", "REJECTED", "QUARANTINED")
"""How an event can end; every other `act` is an observation."""
LISTS = 8
HOUR_NS = 3_600 * 1_000_000_000
RELIST_S = 0.5
"""New lanes are looked for no more often than this."""
AHEAD = 6
"""How many of a lane's next entries are asked for at a time."""
KEYS_OF_A_CALL = 100
"""Keys of one BatchGetItem call (DynamoDB API Reference, BatchGetItem)."""
SHORTEST_REST_S, LONGEST_REST_S = 0.02, 1.0
"""A lane that said nothing rests, twice as long each time: most lanes are idle, and each reading of one is a call."""


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


@dataclass(slots=True)
class _Lane:
    """How far a lane was read, and when it is read again."""

    name: str
    following: int = 0
    rest_s: float = SHORTEST_REST_S
    due: float = 0.0

    @property
    def function(self) -> str:
        """The function that writes it: a lane is named `<hour>.<function>.<32 hex>`."""
        return self.name.split(".", 1)[1].rpartition(".")[0]


class AuditTail:
    """A reader that remembers how far it came.

    Args:
        dynamodb: The client to read with.
        table: The audit table.
        from_ns: Lanes of hours before this time are not read, nanoseconds since the epoch.
        clock: Seconds on a clock that does not step.
    """

    def __init__(
        self, dynamodb: DynamoDBClient, table: str, from_ns: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._from_ns = from_ns
        self._clock = clock
        self._lanes: dict[str, _Lane] = {}
        self._listed_at = float("-inf")
        self.entries = 0

    @property
    def lanes(self) -> int:
        """How many lanes were seen."""
        return len(self._lanes)

    def poll(self, *, thoroughly: bool = True, functions: frozenset[str] | None = None) -> list[Audited]:
        """Return the decisions that were made since the last call.

        Args:
            thoroughly: Read every lane; otherwise those that said something lately, and the others now and then.
            functions: Read the lanes of these functions only, and all of them: somebody waits for what they say.

        Raises:
            OperationError: The table cannot be read, or an entry is not of the log's form.
        """
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - a quarter of a second to load

        now = self._clock()
        try:
            if thoroughly or now - self._listed_at >= RELIST_S:
                for name in self._list_lanes():
                    self._lanes.setdefault(name, _Lane(name))
                self._listed_at = now
            due = [
                lane
                for lane in self._lanes.values()
                if (thoroughly or lane.due <= now if functions is None else lane.function in functions)
            ]
            return list(self._read(due))
        except (BotoCoreError, ClientError) as error:
            raise OperationError(f"{self._table}: the audit table cannot be read", why=str(error)) from error

    def _list_lanes(self) -> Iterator[str]:
        now_ns = time.time_ns()
        hours = {hour_of(at) for at in (*range(self._from_ns, now_ns, HOUR_NS), now_ns)}
        for hour in sorted(hours):
            for number in range(LISTS):
                for item in self._query(f"E#{hour}#{number}", "!"):
                    yield item["sk"]["S"]

    def _read(self, due: Sequence[_Lane]) -> Iterator[Audited]:
        at_a_time = KEYS_OF_A_CALL // AHEAD
        for start in range(0, len(due), at_a_time):
            lanes = due[start : start + at_a_time]
            ahead = self._ahead([lane for lane in lanes if lane.following])
            for lane in lanes:
                before = lane.following
                items = ahead.get(lane.name, [])
                for item in items:
                    if item["sk"]["S"] == f"{lane.following:010d}":
                        yield from self._decisions(lane, item)
                if not before or len(items) == AHEAD or lane.following - before < len(items):
                    # Never read, more to come, or an entry is missing: the whole rest, whatever is missing in it.
                    for item in self._query(f"L#{lane.name}", f"{lane.following:010d}"):
                        yield from self._decisions(lane, item)
                busy = lane.following > before
                lane.rest_s = SHORTEST_REST_S if busy else min(LONGEST_REST_S, 2 * lane.rest_s)
                lane.due = self._clock() + lane.rest_s

    def _ahead(self, lanes: Sequence[_Lane]) -> dict[str, list[dict[str, Any]]]:
        keys: list[Any] = [
            {"pk": {"S": f"L#{lane.name}"}, "sk": {"S": f"{lane.following + further:010d}"}}
            for lane in lanes
            for further in range(AHEAD)
        ]
        # What a throttled table leaves unprocessed is asked for again by the next reading.
        if not keys:
            return {}
        answer = self._dynamodb.batch_get_item(RequestItems={self._table: {"Keys": keys, "ConsistentRead": True}})
        found: dict[str, list[dict[str, Any]]] = {lane.name: [] for lane in lanes}
        for item in answer["Responses"].get(self._table, []):
            found[item["pk"]["S"].removeprefix("L#")].append(item)
        return {name: sorted(items, key=lambda item: str(item["sk"]["S"])) for name, items in found.items()}

    def _decisions(self, lane: _Lane, item: dict[str, Any]) -> Iterator[Audited]:
        try:
            entry = parse(bytes(item["b"]["B"]))
        except AuditError as error:
            raise OperationError(
                f"{self._table}: {lane.name} {item['sk']['S']} is no audit entry", why=str(error)
            ) from error
        lane.following = entry.sequence + 1
        self.entries += 1
        for decision in entry.decisions:
            yield Audited(decision["evt"], decision["act"], decision["key"], entry.timestamp, lane.name)

    def _query(self, pk: str, from_sk: str) -> Iterator[dict[str, Any]]:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk >= :sk",
            ExpressionAttributeValues={":pk": {"S": pk}, ":sk": {"S": from_sk}},
            ConsistentRead=True,
        )
        for page in pages:
            yield from page["Items"]
