"""The plan of action lists what is open, each with who accepted it, and nothing that is met."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.evidence.samples import Sample, acceptance

if TYPE_CHECKING:
    from pathlib import Path


def plan_of(sample: Sample, folder: Path) -> dict[str, Any]:
    bundle = sample.bundle(folder / "run")
    text = (bundle.folder / "reports/oscal-poam.json").read_text()
    plan: dict[str, Any] = json.loads(text)["plan-of-action-and-milestones"]
    return plan


def about(plan: dict[str, Any]) -> list[str]:
    return [one["props"][0]["value"] for one in plan["poam-items"]]


@pytest.mark.parametrize("verdict", ["fail", "unknown"])
def test_a_policy_that_is_not_met_is_an_item_with_its_resources_and_severity(tmp_path: Path, verdict: str) -> None:
    sample = Sample()
    sample.gate[5].update(verdict=verdict, message="less than 30 days", file="stack/a.tf", line=3)
    plan = plan_of(sample, tmp_path)
    policy, resource = sample.gate[5]["policy"], sample.gate[5]["resource"]
    (item,) = [one for one in plan["poam-items"] if one["props"][0]["value"] == f"policy {policy}"]
    assert resource in item["description"]
    assert {one["name"] for one in item["props"]} == {"about", "severity", "status"}


def test_what_is_met_is_no_item(tmp_path: Path) -> None:
    plan = plan_of(Sample(), tmp_path)
    failing = [one for one in about(plan) if one.startswith("policy TP_")]
    assert failing == []
    assert about(plan) == list(dict.fromkeys(about(plan)))


def test_a_missing_stage_is_an_item(tmp_path: Path) -> None:
    assert "stage audit" in about(plan_of(Sample(), tmp_path))


def test_an_acceptance_is_a_risk_with_a_deadline_and_its_item_names_it(tmp_path: Path) -> None:
    sample = Sample()
    sample.exceptions = [acceptance()]
    plan = plan_of(sample, tmp_path)
    (risk,) = plan["risks"]
    assert risk["deadline"] == f"{acceptance()['expires']}T23:59:59Z"
    named = [link["risk-uuid"] for one in plan["poam-items"] for link in one.get("related-risks", [])]
    assert set(named) <= {risk["uuid"]}
