from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import boto3
import pytest
from handlers import processor
from moto import mock_aws

from tapeproof.log.entry import Entry, parse

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


def _key(*names: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=True)]


def _create(client: Fixture, name: str, indexes: dict[str, tuple[str, str]]) -> None:
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


@pytest.fixture(scope="session")
def client() -> Fixture:
    """Make the client once: it takes as long as all the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        return boto3.client(
            "dynamodb", region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
        )


@pytest.fixture
def bench(client: Fixture) -> Iterator[Bench]:
    with mock_aws():
        _create(client, MARKET, {"symbol-time": ("st_pk", "st_sk"), "exchange-time": ("et_pk", "et_sk")})
        _create(client, AUDIT, {})
        yield Bench(client)


Event = Callable[..., dict[str, Any]]


@pytest.fixture
def native() -> Event:
    """Build the EventBridge event of a native message."""

    def make(
        venue: str, message: Fixture, received_ns: int = 1_618_677_817_100_000_000, **more: Fixture
    ) -> dict[str, Any]:
        raw = message if isinstance(message, str) else json.dumps(message)
        return event(f"marketdata.{venue}", {"schema": "native/1", "venue": venue, "raw": raw}, received_ns, **more)

    return make


@pytest.fixture
def canonical() -> Event:
    """Build the EventBridge event of a canonical detail."""

    def make(received_ns: int = 1_618_677_817_100_000_000, **detail: Fixture) -> dict[str, Any]:
        whole = {"schema": "tapeproof/1", "type": "trade", "venue": "nyse", "symbol": "IBM"} | detail
        if whole["type"] == "trade":
            whole = {"price": "1.50", "size": "3"} | whole
        return event(f"marketdata.{whole['venue']}", whole, received_ns)

    return make


def event(source: str, detail: dict[str, Any], received_ns: int, **more: Fixture) -> dict[str, Any]:
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


@pytest.fixture
def sqs() -> Callable[..., dict[str, Any]]:
    """Build the batch that Lambda makes of SQS messages."""

    def make(*bodies: Fixture) -> dict[str, Any]:
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

    return make
