"""Parts of OSCAL 1.2.1 documents, by NIST's own rules for ids and states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.reports.oscal_parts import (
    NIST,
    build_finding,
    control_id,
    evidence_link,
    metadata,
    nist_controls,
    properties,
    reviewed_controls,
    risks,
    tool_component,
)
from tapeproof.evidence.verifier.status import EFFECTS
from tests.unit.evidence.samples import acceptance

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View


@pytest.mark.parametrize(
    ("written", "oscal"), [("AU-9(3)", "au-9.3"), ("AC-6", "ac-6"), ("SI-4(20)", "si-4.20"), ("au-2", "au-2")]
)
def test_a_control_id_is_written_as_the_catalogue_in_oscal_has_it(written: str, oscal: str) -> None:
    assert control_id(written) == oscal


def test_a_property_has_a_value_always_since_oscal_forbids_an_empty_one() -> None:
    assert [one["value"] for one in properties(("a", "x "), ("b", ""), ("c", "\n"))] == ["x", "none", "none"]
    assert {one["ns"] for one in properties(("a", "x"))} == {"https://tapeproof.example/ns/evidence"}


def _control(view: View, **effects: str) -> dict[str, Any]:
    control = dict(nist_controls(view)[0])
    return {**control, "effects": {**dict.fromkeys(EFFECTS, "not-applicable"), **effects}, "accepted": []}


@pytest.mark.parametrize(
    ("effects", "state", "reason"),
    [
        ({"implemented": "satisfied"}, "satisfied", "pass"),
        ({"implemented": "satisfied", "design": "not-satisfied"}, "not-satisfied", "fail"),
        ({"implemented": "not-satisfied"}, "not-satisfied", "fail"),
        ({"design": "satisfied", "implemented": "not-evaluated"}, "not-satisfied", "other"),
        ({"simulated": "satisfied"}, "not-satisfied", "other"),
        ({"recorded": "satisfied"}, "not-satisfied", "other"),
        ({}, "not-satisfied", "other"),
    ],
)
def test_only_evidence_of_an_account_satisfies_a_finding_and_nothing_beside_it_may_fail(
    view: View, effects: dict[str, str], state: str, reason: str
) -> None:
    found = build_finding(view, _control(view, **effects))
    assert found["target"]["status"] == {"state": state, "reason": reason}
    assert found["target"]["target-id"].endswith("_smt")


def test_a_finding_names_the_risks_that_somebody_accepted_for_it(view: View) -> None:
    view.assessment["exceptions"].append({**acceptance(), "state": "in force"})
    (risk,) = risks(view)
    found = build_finding(view, {**_control(view), "accepted": ["RA-2026-001"]})
    assert found["related-risks"] == [{"risk-uuid": risk["uuid"]}]
    assert "related-risks" not in build_finding(view, _control(view))


@pytest.mark.parametrize(("state", "status"), [("in force", "deviation-approved"), ("expired", "open")])
def test_a_risk_is_approved_only_while_its_acceptance_is_in_force(view: View, state: str, status: str) -> None:
    waiver = {"kind": "waiver", "resource": "w", "state": "in force"}
    view.assessment["exceptions"][:] = [{**acceptance(), "state": state}, waiver]
    (risk,) = risks(view)
    assert risk["status"] == status
    assert [one["description"] for one in risk["mitigating-factors"]] == acceptance()["compensating"]


def test_a_risk_without_anything_that_makes_up_for_it_has_no_empty_list(view: View) -> None:
    view.assessment["exceptions"][:] = [{**acceptance(compensating=None, reason=None), "state": "malformed"}]
    (risk,) = risks(view)
    assert "mitigating-factors" not in risk
    assert risk["description"] == "no reason is given"


def test_what_is_reviewed_are_the_controls_of_nist_alone(view: View) -> None:
    (selection,) = reviewed_controls(view)["control-selections"]
    ids = [one["control-id"] for one in selection["include-controls"]]
    assert ids == [control_id(one["control"]) for one in view.assessment["controls"] if one["framework"] == NIST]
    view.assessment["controls"][:] = []
    assert "include-controls" not in reviewed_controls(view)["control-selections"][0]


def test_the_same_program_and_party_have_the_same_ids_in_every_document(view: View) -> None:
    assert tool_component(view)["uuid"] == tool_component(view)["uuid"]
    one, other = metadata(view, "Assessment plan"), metadata(view, "Assessment results")
    assert one["parties"] == other["parties"]
    assert one["responsible-parties"][0]["party-uuids"] == [one["parties"][0]["uuid"]]
    assert one["last-modified"] == view.run["as_of"]


def test_evidence_is_linked_relative_to_the_folder_of_reports(view: View) -> None:
    link = evidence_link(view.items[0])
    assert link["href"] == f"../evidence/{view.items[0]['id']}/item.json"
    assert {one["name"] for one in link["props"]} == {"item", "status", "simulated"}
