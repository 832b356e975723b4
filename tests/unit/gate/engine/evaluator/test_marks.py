"""Where values came from and whether they are secret travels with them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tapeproof.gate.engine.evaluator import marks as module
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.marks import (
    Marks,
    add_marks,
    check_length,
    is_text,
    lift_value,
    marks_of,
    place_value,
    unknown_from,
)
from tapeproof.gate.engine.model import NOWHERE, Known, Origin, Piece, Ref, Span, Text, Unknown, Value

HERE, THERE = Span("main.tf", 1, 1, 1, 2), Span("main.tf", 9, 9, 9, 10)
A, B = Origin("var.a"), Origin("var.b")


def test_marks_are_gathered_from_everything_inside() -> None:
    deep = Known({"k": Known((Known("x", origins=frozenset({A})), Known("y", sensitive=True)))}, origins=frozenset({B}))
    found = marks_of([deep])
    assert (found.origins, found.sensitive) == ({A, B}, True)
    assert not marks_of([Known(1), Unknown("x")])


def test_marks_reach_everything_inside_and_the_document_too() -> None:
    value = Known((Known(1),), document=Known({"a": Known(2)}))
    made = add_marks(value, Marks(frozenset({A}), sensitive=True))
    assert isinstance(made, Known)
    assert all(part.sensitive and A in part.origins for part in made.parts())
    assert made.document is not None
    assert made.document.entry("a").sensitive


def test_no_marks_change_nothing() -> None:
    value = Known((Known(1),))
    assert add_marks(value, Marks()) is value


def test_a_value_that_has_a_place_keeps_it() -> None:
    assert place_value(Known(1), HERE).span == HERE
    assert place_value(Known(1, span=THERE), HERE).span == THERE


def test_an_unknown_result_says_what_the_first_unknown_part_says() -> None:
    made = unknown_from([Known(1), Known((Ref("x.y", "arn"), Unknown("z")), origins=frozenset({A}))], HERE)
    assert (made.why, made.span, made.origins) == ("x.y.arn is known only after apply", HERE, {A})
    assert unknown_from([], HERE).why == "it is not known"


def test_plain_python_becomes_values_all_at_one_place() -> None:
    inner = Known("v", span=THERE)
    made = lift_value({"a": [1, Decimal("1.5"), None, True], "b": inner}, HERE, Marks(frozenset({A})))
    assert made.plain() == {"a": [1, Decimal("1.5"), None, True], "b": "v"}
    assert {part.span for part in made.parts()} == {HERE, THERE}
    assert made.entry("b") is inner


def test_a_string_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LONGEST_TEXT", 3)
    check_length([Piece("ab"), Piece(Unknown("x")), Piece("c")])
    with pytest.raises(Fault, match="longer than 3 characters"):
        check_length([Piece("ab"), Piece("cd")])


@pytest.mark.parametrize(
    ("value", "answer"),
    [(Known("a"), True), (Text((Piece("a"), Piece(Unknown("x")))), True), (Known(1), False), (Unknown("x"), False)],
)
def test_only_what_is_surely_a_string_is_text(value: Value, answer: bool) -> None:
    assert is_text(value) is answer
    assert value.span == NOWHERE
