"""Log groups and alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["alarms", "log_groups", "log_policies"]

_GROUP = ("aws_cloudwatch_log_group", "name", "arn", "retention_in_days", "kms_key_id", "log_group_class")
_SUBSCRIBED = ("aws_cloudwatch_log_subscription_filter", "log_group_name", "destination_arn", "role_arn")
_WATCHED = ("namespace", "metric_name", "dimensions", "metric_query", "comparison_operator", "threshold")
_METRIC_ALARM = ("aws_cloudwatch_metric_alarm", "alarm_name", "arn", "actions_enabled", "alarm_actions", *_WATCHED)


def log_groups(account: Account) -> Iterator[Resource]:
    """Yield the log groups, each with what subscribes to it; one that keeps logs forever has a retention of 0."""
    for found in account.pages("logs", "describe_log_groups", "logGroups", gap=_GROUP):
        name = found["logGroupName"]
        if account.covers(name):
            yield account.resource(
                "aws_cloudwatch_log_group",
                name,
                found["arn"].removesuffix(":*"),
                name=name,
                arn=found["arn"].removesuffix(":*"),
                retention_in_days=found.get("retentionInDays", 0),
                kms_key_id=found.get("kmsKeyId"),
                log_group_class=found.get("logGroupClass"),
            )
            yield from _subscriptions(account, name, found["arn"].removesuffix(":*"))


def _subscriptions(account: Account, group: str, arn: str) -> Iterator[Resource]:
    key = "subscriptionFilters"
    for found in account.pages("logs", "describe_subscription_filters", key, gap=_SUBSCRIBED, logGroupName=group):
        yield account.resource(
            "aws_cloudwatch_log_subscription_filter",
            found["filterName"],
            f"{arn}/subscription/{found['filterName']}",
            name=found["filterName"],
            log_group_name=group,
            filter_pattern=found.get("filterPattern"),
            destination_arn=found.get("destinationArn"),
            role_arn=found.get("roleArn"),
        )


def log_policies(account: Account) -> Iterator[Resource]:
    """Yield the resource policies of CloudWatch Logs, which hold for all groups of the account and region."""
    for found in account.pages("logs", "describe_resource_policies", "resourcePolicies"):
        name = found["policyName"]
        address = f"{account.span.file}/log-resource-policy/{name}"
        document = found.get("policyDocument")
        yield account.resource(
            "aws_cloudwatch_log_resource_policy", name, address, policy_name=name, policy_document=document
        )


def alarms(account: Account) -> Iterator[Resource]:
    """Yield metric alarms and composite alarms."""
    kind = ["MetricAlarm"]
    for found in account.pages("cloudwatch", "describe_alarms", "MetricAlarms", gap=_METRIC_ALARM, AlarmTypes=kind):
        if account.covers(found["AlarmName"]):
            yield account.resource(
                "aws_cloudwatch_metric_alarm",
                found["AlarmName"],
                found["AlarmArn"],
                **_actions(found),
                **_metric(found),
                metric_query=_queries(found.get("Metrics")),
                comparison_operator=found.get("ComparisonOperator"),
                threshold=found.get("Threshold"),
            )
    for found in account.pages("cloudwatch", "describe_alarms", "CompositeAlarms", AlarmTypes=["CompositeAlarm"]):
        if account.covers(found["AlarmName"]):
            yield account.resource(
                "aws_cloudwatch_composite_alarm",
                found["AlarmName"],
                found["AlarmArn"],
                **_actions(found),
                alarm_rule=found.get("AlarmRule"),
            )


def _actions(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "alarm_name": found["AlarmName"],
        "arn": found["AlarmArn"],
        "actions_enabled": found.get("ActionsEnabled"),
        "alarm_actions": found.get("AlarmActions", []),
        "ok_actions": found.get("OKActions") or None,
        "insufficient_data_actions": found.get("InsufficientDataActions") or None,
    }


def _metric(found: dict[str, Any]) -> dict[str, Any]:
    dimensions = {dimension["Name"]: dimension["Value"] for dimension in found.get("Dimensions", [])}
    named = found.get("MetricName")
    return {"namespace": found.get("Namespace"), "metric_name": named, "dimensions": dimensions} if named else {}


def _queries(listed: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    return [_query(query) for query in listed or []] or None


def _query(found: dict[str, Any]) -> dict[str, Any]:
    metric = found.get("MetricStat", {}).get("Metric")
    return {"metric": [_metric(metric)]} if metric else {"expression": found.get("Expression")}
