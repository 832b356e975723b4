from __future__ import annotations

from tapeproof.errors import TapeproofError
from tapeproof.evidence.controls.errors import ControlsError


def test_every_problem_of_the_controls_stands_on_a_line_of_its_own() -> None:
    error = ControlsError("the controls cannot be used", ["P has no title", "M names no framework"])
    assert isinstance(error, TapeproofError)
    assert error.exit_status == 5
    assert error.problems == ("P has no title", "M names no framework")
    assert error.diagnostics().splitlines() == [
        "the controls cannot be used",
        "  P has no title",
        "  M names no framework",
    ]


def test_a_problem_that_quotes_a_file_cannot_steer_the_terminal() -> None:
    told = ControlsError("x", ["name \x1b[2J\u202e"]).diagnostics()
    assert {mark for mark in told if not mark.isprintable()} == {"\n"}


def test_no_problem_at_all_is_only_the_sentence() -> None:
    assert ControlsError("x", []).diagnostics() == "x"
