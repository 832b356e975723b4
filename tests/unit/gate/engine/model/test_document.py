"""JSON inside strings is read strictly, with references in the middle of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tapeproof.gate.engine.model import Known, Origin, Piece, Ref, Stack, Text, Undecided, Unknown, Value
from tapeproof.gate.engine.model.document import parsed_document


@pytest.mark.parametrize("source", ["", "{", '{"a": 1,}', "[1 2]", "{} x", '{"a": NaN}', "[" * 100000, '"\\ufdd0'])
def test_a_string_that_is_no_json_is_undecided(source: str) -> None:
    with pytest.raises(Undecided):
        Stack(root=".", front_end="hcl").document(Known(source))


def read(*contents: str | Ref | Unknown) -> Value:
    return parsed_document(Text(tuple(Piece(content) for content in contents)))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('{"a": [1, -2.50, true, null, "x"]}', {"a": [1, Decimal("-2.5"), True, None, "x"]}),
        (' \n\t"\\u00e9\\n" ', "é\n"),
        ('{"a": 1, "a": 2}', {"a": 2}),
        ('"\\ud83d\\ude00 \\ud83d"', "😀 \ufffd"),
        ("[]", []),
    ],
)
def test_json_is_read_as_values(text: str, plain: object) -> None:
    assert parsed_document(Known(text)).plain() == plain


@pytest.mark.parametrize("text", ["9" * 5000, "1e999", "[1] 2", "[1,]", "{1: 2}", '"\x01"', "tru", "[" * 300])
def test_what_is_no_json_or_too_large_is_undecided_and_nothing_else(text: str) -> None:
    with pytest.raises(Undecided):
        parsed_document(Known(text))


def test_a_reference_in_a_string_is_a_piece_and_one_that_is_the_string_is_itself() -> None:
    arn = Ref("aws_s3_bucket.b", "arn")
    found = read('{"a": "', arn, '", "b": "', arn, '/*", "c": ', arn, "}")
    assert [str(found.entry(key)) for key in ("a", "c")] == ["aws_s3_bucket.b.arn"] * 2
    assert [piece.content for piece in found.entry("b").pieces_of_text()][1:] == ["/*"]


def test_a_noncharacter_in_the_text_is_not_taken_for_a_reference() -> None:
    with pytest.raises(Undecided):
        read('{"a": "\\ufdd0', Ref("x.y"), '"}')


def test_what_is_a_document_already_is_returned_as_it_is() -> None:
    made, null = Known({"a": Known(1)}), Known(None)
    assert parsed_document(made) is made
    assert parsed_document(null) is null
    assert parsed_document(Known("{", document=made)) is made
    with pytest.raises(Undecided, match="it depends"):
        parsed_document(Unknown("it depends"))


def test_marks_of_the_string_are_on_everything_in_it() -> None:
    found = parsed_document(Known('{"a": ["x"]}', sensitive=True, origins=frozenset({Origin("var.p")})))
    assert all(part.sensitive and part.comes_from("var.p") for part in found.parts())
