"""How wide a resource has to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.scope import needlessly_wide
from tapeproof.gate.engine.model import statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


@pytest.mark.parametrize(
    ("action", "resource", "needless"),
    [
        ("sqs:SendMessage", "*", "sqs:SendMessage"),
        ("xray:PutTraceSegments", "*", ""),
        ("s3:GetObject", "arn:aws:s3:::b/*", ""),
        ("s3:GetObject", "arn:aws:s3:::b*", "s3:GetObject"),
        ("sqs:Send*", "*", "a named action"),
        ("*", "*", "a named action"),
    ],
)
def test_an_action_tells_how_wide_its_resource_has_to_be(
    stack_of: Callable[[str], Stack], action: str, resource: str, needless: str
) -> None:
    document = f'{{ Statement = [{{ Effect = "Allow", Action = "{action}", Resource = "{resource}" }}] }}'
    stack = stack_of(f'resource "aws_iam_policy" "p" {{\n policy = jsonencode({document})\n}}')
    (policy,) = stack.resources()
    (statement,) = statements(stack, policy["policy"])
    assert needlessly_wide(statement, ("identity",), statement.resources[0]) == needless


@pytest.mark.parametrize(
    ("holder", "needless"),
    [
        ("aws_sqs_queue", ""),
        ("aws_sns_topic_policy", ""),
        ("aws_secretsmanager_secret_policy", ""),
        ("aws_s3_bucket_policy", "sqs:SendMessage"),
        ("aws_cloudwatch_log_resource_policy", "sqs:SendMessage"),
    ],
)
def test_a_star_in_the_policy_of_one_thing_means_that_thing(
    stack_of: Callable[[str], Stack], holder: str, needless: str
) -> None:
    document = '{ Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }] }'
    stack = stack_of(f'resource "{holder}" "p" {{\n policy = jsonencode({document})\n}}')
    (resource,) = stack.resources()
    (statement,) = statements(stack, resource["policy"])
    assert needlessly_wide(statement, ("resource", holder), statement.resources[0]) == needless
