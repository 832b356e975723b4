"""What the subcommands of `tapeproof local` do and say."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.local import actions
from tapeproof.local.actions import exports
from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.lifecycle import LocalStack
from tapeproof.ops.errors import NoStackError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.local.workspace import Workspace


def _shell(lines: list[str], environment: dict[str, str]) -> dict[str, str]:
    """The variables that a shell has after it ran the lines."""
    done = subprocess.run(
        ["bash", "-c", "\n".join([*lines, "env"])], env=environment, capture_output=True, text=True, check=True
    )
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def test_what_up_prints_for_a_shell_holds_for_a_folder_with_blanks() -> None:
    variables = {"AWS_CA_BUNDLE": "/home/a b/it's/server.crt", "AWS_ENDPOINT_URL": "https://127.0.0.1:4566"}
    assert variables.items() <= _shell(exports(variables, {}), {"PATH": os.environ["PATH"]}).items()


@pytest.mark.parametrize("before", [{}, {"no_proxy": "bank.example"}, {"NO_PROXY": "bank.example"}])
def test_what_up_prints_for_a_shell_leads_past_a_proxy(before: dict[str, str]) -> None:
    environment = {"PATH": os.environ["PATH"], "HTTPS_PROXY": "http://proxy.bank.example:3128"} | before
    after = _shell(exports({}, environment), environment)
    expected = ",".join([*before.values(), "127.0.0.1"])
    assert (after["NO_PROXY"], after["no_proxy"]) == (expected, expected)


@pytest.fixture
def arguments(workspace: Workspace, fake_command: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Namespace]:
    """Return arguments that name a stack whose embedded AWS is a stand-in."""
    stack = LocalStack(workspace)
    stack.aws = EmbeddedAws(workspace, command=fake_command)
    monkeypatch.setattr(actions, "find_stack", lambda _: stack)
    yield Namespace(dir=str(workspace.root), port=None)
    stack.aws.stop()


def test_up_tells_a_shell_how_to_use_it_and_the_second_time_that_it_runs(
    arguments: Namespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert actions.up(arguments) == 0
    first = capsys.readouterr().out
    assert "embedded AWS started: https://127.0.0.1:" in first
    written = Path(arguments.dir) / "aws.env"
    assert f"  . {written}" in first
    assert "export AWS_ENDPOINT_URL=https://127.0.0.1:" in written.read_text()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert not any(secret in first for secret in re.findall("AWS_SECRET_ACCESS_KEY=(.*)", written.read_text()))
    assert actions.up(arguments) == 0
    assert "embedded AWS already runs: https://127.0.0.1:" in capsys.readouterr().out
    assert actions.down(arguments) == 0
    assert not written.exists()
    assert "stopped" in capsys.readouterr().out


def test_down_without_a_server_says_that_nothing_ran(arguments: Namespace, capsys: pytest.CaptureFixture[str]) -> None:
    assert actions.down(arguments) == 0
    assert "nothing ran" in capsys.readouterr().out


@pytest.mark.parametrize("command", [actions.apply, actions.destroy])
def test_what_needs_a_running_server_says_how_to_start_one(arguments: Namespace, command: Any) -> None:  # noqa: ANN401
    with pytest.raises(NoStackError) as refused:
        command(arguments)
    assert "tapeproof local up" in refused.value.diagnostics()
