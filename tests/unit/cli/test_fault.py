"""What the command says when it is itself at fault: where, and never a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.cli.fault import TRACEBACK, describe_fault
from tapeproof.log import note

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "hunter2-" + "hunter2"


def _raised(work: Callable[[], object]) -> BaseException:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError


def _deep(levels: int) -> object:
    return _deep(levels - 1) if levels else {}[SECRET]  # type: ignore[index]


@pytest.fixture(autouse=True)
def untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TRACEBACK, raising=False)


def test_the_kind_and_the_place_are_named_and_values_are_not() -> None:
    told = describe_fault(
        _raised(lambda: _deep(2)), ["gate", "check", SECRET, "--var", f"a={SECRET}", f"--root={SECRET}"]
    )
    assert "(KeyError); this run has decided nothing" in told
    assert "gate check --var --root\n" in told
    assert "in _deep" in told
    assert SECRET not in told


def test_places_are_told_from_the_package_on_and_the_nearest_ones_only() -> None:
    told = describe_fault(_raised(lambda: note.parse_note(None)), ["audit", "verify"])  # type: ignore[arg-type]
    assert "  tapeproof/log/note.py:" in told
    told = describe_fault(_raised(lambda: _deep(50)), [])
    assert told.count("in _deep") == 8


def test_the_whole_traceback_is_shown_to_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACEBACK, "1")
    told = describe_fault(_raised(lambda: _deep(0)), [])
    assert told.startswith("Traceback (most recent call last)")
    assert SECRET in told


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--", "-x"], ["--password", SECRET]])
def test_a_command_without_a_group_tells_no_more(arguments: list[str]) -> None:
    assert SECRET not in describe_fault(ValueError(SECRET), arguments)
