"""What is misspelt is told with what was probably meant."""

from __future__ import annotations

import argparse

import pytest

from tapeproof import cli
from tapeproof.cli.parser import Parser, suggest


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("gaet check", "there is no command 'gaet': did you mean gate?"),
        ("gate chekc", "there is no command 'chekc': did you mean check?"),
        ("gate check --formt json", "unrecognized arguments: --formt: did you mean --format?"),
        ("gate check --formt=json", "unrecognized arguments: --formt=json: did you mean --format?"),
        ("gate check --accept-ne", "unrecognized arguments: --accept-ne: did you mean --accept-new?"),
        ("gate check --format jsn", "argument --format/--output-format: there is no choice 'jsn': did you mean json?"),
        ("evidence veirfy", "there is no command 'veirfy': did you mean verify?"),
        ("gate zzz", "there is no command 'zzz'; there is check"),
    ],
)
def test_a_misspelling_is_told_with_what_was_meant(line: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(line.split()) == cli.EXIT_USAGE
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("columns", ["", "0", "wide", "50", "120"])
def test_help_is_as_wide_as_argparse_makes_it(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ours, theirs = Parser(prog="x"), argparse.ArgumentParser(prog="x")
    for parser in (ours, theirs):
        parser.add_argument("--option", help="words " * 60)
    assert ours.format_help() == theirs.format_help()


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert suggest("zzz", ["check", "list"]) == ""
