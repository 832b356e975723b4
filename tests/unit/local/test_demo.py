"""The demonstration: stages in order, and the closing ones whatever happens."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from tapeproof.local.demo import run_demo
from tapeproof.local.embedded_aws import EmbeddedAws
from tapeproof.local.errors import EmbeddedAwsError, TerraformFailedError
from tapeproof.local.lifecycle import LocalStack
from tapeproof.local.process_identity import process_identity
from tapeproof.local.stages import Demonstration, Stage
from tapeproof.ops.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tapeproof.local.workspace import Workspace


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def screen(written: io.StringIO) -> Screen:
    return Screen(Console(file=written, width=140, highlight=False))


@pytest.fixture
def stack(workspace: Workspace, fake_command: list[str]) -> Iterator[LocalStack]:
    workspace.prepare()
    stack = LocalStack(workspace)
    stack.aws = EmbeddedAws(workspace, command=fake_command)
    yield stack
    stack.aws.stop()


def _stage(title: str, ran: list[str], does: Callable[[], object] = lambda: None) -> Stage:
    def run(_: Demonstration) -> str:
        ran.append(title)
        does()
        return f"{title} says so"

    return Stage(title, run)


def _fail() -> None:
    raise TerraformFailedError("terraform apply failed", why="no such role", fix="make one")


def _interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def _run(stack: LocalStack, screen: Screen, stages: list[Stage], closing: list[Stage], *, keep: bool = False) -> int:
    return run_demo(stack, screen, messages=1, seed=1, keep=keep, stages=stages, closing=closing)


def test_stages_run_in_order_and_say_what_came_of_them(stack: LocalStack, screen: Screen, written: io.StringIO) -> None:
    ran: list[str] = []
    status = _run(stack, screen, [_stage("build", ran), _stage("apply", ran)], [_stage("destroy", ran)])
    assert status == 0
    assert ran == ["build", "apply", "destroy"]
    said = written.getvalue()
    assert "apply says so" in said
    assert "all of it worked" in said
    assert str(stack.workspace.server_log) in said


def test_a_failed_stage_ends_the_run_with_its_status_and_everything_is_torn_down(
    stack: LocalStack, screen: Screen, written: io.StringIO
) -> None:
    ran: list[str] = []
    stages = [_stage("apply", ran, _fail), _stage("replay", ran)]
    assert _run(stack, screen, stages, [_stage("destroy", ran), _stage("down", ran)]) == 14
    assert ran == ["apply", "destroy", "down"]
    said = written.getvalue()
    assert "why: no such role" in said
    assert "failed with status 14" in said


def test_each_closing_stage_runs_even_when_one_of_them_fails(stack: LocalStack, screen: Screen) -> None:
    ran: list[str] = []
    assert _run(stack, screen, [], [_stage("destroy", ran, _fail), _stage("down", ran)]) == 14
    assert ran == ["destroy", "down"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_tears_everything_down(
    stack: LocalStack, screen: Screen, written: io.StringIO, number: signal.Signals
) -> None:
    ran: list[str] = []
    stages = [_stage("replay", ran, lambda: os.kill(os.getpid(), number)), _stage("account", ran)]
    assert _run(stack, screen, stages, [_stage("destroy", ran)]) == 130
    assert ran == ["replay", "destroy"]
    assert "interrupted, tearing down" in written.getvalue()


def test_an_impatient_interrupt_does_not_cut_the_tearing_down_short(
    stack: LocalStack, screen: Screen, written: io.StringIO
) -> None:
    ran: list[str] = []
    closing = [_stage("destroy", ran, _interrupt), _stage("down", ran)]
    assert _run(stack, screen, [_stage("replay", ran, _interrupt)], closing) == 130
    assert ran == ["replay", "destroy", "down"]
    assert "still tearing down" in written.getvalue()


def test_a_bug_in_a_stage_is_not_hidden_and_still_tears_down(stack: LocalStack, screen: Screen) -> None:
    ran: list[str] = []
    with pytest.raises(ZeroDivisionError):
        _run(stack, screen, [_stage("replay", ran, lambda: 1 // 0)], [_stage("destroy", ran)])
    assert ran == ["replay", "destroy"]


def test_what_is_to_be_kept_is_kept_only_when_all_went_well(stack: LocalStack, screen: Screen) -> None:
    ran: list[str] = []
    assert _run(stack, screen, [_stage("apply", ran)], [_stage("destroy", ran)], keep=True) == 0
    assert ran == ["apply"]
    assert _run(stack, screen, [_stage("apply", ran, _fail)], [_stage("destroy", ran)], keep=True) == 14
    assert ran == ["apply", "apply", "destroy"]


def test_a_running_stack_is_not_destroyed(stack: LocalStack, screen: Screen) -> None:
    ran: list[str] = []
    server = stack.aws.start()
    with pytest.raises(EmbeddedAwsError, match="already runs here"):
        _run(stack, screen, [_stage("build", ran)], [_stage("down", ran)])
    assert ran == []
    assert stack.aws.find_running() == server


def test_what_a_killed_demonstration_left_running_is_cleared_away(stack: LocalStack, screen: Screen) -> None:
    dead = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    identity = process_identity(dead.pid)
    dead.communicate()
    (stack.workspace.root / "demo.json").write_text(json.dumps({"pid": dead.pid, "identity": identity}))
    left = stack.aws.start()
    ran: list[str] = []
    assert _run(stack, screen, [_stage("build", ran)], []) == 0
    assert ran == ["build"]
    assert stack.aws.find_running() is None
    assert process_identity(left.pid) is None


def test_another_demonstration_that_still_runs_is_left_alone(stack: LocalStack, screen: Screen) -> None:
    living = {"pid": os.getpid(), "identity": process_identity(os.getpid())}
    (stack.workspace.root / "demo.json").write_text(json.dumps(living))
    stack.aws.start()
    with pytest.raises(EmbeddedAwsError):
        _run(stack, screen, [], [])
