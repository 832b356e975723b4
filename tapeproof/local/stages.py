"""What the demonstration does, a stage at a time; each stage is a function that returns what came of it, in a line."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tapeproof.local.auditing import Auditing
from tapeproof.local.errors import LocalStackError
from tapeproof.local.terraform_screen import show_terraform
from tapeproof.market.store import MarketStore
from tapeproof.ops import report
from tapeproof.ops.pacing import Pace, timed_session
from tapeproof.ops.replay import DIRECT_WINDOW, Patience, Replay
from tapeproof.ops.session import session
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.local.lifecycle import LocalStack
    from tapeproof.market.stored import Stored
    from tapeproof.ops.follower import Follower
    from tapeproof.ops.manifest import Manifest
    from tapeproof.ops.reconciliation import Reconciliation
    from tapeproof.ops.screen import Screen
    from tapeproof.ops.target import StackOutputs

__all__ = ["CLOSING", "STAGES", "Demonstration", "Stage"]

SYMBOLS = ("BTC-USD", "ETH-USD", "SOL-USD")
FIRST_EVENTS = 40
SECOND_NS = 1_000_000_000
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
    with show_terraform(demo.screen, "applying") as step:
        demo.outputs = demo.stack.apply(step)
    return f"event bus {demo.applied.event_bus_name}, {count_of(len(demo.applied.function_names), 'function')}"


def check_drift(demo: Demonstration) -> str:
    """Plan again: nothing may be left to change."""
    demo.stack.prove_no_drift()
    return "nothing would change"


def start_functions(demo: Demonstration) -> str:
    """Publish a little to functions that have never run, and see how long the first events take."""
    manifest, follower = _play(demo, demo.seed + 1, FIRST_EVENTS)
    account = _account_for_events(demo, manifest, follower)
    slowest = max(latency for values in account.latencies_ns.values() for latency in values)
    return f"{count_of(len(manifest.sent), 'event')}, all accounted for, the slowest after {slowest / SECOND_NS:.1f} s"


def publish_session(demo: Demonstration) -> str:
    """Play a trading session of four exchanges."""
    started = time.monotonic()
    demo.manifest, demo.follower = _play(demo, demo.seed, demo.messages)
    sent = len(demo.manifest.sent)
    return f"{sent:,} events, {sent / (time.monotonic() - started):,.0f} a second"


def account_for_session(demo: Demonstration) -> str:
    """Account for every single event, from the audit table and the dead-letter queues."""
    if demo.manifest is None or demo.follower is None:
        raise LocalStackError("no session was published")
    demo.account = _account_for_events(demo, demo.manifest, demo.follower)
    return f"{demo.account.settled:,} of {demo.account.due:,} decisions, 0 missing"


def _play(demo: Demonstration, seed: int, messages: int) -> tuple[Manifest, Follower]:
    stop = threading.Event()
    with demo.screen.show_publishing("publishing", messages) as published:
        return demo.player().publish(
            timed_session(session(seed, time.time_ns(), messages)),
            Pace(rate=None, speed=1.0, stop=stop),
            source=f"the built-in session {seed}",
            stop=stop,
            on_progress=published,
        )


def _account_for_events(demo: Demonstration, manifest: Manifest, follower: Follower) -> Reconciliation:
    with demo.screen.show_settling("settling") as settled:
        account = demo.player().account(manifest, PATIENCE, follower=follower, on_progress=settled)
    if not account.whole:
        lost = len(account.differences) + len(account.refused)
        raise LocalStackError(
            f"{count_of(lost, 'event is', 'events are')} not accounted for",
            why="\n       ".join(report.differences(account)[:20]),
            fix=f"the run's manifest is {manifest.path}",
        )
    return account


def read_newest(demo: Demonstration) -> str:
    """Read the newest trades and quotes."""
    store = MarketStore(demo.stack.target.client("dynamodb"), demo.applied.market_table_name, demo.applied.layout)
    demo.newest = [stored for symbol in SYMBOLS for stored in store.latest(symbol)]
    return f"{len(demo.newest)} of {', '.join(SYMBOLS)}"


def seal_log(demo: Demonstration) -> str:
    """Seal the entries that are new into the log, and sign its checkpoint."""
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
    with show_terraform(demo.screen, "destroying") as step:
        demo.stack.destroy(step)
    return "done"


def prove_nothing_is_left(demo: Demonstration) -> str:
    """List every service."""
    if demo.stack.aws.find_running() is None:
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
    Stage("start the functions cold", start_functions),
    Stage("seal what came first", seal_log),
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
