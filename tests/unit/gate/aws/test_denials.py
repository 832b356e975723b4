"""Denials beside a statement that allows everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.denials import leaves_few
from tapeproof.gate.engine.model import policy_documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

KEYS = frozenset({"aws:sourcevpce", "aws:sourceip"})
POLICY = """
resource "aws_sqs_queue" "q" {{}}
resource "aws_sqs_queue" "other" {{}}
resource "aws_sqs_queue_policy" "p" {{
  policy = jsonencode({{ Statement = [
    {{ Effect = "Allow", Principal = "*", Action = ["sqs:SendMessage"], Resource = aws_sqs_queue.q.arn }},
    {{ Effect = "{effect}", {who} = {whom}, Action = {action}, Resource = {resource}, Condition = {condition} }},
  ] }})
}}
"""
ENDPOINT = '{ StringNotEquals = { "aws:SourceVpce" = "vpce-1" } }'
OFFICE = 'NotIpAddress = { "aws:SourceIp" = "203.0.113.0/24" }'
USUAL = {
    "effect": "Deny",
    "who": "Principal",
    "whom": '"*"',
    "action": '"sqs:*"',
    "resource": "aws_sqs_queue.q.arn",
    "condition": ENDPOINT,
}


@pytest.mark.parametrize(
    ("changed", "few"),
    [
        ({}, True),
        ({"resource": '"*"'}, True),
        ({"whom": '{ AWS = ["*"] }'}, True),
        ({"condition": '{ StringNotEquals = { "aws:SourceVpce" = "vpce-1" }, ' + OFFICE + " }"}, True),
        ({"effect": "Allow"}, False),
        ({"who": "NotPrincipal"}, False),
        ({"whom": '{ AWS = "arn:aws:iam::111122223333:role/r" }'}, False),
        ({"action": '"sqs:ReceiveMessage"'}, False),
        ({"resource": "aws_sqs_queue.other.arn"}, False),
        ({"condition": "{}"}, False),
        ({"condition": '{ StringEquals = { "aws:SourceVpce" = "vpce-1" } }'}, False),
        ({"condition": '{ StringNotEquals = { "aws:SourceVpce" = "vpce-1", "aws:PrincipalTag/a" = "b" } }'}, False),
        ({"condition": '{ Bool = { "aws:PrincipalIsAWSService" = "false" }, ' + OFFICE + " }"}, False),
    ],
)
def test_denials_leave_few_when_they_take_all_that_was_allowed_from_everybody_else(
    stack_of: Callable[[str], Stack], changed: dict[str, str], *, few: bool
) -> None:
    stack = stack_of(POLICY.format(**{**USUAL, **changed}))
    (document,) = policy_documents(stack)
    statements = document.statements(stack)
    assert leaves_few(statements[0], statements, KEYS) is few
