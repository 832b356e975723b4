"""Lambda functions: whether failures end somewhere, and where logs go by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.functions import default_log_group, discards_failures, failure_destinations, is_function

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

FUNCTION = """
resource "aws_lambda_function" "f" {
  function_name = "work"
  %s
}

resource "aws_lambda_alias" "live" {
  name          = "live"
  function_name = aws_lambda_function.f.function_name
}
"""
TARGET = 'resource "aws_cloudwatch_event_target" "t" {\n  rule = "r"\n  arn = %s\n}\n'
CONFIG = """
resource "aws_lambda_function_event_invoke_config" "c" {
  function_name = aws_lambda_function.f.function_name
  %s
  destination_config {
    on_failure {
      destination = "arn:aws:sqs:r:1:lost"
    }
  }
}
"""
SECOND = """
resource "aws_lambda_function_event_invoke_config" "second" {
  function_name          = "work"
  maximum_retry_attempts = 0
  %s
}
"""
QUEUE = 'dead_letter_config {\n    target_arn = "arn:aws:sqs:r:1:lost"\n  }'
MAPPING = """
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = "arn:aws:sqs:r:1:jobs"
  function_name    = aws_lambda_function.f.arn
}
"""


@pytest.mark.parametrize(
    ("inside", "besides", "expected"),
    [
        (QUEUE, TARGET % "aws_lambda_function.f.arn", False),
        ("", TARGET % "aws_lambda_function.f.arn", True),
        ("", TARGET % "aws_lambda_function.f.arn" + CONFIG % "", False),
        ("", TARGET % "aws_lambda_function.f.arn" + CONFIG % 'qualifier = "live"', True),
        ("", TARGET % "aws_lambda_alias.live.arn" + CONFIG % 'qualifier = "live"', False),
        ("", TARGET % "aws_lambda_alias.live.arn" + CONFIG % "qualifier = aws_lambda_alias.live.name", False),
        ("", TARGET % "aws_lambda_alias.live.arn" + CONFIG % "", True),
        ("", TARGET % "aws_lambda_function.f.arn" + CONFIG % 'qualifier = "$LATEST"', False),
        ("", TARGET % "aws_lambda_function.f.arn" + CONFIG % "" + SECOND % "", True),
        ("", TARGET % "aws_lambda_function.f.arn" + CONFIG % "" + SECOND % 'qualifier = "live"', False),
        ("", MAPPING, False),
        ("", "", True),
    ],
)
def test_failures_are_discarded_unless_they_go_somewhere_for_the_qualifier_that_is_invoked(
    stack_of: Callable[[str], Stack], inside: str, besides: str, expected: bool
) -> None:
    stack = stack_of(FUNCTION % inside + besides)
    (function,) = stack.resources("aws_lambda_function")
    assert discards_failures(stack, function) is expected


def test_both_ways_to_send_failures_are_found(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(FUNCTION % QUEUE.replace("lost", "dead") + CONFIG % "")
    (function,) = stack.resources("aws_lambda_function")
    assert [value.text() for value in failure_destinations(stack, function)] == [
        "arn:aws:sqs:r:1:dead",
        "arn:aws:sqs:r:1:lost",
    ]


def test_the_default_log_group_is_named_after_the_function(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(
        'variable "suffix" {}\nresource "aws_lambda_function" "a" { function_name = "work" }\n'
        'resource "aws_lambda_function" "b" { function_name = "work-${var.suffix}" }\n'
    )
    known, partly = (default_log_group(function) for function in stack.resources())
    assert known.text() == "/aws/lambda/work"
    assert partly.pieces_of_text()[0].content == "/aws/lambda/"
    assert partly.comes_from("var.suffix")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("aws_lambda_function.f.arn", True),
        ("aws_lambda_alias.live.arn", True),
        ('"arn:aws:lambda:eu-west-1:1:function:work"', True),
        ('"other"', False),
        ("null", False),
    ],
)
def test_a_value_names_the_function_or_an_alias_of_it(
    stack_of: Callable[[str], Stack], written: str, expected: bool
) -> None:
    stack = stack_of(FUNCTION % "" + TARGET % written)
    (function,) = stack.resources("aws_lambda_function")
    (target,) = stack.resources("aws_cloudwatch_event_target")
    assert is_function(stack, target["arn"], function) is expected
