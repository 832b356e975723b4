"""Names: by which attribute, and whether they follow the convention type-purpose-environment-suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.naming import breaks_convention, holds_suffix, name_of, nameable
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

SUFFIX = 'variable "environment_suffix" {\n  default = "dev"\n}\nvariable "open" {}\n'


@pytest.fixture
def stack(stack_of: Callable[[str], Stack]) -> Callable[[str, str, str], Stack]:
    """Return a function that makes a stack of one named resource."""
    return lambda type_, attribute, name: stack_of(f'{SUFFIX}resource "{type_}" "x" {{\n  {attribute} = {name}\n}}')


@pytest.mark.parametrize(
    ("type_", "attribute", "name", "told"),
    [
        ("aws_sqs_queue", "name", '"queue-trade-${var.environment_suffix}"', ""),
        ("aws_sqs_queue", "name", '"queue-trade-${var.environment_suffix}.fifo"', ""),
        ("aws_cloudwatch_log_group", "name", '"/aws/lambda/function-trade-${var.environment_suffix}"', ""),
        ("aws_sqs_queue", "name", '"queue-trade"', "does not end in -<environment_suffix>"),
        ("aws_sqs_queue", "name", '"queue-trade${var.environment_suffix}"', "does not end in -<environment_suffix>"),
        ("aws_sqs_queue", "name", '"queue-${var.environment_suffix}-trade"', "does not end in -<environment_suffix>"),
        ("aws_sqs_queue", "name", '"trade-${var.environment_suffix}"', "does not begin with queue-"),
        ("aws_sqs_queue", "name", '"queue-${var.environment_suffix}"', "has no purpose"),
        ("aws_sqs_queue", "name", '"queue-Trade_x-${var.environment_suffix}"', "has no purpose"),
    ],
)
def test_a_name_that_breaks_the_convention_says_how(
    stack: Callable[[str, str, str], Stack], type_: str, attribute: str, name: str, told: str
) -> None:
    made = stack(type_, attribute, name)
    (resource,) = nameable(made)
    broken = breaks_convention(made, resource, "environment_suffix")
    assert broken.startswith(told) if told else broken == ""


def test_a_part_that_is_not_known_is_not_judged(stack: Callable[[str, str, str], Stack]) -> None:
    made = stack("aws_sqs_queue", "name", '"queue-${var.open}-${var.environment_suffix}"')
    (resource,) = nameable(made)
    with pytest.raises(Undecided):
        breaks_convention(made, resource, "environment_suffix")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('"queue-${var.environment_suffix}"', True),
        ("var.environment_suffix", True),
        ('"queue-dev"', False),
        ('var.environment_suffix == "dev" ? "a" : "b"', False),
        ("substr(var.environment_suffix, 0, 1)", False),
    ],
)
def test_that_a_variable_was_looked_at_is_not_enough(
    stack: Callable[[str, str, str], Stack], name: str, expected: bool
) -> None:
    made = stack("aws_sqs_queue", "name", name)
    (resource,) = nameable(made)
    assert holds_suffix(made, resource["name"], "environment_suffix") is expected


def test_a_prefix_stands_for_a_name_that_is_not_given(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(
        'resource "aws_sqs_queue" "a" { name_prefix = "queue-" }\n'
        'resource "aws_sqs_queue" "b" {\n  name = "own"\n  name_prefix = "queue-"\n}\n'
        'resource "aws_s3_bucket" "c" { bucket = "tiles" }\n'
        'resource "aws_sqs_queue" "d" {}\n'
        'resource "aws_sqs_queue_policy" "e" {}\n'
    )
    found = list(nameable(stack))
    assert [one.address.rpartition(".")[2] for one in found] == ["a", "b", "c", "d"]
    *named, nothing = (name_of(one) for one in found)
    assert [name.text() for name in named] == ["queue-", "own", "tiles"]
    assert nothing.is_null
