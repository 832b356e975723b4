"""Attributes and indexes: of what is known, of what is not, and of what has none."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.evaluator.access import attribute_of, index_of, reference
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.model import Known, Origin, Piece, Ref, Span, Text, Unknown, Value

HERE = Span("main.tf", 1, 1, 1, 9)
ITEM = Known("x", span=Span("main.tf", 7, 7, 7, 10))
TUPLE = Known((ITEM, Known(2)), kind="tuple")
OBJECT = Known({"a": ITEM, "1": Known(2)}, kind="object")
STRING = Text((Piece("a-"), Piece(Unknown("x"))))


def test_a_reference_remembers_where_it_comes_from() -> None:
    assert reference("aws_sqs_queue.q", "arn", HERE).origins == {Origin("aws_sqs_queue.q", "arn")}


def test_what_is_taken_out_of_a_collection_keeps_its_own_place() -> None:
    assert attribute_of(OBJECT, "a", HERE) is ITEM
    assert index_of(TUPLE, Known(0), HERE) is ITEM


@pytest.mark.parametrize(("value", "key"), [(TUPLE, "1"), (OBJECT, 1)])
def test_an_index_is_converted_as_terraform_converts_it(value: Value, key: str | int) -> None:
    assert index_of(value, Known(key), HERE).plain() == 2


@pytest.mark.parametrize(
    ("value", "key", "why"),
    [
        (TUPLE, Known(2), "there is no element 2"),
        (TUPLE, Known(-1), "there is no element -1"),
        (TUPLE, Known("x"), "'x' is no number"),
        (TUPLE, Known(None), "an index cannot be null"),
        (OBJECT, Known("z"), "there is no element 'z'"),
        (OBJECT, Known(()), "where a string is expected"),
        (Known((), kind="set"), Known(0), "a set has no elements to choose by index"),
        (Known("abc"), Known(0), "a string has no elements"),
        (Known(None), Known(0), "null has no elements"),
        (STRING, Known(0), "a string has no attributes"),
        (Ref("aws_sqs_queue.q", "arn"), Known(()), "where a string is expected"),
        (Unknown("x"), Known({}, kind="object"), "where a string is expected"),
    ],
)
def test_an_element_that_is_not_there_is_refused(value: Value, key: Value, why: str) -> None:
    with pytest.raises(Fault, match=why):
        index_of(value, key, HERE)


@pytest.mark.parametrize("value", [OBJECT, TUPLE, Known("a"), Known(None), STRING])
def test_an_attribute_that_is_not_there_is_refused(value: Value) -> None:
    with pytest.raises(Fault):
        attribute_of(value, "z", HERE)


def test_steps_into_what_is_not_known_are_remembered() -> None:
    deep = index_of(attribute_of(Ref("aws_s3_bucket.b"), "versioning", HERE), Known(0), HERE)
    assert str(deep) == "aws_s3_bucket.b.versioning.0"
    assert attribute_of(Unknown("x", "var.a"), "b", HERE).same_as(Unknown("x", "var.a.b"))
    assert attribute_of(Unknown("x"), "b", HERE) == Unknown("x", span=HERE)


def test_one_of_a_resources_instances_is_a_reference_to_any_of_them() -> None:
    two = Known((Ref("aws_sqs_queue.q[0]"), Ref("aws_sqs_queue.q[1]")), kind="tuple")
    assert str(index_of(two, Unknown("x"), HERE)) == "aws_sqs_queue.q[?]"


@pytest.mark.parametrize("second", [Ref("aws_sqs_queue.p[1]"), Ref("aws_sqs_queue.q[1]", "arn"), Known("a")])
def test_one_of_several_things_is_unknown(second: Value) -> None:
    mixed = Known((Ref("aws_sqs_queue.q[0]"), second), kind="tuple")
    assert isinstance(index_of(mixed, Unknown("x"), HERE), Unknown)


def test_a_secret_key_makes_what_it_chooses_secret() -> None:
    assert index_of(OBJECT, Known("a", sensitive=True), HERE).sensitive
