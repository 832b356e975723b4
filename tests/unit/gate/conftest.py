"""Stacks of a few lines of Terraform; reports and results for the tests of outputs and waivers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.engine.report import Files, PolicySummary, Report, Result
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tapeproof.gate.engine.model import Stack

RETENTION = Result(
    root="stack",
    policy="TP_LOG_1",
    severity="high",
    verdict="fail",
    resource="aws_cloudwatch_log_group.trade",
    file="stack/logs.tf",
    line=3,
    column=23,
    end_line=3,
    end_column=24,
    message="logs are kept for 7 days, which is less than 30",
    fix="retention_in_days = 30",
    expected="at least 30 days",
    observed="7",
    source_line="  retention_in_days = 7",
)


@pytest.fixture
def stack_of(tmp_path: Path) -> Callable[[str], Stack]:
    """Return a function that reads source."""

    def make(source: str) -> Stack:
        (tmp_path / "main.tf").write_text(source)
        return read(tmp_path)

    return make


@pytest.fixture
def finding() -> Result:
    return RETENTION


@pytest.fixture
def policy() -> PolicySummary:
    return PolicySummary(
        id="TP_LOG_1",
        title="Log groups keep logs for at least 30 days",
        severity="high",
        rationale="Logs that are gone cannot be examined.",
        remediation="Set retention_in_days.",
        snippet="retention_in_days = 30",
        controls=({"framework": "nist-800-53-r5", "id": "AU-11"},),
    )


@pytest.fixture
def report(finding: Result, policy: PolicySummary) -> Report:
    """Return a report with every verdict in it, and a place that no file has."""
    waiver = {"reason": "moves to S3", "owner": "data desk", "expires": "2099-01-01", "source": "stack/logs.tf:9"}
    return Report(
        roots=("stack",),
        results=(
            finding,
            replace(
                finding, verdict="unknown", line=5, column=3, end_line=5, end_column=10, message="var.days is not set"
            ),
            replace(finding, verdict="waived", line=9, waiver=waiver),
            replace(finding, verdict="pass", line=12, message="", fix=""),
            replace(finding, verdict="pass", line=15, message="AWS deprecated nodejs18.x", warning=True),
            replace(finding, verdict="fail", file="", line=0, column=0, source_line="", front_end="live"),
        ),
        policies=(policy,),
        files=Files(on_disk=2, read=2),
        waivers=(
            {
                "policy": "TP_LOG_1",
                "resource": "",
                "file": "stack/logs.tf",
                "line": 9,
                "reason": "moves to S3",
                "owner": "data desk",
                "expires": "2099-01-01",
                "state": "used",
                "results": 1,
                "fault": "",
            },
        ),
    )
