"""Annotations that GitHub reads, whatever is in names and messages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tapeproof.gate.outputs.github import render

if TYPE_CHECKING:
    from tapeproof.gate.engine.report import Report, Result


def _of(report: Report, result: Result) -> list[str]:
    return render(replace(report, results=(result,))).splitlines()


def test_a_finding_is_an_error_at_its_place(report: Report, finding: Result) -> None:
    (line,) = _of(report, finding)
    place = "file=stack/logs.tf,line=3,endLine=3,col=23,endColumn=24,title=TP_LOG_1 fail"
    told = (
        "aws_cloudwatch_log_group.trade: logs are kept for 7 days, which is less than 30. Fix: retention_in_days = 30"
    )
    assert line == f"::error {place}::{told}"


def test_what_could_not_be_told_is_an_error_and_a_pass_is_nothing(report: Report, finding: Result) -> None:
    assert _of(report, replace(finding, verdict="unknown"))[0].startswith("::error ")
    assert _of(report, replace(finding, verdict="pass")) == []
    assert _of(report, replace(finding, verdict="pass", warning=True))[0].startswith("::warning ")


def test_no_name_or_message_starts_a_command_of_its_own(report: Report, finding: Result) -> None:
    evil = "a,b:c\n::error file=x::forged\r50%"
    lines = _of(report, replace(finding, file=evil, message=evil, resource=evil))
    assert len(lines) == 1
    assert "file=a%2Cb%3Ac%0A%3A%3Aerror file=x%3A%3Aforged%0D50%25," in lines[0]


def test_problems_are_told(report: Report) -> None:
    assert "::error title=TP_GATE::no such folder\n" in render(replace(report, problems=("no such folder",)))


def test_what_was_not_read_is_told(report: Report) -> None:
    told = render(replace(report, passed_over=({"path": "a\nb", "reason": "a link to a folder"},)))
    assert "::notice title=TP_GATE::not read: a%0Ab (a link to a folder)\n" in told
