"""How many instances there are: ``count``, ``for_each`` and OpenTofu's ``enabled``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.expansion import Expansion, expand, without_key, without_keys
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.gate.engine.evaluator.world import World
    from tapeproof.gate.engine.model import Stack

SOURCE = """
variable "free" {{}}
resource "aws_sqs_queue" "a" {{
  name = "a"
  lifecycle {{
    enabled = {}
  }}
}}
resource "aws_sqs_queue" "b" {{
  name = try(aws_sqs_queue.a.name, "none")
}}
"""


def stack(folder: Path, enabled: str) -> Stack:
    (folder / "main.tofu").write_text(SOURCE.format(enabled))
    return read(folder)


@pytest.mark.parametrize(
    ("enabled", "there"), [("true", {"a", "b"}), ("false", {"b"}), ("1 == 2", {"b"}), ("null", {"a", "b"})]
)
def test_a_resource_that_is_not_enabled_is_not_made(tmp_path: Path, enabled: str, there: set[str]) -> None:
    assert {resource.name for resource in stack(tmp_path, enabled).resources()} == there


def test_it_is_not_known_whether_a_resource_is_there_that_may_be_enabled(tmp_path: Path) -> None:
    doubts = {resource.name: resource.doubt for resource in stack(tmp_path, "var.free").resources()}
    assert doubts["a"] is not None
    assert doubts["b"] is None


@pytest.mark.parametrize(
    ("argument", "suffixes"),
    [
        ("count = 2", ["[0]", "[1]"]),
        ('count = "1"', ["[0]"]),
        ("count = 0", []),
        ('for_each = toset(["b", "a"])', ['["a"]', '["b"]']),
        ("for_each = { b = 1, a = var.free }", ['["a"]', '["b"]']),
        ("for_each = {}", []),
        (r'for_each = toset(["a\"b\\c"])', [r'["a\"b\\c"]']),
        ("", [""]),
    ],
)
def test_count_and_for_each_make_instances(argument: str, suffixes: list[str], world_of: Callable[..., World]) -> None:
    assert [key.suffix for key in expansion_of(argument, world_of).keys] == suffixes


@pytest.mark.parametrize(
    ("argument", "why"),
    [
        ("count = var.free", "count is not known: var.free has no value"),
        ("count = null", "count is null"),
        ("count = -1", "count is -1"),
        ("count = 1.5", "count is 1.5"),
        ("count = 10001", "count is 10001"),
        ('count = "x"', "count cannot be evaluated: 'x' is no number"),
        ("count = []", "count cannot be evaluated"),
        ("for_each = var.free", "for_each is not known: var.free has no value"),
        ("for_each = null", "for_each cannot be evaluated"),
        ('for_each = ["a"]', "for_each cannot be evaluated: it takes a map or a set of strings, not a tuple"),
        ("for_each = toset([1])", "for_each cannot be evaluated: a set for for_each must hold strings"),
    ],
)
def test_one_instance_stands_for_any_number_of_which_it_says_why(
    argument: str, why: str, world_of: Callable[..., World]
) -> None:
    expansion = expansion_of(argument, world_of)
    (key,) = expansion.keys
    assert (expansion.kind, key.suffix) == ("unknown", "[?]")
    assert key.doubt is not None
    assert key.doubt.reason.startswith(why)


def test_an_element_of_a_set_that_is_not_known_has_no_key(world_of: Callable[..., World]) -> None:
    keys = expansion_of("for_each = toset([aws_sqs_queue.o.arn])", world_of).keys
    assert [(key.key, key.suffix) for key in keys] == [(None, "[?]")]


@pytest.mark.parametrize(
    ("address", "last", "every"),
    [
        ('module.a["x.y"].aws_z.b[0]', 'module.a["x.y"].aws_z.b', "module.a.aws_z.b"),
        (r'aws_z.b["]\"["]', "aws_z.b", "aws_z.b"),
        ("aws_z.b[?]", "aws_z.b", "aws_z.b"),
        ("aws_z.b", "aws_z.b", "aws_z.b"),
    ],
)
def test_an_address_loses_its_key_whatever_is_in_it(address: str, last: str, every: str) -> None:
    assert (without_key(address), without_keys(address)) == (last, every)


def expansion_of(argument: str, world_of: Callable[..., World]) -> Expansion:
    text = f'variable "free" {{}}\nresource "aws_sqs_queue" "o" {{}}\nresource "aws_sqs_queue" "q" {{\n{argument}\n}}\n'
    world = world_of(text)
    body = world.scope.configuration.resources["managed", "aws_sqs_queue", "q"].block.body
    return expand(world.evaluator, body, world.scope.frame("main.tf"))
