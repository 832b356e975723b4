"""The options of `tapeproof gate`, and what its commands write."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.cli.gate import configure, configure_only
from tapeproof.cli.parser import Parser

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ["check", "explain", "list", "baseline", "fix", "delivery", "who-can", "access-diff", "decide"]
GROUP = 'variable "days" {}\nresource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = var.days\n}\n'
HOSTILE = "a\x1b[2J\n::error::\u202e"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAPEPROOF_CACHE_DIR", str(tmp_path / ".cache"))
    (tmp_path / "main.tf").write_text(GROUP)
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gate", name, "--help"]) == 0
    assert f"usage: tapeproof gate {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_added_alone_reads_its_arguments_as_beside_the_others(name: str) -> None:
    alone, together = Parser(prog="tapeproof gate"), Parser(prog="tapeproof gate")
    configure_only(alone, name)
    configure(together)
    (one,), all_of_them = _commands_of(alone).values(), _commands_of(together)
    assert one.format_help() == all_of_them[name].format_help()
    assert alone.add_others is not None
    alone.add_others()
    assert _commands_of(alone).keys() == all_of_them.keys()


def _commands_of(parser: Parser) -> dict[str, argparse.ArgumentParser]:
    (choices,) = (one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return dict(choices or {})


def test_without_a_command_the_commands_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gate"]) == cli.EXIT_USAGE
    told = capsys.readouterr().err
    assert [name for name in COMMANDS if name not in told.split()] == []


@pytest.mark.parametrize(("days", "status"), [("30", 0), ("7", 1), (None, 2)])
def test_the_status_says_pass_findings_or_unknown(days: str | None, status: int) -> None:
    given = [] if days is None else ["--var", f"days={days}"]
    assert cli.main(["gate", "check", "--policy", "TP_LOG_1", *given]) == status


@pytest.mark.parametrize("given", ["days", "", "\x1b[2J"])
def test_a_value_without_a_name_is_refused(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gate", "check", "--var", given]) == 2
    said = capsys.readouterr().err
    assert "must be of the form name=value" in said
    assert "\x1b" not in said


def test_a_value_may_hold_an_equals_sign_or_be_empty() -> None:
    assert cli.main(["gate", "check", "--policy", "TP_LOG_1", "--var", "days=30", "--var", "days=7=7"]) == 2
    assert cli.main(["gate", "check", "--policy", "TP_LOG_1", "--var", "days="]) != 0


@pytest.mark.parametrize("chosen", ["text", "concise", "full", "github", "gitlab", "json", "sarif", "junit"])
def test_every_format_is_written_to_a_file_or_to_standard_output_alike(
    project: Path, chosen: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    asked = ["gate", "check", "--policy", "TP_LOG_1", "--var", "days=7", "--format", chosen]
    assert cli.main(asked) == 1
    told = capsys.readouterr().out
    assert cli.main([*asked, "--output", "report"]) == 1
    assert capsys.readouterr().out == ""
    written = (project / "report").read_text(encoding="utf-8")
    assert len(written) == len(told)
    assert "TP_LOG_1" in written


def test_a_report_that_cannot_be_written_is_an_error_and_no_verdict(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["gate", "check", "--var", "days=30", "--output", str(project / "none" / "report")]) == 2
    assert "cannot be written: No such file" in capsys.readouterr().err


def test_names_that_others_chose_steer_no_terminal_and_begin_no_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = {"principal": {"kind": "anonymous"}, "action": "s3:Get", "resource": "arn:aws:s3:::x"}
    (project / "cases.json").write_text(json.dumps([{"id": HOSTILE, "policies": {}, "request": request}]))
    assert cli.main(["gate", "decide", "cases.json"]) == 0
    keys = 'toset(["a\\u001b[2J\\n::error::\\u202e"])'
    rules = f'resource "aws_cloudwatch_event_rule" "r" {{\n  for_each = {keys}\n  name = each.key\n}}\n'
    (project / "main.tf").write_text(rules)
    assert cli.main(["gate", "delivery"]) in {0, 1, 2}
    told = capsys.readouterr().out
    assert "aws_cloudwatch_event_rule.r" in told
    assert not set("\x1b\u202e") & set(told)
    assert not [line for line in told.splitlines() if line.startswith("::")]


def test_a_stack_that_sends_nothing_is_told_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "main.tf").write_text('resource "aws_sns_topic" "t" {}\n', encoding="utf-8")
    assert cli.main(["gate", "delivery"]) == 0
    assert capsys.readouterr().out == "nothing here sends events\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["who-can", "--as"],
        ["delivery", "--root", ".", "--live"],
        ["check", "--format", "xml"],
        ["delivery", "--format", "png"],
        ["judge"],
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str]) -> None:
    assert cli.main(["gate", *arguments]) == cli.EXIT_USAGE
