"""Errors of the gate end the command with status 2 and name the place."""

from __future__ import annotations

import pickle

import pytest

from tapeproof.gate.engine import errors
from tapeproof.gate.engine.errors import CannotJudgeError, GateError, SourceError


def test_an_error_survives_its_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(SourceError("a.tf", "is bad", 3, 4)))
    assert (str(error), error.line) == ("a.tf:3:4: is bad", 3)


@pytest.mark.parametrize(
    ("line", "column", "place"), [(3, 4, "a.tf:3:4"), (3, 0, "a.tf:3"), (0, 0, "a.tf"), (0, 4, "a.tf:4")]
)
def test_only_what_is_known_of_the_place_is_written(line: int, column: int, place: str) -> None:
    assert str(SourceError("a.tf", "is bad", line, column)) == f"{place}: is bad"


@pytest.mark.parametrize("name", sorted(set(errors.__all__) - {"SourceError"}))
def test_every_error_of_the_gate_ends_with_status_two_and_may_say_the_way_out(name: str) -> None:
    error = getattr(errors, name)("no such file", fix="name another")
    assert isinstance(error, GateError)
    assert error.exit_status == 2
    assert error.diagnostics() == "no such file\n  fix: name another"


def test_a_path_that_steers_a_terminal_is_shown_harmless() -> None:
    assert "\x1b" not in SourceError("a\x1b[2J.tf", "is bad").diagnostics()
    assert "\x1b" not in CannotJudgeError("x\x1b[2J").diagnostics()
