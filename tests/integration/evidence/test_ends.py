"""How verify.py ends: its status speaks of the bundle, or says plainly that it could not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.evidence.resealing import reseal

if TYPE_CHECKING:
    from tapeproof.evidence.bundle.writing import Bundle

FULL = Path("/dev/full")


def _ended(bundle: Bundle, target: Path, *, way: str) -> tuple[int, str]:
    """Run verify.py, as a file and as the project's command; both must end alike."""
    ends = set()
    told = ""
    for program in ([str(bundle.folder / "verify.py")], ["-m", "tapeproof", "evidence", "verify"]):
        command = [sys.executable, *program, str(target), "--fingerprint", bundle.fingerprint]
        script = {"closed": 'exec "$@" >&-', "full": 'exec "$@" > /dev/full', "plain": 'exec "$@"'}[way]
        done = subprocess.run(["bash", "-c", script, "bash", *command], capture_output=True, text=True, check=False)
        ends.add(done.returncode)
        told += done.stdout + done.stderr
    assert "Traceback" not in told
    (status,) = ends
    return status, told


@pytest.fixture
def tampered(bundle: Bundle, tmp_path: Path) -> Path:
    folder = shutil.copytree(bundle.folder, tmp_path / "run")
    (folder / "results.jsonl").write_bytes(b"")
    return folder


def test_a_result_that_cannot_be_printed_is_no_result(bundle: Bundle, tampered: Path) -> None:
    if not FULL.exists():
        pytest.skip("this system has no /dev/full")
    for target in (bundle.folder, tampered):
        for way in ("full", "closed"):
            status, told = _ended(bundle, target, way=way)
            assert status == 74
            assert "cannot be printed" in told


def test_a_reader_that_went_away_changes_no_status(bundle: Bundle, tampered: Path) -> None:
    for target, status in ((bundle.folder, 0), (tampered, 1)):
        for program in ([str(bundle.folder / "verify.py")], ["-m", "tapeproof", "evidence", "verify"]):
            command = [sys.executable, *program, str(target), "--fingerprint", bundle.fingerprint]
            reading, writing = os.pipe()
            os.close(reading)
            done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
            os.close(writing)
            assert (done.returncode, done.stderr) == (status, "")


def test_a_folder_of_other_things_is_no_bundle_and_one_without_its_manifest_is_tampered_with(
    bundle: Bundle, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").touch()
    folder = shutil.copytree(bundle.folder, tmp_path / "run")
    (folder / "manifest.json").unlink()
    assert _ended(bundle, tmp_path / "other", way="plain")[0] == 5
    assert _ended(bundle, folder, way="plain")[0] == 1


def test_a_bundle_of_another_version_is_not_said_to_be_tampered_with(bundle: Bundle, tmp_path: Path, key: Path) -> None:
    folder = shutil.copytree(bundle.folder, tmp_path / "run")
    assessment = json.loads((folder / "assessment.json").read_bytes())
    assessment["format"] = "tapeproof/assessment/9"
    (folder / "assessment.json").write_text(json.dumps(assessment))
    assert _ended(bundle, folder, way="plain")[0] == 1
    reseal(folder, key)
    status, told = _ended(bundle, folder, way="plain")
    assert status == 5
    assert "tapeproof/assessment/9" in told
    assert "verify.py of that version" in told
