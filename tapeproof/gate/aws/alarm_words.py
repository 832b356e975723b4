"""What people are told of an alarm that never tells of trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.alarms import Miss

if TYPE_CHECKING:
    from tapeproof.gate.aws.alarms import Missed
    from tapeproof.gate.engine.model import Resource

__all__ = ["fix_of", "tell_miss"]

_WHY = {
    Miss.REGION: "it is in another region, and an alarm watches metrics of its own",
    Miss.HANDLE: "{} takes the name, and an ARN or URL stands there, so the alarm never has data",
    Miss.DIMENSION: "AWS publishes no such metric by {}, so the alarm never has data",
    Miss.DIRECTION: "it goes off when there is little of what it watches",
    Miss.THRESHOLD: "it stays silent at the first message, and nothing should lie in a dead-letter queue",
}
_FIX = {
    Miss.REGION: "put it into the region of what it watches",
    Miss.HANDLE: "set {} to the name",
    Miss.DIMENSION: "remove {} from the dimensions",
    Miss.DIRECTION: 'comparison_operator = "GreaterThanThreshold"',
    Miss.THRESHOLD: 'threshold = 0, with comparison_operator = "GreaterThanThreshold"',
}


def tell_miss(missed: Missed, resource: Resource) -> str:
    """Return what is wrong with an alarm that is meant for a resource, as a sentence without a full stop."""
    return f"does not tell of trouble at {resource.address}: {_WHY[missed.why].format(missed.subject)}"


def fix_of(missed: Missed) -> str:
    """Return what to write instead."""
    return _FIX[missed.why].format(missed.subject)
