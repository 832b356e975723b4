"""Types of values, and the type that several have in common."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.types import ANY, BOOL, NUMBER, STRING, Field, Type, type_of, unify_types
from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Unknown, Value

ONE, A = Known(1), Known("a")
STRINGS, NUMBERS = Type("list", STRING), Type("list", NUMBER)


def tuple_of(*types: Type) -> Type:
    return Type("tuple", elements=types)


def object_of(**types: Type) -> Type:
    return Type("object", fields={name: Field(type_) for name, type_ in types.items()})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Known(True), "bool"),
        (ONE, "number"),
        (A, "string"),
        (Known(None), "any"),
        (Unknown("x"), "any"),
        (Ref("x.y", "arn"), "any"),
        (Text((Piece("a"), Piece(Unknown("x")))), "string"),
        (Known((ONE, A), kind="tuple"), "tuple([number, string])"),
        (Known((Unknown("x"), A), kind="list"), "list(string)"),
        (Known((), kind="set"), "set(any)"),
        (Known({"a": ONE}, kind="map"), "map(number)"),
        (Known({"a": ONE, "b": A}, kind="object"), "object({a=number, b=string})"),
    ],
)
def test_a_value_has_a_type(value: Value, written: str) -> None:
    assert str(type_of(value)) == written


@pytest.mark.parametrize(
    ("types", "common"),
    [
        ((), ANY),
        ((ANY, ANY), ANY),
        ((ANY, NUMBER), NUMBER),
        ((NUMBER, STRING), STRING),
        ((BOOL, STRING), STRING),
        ((NUMBER, BOOL), None),
        ((STRING, STRINGS), None),
        ((STRINGS, object_of()), None),
        ((STRINGS, NUMBERS), STRINGS),
        ((Type("set", NUMBER), Type("set", STRING)), Type("set", STRING)),
        ((Type("set", NUMBER), STRINGS), STRINGS),
        ((tuple_of(NUMBER), tuple_of(STRING)), tuple_of(STRING)),
        ((tuple_of(NUMBER), tuple_of(NUMBER, NUMBER)), NUMBERS),
        ((tuple_of(NUMBER), STRINGS), STRINGS),
        ((tuple_of(), NUMBERS), NUMBERS),
        ((object_of(a=NUMBER), object_of(a=STRING)), object_of(a=STRING)),
        ((object_of(a=NUMBER), object_of(b=NUMBER)), Type("map", NUMBER)),
        ((object_of(a=NUMBER), object_of(b=STRINGS)), None),
        ((object_of(a=NUMBER), Type("map", STRING)), Type("map", STRING)),
    ],
)
def test_types_have_one_in_common_or_none(types: tuple[Type, ...], common: Type | None) -> None:
    assert unify_types(types) == common
    assert unify_types(reversed(types)) == common
