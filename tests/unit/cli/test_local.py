"""The options of `tapeproof local`."""

from __future__ import annotations

import argparse
from pathlib import Path
from types import SimpleNamespace

import pytest
from botocore.exceptions import EndpointConnectionError

from tapeproof import cli
from tapeproof.cli.local import configure
from tapeproof.local import actions
from tapeproof.local.errors import LocalStackError


def _parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tapeproof local")
    configure(parser)
    return parser.parse_args(arguments)


def test_what_is_not_said_has_a_default() -> None:
    assert (_parse("up").port, _parse("up").dir) == (None, None)
    demo = _parse("demo")
    assert (demo.messages, demo.seed, demo.keep) == (2400, 1, False)
    plan = _parse("plan")
    assert (plan.var_file, plan.out) == (Path("stack/environments/local.tfvars"), Path("build/plan.json"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["up", "--port", "80"], "expected a port from 1024 to 65535, got '80'"),
        (["demo", "--messages", "0"], "expected an integer of at least 1, got '0'"),
        (["demo", "--seed", "lucky"], "invalid int value"),
        (["apply", "extra"], "unrecognized arguments"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["local", *arguments]) == cli.EXIT_USAGE
    assert told in capsys.readouterr().err


def test_a_commands_status_is_the_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "down", lambda asked: 0 if asked.dir == "here" else 3)
    assert cli.main(["local", "down", "--dir", "here"]) == 0
    assert cli.main(["local", "down"]) == 3


def test_a_server_that_does_not_answer_is_an_error_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> int:
        raise EndpointConnectionError(endpoint_url="https://127.0.0.1:1")

    monkeypatch.setattr(actions, "destroy", fail)
    with pytest.raises(LocalStackError) as failed:
        _parse("destroy").run(SimpleNamespace())
    assert "tapeproof local destroy: the embedded AWS refused or did not answer" in failed.value.diagnostics()
    assert "tapeproof local down" in failed.value.diagnostics()
