"""Nodes of syntax: what is inside one, and what a body has by name."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.syntax import Body, Constant, Name, children
from tapeproof.gate.frontends.hcl.parser import parse_expression, parse_hcl


def names(text: str) -> list[str]:
    """Return the names in an expression, at any depth, in order."""
    waiting, found = [parse_expression(text, "main.tf")], []
    while waiting:
        node = waiting.pop(0)
        found += [node.name] if isinstance(node, Name) else []
        waiting = [*children(node), *waiting]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "[a, b, c]",
        "{ (a) = b, k = c }",
        "f(a, b, c...)",
        "a ? b : c",
        "(a + b) * -c",
        "a[b].x[c]",
        "a[*].x[b][*][c]",
        '"${a}%{ if b }${c}%{ endif }"',
        '"%{ for x in a }${b}%{ endfor }${c}"',
        "[for x in a : b if c]",
        "{ for x in a : b => c }",
    ],
)
def test_every_expression_inside_another_is_among_its_children(text: str) -> None:
    assert names(text) == ["a", "b", "c"]


@pytest.mark.parametrize("text", ["1", "null", '"text"', "a"])
def test_a_leaf_has_no_children(text: str) -> None:
    assert list(children(parse_expression(text, "main.tf"))) == []


def test_a_condition_is_among_the_children_and_its_absence_is_not() -> None:
    with_condition, without = (list(children(parse_expression(f"[for x in a : b{end}]", "f"))) for end in (" if c", ""))
    assert len(with_condition) == len(without) + 1


def test_a_body_is_asked_by_name() -> None:
    body = parse_hcl("a = 1\nblock {\n  b = 2\n}\n", "main.tf").body
    attribute, expression = body.attribute("a"), body.expression("a")
    assert attribute is not None
    assert attribute.at[:2] == (1, 1)
    assert isinstance(expression, Constant)
    assert expression.value == 1
    assert [body.attribute("b"), body.expression("block"), Body((), ()).attribute("a")] == [None, None, None]
