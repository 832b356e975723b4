"""Lists everything of the stack that is still there, service by service; a key that waits for its deletion is gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tapeproof.local.errors import LeftoversError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tapeproof.ops.target import Target

__all__ = ["LISTINGS", "Leftover", "leftovers"]


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that is still there.

    Args:
        service: The service, such as `lambda`.
        kind: What it is, such as `function`.
        name: Its name, address or id.
    """

    service: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.service} {self.kind} {self.name}"


def leftovers(target: Target, suffix: str) -> list[Leftover]:
    """Return what is left of a stack: everything in the account's region whose name ends with its suffix.

    The embedded AWS holds nothing but the stack, so there everything counts that AWS did not make itself.

    Args:
        target: The AWS to look at.
        suffix: The stack's environment suffix.

    Raises:
        LeftoversError: A service could not be listed, so nothing is proved.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - a quarter of a second to load

    def list_leftovers_of(listing: tuple[str, str, Callable[[Any], Iterable[str]]]) -> list[Leftover]:
        service, kind, names = listing
        try:
            return [Leftover(service, kind, name) for name in names(target.client(service))]
        except (BotoCoreError, ClientError) as error:
            raise LeftoversError(f"{service}: its {kind}s cannot be listed", why=str(error)) from error

    with ThreadPoolExecutor(max_workers=8) as pool:
        found = [leftover for answer in pool.map(list_leftovers_of, LISTINGS) for leftover in answer]
    if target.is_embedded:
        return found
    return [leftover for leftover in found if leftover.name.endswith((f"-{suffix}", f" {suffix}"))]


def _pages(operation: str, result: str, name: str, **arguments: Any) -> Callable[[Any], Iterator[str]]:  # noqa: ANN401
    def names(client: Any) -> Iterator[str]:  # noqa: ANN401 - any of a dozen clients
        for page in client.get_paginator(operation).paginate(**arguments):
            for item in page.get(result, []):
                yield str(item if not name else item[name])

    return names


def _all(operation: str, result: str, name: str) -> Callable[[Any], Iterator[str]]:
    def names(client: Any) -> Iterator[str]:  # noqa: ANN401 - a client whose listing has no paginator
        token: dict[str, str] = {}
        while True:
            answer = getattr(client, operation)(**token)
            yield from (str(item[name]) for item in answer.get(result, []))
            if not answer.get("NextToken"):
                return
            token = {"NextToken": answer["NextToken"]}

    return names


def _event_buses(client: Any) -> Iterator[str]:  # noqa: ANN401
    yield from (name for name in _all("list_event_buses", "EventBuses", "Name")(client) if name != "default")


def _event_rules(client: Any) -> Iterator[str]:  # noqa: ANN401
    for bus in _all("list_event_buses", "EventBuses", "Name")(client):
        for page in client.get_paginator("list_rules").paginate(EventBusName=bus):
            yield from (rule["Name"] for rule in page["Rules"])


def _schedule_groups(client: Any) -> Iterator[str]:  # noqa: ANN401
    listed = _pages("list_schedule_groups", "ScheduleGroups", "Name")(client)
    yield from (name for name in listed if name != "default")


def _keys(client: Any) -> Iterator[str]:  # noqa: ANN401
    for page in client.get_paginator("list_keys").paginate():
        for key in page["Keys"]:
            metadata = client.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
            if metadata["KeyManager"] == "CUSTOMER" and metadata["KeyState"] not in _KEY_IS_GONE:
                tags = client.list_resource_tags(KeyId=key["KeyId"])["Tags"]
                environment = next((tag["TagValue"] for tag in tags if tag["TagKey"] == "Environment"), "?")
                yield f"{key['KeyId']} of environment {environment}"


def _aliases(client: Any) -> Iterator[str]:  # noqa: ANN401
    for page in client.get_paginator("list_aliases").paginate():
        yield from (alias["AliasName"] for alias in page["Aliases"] if not alias["AliasName"].startswith("alias/aws/"))


def _roles(client: Any) -> Iterator[str]:  # noqa: ANN401
    for page in client.get_paginator("list_roles").paginate():
        yield from (role["RoleName"] for role in page["Roles"] if not role["Path"].startswith("/aws-service-role/"))


def _buckets(client: Any) -> Iterator[str]:  # noqa: ANN401
    yield from (bucket["Name"] for bucket in client.list_buckets()["Buckets"])


def _alarms(client: Any) -> Iterator[str]:  # noqa: ANN401
    for page in client.get_paginator("describe_alarms").paginate(AlarmTypes=["MetricAlarm", "CompositeAlarm"]):
        for alarm in (*page["MetricAlarms"], *page["CompositeAlarms"]):
            yield alarm["AlarmName"]


_KEY_IS_GONE = frozenset({"PendingDeletion", "PendingReplicaDeletion"})

LISTINGS: tuple[tuple[str, str, Callable[[Any], Iterable[str]]], ...] = (
    ("lambda", "function", _pages("list_functions", "Functions", "FunctionName")),
    ("lambda", "event source mapping", _pages("list_event_source_mappings", "EventSourceMappings", "FunctionArn")),
    ("dynamodb", "table", _pages("list_tables", "TableNames", "")),
    ("sqs", "queue", _pages("list_queues", "QueueUrls", "")),
    ("sns", "topic", _pages("list_topics", "Topics", "TopicArn")),
    ("sns", "subscription", _pages("list_subscriptions", "Subscriptions", "TopicArn")),
    ("events", "event bus", _event_buses),
    ("events", "rule", _event_rules),
    ("events", "archive", _all("list_archives", "Archives", "ArchiveName")),
    ("scheduler", "schedule", _pages("list_schedules", "Schedules", "Name")),
    ("scheduler", "schedule group", _schedule_groups),
    ("logs", "log group", _pages("describe_log_groups", "logGroups", "logGroupName")),
    ("kms", "key", _keys),
    ("kms", "alias", _aliases),
    ("iam", "role", _roles),
    ("iam", "policy", _pages("list_policies", "Policies", "PolicyName", Scope="Local")),
    ("s3", "bucket", _buckets),
    ("cloudtrail", "trail", _pages("list_trails", "Trails", "Name")),
    ("cloudwatch", "alarm", _alarms),
    ("cloudwatch", "dashboard", _pages("list_dashboards", "DashboardEntries", "DashboardName")),
)
"""Every kind of resource that the stack can make: service, what it is, and how it is listed."""
