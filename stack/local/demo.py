"""The whole product once, from an empty machine to an empty machine; every step is a stage with a name and a time.

A stage is one function over the demonstration so far that returns what it has to say. Stages run in order; whatever
happens, the closing stages run after them, and the last screen says how it ended.
"""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from market_data.store import MarketStore
from rich.table import Table

from stack.local import report
from stack.local.auditing import Auditing
from stack.local.errors import EmbeddedAwsError, LocalStackError
from stack.local.interrupts import interrupts_put_off, terminate_as_interrupt
from stack.local.pacing import Pace, timed_session
from stack.local.process_identity import is_same_process, process_identity
from stack.local.replay import DIRECT_WINDOW, Patience, Replay
from stack.local.screen import show_account
from stack.local.session import session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from market_data.stored import Stored

    from stack.local.follower import Follower
    from stack.local.lifecycle import LocalStack
    from stack.local.manifest import Manifest
    from stack.local.reconciliation import Reconciliation
    from stack.local.screen import Screen
    from stack.local.target import StackOutputs

__all__ = ["CLOSING", "STAGES", "Demonstration", "Stage", "run_demo"]

EXIT_INTERRUPTED = 130
SYMBOLS = ("BTC-USD", "ETH-USD", "SOL-USD")
PATIENCE = Patience(without_progress_s=20, at_most_s=90)


@dataclass(slots=True)
class Demonstration:
    """What the stages share.

    Args:
        stack: The local stack.
        screen: Where it is shown.
        messages: Length of the session.
        seed: Which session.
    """

    stack: LocalStack
    screen: Screen
    messages: int
    seed: int
    outputs: StackOutputs | None = None
    manifest: Manifest | None = None
    follower: Follower | None = None
    account: Reconciliation | None = None
    newest: list[Stored] = field(default_factory=list)
    verdict: str = ""
    drill: str = ""
    bundle: str = ""
    times: list[tuple[str, float, str]] = field(default_factory=list)

    @property
    def applied(self) -> StackOutputs:
        """The outputs of the applied stack.

        Raises:
            LocalStackError: No stage has applied it.
        """
        if self.outputs is None:
            raise LocalStackError("the stack is not applied")
        return self.outputs

    @property
    def auditing(self) -> Auditing:
        """What an auditor does with the stack."""
        return Auditing(self.stack)

    def player(self) -> Replay:
        """Return what publishes to the stack and accounts for it."""
        target = self.stack.target
        return Replay(target, self.applied, self.stack.workspace.runs, window=DIRECT_WINDOW)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the demonstration.

    Args:
        title: What it does, as a heading.
        run: Does it and returns what came of it, in a line.
    """

    title: str
    run: Callable[[Demonstration], str]


def build_zip(demo: Demonstration) -> str:
    """Build the Lambda zip."""
    built = demo.stack.build()
    return f"{built.size_bytes:,} bytes, SHA-256 {built.sha256[:16]}…"


def start_aws(demo: Demonstration) -> str:
    """Start the embedded AWS."""
    server, _ = demo.stack.up()
    return f"{server.endpoint}, process {server.pid}, IAM enforced"


def apply_stack(demo: Demonstration) -> str:
    """Apply the whole Terraform stack with the real provider."""
    with demo.screen.terraform("applying") as step:
        demo.outputs = demo.stack.apply(step)
    return f"event bus {demo.applied.event_bus_name}, {len(demo.applied.function_names)} functions"


def check_drift(demo: Demonstration) -> str:
    """Plan again: nothing may be left to change but what the embedded AWS is known to forget."""
    changes = demo.stack.drift()
    return f"{len(changes)} alarms, for a known gap of the embedded AWS" if changes else "nothing would change"


def publish_session(demo: Demonstration) -> str:
    """Play a trading session of four exchanges."""
    stop = threading.Event()
    messages = timed_session(session(demo.seed, time.time_ns(), demo.messages))
    started = time.monotonic()
    with demo.screen.publishing("publishing", demo.messages) as published:
        demo.manifest, demo.follower = demo.player().publish(
            messages,
            Pace(rate=None, speed=1.0, stop=stop),
            source=f"the built-in session {demo.seed}",
            stop=stop,
            on_progress=published,
        )
    sent = len(demo.manifest.sent)
    return f"{sent:,} events, {sent / (time.monotonic() - started):,.0f} a second"


def account_for_session(demo: Demonstration) -> str:
    """Account for every single event, from the audit table and the dead-letter queues."""
    if demo.manifest is None:
        raise LocalStackError("no session was published")
    with demo.screen.settling("settling") as settled:
        demo.account = demo.player().account(demo.manifest, PATIENCE, follower=demo.follower, on_progress=settled)
    if not demo.account.whole:
        raise LocalStackError(
            f"{len(demo.account.differences) + len(demo.account.refused):,} events are not accounted for",
            why="\n       ".join(report.differences(demo.account)[:20]),
            fix=f"the run's manifest is {demo.manifest.path}",
        )
    return f"{demo.account.settled:,} of {demo.account.due:,} decisions, 0 missing"


def read_newest(demo: Demonstration) -> str:
    """Read the newest trades and quotes."""
    store = MarketStore(demo.stack.target.client("dynamodb"), demo.applied.market_table_name)
    demo.newest = [stored for symbol in SYMBOLS for stored in store.latest(symbol)]
    return f"{len(demo.newest)} of {', '.join(SYMBOLS)}"


def seal_log(demo: Demonstration) -> str:
    """Seal the session's entries into the log, and sign its checkpoint."""
    sealed = demo.auditing.seal(demo.applied.function_names["sealer"])
    return f"{sealed.get('size', 0):,} leaves under one signed checkpoint"


def verify_log(demo: Demonstration) -> str:
    """Export the log, pin its checkpoint, and verify the export against the pin."""
    demo.auditing.export_and_pin()
    demo.verdict = demo.auditing.verify()
    return "VERIFIED"


def drill_log(demo: Demonstration) -> str:
    """Attack copies of the export in every way, and see each attack named."""
    demo.drill = demo.auditing.drill()
    return "every attack was detected and named"


def make_bundle(demo: Demonstration) -> str:
    """Collect the evidence of the session into one bundle."""
    demo.stack.show_state()
    workspace = demo.stack.workspace
    demo.bundle = demo.auditing.report(plan=workspace.plan_document, state=workspace.state_document)
    return "SIMULATED evidence: it shows what the report is like, and supports no claim about AWS"


def destroy_stack(demo: Demonstration) -> str:
    """Destroy the stack."""
    if not demo.stack.workspace.terraform_state.exists():
        return "nothing was applied"
    with demo.screen.terraform("destroying") as step:
        demo.stack.destroy(step)
    return "done"


def prove_nothing_is_left(demo: Demonstration) -> str:
    """List every service."""
    if demo.stack.aws.running() is None:
        return "it does not run"
    demo.stack.prove_nothing_is_left()
    return "nothing is left in any service"


def stop_aws(demo: Demonstration) -> str:
    """Stop the embedded AWS."""
    return "stopped" if demo.stack.down() else "it did not run"


STAGES = (
    Stage("build the Lambda zip", build_zip),
    Stage("start the embedded AWS", start_aws),
    Stage("apply the Terraform stack", apply_stack),
    Stage("plan again", check_drift),
    Stage("play a trading session", publish_session),
    Stage("account for every event", account_for_session),
    Stage("read what was recorded", read_newest),
    Stage("seal the audit log", seal_log),
    Stage("verify the audit log", verify_log),
    Stage("attack the audit log", drill_log),
    Stage("make the evidence bundle", make_bundle),
)
CLOSING = (
    Stage("destroy the stack", destroy_stack),
    Stage("prove that nothing is left", prove_nothing_is_left),
    Stage("stop the embedded AWS", stop_aws),
)


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
    if stack.aws.running() is not None:
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
            demo.screen.failed(stage.title)
            demo.screen.say(error.diagnostics())
            return error.exit_status
        except KeyboardInterrupt:
            demo.screen.failed(f"{stage.title}: interrupted, tearing down")
            return EXIT_INTERRUPTED
    return 0


def _close(demo: Demonstration, closing: Sequence[Stage]) -> int:
    status = 0

    def notice(more: int) -> None:
        demo.screen.say(f"still tearing down; to leave things behind, interrupt {more} more times")

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
    demo.screen.passed(f"{stage.title} ({took:.1f} s): {said}")


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
        screen.say(f"left running, as asked: `tapeproof local status --dir {workspace.root}`, then destroy and down")
    if status == 0:
        screen.passed("all of it worked")
    else:
        screen.failed(f"failed with status {status}")
