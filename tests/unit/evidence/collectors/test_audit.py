"""The audit log as an item of evidence: its verdict, and proofs of the events that a seed chose."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.evidence.collection import Context, collect
from tapeproof.evidence.collectors.audit import AuditCollector, AuditRequest
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redactor
from tapeproof.evidence.verifier.audit_evidence import sample_indices
from tapeproof.evidence.workspace import Workspace
from tests.unit.evidence.samples import NOW
from tests.unit.log.world import ORIGIN, WorldSource, populated

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An export of a log, and its key."""
    world = populated(1)
    folder = tmp_path_factory.mktemp("log") / "export"
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    return folder, world.vkey()


def _collect(folder: Path, **request: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a request
    clock = Clock(lambda: NOW)
    context = Context(Workspace(folder / "run", Redactor(), clock, clock.iso()), load_library(), folder, folder, {})
    collect(context, [AuditCollector(AuditRequest(**request))])
    return dict(json.loads((folder / "run/evidence/audit-log/item.json").read_bytes()))


def _proofs(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "run/evidence/audit-log/raw/proofs.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_a_log_is_judged_and_a_sample_of_it_is_proven(tmp_path: Path, log: tuple[Path, str]) -> None:
    item = _collect(tmp_path, export=log[0], keys=[log[1]], seed="of the auditor", sample=3)
    assert (item["status"], item["judge"], item["asserts"]) == ("collected", "audit", ["EV_AUD_1", "EV_AUD_2"])
    assert (item["source"]["origin"], item["source"]["sample_seed"]) == (ORIGIN, "of the auditor")
    size = item["population"]["count"]
    assert [one["leaf"] for one in _proofs(tmp_path)] == sorted(sample_indices("of the auditor", size, 3))
    assert not {"checkpoint", "keys", "origin"} & _proofs(tmp_path)[0].keys()


def test_without_a_seed_the_runs_time_and_the_logs_root_choose_and_that_is_said(
    tmp_path: Path, log: tuple[Path, str]
) -> None:
    item = _collect(tmp_path, export=log[0], sample=1)
    assert item["source"]["sample_seed"] == f"2026-11-23T09:30:00Z/{item['source']['root']}"
    sample = json.loads((tmp_path / "run/evidence/audit-log/raw/sample.json").read_bytes())
    assert "name --seed to choose" in sample["chosen_by"]


@pytest.mark.parametrize(
    ("endpoint", "hosts"),
    [
        ("http://localhost:4566", ["localhost"]),
        ("https://dynamodb.us-east-1.amazonaws.com", []),
        ("", []),
        (None, []),
    ],
)
def test_an_export_is_believed_when_it_says_that_it_is_of_an_emulator_and_not_when_it_says_the_opposite(
    tmp_path: Path, log: tuple[Path, str], endpoint: str | None, hosts: list[str]
) -> None:
    folder = shutil.copytree(log[0], tmp_path / "export")
    manifest = json.loads((folder / "export.json").read_bytes())
    (folder / "export.json").write_text(json.dumps({**manifest, "source": {"endpoint": endpoint}}))
    item = _collect(tmp_path, export=folder, sample=0)
    assert item["source"]["hosts"] == hosts
    assert "account" not in item["source"]


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        ({}, "there is no audit log to verify"),
        ({"seed": "s"}, "there is no audit log to verify"),
        ({"keys": ["nonsense"]}, "there is no audit log to verify"),
    ],
)
def test_a_key_or_a_seed_without_a_log_is_a_failure_with_a_way_out(
    tmp_path: Path, request_: dict[str, Any], told: str
) -> None:
    item = _collect(tmp_path, **request_)
    assert (item["status"], item["failure_code"]) == ("failed", "failed")
    assert told in item["failure"]
    assert "--audit-export" in item["failure"]


def test_what_is_no_export_or_no_key_fails_the_item_and_nothing_else(tmp_path: Path, log: tuple[Path, str]) -> None:
    (tmp_path / "empty").mkdir()
    told = [
        _collect(tmp_path / "a", export=tmp_path / "absent")["failure"],
        _collect(tmp_path / "b", export=tmp_path / "empty")["failure"],
        _collect(tmp_path / "c", export=log[0], keys=["nonsense"])["failure"],
    ]
    assert ["is not a folder" in told[0], "could not be verified" in told[1], "nonsense" in told[2]] == [True] * 3
