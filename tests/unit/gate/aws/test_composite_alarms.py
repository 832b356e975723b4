"""Whether a composite alarm goes off because an alarm in it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.composite_alarms import goes_off_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

ALARMS = """
variable "free" {{}}
resource "aws_cloudwatch_metric_alarm" "a" {{ alarm_name = "dead" }}
resource "aws_cloudwatch_metric_alarm" "made" {{ alarm_name = "dead-${{var.free}}" }}
resource "aws_cloudwatch_composite_alarm" "c" {{
  alarm_name = "c"
  alarm_rule = {}
}}
"""


@pytest.mark.parametrize(
    ("rule", "goes_off"),
    [
        ("ALARM(dead)", True),
        ('ALARM("dead") OR ALARM("other")', True),
        ('ALARM("other") AND (ALARM( "dead" ) OR FALSE)', True),
        ("NOT OK(dead)", True),
        ("NOT (NOT ALARM(dead))", True),
        ("TRUE AND ALARM(dead)", True),
        ("ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:dead)", True),
        ("AT_LEAST(1, ALARM, (dead, other))", True),
        ("OK(dead)", False),
        ("NOT ALARM(dead)", False),
        ("INSUFFICIENT_DATA(dead)", False),
        ("FALSE AND ALARM(dead)", False),
        ("TRUE OR ALARM(dead)", False),
        ("ALARM(dead) AND NOT TRUE", False),
        ("ALARM(deadline)", False),
        ("ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:undead)", False),
        ("FALSE", False),
        ("", False),
    ],
)
def test_it_goes_off_where_the_alarm_can_make_it_true(
    stack_of: Callable[[str], Stack], rule: str, *, goes_off: bool
) -> None:
    quoted = rule.replace('"', '\\"')
    stack = stack_of(ALARMS.format(f'"{quoted}"'))
    alarm = next(one for one in stack.resources("aws_cloudwatch_metric_alarm") if one.name == "a")
    (composite,) = stack.resources("aws_cloudwatch_composite_alarm")
    assert goes_off_with(composite["alarm_rule"], alarm, alarm["alarm_name"]) is goes_off


@pytest.mark.parametrize(
    ("rule", "goes_off"),
    [
        ('"ALARM(${aws_cloudwatch_metric_alarm.made.arn})"', True),
        ('"ALARM(${aws_cloudwatch_metric_alarm.made.alarm_name})"', True),
        ('"OK(${aws_cloudwatch_metric_alarm.made.arn})"', False),
        ('"ALARM(${aws_cloudwatch_metric_alarm.a.arn})"', False),
    ],
)
def test_an_alarm_is_named_by_a_reference_too(stack_of: Callable[[str], Stack], rule: str, *, goes_off: bool) -> None:
    stack = stack_of(ALARMS.format(rule))
    alarm = next(one for one in stack.resources("aws_cloudwatch_metric_alarm") if one.name == "made")
    (composite,) = stack.resources("aws_cloudwatch_composite_alarm")
    assert goes_off_with(composite["alarm_rule"], alarm, alarm["alarm_name"]) is goes_off
