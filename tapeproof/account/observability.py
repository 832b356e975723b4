"""CloudWatch log groups and alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.account.observation import Observation, region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.account.asking import Asker

__all__ = ["alarms", "log_groups"]


def log_groups(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each log group with the key that encrypts it."""
    for group in list(asker.pages("logs", "describe_log_groups", "logGroups")):
        name = group["logGroupName"]
        if asker.is_chosen("aws_cloudwatch_log_group", name, suffix):
            value = {
                "Name": name,
                "Region": region_of(group.get("arn", "")),
                "LogGroup": group,
                "Key": asker.key(group.get("kmsKeyId")),
            }
            yield Observation("aws_cloudwatch_log_group", name, value)


def alarms(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each metric alarm, without its state, which changes while one looks."""
    volatile = {"StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp"}
    for alarm in list(asker.pages("cloudwatch", "describe_alarms", "MetricAlarms", AlarmTypes=["MetricAlarm"])):
        if asker.is_chosen("aws_cloudwatch_metric_alarm", alarm["AlarmName"], suffix):
            kept = {name: value for name, value in alarm.items() if name not in volatile}
            value = {"Name": alarm["AlarmName"], "Region": region_of(alarm.get("AlarmArn", "")), "Alarm": kept}
            yield Observation("aws_cloudwatch_metric_alarm", alarm["AlarmName"], value)
