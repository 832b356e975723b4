from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collectors import gate
from tapeproof.evidence.errors import CollectionError
from tests.unit.evidence.collecting import collect_into, gate_report

if TYPE_CHECKING:
    from pathlib import Path


def test_a_gate_that_does_not_run_is_said_and_nothing_passes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> dict[str, Any]:
        raise CollectionError("the gate printed no report", why="ImportError")

    monkeypatch.setattr(gate, "run_gate", broken)
    assessment = write_bundle(collect_into(root, tmp_path)).assessment
    statuses = {policy["stages"]["source"]["status"] for policy in assessment["policies"] if policy["kind"] == "policy"}
    assert statuses == {"not-evaluated"}


def test_a_policy_that_the_gate_did_not_load_is_not_evaluated(root: Path, tmp_path: Path) -> None:
    assessment = write_bundle(collect_into(root, tmp_path)).assessment
    statuses = {
        policy["id"]: policy["stages"]["source"]["status"]
        for policy in assessment["policies"]
        if policy["kind"] == "policy"
    }
    assert statuses.pop("TP_DDB_1") == "not-applicable"
    assert set(statuses.values()) == {"not-evaluated"}


def test_files_below_the_working_directory_are_named_from_there_and_others_as_they_were_given(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(gate, "run_gate", lambda _, arguments: asked.append(list(arguments)) or gate_report())
    for path in (root / "dev.tfvars", tmp_path / "other.tfvars"):
        path.touch()
    collect_into(root, tmp_path, var_files=[root / "dev.tfvars", tmp_path / "other.tfvars"])
    assert asked == [["stack", "--var-file", "stack/dev.tfvars", "--var-file", str(tmp_path / "other.tfvars")]]


@pytest.mark.parametrize(("judged", "left_out"), [(["dev", "prod"], []), (["dev"], ["prod"]), ([], ["dev", "prod"])])
def test_variable_files_that_the_projects_settings_name_were_judged_and_others_were_not(
    judged: list[str], left_out: list[str], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("dev", "prod"):
        (root / f"{name}.tfvars").write_text("a = 1\n")
    subprocess.run(["git", "add", "."], cwd=root, check=True, capture_output=True)
    author = ["-c", "user.name=A. Author", "-c", "user.email=author@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *author, "commit", "-q", "-m", "environments"], cwd=root, check=True, capture_output=True)
    environments = [{"root": "stack", "var_files": [[f"stack/{name}.tfvars"] for name in judged]}]
    monkeypatch.setattr(gate, "run_gate", lambda *_, **__: {**gate_report(), "environments": environments})
    assessment = write_bundle(collect_into(root, tmp_path)).assessment
    told = [one["details"]["path"] for one in assessment["reservations"] if one["code"] == "UNJUDGED_VAR_FILE"]
    assert [path.rpartition("/")[2] for path in told] == [f"{name}.tfvars" for name in left_out]


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo '[]'", "it printed b'[]"),
        ("echo null", "it printed b'null"),
        ("echo no report", "Expecting value"),
        ("echo broken >&2", "broken"),
        ('echo "{}"; exit 3', "stopped with status 3"),
    ],
)
def test_a_gate_that_prints_something_else_than_a_report_is_told_with_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(python))
    with pytest.raises(CollectionError) as refused:
        gate.run_gate(tmp_path, ["stack"])
    assert told in refused.value.diagnostics()


def test_a_report_of_the_gate_carries_its_command_without_this_machines_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "{}"; exit 1\n')
    python.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(python))
    report = gate.run_gate(tmp_path, ["stack"])
    assert report["exit_status"] == 1
    assert report["command"] == ["tapeproof", "gate", "check", "stack", "--format", "json"]
