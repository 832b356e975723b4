"""The verdicts of the delivery policies: which hop, where it stops, and what was not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.access.delivery.wording import WORDS
from tapeproof.gate.access.spelled import without_unknowns
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tapeproof.gate.access.delivery.facts import Aspect, Doubt, Hop, Purpose, Stop
    from tapeproof.gate.engine.model import Finding, Stack

__all__ = ["Scope", "judge_hops"]

_ASPECTS: dict[str, Aspect] = {
    **dict.fromkeys(
        (
            "off", "actions off", "other bus", "aws events", "schedule elsewhere", "never meet", "strayed", "no rule",
            "silent bucket", "overlap", "no group", "no deduplication", "fifo queue", "fifo topic", "fifo subscriber",
            "overwritten", "itself", "other kind", "kept shorter", "no target", "no arn", "no stream", "other region",
            "no subscriptions",
        ),
        "flow",
    ),
    "visible": "visibility",
    "visible soon": "visibility",
    "log": "log",
    "log key": "log",
    "unfit log key": "log",
}  # fmt: skip
"""What each code is about; the rest is about who is admitted."""
_LONGEST = 8


class Scope(NamedTuple):
    """What one policy looks at.

    Attributes:
        purposes: Hops of events, of failures, or both.
        aspects: What is asked of them.
        codes: The codes it names; all of these aspects without any.
    """

    purposes: tuple[Purpose, ...]
    aspects: tuple[Aspect, ...]
    codes: tuple[str, ...] = ()

    def takes(self, stop: Stop) -> bool:
        """Return whether the policy names this stop."""
        return _ASPECTS.get(stop.code, "admission") in self.aspects and (not self.codes or stop.code in self.codes)


def judge_hops(stack: Stack, scope: Scope) -> Iterator[Finding]:
    """Yield what a policy finds on the hops of a stack, and a pass for each sender on which nothing is found."""
    hops = hops_of(stack)
    quiet: dict[str, Hop] = {}
    loud: set[str] = set()
    for hop in hops:
        if hop.purpose not in scope.purposes or not hop.asked & set(scope.aspects):
            continue
        stops = [stop for stop in hop.stops if scope.takes(stop)]
        doubts = [doubt for doubt in hop.doubts if doubt.aspect in scope.aspects]
        yield from (_build_finding(hops, hop, stop) for stop in stops)
        yield from (_report_doubt(hops, hop, doubt) for doubt in doubts)
        loud.update([hop.sender.address] if stops or doubts else [])
        quiet.setdefault(hop.sender.address, hop)
    yield from (hop.sender.passes() for address, hop in quiet.items() if address not in loud)


def _build_finding(hops: Sequence[Hop], hop: Hop, stop: Stop) -> Finding:
    words = WORDS[stop.code]
    message = f"{_way(hops, hop)}: {words.reason.format(**stop.details)}"
    expected = "every event arrives" if hop.purpose == "delivery" else "what failed arrives"
    return stop.resource.fails(stop.at, message, fix=words.fix.format(**stop.details), expected=expected)


def _report_doubt(hops: Sequence[Hop], hop: Hop, doubt: Doubt) -> Finding:
    """Return an UNKNOWN, or where the answer lies outside the stack a pass that says what it takes for granted."""
    message = f"{_way(hops, hop)}: {doubt.undecided.why}"
    if doubt.is_assumed:
        return hop.sender.warns(doubt.undecided.value, f"{message}; it is taken to let the event pass")
    return hop.sender.unknown(doubt.undecided, message)


def _way(hops: Sequence[Hop], hop: Hop) -> str:
    """Return the way of the event up to the hop at which it stops."""
    steps = [hop.origin, hop.end]
    while len(steps) < _LONGEST:
        before = next((one.origin for one in hops if one.end == steps[0] and one.purpose == "delivery"), None)
        if before is None or before in steps:
            break
        steps.insert(0, before)
    failed = "what failed: " if hop.purpose == "failure" else ""
    return failed + " -> ".join(without_unknowns(step) for step in steps)
