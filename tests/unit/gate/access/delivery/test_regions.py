"""Hops that stay in their region, and those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.regions import same_region, topic_service

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

PROVIDERS = """
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
provider "aws" {
  alias  = "milan"
  region = "eu-south-1"
}
provider "aws" {
  alias  = "somewhere"
  region = var.region
}
variable "region" {}
"""
ENDS = """
resource "aws_sqs_queue" "near" {}
resource "aws_sqs_queue" "west" {
  provider = aws.west
}
resource "aws_sqs_queue" "named" {
  region = "us-west-2"
}
resource "aws_sqs_queue" "somewhere" {
  provider = aws.somewhere
}
resource "aws_sns_topic" "milan" {
  provider = aws.milan
}
resource "aws_sns_topic" "near" {}
"""


def _sender(end: str) -> str:
    ends = f"endpoint = {end}\n  topic_arn = aws_sns_topic.milan.arn"
    return f'{ENDS}\nresource "aws_sns_topic_subscription" "s" {{\n  {ends}\n}}\n'


@pytest.mark.parametrize(
    ("end", "there"),
    [
        ("aws_sqs_queue.near.arn", ""),
        ("aws_sqs_queue.west.arn", "us-west-2"),
        ("aws_sqs_queue.named.arn", "us-west-2"),
        ("aws_sqs_queue.somewhere.arn", ""),
        ('"arn:aws:sqs:eu-west-1:111122223333:q"', ""),
        ('"arn:aws:sqs:us-west-2:111122223333:q"', "us-west-2"),
        ('"arn:aws:events:us-west-2:111122223333:event-bus/b"', ""),
        ('"arn:aws:sqs:${var.region}:111122223333:q"', ""),
        ('"q"', ""),
    ],
)
def test_an_end_in_another_region_is_told_where_both_regions_are(
    end: str, there: str, site_of: Callable[[str], Site]
) -> None:
    site = site_of(PROVIDERS + _sender(end))
    (sender,) = site.stack.resources("aws_sns_topic_subscription")
    stops = list(same_region(site, sender, sender["endpoint"]))
    assert [stop.details["there"] for stop in stops] == ([there] if there else [])


def test_nothing_is_told_where_no_provider_names_a_region(site_of: Callable[[str], Site]) -> None:
    site = site_of(_sender('"arn:aws:sqs:us-west-2:111122223333:q"'))
    (sender,) = site.stack.resources("aws_sns_topic_subscription")
    assert not list(same_region(site, sender, sender["endpoint"]))


@pytest.mark.parametrize(
    ("topic", "end", "service"),
    [
        ("aws_sns_topic.near", "aws_sqs_queue.near", "sns.amazonaws.com"),
        ("aws_sns_topic.near", "aws_sqs_queue.west", "sns.amazonaws.com"),
        ("aws_sns_topic.milan", "aws_sqs_queue.near", "sns.eu-south-1.amazonaws.com"),
        ("aws_sns_topic.milan", "aws_sqs_queue.somewhere", "sns.amazonaws.com"),
    ],
)
def test_a_topic_of_a_region_that_is_opted_into_calls_elsewhere_by_a_name_of_its_own(
    topic: str, end: str, service: str, site_of: Callable[[str], Site]
) -> None:
    site = site_of(PROVIDERS + _sender(f"{end}.arn").replace("aws_sns_topic.milan.arn", f"{topic}.arn"))
    (subscription,) = site.stack.resources("aws_sns_topic_subscription")
    assert topic_service(site, subscription["topic_arn"], subscription["endpoint"]) == service
