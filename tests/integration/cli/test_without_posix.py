"""Where Python has no fcntl, resource, os.fork and os.O_NONBLOCK, as on Windows, the gate and the verifiers answer."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

START = """
import os, sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "grp", "pwd", "resource", "termios"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hidden())
for name in ("fork", "O_NONBLOCK", "O_CLOEXEC", "O_NOFOLLOW", "geteuid", "getuid"):
    delattr(os, name)
from tapeproof.cli import main
sys.exit(main(sys.argv[1:]))
"""
GROUP = 'resource "aws_cloudwatch_log_group" "t" {\n  name              = "/x"\n  retention_in_days = 7\n}\n'


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "TAPEPROOF_CACHE_DIR": str(folder / "cache")}
    command = [sys.executable, "-c", START, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(GROUP, encoding="utf-8")
    settings = "profile: aws-core\nroots:\n  one: {environments: {a: {workspace: a}, b: {workspace: b}}}\n"
    (tmp_path / ".tapeproof.yaml").write_text(settings, encoding="utf-8")
    return tmp_path


def test_the_gate_judges_and_keeps_a_baseline(project: Path) -> None:
    told = _run(project, "gate", "check", "--policy", "TP_LOG_1")
    assert (told.returncode, told.stdout.count("FAIL TP_LOG_1"), told.stderr) == (1, 2, "")
    assert _run(project, "gate", "baseline", "--reason", "old", "--owner", "team").returncode == 0
    assert (project / ".tapeproof-baseline.json").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("audit", "verify", "nothing"), 5, "nothing is not a folder"),
        (("evidence", "verify", "nothing"), 5, "NOT_A_BUNDLE"),
        (("local", "up"), 69, "needs Linux, macOS or WSL: Python has no "),
    ],
)
def test_verifiers_answer_and_what_needs_posix_says_so_in_one_sentence(
    project: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    told = _run(project, *arguments)
    assert told.returncode == status
    assert said in told.stdout + told.stderr
    assert "Traceback" not in told.stderr
