"""A processor on tables in memory, and the events that reach it."""

from __future__ import annotations

import json
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import boto3
from handlers import processor
from moto import mock_aws

from tapeproof.log.entry import Entry, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "AUDIT",
    "ENVIRONMENT",
    "MARKET",
    "Bench",
    "Context",
    "make_batch",
    "make_client",
    "make_event",
    "open_bench",
]

Fixture: TypeAlias = Any
MARKET, AUDIT = "table-market-test", "table-audit-test"
ENVIRONMENT = {
    "AUDIT_TABLE": AUDIT,
    "AWS_LAMBDA_FUNCTION_NAME": "lambda-trade-test",
    "AWS_LAMBDA_FUNCTION_VERSION": "7",
    "ENVIRONMENT_SUFFIX": "test",
    "LATE_AFTER_MS": "5000",
    "LOG_ORIGIN": "example.com/tapeproof/test",
    "MARKET_TABLE": MARKET,
    "MAX_ITEM_BYTES": "4096",
    "POWERTOOLS_METRICS_NAMESPACE": "Tapeproof",
    "ROUTE": "trade",
    "MINUTE_SHARDS": "4",
}
INDEXES = {"symbol-time": ("st_pk", "st_sk"), "exchange-time": ("et_pk", "et_sk")}


def _key(*names: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=True)]


def _create(client: Fixture, name: str, indexes: Mapping[str, tuple[str, str]]) -> None:
    attributes = {"pk", "sk", *(attribute for pair in indexes.values() for attribute in pair)}
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_key("pk", "sk"),
        AttributeDefinitions=[{"AttributeName": one, "AttributeType": "S"} for one in sorted(attributes)],
        **(
            {
                "GlobalSecondaryIndexes": [
                    {"IndexName": index, "KeySchema": _key(*pair), "Projection": {"ProjectionType": "ALL"}}
                    for index, pair in indexes.items()
                ]
            }
            if indexes
            else {}
        ),
    )


@dataclass
class Context:
    aws_request_id: str = "11111111-2222-3333-4444-555555555555"
    remaining: int = 30_000

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining


@dataclass
class Bench:
    """A processor on tables in memory."""

    client: Fixture
    context: Context = field(default_factory=Context)
    # A logger keeps the output it was first given: one of its own for each test.
    service: str = field(default_factory=lambda: f"lambda-trade-{uuid.uuid4()}")

    def processor(self, **environment: str) -> processor.Processor:
        return processor.build(ENVIRONMENT | {"POWERTOOLS_SERVICE_NAME": self.service} | environment, self.client)

    def items(self, table: str = MARKET, prefix: str = "") -> list[dict[str, Any]]:
        pages = self.client.get_paginator("scan").paginate(TableName=table)
        found = [item for page in pages for item in page["Items"] if item["pk"]["S"].startswith(prefix)]
        return sorted(found, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))

    def entries(self) -> list[Entry]:
        return [parse(item["b"]["B"]) for item in self.items(AUDIT, "L#")]

    def decisions(self) -> list[dict[str, Any]]:
        return [decision for entry in self.entries() for decision in entry.decisions]


def make_client() -> Fixture:
    """Return a client whose calls never leave the process; making it takes as long as all the rest."""
    return boto3.client(
        "dynamodb", region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )


@contextmanager
def open_bench(client: Fixture) -> Iterator[Bench]:
    """Yield a bench with empty tables."""
    with mock_aws():
        _create(client, MARKET, INDEXES)
        _create(client, AUDIT, {})
        yield Bench(client)


def make_event(source: str, detail: dict[str, Any], received_ns: int, **more: Fixture) -> dict[str, Any]:
    """Return an EventBridge event."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Trade",
        "source": source,
        "account": "123456789012",
        "time": "2021-04-17T16:43:37Z",
        "region": "us-east-1",
        "resources": [],
        "detail": {"received_ns": f"{received_ns:019d}"} | detail,
    } | more


def make_batch(*bodies: Fixture) -> dict[str, Any]:
    """Return the batch that Lambda makes of SQS messages."""
    return {
        "Records": [
            {
                "messageId": f"m{index}",
                "eventSource": "aws:sqs",
                "attributes": {"SentTimestamp": "1618677817100"},
                "body": body if isinstance(body, str) else json.dumps(body),
            }
            for index, body in enumerate(bodies)
        ]
    }
