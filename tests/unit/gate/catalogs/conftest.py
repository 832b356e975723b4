"""A repository with a catalogue in it, and a home of its own."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.catalogs.beginning import begin_policy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository, which is the working directory, with a catalogue ``pol`` of one policy in Python."""
    folder = tmp_path / "project"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    for name in ("CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("TAPEPROOF_CACHE_DIR", raising=False)
    monkeypatch.delenv("TAPEPROOF_TRUSTED_CATALOGS", raising=False)
    monkeypatch.chdir(folder)
    begin_policy("ACME_SQS_1", folder / "pol", as_data=False)
    queue = 'resource "aws_sqs_queue" "q" {\n  name                      = "q"\n  message_retention_seconds = 60\n}\n'
    (folder / "main.tf").write_text(queue, encoding="utf-8")
    return folder
