"""A market open in virtual time, at which one venue changes its format: the others' latency stays as it was.

A call to DynamoDB takes five milliseconds, a partition takes so many write units a second and throttles beyond, and
batches are taken from one queue by a few functions. Nothing waits in fact; what takes time moves a clock.
"""

from __future__ import annotations

import heapq
import json
import math
import uuid
from collections import defaultdict
from typing import Any, TypeAlias

import pytest
from botocore.exceptions import ClientError
from handlers import processor

from tapeproof.market import keys

Json: TypeAlias = Any
VENUES = ("binance", "coinbase", "gemini", "kraken")
CHANGED = "coinbase"
EVENTS_A_SECOND, SECONDS = 40, 3
FUNCTIONS, BATCH, TIMEOUT_S, VISIBLE_AFTER_S = 12, 10, 30.0, 180.0
CALL_S = 0.005
UNITS_A_SECOND = 30.0
OPEN_NS = 1_704_067_200 * 10**9


class Clock:
    """Virtual seconds since the open, of the function that works now."""

    def __init__(self) -> None:
        self.now, self.until = 0.0, TIMEOUT_S

    aws_request_id = "r"

    def get_remaining_time_in_millis(self) -> int:
        return int(1000 * (self.until - self.now))

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def read_ns(self) -> int:
        return OPEN_NS + int(self.now * 1e9)


class Table:
    """Takes items at the pace of their partitions, and notes when each event was first written."""

    def __init__(self, clock: Clock, closed: str) -> None:
        self._clock, self._closed = clock, closed
        self._full_until: dict[str, float] = defaultdict(float)
        self.written: dict[str, float] = {}

    def transact_write_items(self, **arguments: Json) -> None:
        self._clock.now += CALL_S
        items = [one["Put"]["Item"] for one in arguments["TransactItems"] if one["Put"]["TableName"] == "m"]
        need: dict[str, float] = defaultdict(float)
        for item in items:
            size = sum(len(name) + len(str(next(iter(value.values())))) for name, value in item.items())
            need[item["pk"]["S"]] += 2 * math.ceil(size / 1024) / UNITS_A_SECOND
        now = self._clock.now
        # A second's burst is kept, as DynamoDB keeps some.
        if any(self._is_closed(pk) or max(self._full_until[pk], now) + time > now + 1 for pk, time in need.items()):
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": "slow"}}, "TransactWriteItems")
        for pk, time in need.items():
            self._full_until[pk] = max(self._full_until[pk], now) + time
        for item in items:
            self.written.setdefault(item["evt"]["S"], now)

    def _is_closed(self, partition: str) -> bool:
        return bool(self._closed) and partition.startswith(self._closed)

    def put_item(self, **_: Json) -> dict[str, Json]:
        return {}


def _event(venue: str, number: int, *, changed: bool) -> Json:
    at_ns = OPEN_NS + number * 10**9 // EVENTS_A_SECOND
    body = {
        "schema": "tapeproof/1", "type": "trade", "venue": venue, "symbol": f"S{number % 20}-USD", "price": "1.5",
        "size": "2", "sequence": str(number), "ts_event_ns": str(at_ns), "received_ns": str(at_ns),
    }  # fmt: skip
    if changed:
        body = {
            "venue": venue,
            "schema": "native/1",
            "received_ns": str(at_ns),
            "raw": json.dumps({"v2": [number] * 50}),
        }
    return {"id": f"{venue}-{number}", "source": f"marketdata.{venue}", "detail": body}


def _play(monkeypatch: pytest.MonkeyPatch, *, changed: bool, closed: str = "") -> tuple[dict[str, float], Table]:
    """Return the latency of each venue's slowest hundredth, in seconds, and the table."""
    clock = Clock()
    table = Table(clock, closed)
    settings = {"AUDIT_TABLE": "a", "LOG_ORIGIN": "o", "MARKET_TABLE": "m", "ROUTE": "trade"}
    functions = []
    for _ in range(FUNCTIONS):
        built = processor.build(settings | {"POWERTOOLS_SERVICE_NAME": f"s-{uuid.uuid4()}"}, table)
        monkeypatch.setattr(built._writer, "_sleep", clock.sleep)
        monkeypatch.setattr(built._writer, "_clock", clock.read_ns)
        monkeypatch.setattr(built, "_clock", clock.read_ns)
        functions.append(built)
    arrivals = [
        (number / EVENTS_A_SECOND, place, _event(venue, number, changed=changed and venue == CHANGED))
        for number in range(EVENTS_A_SECOND * SECONDS)
        for place, venue in enumerate(VENUES)
    ]
    free = [(0.0, index) for index in range(FUNCTIONS)]
    for start in range(0, len(arrivals), BATCH):
        batch = arrivals[start : start + BATCH]
        at, index = heapq.heappop(free)
        clock.now = max(at, batch[-1][0])
        clock.until = clock.now + TIMEOUT_S
        records = [{"messageId": e["id"], "eventSource": "aws:sqs", "body": json.dumps(e)} for _, _, e in batch]
        functions[index].process({"Records": records}, clock)
        heapq.heappush(free, (clock.now, index))
    late: dict[str, list[float]] = {venue: [] for venue in VENUES}
    for at, place, event in arrivals:
        late[VENUES[place]].append(table.written.get(event["id"], at + VISIBLE_AFTER_S) - at)
    return {venue: sorted(times)[len(times) * 99 // 100] for venue, times in late.items()}, table


@pytest.mark.parametrize("closed", ["", "REJECTED#"], ids=["it is written", "it cannot be written at all"])
def test_a_venue_that_changes_its_format_at_the_open_leaves_the_others_latency_as_it_was(
    monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    before, _ = _play(monkeypatch, changed=False)
    after, table = _play(monkeypatch, changed=True, closed=closed)
    assert {venue: after[venue] for venue in VENUES if venue != CHANGED} == pytest.approx(
        {venue: before[venue] for venue in VENUES if venue != CHANGED}, rel=0.05
    )
    rejected = sum(event.startswith(f"{CHANGED}-") for event in table.written)
    assert len(table.written) == EVENTS_A_SECOND * SECONDS * (len(VENUES) - bool(closed))
    assert rejected == (0 if closed else EVENTS_A_SECOND * SECONDS)


def test_what_is_rejected_in_one_partition_would_hold_itself_up(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = _play(monkeypatch, changed=True)
    monkeypatch.setattr(keys, "KEPT_SHARDS", 1)
    single, _ = _play(monkeypatch, changed=True)
    assert single[CHANGED] > 2 * whole[CHANGED]
