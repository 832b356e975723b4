"""Conversions, secrecy and the first value that is there."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Value


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ('tobool("1")', True),
        ('tobool("TRUE")', Fault),
        ("tobool(1)", Fault),
        ("tobool(null)", None),
        ('tonumber("1e5")', 100000),
        ('tonumber(".5")', Decimal("0.5")),
        ('tonumber("0x10")', Fault),
        ('tonumber("1_0")', Fault),
        ('tonumber(" 5")', Fault),
        ('tonumber("")', Fault),
        ('tonumber("٣")', Fault),
        ("tonumber(true)", Fault),
        ("tostring(1.50)", "1.5"),
        ("tostring(1e3)", "1000"),
        ("tostring([])", Fault),
        ('tolist([1, "a", true])', ["1", "a", "true"]),
        ('tolist(toset(["b", "a"]))', ["a", "b"]),
        ("tolist([1, []])", Fault),
        ('toset(["b", "a", "b"])', ["a", "b"]),
        ("toset([2, 10, 1])", [1, 2, 10]),
        ('tomap({ a = 1, b = "x" })', {"a": "1", "b": "x"}),
        ("tomap([1])", Fault),
        ('coalesce("", null, "x")', "x"),
        ('coalesce(1, "a")', "1"),
        ("coalesce(null)", Fault),
        ("coalesce()", Fault),
        ("coalesce([1], 1)", Fault),
    ],
)
def test_values_convert_as_terraform_converts_them(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


def test_a_value_that_may_be_null_leaves_it_open_which_is_the_first(evaluate: Callable[[str], Value]) -> None:
    assert evaluate('coalesce(var.free, "x")').why == "var.free has no value"
    assert str(evaluate('coalesce(aws_sqs_queue.q.arn, "x")')) == "aws_sqs_queue.q.arn"


def test_secrecy_is_given_taken_and_told(evaluate: Callable[[str], Value], plain: Callable[[str], object]) -> None:
    assert evaluate('sensitive("a")').sensitive
    assert not evaluate("nonsensitive(var.secret)").sensitive
    assert [plain("issensitive(var.secret)"), plain('issensitive("a")')] == [True, False]
