"""Whether a process id that was written down is still the process that was meant."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tapeproof.local import process_identity as module
from tapeproof.local.process_identity import is_same_process, process_identity

if TYPE_CHECKING:
    from pathlib import Path

NEVER = 2**22 + 1
"""Above the largest process id of Linux."""


def test_an_identity_belongs_to_one_process_only() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert child.stdin is not None
    try:
        identity = process_identity(child.pid)
        assert identity is not None
        assert is_same_process(child.pid, identity)
        assert not is_same_process(os.getpid(), identity)
    finally:
        child.kill()
        child.stdin.close()
        child.wait()
    assert not is_same_process(child.pid, identity)


def test_a_process_that_does_not_run_has_no_identity() -> None:
    assert process_identity(NEVER) is None
    assert not is_same_process(NEVER, "")


def test_a_process_that_ended_and_was_not_collected_does_not_run() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    try:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert process_identity(child.pid) is None
    finally:
        child.wait()


def test_a_name_with_blanks_and_brackets_does_not_mislead(tmp_path: Path) -> None:
    named = tmp_path / "a ) Z (b"
    named.symlink_to(sys.executable)
    child = subprocess.Popen([str(named), "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert process_identity(child.pid) is not None
    finally:
        child.kill()
        child.communicate()


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("S    Mon Nov 30 02:00:00 2026\n", "Mon Nov 30 02:00:00 2026"),
        ("Z+   Mon Nov 30 02:00:00 2026\n", None),
        ("", None),
    ],
)
def test_where_there_is_no_proc_ps_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: str, expected: str | None
) -> None:
    ps = tmp_path / "ps"
    ps.write_text(f"#!/bin/sh\nprintf '%s' '{listed}'\n")
    ps.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(module, "Path", lambda _: tmp_path / "none")
    assert process_identity(1) == expected
