"""SARIF 2.1.0: valid by its schema, and with nothing hidden."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from tapeproof.gate.outputs import sarif
from tests.places import SHARED

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Report, Result

SCHEMA = SHARED / "schemas" / "sarif-schema-2.1.0.json"


@pytest.mark.shared
def test_sarif_is_valid_by_the_schema_of_oasis(report: Report) -> None:
    if not SCHEMA.exists():
        pytest.skip(f"{SCHEMA} is not here")
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for candidate in (report, replace(report, results=()), replace(report, problems=("a file cannot be read",))):
        errors = [error.message for error in validator.iter_errors(json.loads(sarif.render(candidate)))]
        assert not errors


def test_sarif_marks_all_results_or_none_as_suppressed_or_not(report: Report) -> None:
    results = json.loads(sarif.render(report))["runs"][0]["results"]
    assert all("suppressions" in result for result in results)
    assert sum(bool(result["suppressions"]) for result in results) == 1
    without = replace(report, results=tuple(result for result in report.results if result.verdict != "waived"))
    assert not any("suppressions" in result for result in json.loads(sarif.render(without))["runs"][0]["results"])


def test_sarif_does_not_hide_what_could_not_be_judged(report: Report) -> None:
    run = json.loads(sarif.render(report))["runs"][0]
    (unknown,) = (result for result in run["results"] if result["kind"] == "open")
    assert unknown["level"] == "none"
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "var.days is not set" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_points_rules_by_index_and_keeps_fingerprints_apart(report: Report) -> None:
    run = json.loads(sarif.render(report))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    prints = [result["partialFingerprints"]["tapeproof/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_fingerprints_survive_moved_lines(report: Report, finding: Result) -> None:
    moved = replace(report, results=(replace(finding, line=99, end_line=99),))
    first = json.loads(sarif.render(replace(report, results=(finding,))))["runs"][0]["results"][0]
    second = json.loads(sarif.render(moved))["runs"][0]["results"][0]
    assert first["partialFingerprints"] == second["partialFingerprints"]


def test_sarif_has_a_rule_for_what_the_gate_says_of_itself(report: Report, finding: Result) -> None:
    run = json.loads(sarif.render(replace(report, results=(replace(finding, policy="TP_GATE"),))))["runs"][0]
    result = run["results"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "TP_GATE"
