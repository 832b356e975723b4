"""Whole accounts, and parts of a policy that have no value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROLE = """
{}
resource "aws_iam_role" "r" {{
  assume_role_policy = jsonencode({{
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ AWS = {} }}, Condition = {} }}]
  }})
}}
"""
CALLER = 'data "aws_caller_identity" "me" {}'
CONFINED = 'provider "aws" {\n allowed_account_ids = ["111122223333"]\n}'
WIDE = """
variable "free" {{ type = string }}
data "aws_iam_policy_document" "d" {{
  statement {{
    actions   = [{}]
    resources = [{}]
  }}
}}
"""


@pytest.mark.parametrize(
    ("known", "principal", "condition", "expected"),
    [
        (CALLER, '"arn:aws:iam::444455556666:root"', "{}", {"fail"}),
        (CALLER, '"444455556666"', "{}", {"fail"}),
        (CONFINED, '"arn:aws:iam::444455556666:root"', "{}", {"fail"}),
        (CONFINED, '["arn:aws:iam::111122223333:root", "444455556666"]', "{}", {"fail"}),
        (CONFINED, '"444455556666"', '{ StringEqualsIfExists = { "sts:ExternalId" = "x" } }', {"fail"}),
        (CONFINED, '"arn:aws:iam::111122223333:root"', "{}", set()),
        (CALLER, '"arn:aws:iam::444455556666:role/reader"', "{}", set()),
        (CALLER, '"arn:aws:iam::127311923021:root"', "{}", set()),
        (CALLER, "data.aws_caller_identity.me.account_id", "{}", set()),
        (CALLER, '"444455556666"', '{ StringEquals = { "sts:ExternalId" = "x" } }', set()),
        (
            CALLER,
            '"444455556666"',
            '{ ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::444455556666:role/ci-*" } }',
            set(),
        ),
        ("", '"444455556666"', "{}", set()),  # nothing says that it is another account
    ],
)
def test_the_whole_of_another_account_is_let_in_by_a_condition_only(
    told: Callable[[str, str], set[tuple[str, str]]], known: str, principal: str, condition: str, expected: set[str]
) -> None:
    assert {verdict for _, verdict in told("TP_IAM_3", ROLE.format(known, principal, condition))} == expected


@pytest.mark.parametrize(
    ("actions", "resources", "expected"),
    [
        ('var.free, "sqs:SendMessage"', '"*"', {"fail"}),
        ('"sqs:SendMessage"', 'var.free, "*"', {"fail", "unknown"}),
        ('"sqs:SendMessage"', '"arn:aws:sqs:us-east-1:111122223333:${var.free}-*"', {"fail"}),
        ('"sqs:SendMessage"', '"${var.free}*"', {"fail"}),
        ('"dynamodb:PutItem"', '"arn:aws:dynamodb:*:*:table/${var.free}"', {"fail"}),
        ('"s3:ListBucket"', '"arn:aws:s3:::*-${var.free}"', {"fail"}),
        ('"s3:GetObject"', '"${var.free}/*"', {"unknown"}),
        ('"logs:PutLogEvents"', '"${var.free}:*"', {"unknown"}),
        ("var.free", '"arn:aws:sqs:us-east-1:111122223333:q"', set()),
        ("var.free", '"*"', {"unknown"}),
    ],
)
def test_what_has_no_value_hides_nothing_that_is_too_wide(
    told: Callable[[str, str], set[tuple[str, str]]], actions: str, resources: str, expected: set[str]
) -> None:
    assert {verdict for _, verdict in told("TP_IAM_2", WIDE.format(actions, resources))} == expected
