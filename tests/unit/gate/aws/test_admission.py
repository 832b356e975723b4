"""Who is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.admission import Keys, permission_fault, principal_fault
from tapeproof.gate.engine.model import Undecided, policy_documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


KEYS = Keys(["aws:SourceArn"], ["aws:PrincipalOrgID"])
POLICY = """
resource "aws_sqs_queue_policy" "p" {{
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "sqs:*", Principal = {}, Condition = {} }}] }})
}}
"""


@pytest.mark.parametrize(
    ("principal", "condition", "said"),
    [
        ('"*"', "{}", "is anyone"),
        (
            '"*"',
            '{ StringEqualsIfExists = { "aws:PrincipalOrgID" = "o-1" } }',
            "also holds where aws:PrincipalOrgID is",
        ),
        ('"*"', '{ StringLike = { "aws:PrincipalOrgID" = "*" } }', "fixes nothing"),
        ('"*"', '{ StringEquals = { "aws:PrincipalOrgID" = "o-1" } }', ""),
        ('{ AWS = "arn:aws:iam::*:root" }', "{}", "is anyone"),
        ('{ AWS = "arn:aws-cn:sts::*:assumed-role/r/s" }', "{}", "is anyone"),
        ('{ AWS = "arn:aws:iam::*:role/r" }', '{ StringEquals = { "aws:PrincipalOrgID" = "o-1" } }', ""),
        ('{ Service = "sns.amazonaws.com" }', "{}", "any customer of AWS"),
        ('{ Federated = "x" }', "{}", "no condition names a subject"),
        ('{ AWS = "arn:aws:iam::111122223333:role/r" }', "{}", ""),
    ],
)
def test_a_stranger_is_told_apart(stack_of: Callable[[str], Stack], principal: str, condition: str, said: str) -> None:
    stack = stack_of(POLICY.format(principal, condition))
    (document,) = policy_documents(stack)
    (statement,) = document.statements(stack)
    fault = principal_fault(stack, document, statement, statement.principals[0], KEYS)
    assert (said in fault.message) if fault is not None else not said


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ('principal = "*"', True),
        ('principal = "*"\nprincipal_org_id = "o-1"', False),
        ('principal = "s3.amazonaws.com"', True),
        ('principal = "s3.amazonaws.com"\nsource_arn = "arn:aws:s3:::*"', True),
        ('principal = "s3.amazonaws.com"\nsource_account = "111122223333"', False),
        ('principal = "apigateway.amazonaws.com.cn"', True),
        ('principal = "apigateway.amazonaws.com.cn"\nsource_account = "111122223333"', False),
        ('principal = "lambda.c2s.ic.gov"', True),
        ('principal = "alexa-appkit.amazon.com"', True),
        ('principal = "alexa-appkit.amazon.com"\nevent_source_token = "amzn1.ask.skill.1"', False),
        ('principal = "111122223333"', False),
    ],
)
def test_a_permission_names_whom_it_lets_in(stack_of: Callable[[str], Stack], body: str, *, fails: bool) -> None:
    stack = stack_of(f'resource "aws_lambda_permission" "p" {{\n{body}\n}}')
    (permission,) = stack.resources("aws_lambda_permission")
    assert (permission_fault(stack, permission) is not None) is fails


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ('principal = "arn:aws:iam::999988887777:root"', True),
        ('principal = "999988887777"', True),
        ('principal = "999988887777"\nprincipal_org_id = "o-1"', False),
        ('principal = "arn:aws:iam::999988887777:role/caller"', False),
        ('principal = "111122223333"', False),
    ],
)
def test_a_permission_for_the_whole_of_another_account_lets_too_many_in(
    stack_of: Callable[[str], Stack], body: str, *, fails: bool
) -> None:
    own = 'provider "aws" {\nallowed_account_ids = ["111122223333"]\n}\n'
    stack = stack_of(f'{own}resource "aws_lambda_permission" "p" {{\n{body}\n}}')
    (permission,) = stack.resources("aws_lambda_permission")
    assert (permission_fault(stack, permission) is not None) is fails


@pytest.mark.parametrize("principal", ["{ AWS = var.free }", '{ AWS = ["arn:aws:iam::1:role/r", var.free] }'])
def test_a_principal_of_which_nothing_is_known_may_be_anyone(stack_of: Callable[[str], Stack], principal: str) -> None:
    stack = stack_of('variable "free" {}\n' + POLICY.format(principal, "{}"))
    (document,) = policy_documents(stack)
    (statement,) = document.statements(stack)
    with pytest.raises(Undecided):
        principal_fault(stack, document, statement, statement.principals[-1], KEYS)


@pytest.mark.parametrize("principal", ['{ AWS = "arn:aws:iam::${var.free}:root" }', "{ AWS = aws_iam_role.r.arn }"])
def test_a_principal_of_which_something_is_known_is_somebody(stack_of: Callable[[str], Stack], principal: str) -> None:
    stack = stack_of('variable "free" {}\nresource "aws_iam_role" "r" {}\n' + POLICY.format(principal, "{}"))
    (document,) = policy_documents(stack, "resource")
    (statement,) = document.statements(stack)
    assert principal_fault(stack, document, statement, statement.principals[0], KEYS) is None
