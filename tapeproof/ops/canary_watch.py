"""`tapeproof ops canary`: watch the routes whose new code takes a part of the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.ops.canary import Watch, find_canaries
from tapeproof.ops.interrupts import interrupts_as_stop
from tapeproof.ops.screen import Screen
from tapeproof.terminal import count_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from tapeproof.ops.target import Addressee

__all__ = ["canary"]

EXIT_TAKEN_BACK = 1
SECONDS_OF_A_MINUTE = 60


def canary(arguments: argparse.Namespace, find: Callable[[], Addressee]) -> int:
    """Watch canaries and take back what goes wrong; return 1 when something was taken back."""
    screen, (target, outputs, _) = Screen(), find()
    functions, cloudwatch = target.client("lambda"), target.client("cloudwatch")
    # Before the aliases are read: an interrupt in between must not leave them unwatched.
    with interrupts_as_stop() as stop:
        canaries = find_canaries(functions, cloudwatch, outputs.function_names)
        for one in canaries:
            screen.say(
                f"{one.route}: version {one.newest} takes {1 - one.share:.0%} of the events, {one.stable} the rest; "
                f"watching {count_of(len(one.alarms), 'alarm')} for {arguments.minutes:g} minutes"
            )
        if not canaries:
            screen.say("no route has new code that takes a part of its events: nothing to watch")
        taken_back = Watch(functions, cloudwatch, canaries, stop).run(arguments.minutes * SECONDS_OF_A_MINUTE)
    for one in canaries:
        why = taken_back.get(one.route)
        if why is None:
            screen.say(f"{one.route}: no alarm went off; remove `stable` and apply, and all events go to {one.newest}")
        else:
            screen.say(f"{one.route}: {why}: all events go to version {one.stable} again; apply the code of before")
    return EXIT_TAKEN_BACK if taken_back else 0
