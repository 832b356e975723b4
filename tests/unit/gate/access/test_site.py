"""One stack, its world and its policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

QUEUE = 'resource "aws_sqs_queue" "q" {\n name = "q"\n}\n'


def test_policies_of_a_stack_are_read_once(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(QUEUE)
    assert site_of(stack) is site_of(stack)
    (queue,) = stack.resources("aws_sqs_queue")
    assert site_of(stack).by_arn(site_of(stack).world.arn(queue)) is queue
    assert site_of(stack).by_arn("not an arn") is None
