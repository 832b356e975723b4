"""What keeps a rule from moving events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.event_rules import faults_of_pattern, faults_of_targets, faults_of_timing
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
