"""The stack's functions in this process, on tables in memory: for replays that are too large for the embedded AWS.

The handlers are those of the zip, the tables hold conditions and transactions as DynamoDB does, and the run is
accounted for as on any other target. What is left out is AWS itself: no IAM, no queue that delivers twice or in
another order, no cold start. Nothing is kept: the tables are gone when the process ends.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tapeproof.content import content
from tapeproof.market.memory import MemoryTables
from tapeproof.ops.errors import OperationError
from tapeproof.ops.target import Addressee, StackOutputs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["InProcessTarget", "find_in_process"]

QUARANTINE = "quarantine"
ROUTES: dict[str, dict[str, Any]] = {
    "trade": {"delivery": "direct", "detail_types": ["Trade"]},
    "quote": {"delivery": "buffered", "detail_types": ["Quote"]},
    "book": {"delivery": "buffered", "detail_types": ["Book"]},
    "status": {"delivery": "direct", "detail_types": ["Status"]},
}
"""Delivered as the stack's own routes are by default."""
_ACCOUNT = "000000000000"
_MARKET, _AUDIT, _ORIGIN = "table-market-memory", "table-audit-memory", "memory.invalid/tapeproof"
_REMAINING_MS = 60_000


class _Context:
    """Of an invocation that has all the time in the world."""

    aws_request_id = "in-process"

    def get_remaining_time_in_millis(self) -> int:
        """Return a minute."""
        return _REMAINING_MS


def find_in_process(runs: Path) -> Addressee:
    """Return this process as a target.

    Args:
        runs: The folder of the manifests of replays.

    Raises:
        OperationError: What the handlers import is not installed.
    """
    outputs = StackOutputs(
        event_bus_name="in this process",
        market_table_name=_MARKET,
        audit_table_name=_AUDIT,
        log_origin=_ORIGIN,
        dlq_urls={},
        queue_urls={},
        function_names={name: _function(name) for name in (*ROUTES, QUARANTINE)},
        role_arns={},
        routes=ROUTES,
    )
    target: Any = InProcessTarget()
    return Addressee(target, outputs, runs)


def _function(route: str) -> str:
    return f"lambda-{route}-memory"


class InProcessTarget:
    """What commands need of a target: a bus that decides at once, tables in memory, and no queue."""

    name = "this process"
    is_embedded = False

    def __init__(self) -> None:
        self.tables = MemoryTables()
        self._bus = _Bus(self.tables)

    def client(self, service: str) -> Any:  # noqa: ANN401 - what boto3 would give
        """Return a stand-in for the client of a service."""
        return {"dynamodb": self.tables, "events": self._bus, "sqs": None}[service]


class _Nowhere(io.TextIOBase):
    """Takes what functions print, which is nobody's log here."""

    def write(self, text: str, /) -> int:
        """Forget a text."""
        return len(text)


class _Bus:
    """Takes events as EventBridge does and hands them to the functions before it answers."""

    def __init__(self, tables: MemoryTables) -> None:
        self._nowhere = _Nowhere()
        with contextlib.redirect_stdout(self._nowhere):  # loggers keep the output they are made with
            processor = _load_processor()
            self._functions = {route: processor.build(_environment(route), tables) for route in (*ROUTES, QUARANTINE)}
        self._route_of = {kind: name for name, route in ROUTES.items() for kind in route["detail_types"]}
        self._context = _Context()

    def put_events(self, *, Entries: Sequence[Mapping[str, str]]) -> dict[str, Any]:  # noqa: N803 - boto3's own shape
        """Decide on events; those of a buffered route come to their function together, as from a queue."""
        events = [_event(entry) for entry in Entries]
        waiting: dict[str, list[dict[str, Any]]] = {}
        with contextlib.redirect_stdout(self._nowhere):
            for event in events:
                route = self._route_of.get(event["detail-type"], QUARANTINE)
                if route in ROUTES and ROUTES[route]["delivery"] == "buffered":
                    waiting.setdefault(route, []).append(event)
                else:
                    self._functions[route].process(event, self._context)
            for route, batch in waiting.items():
                answer = self._functions[route].process(_messages(batch), self._context)
                if answer["batchItemFailures"]:
                    raise OperationError("events were not decided on", why=json.dumps(answer["batchItemFailures"]))
        return {"FailedEntryCount": 0, "Entries": [{"EventId": event["id"]} for event in events]}


def _load_processor() -> Any:  # noqa: ANN401 - a module
    """Import the handlers from where the zip takes them."""
    with contextlib.suppress(ImportError):
        return importlib.import_module("handlers.processor")
    folder = str(content("lambda"))
    sys.path.insert(0, folder)
    try:
        return importlib.import_module("handlers.processor")
    except ImportError as error:
        raise OperationError(
            "the handlers cannot be loaded", why=str(error), fix="pip install aws-lambda-powertools boto3"
        ) from error
    finally:
        sys.path.remove(folder)


def _environment(route: str) -> dict[str, str]:
    return {
        "AUDIT_TABLE": _AUDIT,
        "AWS_LAMBDA_FUNCTION_NAME": _function(route),
        "LOG_ORIGIN": _ORIGIN,
        "MARKET_TABLE": _MARKET,
        "ROUTE": route,
    }


def _event(entry: Mapping[str, str]) -> dict[str, Any]:
    """Return the event that EventBridge makes of an entry."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": entry["DetailType"],
        "source": entry["Source"],
        "account": _ACCOUNT,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [],
        "detail": json.loads(entry["Detail"]),
    }


def _messages(events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the batch that Lambda makes of a queue's messages."""
    return {
        "Records": [
            {"messageId": event["id"], "eventSource": "aws:sqs", "attributes": {}, "body": json.dumps(event)}
            for event in events
        ]
    }
