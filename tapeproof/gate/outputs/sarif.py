"""The report as SARIF 2.1.0 (OASIS, errata 01), for code-scanning services and editors."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tapeproof.gate.engine.report import PolicySummary, Report, Result

__all__ = ["render"]

_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SECURITY_SEVERITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "3.0"}
_GATE = "TP_GATE"


def render(report: Report) -> str:
    """Return one SARIF log with one run.

    FAIL is of kind ``fail``; UNKNOWN of kind ``open`` (there was not enough information to decide), and because some
    readers leave those out, it is also an error notification of an execution that did not succeed. A warning is of kind
    ``review``. Passes are left out. When anything is waived, every result says whether it is suppressed (3.27.23).
    """
    shown = report.notable
    identifiers = [policy.id for policy in report.policies]
    if any(result.policy not in identifiers for result in shown):
        identifiers.append(_GATE)
    run: dict[str, Any] = {
        "tool": {"driver": _driver(report)},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "tapeproof/gate/"},
        "invocations": [_invocation(report)],
        "results": _results(shown, {identifier: at for at, identifier in enumerate(identifiers)}),
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _driver(report: Report) -> dict[str, Any]:
    rules = [_rule(policy) for policy in report.policies]
    if any(result.policy == _GATE for result in report.notable):
        rules.append({"id": _GATE, "shortDescription": {"text": "The gate could read and judge everything"}})
    return {"name": "tapeproof", "semanticVersion": _version(), "rules": rules}


def _version() -> str:
    try:
        return version("tapeproof")
    except PackageNotFoundError:  # a copy that runs without being installed
        return "0.0.0"


def _rule(policy: PolicySummary) -> dict[str, Any]:
    controls = [f"{control['framework']} {control['id']}" for control in policy.controls]
    return {
        "id": policy.id,
        "name": "".join(word.capitalize() for word in policy.title.replace(",", "").split()),
        "shortDescription": {"text": policy.title},
        "fullDescription": {"text": policy.rationale},
        "help": {
            "text": policy.remediation,
            "markdown": f"{policy.remediation}\n\n```hcl\n{policy.snippet}\n```\n",
        },
        "defaultConfiguration": {"level": _LEVELS[policy.severity]},
        "properties": {
            "security-severity": _SECURITY_SEVERITY[policy.severity],
            "tags": ["security", "terraform", *controls],
        },
    }


def _invocation(report: Report) -> dict[str, Any]:
    unknown = [result for result in report.notable if result.verdict == "unknown"]
    texts = [*report.problems, *(f"{result.policy} {result.resource}: {result.message}" for result in unknown)]
    if report.files.read != report.files.on_disk:
        texts.append(f"{report.files.read} of {report.files.on_disk} files were read")
    notifications = [{"level": "error", "message": {"text": text}} for text in texts]
    left = [f"not read: {one['path']} ({one['reason']})" for one in report.passed_over]
    return {
        "executionSuccessful": not notifications,
        "exitCode": report.exit_status,
        "toolExecutionNotifications": notifications,
        "toolConfigurationNotifications": [{"level": "note", "message": {"text": text}} for text in left],
    }


def _results(shown: Sequence[Result], indices: Mapping[str, int]) -> list[dict[str, Any]]:
    suppresses = any(result.verdict == "waived" for result in shown)
    seen: Counter[str] = Counter()
    listed = []
    for result in shown:
        entry = _result(result, indices)
        digest = _fingerprint(result)
        seen[digest] += 1
        entry["partialFingerprints"] = {"tapeproof/v1": f"{digest}:{seen[digest]}"}
        if suppresses:
            entry["suppressions"] = _suppressions(result)
        listed.append(entry)
    return listed


def _result(result: Result, indices: Mapping[str, int]) -> dict[str, Any]:
    kind = {"fail": "fail", "waived": "fail", "unknown": "open"}.get(result.verdict, "review")
    text = result.message + (f"\nFix: {result.fix}" if result.fix else "")
    return {
        "ruleId": result.policy if result.policy in indices else _GATE,
        "ruleIndex": indices[result.policy] if result.policy in indices else indices[_GATE],
        "kind": kind,
        "level": _LEVELS.get(result.severity, "error") if kind == "fail" else "none",
        "message": {"text": text},
        "locations": _locations(result),
        "properties": {
            "root": result.root,
            "frontEnd": result.front_end,
            "expected": result.expected,
            "observed": result.observed,
        },
    }


def _locations(result: Result) -> list[dict[str, Any]]:
    location: dict[str, Any] = {}
    if result.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(result.file.replace("\\", "/"))}}
        if result.line:
            physical["region"] = _region(result)
        location["physicalLocation"] = physical
    if result.resource:
        location["logicalLocations"] = [{"fullyQualifiedName": result.resource, "kind": "resource"}]
    return [location] if location else []


def _region(result: Result) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": result.line, "startColumn": max(result.column, 1)}
    if (result.end_line, result.end_column) > (result.line, result.column):
        region |= {"endLine": result.end_line, "endColumn": result.end_column}
    if result.source_line:
        region["snippet"] = {"text": result.source_line}
    return region


def _suppressions(result: Result) -> list[dict[str, Any]]:
    if result.verdict != "waived" or result.waiver is None:
        return []
    waiver = result.waiver
    inline = not waiver.get("source", "").startswith(".tapeproof-waivers.yaml")
    text = f"{waiver['reason']} ({waiver['owner']}, until {waiver['expires'] or 'it is mended'})"
    return [{"kind": "inSource" if inline else "external", "status": "accepted", "justification": text}]


def _fingerprint(result: Result) -> str:
    """Return what stays the same when lines move."""
    parts: Iterable[str] = (result.policy, result.root, result.resource, result.file, result.source_line.strip())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
