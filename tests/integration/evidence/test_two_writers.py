"""Two processes that write one bundle: the second is told so, and a killed one leaves nothing that is in the way."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.checking.bundle import verify_bundle
from tapeproof.evidence.checking.outcome import Expectations
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60
"""Seconds after which something that should happen does not."""


def _report(folder: Path, *options: str, browser: Path | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tapeproof", "evidence", "report", "--from", str(folder), *options]
    environment = {**os.environ, "TAPEPROOF_BROWSER": str(browser or "")}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, text=True, stdout=pipe, stderr=pipe, start_new_session=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Sample().write(tmp_path / "run")


@pytest.fixture
def writer(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process in the middle of writing: its browser prints for ever."""
    started = folder.parent / "started"
    browser = folder.parent / "browser"
    browser.write_text(f"#!/bin/sh\ntouch {started}\nexec sleep {PATIENCE * 2}\n")
    browser.chmod(0o700)
    process = _report(folder, browser=browser)
    until = time.monotonic() + PATIENCE
    while not started.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.05)
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # the browser too
    process.communicate(timeout=PATIENCE)


def test_the_second_of_two_writers_is_told_which_folder_and_what_to_do_and_changes_nothing(
    folder: Path, writer: subprocess.Popen[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    second = _report(folder, "--no-pdf")
    out, told = second.communicate(timeout=PATIENCE)
    assert (second.returncode, out) == (75, "")
    assert f"{folder} is being written by another process" in told
    assert "fix: wait until it ends" in told
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert writer.poll() is None


def test_a_writer_that_was_killed_is_in_nobodys_way(folder: Path, writer: subprocess.Popen[str]) -> None:
    writer.send_signal(signal.SIGKILL)
    writer.wait(PATIENCE)
    second = _report(folder, "--no-pdf")
    _, told = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, told
    assert verify_bundle(str(folder), Expectations()).findings == []
    assert verify_bundle(str(folder.with_suffix(".zip")), Expectations()).findings == []
