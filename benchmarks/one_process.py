"""Events a second of a whole replay in one process, and what one costs in memory.

Run: `.venv/bin/python benchmarks/one_process.py [CAPTURE…]`. It reads, publishes, decides, stores and accounts for
every message, as `tapeproof ops replay --in-process` does. Time is the processor's own, so that other programs of the
machine change little; each round plays everything again, and the best and the middle one are shown.
"""

from __future__ import annotations

import itertools
import resource
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from tapeproof.local.one_process import find_in_process
from tapeproof.market import venues
from tapeproof.ops.capture import open_captures
from tapeproof.ops.pacing import Pace, timed_captures, timed_session
from tapeproof.ops.replay import Patience, Replay
from tapeproof.ops.session import session

ROUNDS = 3
SESSION = 10_000
NOW = 1_718_000_000_000_000_000


def play(paths: list[Path]) -> tuple[int, float]:
    """Return how many events were accounted for, and the seconds of the processor that it took."""
    started = time.process_time()
    captures = open_captures(paths, None, venues.names())
    timed = itertools.chain(timed_captures(captures)) if paths else timed_session(session(1, NOW, SESSION))
    with tempfile.TemporaryDirectory() as folder:
        target, outputs, runs = find_in_process(Path(folder))
        player = Replay(target, outputs, runs, window=None)
        stop = threading.Event()
        manifest, follower = player.publish(
            timed,
            Pace(rate=None, speed=None, stop=stop),
            source="benchmark",
            stop=stop,
            on_progress=lambda one: one.poll(),
        )
        account = player.account(manifest, Patience(0, 0), follower=follower)
    if not account.whole:
        raise SystemExit(f"{len(account.differences)} events are not accounted for")
    return len(manifest.sent), time.process_time() - started


def main() -> None:
    """Print the figures."""
    paths = [Path(one) for one in sys.argv[1:]]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rates = []
    for _ in range(ROUNDS):
        events, seconds = play(paths)
        rates.append(events / seconds)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    what = ", ".join(one.name for one in paths) or "the built-in session"
    print(f"{what}: {events:,} events")
    print(f"best {max(rates):,.0f}, median {statistics.median(rates):,.0f} events a second of processor time")
    print(f"at most {grown:,.0f} MB more, {grown * 1024 / events:,.1f} KB an event")


if __name__ == "__main__":
    main()
