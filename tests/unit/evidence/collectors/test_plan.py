from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collection import Context, collect
from tapeproof.evidence.collectors.plan import PlanCollector, read_terraform_json
from tapeproof.evidence.controls.library import load_library
from tapeproof.evidence.errors import CollectionError
from tapeproof.evidence.provenance import Clock
from tapeproof.evidence.redaction import Redactor
from tapeproof.evidence.workspace import Workspace
from tests.unit.evidence.collecting import PLAN, collect_into, item_of
from tests.unit.evidence.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path


def test_a_plan_is_collected_with_unknown_values_marked_and_sensitive_ones_taken_out(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(PLAN))
    folder = collect_into(root, tmp_path, plan=tmp_path / "plan.json")
    lines = (folder / "evidence/plan-resources/raw/resources.jsonl").read_text().splitlines()
    table, group = (json.loads(line) for line in lines)
    assert table["value"]["arn"] == {"$unknown": True}
    assert table["value"]["server_side_encryption"] == [{"kms_key_arn": {"$unknown": True}}]
    assert table["value"]["hidden"] == "[REDACTED: sensitive in Terraform]"
    assert group["resource"] == 'module.processor["trade"].aws_cloudwatch_log_group.this'
    item = item_of(folder, "plan-resources")
    assert (item["population"]["count"], item["as_of"]) == (2, "2026-11-23T09:00:00Z")
    assert not [path for path in folder.rglob("*") if path.is_file() and b"s3cr3t" in path.read_bytes()]


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"format_version":"1.2"}'])
def test_a_plan_that_is_none_leaves_the_plan_not_evaluated_and_the_rest_as_it_is(
    root: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "plan.json").write_text(text)
    folder = collect_into(root, tmp_path, plan=tmp_path / "plan.json")
    assert item_of(folder, "plan-resources")["status"] == "failed"
    assessment = write_bundle(folder).assessment
    statuses = {policy["id"]: policy["stages"].get("plan", {}).get("status") for policy in assessment["policies"]}
    assert statuses["EV_KEY_1"] == "not-evaluated"
    assert item_of(folder, "source-gate")["status"] == "collected"


def test_a_file_that_terraform_did_not_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="cannot be read"):
        read_terraform_json(tmp_path / "absent.json")


def _collect_plan(folder: Path, plan: dict[str, Any]) -> Path:
    """Collect a plan and nothing else."""
    (folder / "plan.json").write_text(json.dumps(plan))
    clock = Clock(lambda: NOW)
    workspace = Workspace(folder / "run", Redactor(), clock, clock.iso())
    collect(Context(workspace, load_library(), folder, folder, {}), [PlanCollector(folder / "plan.json")])
    return folder / "run"


PLANNED: Any = PLAN["planned_values"]
HIDDEN = "plain-words-that-no-shape-betrays"
MARKED = {"value": {"before": None, "after": HIDDEN, "after_sensitive": True, "before_sensitive": False}}
CHANGE = {"address": "aws_x.y", "change": {"before": {"a": [HIDDEN]}, "before_sensitive": {"a": [True]}, "after": None}}
DECLARED = {"pin": {"sensitive": True, "default": HIDDEN}}


@pytest.mark.parametrize(
    "changes",
    [
        {"planned_values": {**PLAN["planned_values"], "outputs": {"url": {"sensitive": True, "value": HIDDEN}}}},
        {
            "planned_values": {
                **PLAN["planned_values"],
                "outputs": {"url": {"sensitive": True, "value": {"a": [HIDDEN]}}},
            }
        },
        {"output_changes": MARKED},
        {"resource_drift": [CHANGE]},
        {"resource_changes": [CHANGE]},
        {"variables": {"pin": {"value": HIDDEN}}},
        {"variables": {"pin": {"value": HIDDEN}}, "configuration": {"root_module": {"variables": DECLARED}}},
        {"configuration": {"root_module": {"variables": DECLARED}}},
        {"configuration": {"root_module": {"module_calls": {"m": {"module": {"variables": DECLARED}}}}}},
        {"configuration": {"root_module": {"variables": {"db_password": {"default": HIDDEN}}}}},
    ],
)
def test_what_terraform_marks_as_sensitive_anywhere_in_a_plan_is_nowhere_in_the_evidence(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    plan = {**{name: value for name, value in PLAN.items() if name != "variables"}, **changes}
    # It stands once more where nothing marks it, as values that were put together do.
    plan["checks"] = [{"problem": HIDDEN}]
    folder = _collect_plan(tmp_path, plan)
    assert item_of(folder, "plan-resources")["status"] == "collected"
    assert [path.name for path in folder.rglob("*") if path.is_file() and HIDDEN.encode() in path.read_bytes()] == []


def test_what_nothing_marks_is_kept_for_the_gate_to_judge_again(tmp_path: Path) -> None:
    outputs = {"url": {"sensitive": False, "value": "https://example.com"}}
    folder = _collect_plan(tmp_path, {**PLAN, "planned_values": {**PLANNED, "outputs": outputs}})
    judged = json.loads((folder / "evidence/plan-resources/raw/plan-judged.json").read_bytes())
    assert judged["planned_values"]["outputs"] == outputs
    assert judged["resource_changes"][0]["address"] == "aws_dynamodb_table.market"
