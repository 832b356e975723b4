"""Values convert to Terraform's types, or are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tapeproof.gate.engine.evaluator.conversion import convert, truth
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.types import ANY, BOOL, NUMBER, STRING, Field, Type
from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Unknown, Value

ONE, A = Known(1), Known("a")
TUPLE = Known((ONE, A), kind="tuple")
OBJECT = Known({"a": ONE, "b": A}, kind="object")
NEEDS = Type("object", fields={"a": Field(STRING), "c": Field(NUMBER, optional=True, default=Known(128))})


@pytest.mark.parametrize(
    ("value", "type_", "plain", "kind"),
    [
        (ONE, STRING, "1", ""),
        (Known(Decimal("1E+3")), STRING, "1000", ""),
        (Known(True), STRING, "true", ""),
        (Known("1.50"), NUMBER, Decimal("1.50"), ""),
        (Known("0"), BOOL, False, ""),
        (TUPLE, Type("list", ANY), ["1", "a"], "list"),
        (Known((Known("b"), A, A), kind="tuple"), Type("set", ANY), ["a", "b"], "set"),
        (Known((A,), kind="set"), Type("list", STRING), ["a"], "list"),
        (OBJECT, Type("map", ANY), {"a": "1", "b": "a"}, "map"),
        (OBJECT, NEEDS, {"a": "1", "c": 128}, "object"),
        (Known({"a": A, "c": Known(None)}, kind="object"), NEEDS, {"a": "a", "c": 128}, "object"),
        (TUPLE, Type("tuple", elements=(STRING, STRING)), ["1", "a"], "tuple"),
        (Known(None), Type("list", ANY), None, ""),
        (TUPLE, ANY, [1, "a"], "tuple"),
    ],
)
def test_a_value_takes_the_type(value: Value, type_: Type, plain: object, kind: str) -> None:
    made = convert(value, type_)
    assert isinstance(made, Known)
    assert (made.plain(), made.kind) == (plain, kind)


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (A, NUMBER),
        (Known(True), NUMBER),
        (Known("9" * 402), NUMBER),
        (ONE, BOOL),
        (Known("TRUE"), BOOL),
        (TUPLE, STRING),
        (Known(Decimal("1E+2000")), STRING),
        (A, Type("list", ANY)),
        (OBJECT, Type("list", ANY)),
        (TUPLE, Type("map", ANY)),
        (Known((ONE, TUPLE), kind="tuple"), Type("list", ANY)),
        (Known({"a": ONE, "b": TUPLE}, kind="object"), Type("map", ANY)),
        (TUPLE, Type("tuple", elements=(STRING,))),
        (Known({"c": ONE}, kind="object"), NEEDS),
        (Text((Piece("a"), Piece(Ref("x.y")))), Type("list", ANY)),
    ],
)
def test_a_value_without_a_form_of_that_type_is_refused(value: Value, type_: Type) -> None:
    with pytest.raises(Fault):
        convert(value, type_)


@pytest.mark.parametrize("type_", [STRING, NUMBER, Type("list", STRING)])
def test_what_is_not_known_stays_as_it_is(type_: Type) -> None:
    assert convert(Ref("x.y", "arn"), type_) == Ref("x.y", "arn")


def test_a_string_with_something_unknown_in_it_is_an_unknown_number() -> None:
    made = convert(Text((Piece("1"), Piece(Unknown("x is not set"))), sensitive=True), NUMBER)
    assert isinstance(made, Unknown)
    assert (made.why, made.sensitive) == ("x is not set", True)


@pytest.mark.parametrize(
    ("value", "answer"), [(Known(True), True), (Known("false"), False), (Known("1"), True), (Unknown("x"), None)]
)
def test_a_condition_is_true_false_or_not_known(value: Value, answer: bool | None) -> None:
    assert truth(value) is answer


@pytest.mark.parametrize("value", [Known(None), Known(1), Known("yes"), Known(())])
def test_a_condition_that_is_none_is_refused(value: Value) -> None:
    with pytest.raises(Fault):
        truth(value)
