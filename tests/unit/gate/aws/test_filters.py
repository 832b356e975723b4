"""Filters of mappings and pipes: a field that no record has, and grammar that AWS refuses, let nothing through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.filters import faults_of_filters
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

MAPPING = """
variable "later" {{}}
resource "aws_sqs_queue" "q" {{}}
resource "aws_lambda_event_source_mapping" "m" {{
  event_source_arn = {0}
  {1}
}}
"""
FILTER = "filter_criteria {{\n    filter {{\n      pattern = {0}\n    }}\n  }}"
SQS, KINESIS, TABLE, KAFKA = (
    f'"arn:aws:{service}:us-east-1:111122223333:x"' for service in ("sqs", "kinesis", "dynamodb", "kafka")
)


def _messages(stack_of: Callable[[str], Stack], source: str, filters: str) -> list[str]:
    stack = stack_of(MAPPING.format(source, filters))
    (mapping,) = stack.resources("aws_lambda_event_source_mapping")
    return [fault.message for fault in faults_of_filters(mapping, stack)]


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        (SQS, "jsonencode({ body = { kind = [1] } })"),
        ("aws_sqs_queue.q.arn", "jsonencode({ body = { kind = [1] } })"),
        (KINESIS, 'jsonencode({ data = { kind = [1] }, partitionKey = ["a"] })'),
        (TABLE, 'jsonencode({ eventName = ["INSERT"], dynamodb = { Keys = { id = { S = [{ prefix = "a" }] } } } })'),
        (KAFKA, "jsonencode({ value = { kind = [1] } })"),
        (SQS, "null"),
    ],
)
def test_a_filter_that_records_can_match_has_no_fault(
    stack_of: Callable[[str], Stack], source: str, pattern: str
) -> None:
    assert _messages(stack_of, source, FILTER.format(pattern)) == []


@pytest.mark.parametrize(
    ("source", "pattern", "message"),
    [
        (SQS, "jsonencode({ data = { kind = [1] } })", "no record of sqs has a field 'data'"),
        ("aws_sqs_queue.q.arn", "jsonencode({ kind = [1] })", "no record of sqs has a field 'kind'"),
        (KINESIS, "jsonencode({ body = { kind = [1] } })", "no record of kinesis has a field 'body'"),
        (TABLE, "jsonencode({ NewImage = { a = { S = [1] } } })", "no record of dynamodb has a field 'NewImage'"),
        (KAFKA, "jsonencode({ value = { kind = [] } })", "what no filter matches is dropped"),
        (SQS, '"{"', "the filter"),
        (SQS, "jsonencode([1])", "is a JSON object"),
    ],
)
def test_what_lets_no_record_through_is_a_fault(
    stack_of: Callable[[str], Stack], source: str, pattern: str, message: str
) -> None:
    (fault,) = _messages(stack_of, source, FILTER.format(pattern))
    assert message in fault


@pytest.mark.parametrize(("source", "pattern"), [("var.later", "jsonencode({ body = [1] })"), (SQS, "var.later")])
def test_what_has_no_value_is_not_decided(stack_of: Callable[[str], Stack], source: str, pattern: str) -> None:
    with pytest.raises(Undecided):
        _messages(stack_of, source, FILTER.format(pattern))


def test_a_mapping_without_a_filter_has_no_fault(stack_of: Callable[[str], Stack]) -> None:
    assert _messages(stack_of, "var.later", "") == []


@pytest.mark.parametrize(
    ("pattern", "fix"),
    [
        ("jsonencode({ NewImage = { a = { S = [1] } } })", "put what is asked of a record's content under 'dynamodb'"),
        ("jsonencode({ eventName = [] })", "see the event pattern grammar"),
        ('jsonencode({ eventName = "INSERT" })', "see the event pattern grammar"),
    ],
)
def test_the_way_out_of_a_filter_fits_what_is_wrong(stack_of: Callable[[str], Stack], pattern: str, fix: str) -> None:
    stack = stack_of(MAPPING.format(TABLE, FILTER.format(pattern)))
    (mapping,) = stack.resources("aws_lambda_event_source_mapping")
    assert [fault.fix for fault in faults_of_filters(mapping, stack)] == [fix]
