"""The name of a resource, taken out of what AWS makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.model import Ref, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.world import World
    from tapeproof.gate.engine.model import Value

BLOCKS = """
variable "free" {}
resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_sqs_queue" "made" {}
resource "aws_sqs_queue" "open" { name = "q-${var.free}" }
resource "aws_lambda_function" "f" {
  for_each      = toset(["a.b"])
  function_name = "f-${each.key}"
}
resource "aws_dynamodb_table" "t" { name = "t" }
resource "aws_s3_bucket" "b" { bucket = "b" }
resource "aws_cloudwatch_log_group" "g" { name = "/feeds/g" }
resource "aws_cloudwatch_log_group" "open" { name = var.free }
data "aws_sqs_queue" "d" { name = "d" }
"""


@pytest.fixture
def value_of(world_of: Callable[..., World]) -> Callable[[str], Value]:
    def evaluate(expression: str) -> Value:
        world = world_of(f'{BLOCKS}\nresource "aws_x" "x" {{\n  a = {expression}\n}}\n')
        return world.scope.instances("managed", "aws_x", "x")[0].attribute("a", Span("main.tf", 1, 1, 1, 9))

    return evaluate


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ('split(":", aws_sqs_queue.q.arn)[5]', "q"),
        ('element(split(":", aws_sqs_queue.q.arn), 2)', "sqs"),
        ("basename(aws_sqs_queue.q.url)", "q"),
        ('reverse(split("/", aws_sqs_queue.q.id))[0]', "q"),
        ('split(":", aws_lambda_function.f["a.b"].arn)[6]', "f-a.b"),
        ('split("/", aws_dynamodb_table.t.arn)[1]', "t"),
        ('split(":", aws_dynamodb_table.t.arn)[5]', "table/t"),
        ('split(":::", aws_s3_bucket.b.arn)[1]', "b"),
        ("basename(aws_cloudwatch_log_group.g.arn)", "g"),
        ('length(split(":", aws_lambda_function.f["a.b"].qualified_arn))', 8),
    ],
)
def test_a_part_that_is_configured_is_known(value_of: Callable[[str], Value], expression: str, name: object) -> None:
    assert value_of(expression).plain() == name


def test_a_name_that_aws_makes_up_is_the_attribute(value_of: Callable[[str], Value]) -> None:
    found = value_of('split(":", aws_sqs_queue.made.arn)[5]')
    assert isinstance(found, Ref)
    assert (found.resource, found.path) == ("aws_sqs_queue.made", "name")


def test_a_name_remembers_what_it_came_from(value_of: Callable[[str], Value]) -> None:
    found = value_of('split(":", aws_sqs_queue.open.arn)[5]')
    assert found.comes_from("var.free")
    assert found.comes_from("aws_sqs_queue.open")


@pytest.mark.parametrize(
    "expression",
    [
        'split(":", aws_sqs_queue.q.arn)[4]',
        "basename(aws_sqs_queue.q.arn)",
        'split("/", aws_cloudwatch_log_group.open.arn)[0]',
        "split(var.free, aws_sqs_queue.q.arn)[0]",
        'split("", aws_sqs_queue.q.arn)[0]',
        'split(":", data.aws_sqs_queue.d.arn)[5]',
        'split(":", aws_sqs_queue.q.policy)[0]',
        "basename(split(aws_sqs_queue.q.arn))",
    ],
)
def test_the_rest_is_not_known(value_of: Callable[[str], Value], expression: str) -> None:
    assert not value_of(expression).known
