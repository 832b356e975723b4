"""What keeps a rule from moving events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.event_rules import (
    faults_of_names,
    faults_of_pattern,
    faults_of_schedule,
    faults_of_targets,
    faults_of_timing,
)
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


RULE = """
resource "aws_cloudwatch_event_rule" "r" {{
  name = "r"
  {}
}}
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "neither an event pattern nor a schedule"),
        ('schedule_expression = "rate(1 minutes)"', "singular"),
        ('schedule_expression = "at(2099-01-01T00:00:00)"', "at() is for"),
        ('schedule_expression = "cron(0 0 30 2 ? *)"', "never comes"),
        ('event_bus_name = "b"\nschedule_expression = "rate(5 minutes)"', "default event bus only"),
        ('event_pattern = "{"', "the pattern holds"),
        ('event_pattern = "{} {}"', "the pattern has more after the end"),
        ('event_pattern = "NaN"', "NaN is not a number"),
        ('event_pattern = jsonencode({ sauce = ["x"] })', "no event has a field"),
        (f'event_pattern = jsonencode({{ source = ["{"x" * 90}"] }})', "characters"),
    ],
)
def test_a_fault_says_what_is_wrong(stack_of: Callable[[str], Stack], body: str, said: str) -> None:
    stack = stack_of(RULE.format(body))
    (rule,) = stack.resources()
    faults = [*faults_of_timing(rule), *faults_of_pattern(rule, stack, 80)]
    assert [fault for fault in faults if said in fault.message]
    assert [fault.observed for fault in faults_of_targets(rule, stack)] == ["no target"]


@pytest.mark.parametrize("pattern", ["${v} {}", "{ ${v} }", "{${v}", '{\\"source\\": ${v}', "[${v}"])
def test_what_is_not_known_yet_may_make_json_of_a_pattern(stack_of: Callable[[str], Stack], pattern: str) -> None:
    body = f'event_pattern = "{pattern.replace("${v}", "${var.v}")}"'
    stack = stack_of('variable "v" {}\n' + RULE.format(body))
    (rule,) = stack.resources()
    with pytest.raises(Undecided):
        list(faults_of_pattern(rule, stack, 80))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('schedule_expression = "at(2099-01-01T00:00:00)"', []),
        ('schedule_expression = "at(2020-01-01T00:00:00)"', ["its time is over, so it never comes"]),
        ('schedule_expression = "cron(0 12 * * *)"', ["cron() takes six fields, this has 5"]),
        (
            'schedule_expression = "rate(1 hour)"\n  end_date = "2020-01-01T00:00:00Z"',
            ["its end is over, so it never comes"],
        ),
        ('schedule_expression = "rate(1 hour)"\n  end_date = "2099-01-01T00:00:00Z"', []),
    ],
)
def test_a_schedule_that_never_comes_is_told(stack_of: Callable[[str], Stack], body: str, said: list[str]) -> None:
    (schedule,) = stack_of(f'resource "aws_scheduler_schedule" "s" {{\n  {body}\n}}\n').resources()
    assert [fault.message for fault in faults_of_schedule(schedule)] == said


@pytest.mark.parametrize(
    ("bus", "named", "said"),
    [
        ("null", "name", []),
        ("null", "id", []),
        ("null", "arn", ["its ARN stands there"]),
        ('"market"', "name", []),
        ('"market"', "id", ["its id, which begins with the bus, stands there"]),
    ],
)
def test_a_target_takes_the_name_of_its_rule(
    stack_of: Callable[[str], Stack], bus: str, named: str, said: list[str]
) -> None:
    target = f'resource "aws_cloudwatch_event_target" "t" {{\n  rule = aws_cloudwatch_event_rule.r.{named}\n}}\n'
    stack = stack_of(RULE.format(f"event_bus_name = {bus}") + target)
    (rule,) = stack.resources("aws_cloudwatch_event_rule")
    found = [fault.message.partition(", and ")[2] for fault in faults_of_names(rule, stack)]
    assert found == said
