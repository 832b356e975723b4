"""The command lines of `tapeproof ops` and `tapeproof local`: what they take and refuse before anything is started."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

import pytest

from tapeproof import cli
from tapeproof.cli.ops import configure
from tapeproof.ops.errors import NoStackError
from tapeproof.ops.target import read_outputs

if TYPE_CHECKING:
    from pathlib import Path


def _parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tapeproof ops")
    configure(parser)
    return parser.parse_args(arguments)


LOCAL = ["up", "apply", "destroy", "down", "demo"]
OPS = ["replay", "status", "latest", "trades", "redrive"]


@pytest.mark.parametrize(("group", "name"), [*(("local", name) for name in LOCAL), *(("ops", name) for name in OPS)])
def test_every_command_explains_itself(group: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([group, name, "--help"]) == 0
    assert f"usage: tapeproof {group} {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", OPS)
def test_the_words_of_before_say_the_new_ones_and_do_the_same(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["local", name, "--help"]) == 0
    said = capsys.readouterr()
    assert said.err == f"tapeproof local {name} is now tapeproof ops {name}\n"
    assert f"usage: tapeproof ops {name}" in said.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["local"],
        ["ops"],
        ["local", "start"],
        ["local", "up", "--port", "80"],
        ["local", "up", "--port", "70000"],
        ["local", "up", "--port", "http"],
        ["ops", "replay", "--rate", "0"],
        ["ops", "replay", "--rate", "inf"],
        ["ops", "replay", "--rate", "fast"],
        ["ops", "replay", "--speed", "-1"],
        ["ops", "replay", "--speed", "2", "--rate", "5"],
        ["ops", "replay", "--limit", "0"],
        ["ops", "latest"],
        ["ops", "trades", "BTC-USD", "--limit", "-5"],
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str]) -> None:
    assert cli.main(arguments) == cli.EXIT_USAGE


def test_speed_is_a_multiple_or_max() -> None:
    assert _parse("replay").speed == 1.0
    assert _parse("replay", "--speed", "2.5").speed == 2.5
    assert _parse("replay", "--speed", "max").speed is None


@pytest.mark.parametrize(
    ("group", "name"),
    [("local", "apply"), ("ops", "replay"), ("ops", "status"), ("ops", "redrive"), ("local", "destroy")],
)
def test_without_a_running_stack_a_command_says_how_to_start_one(
    group: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([group, name, "--dir", str(tmp_path)]) == NoStackError.exit_status
    assert "tapeproof local up" in capsys.readouterr().err


def test_stopping_what_does_not_run_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["local", "down", "--dir", str(tmp_path)]) == 0
    assert "nothing ran" in capsys.readouterr().out


def test_an_account_needs_the_stacks_outputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ops", "replay", "--dir", str(tmp_path), "--account"]) == 1
    assert "terraform -chdir=stack output -json" in capsys.readouterr().err


def test_a_profile_that_does_not_exist_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    arguments = [
        "ops",
        "status",
        "--dir",
        str(tmp_path),
        "--profile",
        "nobody",
        "--outputs",
        str(tmp_path / "o.json"),
    ]
    assert cli.main(arguments) == NoStackError.exit_status
    assert "nobody" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no outputs"),
        ("[]", "holds no outputs"),
        ("{}", "has no output"),
        (json.dumps({"event_bus_name": {"value": "bus"}}), "has no output 'market_table_name'"),
    ],
)
def test_outputs_that_are_none_are_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "outputs.json"
    path.write_text(content)
    with pytest.raises(NoStackError) as refused:
        read_outputs(path)
    assert said in refused.value.diagnostics()


def test_outputs_without_an_account_ask_whether_one_was_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["ops", "redrive", "--dir", str(tmp_path), "--outputs", str(tmp_path / "outputs.json")]
    assert cli.main(arguments) == NoStackError.exit_status
    assert "--account" in capsys.readouterr().err
