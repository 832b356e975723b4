from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.reports.oscal_parts import NIST, control_id
from tapeproof.evidence.reports.oscal_plan import assessment_plan

if TYPE_CHECKING:
    from tapeproof.evidence.reports.view import View


def _plan(view: View) -> dict[str, Any]:
    return dict(json.loads(assessment_plan(view))["assessment-plan"])


def test_every_policy_is_an_activity_with_a_step_for_each_stage(view: View) -> None:
    activities = _plan(view)["local-definitions"]["activities"]
    assert [one["title"].split(":")[0] for one in activities] == list(view.policies)
    steps = [[step["title"].split(" ") for step in one["steps"]] for one in activities]
    assert [[stage for _, stage in one] for one in steps] == [one["stages"] for one in view.policies.values()]
    assert {method for one in steps for method, stage in one if stage == "tests"} == {"TEST"}
    assert {method for one in steps for method, stage in one if stage != "tests"} == {"EXAMINE"}


def test_an_activity_names_its_controls_once_each_and_none_where_none_is_mapped(view: View) -> None:
    for activity, policy in zip(_plan(view)["local-definitions"]["activities"], view.policies, strict=True):
        mapped = {
            control_id(one["control"]) for one in view.mappings if (one["policy"], one["framework"]) == (policy, NIST)
        }
        selections = activity.get("related-controls", {}).get("control-selections", [{"include-controls": []}])
        assert [one["control-id"] for one in selections[0]["include-controls"]] == sorted(mapped)
        assert bool(mapped) is ("related-controls" in activity)


def test_references_inside_the_plan_resolve(view: View) -> None:
    plan = _plan(view)
    assert plan["import-ssp"]["href"].removeprefix("#") in {one["uuid"] for one in plan["back-matter"]["resources"]}
    assets = plan["assessment-assets"]
    used = {one["component-uuid"] for each in assets["assessment-platforms"] for one in each["uses-components"]}
    assert used == {one["uuid"] for one in assets["components"]}


def test_the_dates_are_those_of_the_period_and_the_run(view: View) -> None:
    (task,) = _plan(view)["tasks"]
    assert task["timing"]["within-date-range"] == {"start": view.run["period"]["from"], "end": view.run["as_of"]}


def test_the_same_run_gives_the_same_bytes(view: View) -> None:
    assert assessment_plan(view) == assessment_plan(view)
    assert assessment_plan(view).endswith(b"}\n")
