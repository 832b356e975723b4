"""What denies requests without TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.transport import attached_documents, requires_tls

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


BUCKET = """
resource "aws_s3_bucket" "b" {{ bucket = "b" }}
resource "aws_s3_bucket_policy" "p" {{
  bucket = "b"
  policy = jsonencode({{ Statement = [{{
    Effect = "Deny", Principal = "*", Action = "s3:*", Resource = {}, Condition = {}
  }}] }})
}}
"""
ALL = '["arn:aws:s3:::b", "arn:aws:s3:::b/*"]'


@pytest.mark.parametrize(
    ("resource", "condition", "denied"),
    [
        (ALL, '{ Bool = { "aws:SecureTransport" = "false" } }', True),
        (ALL, '{ BoolIfExists = { "aws:SecureTransport" = "false" } }', True),
        (ALL, '{ StringNotEquals = { "aws:SecureTransport" = "true" } }', True),
        (ALL, '{ Null = { "s3:TlsVersion" = "true" } }', True),
        (ALL, '{ NumericLessThan = { "s3:TlsVersion" = "1.2" } }', False),
        (ALL, '{ Bool = { "aws:SecureTransport" = "true" } }', False),
        ('"arn:aws:s3:::b/*"', '{ Bool = { "aws:SecureTransport" = "false" } }', False),
        ('"arn:aws:s3:::b*"', '{ Bool = { "aws:SecureTransport" = "false" } }', True),
    ],
)
def test_tls_is_required_where_all_without_is_denied(
    stack_of: Callable[[str], Stack], resource: str, condition: str, *, denied: bool
) -> None:
    stack = stack_of(BUCKET.format(resource, condition))
    (bucket,) = stack.resources("aws_s3_bucket")
    assert len(list(attached_documents(stack, bucket))) == 1
    assert requires_tls(stack, bucket) is denied


@pytest.mark.parametrize(("effect", "denied"), [("Deny", True), ("Allow", False)])
def test_each_of_several_policies_of_one_bucket_has_to_deny(
    stack_of: Callable[[str], Stack], effect: str, *, denied: bool
) -> None:
    first = BUCKET.format(ALL, '{ Bool = { "aws:SecureTransport" = "false" } }')
    second = first.partition("\n")[2].partition("\n")[2].replace('"p"', '"q"').replace('"Deny"', f'"{effect}"')
    stack = stack_of(first + second)
    (bucket,) = stack.resources("aws_s3_bucket")
    assert len(list(attached_documents(stack, bucket))) == 2
    assert requires_tls(stack, bucket) is denied
