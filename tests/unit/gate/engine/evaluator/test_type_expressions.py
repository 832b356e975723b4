"""Type constraints are read as Terraform writes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.expressions import Evaluator
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.type_expressions import type_from, type_text
from tapeproof.gate.frontends.hcl.parser import parse_expression, parse_template

if TYPE_CHECKING:
    from tapeproof.gate.engine.evaluator.types import Type


def read(text: str) -> Type:
    evaluator = Evaluator(Files(Path()), parse_template)
    return type_from(parse_expression(text, "main.tf"), evaluator, "main.tf")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("string", "string"),
        ('"string"', "string"),
        ("(number)", "number"),
        ("list", "list(any)"),
        ("map(list(bool))", "map(list(bool))"),
        ("tuple([string, number])", "tuple([string, number])"),
        ("tuple([])", "tuple([])"),
        ("object({})", "object({})"),
        ("object({ a = string, b = optional(number) })", "object({a=string, b=number})"),
    ],
)
def test_a_constraint_stands_for_a_type(text: str, written: str) -> None:
    assert str(read(text)) == written


def test_a_default_of_an_optional_attribute_has_its_type() -> None:
    fields = read('object({ a = optional(number, "5"), b = optional(string), c = string })').fields
    assert [(one.optional, one.default and one.default.plain()) for one in fields.values()] == [
        (True, 5),
        (True, None),
        (False, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "text",
        "list()",
        "list(string, number)",
        "set([string])",
        "tuple(string)",
        "object(string)",
        "optional(string)",
        "object({ a = optional() })",
        'object({ a = optional(string, "a", "b") })',
        'object({ a = optional(number, "x") })',
        "5",
        "[string]",
        "var.type",
    ],
)
def test_what_is_no_constraint_is_refused(text: str) -> None:
    with pytest.raises(Fault):
        read(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("map( list( string ) )", "map(list(string))"),
        ("object({\n  a = string\n  b = optional(number, 5)\n})", "object({a=string, b=optional(number, 5)})"),
        ("tuple([ any ])", "tuple([any])"),
        ("object({ a = optional(string, upper(x.y)) })", "object({a=optional(string, upper(…))})"),
    ],
)
def test_a_constraint_is_written_on_one_line(text: str, written: str) -> None:
    assert type_text(parse_expression(text, "main.tf")) == written
