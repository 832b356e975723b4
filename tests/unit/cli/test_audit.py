"""The options of `tapeproof audit`."""

from __future__ import annotations

import argparse

import pytest

from tapeproof import cli
from tapeproof.cli.audit import configure

COMMANDS = ["verify", "export", "prove", "check-proof", "pin", "drill", "prune"]


def _parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tapeproof audit")
    configure(parser)
    return parser.parse_args(arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", name, "--help"]) == 0
    assert f"usage: tapeproof audit {name}" in capsys.readouterr().out


def test_without_options_a_live_log_is_read_with_its_lines_and_records() -> None:
    asked = _parse("verify")
    assert (asked.folder, asked.witness_lines, asked.no_records) == (None, True, False)
    assert (asked.vkey, asked.pin, asked.witness, asked.quorum) == ([], [], [], 0)
    assert (asked.max_age, asked.line_lag, asked.engine, asked.format) == (600, 60, "local", "text")


def test_what_is_trusted_may_be_named_several_times() -> None:
    asked = _parse("verify", "f", "--pin", "a", "--pin", "b", "--vkey", "k", "--witness", "w", "--quorum", "1")
    assert ([str(pin) for pin in asked.pin], asked.vkey, asked.witness, asked.quorum) == (["a", "b"], ["k"], ["w"], 1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["verify", "--no-witness"], "--no-witness is --no-witness-lines now"),
        (["verify", "--jobs", "0"], "expected an integer of at least 1, got '0'"),
        (["verify", "--quorum", "two"], "expected an integer of at least 1, got 'two'"),
        (["verify", "--engine", "dask"], "there is no choice 'dask'"),
        (["drill", "f", "--jobs", "-1"], "--jobs"),
        (["export"], "folder"),
        (["prune", "--before", "20260131", "--export", "f", "--by", "me"], "expected an hour such as 2026013109"),
        (["prune", "--before", "2026013109", "--export", "f"], "--by"),
        (["unpick"], "there is no command 'unpick'"),
        ([], "COMMAND"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", *arguments]) == cli.EXIT_USAGE
    assert told in capsys.readouterr().err
