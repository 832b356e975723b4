"""The OSCAL assessment plan 1.2.1 that the assessment results import: what was to be examined, and how."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.oscal_parts import (
    METHODS,
    NIST,
    control_id,
    metadata,
    reviewed_controls,
    tool_component,
)
from tapeproof.evidence.reports.view import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import View

__all__ = ["PLAN_PATH", "assessment_plan"]

PLAN_PATH: Final = "reports/oscal-assessment-plan.json"


def assessment_plan(view: View) -> bytes:
    """Return the plan as JSON."""
    run = view.run["id"]
    nothing = identifier(run, "no-ssp")
    plan = {
        "uuid": identifier(run, "assessment-plan"),
        "metadata": metadata(view, "Assessment plan"),
        "import-ssp": {"href": f"#{nothing}", "remarks": "The organisation's system security plan goes here."},
        "reviewed-controls": reviewed_controls(view),
        "local-definitions": {"activities": [_activity(view, policy) for policy in view.policies.values()]},
        "assessment-subjects": [
            {
                "type": "inventory-item",
                "description": "Every resource that the source declares, the plan holds or the account shows.",
                "include-all": {},
            }
        ],
        "assessment-assets": _assets(view),
        "tasks": [
            {
                "uuid": identifier(run, "task"),
                "type": "action",
                "title": "Collect evidence and derive verdicts",
                "timing": {"within-date-range": {"start": view.run["period"]["from"], "end": view.run["as_of"]}},
            }
        ],
        "back-matter": {
            "resources": [
                {
                    "uuid": nothing,
                    "title": "System security plan",
                    "description": "None was supplied with this run.",
                }
            ]
        },
    }
    text = json.dumps({"assessment-plan": plan}, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode("utf-8") + b"\n"


def _assets(view: View) -> dict[str, Any]:
    platform = {
        "uuid": identifier(view.run["id"], "platform"),
        "title": "tapeproof",
        "uses-components": [{"component-uuid": identifier(view.run["id"], "tool")}],
    }
    return {"components": [tool_component(view)], "assessment-platforms": [platform]}


def _activity(view: View, policy: Mapping[str, Any]) -> dict[str, Any]:
    controls = sorted(
        {
            control_id(one["control"])
            for one in view.mappings
            if one["policy"] == policy["id"] and one["framework"] == NIST
        }
    )
    activity: dict[str, Any] = {
        "uuid": identifier(view.run["id"], "activity", policy["id"]),
        "title": f"{policy['id']}: {policy['title']}",
        "description": " ".join(policy["rationale"].split()),
        "steps": [
            {
                "uuid": identifier(view.run["id"], "activity", policy["id"], stage),
                "title": f"{METHODS.get(stage, 'EXAMINE')} {stage}",
                "description": f"Judge every resource in scope at the stage {stage}.",
            }
            for stage in policy["stages"]
        ],
    }
    if controls:
        selection = {"include-controls": [{"control-id": control} for control in controls]}
        activity["related-controls"] = {"control-selections": [selection]}
    return activity
