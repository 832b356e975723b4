"""Event buses, rules, targets and schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.account.observation import is_kept_by_aws
from tapeproof.gate.engine.model import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["buses", "schedules"]

_TARGET = ("aws_cloudwatch_event_target", "rule", "event_bus_name", "arn", "dead_letter_config")
_ARCHIVE = ("aws_cloudwatch_event_archive", "event_source_arn")


def buses(account: Account) -> Iterator[Resource]:
    """Yield the event buses with their policies, rules and targets, and the archives."""
    for bus in account.pages("events", "list_event_buses", "EventBuses"):
        if account.covers(bus["Name"]):
            yield _bus(account, bus)
            if bus.get("Policy"):
                address = f"{bus['Arn']}/policy"
                named = {"event_bus_name": bus["Name"], "policy": bus["Policy"]}
                yield account.resource("aws_cloudwatch_event_bus_policy", bus["Name"], address, **named)
        for rule in account.pages("events", "list_rules", "Rules", EventBusName=bus["Name"]):
            if account.covers(rule["Name"]) and not is_kept_by_aws(rule):
                yield from _rule(account, bus["Name"], rule)
    for archive in account.pages("events", "list_archives", "Archives", gap=_ARCHIVE):
        if account.covers(archive["ArchiveName"]):
            source = archive["EventSourceArn"]
            address = f"{source}/archive/{archive['ArchiveName']}"
            named = {"name": archive["ArchiveName"], "event_source_arn": source}
            yield account.resource("aws_cloudwatch_event_archive", archive["ArchiveName"], address, **named)


def _bus(account: Account, bus: dict[str, Any]) -> Resource:
    """Return a bus, with the key that encrypts its events and the queue for those that it cannot."""
    described = account.ask("events", "describe_event_bus", Name=bus["Name"])
    dead_letters = account.part(described, "DeadLetterConfig", "Arn")
    return account.resource(
        "aws_cloudwatch_event_bus",
        bus["Name"],
        bus["Arn"],
        name=bus["Name"],
        arn=bus["Arn"],
        kms_key_identifier=account.part(described, "KmsKeyIdentifier") or None,
        dead_letter_config=[{"arn": dead_letters}] if isinstance(dead_letters, str) else dead_letters,
    )


def schedules(account: Account) -> Iterator[Resource]:
    """Yield the schedules of EventBridge Scheduler."""
    for listed in account.pages("scheduler", "list_schedules", "Schedules"):
        if account.covers(listed["Name"]):
            group = listed.get("GroupName", "default")
            found = account.describe("scheduler", "get_schedule", Name=listed["Name"], GroupName=group)
            if found is None:
                continue
            target = account.part(found, "Target")
            yield account.resource(
                "aws_scheduler_schedule",
                listed["Name"],
                listed["Arn"],
                name=listed["Name"],
                group_name=group,
                schedule_expression=account.part(found, "ScheduleExpression"),
                state=account.part(found, "State"),
                target=target if isinstance(target, Unknown) else [_schedule_target(target or {})],
            )


def _rule(account: Account, bus: str, rule: dict[str, Any]) -> Iterator[Resource]:
    yield account.resource(
        "aws_cloudwatch_event_rule",
        rule["Name"],
        rule["Arn"],
        arn=rule["Arn"],
        name=rule["Name"],
        event_bus_name=bus,
        event_pattern=rule.get("EventPattern"),
        schedule_expression=rule.get("ScheduleExpression"),
        state=rule.get("State"),
    )
    selected = {"Rule": rule["Name"], "EventBusName": bus}
    for target in account.pages("events", "list_targets_by_rule", "Targets", gap=_TARGET, of_listed=True, **selected):
        dead_letters = target.get("DeadLetterConfig", {}).get("Arn")
        yield account.resource(
            "aws_cloudwatch_event_target",
            target["Id"],
            f"{rule['Arn']}/{target['Id']}",
            rule=rule["Arn"],
            event_bus_name=bus,
            arn=target["Arn"],
            role_arn=target.get("RoleArn"),
            sqs_target=_sqs_target(target),
            dead_letter_config=[{"arn": dead_letters}] if dead_letters else None,
        )


def _sqs_target(target: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    group = target.get("SqsParameters", {}).get("MessageGroupId")
    return [{"message_group_id": group}] if group else None


def _schedule_target(target: dict[str, Any]) -> dict[str, Any]:
    dead_letters = target.get("DeadLetterConfig", {}).get("Arn")
    found = {"arn": target.get("Arn"), "role_arn": target.get("RoleArn"), "sqs_parameters": _sqs_target(target)}
    return found | ({"dead_letter_config": [{"arn": dead_letters}]} if dead_letters else {})
