"""Text for people: what the report holds, at its place, and nothing that moves the cursor."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.outputs import text

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Report, Result


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
    assert "WAIVER TP_LOG_1: used, 1 result\n" in told
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


@pytest.mark.parametrize(
    "name", ["::error::x.tf", "##vso[task.complete]x.tf", "a\n::error::x.tf", "a\r::set-output::x.tf", "a\x1b[2Jx.tf"]
)
def test_no_name_of_a_file_is_a_command_to_a_terminal_or_a_ci_system(report: Report, name: str) -> None:
    named = replace(report, results=tuple(replace(result, file=name, root=name) for result in report.results))
    waivers = tuple({**waiver, "file": name} for waiver in report.waivers)
    told = text.render(replace(named, waivers=waivers, passed_over=({"path": name, "reason": name},)))
    assert not [line for line in re.split(r"[\n\r]", told) if line.startswith(("::", "##"))]
    assert "\x1b" not in told


def test_text_names_what_other_providers_make(report: Report) -> None:
    made = [("resource", "acme_box", 2), ("data", "acme_box", 1), ("resource", "b_c", 1), ("resource", "d_e", 1)]
    scope = [
        {"kind": kind, "type": type_, "number": number, "policies": [], "outside": "other_provider"}
        for kind, type_, number in (*made, ("provider", "acme", 1))
    ]
    scope.append({"kind": "data", "type": "aws_region", "number": 1, "policies": [], "outside": "data_source"})
    told = text.render(replace(report, scope=tuple(scope)))
    assert "about AWS: acme_box (2), data.acme_box (1), b_c (1) and 1 more type\n" in told
    assert "about AWS" not in text.render(report)
