from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.collectors import gate
from tests.unit.evidence.collecting import gate_report

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one committed root module, and a gate that answers at once."""
    folder = tmp_path / "project" / "stack"
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text('resource "aws_dynamodb_table" "market" {}\n')
    project = folder.parent
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        identity = ["-c", "user.name=A. Author", "-c", "user.email=author@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *command], cwd=project, check=True, capture_output=True)
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: gate_report())
    monkeypatch.chdir(project)
    return folder
