"""References and unknowns: what they are told apart by, and what they answer."""

from __future__ import annotations

import pytest

from tapeproof.gate.engine.model import Piece, Ref, Undecided, Unknown


@pytest.mark.parametrize(
    ("reference", "written"),
    [
        (Ref("aws_sqs_queue.q", "arn"), "aws_sqs_queue.q.arn"),
        (Ref("aws_sqs_queue.q"), "aws_sqs_queue.q"),
        (Ref('module.a["x"].aws_x.y[0]', "rule.0.id"), 'module.a["x"].aws_x.y[0].rule.0.id'),
    ],
)
def test_a_reference_is_written_as_in_the_root_module(reference: Ref, written: str) -> None:
    assert str(reference) == written
    assert reference.why == f"{written} is known only after apply"


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("data.aws_x.y", True),
        ("module.m.data.aws_x.y", True),
        ("aws_data.data_x", False),
        ("module.data.aws_x.y", True),
    ],
)
def test_a_data_source_is_known_by_its_address(address: str, data: bool) -> None:
    assert Ref(address).is_data is data


def test_a_reference_is_a_value_that_will_be_there_and_an_unknown_may_be_null() -> None:
    assert Ref("x.y", "arn").is_null is False
    assert Ref("x.y", "arn").is_reference
    assert not Unknown("x").is_reference
    with pytest.raises(Undecided, match="x is not set"):
        _ = Unknown("x is not set").is_null


def test_only_an_unknown_with_a_symbol_is_surely_the_same_again() -> None:
    assert Unknown("a", "var.x").identity == Unknown("b", "var.x").identity == ("", "var.x")
    assert Unknown("a").identity is None
    assert Ref("x.y", "arn").identity == ("x.y", "arn")


@pytest.mark.parametrize("value", [Ref("x.y", "arn"), Unknown("x")])
def test_each_is_the_only_piece_of_its_text(value: Ref | Unknown) -> None:
    assert value.pieces_of_text() == (Piece(value),)
