"""The verdicts as SARIF 2.1.0 (OASIS) by GitHub's rules: each has a place, and ``kind`` tells passes apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from tapeproof.evidence.reports.view import identifier, one_line
from tapeproof.evidence.verifier.layout import README_NAME
from tapeproof.evidence.verifier.strict_json import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import Output, View

__all__ = ["SarifReport"]

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Final = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
MOST_RESULTS: Final = 25_000
"""GitHub takes no more results in a run; where there are more, passes are left out and the run says how many."""
KINDS: Final = {"pass": "pass", "fail": "fail", "waived": "fail", "unknown": "open", "not-evaluated": "review"}


class SarifReport:
    """One run; every result says whether it is suppressed, as the standard asks once any of them does (3.27.23)."""

    path = "reports/results.sarif"

    def begin(self, out: Output, view: View) -> None:
        """Write the tool and its rules."""
        self._out, self._view, self._separator = out, view, ""
        self._rules = {policy: number for number, policy in enumerate(view.policies)}
        self._anywhere = _place({"file": _first_source(view), "line": 1})
        self._without_passes = _too_many(view)
        head = json.dumps(_run(view), ensure_ascii=False, sort_keys=True)
        self._write('{"$schema":' + json.dumps(SCHEMA) + ',"version":"2.1.0","runs":[' + head[:-1] + ',"results":[')

    def row(self, row: Mapping[str, Any]) -> None:
        """Write one result."""
        if self._without_passes and row["verdict"] == "pass":
            return
        reason = one_line(row, "message", "observed", "expected") or row["verdict"]
        self._result(row["policy"], row["verdict"], row["stage"], reason, row)

    def end(self) -> None:
        """Write what could not be judged, and close."""
        for gap in self._view.gaps:
            self._result(gap.policy, "not-evaluated", gap.stage, gap.reason, {})
        self._write("\n]}]}\n")

    def _result(self, policy: str, verdict: str, stage: str, message: str, row: Mapping[str, Any]) -> None:
        resource = row.get("resource", "")
        severity = self._view.policies.get(policy, {}).get("severity", "high")
        kind = KINDS[verdict]
        text = f"{resource}: {message}" if resource else message
        suppressions = json.dumps(_suppressions(row), ensure_ascii=False) if verdict == "waived" else "[]"
        evidence = ",".join(map(quoted, row.get("references", ())))
        # Written member by member: there may be a hundred thousand of them. verify.py counts how the lines begin.
        self._write(
            f'{self._separator}\n{{"properties":{{"verdict":"{verdict}","stage":"{stage}","evidence":[{evidence}]}},'
            f'"kind":"{kind}","level":"{LEVELS[severity] if kind == "fail" else "none"}",'
            f'"locations":{_locations(row, resource, self._anywhere)},"message":{{"text":{quoted(text)}}},'
            f'"ruleId":{quoted(policy)},"ruleIndex":{self._rules.get(policy, -1)},"suppressions":{suppressions}}}'
        )
        self._separator = ","

    def _write(self, text: str) -> None:
        self._out.write(text.encode("utf-8"))


def _too_many(view: View) -> bool:
    return sum(view.rows_by_verdict.values()) > MOST_RESULTS


def _run(view: View) -> dict[str, Any]:
    tool = view.run["tool"]
    rules = [_rule(policy) for policy in view.policies.values()]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "tapeproof", "version": tool["version"], "rules": rules}},
        "automationDetails": {"id": f"evidence/{view.run['id']}", "guid": identifier(view.run["id"], "sarif")},
        "originalUriBaseIds": {"SOURCES": {"description": {"text": "the folder that the gate was run in"}}},
        "properties": {
            "evidenceDigest": view.evidence_digest,
            "simulated": view.run["simulated"],
            "signed": bool(view.signer),
            "passesLeftOut": view.rows_by_verdict.get("pass", 0) if _too_many(view) else 0,
        },
        "columnKind": "unicodeCodePoints",
    }
    if view.run.get("repository"):
        provenance = {"repositoryUri": view.run["repository"], "revisionId": view.run["commit"]}
        run["versionControlProvenance"] = [{**provenance, "mappedTo": {"uriBaseId": "SOURCES"}}]
    return run


def _rule(policy: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": policy["id"],
        "shortDescription": {"text": policy["title"]},
        "fullDescription": {"text": " ".join(policy["rationale"].split())},
        "help": {"text": " ".join(policy["remediation"].split())},
        "defaultConfiguration": {"level": LEVELS[policy["severity"]]},
        "properties": {"kind": policy["kind"], "severity": policy["severity"]},
    }


def _first_source(view: View) -> str:
    """Return the file that stands for what has no place in the source; the README where there is no source."""
    prefix = "raw/files/"
    files = [raw["path"][len(prefix) :] for item in view.items for raw in item["raw"] if raw["path"].startswith(prefix)]
    return min((path for path in files if path.endswith(".tf")), default=README_NAME)


def _locations(row: Mapping[str, Any], resource: str, anywhere: str) -> str:
    logical = f'"logicalLocations":[{{"fullyQualifiedName":{quoted(resource)},"kind":"resource"}}]' if resource else ""
    places = [_place(one) for one in row.get("findings", ()) if one.get("file") and one.get("line")]
    places = places or [anywhere]
    return "[" + ",".join(f"{{{logical}{',' if logical else ''}{place}}}" for place in places) + "]"


def _place(finding: Mapping[str, Any]) -> str:
    line, column = finding["line"], finding.get("column") or 1
    artifact = f'{{"uri":{quoted(quote(str(finding["file"])))},"uriBaseId":"SOURCES"}}'
    region = f'{{"startLine":{line},"startColumn":{column},"endLine":{line},"endColumn":{column + 1}}}'
    return f'"physicalLocation":{{"artifactLocation":{artifact},"region":{region}}}'


def _suppressions(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    waivers = [one["waiver"] for one in row.get("findings", ()) if one.get("waiver")]
    text = str(waivers[0]) if waivers else "waived"
    return [{"kind": "external", "status": "accepted", "justification": text}]
