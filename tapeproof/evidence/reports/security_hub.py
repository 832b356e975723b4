"""What is not met as findings for AWS Security Hub, in batches that BatchImportFindings takes (ASFF 2018-10-08)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tapeproof.evidence.reports.view import identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.evidence.reports.view import View

__all__ = ["SECURITY_HUB_PATH", "security_hub_batches"]

SECURITY_HUB_PATH: Final = "reports/security-hub.json"
FINDINGS_A_BATCH: Final = 100
"""BatchImportFindings takes no more at once (Security Hub API Reference)."""
MOST_REQUIREMENTS: Final = 32
LONGEST_MEMBERS: Final = {"Title": 256, "Description": 1024, "Id": 512, "Text": 512}
"""Characters of a member (Security Hub User Guide, required and optional top-level attributes)."""
HUB_SEVERITIES: Final = {"critical": "CRITICAL", "high": "HIGH", "medium": "MEDIUM", "low": "LOW"}
HUB_STATUSES: Final = {"fail": "FAILED", "unknown": "WARNING", "waived": "FAILED"}
FINDING_TYPES: Final = ["Software and Configuration Checks/Industry and Regulatory Standards"]


def security_hub_batches(view: View) -> bytes:
    """Return a list of batches, each the input of one call; none where the evidence names not exactly one account.

    A finding of an emulator is marked as a sample, and what somebody accepted is suppressed.
    """
    accounts = view.assessment["scope"]["accounts"]
    found = list(_findings(view, accounts[0])) if len(accounts) == 1 else []
    batches = [{"Findings": found[at : at + FINDINGS_A_BATCH]} for at in range(0, len(found), FINDINGS_A_BATCH)]
    return json.dumps(batches, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8") + b"\n"


def _findings(view: View, account: str) -> Iterator[dict[str, Any]]:
    region = str(view.run["parameters"].get("region") or "us-east-1")
    arn = f"arn:aws:securityhub:{region}:{account}:product/{account}/default"
    accepted = {one["id"]: one["accepted"] for one in view.assessment["policies"]}
    for stage, resource, policy, verdict in view.assessment["not_passed"]:
        facts = view.policies.get(policy, {})
        place = resource or "the root module"
        suppressed = verdict == "waived" or accepted.get(policy)
        told = f"{verdict} at {stage}: {place}. {facts.get('rationale', '')}"
        # The id is the same in every run, so that Security Hub updates a finding and does not add one.
        name = identifier("security-hub", view.run["subject"], stage, policy, resource)
        yield {
            "SchemaVersion": "2018-10-08",
            "Id": f"tapeproof/{name}",
            "ProductArn": arn,
            "GeneratorId": f"tapeproof/{policy}",
            "AwsAccountId": account,
            "Types": FINDING_TYPES,
            "CreatedAt": view.run["as_of"],
            "UpdatedAt": view.run["as_of"],
            "Severity": {"Label": HUB_SEVERITIES.get(facts.get("severity", ""), "MEDIUM")},
            "Title": _cut(f"{policy} {facts.get('title', '')}".strip(), "Title"),
            "Description": _cut(" ".join(told.split()), "Description"),
            "Remediation": {"Recommendation": {"Text": _cut(facts.get("remediation") or "See the report.", "Text")}},
            "ProductFields": {"tapeproof/run": view.run["id"], "tapeproof/stage": stage},
            "Resources": [{"Type": "Other", "Id": _cut(place, "Id"), "Partition": "aws", "Region": region}],
            "Compliance": {"Status": HUB_STATUSES.get(verdict, "WARNING"), **_requirements(view, policy)},
            "Workflow": {"Status": "SUPPRESSED" if suppressed else "NEW"},
            "RecordState": "ACTIVE",
            **({"Sample": True} if view.assessment["stages"][stage]["simulated"] else {}),
        }


def _requirements(view: View, policy: str) -> dict[str, list[str]]:
    mapped = [one for one in view.mappings if one["policy"] == policy]
    named = [f"{view.frameworks[one['framework']]['short']} {one['control']}"[:64] for one in mapped]
    return {"RelatedRequirements": named[:MOST_REQUIREMENTS]} if named else {}


def _cut(text: str, member: str) -> str:
    longest = LONGEST_MEMBERS[member]
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
