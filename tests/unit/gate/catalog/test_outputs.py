"""Outputs: what people and programs are told is what the report holds, in forms that other programs accept."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import jsonschema_rs
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from tapeproof.gate.engine.report import Report, Result
from tapeproof.gate.outputs import json_report, junit, sarif, text
from tests.places import SHARED

SCHEMA = SHARED / "schemas" / "sarif-schema-2.1.0.json"


def test_text_points_at_the_offending_value(report: Report) -> None:
    lines = text.render(report).splitlines()
    at = lines.index("     3 |   retention_in_days = 7")
    assert lines[at + 1].index("^") == lines[at].index("7")
    assert lines[at + 1].count("^") == 1


def test_text_names_place_policy_resource_reason_control_and_fix(report: Report) -> None:
    told = text.render(report)
    for part in (
        "stack/logs.tf:3:23: FAIL TP_LOG_1 aws_cloudwatch_log_group.trade (high, hcl)",
        "logs are kept for 7 days, which is less than 30",
        "nist-800-53-r5 AU-11",
        "fix: retention_in_days = 30",
    ):
        assert part in told


def test_text_lists_unknowns_warnings_and_waivers_and_counts_all(report: Report) -> None:
    told = text.render(report)
    assert "UNKNOWN TP_LOG_1" in told
    assert "WARNING TP_LOG_1" in told
    assert "WAIVER TP_LOG_1: used, 1 results" in told
    assert "moves to S3 (data desk, until 2099-01-01)" in told
    assert told.endswith(
        "2 findings, 1 unknown, 2 passed, 1 waived, 1 warning; 1 policy, 1 root module, 2 of 2 files read\n"
    )


def test_text_is_plain_unless_colour_is_asked_for(report: Report) -> None:
    assert "\x1b" not in text.render(report)
    assert "\x1b[" in text.render(report, colour=True)


def test_text_says_the_same_in_colour(report: Report) -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", text.render(report, colour=True)) == text.render(report)


def test_text_tells_instances_of_one_line_once(report: Report, finding: Result) -> None:
    instances = tuple(replace(finding, resource=f'aws_cloudwatch_log_group.all["{key}"]') for key in "abc")
    told = text.render(replace(report, results=instances))
    assert told.count("logs are kept for 7 days") == 1
    assert 'aws_cloudwatch_log_group.all["a"] and 2 more' in told


def test_text_lets_nothing_in_source_move_the_cursor(report: Report, finding: Result) -> None:
    hostile = replace(finding, source_line="\x1b[2J\x07 = 7", message="a\u202eb\x1b]0;x\x07", resource="x\r\x1b[A")
    told = text.render(replace(report, results=(hostile,)))
    assert not any(character in told for character in "\x1b\x07\r\u202e")


def test_text_keeps_the_caret_under_wide_characters_and_tabs(report: Report, finding: Result) -> None:
    line = '\tname = "市場" + 7'
    at = line.index("7") + 1
    told = text.render(replace(report, results=(replace(finding, source_line=line, column=at, end_column=at + 1),)))
    shown, carets = told.splitlines()[2:4]
    assert carets.index("^") == shown.index("7") + 2  # two characters take two columns each


def test_text_cuts_a_long_line_around_the_value(report: Report, finding: Result) -> None:
    line = "x" * 5000 + "7" + "y" * 5000
    told = text.render(replace(report, results=(replace(finding, source_line=line, column=5001, end_column=5002),)))
    shown, carets = told.splitlines()[2:4]
    assert len(shown) < 200
    assert shown[carets.index("^")] == "7"


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


def test_junit_is_read_back_with_the_same_numbers(report: Report) -> None:
    suites = JUnitXml.fromstring(junit.render(report).encode())
    (suite,) = suites
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (6, 2, 1, 1)
    kinds = [type(case.result[0]) for case in suite if case.result]
    assert (kinds.count(Failure), kinds.count(Error), kinds.count(Skipped)) == (2, 1, 1)


def test_junit_tells_problems_as_errors(report: Report) -> None:
    suites = JUnitXml.fromstring(junit.render(replace(report, results=(), problems=("cannot read a.tf",))).encode())
    assert suites.errors == 1
    assert "cannot read a.tf" in junit.render(replace(report, problems=("cannot read a.tf",)))


def test_junit_survives_what_xml_has_no_form_for(report: Report, finding: Result) -> None:
    hostile = replace(finding, message="a\x00b\x1b]]>&<\ufffe", source_line="\x08", resource="\ud800")
    JUnitXml.fromstring(junit.render(replace(report, results=(hostile,))).encode())


@pytest.mark.parametrize(
    "name", ["::error::x.tf", "##vso[task.complete]x.tf", "a\n::error::x.tf", "a\r::set-output::x.tf", "a\x1b[2Jx.tf"]
)
def test_no_name_of_a_file_is_a_command_to_a_terminal_or_a_ci_system(report: Report, name: str) -> None:
    named = replace(report, results=tuple(replace(result, file=name, root=name) for result in report.results))
    waivers = tuple({**waiver, "file": name} for waiver in report.waivers)
    told = text.render(replace(named, waivers=waivers, passed_over=({"path": name, "reason": name},)))
    assert not [line for line in re.split(r"[\n\r]", told) if line.startswith(("::", "##"))]
    assert "\x1b" not in told
