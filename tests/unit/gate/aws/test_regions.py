"""Where resources put something beside their own region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.regions import placed_in, placing_types, region_of
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack


COPIED = """resource "aws_dlm_lifecycle_policy" "x" {{
  policy_details {{
    action {{
      cross_region_copy {{
        target = "{}"
      }}
    }}
  }}
}}"""
HERE = """data "aws_region" "r" {}
resource "aws_cloudwatch_event_target" "x" {
  arn = "arn:aws:sqs:${data.aws_region.r.name}:1:q"
}"""


def regions(stack: Stack) -> list[str]:
    (resource,) = stack.resources(*placing_types())
    placings = placing_types()[resource.type]
    return [region_of(placing, value) for placing in placings for value in placed_in(resource, placing)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('resource "aws_secretsmanager_secret" "x" {\n replica {\n region = "eu-west-1"\n }\n}', ["eu-west-1"]),
        ('resource "aws_secretsmanager_secret" "x" {\n}', []),
        (
            'resource "aws_cloudformation_stack_instances" "x" {\n regions = ["us-east-1", "eu-west-1"]\n}',
            ["us-east-1", "eu-west-1"],
        ),
        ('resource "aws_sns_topic_subscription" "x" {\n endpoint = "arn:aws:sqs:eu-west-1:1:q"\n}', ["eu-west-1"]),
        ('resource "aws_sns_topic_subscription" "x" {\n endpoint = "arn:aws:iam::1:role/r"\n}', [""]),
        ('resource "aws_sns_topic_subscription" "x" {\n endpoint = "desk@example.com"\n}', [""]),
        ('resource "aws_sns_topic_subscription" "x" {\n endpoint = "https://example.com"\n}', [""]),
        ('resource "aws_sns_topic_subscription" "x" {\n endpoint = "+15550100"\n}', [""]),
        (COPIED.format("eu-west-1"), ["eu-west-1"]),
        (COPIED.format("arn:aws:outposts:eu-west-1:1:outpost/op-1"), ["eu-west-1"]),
        (HERE, [""]),
        (
            'resource "aws_cloudwatch_event_target" "x" {\n arn = "arn:aws:sqs:eu-west-1:${var.free}:q"\n}',
            ["eu-west-1"],
        ),
        ('resource "aws_cloudwatch_event_target" "x" {\n arn = aws_sqs_queue.q.arn\n}', []),
        ('resource "aws_cloudwatch_event_target" "x" {\n}', [""]),
    ],
)
def test_what_goes_to_a_region_is_found(stack_of: Callable[[str], Stack], source: str, found: list[str]) -> None:
    assert regions(stack_of(f'variable "free" {{}}\nresource "aws_sqs_queue" "q" {{}}\n{source}\n')) == found


@pytest.mark.parametrize(
    "replicated",
    [
        'resource "aws_secretsmanager_secret" "x" {\n replica {\n region = var.free\n }\n}',
        'resource "aws_cloudwatch_event_target" "x" {\n arn = "arn:aws:sqs:${var.free}:1:q"\n}',
        'resource "aws_cloudwatch_event_target" "x" {\n arn = var.free\n}',
    ],
)
def test_a_region_that_is_not_known_is_told(stack_of: Callable[[str], Stack], replicated: str) -> None:
    with pytest.raises(Undecided, match=r"var\.free has no value"):
        regions(stack_of(f'variable "free" {{}}\n{replicated}\n'))
