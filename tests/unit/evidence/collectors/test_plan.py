from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tapeproof.evidence.bundle.writing import write_bundle
from tapeproof.evidence.collectors.plan import read_terraform_json
from tapeproof.evidence.errors import CollectionError
from tests.unit.evidence.collecting import PLAN, collect_into, item_of

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
