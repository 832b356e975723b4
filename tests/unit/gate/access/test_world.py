"""One concrete world for a stack: the texts that AWS would make of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.world import ACCOUNT, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

PROVIDERS = """
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "far"
  region = "ap-southeast-2"
}
"""


@pytest.mark.parametrize(
    ("resource", "arn"),
    [
        ('resource "aws_sqs_queue" "x" { name = "jobs" }', "arn:aws:sqs:eu-central-1:{account}:jobs"),
        ('resource "aws_sqs_queue" "x" {\n provider = aws.far\n name = "jobs"\n}',
         "arn:aws:sqs:ap-southeast-2:{account}:jobs"),
        ('resource "aws_iam_role" "x" {\n name = "app"\n path = "/service/"\n}',
         "arn:aws:iam::{account}:role/service/app"),
        ('resource "aws_s3_bucket" "x" { bucket = "tiles" }', "arn:aws:s3:::tiles"),
        ('resource "aws_cloudwatch_event_rule" "x" {\n name = "r"\n event_bus_name = "shop"\n}',
         "arn:aws:events:eu-central-1:{account}:rule/shop/r"),
        ('resource "aws_cloudwatch_event_rule" "x" { name = "r" }', "arn:aws:events:eu-central-1:{account}:rule/r"),
    ],
)  # fmt: skip
def test_a_resource_has_the_arn_that_aws_gives_it(stack_of: Callable[[str], Stack], resource: str, arn: str) -> None:
    stack = stack_of(PROVIDERS + resource)
    (found,) = stack.resources()
    assert World(stack).arn(found) == arn.format(account=ACCOUNT)


def test_what_aws_decides_is_one_word_wherever_it_is_used(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(
        'resource "aws_kms_key" "k" {}\n'
        'resource "aws_sqs_queue" "a" { kms_master_key_id = aws_kms_key.k.arn }\n'
        'resource "aws_sqs_queue" "b" { kms_master_key_id = "${aws_kms_key.k.arn}" }\n'
    )
    world = World(stack)
    one, two = (world.text(queue["kms_master_key_id"]) for queue in stack.resources("aws_sqs_queue"))
    assert one == two == world.arn(next(stack.resources("aws_kms_key")))
    names = {world.name(queue) for queue in stack.resources("aws_sqs_queue")}
    assert len(names) == 2


@pytest.mark.parametrize(
    ("written", "account", "region"),
    [
        ("arn:aws:sqs:eu-west-3:444455556666:q", "444455556666", "eu-west-3"),
        ("arn:aws:iam::444455556666:role/r", ACCOUNT, "eu-west-1"),
        ("no arn", ACCOUNT, "eu-west-1"),
    ],
)
def test_account_and_region_are_those_that_the_stack_writes(
    stack_of: Callable[[str], Stack], written: str, account: str, region: str
) -> None:
    world = World(stack_of(f'resource "aws_sqs_queue" "q" {{ name = "{written}" }}'))
    assert (world.account, world.region) == (account, region)


def test_two_accounts_in_one_stack_name_none(stack_of: Callable[[str], Stack]) -> None:
    texts = ("arn:aws:sqs:eu-west-3:444455556666:q", "arn:aws:sqs:eu-west-3:777788889999:q")
    source = "".join(f'resource "aws_sqs_queue" "q{at}" {{ name = "{text}" }}\n' for at, text in enumerate(texts))
    assert World(stack_of(source)).account == ACCOUNT


def test_what_cannot_be_told_is_wide_and_says_why(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of('variable "name" {}\nresource "aws_sqs_queue" "q" { name = "jobs-${var.name}" }')
    spelled = World(stack).spell(next(stack.resources())["name"])
    assert spelled.wide == "jobs-*"
    assert spelled.text.startswith("jobs-")
    assert not set("*?:/ ") & set(spelled.text.removeprefix("jobs-"))
    assert "var.name" in spelled.why


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("data.aws_caller_identity.me.account_id", ACCOUNT),
        ("data.aws_region.here.name", "eu-central-1"),
        ("data.aws_partition.this.partition", "aws"),
        ("data.aws_partition.this.dns_suffix", "amazonaws.com"),
        ("aws_sqs_queue.q.url", f"https://sqs.eu-central-1.amazonaws.com/{ACCOUNT}/jobs"),
        ("aws_sqs_queue.q.name", "jobs"),
    ],
)
def test_a_reference_is_spelled_as_aws_will_fill_it_in(
    stack_of: Callable[[str], Stack], reference: str, text: str
) -> None:
    data = "".join(
        f'data "{type_}" "{name}" {{}}\n'
        for type_, name in (("aws_caller_identity", "me"), ("aws_region", "here"), ("aws_partition", "this"))
    )
    source = (
        f'resource "aws_sqs_queue" "q" {{ name = "jobs" }}\nresource "aws_sns_topic" "t" {{ name = {reference} }}\n'
    )
    stack = stack_of(PROVIDERS + data + source)
    assert World(stack).text(next(stack.resources("aws_sns_topic"))["name"]) == text


def test_names_that_lead_in_a_circle_end(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(
        'resource "aws_sqs_queue" "a" { name = aws_sqs_queue.b.name }\n'
        'resource "aws_sqs_queue" "b" { name = aws_sqs_queue.a.name }\n'
    )
    world = World(stack)
    assert all(world.name(queue) for queue in stack.resources())


def test_a_bus_is_named_by_its_name_or_its_arn(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(
        'resource "aws_cloudwatch_event_bus" "shop" { name = "shop" }\n'
        'resource "aws_cloudwatch_event_rule" "a" { event_bus_name = aws_cloudwatch_event_bus.shop.arn }\n'
        'resource "aws_cloudwatch_event_rule" "b" { event_bus_name = "shop" }\n'
        'resource "aws_cloudwatch_event_rule" "c" {}\n'
    )
    world = World(stack)
    assert [world.bus_name(rule) for rule in stack.resources("aws_cloudwatch_event_rule")] == [
        "shop",
        "shop",
        "default",
    ]
