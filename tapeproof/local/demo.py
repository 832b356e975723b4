"""The whole product once, from an empty machine to an empty machine; every step is a stage with a name and a time.

A stage is one function over the demonstration so far that returns what it has to say. Stages run in order; whatever
happens, the closing stages run after them, and the last screen says how it ended.
"""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

from rich.table import Table

from tapeproof.local.errors import EmbeddedAwsError, LocalStackError
from tapeproof.local.process_identity import is_same_process, process_identity
from tapeproof.local.stages import CLOSING, STAGES, Demonstration, Stage
from tapeproof.ops import report
from tapeproof.ops.interrupts import interrupts_put_off, terminate_as_interrupt
from tapeproof.ops.screen import show_account
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tapeproof.local.lifecycle import LocalStack
    from tapeproof.ops.screen import Screen

__all__ = ["run_demo"]

EXIT_INTERRUPTED = 130


def run_demo(
    stack: LocalStack,
    screen: Screen,
    *,
    messages: int,
    seed: int,
    keep: bool,
    stages: Sequence[Stage] = STAGES,
    closing: Sequence[Stage] = CLOSING,
) -> int:
    """Run the demonstration and return its exit status.

    Args:
        stack: The local stack; it must not be in use.
        screen: Where it is shown.
        messages: Length of the session.
        seed: Which session.
        keep: Leave everything running when all went well.
        stages: The stages.
        closing: The stages that run whatever happened.

    Returns:
        0 when every stage succeeded; an error's own status, or 130 after Ctrl-C.
    """
    demo = Demonstration(stack, screen, messages, seed)
    marker = stack.workspace.root / "demo.json"
    _take_over(stack, marker)
    status = 0
    with terminate_as_interrupt():
        try:
            status = _run(demo, stages)
        finally:
            if not (keep and status == 0):
                status = _close(demo, closing) or status
            marker.unlink(missing_ok=True)
    _last_screen(demo, status, kept=keep and status == 0)
    return status


def _take_over(stack: LocalStack, marker: Path) -> None:
    if stack.aws.find_running() is not None:
        if not _left_by_a_dead_demo(marker):
            raise EmbeddedAwsError(
                f"{stack.workspace.root}: a local stack already runs here",
                why="the demonstration starts from nothing and would destroy it",
                fix="stop it with `tapeproof local down`, or name another folder with --dir",
            )
        stack.down()
    marker.write_text(json.dumps({"pid": os.getpid(), "identity": process_identity(os.getpid())}), encoding="utf-8")


def _left_by_a_dead_demo(marker: Path) -> bool:
    try:
        recorded = json.loads(marker.read_text(encoding="utf-8"))
        return not is_same_process(int(recorded["pid"]), str(recorded["identity"]))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _run(demo: Demonstration, stages: Sequence[Stage]) -> int:
    for stage in stages:
        try:
            _time(demo, stage)
        except LocalStackError as error:
            demo.screen.report_failure(stage.title)
            demo.screen.say(error.diagnostics())
            return error.exit_status
        except KeyboardInterrupt:
            demo.screen.report_failure(f"{stage.title}: interrupted, tearing down")
            return EXIT_INTERRUPTED
    return 0


def _close(demo: Demonstration, closing: Sequence[Stage]) -> int:
    status = 0

    def notice(more: int) -> None:
        demo.screen.say(f"still tearing down; to leave things behind, interrupt {count_of(more, 'more time')}")

    with interrupts_put_off(notice):
        for stage in closing:
            # Each closing stage runs whatever became of the one before.
            status = _run(demo, (stage,)) or status
    return status


def _time(demo: Demonstration, stage: Stage) -> None:
    if not demo.screen.console.is_terminal:
        demo.screen.say(f"  {stage.title} …")
    started = time.monotonic()
    said = stage.run(demo)
    took = time.monotonic() - started
    demo.times.append((stage.title, took, said))
    demo.screen.report_success(f"{stage.title} ({took:.1f} s): {said}")


def _last_screen(demo: Demonstration, status: int, *, kept: bool) -> None:
    screen, workspace = demo.screen, demo.stack.workspace
    screen.say("")
    if demo.account is not None and demo.manifest is not None:
        show_account(screen, demo.account, demo.applied, demo.manifest)
    if demo.newest:
        screen.console.print(report.records_table("Newest", demo.newest))
    if demo.follower is not None:
        screen.say(f"audit log: {demo.follower.tail.entries:,} entries in {demo.follower.tail.lanes} lanes")
    for told in (demo.verdict, demo.drill, demo.bundle):
        if told:
            screen.say(f"\n{told}")
    table = Table(title="Time", title_justify="left")
    table.add_column("stage")
    table.add_column("seconds", justify="right")
    for title, took, _ in demo.times:
        table.add_row(title, f"{took:.1f}")
    table.add_section()
    table.add_row("all", f"{sum(took for _, took, _ in demo.times):.1f}")
    screen.console.print(table)
    screen.say(f"logs: {workspace.server_log}, {workspace.terraform_log}")
    if kept:
        screen.say(f"left running, as asked: `tapeproof ops status --dir {workspace.root}`, then destroy and down")
    if status == 0:
        screen.report_success("all of it worked")
    else:
        screen.report_failure(f"failed with status {status}")
