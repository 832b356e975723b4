"""The report as a GitLab Code Quality artifact. Source: GitLab Docs, "Code Quality", "Code Quality report format"."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from tapeproof.gate.acceptance.fingerprint import fingerprint_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.gate.engine.report import Report, Result

__all__ = ["render"]

_SEVERITIES = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor"}


def render(report: Report) -> str:
    """Return the artifact: a list of what fails or cannot be told, and of what was not read.

    A fingerprint is of policy, resource and value, so that a finding that moves stays the same finding; a finding
    without a file stands in its root module's folder, line 1.
    """
    seen: Counter[str] = Counter()
    issues = []
    for result in report.notable:
        if result.verdict in {"fail", "unknown"}:
            mark = json.dumps(fingerprint_of(result))
            issues.append(_describe(result, f"{mark} {seen[mark]}"))
            seen[mark] += 1
    issues += map(_describe_unread, report.passed_over)
    return json.dumps(issues, indent=1) + "\n"


def _describe_unread(one: Mapping[str, str]) -> dict[str, Any]:
    return {
        "description": f"not read: {one['reason']}",
        "check_name": "TP_GATE",
        "fingerprint": hashlib.sha256(json.dumps(["not read", one["path"], one["reason"]]).encode()).hexdigest(),
        "severity": "info",
        "location": {"path": one["path"], "lines": {"begin": 1}},
    }


def _describe(result: Result, mark: str) -> dict[str, Any]:
    told = f"{result.resource}: {result.message}" if result.resource else result.message
    return {
        "description": f"{result.verdict}: {told}",
        "check_name": result.policy,
        "fingerprint": hashlib.sha256(mark.encode()).hexdigest(),
        "severity": _SEVERITIES[result.severity],
        "location": {"path": result.file or result.root, "lines": {"begin": max(result.line, 1)}},
    }
