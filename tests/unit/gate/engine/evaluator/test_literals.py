"""Literal text of a configuration, and the block and argument that it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.literals import body_literals, literals_of
from tapeproof.gate.frontends.hcl.parser import parse_hcl

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.evaluator.world import World
    from tapeproof.gate.engine.model import Literal


def literals(expression: str) -> list[Literal]:
    return list(body_literals(parse_hcl(f"a = {expression}\n", "main.tf").body, "main.tf", "resource", "x.y"))


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ('resource "x" "y" { a = "t" }', "x.y"),
        ('data "x" "y" { a = "t" }', "data.x.y"),
        ('variable "v" { default = "t" }', "var.v"),
        ('output "o" { value = "t" }', "output.o"),
        ('module "m" { a = "t" }', "module.m"),
        ('locals { l = "t" }', "local.l"),
        ('provider "aws" { a = "t" }', "provider.aws"),
    ],
)
@pytest.mark.parametrize("module", ["", "module.a"])
def test_text_belongs_to_the_block_that_it_is_in(
    text: str, owner: str, module: str, world_of: Callable[..., World]
) -> None:
    (found,) = literals_of(world_of(text).scope.configuration, module)
    assert (found.text, found.owner) == ("t", f"{module}.{owner}" if module else owner)


def test_an_attribute_is_named_with_the_blocks_around_it() -> None:
    text = 'environment {\n  variables = { KEY = "t" }\n}\ndynamic "rule" {\n  content { name = "u" }\n}\n'
    found = body_literals(parse_hcl(text, "main.tf").body, "main.tf", "resource", "x.y")
    assert [(one.text, one.attribute) for one in found] == [
        ("t", "environment.variables.KEY"),
        ("u", "rule.content.name"),
    ]


@pytest.mark.parametrize(
    ("expression", "whole"),
    [
        ('"t"', True),
        ('("t")', True),
        ('["t"]', True),
        ('{ k = "t" }', True),
        ('var.c ? "t" : null', True),
        ('[for x in var.y : "t"]', True),
        ('lower("t")', True),
        ('lookup(var.m, "k", "t")', True),
        ('"t${var.x}"', False),
        ('{ (upper("t")) = var.x }', False),
        ('var.c == "t"', False),
        ('sha256("t")', False),
        ('lookup(var.m, "t")', False),
        ('var.m["t"]', False),
    ],
)
def test_a_text_is_whole_where_the_attributes_value_may_be_it(expression: str, whole: bool) -> None:
    (found,) = (one for one in literals(expression) if one.text == "t")
    assert found.whole is whole


@pytest.mark.parametrize("expression", ["true", "null", "1.5", '""', "var.x"])
def test_what_holds_no_text_has_no_literals(expression: str) -> None:
    assert literals(expression) == []


def test_digits_of_a_whole_number_are_text_too() -> None:
    assert [one.text for one in literals("123456789012")] == ["123456789012"]


def test_a_literal_stands_where_it_is_written() -> None:
    (found,) = literals(r'"\tsecret"')
    assert str(found.part(1, 6)) == "main.tf:1:8"
