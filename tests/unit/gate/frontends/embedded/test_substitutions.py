"""Values in the definition of a state machine."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Unknown
from tapeproof.gate.frontends.embedded.substitutions import substitute

ARN = Ref("aws_lambda_function.f", "arn")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": ["x-${N}", 5, "${Other}", "${N}${N}"]}', {"a": ["x-n", 5, "${Other}", "nn"]}),
        ('{"a": "plain"}', {"a": "plain"}),
    ],
)
def test_values_stand_in_the_places_that_name_them(text: str, expected: object) -> None:
    assert substitute(Known(text), {"N": Known("n")}).plain() == expected


def test_a_reference_stays_one() -> None:
    filled = substitute(Known('{"f": "${F}", "g": "${F}:live"}'), {"F": ARN})
    assert filled.entry("f") is ARN
    assert isinstance(filled.entry("g"), Text)
    assert filled.entry("g").pieces_of_text()[0].content is ARN


def test_an_object_is_filled_as_a_text_is() -> None:
    definition = Known({"f": Known("${F}")}, kind="object")
    assert substitute(definition, {"F": ARN}).entry("f") is ARN


@pytest.mark.parametrize("definition", [Known("{"), Unknown("nobody gives it"), Text((Piece("{"), Piece(ARN)))])
def test_what_cannot_be_read_stays_as_it_is(definition: Known) -> None:
    assert substitute(definition, {"F": ARN}) is definition
