"""The verdicts of the delivery policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.delivery.findings import Scope, judge_hops
from tapeproof.gate.engine.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

RULE = """
resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_rule" "placed" {
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  state          = "%s"
}

resource "aws_cloudwatch_event_target" "t" {
  rule           = aws_cloudwatch_event_rule.placed.name
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  arn            = %s
}
"""
STATES = '"arn:aws:states:eu-west-1:1:stateMachine:m"'
THEIRS = '"arn:aws:sqs:eu-west-1:1:theirs"'


@pytest.mark.parametrize(
    ("scope", "code", "expected"),
    [
        (Scope(("delivery",), ("flow",)), "off", True),
        (Scope(("delivery",), ("admission",)), "off", False),
        (Scope(("delivery",), ("admission",)), "policy", True),
        (Scope(("delivery",), ("admission",)), "a code of tomorrow", True),
        (Scope(("delivery",), ("flow",), ("overlap",)), "off", False),
        (Scope(("delivery",), ("visibility",)), "visible soon", True),
        (Scope(("delivery",), ("log",)), "log", True),
    ],
)
def test_a_policy_names_the_stops_of_its_aspects(
    stack_of: Callable[[str], Stack], scope: Scope, code: str, expected: bool
) -> None:
    rule = next(stack_of(RULE % ("ENABLED", STATES)).resources())
    assert scope.takes(Stop(code, rule, rule)) is expected


@pytest.mark.parametrize(
    ("state", "arn", "aspect", "verdicts"),
    [
        ("ENABLED", STATES, "flow", {Verdict.PASS}),
        ("DISABLED", STATES, "flow", {Verdict.PASS, Verdict.FAIL}),
        ("ENABLED", STATES, "admission", {Verdict.FAIL}),
        ("ENABLED", "var.arn", "admission", {Verdict.UNKNOWN}),
        ("ENABLED", THEIRS, "admission", {Verdict.PASS}),
    ],
)
def test_what_stops_fails_and_what_is_not_known_is_no_pass(
    stack_of: Callable[[str], Stack], state: str, arn: str, aspect: str, verdicts: set[Verdict]
) -> None:
    stack = stack_of(RULE % (state, arn) + 'variable "arn" {}\n')
    found = list(judge_hops(stack, Scope(("delivery",), (aspect,))))  # type: ignore[arg-type]
    assert {finding.verdict for finding in found} == verdicts


def test_a_finding_tells_the_way_of_the_event_and_its_fix(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(RULE % ("ENABLED", STATES))
    (finding,) = judge_hops(stack, Scope(("delivery",), ("admission",)))
    way = (
        "aws_cloudwatch_event_bus.shop -> aws_cloudwatch_event_rule.placed -> arn:aws:states:eu-west-1:1:stateMachine:m"
    )
    assert finding.message.startswith(f"{way}: ")
    assert finding.fix == "set role_arn"


def test_what_is_taken_for_granted_is_told(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(RULE % ("ENABLED", THEIRS))
    (finding,) = judge_hops(stack, Scope(("delivery",), ("admission",)))
    assert finding.message.endswith("it is taken to let the event pass")


def test_a_policy_on_failures_leaves_deliveries_alone(stack_of: Callable[[str], Stack]) -> None:
    assert list(judge_hops(stack_of(RULE % ("DISABLED", STATES)), Scope(("failure",), ("flow", "admission")))) == []
