"""What the subcommands of `tapeproof ops` do that write; each is told how to find its target."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

from tapeproof.market import venues
from tapeproof.ops.capture import open_captures
from tapeproof.ops.dead_letters import read_dead_letters
from tapeproof.ops.dead_letters import redrive as redrive_letters
from tapeproof.ops.errors import OperationError
from tapeproof.ops.interrupts import interrupts_as_stop
from tapeproof.ops.manifest import latest_manifest, read_manifest
from tapeproof.ops.pacing import Pace, timed_captures, timed_session
from tapeproof.ops.replay import DIRECT_WINDOW, Patience, Replay
from tapeproof.ops.screen import Screen, show_account
from tapeproof.ops.session import session

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping

    from tapeproof.ops.pacing import Timed
    from tapeproof.ops.reconciliation import Reconciliation
    from tapeproof.ops.target import Addressee, Target

__all__ = ["redrive", "replay", "status"]

EXIT_DIFFERENCE = 1
EXIT_INTERRUPTED = 130
SESSION_MESSAGES = 2400
EMBEDDED_PATIENCE = Patience(without_progress_s=20, at_most_s=120)
ACCOUNT_PATIENCE = Patience(without_progress_s=240, at_most_s=600)
"""On AWS a failed direct event is retried after one and after two more minutes before it is dead-lettered."""


def replay(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Publish a session and account for it."""
    screen, (target, outputs, runs) = Screen(), find()
    messages, source, total = _session(arguments)
    player = Replay(target, outputs, runs, window=DIRECT_WINDOW if target.is_embedded else None)
    with interrupts_as_stop() as stop:
        pace = Pace(rate=arguments.rate, speed=_speed(arguments), stop=stop)
        started = time.monotonic()
        with screen.show_publishing("publishing", total) as published:
            manifest, follower = player.publish(messages, pace, source=source, stop=stop, on_progress=published)
        took = time.monotonic() - started
        sent = len(manifest.sent)
        screen.say(f"published {sent:,} of {source} in {took:.1f} s, {sent / max(took, 0.001):,.0f} a second")
        with screen.show_settling("settling") as settled:
            account = player.account(manifest, _patience(arguments, target), follower=follower, on_progress=settled)
        show_account(screen, account, outputs, manifest)
        screen.say(f"audit: {follower.tail.entries:,} entries in {follower.tail.lanes} lanes; run {manifest.path}")
        return _verdict(account, stopped=stop.is_set())


def status(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Show what runs, what lies in the dead-letter queues, and account for a run again."""
    screen, (target, outputs, runs) = Screen(), find()
    screen.say(f"{target.name}: event bus {outputs.event_bus_name}")
    dead = read_dead_letters(target.client("sqs"), outputs.dlq_urls)
    screen.say(f"dead letters: {len(dead):,}" + (" (`tapeproof ops redrive` hands them on)" if dead else ""))
    manifest = read_manifest(arguments.manifest) if arguments.manifest else latest_manifest(runs)
    if manifest is None:
        screen.say("no run yet: publish one with `tapeproof ops replay`")
        return 0
    ended = manifest.ended or "cut off"
    screen.say(f"run {manifest.path}: {manifest.source}, {len(manifest.sent):,} published, {ended}")
    player = Replay(target, outputs, runs, window=None)
    account = player.account(manifest, Patience(without_progress_s=0, at_most_s=0))
    show_account(screen, account, outputs, manifest)
    return _verdict(account, stopped=False)


def redrive(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Hand dead letters to where they were going."""
    screen = Screen()
    target, outputs, _ = find()
    queues = _queues(arguments.queue, outputs.dlq_urls)
    done = redrive_letters(target.client("sqs"), target.client("lambda"), queues, outputs.queue_urls)
    screen.say(f"redriven: {done.invoked:,} to their function, {done.requeued:,} to their queue")
    for letter, why in done.kept:
        screen.say(f"stays in {letter.purpose}: message {letter.message_id}: {why}")
    return EXIT_DIFFERENCE if done.kept else 0


def _session(arguments: argparse.Namespace) -> tuple[Iterable[Timed], str, int]:
    if arguments.captures:
        captures = open_captures(arguments.captures, arguments.venue, venues.names())
        total = sum(capture.messages for capture in captures)
        source = ", ".join(capture.path.name for capture in captures)
        limit = min(total, arguments.limit or total)
        return itertools.islice(timed_captures(captures), limit), source, limit
    if (arguments.account or arguments.profile) and not arguments.built_in:
        raise OperationError(
            "no capture is named, and the built-in session is invented",
            why="what an account records stays in its tables and its audit log, beside what really happened",
            fix="name a capture; or add --built-in, on a stack that is there to be tried",
        )
    total = arguments.limit or SESSION_MESSAGES
    messages = timed_session(session(arguments.seed, time.time_ns(), total))
    return messages, f"the built-in session {arguments.seed}", total


def _speed(arguments: argparse.Namespace) -> float | None:
    """Return the multiple of the session's own speed; in this process there is nobody to be gentle with."""
    speed: float | None = arguments.speed
    return None if getattr(arguments, "in_process", False) else speed


def _patience(arguments: argparse.Namespace, target: Target) -> Patience:
    patience = EMBEDDED_PATIENCE if target.is_embedded else ACCOUNT_PATIENCE
    return Patience(arguments.settle, arguments.settle) if arguments.settle else patience


def _queues(wanted: list[str] | None, queues: Mapping[str, str]) -> dict[str, str]:
    unknown = sorted(set(wanted or ()) - queues.keys())
    if unknown:
        raise OperationError(
            f"there is no dead-letter queue {', '.join(unknown)}", fix=f"name one of {', '.join(sorted(queues))}"
        )
    return {purpose: url for purpose, url in queues.items() if not wanted or purpose in wanted}


def _verdict(account: Reconciliation, *, stopped: bool) -> int:
    if not account.whole:
        return EXIT_DIFFERENCE
    return EXIT_INTERRUPTED if stopped else 0
