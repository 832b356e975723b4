"""Functions over lists."""

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
        ('length("👨‍👩‍👧é")', 2),
        ("length(null)", Fault),
        ("length(5)", Fault),
        ('concat([1], ["a"])', [1, "a"]),
        ("concat()", Fault),
        ("concat(toset([1]))", Fault),
        ("element([1, 2, 3], 4)", 2),
        ("element([1, 2, 3], -3)", 1),
        ("element([1, 2, 3], 1.5)", Fault),
        ("element([], 0)", Fault),
        ("flatten([[1, [2]], [], 3])", [1, 2, 3]),
        ('flatten("a")', Fault),
        ('distinct(["a", "b", "a"])', ["a", "b"]),
        ('compact(["a", "", null])', ["a"]),
        ('contains(["1"], 1)', False),
        ('contains(toset(["a"]), "a")', True),
        ('index(["a", "b"], "b")', 1),
        ('index(["a"], "b")', Fault),
        ("reverse([1, 2])", [2, 1]),
        ('reverse("ab")', Fault),
        ("slice([1, 2, 3], 1, 3)", [2, 3]),
        ("slice([1], 1, 1)", []),
        ("slice([1], 0, 2)", Fault),
        ("slice([1, 2, 3], 0.5, 2)", Fault),
        ("slice(toset([1]), 0, 1)", Fault),
        ("chunklist([1, 2, 3], 2)", [[1, 2], [3]]),
        ("chunklist([1, 2], 0)", [[1, 2]]),
        ("chunklist([], 2)", []),
        ("chunklist([1], -1)", Fault),
        ("chunklist([1], 1.5)", Fault),
        ("one([])", None),
        ('one(toset(["a"]))', "a"),
        ("one([1, 2])", Fault),
        ("coalescelist([], null, [1])", [1]),
        ("coalescelist([])", Fault),
        ("alltrue([])", True),
        ("alltrue([null])", False),
        ("anytrue([null])", False),
        ('matchkeys(["a", "b"], [1, 2], [2])', ["b"]),
        ('matchkeys(["a"], [1, 2], [2])', Fault),
        ('sort(["b", "a", "B", "é", "z"])', ["B", "a", "b", "z", "é"]),
        ("sort([10, 9])", ["10", "9"]),
    ],
)
def test_lists_answer_as_terraforms_do(expression: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(expression) == answer


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("length([var.free])", 1),
        ("length(toset([var.free]))", 1),
        ('length(toset(["a-${var.free}", "b-${var.free}"]))', 2),
        ('toset([var.free, "a"]) == toset([])', False),
        ("alltrue([var.free == 1, false])", False),
        ("anytrue([var.free == 1, true])", True),
        ('contains([var.free, "a"], "a")', True),
        ("element([var.free, 2], 1)", 2),
    ],
)
def test_what_decides_is_enough_beside_something_unknown(
    expression: str, answer: object, plain: Callable[[str], object]
) -> None:
    assert plain(expression) == answer


@pytest.mark.parametrize(
    "expression",
    [
        'contains([var.free], "a")',
        'index([var.free, "a"], "a")',
        "alltrue([var.free == 1])",
        "coalescelist(var.free, [1])",
        "concat([1], var.free)",
        "slice([1], 0, var.free)",
        "length(var.free)",
        'length(toset([var.free, "a"]))',
        "length(toset([var.free, aws_sqs_queue.q.arn]))",
        'length(setunion([var.free], ["a"]))',
        'length(toset([{ a = var.free }, { a = "b" }]))',
        "length([for v in [toset([[var.free], [1]])] : v][0])",
        "one(toset([var.free, aws_sqs_queue.q.arn]))",
        'toset([var.free, "a"]) == toset(["a"])',
        'contains([toset([var.free, "a"])], toset(["a"]))',
    ],
)
def test_what_cannot_be_told_is_unknown_and_says_why(expression: str, evaluate: Callable[[str], Value]) -> None:
    assert evaluate(expression).why == "var.free has no value"


def test_references_keep_their_places_through_concat_and_flatten(evaluate: Callable[[str], Value]) -> None:
    value = evaluate("flatten([concat([aws_sqs_queue.q.arn], [1])])")
    first, second = value.elements()
    assert [str(first), second.plain()] == ["aws_sqs_queue.q.arn", 1]
    assert second.span.column - first.span.column == len("aws_sqs_queue.q.arn], [")
