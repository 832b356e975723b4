"""What a stranger gets: the wheel, in a folder of theirs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

UNVERSIONED = """
resource "aws_cloudwatch_log_group" "trade" {
  name              = "/aws/lambda/trade"
  retention_in_days = 7
}
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv = PROJECT / ".tools" / "uv" / "bin" / "uv"
    command = [str(uv), "build", "--wheel", "--quiet", "--out-dir", str(folder), str(PROJECT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.skip(f"no wheel can be built here (its build backend comes from a package index): {built.stderr[-200:]}")
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    folder = wheel.parent / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """Return a repository that has packages with the names of our folders."""
    for name in ("policies", "compliance", "stack", "handlers"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"raise RuntimeError('{name} of the stranger was imported')\n")
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "main.tf").write_text(UNVERSIONED)
    return tmp_path


def _run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": f".{os.pathsep}{installed}",
        "TAPEPROOF_CACHE_DIR": str(folder / "cache"),
    }
    start = "import sys; from tapeproof.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", start, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_puts_one_name_into_a_site_packages(installed: Path) -> None:
    assert sorted(path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")) == ["tapeproof"]


def test_the_gate_judges_beside_packages_that_have_the_names_of_our_folders(installed: Path, stranger: Path) -> None:
    done = _run(installed, stranger, "gate", "check", "infra")
    assert "FAIL TP_LOG_1 aws_cloudwatch_log_group.trade" in done.stdout, done.stderr
    assert done.stderr == ""


def test_audit_and_evidence_answer_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    told = _run(installed, tmp_path, "audit", "verify", "nothing")
    assert (told.returncode, "nothing is not a folder" in told.stderr) == (5, True), told.stderr
    told = _run(installed, tmp_path, "evidence", "verify", "nothing")
    assert (told.returncode, "NOT_A_BUNDLE" in told.stdout) == (5, True), told.stderr


def test_the_local_stack_says_in_one_sentence_what_it_needs(installed: Path, tmp_path: Path) -> None:
    told = _run(installed, tmp_path, "local", "up")
    assert told.returncode != 0
    assert "Traceback" not in told.stderr
    assert not (installed / "tapeproof" / "_content" / ".local").exists()


def test_an_edited_rule_is_seen_on_a_warm_run(installed: Path, stranger: Path) -> None:
    before = [_run(installed, stranger, "gate", "check", "infra").stdout for _ in range(2)]
    rule = installed / "tapeproof" / "_content" / "policies" / "tp_log_1" / "rule.py"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text + "\njudge = lambda stack, parameters: iter(())\n", encoding="utf-8")
    try:
        after = _run(installed, stranger, "gate", "check", "infra").stdout
    finally:
        rule.write_text(text, encoding="utf-8")
    assert before[0] == before[1]
    assert "TP_LOG_1" in before[0]
    assert "TP_LOG_1" not in after
