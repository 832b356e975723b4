"""All hops of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.graph import hops_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

STACK = """
resource "aws_cloudwatch_event_rule" "r" {}

resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_actions = ["arn:aws:sns:eu-west-1:1:theirs"]
}

resource "aws_lambda_function" "f" {
  role = "arn:aws:iam::1:role/theirs"
}

resource "aws_sqs_queue" "q" {
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:1:theirs" })
}
"""


def test_rules_senders_pollers_and_queues_all_make_hops(stack_of: Callable[[str], Stack]) -> None:
    assert {hop.sender.address for hop in hops_of(stack_of(STACK))} == {
        "aws_cloudwatch_event_rule.r",
        "aws_cloudwatch_metric_alarm.a",
        "aws_lambda_function.f",
        "aws_sqs_queue.q",
    }


def test_hops_are_looked_for_once_and_never_taken_for_those_of_another_stack(
    stack_of: Callable[[str], Stack],
) -> None:
    one = stack_of(STACK)
    assert hops_of(one) is hops_of(one)
    assert hops_of(stack_of("locals {\n  nothing = 1\n}\n")) == ()
    assert len(hops_of(stack_of(STACK))) == len(hops_of(one))
