"""Literal text of a configuration, and the block and argument that it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.configuration import configuration
from tapeproof.gate.engine.evaluator.literals import body_literals, literals_of, written_in
from tapeproof.gate.frontends.hcl.parser import parse_hcl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    (found,) = literals_of(world_of(text).scope.configuration, module, {})
    assert (found.text, found.owner) == ("t", f"{module}.{owner}" if module else owner)


@pytest.mark.parametrize("module", ["", "module.a"])
def test_text_that_was_found_before_is_the_same(module: str, tmp_path: Path) -> None:
    text = 'data "x" "y" { a = "t" }\nvariable "v" { default = "u" }\nlocals {\n  l = "v"\n  m = ["w"]\n}\n'
    file, source = str(tmp_path / "main.tf"), parse_hcl(text, "main.tf")
    declared = configuration(tmp_path, str(tmp_path), [(file, source)], [])
    known = {id(written.node): written for written in written_in(source, file)}
    assert {one.text for written in known.values() for one in written.literals} == {"t", "u", "v", "w"}
    assert literals_of(declared, module, known) == literals_of(declared, module, {})


@pytest.mark.parametrize("text", ["variable {}", 'data "x" {}', "module {}", "output {}"])
def test_a_block_that_lacks_a_label_is_left_to_who_refuses_it(text: str) -> None:
    assert list(written_in(parse_hcl(text, "main.tf"), "main.tf")) == []


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
