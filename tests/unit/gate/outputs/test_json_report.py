"""The report as JSON, whole and as evidence reads it."""

from __future__ import annotations

import json

from tapeproof.gate.engine.report import Report
from tapeproof.gate.outputs import json_report


def test_json_holds_the_whole_report(report: Report) -> None:
    rendered = json_report.render(report)
    data = json.loads(rendered)
    assert data["version"] == 1
    assert data["counts"] == {"pass": 2, "fail": 2, "unknown": 1, "waived": 1, "warning": 1}
    assert json_report.render(Report.from_data(data)) == rendered


def test_json_results_carry_what_evidence_reads(report: Report) -> None:
    first = json.loads(json_report.render(report))["results"][0]
    wanted = {"root", "policy", "verdict", "resource", "file", "line", "column", "message", "fix", "front_end"}
    assert wanted <= first.keys()
