"""What goes wrong with the stack on this machine, each with a status of its own."""

from __future__ import annotations

import pytest

from tapeproof.local import errors
from tapeproof.local.errors import LocalStackError
from tapeproof.ops import errors as operations

KINDS = [getattr(errors, name) for name in errors.__all__]


def test_all_of_them_are_caught_as_one() -> None:
    assert all(issubclass(kind, LocalStackError) for kind in KINDS)


def test_a_script_tells_them_apart_by_their_status_and_from_those_of_the_operations() -> None:
    others = [getattr(operations, name) for name in operations.__all__ if name != "OperationError"]
    statuses = [kind.exit_status for kind in (*KINDS, *others) if kind is not LocalStackError]
    assert len(set(statuses)) == len(statuses)
    assert all(2 < status < 64 for status in statuses)


@pytest.mark.parametrize("kind", KINDS)
def test_each_says_what_why_and_the_way_out(kind: type[LocalStackError]) -> None:
    assert kind("what", why="why", fix="fix").diagnostics() == "what\n  why: why\n  fix: fix"
