"""Records: made fast, equal by their fields, and made of another with some fields changed."""

from __future__ import annotations

import dataclasses

import pytest

from tapeproof.gate.engine.model import Known, Piece, Ref, Span, Unknown, Value
from tapeproof.gate.engine.record import record, replace

HERE = Span("main.tf", 3, 1, 3, 9)
VALUES: list[Value] = [
    Known("text", span=HERE, pieces=(Piece("text", HERE),)),
    Known((Known(1), Known(None)), kind="tuple", sensitive=True),
    Ref("aws_sqs_queue.q", "arn", document=Known({})),
    Unknown("it has no value", "var.x", pairs=((Known("a"), Known("b")),)),
]


@record(kw_only=True)
class Named:
    """A record whose fields are given by name."""

    name: str
    number: int = 0


@pytest.mark.parametrize("value", VALUES)
def test_a_record_made_of_another_is_as_the_standard_library_makes_it(value: Value) -> None:
    for changes in ({}, {"span": HERE}, {"sensitive": True, "document": Known("x")}):
        made, wanted = replace(value, **changes), dataclasses.replace(value, **changes)
        assert (made, type(made), repr(made)) == (wanted, type(wanted), repr(wanted))


def test_a_record_without_such_a_field_says_so() -> None:
    with pytest.raises(TypeError, match="colour"):
        replace(Known(1), colour="red")  # type: ignore[call-arg]


def test_records_are_equal_by_their_fields_and_have_no_others() -> None:
    assert Named(name="a") == Named(name="a", number=0) != Named(name="b")
    assert len({Named(name="a"), Named(name="a"), Named(name="a", number=1)}) == 2
    with pytest.raises(AttributeError):
        Named(name="a").other = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Named("a")  # type: ignore[misc]
