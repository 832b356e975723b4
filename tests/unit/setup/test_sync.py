"""Environments are what the lock says, from the public index or from a mirror of it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

FAKE_UV = """#!/usr/bin/env bash
echo "${UV_PROJECT_ENVIRONMENT:-} $*" >> "$CALLS"
if [[ $1 == export ]]; then echo "lark==1.3.1 --hash=sha256:00"; fi
if [[ $* == *"--requirement -" ]]; then cat >> "$CALLS"; fi
"""


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    (tmp_path / "uv").write_text(FAKE_UV)
    (tmp_path / "uv").chmod(0o755)
    return tmp_path / "calls"


def _sync(calls: Path, *arguments: str, index: str = "") -> list[str]:
    environment = {"PATH": os.environ["PATH"], "UV": str(calls.parent / "uv"), "CALLS": str(calls)}
    if index:
        environment["UV_DEFAULT_INDEX"] = index
    subprocess.run([PROJECT / ".ci" / "sync", *arguments], env=environment, check=True)
    return [line.strip() for line in calls.read_text().splitlines()]


@pytest.mark.parametrize("options", [["--inexact"], ["--only-group", "checkov"], ["--inexact", "--group", "spark"]])
def test_without_a_mirror_uv_itself_holds_an_environment_to_the_lock(calls: Path, options: list[str]) -> None:
    assert _sync(calls, "an/environment", *options) == [f"an/environment sync --locked --quiet {' '.join(options)}"]


def test_from_a_mirror_come_the_locked_versions_with_the_locked_hashes(calls: Path) -> None:
    said = _sync(calls, str(calls.parent / "venv"), "--inexact", index="https://mirror.example/simple")
    assert "export --frozen --quiet --no-header --no-emit-project" in said
    assert any("--require-hashes" in line for line in said)
    assert "lark==1.3.1 --hash=sha256:00" in said
    assert said[-1].endswith("--no-deps --editable .")


def test_an_environment_apart_from_the_project_does_not_get_the_project(calls: Path) -> None:
    said = _sync(calls, str(calls.parent / "venv"), "--only-group", "checkov", index="https://mirror.example/simple")
    assert "export --frozen --quiet --no-header --no-emit-project --only-group checkov" in said
    assert not any("--editable" in line for line in said)
