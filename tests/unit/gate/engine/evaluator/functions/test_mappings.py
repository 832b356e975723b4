"""Functions over maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("merge({ a = 1 }, null, { a = 2, b = 3 })", {"a": 2, "b": 3}),
        ("merge()", {}),
        ("merge([1])", Fault),
        ('lookup({ a = 1 }, "b", "x")', "x"),
        ('lookup({ a = null }, "a", 1)', None),
        ('lookup(tomap({ a = "1" }), "b", 2)', "2"),
        ('lookup(tomap({ a = 1 }), "b", "5")', 5),
        ('lookup(tomap({ a = 1 }), "b", "x")', Fault),
        ('lookup({}, "a")', Fault),
        ('lookup({}, "a", 1, 2)', Fault),
        ('lookup(null, "a", 1)', Fault),
        ("keys({ b = 1, a = 2 })", ["a", "b"]),
        ("values({ b = 1, a = 2 })", [2, 1]),
        ("keys([1])", Fault),
        ('zipmap(["a", "a"], [1, 2])', {"a": 2}),
        ('zipmap(["a"], [1, 2])', Fault),
        ('transpose({ b = ["x"], a = ["x", "y"] })', {"x": ["a", "b"], "y": ["a"]}),
        ("transpose({})", {}),
    ],
)
def test_maps_answer_as_terraforms_do(expression: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(expression) == answer


def test_what_is_known_of_a_merged_map_is_kept_beside_what_is_not(evaluate: Callable[[str], Value]) -> None:
    merged = evaluate('merge({ a = aws_sqs_queue.q.arn, b = "x" }, { c = var.free })')
    assert merged.entry("b").plain() == "x"
    assert str(merged.entry("a")) == "aws_sqs_queue.q.arn"
    assert merged.entry("c").why == "var.free has no value"


def test_a_map_of_which_it_is_not_known_what_is_in_it_gives_something_unknown(
    evaluate: Callable[[str], Value],
) -> None:
    for call in ("merge({ a = 1 }, var.free)", "keys(var.free)", 'lookup(var.free, "a", 1)', "values(var.free)"):
        assert evaluate(call).why == "var.free has no value"


def test_a_key_stands_where_its_value_stands(evaluate: Callable[[str], Value]) -> None:
    (key,) = evaluate('keys({ a = "x" })').elements()
    assert key.span.column == evaluate('{ a = "x" }').entry("a").span.column + len("keys(")
