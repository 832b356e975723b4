"""Parts that OSCAL assessment plans and assessment results share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.view import PROPERTY_NAMESPACE, identifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import View

__all__ = [
    "METHODS",
    "NIST",
    "OSCAL_VERSION",
    "build_finding",
    "control_id",
    "evidence_link",
    "metadata",
    "nist_controls",
    "properties",
    "reviewed_controls",
    "risks",
    "tool_component",
]

OSCAL_VERSION: Final = "1.2.1"
NIST: Final = "nist-800-53-r5"
METHODS: Final = {"tests": "TEST"}
"""Assessment methods of SP 800-53A, by stage; everything else is EXAMINE."""
IMPLEMENTATION: Final = {"satisfied": "implemented", "not-satisfied": "partial", "not-evaluated": "planned"}


def control_id(control: str) -> str:
    """Return a NIST id as OSCAL writes it: ``AU-9(3)`` is ``au-9.3``."""
    return control.lower().replace("(", ".").replace(")", "")


def nist_controls(view: View) -> list[Mapping[str, Any]]:
    """Return the assessment's NIST controls."""
    return [control for control in view.assessment["controls"] if control["framework"] == NIST]


def properties(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    """Return properties of this project's namespace."""
    return [{"name": name, "ns": PROPERTY_NAMESPACE, "value": value.strip() or "none"} for name, value in pairs]


def metadata(view: View, title: str) -> dict[str, Any]:
    """Return a document's metadata."""
    party = identifier(view.run["id"], "party")
    identity = view.run["collector"]
    return {
        "title": f"{title}: {view.run['subject']}",
        "last-modified": view.run["as_of"],
        "version": view.run["id"],
        "oscal-version": OSCAL_VERSION,
        "roles": [{"id": "collector", "title": "Who collected the evidence"}],
        "parties": [
            {"uuid": party, "type": "person", "name": identity["who"], "remarks": f"known by {identity['how']}"}
        ],
        "responsible-parties": [{"role-id": "collector", "party-uuids": [party]}],
        "props": properties(("evidence-digest", view.evidence_digest)),
    }


def reviewed_controls(view: View) -> dict[str, Any]:
    """Return the controls that the assessment is about."""
    included = [{"control-id": control_id(one["control"])} for one in nist_controls(view)]
    text = "Controls of NIST SP 800-53 Rev. 5 that at least one policy is mapped to."
    return {"control-selections": [{"description": text, **({"include-controls": included} if included else {})}]}


def tool_component(view: View) -> dict[str, Any]:
    """Return the program that collected and judged, as a component."""
    tool = view.run["tool"]
    return {
        "uuid": identifier(view.run["id"], "tool"),
        "type": "software",
        "title": "tapeproof",
        "description": "Collects evidence and derives verdicts from it.",
        "props": properties(("version", tool["version"]), ("digest", tool["digest"])),
        "status": {"state": "operational"},
    }


def evidence_link(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an evidence item as relevant evidence."""
    return {
        "href": f"../evidence/{item['id']}/item.json",
        "description": item["title"],
        "props": properties(
            ("item", item["id"]), ("status", item["status"]), ("simulated", str(item["simulated"]).lower())
        ),
    }


def build_finding(view: View, control: Mapping[str, Any]) -> dict[str, Any]:
    """Return the finding of one control; only live evidence of an account satisfies it."""
    name, effects = control["control"], control["effects"]
    state, reason = _state(effects)
    observations = [
        {"observation-uuid": identifier(view.run["id"], "observation", policy["id"], stage)}
        for policy in view.assessment["policies"]
        if policy["id"] in control["policies"]
        for stage, status in policy["stages"].items()
        if status["status"] != "not-applicable"
    ]
    accepted = [{"risk-uuid": identifier(view.run["id"], "risk", one)} for one in control["accepted"]]
    text = "; ".join(f"{effect}: {status}" for effect, status in effects.items() if status != "not-applicable")
    result: dict[str, Any] = {
        "uuid": identifier(view.run["id"], "finding", name),
        "title": f"{name} {view.frameworks[NIST]['controls'].get(name, '')}".strip(),
        "description": f"Checks mapped to {name} by what they show. {text or 'nothing applies'}.",
        "target": {
            "type": "statement-id",
            "target-id": f"{control_id(name)}_smt",
            "status": {"state": state, "reason": reason},
            "implementation-status": {"state": IMPLEMENTATION.get(effects["implemented"], "planned")},
        },
        "props": properties(*((effect, status) for effect, status in effects.items())),
    }
    if observations:
        result["related-observations"] = observations
    return {**result, **({"related-risks": accepted} if accepted else {})}


def _state(effects: Mapping[str, str]) -> tuple[str, str]:
    if "not-satisfied" in effects.values():
        return "not-satisfied", "fail"
    if effects["implemented"] == "satisfied":
        return "satisfied", "pass"
    return "not-satisfied", "other"


def risks(view: View) -> list[dict[str, Any]]:
    """Return the accepted risks."""
    return [_risk(view, one) for one in view.assessment["exceptions"] if one["kind"] == "acceptance"]


def _risk(view: View, exception: Mapping[str, Any]) -> dict[str, Any]:
    subject = exception.get("policy") or exception.get("control") or "unnamed"
    mitigations = [
        {
            "uuid": identifier(view.run["id"], "mitigation", exception["resource"], str(number)),
            "description": str(text),
        }
        for number, text in enumerate(exception.get("compensating") or ())
    ]
    risk = {
        "uuid": identifier(view.run["id"], "risk", exception["resource"]),
        "title": f"{exception['resource']}: {subject} is not met",
        "description": str(exception.get("reason") or "no reason is given"),
        "statement": f"Owner {exception.get('owner')}, approved by {exception.get('approver')}; {exception['state']}.",
        "status": "deviation-approved" if exception["state"] == "in force" else "open",
    }
    return {**risk, **({"mitigating-factors": mitigations} if mitigations else {})}
