"""Policies that AWS wrote for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.managed_policies import attached_policies, attaching_types, managed_policy
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

BEFORE = """
variable "arn" {}
variable "name" {}
data "aws_partition" "this" {}
data "aws_iam_policy" "by_name" {
  name = "AdministratorAccess"
}
data "aws_iam_policy" "own" {
  name = "ours"
}
data "aws_iam_policy" "by_arn" {
  arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
data "aws_iam_policy" "by_path" {
  path_prefix = "/x/"
}
resource "aws_iam_policy" "own" {
  name = "AdministratorAccess"
}
"""


def _arn(stack: Stack) -> object:
    (attachment,) = stack.resources("aws_iam_role_policy_attachment")
    return attachment["policy_arn"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"arn:aws:iam::aws:policy/AdministratorAccess"', "AdministratorAccess"),
        ('"arn:aws-cn:iam::aws:policy/service-role/X"', "service-role/X"),
        ('"arn:${data.aws_partition.this.partition}:iam::aws:policy/AdministratorAccess"', "AdministratorAccess"),
        ('"arn:aws:iam::aws:policy/${var.name}"', "…"),
        ("data.aws_iam_policy.by_name.arn", "AdministratorAccess"),
        ("data.aws_iam_policy.by_arn.arn", "ReadOnlyAccess"),
        ("data.aws_iam_policy.own.arn", ""),
        ("aws_iam_policy.own.arn", ""),
        ('"arn:aws:iam::123456789012:policy/AdministratorAccess"', ""),
        ("null", ""),
    ],
)
def test_a_policy_of_aws_is_recognised_however_it_is_named(
    stack_of: Callable[[str], Stack], written: str, expected: str
) -> None:
    stack = stack_of(f'{BEFORE}resource "aws_iam_role_policy_attachment" "a" {{ policy_arn = {written} }}')
    assert managed_policy(stack, _arn(stack)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["var.arn", "data.aws_iam_policy.by_path.arn"])
def test_what_may_be_one_is_not_passed(stack_of: Callable[[str], Stack], written: str) -> None:
    stack = stack_of(f'{BEFORE}resource "aws_iam_role_policy_attachment" "a" {{ policy_arn = {written} }}')
    with pytest.raises(Undecided):
        managed_policy(stack, _arn(stack))  # type: ignore[arg-type]


def test_every_policy_that_a_resource_attaches_is_found(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of('resource "aws_iam_role" "r" { managed_policy_arns = ["arn:a", "arn:b"] }')
    (role,) = stack.resources()
    assert [value.text() for value in attached_policies(role)] == ["arn:a", "arn:b"]
    assert "policy_arn" in attaching_types()["aws_iam_role_policy_attachment"]


def test_what_only_limits_gives_nothing() -> None:
    assert "permissions_boundary" not in attaching_types()["aws_iam_role"]
