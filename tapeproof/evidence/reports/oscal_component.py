"""The OSCAL component definition 1.2.1: which controls the stack's policies speak of, and how far they go.

It claims no implementation: what the evidence shows stands in the assessment results, and each requirement says so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.oscal_parts import NIST, control_id, metadata, nist_controls, properties
from tapeproof.evidence.reports.view import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import View

__all__ = ["COMPONENT_PATH", "component_definition"]

COMPONENT_PATH: Final = "reports/oscal-component-definition.json"
CATALOGUE: Final = "https://doi.org/10.6028/NIST.SP.800-53r5"


def component_definition(view: View) -> bytes:
    """Return the component definition as JSON."""
    run = view.run["id"]
    requirements = [_requirement(view, control) for control in nist_controls(view)]
    component: dict[str, Any] = {
        "uuid": identifier(run, "component"),
        "type": "service",
        "title": view.run["subject"],
        "description": "What the Terraform of this run makes: event buses, functions, tables, queues, keys and logs.",
        "props": properties(("run", run), ("evidence-digest", view.evidence_digest)),
    }
    if requirements:
        component["control-implementations"] = [
            {
                "uuid": identifier(run, "control-implementation"),
                "source": CATALOGUE,
                "description": f"Policies that are mapped to {view.frameworks[NIST]['name']}.",
                "implemented-requirements": requirements,
            }
        ]
    definition = {
        "uuid": identifier(run, "component-definition"),
        "metadata": metadata(view, "Component definition"),
        "components": [component],
    }
    text = json.dumps({"component-definition": definition}, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode("utf-8") + b"\n"


def _requirement(view: View, control: Mapping[str, Any]) -> dict[str, Any]:
    name = control["control"]
    mapped = [one for one in view.mappings if (one["framework"], one["control"]) == (NIST, name)]
    told = "; ".join(f"{one['policy'] or 'no policy'} {one['relation']}: {one['rationale']}" for one in mapped)
    shown = [(effect, status) for effect, status in control["effects"].items() if status != "not-applicable"]
    return {
        "uuid": identifier(view.run["id"], "implemented-requirement", name),
        "control-id": control_id(name),
        "description": f"{told}. What the evidence shows: "
        f"{', '.join(f'{effect} {status}' for effect, status in shown) or 'nothing'}.",
        **({"props": properties(*shown)} if shown else {}),
    }
