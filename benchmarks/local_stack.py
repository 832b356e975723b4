"""Events a second through the whole local stack, the longest stall, and the processor time of each program.

Run: `nice -n 0 .venv/bin/python benchmarks/local_stack.py [--dir FOLDER] [--rounds N]`. It starts an embedded AWS that
enforces IAM, applies the stack with the real zip, and plays three sessions as fast as they go: mixed (the built-in
session as it is), direct (only what goes straight to a function) and buffered (only what goes through a queue). The
functions are cold before the first round. An event counts as done when its decision is in the audit table; the rate is
from the first event that was published to the last decision. A stall is a time in which published events waited and
nothing was decided. Where `--dir` names a stack that is applied already, that one is used and left as it is.
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.local.lifecycle import LocalStack
from tapeproof.local.workspace import Workspace
from tapeproof.ops.errors import NoStackError
from tapeproof.ops.pacing import Pace, Timed, timed_session
from tapeproof.ops.publication import prepare
from tapeproof.ops.replay import DIRECT_WINDOW, Patience, Replay
from tapeproof.ops.session import session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.ops.audit_tail import Audited
    from tapeproof.ops.manifest import Manifest
    from tapeproof.ops.target import StackOutputs, Target

SECOND_NS = 1_000_000_000
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = Patience(without_progress_s=30, at_most_s=180)
SIZES = {"mixed": 2_400, "direct": 1_200, "buffered": 3_000}
WANTED = {"mixed": 100, "direct": 80, "buffered": 300}
LONGEST_STALL_S = 3.0
OUR_OWN, SERVER, WORKERS = "replayer", "embedded AWS", "functions"


class Played(NamedTuple):
    """What one session showed."""

    events: int
    seconds: float
    longest_stall_s: float
    cpu_s: dict[str, float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Rates of the local stack")
    parser.add_argument("--dir", type=Path, help="the folder of a stack that is applied already")
    parser.add_argument("--rounds", type=int, default=2, help="how often each session is played")
    parser.add_argument("--seed", type=int, default=100, help="which sessions")
    parser.add_argument("--events", type=int, help="length of each session")
    parser.add_argument("--only", choices=sorted(SIZES), help="play only this kind of session")
    arguments = parser.parse_args()
    if arguments.dir:
        _measure(LocalStack(Workspace(arguments.dir)), arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        stack = LocalStack(Workspace(Path(folder)))
        try:
            stack.build()
            stack.up()
            stack.apply(lambda _: None)
            _measure(stack, arguments)
        finally:
            stack.down()


def _measure(stack: LocalStack, arguments: argparse.Namespace) -> None:
    target, outputs, server = stack.target, stack.outputs(), stack.require_running()
    kinds = [kind for kind in SIZES if arguments.only in {None, kind}]
    for number, kind in itertools.product(range(arguments.rounds), kinds):
        messages = _select(kind, arguments.seed + number, arguments.events or SIZES[kind], outputs)
        _show(number, kind, _play(target, outputs, stack.workspace.runs, server.pid, messages))


def _select(kind: str, seed: int, size: int, outputs: StackOutputs) -> list[Timed]:
    """Return a session, or what of it is delivered in one way."""
    whole = timed_session(session(seed, time.time_ns(), size if kind == "mixed" else 6 * size))
    if kind == "mixed":
        return list(whole)
    chosen = (one for one in whole if outputs.delivery(prepare(0, one.message).planned.detail_type) == kind)
    return list(itertools.islice(chosen, size))


def _play(target: Target, outputs: StackOutputs, runs: Path, server: int, messages: list[Timed]) -> Played:
    player, stop = Replay(target, outputs, runs, window=DIRECT_WINDOW), threading.Event()
    before = _processor_seconds(server)
    manifest, follower = player.publish(
        messages,
        Pace(rate=None, speed=None, stop=stop),
        source="benchmark",
        stop=stop,
        on_progress=lambda one: one.poll(),
    )
    account = player.account(manifest, PATIENCE, follower=follower)
    if not account.whole:
        raise SystemExit(f"{len(account.differences)} events are not accounted for: {account.differences[:5]}")
    after = _processor_seconds(server)
    started = min(at_ns for _, at_ns in manifest.sent.values())
    decided = sorted(one.at_ns for one in follower.audited)
    return Played(
        len(manifest.sent),
        (decided[-1] - started) / SECOND_NS,
        _longest_stall_s(manifest, follower.audited),
        {name: after[name] - before[name] for name in after},
    )


def _longest_stall_s(manifest: Manifest, audited: list[Audited]) -> float:
    """Return the longest time between two decisions, or before the first, while something published was undecided."""
    sent = dict(manifest.sent.values())
    decided: dict[str, int] = {}
    for one in audited:
        if one.evt not in sent:
            continue  # of an earlier run
        decided[one.evt] = max(one.at_ns, decided.get(one.evt, 0))
    steps = sorted([(at_ns, 1) for at_ns in sent.values()] + [(at_ns, -1) for at_ns in decided.values()])
    waiting, since, longest = 0, steps[0][0], 0
    for at_ns, step in steps:
        if waiting > 0 and step < 0:
            longest = max(longest, at_ns - since)
        if step < 0 or waiting <= 0:
            since = at_ns
        waiting += step
    return longest / SECOND_NS


def _processor_seconds(server: int) -> dict[str, float]:
    """Return the processor time so far of this process, of the server, and of the functions that it started."""
    functions = sum(seconds for pid, parent, seconds in _processes() if parent == server and pid != server)
    own = next(seconds for pid, _, seconds in _processes() if pid == server)
    ended = next(_ended_children_s(pid) for pid, _, _ in _processes() if pid == server)
    return {OUR_OWN: time.process_time(), SERVER: own, WORKERS: functions + ended}


def _processes() -> Iterator[tuple[int, int, float]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended just now
        yield int(path.parent.name), int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS


def _ended_children_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / TICKS


def _show(number: int, kind: str, played: Played) -> None:
    rate = played.events / played.seconds
    met = rate >= WANTED[kind] and played.longest_stall_s <= LONGEST_STALL_S
    parts = ", ".join(f"{name} {seconds * 1000 / played.events:.1f}" for name, seconds in played.cpu_s.items())
    total = sum(played.cpu_s.values())
    print(
        f"round {number + 1}, {kind:<8} {played.events:>5} events {rate:7.1f} events/s (wanted {WANTED[kind]}), "
        f"longest stall {played.longest_stall_s:.2f} s, {'met' if met else 'NOT met'}\n"
        f"    processor: {played.events / total:.0f} events per second of it; ms an event: {parts}",
        flush=True,
    )


if __name__ == "__main__":
    try:
        main()
    except NoStackError as error:
        raise SystemExit(str(error)) from error
