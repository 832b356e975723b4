"""What texts tell of the invocation of a function."""

from __future__ import annotations

import re

import pytest

from tapeproof.gate.aws.written_calls import function_in_uri, literal_text, maps_of, tells_in_text
from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Undecided

ARN = "arn:aws:lambda:us-east-1:111122223333:function:f"
BEFORE = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"


@pytest.mark.parametrize(
    ("uri", "function"),
    [
        (f"{BEFORE}{ARN}/invocations", ARN),
        (f"{BEFORE}{ARN}:live/invocations", f"{ARN}:live"),
        (f"arn:aws:apigateway:us-east-1:lambda:path/2014-11-13/functions/{ARN}/invoke-async/", ARN),
        (ARN, ARN),
        ("f", "f"),
        ("", ""),
    ],
)
def test_a_uri_of_api_gateway_names_its_function(uri: str, function: str) -> None:
    assert function_in_uri(Known(uri)).plain() == function


def test_a_uri_is_cut_around_what_is_not_known_yet() -> None:
    function = Ref("aws_lambda_function.f", "arn")
    uri = Text((Piece(BEFORE), Piece(function), Piece(":live/invocations")))
    assert [piece.content for piece in function_in_uri(uri).pieces_of_text()] == [function, ":live"]


@pytest.mark.parametrize("uri", [Known(None), Known(5), Ref("aws_lambda_function.f", "invoke_arn")])
def test_what_is_no_text_stays_as_it_is(uri: Known | Ref) -> None:
    assert function_in_uri(uri) is uri


def test_a_function_that_a_stage_variable_names_cannot_be_told() -> None:
    with pytest.raises(Undecided, match="stage variable"):
        function_in_uri(Known(f"{BEFORE}{ARN[:-1]}${{stageVariables.f}}/invocations"))


def test_a_stage_variable_may_name_the_alias() -> None:
    uri = Known(f"{BEFORE}{ARN}:${{stageVariables.live}}/invocations")
    assert function_in_uri(uri).plain() == f"{ARN}:${{stageVariables.live}}"


def test_a_text_tells_as_far_as_it_is_written_out() -> None:
    text = Text((Piece("kind: "), Piece(Ref("aws_x.y", "id")), Piece(" Event")))
    assert literal_text(text) == "kind:  Event"
    assert tells_in_text(text, re.compile("Event"))
    assert not tells_in_text(text, re.compile("kind:  Event"))
    assert literal_text(Known(5)) == ""


def test_the_objects_of_a_document_are_found_however_deep() -> None:
    inner = Known({"b": Known(1)}, kind="object")
    outer = Known({"a": Known((inner,), kind="tuple")}, kind="object")
    assert [sorted(part) for part in maps_of(outer)] == [["a"], ["b"]]
