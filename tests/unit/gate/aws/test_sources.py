"""What a mapping or a pipe reads from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.sources import kind_of_source, source_queues
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

BEFORE = """
variable "arn" {}
data "aws_region" "here" {}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_dynamodb_table" "t" {
  name = "t"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
}
"""
MAPPING = """
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = %s
  event_source_arn = %s
  %s
}
"""


@pytest.mark.parametrize(
    ("source", "block", "kind"),
    [
        ("aws_sqs_queue.q.arn", "", "queue"),
        ("aws_dynamodb_table.t.stream_arn", "", "stream"),
        ('"arn:aws:sqs:r:1:theirs"', "", "queue"),
        ('"arn:aws:kinesis:r:1:stream/s"', "", "stream"),
        ('"arn:aws-cn:mq:r:1:broker:b"', "", "other"),
        ('"arn:aws:unheard-of:r:1:x"', "", "other"),
        ('"arn:aws:sqs:${data.aws_region.here.name}:1:theirs"', "", "queue"),
        ("null", "", "other"),
        ("null", "self_managed_event_source {}", "stream"),
    ],
)
def test_the_kind_is_told_from_the_resource_or_the_arn(
    stack_of: Callable[[str], Stack], source: str, block: str, kind: str
) -> None:
    stack = stack_of(BEFORE + MAPPING % ('"f"', source, block))
    (mapping,) = stack.resources("aws_lambda_event_source_mapping")
    assert kind_of_source(stack, mapping, mapping["event_source_arn"]) == kind


def test_a_source_that_is_not_known_has_no_kind(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(BEFORE + MAPPING % ('"f"', "var.arn", ""))
    (mapping,) = stack.resources("aws_lambda_event_source_mapping")
    with pytest.raises(Undecided):
        kind_of_source(stack, mapping, mapping["event_source_arn"])


@pytest.mark.parametrize(
    ("function", "source", "expected"),
    [
        ("aws_lambda_function.f.arn", "aws_sqs_queue.q.arn", ["aws_sqs_queue.q"]),
        ('"other"', "aws_sqs_queue.q.arn", []),
        ("aws_lambda_function.f.arn", "aws_dynamodb_table.t.stream_arn", []),
        ("aws_lambda_function.f.arn", "null", []),
    ],
)
def test_a_function_is_invoked_with_the_messages_of_its_queues(
    stack_of: Callable[[str], Stack], function: str, source: str, expected: list[str]
) -> None:
    stack = stack_of(BEFORE + MAPPING % (function, source, ""))
    (resource,) = stack.resources("aws_lambda_function")
    assert [queue.address for queue in source_queues(stack, resource)] == expected
