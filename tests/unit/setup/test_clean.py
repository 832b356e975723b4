"""`make clean` removes what can be made again, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

MADE_AGAIN = [
    ".venv/bin/python",
    ".tools/uv/bin/uv",
    ".local/terraform.tfstate",
    ".local/evidence/demo.zip",
    "build/lambda.zip",
]
KEPT = [".local/evidence-key.pem", "build/evidence/20260701T093000Z-prod.zip", "stack/backend.tf"]


def _clean(folder: Path, *made: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(PROJECT / "Makefile", folder)
    for name in made:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    return subprocess.run(["make", "clean"], cwd=folder, capture_output=True, text=True, check=False)


def test_bundles_and_the_key_that_signed_them_stay(tmp_path: Path) -> None:
    done = _clean(tmp_path, *MADE_AGAIN, *KEPT)
    assert done.returncode == 0, done.stderr
    assert [name for name in MADE_AGAIN if (tmp_path / name).exists()] == []
    assert [name for name in KEPT if not (tmp_path / name).exists()] == []


def test_without_evidence_nothing_stays(tmp_path: Path) -> None:
    assert _clean(tmp_path, *MADE_AGAIN).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["Makefile"]


def test_an_embedded_aws_that_still_runs_is_stopped_before_its_record_goes(tmp_path: Path) -> None:
    command = tmp_path / ".venv" / "bin" / "tapeproof"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\n[ "$1" = --version ] || {{ ls -A {tmp_path}; echo "$@"; }} > {tmp_path}/asked\n')
    command.chmod(0o755)
    assert _clean(tmp_path, ".local/embedded-aws.json").returncode == 0
    asked = (tmp_path / "asked").read_text().split("\n")
    assert "local down" in asked
    assert ".local" in asked


def test_while_a_command_holds_the_local_stack_nothing_is_removed(tmp_path: Path) -> None:
    command = tmp_path / ".venv" / "bin" / "tapeproof"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\n[ "$1" = --version ] || { echo "error: in use" >&2; exit 1; }\n')
    command.chmod(0o755)
    done = _clean(tmp_path, ".local/embedded-aws.json")
    assert done.returncode != 0
    assert "in use" in done.stderr
    assert (tmp_path / ".local" / "embedded-aws.json").exists()
