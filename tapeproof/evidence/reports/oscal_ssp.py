"""A fragment of an OSCAL system security plan 1.2.1: what the evidence can say; the rest is marked as to be written.

An organisation's own plan takes over its component and its implemented requirements. It claims nothing that the
evidence does not: where no account was looked at, a requirement is planned.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.oscal_component import CATALOGUE
from tapeproof.evidence.reports.oscal_parts import (
    IMPLEMENTATION,
    NIST,
    control_id,
    metadata,
    nist_controls,
    properties,
)
from tapeproof.evidence.reports.oscal_poam import SYSTEM_TYPE
from tapeproof.evidence.reports.view import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import View

__all__ = ["SSP_PATH", "security_plan"]

SSP_PATH: Final = "reports/oscal-ssp-fragment.json"
TO_WRITE: Final = "To be written by the organisation: a bundle of evidence does not know it."


def security_plan(view: View) -> bytes:
    """Return the fragment as JSON."""
    run = view.run["id"]
    plan = {
        "uuid": identifier(run, "ssp"),
        "metadata": metadata(view, "Fragment of a system security plan"),
        "import-profile": {"href": CATALOGUE, "remarks": TO_WRITE},
        "system-characteristics": _characteristics(view),
        "system-implementation": {
            "users": [{"uuid": identifier(run, "user"), "title": "Operators", "description": TO_WRITE}],
            "components": [_component(view)],
        },
        "control-implementation": {
            "description": f"Controls of {view.frameworks[NIST]['name']} that policies are mapped to.",
            "implemented-requirements": [_requirement(view, one) for one in nist_controls(view)],
        },
    }
    text = json.dumps({"system-security-plan": plan}, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode("utf-8") + b"\n"


def _characteristics(view: View) -> dict[str, Any]:
    return {
        "system-ids": [{"identifier-type": SYSTEM_TYPE, "id": identifier("system", view.run["subject"])}],
        "system-name": view.run["subject"],
        "description": TO_WRITE,
        "system-information": {
            "information-types": [{"title": "Market data", "description": TO_WRITE}],
        },
        "status": {"state": "other", "remarks": TO_WRITE},
        "authorization-boundary": {"description": TO_WRITE},
    }


def _component(view: View) -> dict[str, Any]:
    return {
        "uuid": identifier(view.run["id"], "component"),
        "type": "service",
        "title": view.run["subject"],
        "description": "What the Terraform of this run makes: event buses, functions, tables, queues, keys and logs.",
        "props": properties(("run", view.run["id"]), ("evidence-digest", view.evidence_digest)),
        "status": {"state": "other", "remarks": "What was looked at stands in the assessment results."},
    }


def _requirement(view: View, control: Mapping[str, Any]) -> dict[str, Any]:
    run, name = view.run["id"], control["control"]
    mapped = [one for one in view.mappings if (one["framework"], one["control"]) == (NIST, name)]
    told = "; ".join(f"{one['policy'] or 'no policy'} {one['relation']}: {one['rationale']}" for one in mapped)
    state = IMPLEMENTATION.get(control["effects"]["implemented"], "planned")
    return {
        "uuid": identifier(run, "ssp-requirement", name),
        "control-id": control_id(name),
        "by-components": [
            {
                "component-uuid": identifier(run, "component"),
                "uuid": identifier(run, "ssp-by-component", name),
                "description": told,
                "implementation-status": {"state": state if state != "implemented" else "partial"},
                "remarks": f"The account shows: {control['effects']['implemented']}. Policies cover parts of it.",
            }
        ],
    }
