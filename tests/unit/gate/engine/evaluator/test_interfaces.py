"""A frame knows the names that are set inside it, and the file that expressions stand in."""

from __future__ import annotations

from tapeproof.gate.engine.evaluator.interfaces import Frame
from tapeproof.gate.engine.model import Known, Span

ONE, TWO = Known(1), Known(2)
FRAME = Frame(None, "main.tf", {"each": ONE})


def test_a_place_is_in_the_frames_file() -> None:
    assert FRAME.span((1, 2, 3, 4)) == Span("main.tf", 1, 2, 3, 4)


def test_inner_names_hide_outer_ones_and_leave_them_as_they_were() -> None:
    inner = FRAME.with_names({"each": TWO, "x": ONE})
    assert inner.names == {"each": TWO, "x": ONE}
    assert FRAME.names == {"each": ONE}
    assert FRAME.with_names({}) is FRAME


def test_a_round_of_a_loop_sets_its_value_and_its_key_if_it_has_one() -> None:
    assert FRAME.with_pair("k", ONE, "v", TWO).names == {"each": ONE, "k": ONE, "v": TWO}
    assert FRAME.with_pair("", ONE, "v", TWO).names == {"each": ONE, "v": TWO}


def test_an_override_has_its_own_file() -> None:
    assert FRAME.within("x_override.tf").file == "x_override.tf"
    assert FRAME.within("x_override.tf").names == FRAME.names
    assert FRAME.within("") is FRAME
