from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from tests.market_bench import Bench, make_batch, make_client, make_event, open_bench

Fixture: TypeAlias = Any
Event = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def client() -> Fixture:
    """Make the client once: it takes as long as all the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        return make_client()


@pytest.fixture
def bench(client: Fixture) -> Iterator[Bench]:
    with open_bench(client) as bench:
        yield bench


@pytest.fixture
def native() -> Event:
    """Build the EventBridge event of a native message."""

    def make(
        venue: str, message: Fixture, received_ns: int = 1_618_677_817_100_000_000, **more: Fixture
    ) -> dict[str, Any]:
        raw = message if isinstance(message, str) else json.dumps(message)
        return make_event(
            f"marketdata.{venue}", {"schema": "native/1", "venue": venue, "raw": raw}, received_ns, **more
        )

    return make


@pytest.fixture
def canonical() -> Event:
    """Build the EventBridge event of a canonical detail."""

    def make(received_ns: int = 1_618_677_817_100_000_000, **detail: Fixture) -> dict[str, Any]:
        whole = {"schema": "tapeproof/1", "type": "trade", "venue": "nyse", "symbol": "IBM"} | detail
        if whole["type"] == "trade":
            whole = {"price": "1.50", "size": "3"} | whole
        return make_event(f"marketdata.{whole['venue']}", whole, received_ns)

    return make


@pytest.fixture
def sqs() -> Callable[..., dict[str, Any]]:
    """Build the batch that Lambda makes of SQS messages."""
    return make_batch
