"""The state of a path is the same exactly while what was made of it holds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tapeproof.gate.engine import states
from tapeproof.gate.engine.states import content_state, folder_state, open_waiting_for_nobody, state_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_file_has_the_state_of_its_bytes_whenever_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    before = state_of(path)
    path.write_bytes(b"one")
    os.utime(path, (1, 1))
    assert state_of(path) == before == content_state(b"one", path.stat())
    path.write_bytes(b"two")
    assert state_of(path) != before


def test_a_large_file_is_told_by_its_times_and_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "_LARGE", 2)
    path = tmp_path / "a"
    path.write_bytes(b"one")
    before = state_of(path)
    assert before == content_state(b"", path.stat())
    assert before.startswith("large 3 ")
    os.utime(path, (1, 1))
    assert state_of(path) != before


def test_a_folder_has_the_state_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "b").touch()
    before = state_of(tmp_path)
    assert before == folder_state(["b"])
    (tmp_path / "b").write_bytes(b"more")
    assert state_of(tmp_path) == before
    (tmp_path / "a").touch()
    assert state_of(tmp_path) == folder_state(["b", "a"])


def test_no_name_can_stand_for_two() -> None:
    assert folder_state(["a\nb"]) != folder_state(["a", "b"])
    assert folder_state(["\udcff"]) != folder_state([])


def test_what_is_not_there_is_told_from_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    found = [state_of(tmp_path / name) for name in ("gone", "pipe", "loop", "\0")]
    assert found[1] == "special"
    assert all(state.startswith("absent") for state in (found[0], found[2], found[3]))


def test_a_pipe_is_opened_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with open(tmp_path / "pipe", "rb", opener=open_waiting_for_nobody) as stream:
        assert stream.read() == b""
