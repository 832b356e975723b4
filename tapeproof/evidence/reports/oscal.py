"""The verdicts as OSCAL assessment results 1.2.1 (NIST), streamed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tapeproof.evidence.reports.oscal_parts import (
    METHODS,
    build_finding,
    control_id,
    evidence_link,
    metadata,
    nist_controls,
    properties,
    reviewed_controls,
    risks,
    tool_component,
)
from tapeproof.evidence.reports.view import PROPERTY_NAMESPACE, Spools, identifier
from tapeproof.evidence.verifier.strict_json import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapeproof.evidence.reports.view import Output, View

__all__ = ["OscalReport"]


class OscalReport:
    """One observation for each policy and stage with every resource as a subject, one finding for each NIST control."""

    path = "reports/oscal-assessment-results.json"

    def begin(self, out: Output, view: View) -> None:
        """Write what comes before the observations."""
        self._out, self._view, self._spools = out, view, Spools()
        self._resources: dict[str, str] = {}
        run = view.run
        result = {
            "uuid": identifier(run["id"], "result"),
            "title": f"Evidence of run {run['id']}",
            "description": _description(view),
            "start": run["period"]["from"],
            "end": run["as_of"],
            "props": properties(
                ("run", run["id"]),
                ("evidence-digest", view.evidence_digest),
                ("simulated", str(run["simulated"]).lower()),
                ("signed", str(bool(view.signer)).lower()),
            ),
            "reviewed-controls": reviewed_controls(view),
        }
        head = {
            "uuid": identifier(run["id"], "assessment-results"),
            "metadata": metadata(view, "Assessment results"),
            "import-ap": {"href": "oscal-assessment-plan.json"},
        }
        text = _dump(head)[:-1] + ',"results":[' + _dump(result)[:-1]
        self._write('{"assessment-results":' + text)

    def row(self, row: Mapping[str, Any]) -> None:
        """Keep one subject of an observation."""
        address = row["resource"] or "(root)"
        subject = self._resources.get(address)
        if subject is None:
            subject = self._resources[address] = identifier(self._view.run["id"], "resource", address)
        key = (row["policy"], row["stage"])
        comma = "," if self._spools.count(key) else ""
        verdict = f'{{"name":"verdict","ns":"{PROPERTY_NAMESPACE}","value":"{row["verdict"]}"}}'
        self._spools.add(
            key,
            f'{comma}\n{{"props":[{verdict}],"subject-uuid":"{subject}","title":{quoted(address)},"type":"inventory-item"}}',
        )

    def end(self) -> None:
        """Write observations, resources, risks and findings."""
        keys = [*sorted(self._spools.keys()), *((gap.policy, gap.stage) for gap in self._view.gaps)]
        separator = ',"observations":['
        for policy, stage in dict.fromkeys(keys):
            self._write(separator + _dump(self._observation(policy, stage))[:-1])
            if self._spools.count((policy, stage)):
                self._write(',"subjects":[')
                for chunk in self._spools.chunks((policy, stage)):
                    self._out.write(chunk)
                self._write("]")
            self._write("}\n")
            separator = ","
        self._write("]" if keys else "")
        self._spools.close()
        self._write(',"local-definitions":' + _dump(self._local_definitions()))
        accepted = risks(self._view)
        if accepted:
            self._write(',"risks":' + _dump(accepted))
        findings = [build_finding(self._view, control) for control in nist_controls(self._view)]
        if findings:
            self._write(',"findings":' + _dump(findings))
        self._write("}]}}\n")

    def _observation(self, policy: str, stage: str) -> dict[str, Any]:
        view = self._view
        facts = view.policies.get(policy, {})
        status = next((one["stages"].get(stage) for one in view.assessment["policies"] if one["id"] == policy), None)
        gap = next((gap for gap in view.gaps if (gap.policy, gap.stage) == (policy, stage)), None)
        items = [item for item in view.items if item["stage"] == stage and policy in item["asserts"]]
        observation: dict[str, Any] = {
            "uuid": identifier(view.run["id"], "observation", policy, stage),
            "title": f"{policy} at {stage}: {facts.get('title', policy)}",
            "description": _describe_status(status, gap.reason if gap else ""),
            "methods": [METHODS.get(stage, "EXAMINE")],
            "types": ["control-objective"],
            "origins": [{"actors": [{"type": "tool", "actor-uuid": identifier(view.run["id"], "tool")}]}],
            "collected": max((item["collected"]["to"] for item in items), default=view.run["as_of"]),
            "props": properties(
                ("policy", policy), ("stage", stage), ("shows", view.effects_by_stage[stage]),
                *([("verdict", "not-evaluated")] if gap else []),
            ),
        }  # fmt: skip
        links = [evidence_link(item) for item in items]
        return {**observation, **({"relevant-evidence": links} if links else {})}

    def _local_definitions(self) -> dict[str, Any]:
        definitions: dict[str, Any] = {"components": [tool_component(self._view)]}
        if self._resources:
            definitions["inventory-items"] = [
                {"uuid": subject, "description": address} for address, subject in sorted(self._resources.items())
            ]
        return definitions

    def _write(self, text: str) -> None:
        self._out.write(text.encode("utf-8"))


def _dump(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _describe_status(status: Mapping[str, Any] | None, reason: str) -> str:
    if reason:
        return f"Not evaluated: {reason}"
    if status is None:
        return "Judged."
    counts = ", ".join(f"{count} {verdict}" for verdict, count in status["counts"].items() if count)
    return f"{counts} of {status['population']} resources."


def _description(view: View) -> str:
    kind = "SIMULATED: live evidence is from an emulator. " if view.run["simulated"] else ""
    return (
        f"{kind}Verdicts derived from the evidence in the bundle. A finding is satisfied only when live evidence of an "
        "account passes; design evidence alone leaves it not satisfied with the reason 'other'. Findings cover "
        f"{len({control_id(one['control']) for one in nist_controls(view)})} controls of NIST SP 800-53."
    )
