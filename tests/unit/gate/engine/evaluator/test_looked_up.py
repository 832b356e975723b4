"""A data source that looks up what the same configuration makes tells what the resource does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.derived import LOOKING_UP
from tapeproof.gate.engine.model import Span, Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.world import World

HERE = Span("main.tf", 1, 1, 1, 9)
MADE = """
resource "aws_sqs_queue" "q" {
  name                       = "q"
  visibility_timeout_seconds = 90
}
resource "aws_kms_key" "k" {}
resource "aws_sqs_queue" "free" {}
"""


@pytest.fixture
def told(world_of: Callable[..., World], tmp_path: Path) -> Callable[[str, str, str], Value]:
    del tmp_path

    def tell(type_: str, arguments: str, name: str) -> Value:
        world = world_of(f'{MADE}\ndata "{type_}" "x" {{\n{arguments}\n}}')
        return world.scope.instances("data", type_, "x")[0].attribute(name, HERE)

    return tell


@pytest.mark.parametrize(
    ("type_", "arguments", "name", "answer"),
    [
        ("aws_sqs_queue", "name = aws_sqs_queue.q.name", "arn", "aws_sqs_queue.q.arn"),
        ("aws_sqs_queue", "name = aws_sqs_queue.free.name", "url", "aws_sqs_queue.free.url"),
        ("aws_sqs_queue", 'name = "${aws_sqs_queue.q.name}"', "id", "aws_sqs_queue.q.id"),
        ("aws_kms_key", "key_id = aws_kms_key.k.arn", "arn", "aws_kms_key.k.arn"),
    ],
)
def test_it_is_a_reference_to_the_resource(
    told: Callable[[str, str, str], Value], type_: str, arguments: str, name: str, answer: str
) -> None:
    assert str(told(type_, arguments, name)) == answer


def test_what_is_configured_is_told(told: Callable[[str, str, str], Value]) -> None:
    assert told("aws_sqs_queue", "name = aws_sqs_queue.q.name", "visibility_timeout_seconds").number() == 90


@pytest.mark.parametrize(
    ("type_", "arguments"),
    [
        ("aws_sqs_queue", 'name = "q"'),
        ("aws_sqs_queue", 'name = "${aws_sqs_queue.q.name}-late"'),
        ("aws_sqs_queue", "name = aws_kms_key.k.key_id"),
        ("aws_sqs_queue", 'name = aws_sqs_queue.q.name\nregion = "eu-west-1"'),
        ("aws_sqs_queue", "name = aws_sqs_queue.q.name\nprovider = aws.west"),
        ("aws_sqs_queue", ""),
    ],
)
def test_what_may_be_another_one_stays_a_data_source(
    told: Callable[[str, str, str], Value], type_: str, arguments: str
) -> None:
    assert str(told(type_, arguments, "arn")) == f"data.{type_}.x.arn"


def test_every_type_is_looked_up_by_something() -> None:
    assert all(LOOKING_UP.values())
