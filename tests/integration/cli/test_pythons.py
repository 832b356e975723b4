"""The gate runs on Python 3.11 to 3.13 and verify.py from 3.9 on, wherever such an interpreter is."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tapeproof.evidence.bundle.assemble import verifier_source
from tests.effort import SOAKING
from tests.places import PROJECT

GROUP = 'resource "aws_cloudwatch_log_group" "t" {\n  name              = "/x"\n  retention_in_days = 7\n}\n'
UV = str(PROJECT / ".tools" / "uv" / "bin" / "uv")


@cache
def _find_python(version: str) -> str:
    """Return an interpreter of a version: on the path, or one that pyenv keeps; skip where there is none."""
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for candidate in (shutil.which(f"python{version}"), *sorted(kept.glob(f"{version}.*/bin/python"))):
        if candidate and not subprocess.run([candidate, "--version"], capture_output=True, check=False).returncode:
            return str(candidate)
    pytest.skip(f"there is no Python {version} here")


@pytest.mark.parametrize("version", ["3.12", "3.13"] if SOAKING else ["3.13"])
def test_the_gate_judges_on(version: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(GROUP, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "TAPEPROOF_CACHE_DIR": str(tmp_path)}
    pins = ["--no-project", "--with-requirements", str(PROJECT / ".ci" / "gate-requirements.txt")]
    start = [UV, "run", "--quiet", "--python", _find_python(version), *pins, "python"]
    ready = subprocess.run([*start, "-c", "import regex"], cwd=tmp_path, capture_output=True, text=True, check=False)
    if ready.returncode:
        pytest.skip(f"what the gate needs cannot be had for Python {version}: {ready.stderr[-200:]}")
    command = [*start, "-m", "tapeproof", "gate", "check"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "FAIL TP_LOG_1" in done.stdout, done.stderr


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.12", "3.13"] if SOAKING else ["3.9"])
def test_verify_py_answers_on(version: str, tmp_path: Path) -> None:
    path = tmp_path / "verify.py"
    path.write_text(verifier_source(), encoding="utf-8")
    (tmp_path / "bundle").mkdir()
    command = [_find_python(version), str(path), str(tmp_path / "bundle")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "UNUSABLE" in done.stdout) == (5, True), done.stderr


@pytest.mark.skipif(not SOAKING, reason="installs the package with all it needs: run by make soak")
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_the_package_installs_on(version: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(GROUP, encoding="utf-8")
    package = f"{PROJECT}[audit,evidence,console,lsp]"
    command = [UV, "tool", "run", "--python", _find_python(version), "--from", package, "tapeproof", "gate", "check"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "FAIL TP_LOG_1" in done.stdout, done.stderr
