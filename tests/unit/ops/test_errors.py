"""What goes wrong between this machine and a target, each with a status of its own."""

from __future__ import annotations

import pytest

from tapeproof.errors import TapeproofError
from tapeproof.ops import errors
from tapeproof.ops.errors import OperationError

KINDS = [getattr(errors, name) for name in errors.__all__]


def test_all_of_them_are_caught_as_one() -> None:
    assert all(issubclass(kind, OperationError) for kind in KINDS)
    assert issubclass(OperationError, TapeproofError)


def test_a_script_tells_them_apart_by_their_status() -> None:
    statuses = [kind.exit_status for kind in KINDS if kind is not OperationError]
    assert len(set(statuses)) == len(statuses)
    assert all(2 < status < 64 for status in statuses)


@pytest.mark.parametrize("kind", KINDS)
def test_each_says_what_why_and_the_way_out(kind: type[OperationError]) -> None:
    assert kind("what", why="why", fix="fix").diagnostics() == "what\n  why: why\n  fix: fix"
