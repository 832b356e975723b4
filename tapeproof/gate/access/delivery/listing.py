"""The hops of a stack, one line each, with what stops on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.wording import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tapeproof.gate.access.delivery.facts import Hop

__all__ = ["exit_status", "list_hops"]

_ADVICE = "visible soon"


def exit_status(hops: Sequence[Hop]) -> int:
    """Return 0 where every event arrives, 1 where one stops, 2 where that cannot be told."""
    if any(stop.code != _ADVICE for hop in hops for stop in hop.stops):
        return 1
    return 2 if any(not doubt.is_assumed for hop in hops for doubt in hop.doubts) else 0


def list_hops(hops: Sequence[Hop]) -> list[str]:
    """Return a line for each hop, and below it why nothing passes or what cannot be told."""
    lines: list[str] = []
    for hop in hops:
        failed = "what failed: " if hop.purpose == "failure" else ""
        state = "stops" if hop.stops else "not known" if hop.doubts else "arrives"
        lines.append(f"{failed}{hop.origin} -> {hop.end}: {state}")
        lines.extend(
            f"    {stop.resource.address}: {WORDS[stop.code].reason.format(**stop.details)}" for stop in hop.stops
        )
        lines.extend(f"    {doubt.undecided.why}" for doubt in hop.doubts)
    return lines
