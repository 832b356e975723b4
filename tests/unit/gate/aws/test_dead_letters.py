"""What is wrong with where failures go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.dead_letters import faults_of_subscription, faults_of_target

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


QUEUE = 'resource "aws_sqs_queue" "q" {\n fifo_queue = true\n}\n'


@pytest.mark.parametrize(
    ("type_", "body", "said"),
    [
        ("aws_cloudwatch_event_target", "", "no dead-letter queue"),
        ("aws_cloudwatch_event_target", "dead_letter_config {\n arn = aws_sqs_queue.q.arn\n}", "is FIFO"),
        ("aws_scheduler_schedule", "target {\n dead_letter_config {\n arn = aws_sqs_queue.q.arn\n}\n}", "is FIFO"),
        ("aws_sns_topic_subscription", "", "no redrive policy"),
    ],
)
def test_a_fault_says_what_is_lost(stack_of: Callable[[str], Stack], type_: str, body: str, said: str) -> None:
    stack = stack_of(f'{QUEUE}resource "{type_}" "x" {{\n{body}\n}}')
    (resource,) = stack.resources(type_)
    faults = faults_of_subscription if type_.startswith("aws_sns") else faults_of_target
    assert [said in fault.message for fault in faults(resource, stack)] == [True]
