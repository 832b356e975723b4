"""Whatever reaches a processor ends as exactly one outcome per record, and never as an exception."""

from __future__ import annotations

import contextlib
import io
import json
from collections import Counter
from typing import Any, TypeAlias

from handlers import processor
from hypothesis import given, settings
from hypothesis import strategies as st

from tapeproof.log.entry import parse
from tests.effort import cases

Json: TypeAlias = Any

OUTCOMES = {"RECORDED", "DUPLICATE", "CONFLICT", "REJECTED", "QUARANTINED"}
ENVIRONMENT = {
    "AUDIT_TABLE": "audit",
    "LOG_LEVEL": "CRITICAL",
    "LOG_ORIGIN": "example.com/log",
    "MARKET_TABLE": "market",
    "ROUTE": "trade",
}

anything: st.SearchStrategy[Json] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["\ud800", "marketdata.coinbase", "coinbase", "#", "9" * 25, "1970-01-01T00:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
details = st.fixed_dictionaries(
    {},
    optional={
        "schema": st.sampled_from(["native/1", "tapeproof/1"]) | anything,
        "venue": st.sampled_from(["coinbase", "kraken", "mars"]) | anything,
        "raw": st.sampled_from(['{"event":"heartbeat"}', "[", "\ud800"]) | anything,
        "received_ns": st.integers(0, 10**20).map(str) | anything,
        "type": st.sampled_from(["trade", "status"]) | anything,
        "symbol": st.sampled_from(["IBM", "*", "a#b"]) | anything,
        "price": st.just("1.5") | anything,
        "size": st.just("2") | anything,
        "kind": st.just("halt") | anything,
        "attributes": anything,
    },
)
events = st.fixed_dictionaries(
    {"detail": details | anything, "source": st.sampled_from(["marketdata.coinbase", "marketdata.kraken"]) | anything},
    optional={
        "id": st.uuids().map(str) | anything,
        "time": st.just("2024-01-01T00:00:00Z") | anything,
        "detail-type": anything,
        "replay-name": anything,
        "Records": anything,
    },
)


class Context:
    aws_request_id = "r"

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


class Table:
    """Takes everything, as DynamoDB would after the keys were checked."""

    def __init__(self) -> None:
        self.entries: list[Json] = []
        self.items: list[Json] = []

    def transact_write_items(self, **arguments: Json) -> None:
        puts = [one["Put"] for one in arguments["TransactItems"]]
        keys = [(put["TableName"], put["Item"]["pk"]["S"], put["Item"]["sk"]["S"]) for put in puts]
        assert len(set(keys)) == len(keys) <= 100
        for _, pk, sk in keys:
            assert 0 < len(pk.encode()) <= 2048
            assert 0 < len(sk.encode()) <= 1024
        assert all(str(put).encode() for put in puts)
        self.entries.append(parse(puts[0]["Item"]["b"]["B"]))
        self.items += [put["Item"] for put in puts if put["TableName"] == "market"]

    def put_item(self, **_: Json) -> dict[str, Json]:
        return {}


def processed(event: Json) -> tuple[Table, Json]:
    table = Table()
    with contextlib.redirect_stdout(io.StringIO()):
        answer = processor.build(ENVIRONMENT, table).process(event, Context())
    return table, answer


@settings(max_examples=cases(250))
@given(event=events | anything)
def test_any_event_ends_in_an_audited_outcome_and_is_kept(event: Json) -> None:
    table, answer = processed(event)
    acts = Counter(decision["act"] for entry in table.entries for decision in entry.decisions)
    assert sum(count for act, count in acts.items() if act in OUTCOMES) >= 1
    if "outcomes" in answer:
        assert answer["outcomes"] == dict(acts)
    assert len(table.items) >= sum(count for act, count in acts.items() if act in OUTCOMES)


@settings(max_examples=cases(60))
@given(bodies=st.lists(events.map(json.dumps) | st.text(max_size=30), min_size=1, max_size=5))
def test_any_batch_is_taken_whole(bodies: list[str]) -> None:
    records = [
        {"messageId": str(index), "eventSource": "aws:sqs", "body": body, "attributes": {}}
        for index, body in enumerate(bodies)
    ]
    table, answer = processed({"Records": records})
    assert answer == {"batchItemFailures": []}
    acts = [one["act"] for entry in table.entries for one in entry.decisions if one["act"] in OUTCOMES]
    assert len(acts) >= len(bodies)


def test_an_event_nested_as_deeply_as_lambda_can_read_is_kept() -> None:
    event = json.loads('{"source":"marketdata.coinbase","detail":' + '{"a":' * 900 + "1" + "}" * 901)
    table, answer = processed(event)
    assert answer == {"outcomes": {"REJECTED": 1}}
    assert '{"a":{"a":' in table.items[0]["body"]["S"]
