from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collectors import gate
from tests.unit.evidence.collecting import collect_into, gate_report, item_of

if TYPE_CHECKING:
    from pathlib import Path


def test_sources_are_tied_to_the_commit_by_gits_own_objects(root: Path, tmp_path: Path) -> None:
    folder = collect_into(root, tmp_path)
    assessment = write_bundle(folder).assessment
    status = next(policy for policy in assessment["policies"] if policy["id"] == "EV_SRC_1")
    assert status["stages"]["source"]["counts"]["pass"] == 1
    assert assessment["run"]["commit"] == item_of(folder, "source-files")["commit"]
    assert assessment["run"]["dirty"] is False


@pytest.mark.parametrize("change", ["edited", "added"])
def test_a_change_after_the_commit_fails_and_is_said_on_the_cover(root: Path, tmp_path: Path, change: str) -> None:
    (root / ("main.tf" if change == "edited" else "more.tf")).write_text("locals {}\n")
    folder = collect_into(root, tmp_path)
    bundle = write_bundle(folder)
    status = next(policy for policy in bundle.assessment["policies"] if policy["id"] == "EV_SRC_1")
    assert status["stages"]["source"]["counts"]["fail"] == 1
    assert "not committed" in (bundle.folder / "reports/report.html").read_text(encoding="utf-8")


def test_a_commit_whose_message_holds_a_secret_is_left_out_and_then_shows_nothing(root: Path, tmp_path: Path) -> None:
    secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    identity = ["-c", "user.name=A. Author", "-c", "user.email=author@example.com", "-c", "commit.gpgsign=false"]
    amend = ["git", *identity, "commit", "-q", "--amend", "-m", f"push with {secret}"]
    subprocess.run(amend, cwd=root, check=True, capture_output=True)
    folder = collect_into(root, tmp_path)
    bundle = write_bundle(folder)
    files = [path for path in bundle.folder.rglob("*") if path.is_file()]
    assert [path for path in files if secret.encode() in path.read_bytes()] == []
    source = next(one for one in bundle.assessment["policies"] if one["id"] == "EV_SRC_1")["stages"]["source"]
    assert source["status"] == "unknown"
    item = json.loads((bundle.folder / "evidence/source-files/item.json").read_bytes())
    assert "message" in item["incomplete"]
    assert [one["kind"] for one in item["redactions"]] == ["access token"]


def test_a_folder_outside_any_repository_is_collected_without_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "main.tf").write_text("locals {}\n")
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: gate_report())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assessment = write_bundle(collect_into(folder, tmp_path)).assessment
    status = next(policy for policy in assessment["policies"] if policy["id"] == "EV_SRC_1")
    assert status["stages"]["source"]["status"] == "unknown"
