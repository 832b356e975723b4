"""Expressions, read natively as the reference reads them, place by place."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.syntax import Binary, Constant
from tapeproof.gate.frontends.hcl import reference
from tapeproof.gate.frontends.hcl.native.cursor import LONGEST_NUMBER, NotTakenError
from tapeproof.gate.frontends.hcl.native.expressions import Expressions
from tapeproof.gate.frontends.hcl.positions import Positions


def native(text: str) -> object:
    whole = f"x = {text}\n"
    reader = Expressions(whole, Positions(whole))
    reader.here = 4
    return reader.expression()


def referred(text: str) -> object:
    whole = f"x = {text}\n"
    return reference.read_body(whole, "x.tf", Positions(whole)).attributes[0].expression


@pytest.mark.parametrize(
    "text",
    [
        "1.50e3",
        "-1",
        "- 1",
        "!a",
        "true",
        "truethy",
        "nullable.a",
        "a.b.c[0].d",
        "a.0.b",
        "a[b[c]]",
        "a.*.b.0",
        "a[*].b[*].c[0]",
        "f()",
        "f(a, b,)",
        "f(\n a,\n b...\n)",
        "provider::aws::arn(a)",
        "f(a)[0].b",
        "(a)\n",
        "(a + b) * c",
        "a || b && c == d < e + f * g % h",
        "a - b - c",
        "a ? b : c ? d : e",
        "[\n1,\n2,\n]",
        "[]",
        "{}",
        '{\n a = 1\n b : 2, c = 3\n (d) = 4\n "e" = 5\n 6 = 7\n}',
        "[for x in a : x]",
        "[for k, v in a : k if v != null]",
        "{ for k, v in a : k => v }",
        "{\n for v in a :\n v => 1... if v\n}",
        "a /* c */ + b # d",
        "[inner, iffy, fortune]",
    ],
)
def test_an_expression_is_read_as_the_reference_reads_it(text: str) -> None:
    assert native(text) == referred(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+a",
        "!!a",
        "a ?",
        "a ? b",
        "f(a",
        "[a",
        "[a b]",
        "{ a }",
        "{ a = 1 b = 2 }",
        "for",
        "core::f(a)",
        "é",
        "a ? b :: c",
        "9" * (LONGEST_NUMBER + 1),
        "a." + "9" * (LONGEST_NUMBER + 1),
        "1e101",
    ],
)
def test_what_is_rare_or_none_is_left_to_the_reference(text: str) -> None:
    with pytest.raises(NotTakenError):
        native(text)


def test_it_stops_right_after_the_expression() -> None:
    reader = Expressions("x = a + b  # c\ny = 1\n", Positions("x = a + b  # c\ny = 1\n"))
    reader.here = 4
    assert isinstance(reader.expression(), Binary)
    assert reader.here == 9


def test_a_negative_number_keeps_all_its_digits() -> None:
    digits = "0." + "123456789" * 8
    node = native(f"-{digits}")
    assert isinstance(node, Constant)
    assert str(node.value) == f"-{digits}"
