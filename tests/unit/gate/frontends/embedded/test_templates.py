"""Templates as values."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import Known, Piece, Ref, Stack, Text, Undecided
from tapeproof.gate.frontends.embedded.templates import read_template

STACK = Stack(root="", front_end="hcl")


@pytest.mark.parametrize("text", ['{"Resources": {"A": 1}}', "Resources:\n  A: 1\n"])
def test_json_and_yaml_are_read(text: str) -> None:
    assert read_template(STACK, Known(text)).plain() == {"Resources": {"A": 1}}


@pytest.mark.parametrize("key", ['"A"', "1", "true", "-1", "null"])
def test_yaml_may_begin_with_what_is_json_by_itself(key: str) -> None:
    assert read_template(STACK, Known(f"{key}: 1\nb: 2\n")).entry("b").plain() == 2


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a: !Ref b", {"a": {"Ref": "b"}}),
        ("a: !Sub 'x-${b}'", {"a": {"Fn::Sub": "x-${b}"}}),
        ("a: !GetAtt b.Arn", {"a": {"Fn::GetAtt": "b.Arn"}}),
        ("a: !Join ['', [b, !Ref c]]", {"a": {"Fn::Join": ["", ["b", {"Ref": "c"}]]}}),
    ],
)
def test_short_forms_of_functions_are_read(text: str, read: dict[str, object]) -> None:
    assert read_template(STACK, Known(text)).plain() == read


def test_a_part_that_is_not_known_stays_so() -> None:
    template = read_template(STACK, Text((Piece("a: 1\nb: "), Piece(Ref("aws_x.y", "arn")), Piece("\n"))))
    assert template.entry("a").plain() == 1
    assert template.entry("b") == Ref("aws_x.y", "arn", span=template.entry("b").span)


def test_text_around_what_is_not_known_stays_too() -> None:
    pieces = (
        Piece("a: {b: 'x-"),
        Piece(Ref("aws_x.y", "name")),
        Piece("/"),
        Piece(Ref("aws_x.z", "name")),
        Piece("'}"),
    )
    (*_, before, slash, last) = read_template(STACK, Text(pieces)).entry("a").entry("b").pieces_of_text()
    assert (str(before.content), slash.content, str(last.content)) == ("aws_x.y.name", "/", "aws_x.z.name")


def test_characters_that_are_none_take_nobodys_place() -> None:
    template = read_template(STACK, Text((Piece("a: '\ufdd07\ufdd1'\nb: "), Piece(Ref("aws_x.y", "arn")))))
    assert template.entry("a").text() == "\ufffd7\ufdd1"
    assert not template.entry("b").known


@pytest.mark.parametrize("text", ["- a", "a: [", "a: &b 1\nc: *b", "x" * 1_100_000])
def test_what_is_no_template_is_undecided(text: str) -> None:
    with pytest.raises(Undecided):
        read_template(STACK, Known(text))
