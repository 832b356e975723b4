"""The audit log in a bundle: its verdict, and proofs of events that the auditor's seed chose."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tapeproof.auditing.export import ExportOptions, export
from tapeproof.evidence.bundle.signing import KeyFileSigner
from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collectors.audit import AuditCollector, AuditRequest
from tapeproof.evidence.verifier.audit_evidence import sample_indices
from tapeproof.verifier.folder import ExportFolder
from tapeproof.verifier.history import PIN_FORMAT
from tests.unit.evidence.resealing import reseal
from tests.unit.evidence.samples import Sample
from tests.unit.log.world import WorldSource, populated

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from tapeproof.evidence.bundle.writing import Bundle
    from tapeproof.evidence.collection import Context


class AuditedSample(Sample):
    """A sample that has an audit log too."""

    def __init__(self, request: AuditRequest) -> None:
        super().__init__()
        self._request = request

    def _write_others(self, context: Context) -> None:
        super()._write_others(context)
        AuditCollector(self._request).collect(context)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An export of a log and a pin of it."""
    world = populated()
    folder = tmp_path_factory.mktemp("log") / "export"
    export(WorldSource(world), folder, ExportOptions(line_lag_ns=0, clock=lambda: world.now))
    manifest = json.loads((folder / "export.json").read_bytes())
    manifest["source"] = {**manifest["source"], "endpoint": "https://dynamodb.us-east-1.amazonaws.com"}
    (folder / "export.json").write_text(json.dumps(manifest))
    pin = folder.parent / "pin.json"
    note = (folder / "checkpoint").read_text()
    pin.write_text(json.dumps({"format": PIN_FORMAT, "checkpoint": note, "keys": [world.vkey()]}))
    return folder, pin


@pytest.fixture(scope="module")
def audited(log: tuple[Path, Path], key: Path, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    request = AuditRequest(export=log[0], pins=[log[1]], seed="of the auditor", sample=7)
    made = ExportFolder(log[0]).created
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tapeproof.verifier.verify._now", lambda: made)
        return AuditedSample(request).bundle(tmp_path_factory.mktemp("audited") / "run", key=key)


def _statuses(bundle: Bundle) -> dict[str, str]:
    return {policy["id"]: policy["effects"]["recorded"] for policy in bundle.assessment["policies"]}


def test_a_pinned_log_and_its_sample_pass(verify_py: ModuleType, audited: Bundle) -> None:
    statuses = _statuses(audited)
    assert (statuses["EV_AUD_1"], statuses["EV_AUD_2"]) == ("pass", "pass")
    outcome = verify_py.verify_bundle(str(audited.zip), verify_py.Expectations(audited.fingerprint))
    assert outcome.findings == []


def test_an_export_with_a_pin_made_of_itself_shows_nothing_that_is_implemented(audited: Bundle) -> None:
    effects = {policy["id"]: policy["effects"] for policy in audited.assessment["policies"]}
    assert [effects[one]["implemented"] for one in ("EV_AUD_1", "EV_AUD_2")] == ["not-evaluated", "not-evaluated"]


def test_an_export_that_says_it_was_an_emulators_is_simulated(log: tuple[Path, Path], tmp_path: Path) -> None:
    export = tmp_path / "export"
    shutil.copytree(log[0], export)
    manifest = json.loads((export / "export.json").read_bytes())
    manifest["source"] = {**manifest["source"], "endpoint": "http://127.0.0.1:4566"}
    (export / "export.json").write_text(json.dumps(manifest))
    bundle = AuditedSample(AuditRequest(export=export, pins=[log[1]], seed="s", sample=3)).bundle(tmp_path / "run")
    effects = {policy["id"]: policy["effects"] for policy in bundle.assessment["policies"]}
    assert effects["EV_AUD_2"]["simulated"] == "pass"
    assert bundle.assessment["run"]["simulated"] is True


def test_a_log_that_nothing_anchors_is_unknown_and_not_a_pass(log: tuple[Path, Path], tmp_path: Path) -> None:
    bundle = AuditedSample(AuditRequest(export=log[0])).bundle(tmp_path / "run")
    assert _statuses(bundle)["EV_AUD_1"] == "unknown"


def test_a_folder_that_is_no_log_leaves_the_log_not_evaluated(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    bundle = AuditedSample(AuditRequest(export=tmp_path / "empty")).bundle(tmp_path / "run")
    implemented = {one["id"]: one["effects"]["implemented"] for one in bundle.assessment["policies"]}
    assert {implemented[name] for name in ("EV_AUD_1", "EV_AUD_2")} == {"not-evaluated"}


def test_the_seed_alone_chooses_the_sample() -> None:
    assert sample_indices("a", 1000, 5) == sample_indices("a", 1000, 5)
    assert sample_indices("a", 1000, 5) != sample_indices("b", 1000, 5)
    assert sorted(sample_indices("a", 4, 25)) == [0, 1, 2, 3]
    assert sample_indices("a", 0, 25) == []


@pytest.mark.parametrize(
    "change",
    ["entry", "path", "record", "dropped", "checkpoint", "seed", "count", "verdict", "about", "stranger's record"],
)
def test_proofs_edited_by_somebody_with_the_right_key_fail(
    verify_py: ModuleType, audited: Bundle, key: Path, tmp_path: Path, change: str
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(audited.folder, folder)
    raw = folder / "evidence/audit-log/raw"
    lines = [json.loads(line) for line in (raw / "proofs.jsonl").read_text().splitlines()]
    with_record = next(line for line in lines if line["records"])
    if change == "entry":
        lines[0]["entry"] = lines[0]["entry"].replace('"v":1', '"v":2')
    elif change == "path":
        lines[0]["path"] = ["00" * 32, *lines[0]["path"][1:]]
    elif change == "record":
        with_record["records"][0]["body"]["S"] += " "
    elif change == "about":
        with_record["about"][1] += "0"
    elif change == "stranger's record":
        with_record["records"].append({**with_record["records"][0], "a_item": {"N": "7"}})
    elif change == "dropped":
        lines.pop()
    elif change == "checkpoint":
        note = (raw / "checkpoint").read_bytes()
        (raw / "checkpoint").write_bytes(note.replace(b"\n", b"\n1", 1))
    elif change in {"seed", "count"}:
        sample = json.loads((raw / "sample.json").read_text())
        sample[change] = "another" if change == "seed" else 3
        (raw / "sample.json").write_text(json.dumps(sample))
    else:
        text = (raw / "verification.json").read_text()
        (raw / "verification.json").write_text(text.replace('"VERIFIED"', '"TAMPERED"'))
    (raw / "proofs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    reseal(folder, key)
    outcome = verify_py.verify_bundle(str(folder), verify_py.Expectations(audited.fingerprint))
    assert {finding.code for finding in outcome.findings} >= {"VERDICT_CHANGED"}
    policy = "EV_AUD_1" if change == "verdict" else "EV_AUD_2"
    status = next(one for one in outcome.assessment["policies"] if one["id"] == policy)
    assert status["effects"]["recorded"] == "fail"


def test_a_signer_is_only_needed_to_sign(audited: Bundle, key: Path) -> None:
    again = write_bundle(audited.folder, signer=KeyFileSigner(key))
    assert again.manifest_sha256 == audited.manifest_sha256
