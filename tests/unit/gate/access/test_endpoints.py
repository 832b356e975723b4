"""Whose requests pass a VPC endpoint, and what its policy leaves of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.callers import find_callers

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

ROOT = """
resource "aws_dynamodb_table" "ledger" {
  name = "ledger"
}

resource "aws_subnet" "private" {
  vpc_id     = "vpc-1"
  cidr_block = "10.0.0.0/24"
}

resource "aws_iam_role" "writer" {
  name = "writer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "%(trusted)s" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "writer" {
  role = aws_iam_role.writer.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:*Item", Resource = aws_dynamodb_table.ledger.arn }]
  })
}

resource "aws_lambda_function" "writer" {
  function_name = "writer"
  role          = aws_iam_role.writer.arn
  %(network)s
}

resource "aws_vpc_endpoint" "door" {
  vpc_id       = "%(vpc)s"
  service_name = "com.amazonaws.eu-west-1.%(service)s"
  %(kind)s
  %(policy)s
}

variable "subnets" {}
"""
READS = """policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "dynamodb:GetItem", Resource = "*" }]
  })"""
INSIDE = "vpc_config {\n    subnet_ids         = [aws_subnet.private.id]\n    security_group_ids = []\n  }"
OPEN = INSIDE.replace("[aws_subnet.private.id]", "var.subnets")
DOOR = {
    "trusted": "lambda.amazonaws.com",
    "network": INSIDE,
    "vpc": "vpc-1",
    "service": "dynamodb",
    "kind": "",
    "policy": READS,
}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, None),
        ({"policy": ""}, "ALLOWED"),
        ({"policy": READS.replace("GetItem", "PutItem")}, "ALLOWED"),
        ({"network": ""}, "ALLOWED"),
        ({"network": OPEN}, "UNKNOWN"),
        ({"vpc": "vpc-2"}, "ALLOWED"),
        ({"service": "sqs"}, "ALLOWED"),
        ({"trusted": "ec2.amazonaws.com"}, "ALLOWED"),
        ({"kind": 'vpc_endpoint_type = "Interface"'}, "ALLOWED"),
        ({"kind": 'vpc_endpoint_type = "Interface"\n  private_dns_enabled = true'}, None),
    ],
)
def test_a_function_in_a_vpc_may_do_what_the_endpoint_lets_pass(
    stack_of: Callable[[str], Stack], other: dict[str, str], expected: str | None
) -> None:
    stack = stack_of(ROOT % {**DOOR, **other})
    found = find_callers(stack, "dynamodb:PutItem", "aws_dynamodb_table.ledger")
    assert [caller.decision.answer.value for caller in found] == ([expected] if expected else [])


def test_a_policy_of_an_endpoint_may_be_kept_apart(stack_of: Callable[[str], Stack]) -> None:
    apart = (
        f'resource "aws_vpc_endpoint_policy" "door" {{\n  vpc_endpoint_id = aws_vpc_endpoint.door.id\n  {READS}\n}}\n'
    )
    stack = stack_of(ROOT % {**DOOR, "policy": ""} + apart)
    assert not find_callers(stack, "dynamodb:PutItem", "aws_dynamodb_table.ledger")
    (caller,) = find_callers(stack, "dynamodb:GetItem", "aws_dynamodb_table.ledger")
    assert caller.name == "aws_iam_role.writer"
