"""What functions over collections ask of their arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.files import Files
from tapeproof.gate.engine.evaluator.functions.arguments import all_known, make_collection, require_mapping, sequence
from tapeproof.gate.engine.evaluator.functions.registry import Invocation
from tapeproof.gate.engine.model import Known, Ref, Span, Unknown, Value

HERE = Span("main.tf", 1, 1, 1, 9)
CALL = Invocation("concat", HERE, (), Files(Path()), lambda *_: Known(None))
ELEMENTS = (Known(1, span=Span("main.tf", 7, 3, 7, 4)), Ref("aws_sqs_queue.q", "arn"))


def test_a_listing_stands_at_the_call_and_its_elements_where_they_were() -> None:
    made = make_collection(iter(ELEMENTS), CALL, "list")
    assert (made.kind, made.span) == ("list", HERE)
    assert [element.span for element in made.elements()] == [element.span for element in ELEMENTS]


@pytest.mark.parametrize("kind", ["list", "set", "tuple"])
def test_a_sequence_may_hold_what_is_not_known(kind: str) -> None:
    assert sequence(Known(ELEMENTS, kind=kind), CALL).elements() == ELEMENTS


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Known("ab"), "string"),
        (Known(1), "number"),
        (Known(True), "bool"),
        (Known({}, kind="object"), "object"),
        (Known(None), "any"),
        (Unknown("x"), "any"),
    ],
)
def test_what_is_no_sequence_is_refused_by_the_functions_name(value: Value, kind: str) -> None:
    with pytest.raises(Fault, match=f"concat takes a list, not a {kind}"):
        sequence(value, CALL)


def test_a_mapping_gives_its_entries_and_nothing_else_is_one() -> None:
    assert require_mapping(Known({"a": ELEMENTS[1]}, kind="map"), CALL) == {"a": ELEMENTS[1]}
    for value in (Known(()), Known("a"), Known(None), Unknown("x")):
        with pytest.raises(Fault, match="concat takes a map"):
            require_mapping(value, CALL)


def test_a_collection_is_known_whatever_is_in_it() -> None:
    assert all_known(Known((Unknown("x"),)), Known(None))
    assert not all_known(Known(1), Unknown("x"))
    assert all_known()
