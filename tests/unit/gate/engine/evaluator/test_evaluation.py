"""An expression of a variable file stands alone."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.evaluation import constant_value
from tapeproof.gate.frontends.hcl.parser import parse_expression


@pytest.mark.parametrize(
    ("text", "answer"),
    [('"a"', "a"), ('["a", { b = 1 }]', ["a", {"b": 1}]), ('upper("a")', "A"), ("1 + 1", 2), ('"${1}a"', "1a")],
)
def test_what_needs_nothing_else_has_its_value(text: str, answer: object) -> None:
    assert constant_value(parse_expression(text, "a.tfvars"), "a.tfvars").plain() == answer


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("var.other", "var is not defined here"),
        ("aws_sqs_queue.q.arn", "aws_sqs_queue is not defined here"),
        ("1 / 0", "division by zero"),
        ("nope()", "there is no function 'nope'"),
        ('templatestring("a", {})', "templates cannot be read here"),
    ],
)
def test_what_refers_to_something_is_unknown_and_says_why(text: str, why: str) -> None:
    value = constant_value(parse_expression(text, "a.tfvars"), "a.tfvars")
    assert not value.known
    assert why in value.why
    assert value.span.file == "a.tfvars"
