"""Buses, rules, targets and schedules, as a configuration would have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.live.routing import buses, schedules

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.frontends.live.account import Account

BUS = {"Name": "market", "Arn": "arn:bus"}
RULE = {"Name": "trade", "Arn": "arn:rule", "EventPattern": "{}", "State": "ENABLED"}


def test_a_bus_has_its_policy_its_rules_and_their_targets(account_of: Callable[..., Account]) -> None:
    targets = [{"Id": "a", "Arn": "arn:f", "DeadLetterConfig": {"Arn": "arn:q"}}, {"Id": "b", "Arn": "arn:g"}]
    account = account_of(
        list_event_buses={"EventBuses": [{**BUS, "Policy": "{}"}]},
        list_rules={"Rules": [RULE]},
        list_targets_by_rule={"Targets": targets},
    )
    bus, policy, rule, first, second = buses(account)
    assert [bus["arn"].plain(), policy["policy"].plain(), rule["event_bus_name"].plain()] == ["arn:bus", "{}", "market"]
    assert first.at("dead_letter_config.arn").plain() == "arn:q"
    assert "dead_letter_config" not in second
    assert first["rule"].plain() == "arn:rule"


def test_a_rule_on_a_bus_of_another_name_is_judged_and_one_of_a_service_is_not(
    account_of: Callable[..., Account],
) -> None:
    rules = [{**RULE, "Name": "x-dev"}, {**RULE, "Name": "y-dev", "ManagedBy": "schemas"}, {**RULE, "Name": "z"}]
    account = account_of("-dev", list_event_buses={"EventBuses": [BUS]}, list_rules={"Rules": rules})
    assert [one.name for one in buses(account)] == ["x-dev"]


@pytest.mark.parametrize("code", ["AccessDenied", "ThrottlingException", "ResourceNotFoundException"])
def test_targets_that_aws_refuses_to_list_may_be_any(code: str, account_of: Callable[..., Account]) -> None:
    account = account_of(
        list_event_buses={"EventBuses": [BUS]}, list_rules={"Rules": [RULE]}, list_targets_by_rule=code
    )
    list(buses(account))
    (gap,) = account.gaps
    assert gap.type == "aws_cloudwatch_event_target"
    assert not gap["dead_letter_config"].known


@pytest.mark.parametrize(
    ("described", "key", "dead_letters"),
    [
        ({"KmsKeyIdentifier": "arn:key", "DeadLetterConfig": {"Arn": "arn:q"}}, "arn:key", "arn:q"),
        ({"KmsKeyIdentifier": "", "DeadLetterConfig": {}}, None, None),
    ],
)
def test_a_bus_has_its_key_and_its_dead_letter_queue(
    described: dict[str, object], key: str | None, dead_letters: str | None, account_of: Callable[..., Account]
) -> None:
    (bus,) = buses(account_of(list_event_buses={"EventBuses": [BUS]}, describe_event_bus=described))
    assert bus["kms_key_identifier"].plain() == key
    assert bus.at("dead_letter_config.arn").plain() == dead_letters


def test_what_aws_refuses_to_say_of_a_bus_is_unknown_not_absent(account_of: Callable[..., Account]) -> None:
    (bus,) = buses(account_of(list_event_buses={"EventBuses": [BUS]}, describe_event_bus="AccessDenied"))
    assert "AccessDenied" in bus["kms_key_identifier"].why
    assert "AccessDenied" in bus["dead_letter_config"].why


def test_an_archive_names_its_bus(account_of: Callable[..., Account]) -> None:
    archives = {"Archives": [{"ArchiveName": "all", "EventSourceArn": "arn:bus"}]}
    (archive,) = buses(account_of(list_archives=archives))
    assert (archive.type, archive["event_source_arn"].plain()) == ("aws_cloudwatch_event_archive", "arn:bus")
    refused = account_of(list_archives="AccessDenied")
    assert list(buses(refused)) == []
    assert [gap.type for gap in refused.gaps] == ["aws_cloudwatch_event_archive"]


@pytest.mark.parametrize(
    ("target", "dead_letters"),
    [({"Arn": "arn:f", "DeadLetterConfig": {"Arn": "arn:q"}}, "arn:q"), ({"Arn": "arn:f"}, None)],
)
def test_a_schedule_has_a_target(
    target: dict[str, object], dead_letters: str | None, account_of: Callable[..., Account]
) -> None:
    account = account_of(
        list_schedules={"Schedules": [{"Name": "s", "Arn": "arn:s", "GroupName": "g"}]},
        get_schedule=lambda **of: {
            "ScheduleExpression": f"{of['GroupName']}/{of['Name']}",
            "State": "ENABLED",
            "Target": target,
        },
    )
    (schedule,) = schedules(account)
    assert schedule["schedule_expression"].plain() == "g/s"
    assert schedule.at("target.arn").plain() == "arn:f"
    assert schedule.at("target.dead_letter_config.arn").plain() == dead_letters


def test_a_schedule_that_aws_refuses_to_show_has_an_unknown_target(account_of: Callable[..., Account]) -> None:
    account = account_of(list_schedules={"Schedules": [{"Name": "s", "Arn": "arn:s"}]}, get_schedule="AccessDenied")
    (schedule,) = schedules(account)
    assert not schedule["target"].known
    assert not schedule["state"].known
