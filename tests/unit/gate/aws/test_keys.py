"""Whose key it is, and whether it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.keys import not_customer_managed, not_usable

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
    found = not_customer_managed(stack, group["kms_key_id"], group)
    assert (said in found) if said else found == ""


OTHERS = """
resource "aws_kms_key" "off" {
  is_enabled = false
}
resource "aws_kms_key" "signing" {
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"
}
resource "aws_kms_key" "rsa" {
  customer_master_key_spec = "RSA_2048"
}
resource "aws_kms_key" "good" {
  key_usage                = "ENCRYPT_DECRYPT"
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
}
resource "aws_kms_external_key" "signing" {
  key_usage = "SIGN_VERIFY"
}
resource "aws_kms_alias" "off" {
  name          = "alias/off"
  target_key_id = aws_kms_key.off.id
}
resource "aws_kms_alias" "good" {
  name          = "alias/good"
  target_key_id = aws_kms_key.good.arn
}
resource "aws_sqs_queue" "q" {
  kms_master_key_id = KEY
}
"""


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("aws_kms_key.off.id", "switched off"),
        ("aws_kms_key.signing.arn", "not for encryption"),
        ("aws_kms_external_key.signing.arn", "not for encryption"),
        ("aws_kms_key.rsa.key_id", "asymmetric"),
        ("aws_kms_key.good.arn", ""),
        ("aws_kms_alias.off.name", "switched off"),
        ("aws_kms_alias.off.target_key_arn", "switched off"),
        ('"alias/off"', "switched off"),
        ("aws_kms_alias.good.arn", ""),
        ('"alias/aws/sqs"', ""),
        ("null", ""),
    ],
)
def test_a_key_that_encrypts_nothing_is_found_by_whatever_names_it(
    stack_of: Callable[[str], Stack], key: str, said: str
) -> None:
    stack = stack_of(OTHERS.replace("KEY", key))
    (queue,) = stack.resources("aws_sqs_queue")
    found = not_usable(stack, queue["kms_master_key_id"], queue)
    assert (said in found) if said else found == ""
