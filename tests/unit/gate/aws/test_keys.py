"""Whose key it is, and whether it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.keys import not_customer_managed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

SOURCE = """
resource "aws_kms_key" "k" {{
  is_enabled = {enabled}
}}
resource "aws_kms_replica_key" "r" {{
  enabled = {enabled}
}}
resource "aws_cloudwatch_log_group" "g" {{
  kms_key_id = {key}
}}
"""


@pytest.mark.parametrize(
    ("key", "enabled", "said"),
    [
        ("aws_kms_key.k.arn", "null", ""),
        ("aws_kms_key.k.arn", "true", ""),
        ("aws_kms_key.k.arn", "false", "switched off"),
        ("aws_kms_replica_key.r.arn", "false", "switched off"),
        ('"arn:aws:kms:us-east-1:111122223333:key/other"', "false", ""),
        ('"alias/aws/logs"', "true", "AWS manages"),
        ("null", "true", "names no key"),
    ],
)
def test_a_key_is_the_customers_and_on(stack_of: Callable[[str], Stack], key: str, enabled: str, said: str) -> None:
    stack = stack_of(SOURCE.format(key=key, enabled=enabled))
    (group,) = stack.resources("aws_cloudwatch_log_group")
    found = not_customer_managed(stack, group["kms_key_id"])
    assert (said in found) if said else found == ""
