"""The options of `tapeproof evidence`."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tapeproof import cli
from tapeproof.cli.evidence import configure

COMMANDS = ["collect", "report", "verify", "recheck", "diff", "show", "accept-risk", "verifier"]
RISK = [
    "accept-risk",
    "--owner",
    "a",
    "--approver",
    "b",
    "--reason",
    "c",
    "--compensating",
    "d",
    "--expires",
    "2027-01-01",
]


def _parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tapeproof evidence")
    configure(parser)
    return parser.parse_args(arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evidence", name, "--help"]) == 0
    assert f"usage: tapeproof evidence {name}" in capsys.readouterr().out


def test_what_is_not_given_is_not_evaluated() -> None:
    asked = _parse("report")
    assert (asked.live, asked.plan, asked.state, asked.audit_export, asked.pin) == (False, None, None, None, [])
    assert (asked.root, asked.sample, asked.cadence_days, asked.key, asked.kms_key) == (
        Path("stack"),
        25,
        0,
        None,
        None,
    )


@pytest.mark.parametrize("text", ["", "2026-01-01", "2026-01-01T09:30:00Z", "20260101"])
def test_a_period_begins_on_a_day_or_at_a_moment(text: str) -> None:
    assert _parse("report", "--period-from", text).period_from == text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["report", "--period-from", "soon"], "'soon' is not a day or moment"),
        (["report", "--sample", "0"], "expected an integer of at least 1, got '0'"),
        (["report", "--cadence-days", "weekly"], "expected an integer of at least 1, got 'weekly'"),
        (["report", "--suffix", "a\x1b[2J"], "holds marks that cannot be printed"),
        (["report", "--region", "us-east-1\n"], "holds marks that cannot be printed"),
        (RISK, "--policy --control"),
        ([*RISK, "--policy", "TP_LOG_1", "--control", "x"], "not allowed with"),
        ([*RISK, "--policy", "TP_LOG_1", "--id", "a\nb"], "holds marks that cannot be printed"),
        (RISK[:-2], "--expires"),
        (["diff", "one"], "new"),
        ([], "command"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evidence", *arguments]) == cli.EXIT_USAGE
    said = capsys.readouterr().err
    assert told in said
    assert "\x1b" not in said


def test_a_reason_may_have_several_lines_and_no_other_marks() -> None:
    several = [*RISK, "--policy", "TP_LOG_1"]
    several[several.index("c")] = "first\nsecond"
    assert _parse(*several).reason == "first\nsecond"


def test_a_place_that_cannot_be_written_is_named_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    risks = tmp_path / "none" / "file" / "risks.yaml"
    (tmp_path / "none").write_text("")
    status = cli.main(["evidence", *RISK, "--policy", "TP_LOG_1", "--risks", str(risks)])
    assert status not in {0, 1, cli.EXIT_FAULT}
    assert str(tmp_path / "none") in capsys.readouterr().err
