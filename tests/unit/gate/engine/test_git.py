"""Git is asked so that nothing in the repository names a program, and its refusals are told in its own words."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.git import GitError, ask_git

if TYPE_CHECKING:
    from pathlib import Path


def test_what_git_prints_is_returned(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert ask_git(tmp_path, "rev-parse", "--show-toplevel", timeout=60).decode().strip() == str(tmp_path.resolve())


def test_a_refusal_is_told_in_gits_words(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not a git repository") as raised:
        ask_git(tmp_path, "rev-parse", "--git-dir", timeout=60)
    assert raised.value.asked


def test_of_several_lines_the_fault_is_told_not_the_advice_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "fatal: detected dubious ownership\nTo add an exception, call:\n\n\tgit config --add safe.directory /x"
    (tmp_path / "git").write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{told}\nEND\nexit 128\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(GitError, match=r"^fatal: detected dubious ownership"):
        ask_git(tmp_path, "rev-parse", "--git-dir", timeout=60)


def test_without_git_there_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git could not be asked") as raised:
        ask_git(tmp_path, "--version", timeout=60)
    assert not raised.value.asked


def test_a_folder_that_poses_as_a_repository_is_not_taken_for_one(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "posing")], check=True)
    with pytest.raises(GitError, match="bare repository"):
        ask_git(tmp_path / "posing", "rev-parse", "--git-dir", timeout=60)
