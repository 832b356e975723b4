from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.validate import ParamValidator

from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path


def _batches(sample: Sample, folder: Path) -> list[dict[str, Any]]:
    bundle = sample.bundle(folder / "run")
    found: list[dict[str, Any]] = json.loads((bundle.folder / "reports/security-hub.json").read_bytes())
    return found


def _failing(count: int) -> Sample:
    sample = Sample()
    for one in sample.gate[:count]:
        one.update(verdict="fail", message="told")
    return sample


def test_every_batch_is_what_batch_import_findings_takes(tmp_path: Path) -> None:
    model = botocore.session.get_session().get_service_model("securityhub").operation_model("BatchImportFindings")
    batches = _batches(_failing(250), tmp_path)
    assert len(batches) >= 3
    for batch in batches:
        assert ParamValidator().validate(batch, model.input_shape).generate_report() == ""
        assert 1 <= len(batch["Findings"]) <= 100
    ids = [one["Id"] for batch in batches for one in batch["Findings"]]
    assert len(ids) == len(set(ids))


def test_a_finding_says_what_whose_and_how_grave_and_keeps_its_id_from_run_to_run(tmp_path: Path) -> None:
    first, second = _failing(1), _failing(1)
    second.as_of = second.as_of.replace(day=30)
    found = [_batches(one, tmp_path / name)[0]["Findings"] for name, one in (("a", first), ("b", second))]
    assert [one["Id"] for one in found[0]] == [one["Id"] for one in found[1]]
    one = next(one for one in found[0] if one["Compliance"]["Status"] == "FAILED")
    assert one["AwsAccountId"] == "111122223333"
    assert one["Workflow"] == {"Status": "NEW"}
    assert one["Compliance"]["RelatedRequirements"]
    assert "Sample" not in one


def test_evidence_that_names_no_account_or_two_makes_no_findings(tmp_path: Path) -> None:
    sample = _failing(5)
    sample.live = {}
    assert _batches(sample, tmp_path) == []
