"""A large answer in short: nothing is hidden, it is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.gate.outputs.concise import MANY, render

if TYPE_CHECKING:
    from pathlib import Path

    from tapeproof.gate.engine.report import Report, Result


def _many(finding: Result, number: int) -> tuple[Result, ...]:
    return tuple(
        replace(finding, root=f"root-{at % 15}", file=f"root-{at % 15}/a.tf", line=at + 1) for at in range(number)
    )


def test_policies_roots_and_causes_are_counted(report: Report, finding: Result) -> None:
    unknown = [replace(one, verdict="unknown", message="var.days has no value") for one in _many(finding, 19)]
    said = render(replace(report, results=(*_many(finding, 100), *unknown)))
    assert "TP_LOG_1   high         100       19     15  Log groups keep logs for at least 30 days" in said
    assert "     19  var.days has no value" in said
    assert "and 3 more root modules" in said
    assert "and 109 more; --format full shows all" in said
    assert said.splitlines()[-1].startswith("100 findings, 19 unknown")


def test_the_worst_come_first(report: Report, finding: Result) -> None:
    critical = replace(finding, severity="critical", policy="TP_IAM_1", file="z.tf", line=9)
    said = render(replace(report, results=(*_many(finding, 50), critical)))
    assert said.splitlines()[1].startswith("TP_IAM_1   critical")
    assert next(line for line in said.splitlines() if ": FAIL " in line).startswith("z.tf:9:23: FAIL TP_IAM_1")


def test_names_cannot_steer_a_terminal(report: Report, finding: Result) -> None:
    evil = "x\x1b[2J\n::error::"
    said = render(replace(report, results=(replace(finding, root=evil, file=evil, message=evil, resource=evil),)))
    assert "\x1b" not in said
    assert "\n::error" not in said


def test_nothing_wrong_is_one_line(report: Report) -> None:
    assert render(replace(report, results=(), waivers=())).count("\n") == 1


@pytest.mark.parametrize(("number", "short"), [(MANY, False), (MANY + 1, True)])
def test_text_is_short_for_many_findings_and_full_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, *, short: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    block = 'resource "aws_cloudwatch_log_group" "g{0}" {{\n  name = "/aws/{0}"\n  retention_in_days = 7\n}}\n'
    (tmp_path / "main.tf").write_text("".join(block.format(at) for at in range(number)))
    check = ["gate", "check", "--policy", "TP_LOG_1", "--no-cache"]
    cli.main(check)
    assert ("--format full" in capsys.readouterr().out) is short
    cli.main([*check, "--format", "full"])
    assert capsys.readouterr().out.count(": FAIL TP_LOG_1") == number
