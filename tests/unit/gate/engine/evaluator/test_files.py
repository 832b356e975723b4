"""Files are read within limits, and what was read, looked for or listed is remembered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.boundary import Boundary
from tapeproof.gate.engine.evaluator import files as module
from tapeproof.gate.engine.evaluator.fault import Fault
from tapeproof.gate.engine.evaluator.files import Files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "a.txt").write_bytes(b"abc")
    (root / "sub/b.txt").write_bytes(b"")
    return root


def test_a_file_is_read_and_its_state_is_that_of_its_bytes(folder: Path) -> None:
    files = Files(folder)
    assert files.content("a.txt") == b"abc"
    before = dict(files.states)
    (folder / "a.txt").write_bytes(b"abd")
    again = Files(folder)
    again.content("a.txt")
    assert list(before) == list(again.states)
    assert before != again.states


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("nope", "nope cannot be read: No such file"),
        ("sub", "sub cannot be read: Is a directory"),
        ("pipe", "pipe is no regular file"),
        ("\0", "is no path"),
        ("~nobody-of-this-name/x", "is no path"),
        ("x" * 5000, "is no path|cannot be read"),
    ],
)
def test_what_is_no_file_is_refused_without_waiting(path: str, why: str, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(Fault, match=why):
        Files(folder).content(path)


def test_a_file_that_is_too_large_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 2)
    with pytest.raises(Fault, match=r"a.txt has 3 bytes; functions read up to 2"):
        Files(folder).content("a.txt")


def test_what_was_looked_for_in_vain_is_remembered_too(folder: Path) -> None:
    files = Files(folder)
    assert not files.exists("later.txt")
    assert files.states[folder / "later.txt"].startswith("absent")
    with pytest.raises(Fault, match="sub is no regular file"):
        files.exists("sub")


def test_every_folder_that_was_listed_is_remembered(folder: Path) -> None:
    files = Files(folder)
    assert files.match_files(".", "**/*.txt") == ["a.txt", "sub/b.txt"]
    assert {folder, folder / "sub"} <= set(files.states)
    assert files.match_files("nope", "*") == []


def test_nothing_outside_the_boundary_is_read_or_looked_at(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_bytes(b"secret")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    files = Files(folder, boundary=Boundary((folder,)))
    for path in ("../outside.txt", "link.txt", str(tmp_path / "outside.txt")):
        with pytest.raises(Fault):
            files.content(path)
        with pytest.raises(Fault):
            files.exists(path)
    assert files.content("a.txt") == b"abc"


def test_paths_are_shown_as_the_user_would_type_them(folder: Path) -> None:
    files = Files(folder, "stack")
    assert files.display_path("./sub/../a.txt") == "stack/a.txt"
    assert files.absolute("../x") == str(folder.parent / "x")
