"""The audit log's verification, as the report shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.evidence.reports.html.markup import definition, esc, mono, plural, section, status
from tapeproof.evidence.reports.html.wording import AUDIT_LEAD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import View

__all__ = ["audit_log"]


def audit_log(view: View, retention: str) -> str:
    """Return the section on the audit log.

    Args:
        view: The assessment.
        retention: The part on the retention of logs; already HTML.
    """
    facts = view.assessment["stages"]["audit"]
    policies = [policy for policy in view.assessment["policies"] if "audit" in policy["stages"]]
    lines = [(policy["title"], _status_with_link(policy)) for policy in policies]
    items = [item for item in view.items if item["stage"] == "audit"]
    told = ""
    if not facts["collected"]:
        told = f'<p class="note">The audit log was not verified in this run. {esc(facts["reason"] or "")}</p>'
    for item in items:
        details = [
            (name.replace("_", " "), mono(value))
            for name, value in item["source"].items()
            if name != "kind"
            if isinstance(value, (str, int))
        ]
        told += definition(details) if item["status"] == "collected" else ""
    count = plural(len(items), "evidence item")
    lead = f"{AUDIT_LEAD} {count} on it in this run."
    return section("audit", "Audit log and retention", definition(lines) + told + retention, lead=lead)


def _status_with_link(policy: Mapping[str, Any]) -> str:
    name = esc(policy["id"])
    return f'{status(policy["stages"]["audit"]["status"])} <a href="#sheet-{name}">{name}</a>'
