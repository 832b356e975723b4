"""HCL text becomes syntax, or is refused with its place; nothing breaks out of an expression or a template."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.errors import SourceError
from tapeproof.gate.engine.evaluator.syntax import Binary, Call, Constant, Name, Template
from tapeproof.gate.frontends.hcl.parser import parse_expression, parse_hcl, parse_template


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = \n", "x.tf:2:1: the file ends in the middle of something"),
        ("a {\n", "x.tf:1:3: a bracket is not closed"),
        ('a = "\\q"\n', "x.tf:1:6: there is no escape"),
        ('a = "\\ud800"\n', "x.tf:1:6: there is no escape"),
        ("a = [1 2]\n", "x.tf:1:8: '2' is not expected here"),
    ],
)
def test_what_is_no_hcl_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(SourceError) as raised:
        parse_hcl(text, "x.tf")
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "kind"), [("1", Constant), ("a + b", Binary), (" f(x) # c", Call), ("x\n", Name), ("<<E\na\nE", Template)]
)
def test_one_expression_is_read(text: str, kind: type) -> None:
    assert isinstance(parse_expression(text, "TF_VAR_x"), kind)


@pytest.mark.parametrize("text", ["", "1) + (2", "1)\ny = (2", "a)\nb {}\nc = (d", "1) ? (2) : (3", "[1", "a b"])
def test_what_is_more_or_less_than_one_expression_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        parse_expression(text, "TF_VAR_x")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", [""]),
        ("a\n b", ["a\n", " b"]),
        ("TEMPLATE\n", ["TEMPLATE\n", ""]),
        ("a\nTEMPLATE_\nTEMPLATE", ["a\n", "TEMPLATE_\n", "TEMPLATE"]),
        ("${x}", ["…", ""]),
        ("a ${x ~}", ["a ", "…", ""]),
        ("%{ if x }b%{ endif ~}", ["…", ""]),
    ],
)
def test_a_template_is_read_to_its_end_whatever_is_in_it(text: str, values: list[str]) -> None:
    parts = parse_template(text, "x.tftpl").parts
    assert [part.value if isinstance(part, Constant) else "…" for part in parts] == values


def test_a_templates_places_are_those_of_its_text() -> None:
    first, name, _ = parse_template("ab${x}", "x.tftpl").parts
    assert (first.at, name.at) == ((1, 1, 1, 3), (1, 5, 1, 6))
    with pytest.raises(SourceError, match=r"x.tftpl:2:1: "):
        parse_template("a\n${", "x.tftpl")
