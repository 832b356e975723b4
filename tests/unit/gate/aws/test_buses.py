"""Which bus a rule is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.buses import is_custom_bus, listens_to_aws_alone, on_same_bus, targets_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


SOURCE = """
resource "aws_cloudwatch_event_bus" "b" {{ name = "b" }}
resource "aws_cloudwatch_event_rule" "r" {{
  name           = "r"
  event_bus_name = {rule}
  event_pattern  = jsonencode({{ source = [{source}] }})
}}
resource "aws_cloudwatch_event_target" "t" {{
  rule           = "r"
  event_bus_name = {target}
}}
"""
OWN = "aws_cloudwatch_event_bus.b.name"


@pytest.mark.parametrize(
    ("rule", "target", "same", "custom"),
    [
        (OWN, "aws_cloudwatch_event_bus.b.arn", True, True),
        (OWN, "null", False, True),
        ("null", '"default"', True, False),
        ('"aws.partner/acme/feed"', '"aws.partner/acme/feed"', True, False),
        ('"elsewhere"', '"elsewhere"', True, True),
    ],
)
def test_a_rule_and_its_target_are_on_a_bus(
    stack_of: Callable[[str], Stack], rule: str, target: str, *, same: bool, custom: bool
) -> None:
    stack = stack_of(SOURCE.format(rule=rule, target=target, source='"feed"'))
    (one,) = stack.resources("aws_cloudwatch_event_rule")
    (other,) = targets_of(stack, one)
    assert on_same_bus(stack, one, other) is same
    assert is_custom_bus(one) is custom


@pytest.mark.parametrize(
    ("source", "alone"), [('"aws.s3"', True), ('{ prefix = "aws." }', True), ('"aws.s3", "feed"', False)]
)
def test_events_of_aws_do_not_reach_a_custom_bus(stack_of: Callable[[str], Stack], source: str, *, alone: bool) -> None:
    stack = stack_of(SOURCE.format(rule=OWN, target=OWN, source=source))
    (rule,) = stack.resources("aws_cloudwatch_event_rule")
    assert listens_to_aws_alone(stack, rule, stack.document(rule["event_pattern"])) is alone
