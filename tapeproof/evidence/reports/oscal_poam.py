"""The OSCAL plan of action and milestones 1.2.1: what is open, and until when somebody accepted it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.oscal_parts import metadata, properties, risks
from tapeproof.evidence.reports.view import identifier
from tapeproof.evidence.verifier.status import POLICY_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.reports.view import View

__all__ = ["POAM_PATH", "SYSTEM_TYPE", "action_plan"]

POAM_PATH: Final = "reports/oscal-poam.json"
OPEN: Final = ("fail", "unknown", "waived")
"""Statuses of a policy that somebody must act on, or has accepted."""
SYSTEM_TYPE: Final = "http://ietf.org/rfc/rfc4122"


def action_plan(view: View) -> bytes:
    """Return the plan of action and milestones as JSON."""
    run = view.run["id"]
    accepted = risks(view)
    plan: dict[str, Any] = {
        "uuid": identifier(run, "poam"),
        "metadata": metadata(view, "Plan of action and milestones"),
        "system-id": {"identifier-type": SYSTEM_TYPE, "id": identifier("system", view.run["subject"])},
        "poam-items": list(_items(view)) or [_nothing_open(view)],
    }
    if accepted:
        plan["risks"] = [{**risk, **_deadline(view, number)} for number, risk in enumerate(accepted)]
    text = json.dumps({"plan-of-action-and-milestones": plan}, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode("utf-8") + b"\n"


def _deadline(view: View, number: int) -> dict[str, str]:
    """Return until when a risk is accepted; nothing where no date can be read."""
    acceptances = [one for one in view.assessment["exceptions"] if one["kind"] == "acceptance"]
    ends = str(acceptances[number].get("expires") or "")
    return {"deadline": f"{ends}T23:59:59Z"} if not acceptances[number]["state"].startswith("malformed") else {}


def _items(view: View) -> Iterator[dict[str, Any]]:
    yield from _policy_items(view)
    yield from _conflict_items(view)
    for stage, facts in view.assessment["stages"].items():
        if not facts["collected"] or facts["failed"]:
            why = "; ".join(facts["failed"]) or facts["reason"] or "it was not collected"
            yield _item(view, ("stage", stage), f"Evidence of the stage {stage} is missing", why)


def _policy_items(view: View) -> Iterator[dict[str, Any]]:
    resources: dict[str, list[str]] = {}
    for stage, resource, policy, verdict in view.assessment["not_passed"]:
        resources.setdefault(policy, []).append(f"{resource or 'the root module'} ({verdict} at {stage})")
    for policy in view.ordered_policies:
        worst = next((one for one in POLICY_STATUSES if one in policy["effects"].values()), "pass")
        if worst not in OPEN:
            continue
        named = "; ".join(dict.fromkeys(resources.get(policy["id"], []))) or "see the assessment results"
        item = _item(view, ("policy", policy["id"]), f"{policy['id']}: {policy['title']}", f"{worst}: {named}")
        item["props"] += properties(("severity", policy["severity"]), ("status", worst))
        links = [{"risk-uuid": identifier(view.run["id"], "risk", one)} for one in policy["accepted"]]
        yield {**item, **({"related-risks": links} if links else {})}


def _conflict_items(view: View) -> Iterator[dict[str, Any]]:
    for control in view.assessment["controls"]:
        if control["conflict"] and "not-satisfied" in control["effects"].values():
            name = f"{view.frameworks[control['framework']]['name']} {control['control']}"
            told = "The stack is required to do the opposite of what the control asks for."
            item = _item(view, ("conflict", control["framework"], control["control"]), f"{name} is in conflict", told)
            links = [{"risk-uuid": identifier(view.run["id"], "risk", one)} for one in control["accepted"]]
            yield {**item, **({"related-risks": links} if links else {})}


def _item(view: View, about: tuple[str, ...], title: str, description: str) -> dict[str, Any]:
    return {
        "uuid": identifier(view.run["id"], "poam-item", *about),
        "title": title,
        "description": description,
        "props": properties(("about", " ".join(about))),
    }


def _nothing_open(view: View) -> dict[str, Any]:
    told = "Everything that was to be judged was judged and is met. The format asks for at least one item."
    return _item(view, ("nothing",), "Nothing is open", told)
