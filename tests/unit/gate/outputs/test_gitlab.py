"""A Code Quality artifact that GitLab reads."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tapeproof.gate.outputs.gitlab import render

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Report, Result


def _of(report: Report, *results: Result) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads(render(replace(report, results=results)))
    return issues


def test_an_issue_has_what_the_format_asks_for(report: Report, finding: Result) -> None:
    (issue,) = _of(report, finding)
    assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert (issue["check_name"], issue["severity"]) == ("TP_LOG_1", "critical")
    assert issue["location"] == {"path": "stack/logs.tf", "lines": {"begin": 3}}
    assert "logs are kept for 7 days" in issue["description"]


def test_fingerprints_are_unique_and_survive_a_move_but_not_a_worse_value(report: Report, finding: Result) -> None:
    first, second = _of(report, finding, finding)
    assert first["fingerprint"] != second["fingerprint"]
    (moved,) = _of(report, replace(finding, line=90, end_line=90))
    assert moved["fingerprint"] == first["fingerprint"]
    (worse,) = _of(report, replace(finding, observed="1"))
    assert worse["fingerprint"] != first["fingerprint"]


def test_passes_and_waived_findings_are_no_issues(report: Report, finding: Result) -> None:
    assert _of(report, replace(finding, verdict="pass"), replace(finding, verdict="waived")) == []


def test_a_finding_without_a_file_has_a_place_all_the_same(report: Report, finding: Result) -> None:
    (issue,) = _of(report, replace(finding, file="", line=0, column=0))
    assert issue["location"] == {"path": "stack", "lines": {"begin": 1}}


def test_what_was_not_read_is_an_issue_for_information(report: Report) -> None:
    left = {"path": "old", "reason": "a link to a folder"}
    (issue,) = json.loads(render(replace(report, results=(), passed_over=(left,))))
    assert (issue["severity"], issue["location"]["path"]) == ("info", "old")
    assert issue["description"] == "not read: a link to a folder"
