"""Each function holds exactly the permissions that its work uses: take one away, and a session fails for all to see.

ministack checks a function's own calls against its role. What AWS services do in the function's name (Lambda polling a
queue, writing logs, using the key of an encrypted table) ministack does inside itself, without asking IAM: those grants
cannot be exercised here. They are listed with the reason, and the list must be exactly what is left over.
"""

from __future__ import annotations

import contextlib
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.ops.capture import NativeMessage
from tapeproof.ops.publication import prepare
from tapeproof.ops.session import session
from tests.effort import SOAKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tapeproof.local.lifecycle import LocalStack

pytestmark = pytest.mark.embedded_aws

ROUTES = ("trade", "status", "quarantine", "book", "quote")
EXERCISED = frozenset({("dynamodb:PutItem", "table-market-local"), ("dynamodb:PutItem", "table-audit-local")})
BY_LAMBDA = "Lambda does it in the function's name; ministack's own poller and destinations ask no role"
BY_KEY_USERS = "DynamoDB, SQS and CloudWatch Logs use the key in the caller's name; ministack does not encrypt at rest"
BY_LOGGING = "Lambda writes the function's output; ministack writes it without a call"
BY_TRACING = "Lambda sends the function's traces; ministack has no X-Ray"
NOT_EXERCISED = {
    "kms:Decrypt": BY_KEY_USERS,
    "logs:CreateLogStream": BY_LOGGING,
    "logs:PutLogEvents": BY_LOGGING,
    "xray:PutTelemetryRecords": BY_TRACING,
    "xray:PutTraceSegments": BY_TRACING,
}
NOT_EXERCISED_QUARANTINE = NOT_EXERCISED | {
    "kms:GenerateDataKey": BY_KEY_USERS,
    "sqs:SendMessage": BY_LAMBDA,
}
# A route has both ways of delivery, whichever its rule takes: what waits in the other is still worked off.
NOT_EXERCISED_ROUTE = NOT_EXERCISED_QUARANTINE | {
    "sqs:DeleteMessage": BY_LAMBDA,
    "sqs:GetQueueAttributes": BY_LAMBDA,
    "sqs:ReceiveMessage": BY_LAMBDA,
}


def _role(applied_stack: LocalStack, route: str) -> str:
    return applied_stack.outputs().role_arns[route].rsplit("/", 1)[-1]


def _policies(applied_stack: LocalStack, route: str) -> dict[str, dict[str, Any]]:
    iam, role = applied_stack.target.client("iam"), _role(applied_stack, route)
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    assert iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []
    return {name: iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names}


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _grants(applied_stack: LocalStack, route: str) -> set[tuple[str, str]]:
    return {
        (action, resource)
        for document in _policies(applied_stack, route).values()
        for statement in document["Statement"]
        for action in _listed(statement["Action"])
        for resource in _listed(statement["Resource"])
    }


def _grants_one(statement: dict[str, Any], action: str, table: str) -> bool:
    """Tell whether a statement grants one action on one table, and nothing else."""
    resources = _listed(statement["Resource"])
    return _listed(statement["Action"]) == [action] and len(resources) == 1 and resources[0].endswith(f"/{table}")


@contextlib.contextmanager
def _without(applied_stack: LocalStack, route: str, action: str, table: str) -> Iterator[None]:
    """Take one action on one table away from a role, and give it back."""
    iam, role = applied_stack.target.client("iam"), _role(applied_stack, route)
    whole = _policies(applied_stack, route)
    try:
        for name, document in whole.items():
            less = json.loads(json.dumps(document))
            less["Statement"] = [one for one in less["Statement"] if not _grants_one(one, action, table)]
            assert len(less["Statement"]) == len(document["Statement"]) - 1
            iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(less))
        yield
    finally:
        for name, document in whole.items():
            iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))


def _kraken_messages(route: str) -> list[NativeMessage]:
    """Take up to three fresh messages of Kraken that go one route, from the first session that has any.

    A session may hold none: a status of the market is rare.
    """
    for _ in range(100):
        messages = [
            scheduled.message
            for scheduled in session(time.time_ns(), time.time_ns(), 400)
            if scheduled.message.venue == "kraken"
            and scheduled.kind == "market"
            and prepare(0, scheduled.message).planned.detail_type.lower() == route
        ]
        if messages:
            return messages[:3]
    raise AssertionError(f"a hundred sessions hold no message of {route}")


@pytest.fixture
def short_session(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a session of a few messages that all take one route."""

    def write(route: str) -> Path:
        if route == "quarantine":
            messages = [NativeMessage("luno", time.time_ns() + n, f'{{"n":{n}}}') for n in range(3)]
        else:
            messages = _kraken_messages(route)
        path = tmp_path / "short.capture"
        times = (divmod(message.received_ns, 10**9) for message in messages)
        path.write_text(
            "".join(f"{at}.{ns:09d}: {message.raw}\n" for (at, ns), message in zip(times, messages, strict=True))
        )
        return path

    return write


def _replay(local_command: Callable[..., int], route: str, path: Path, *, settle_s: float) -> int:
    venue = "luno" if route == "quarantine" else "kraken"
    return local_command("replay", str(path), "--venue", venue, "--speed", "max", "--settle", str(settle_s))


@pytest.mark.parametrize("route", ROUTES)
def test_a_role_grants_what_is_exercised_here_and_what_is_listed_with_a_reason(
    applied_stack: LocalStack, route: str
) -> None:
    granted = _grants(applied_stack, route)
    exercised = {(action, arn.rsplit("/", 1)[-1]) for action, arn in granted if action.startswith("dynamodb:")}
    assert exercised == EXERCISED
    rest = {action for action, _ in granted if not action.startswith("dynamodb:")}
    assert rest == set(NOT_EXERCISED_QUARANTINE if route == "quarantine" else NOT_EXERCISED_ROUTE)
    assert all("*" not in arn or arn.endswith(":*") or action.startswith("xray:") for action, arn in granted)


@pytest.mark.parametrize("route", ROUTES)
def test_with_its_whole_role_a_session_passes(
    applied_stack: LocalStack, local_command: Callable[..., int], short_session: Callable[[str], Path], route: str
) -> None:
    assert _replay(local_command, route, short_session(route), settle_s=30) == 0


@pytest.mark.parametrize(
    "grant",
    [(route, *grant) for route in (ROUTES if SOAKING else ROUTES[::2]) for grant in sorted(EXERCISED)],
    ids="-".join,
)
def test_without_a_single_grant_a_session_fails_and_names_what_is_missing(
    applied_stack: LocalStack,
    local_command: Callable[..., int],
    short_session: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
    grant: tuple[str, str, str],
) -> None:
    route, action, table = grant
    path = short_session(route)
    with _without(applied_stack, route, action, table):
        assert _replay(local_command, route, path, settle_s=2.5) == 1
    said = capsys.readouterr().out
    assert "Events are missing" in said
    assert "missing: " in said
    group = f"/aws/lambda/{applied_stack.outputs().function_names[route]}"
    logged = applied_stack.target.client("logs").filter_log_events(
        logGroupName=group, filterPattern="AccessDenied", startTime=int((time.time() - 20) * 1000)
    )["events"]
    assert any("PutItem" in event["message"] or "AccessDenied" in event["message"] for event in logged)


def test_the_calls_that_really_happened_use_every_grant(
    applied_stack: LocalStack, local_command: Callable[..., int]
) -> None:
    started = time.time()
    assert local_command("replay", "--limit", "150", "--speed", "max", "--seed", "21") == 0
    used: dict[str, set[tuple[str, str]]] = {}
    for call in _calls(applied_stack, since=started):
        function = _caller(call)
        if function:
            used.setdefault(function, set()).update(_used(call))
    names = applied_stack.outputs().function_names
    for route in ROUTES:
        assert used[names[route]] == EXERCISED, route


def _calls(applied_stack: LocalStack, *, since: float) -> Iterator[dict[str, Any]]:
    """Yield the DynamoDB writes that the emulator's CloudTrail recorded, newest first."""
    trail = applied_stack.target.client("cloudtrail")
    for name in ("TransactWriteItems", "PutItem"):
        until, seen = time.time() + 1, set()
        while True:
            found = trail.lookup_events(
                LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}],
                StartTime=since,
                EndTime=until,
                MaxResults=50,
            )["Events"]
            fresh = [event for event in found if event["EventId"] not in seen]
            if not fresh:
                break
            for event in fresh:
                seen.add(event["EventId"])
                yield json.loads(event["CloudTrailEvent"])
            # ministack gives no token: the next page is what happened before the oldest of this one.
            until = min(event["EventTime"].timestamp() for event in fresh)


_callers: dict[str, str] = {}


def _caller(call: dict[str, Any]) -> str | None:
    """Return the function whose role made a call: each has one key, and its transactions write its own lanes."""
    key = call["userIdentity"]["accessKeyId"]
    for item in call["requestParameters"].get("TransactItems", []):
        pk = item.get("Put", {}).get("Item", {}).get("pk", {}).get("S", "")
        if pk.startswith("L#"):
            _callers[key] = pk.split(".")[1]
    return _callers.get(key)


def _used(call: dict[str, Any]) -> set[tuple[str, str]]:
    parameters = call["requestParameters"]
    if call["eventName"] == "PutItem":
        return {("dynamodb:PutItem", parameters["TableName"])}
    return {
        (f"dynamodb:{operation}Item", item["TableName"])
        for entry in parameters["TransactItems"]
        for operation, item in entry.items()
    }
