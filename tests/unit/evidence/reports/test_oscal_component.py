"""The component definition says which controls the policies speak of, and what the evidence shows of each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tapeproof.evidence.reports.oscal_parts import control_id
from tests.unit.evidence.samples import Sample

if TYPE_CHECKING:
    from pathlib import Path


def test_every_mapped_control_is_a_requirement_with_its_policies_and_what_is_shown(tmp_path: Path) -> None:
    bundle = Sample().bundle(tmp_path / "run")
    text = (bundle.folder / "reports/oscal-component-definition.json").read_text()
    (component,) = json.loads(text)["component-definition"]["components"]
    (implementation,) = component["control-implementations"]
    told = {one["control-id"]: one for one in implementation["implemented-requirements"]}
    mapped = [one for one in bundle.assessment["controls"] if one["framework"] == "nist-800-53-r5"]
    assert set(told) == {control_id(one["control"]) for one in mapped}
    for control in mapped:
        requirement = told[control_id(control["control"])]
        assert all(policy in requirement["description"] for policy in control["policies"])
        shown = {one["name"]: one["value"] for one in requirement.get("props", [])}
        assert shown == {name: status for name, status in control["effects"].items() if status != "not-applicable"}
