"""What the subcommands of `tapeproof local` do; each returns an exit status."""

from __future__ import annotations

import itertools
import os
import shlex
import time
from typing import TYPE_CHECKING

from tapeproof.local.addressee import stack_of, target_of
from tapeproof.local.apartness import past_proxy
from tapeproof.market import venues
from tapeproof.ops.capture import open_captures
from tapeproof.ops.dead_letters import read_dead_letters
from tapeproof.ops.dead_letters import redrive as redrive_letters
from tapeproof.ops.errors import LocalStackError
from tapeproof.ops.interrupts import interrupts_as_stop, terminate_as_interrupt
from tapeproof.ops.manifest import latest_manifest, read_manifest
from tapeproof.ops.pacing import Pace, timed_captures, timed_session
from tapeproof.ops.replay import DIRECT_WINDOW, Patience, Replay
from tapeproof.ops.screen import Screen, show_account
from tapeproof.ops.session import session

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from tapeproof.ops.pacing import Timed
    from tapeproof.ops.reconciliation import Reconciliation
    from tapeproof.ops.target import Target

__all__ = ["apply", "demo", "destroy", "down", "exports", "redrive", "replay", "status", "up"]

EXIT_DIFFERENCE = 1
EXIT_INTERRUPTED = 130
SESSION_MESSAGES = 2400
EMBEDDED_PATIENCE = Patience(without_progress_s=20, at_most_s=120)
ACCOUNT_PATIENCE = Patience(without_progress_s=240, at_most_s=600)
"""On AWS a failed direct event is retried after one and after two more minutes before it is dead-lettered."""


def up(arguments: argparse.Namespace) -> int:
    """Start the embedded AWS."""
    screen, stack = Screen(), stack_of(arguments)
    with stack.workspace.locked("up"), terminate_as_interrupt(), screen.working("starting the embedded AWS"):
        server, new = stack.up(arguments.port)
    screen.say(f"embedded AWS {'started' if new else 'already runs'}: {server.endpoint}, process {server.pid}")
    screen.say(f"log: {stack.workspace.server_log}")
    screen.say("to use it from a shell:")
    for line in exports(server.environment(), os.environ):
        screen.say(f"  {line}")
    return 0


def exports(variables: Mapping[str, str], environment: Mapping[str, str]) -> list[str]:
    """Return the lines that make a shell talk to the embedded AWS.

    Args:
        variables: What they set.
        environment: The shell's own: where it names a proxy, the lines lead past it.
    """
    if any(name.upper() in {"ALL_PROXY", "HTTPS_PROXY"} for name in environment):
        variables = {**variables, **past_proxy(environment)}
    return [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]


def apply(arguments: argparse.Namespace) -> int:
    """Build the zip and apply the stack."""
    screen, stack = Screen(), stack_of(arguments)
    stack.require_running()
    with stack.workspace.locked("apply"), terminate_as_interrupt():
        built = stack.build()
        screen.say(f"zip: {built.path}, {built.size_bytes:,} bytes, SHA-256 {built.sha256}")
        with screen.terraform("applying") as step:
            outputs = stack.apply(step)
    screen.say(f"applied: event bus {outputs.event_bus_name}, tables {outputs.market_table_name}, "
               f"{outputs.audit_table_name}")  # fmt: skip
    return 0


def replay(arguments: argparse.Namespace) -> int:
    """Publish a session and account for it."""
    screen, workspace = Screen(), stack_of(arguments).workspace
    target, outputs = target_of(arguments)
    messages, source, total = _session(arguments)
    workspace.prepare()
    player = Replay(target, outputs, workspace.runs, window=DIRECT_WINDOW if target.is_embedded else None)
    with interrupts_as_stop() as stop:
        pace = Pace(rate=arguments.rate, speed=arguments.speed, stop=stop)
        started = time.monotonic()
        with screen.publishing("publishing", total) as published:
            manifest, follower = player.publish(messages, pace, source=source, stop=stop, on_progress=published)
        took = time.monotonic() - started
        sent = len(manifest.sent)
        screen.say(f"published {sent:,} of {source} in {took:.1f} s, {sent / max(took, 0.001):,.0f} a second")
        with screen.settling("settling") as settled:
            account = player.account(manifest, _patience(arguments, target), follower=follower, on_progress=settled)
        show_account(screen, account, outputs, manifest)
        screen.say(f"audit: {follower.tail.entries:,} entries in {follower.tail.lanes} lanes; run {manifest.path}")
        return _verdict(account, stopped=stop.is_set())


def status(arguments: argparse.Namespace) -> int:
    """Show what runs, what lies in the dead-letter queues, and account for a run again."""
    screen, stack = Screen(), stack_of(arguments)
    target, outputs = target_of(arguments)
    screen.say(f"{target.name}: event bus {outputs.event_bus_name}")
    dead = read_dead_letters(target.client("sqs"), outputs.dlq_urls)
    screen.say(f"dead letters: {len(dead):,}" + (" (`tapeproof local redrive` hands them on)" if dead else ""))
    manifest = read_manifest(arguments.manifest) if arguments.manifest else latest_manifest(stack.workspace.runs)
    if manifest is None:
        screen.say("no run yet: publish one with `tapeproof local replay`")
        return 0
    ended = manifest.ended or "cut off"
    screen.say(f"run {manifest.path}: {manifest.source}, {len(manifest.sent):,} published, {ended}")
    player = Replay(target, outputs, stack.workspace.runs, window=None)
    account = player.account(manifest, Patience(without_progress_s=0, at_most_s=0))
    show_account(screen, account, outputs, manifest)
    return _verdict(account, stopped=False)


def redrive(arguments: argparse.Namespace) -> int:
    """Hand dead letters to where they were going."""
    screen = Screen()
    target, outputs = target_of(arguments)
    queues = _queues(arguments.queue, outputs.dlq_urls)
    done = redrive_letters(target.client("sqs"), target.client("lambda"), queues, outputs.queue_urls)
    screen.say(f"redriven: {done.invoked:,} to their function, {done.requeued:,} to their queue")
    for letter, why in done.kept:
        screen.say(f"stays in {letter.purpose}: message {letter.message_id}: {why}")
    return EXIT_DIFFERENCE if done.kept else 0


def destroy(arguments: argparse.Namespace) -> int:
    """Destroy the stack and prove that nothing is left."""
    screen, stack = Screen(), stack_of(arguments)
    with stack.workspace.locked("destroy"), terminate_as_interrupt():
        with screen.terraform("destroying") as step:
            stack.destroy(step)
        stack.prove_nothing_is_left()
    screen.say("destroyed; nothing is left in any service")
    return 0


def down(arguments: argparse.Namespace) -> int:
    """Stop the embedded AWS."""
    screen, stack = Screen(), stack_of(arguments)
    with stack.workspace.locked("down"):
        ran = stack.down()
    screen.say("stopped" if ran else "nothing ran")
    return 0


def demo(arguments: argparse.Namespace) -> int:
    """Do all of it once."""
    from tapeproof.local.demo import run_demo  # noqa: PLC0415 - the longest of them, loaded by itself

    stack = stack_of(arguments)
    with stack.workspace.locked("demo"):
        return run_demo(stack, Screen(), messages=arguments.messages, seed=arguments.seed, keep=arguments.keep)


def _session(arguments: argparse.Namespace) -> tuple[Iterable[Timed], str, int]:
    if arguments.captures:
        captures = open_captures(arguments.captures, arguments.venue, venues.names())
        total = sum(capture.messages for capture in captures)
        source = ", ".join(capture.path.name for capture in captures)
        limit = min(total, arguments.limit or total)
        return itertools.islice(timed_captures(captures), limit), source, limit
    if (arguments.account or arguments.profile) and not arguments.built_in:
        raise LocalStackError(
            "no capture is named, and the built-in session is invented",
            why="what an account records stays in its tables and its audit log, beside what really happened",
            fix="name a capture; or add --built-in, on a stack that is there to be tried",
        )
    total = arguments.limit or SESSION_MESSAGES
    messages = timed_session(session(arguments.seed, time.time_ns(), total))
    return messages, f"the built-in session {arguments.seed}", total


def _patience(arguments: argparse.Namespace, target: Target) -> Patience:
    patience = EMBEDDED_PATIENCE if target.is_embedded else ACCOUNT_PATIENCE
    return Patience(arguments.settle, arguments.settle) if arguments.settle else patience


def _queues(wanted: list[str] | None, queues: Mapping[str, str]) -> dict[str, str]:
    unknown = sorted(set(wanted or ()) - queues.keys())
    if unknown:
        raise LocalStackError(
            f"there is no dead-letter queue {', '.join(unknown)}", fix=f"name one of {', '.join(sorted(queues))}"
        )
    return {purpose: url for purpose, url in queues.items() if not wanted or purpose in wanted}


def _verdict(account: Reconciliation, *, stopped: bool) -> int:
    if not account.whole:
        return EXIT_DIFFERENCE
    return EXIT_INTERRUPTED if stopped else 0
