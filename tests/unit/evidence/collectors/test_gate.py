from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collectors import gate
from tapeproof.evidence.errors import CollectionError
from tests.unit.evidence.collecting import collect_into, gate_report

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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
    monkeypatch.setattr(gate, "run_gate", lambda _, arguments, __: asked.append(list(arguments)) or gate_report())
    for path in (root / "dev.tfvars", tmp_path / "other.tfvars"):
        path.touch()
    collect_into(root, tmp_path, var_files=[root / "dev.tfvars", tmp_path / "other.tfvars"])
    assert asked == [["stack", "--var-file", "stack/dev.tfvars", "--var-file", str(tmp_path / "other.tfvars")]]
