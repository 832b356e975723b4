"""What lies outside the stack, and what is not known at all."""

from __future__ import annotations

import pytest

from tapeproof.gate.access.delivery.facts import Doubt, OutsideError, doubt_outside
from tapeproof.gate.engine.model import Known, Piece, Ref, Text, Undecided, Unknown, Value


@pytest.mark.parametrize(
    ("value", "is_assumed"),
    [
        (Known("arn:aws:sqs:eu-west-1:1:theirs"), True),
        (Ref("data.aws_sqs_queue.theirs", "arn"), True),
        (Text((Piece("arn:aws:sqs:eu-west-1:1:"), Piece(Unknown("var.name has no value")))), True),
        (Unknown("var.queue has no value"), False),
    ],
)
def test_what_is_named_is_taken_to_let_events_in_and_what_is_not_is_unknown(value: Value, is_assumed: bool) -> None:
    undecided = doubt_outside(value, "leads outside this stack")
    assert isinstance(undecided, OutsideError) is is_assumed
    assert Doubt("admission", undecided).is_assumed is is_assumed
    assert ("outside" in undecided.why) is is_assumed


def test_a_question_of_another_kind_assumes_nothing() -> None:
    assert not Doubt("flow", Undecided(Known("x"), "cannot be told")).is_assumed
