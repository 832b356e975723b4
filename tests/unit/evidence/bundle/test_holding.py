from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.errors import FolderHeldError
from tapeproof.evidence.bundle.holding import hold_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_that_is_held_is_refused_with_a_way_out_and_free_afterwards(tmp_path: Path) -> None:
    with hold_folder(tmp_path):
        with pytest.raises(FolderHeldError) as refused, hold_folder(tmp_path):
            pass
        assert "wait until it ends" in refused.value.diagnostics()
    with hold_folder(tmp_path):
        pass


def test_holding_leaves_no_file_behind(tmp_path: Path) -> None:
    with hold_folder(tmp_path):
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.parent.glob(f"{tmp_path.name}*")) == [tmp_path]


def test_it_is_let_go_of_when_the_work_inside_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), hold_folder(tmp_path):
        raise ValueError("inside")
    with hold_folder(tmp_path):
        pass


def test_a_program_that_is_started_meanwhile_does_not_inherit_it(tmp_path: Path) -> None:
    with hold_folder(tmp_path):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with hold_folder(tmp_path):
            pass
    finally:
        child.communicate(b"\n")


@pytest.mark.parametrize("name", ["absent", "file"])
def test_what_is_no_folder_cannot_be_held(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=name), hold_folder(tmp_path / name):
        pass
