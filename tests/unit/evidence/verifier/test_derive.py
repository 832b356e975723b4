"""What a report says comes from the evidence alone, and evidence that says nothing gives no pass."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.verifier.archive import Folder
from tapeproof.evidence.verifier.contents import Contents
from tapeproof.evidence.verifier.derive import derive
from tapeproof.evidence.verifier.findings import Unusable
from tapeproof.evidence.verifier.manifest import read_manifest
from tapeproof.evidence.verifier.strict_json import canonical

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.evidence.bundle.writing import Bundle
    from tapeproof.evidence.verifier.derive import Derived


def _derive(folder: Path) -> tuple[Derived, bytes]:
    files = read_manifest((folder / "manifest.json").read_bytes())["files"]
    lines: list[bytes] = []
    return derive(Contents(Folder(str(folder)), files), lines.append), b"".join(lines)


@pytest.fixture
def copy(bundle: Bundle, tmp_path: Path) -> Path:
    return shutil.copytree(bundle.folder, tmp_path / "run")


def _change(path: Path, **changes: Any) -> None:  # noqa: ANN401 - any JSON
    path.write_bytes(canonical({**json.loads(path.read_bytes()), **changes}))


def test_deriving_again_gives_the_bytes_that_the_bundle_holds(bundle: Bundle) -> None:
    derived, lines = _derive(bundle.folder)
    assert canonical(derived.assessment) == (bundle.folder / "assessment.json").read_bytes()
    assert lines == (bundle.folder / "results.jsonl").read_bytes()
    assert derived.rows == sum(sum(one.values()) for one in derived.assessment["counts"]["rows"].values())
    assert 0 < derived.twice <= derived.rows


def test_reports_have_no_say_in_what_is_derived(copy: Path) -> None:
    before = _derive(copy)
    (copy / "assessment.json").write_bytes(b"{}")
    (copy / "results.jsonl").write_bytes(b"")
    assert _derive(copy) == before


def test_an_item_that_failed_leaves_its_policies_not_evaluated_with_its_reason(copy: Path) -> None:
    _change(copy / "evidence/live-dynamodb/item.json", status="failed", failure="AWS did not answer", judge="")
    assessment = _derive(copy)[0].assessment
    policy = next(one for one in assessment["policies"] if one["id"] == "TP_DDB_1")
    assert policy["stages"]["live"]["status"] == "not-evaluated"
    assert "AWS did not answer" in policy["stages"]["live"]["reason"]
    assert policy["effects"]["implemented"] == "not-evaluated"


def test_evidence_that_says_it_is_incomplete_turns_a_pass_into_not_evaluated(copy: Path) -> None:
    _change(copy / "evidence/live-dynamodb/item.json", incomplete="the second page is missing")
    assessment = _derive(copy)[0].assessment
    statuses = {one["id"]: one["stages"].get("live", {}).get("status") for one in assessment["policies"]}
    assert (statuses["TP_DDB_1"], statuses["EV_POP_2"]) == ("not-evaluated", "not-evaluated")


def test_a_resource_that_only_one_stage_saw_fails_the_comparison_of_populations(copy: Path) -> None:
    (copy / "evidence/live-sqs/raw/resources.jsonl").write_bytes(b"")
    assessment = _derive(copy)[0].assessment
    policy = next(one for one in assessment["policies"] if one["id"] == "EV_POP_2")
    assert policy["stages"]["live"]["status"] == "fail"
    (difference,) = (one for one in assessment["populations"]["differences"] if one["right"] == "live")
    assert difference["only_left"]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"as_of": 5},
        {"as_of": "soon"},
        {"as_of": "2026-02-30T00:00:00Z"},
        {"subject": ["x"]},
        {"simulated": "no"},
        {"period": None},
        {"population_types": 3},
        {"parameters": None},
    ],
)
def test_a_run_that_lacks_what_every_reader_relies_on_is_refused(copy: Path, changes: dict[str, Any]) -> None:
    _change(copy / "run.json", **changes)
    with pytest.raises(Unusable) as refused:
        _derive(copy)
    assert refused.value.finding.code == "BAD_EVIDENCE"


@pytest.mark.parametrize("changes", [{"judge": "oracle"}, {"judge": ["gate"]}, {"raw": 3}, {"asserts": None}])
def test_an_item_that_nobody_knows_how_to_judge_is_refused_and_no_pass(copy: Path, changes: dict[str, Any]) -> None:
    _change(copy / "evidence/tests-junit/item.json", **changes)
    with pytest.raises(Unusable) as refused:
        _derive(copy)
    assert refused.value.finding.code == "BAD_EVIDENCE"
