"""Log groups and alarms, as a configuration would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.frontends.live.watching import alarms, log_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.frontends.live.account import Account

ALARM = {"AlarmName": "a", "AlarmArn": "arn:a", "ActionsEnabled": True, "AlarmActions": ["arn:topic"]}


@pytest.mark.parametrize(("answer", "days"), [({"retentionInDays": 90}, 90), ({}, 0)])
def test_a_group_that_keeps_logs_forever_has_a_retention_of_zero(
    answer: dict[str, int], days: int, account_of: Callable[..., Account]
) -> None:
    group = {"logGroupName": "g", "arn": "arn:aws:logs:us-east-1:1:log-group:g:*", **answer}
    (made,) = log_groups(account_of(describe_log_groups={"logGroups": [group]}))
    assert made["retention_in_days"].plain() == days
    assert made["arn"].plain() == made.address == "arn:aws:logs:us-east-1:1:log-group:g"
    assert "kms_key_id" not in made


def described(metric: list[dict[str, Any]], composite: list[dict[str, Any]] | None = None) -> Callable[..., object]:
    def answer(AlarmTypes: list[str]) -> object:  # noqa: N803 - as AWS names it
        return {"MetricAlarms": metric} if AlarmTypes == ["MetricAlarm"] else {"CompositeAlarms": composite or []}

    return answer


def test_an_alarm_watches_one_metric_or_several_in_queries(account_of: Callable[..., Account]) -> None:
    metric = {"Namespace": "AWS/SQS", "MetricName": "Age", "Dimensions": [{"Name": "QueueName", "Value": "q"}]}
    queries = [{"Id": "m", "MetricStat": {"Metric": metric}}, {"Id": "e", "Expression": "m * 2"}]
    one, several = alarms(account_of(describe_alarms=described([{**ALARM, **metric}, {**ALARM, "Metrics": queries}])))
    assert one["dimensions"].plain() == {"QueueName": "q"}
    assert "metric_query" not in one
    assert several.at("metric_query.metric.metric_name").plain() == "Age"
    assert "metric_name" not in several
    assert [query.entry("expression").plain() for query in several["metric_query"].elements()] == [None, "m * 2"]


def test_an_alarm_says_when_it_goes_off(account_of: Callable[..., Account]) -> None:
    when = {"ComparisonOperator": "GreaterThanThreshold", "Threshold": 25.0}
    (made,) = alarms(account_of(describe_alarms=described([{**ALARM, **when}])))
    assert (made["comparison_operator"].plain(), made["threshold"].number()) == ("GreaterThanThreshold", 25)


def test_a_composite_alarm_has_its_rule(account_of: Callable[..., Account]) -> None:
    (composite,) = alarms(account_of(describe_alarms=described([], [{**ALARM, "AlarmRule": "ALARM(a)"}])))
    assert (composite.type, composite["alarm_rule"].plain()) == ("aws_cloudwatch_composite_alarm", "ALARM(a)")
    assert composite["alarm_actions"].plain() == ["arn:topic"]


def test_only_what_has_the_suffix_is_looked_at(account_of: Callable[..., Account]) -> None:
    account = account_of("-dev", describe_alarms=described([ALARM, {**ALARM, "AlarmName": "a-dev"}]))
    assert [one.name for one in alarms(account)] == ["a-dev"]


def test_lists_that_aws_refuses_may_hold_any_alarm_or_group(account_of: Callable[..., Account]) -> None:
    account = account_of(describe_alarms="AccessDenied", describe_log_groups="AccessDenied")
    assert [*alarms(account), *log_groups(account)] == []
    assert [gap.type for gap in account.gaps] == ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_log_group"]
    assert not account.gaps[1]["retention_in_days"].known


def test_an_alarm_tells_others_when_it_is_over(account_of: Callable[..., Account]) -> None:
    over = {"OKActions": ["arn:over"], "InsufficientDataActions": ["arn:blind"]}
    one, other = alarms(account_of(describe_alarms=described([{**ALARM, **over}], [{**ALARM, "OKActions": []}])))
    assert (one["ok_actions"].plain(), one["insufficient_data_actions"].plain()) == (["arn:over"], ["arn:blind"])
    assert "ok_actions" not in other


def test_a_log_group_has_what_subscribes_to_it(account_of: Callable[..., Account]) -> None:
    found = {"filterName": "all", "destinationArn": "arn:f", "roleArn": "arn:r", "filterPattern": ""}
    account = account_of(
        describe_log_groups={"logGroups": [{"logGroupName": "trade", "arn": "arn:g:*"}]},
        describe_subscription_filters=lambda **of: {
            "subscriptionFilters": [found | {"logGroupName": of["logGroupName"]}]
        },
    )
    _, subscription = log_groups(account)
    assert (subscription.type, subscription.address) == (
        "aws_cloudwatch_log_subscription_filter", "arn:g/subscription/all"
    )  # fmt: skip
    assert [subscription[name].plain() for name in ("log_group_name", "destination_arn", "role_arn")] == [
        "trade", "arn:f", "arn:r"
    ]  # fmt: skip


def test_subscriptions_that_aws_refuses_to_list_may_be_any(account_of: Callable[..., Account]) -> None:
    account = account_of(
        describe_log_groups={"logGroups": [{"logGroupName": "trade", "arn": "arn:g:*"}]},
        describe_subscription_filters="AccessDenied",
    )
    list(log_groups(account))
    assert [gap.type for gap in account.gaps] == ["aws_cloudwatch_log_subscription_filter"]
