"""Where resources are, by their own region and by their providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.whereabouts import in_another_account, in_another_region, region_of_resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

PROVIDERS = """
variable "free" {}
provider "aws" {
  region = "us-east-1"
  assume_role { role_arn = "arn:aws:iam::111122223333:role/deployer" }
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
provider "aws" {
  alias  = "audit"
  region = "us-east-1"
  assume_role { role_arn = "arn:aws:iam::444455556666:role/deployer" }
}
provider "aws" {
  alias  = "open"
  region = var.free
}
resource "aws_sqs_queue" "one" {
}
"""


def stack_with(stack_of: Callable[[str], Stack], body: str) -> Stack:
    return stack_of(f'{PROVIDERS}resource "aws_sqs_queue" "other" {{\n  {body}\n}}\n')


@pytest.mark.parametrize(
    ("body", "region", "apart"),
    [
        ("", "us-east-1", False),
        ("provider = aws.audit", "us-east-1", False),
        ("provider = aws.west", "us-west-2", True),
        ('region = "eu-west-1"', "eu-west-1", True),
        ('region = "us-east-1"', "us-east-1", False),
        ('provider = aws.west\n  region = "us-east-1"', "us-east-1", False),
        ("provider = aws.open", "", False),
        ("provider = aws.gone", "", False),
        ("region = null", "us-east-1", False),
    ],
)
def test_a_region_is_the_resources_own_or_its_providers(
    stack_of: Callable[[str], Stack], body: str, region: str, apart: bool
) -> None:
    stack = stack_with(stack_of, body)
    one, other = sorted(stack.resources("aws_sqs_queue"), key=lambda queue: queue.name)
    assert region_of_resource(stack, other if other.name == "other" else one) == region
    assert in_another_region(stack, one, other) is apart


@pytest.mark.parametrize(
    ("body", "apart"), [("", False), ("provider = aws.audit", True), ("provider = aws.west", False)]
)
def test_an_account_is_that_of_the_role_that_a_provider_assumes(
    stack_of: Callable[[str], Stack], body: str, apart: bool
) -> None:
    stack = stack_with(stack_of, body)
    one, other = stack.resources("aws_sqs_queue")
    assert in_another_account(stack, one, other) is apart
