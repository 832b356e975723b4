"""Bodies become blocks: ``dynamic`` ones are unfolded where it is known how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.blocks import contents, static_address
from tapeproof.gate.frontends.hcl.parser import parse_expression, parse_hcl

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.blocks import Contents
    from tapeproof.gate.engine.evaluator.world import World

NAMES = 'variable "free" {}\nresource "aws_sqs_queue" "q" {}\n'


@pytest.fixture
def contents_of(world_of: Callable[..., World]) -> Callable[..., Contents]:
    def make(body: str, *skip: str) -> Contents:
        world = world_of(NAMES)
        parsed = parse_hcl(body, "main.tf").body
        return contents(world.evaluator, parsed, world.scope.frame("main.tf"), skip=frozenset(skip))

    return make


def test_attributes_keep_their_order_and_skipped_ones_are_left_out(contents_of: Callable[..., Contents]) -> None:
    assert list(contents_of("b = 1\na = 2\nc = 3\n", "a").attributes) == ["b", "c"]


@pytest.mark.parametrize(
    ("dynamic", "names"),
    [
        ('for_each = ["x", "y"]\ncontent { name = rule.value }', ["x", "y"]),
        ("for_each = { b = 1, a = 2 }\ncontent { name = rule.key }", ["a", "b"]),
        ("for_each = []\ncontent {}", []),
        ("for_each = [1]\niterator = it\ncontent { name = it.key }", [0]),
        ('for_each = ["x"]\ncontent { name = "${rule.value}-${rule.key}" }', ["x-0"]),
    ],
)
def test_a_dynamic_block_is_unfolded(dynamic: str, names: list[object], contents_of: Callable[..., Contents]) -> None:
    made = contents_of(f'dynamic "rule" {{\n{dynamic}\n}}\n')
    assert [child["name"].plain() for child in made.children] == names
    assert not made.uncertain


@pytest.mark.parametrize(
    ("dynamic", "why"),
    [
        ("for_each = var.free\ncontent {}", "it is not known how many rule blocks there are: var.free has no value"),
        ("for_each = 5\ncontent {}", "for_each cannot be evaluated: a number is no collection"),
        ("for_each = null\ncontent {}", "for_each cannot be evaluated"),
        ("content {}", "a dynamic block needs for_each and content"),
        ("for_each = [1]", "a dynamic block needs for_each and content"),
    ],
)
def test_a_dynamic_block_that_cannot_be_unfolded_is_uncertain_and_says_why(
    dynamic: str, why: str, contents_of: Callable[..., Contents]
) -> None:
    made = contents_of(f'dynamic "rule" {{\n{dynamic}\n}}\n')
    assert not made.children
    assert made.uncertain["rule"].why.startswith(why)


def test_arguments_that_hold_names_are_not_evaluated(contents_of: Callable[..., Contents]) -> None:
    made = contents_of(
        'ignore_changes = [tags, "size", all]\nprovider = aws.west\n'
        "depends_on = [aws_sqs_queue.nowhere]\nproviders = { aws = aws.east }\n"
    )
    assert made.attributes["ignore_changes"].plain() == ["tags", "size", "all"]
    assert str(made.attributes["provider"]) == "aws.west"
    assert str(made.attributes["depends_on"].elements()[0]) == "aws_sqs_queue.nowhere"
    assert str(made.attributes["providers"].entry("aws")) == "aws.east"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("aws_x.y", "aws_x.y"),
        ('aws_x.y["k"].arn', 'aws_x.y["k"].arn'),
        ("aws_x.y[0]", "aws_x.y[0]"),
        ("aws_x.y[var.k].arn", "aws_x.y[?].arn"),
        ("upper(aws_x.y).z", ""),
        ("1", ""),
    ],
)
def test_an_address_is_read_as_it_is_written(text: str, address: str) -> None:
    assert static_address(parse_expression(text, "main.tf")) == address
