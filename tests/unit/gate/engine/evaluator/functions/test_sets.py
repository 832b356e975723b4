"""Functions over sets."""

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
        ('setproduct(["a", "b"], [1, 2])', [["a", 1], ["a", 2], ["b", 1], ["b", 2]]),
        ('setproduct(["a"], [])', []),
        ('setproduct(["a"])', Fault),
        ('setproduct(["a"], "b")', Fault),
        ("setproduct(range(1000), range(1000))", Fault),
        ('setunion(["b"], ["a", "b"])', ["a", "b"]),
        ("setunion([])", []),
        ("setunion()", Fault),
        ('setintersection(["a", "b"], ["b"], ["b", "c"])', ["b"]),
        ('setintersection(["a"], [])', []),
        ('setsubtract(["a", "b"], ["b"])', ["a"]),
        ('setsubtract(["a", 1], ["1"])', ["a"]),
        ('setsubtract(["a"])', Fault),
    ],
)
def test_sets_answer_as_terraforms_do(expression: str, answer: object, plain: Callable[[str], object]) -> None:
    assert plain(expression) == answer


@pytest.mark.parametrize("kind", ["setintersection", "setsubtract"])
def test_an_element_that_may_be_any_leaves_open_what_is_common(kind: str, evaluate: Callable[[str], Value]) -> None:
    assert evaluate(f'{kind}(["a"], [var.free])').why == "var.free has no value"


def test_a_union_keeps_what_is_not_known_among_what_is(evaluate: Callable[[str], Value]) -> None:
    union = evaluate('setunion(["b"], [var.free], ["a"])')
    assert [element.plain() if element.known else element.why for element in union.elements()] == [
        "a",
        "b",
        "var.free has no value",
    ]
