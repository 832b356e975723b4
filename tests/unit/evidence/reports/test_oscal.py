from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.evidence.reports.oscal import OscalReport
from tests.unit.evidence.reports.writing import leave_unjudged, row_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tapeproof.evidence.reports.view import View


def _result(view: View, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    document = json.loads(written(OscalReport(), view, rows))
    (result,) = document["assessment-results"]["results"]
    return dict(result)


def test_every_resource_is_a_subject_of_its_policy_and_stage_with_its_verdict(
    view: View, rows: list[Mapping[str, Any]]
) -> None:
    result = _result(view, rows)
    names = {one["uuid"]: one["description"] for one in result["local-definitions"]["inventory-items"]}
    told = [
        (names[subject["subject-uuid"]], subject["props"][0]["value"])
        for observation in result["observations"]
        for subject in observation.get("subjects", ())
    ]
    assert sorted(told) == sorted((row["resource"] or "(root)", row["verdict"]) for row in rows)


def test_one_resource_has_one_id_under_every_policy(view: View) -> None:
    result = _result(view, [row_of(), row_of(policy="TP_LOG_1"), row_of(resource="")])
    assert [one["description"] for one in result["local-definitions"]["inventory-items"]] == ["(root)", "aws_x.y"]


def test_without_a_row_there_is_no_empty_list_since_oscal_forbids_one(view: View) -> None:
    view.assessment["policies"][:] = []
    view.assessment["controls"][:] = []
    result = _result(view, [])
    assert {"observations", "findings", "risks"} & result.keys() == set()
    assert "inventory-items" not in result["local-definitions"]


def test_a_policy_that_nobody_judged_is_an_observation_without_subjects_and_says_why(view: View) -> None:
    policy = leave_unjudged(view, "no source")
    observations = _result(view, [])["observations"]
    (found,) = (one for one in observations if one["title"].startswith(f"{policy} at source"))
    assert found["description"] == "Not evaluated: no source"
    assert "subjects" not in found
    assert {"verdict": "not-evaluated"}.items() <= {one["name"]: one["value"] for one in found["props"]}.items()


@pytest.mark.parametrize("name", ['"},{"x":"', "\\", "\x00\x1f", "\N{LINE SEPARATOR}\N{GRINNING FACE}"])
def test_a_name_from_evidence_stays_a_text_of_the_document(view: View, name: str) -> None:
    result = _result(view, [row_of(resource=name)])
    assert [one["description"] for one in result["local-definitions"]["inventory-items"]] == [name]


def test_an_emulator_is_named_before_anything_else(view: View) -> None:
    assert not _result(view, [])["description"].startswith("SIMULATED")
    view.assessment["run"]["simulated"] = True
    assert _result(view, [])["description"].startswith("SIMULATED")
