"""Hops that AWS does not make from one region into another, and by which name a service calls where it does.

Sources: Amazon EventBridge User Guide, "Sending and receiving events between AWS Regions" (of targets in other regions
a rule reaches buses only); Amazon S3 User Guide, "Event notification types and destinations"; Amazon CloudWatch User
Guide, "Using Amazon CloudWatch alarms"; AWS Lambda Developer Guide, "Using Lambda with Amazon SQS"; Amazon CloudWatch
Logs User Guide, "Log group-level subscription filters"; Amazon SQS Developer Guide, "Using dead-letter queues"; Amazon
SNS Developer Guide, "Cross-region delivery".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Resource, Value

__all__ = ["same_region", "topic_service"]

_BOUND = (
    "aws_sqs_queue", "aws_sns_topic", "aws_lambda_function", "aws_lambda_alias", "aws_kinesis_stream",
    "aws_dynamodb_table", "aws_kinesis_firehose_delivery_stream", "aws_sfn_state_machine",
)  # fmt: skip
"""What is reached from its own region only, where the hop asks for that."""
_SERVICES = frozenset({"sqs", "sns", "lambda", "kinesis", "dynamodb", "firehose", "states"})
_SNS = "sns.amazonaws.com"


def same_region(site: Site, sender: Resource, value: Value, holder: Resource | None = None) -> Iterator[Stop]:
    """Yield a stop where what a value names is in another region than what sends to it or reads from it.

    A region that cannot be told is taken for the same.

    Args:
        site: The stack.
        sender: What sends or reads.
        value: Names the other end.
        holder: What the value is written in, if that is something else.

    Raises:
        Undecided: It is no text.
    """
    here, text = site.world.told_region(sender), site.world.text(value)
    if not here or f":{here}:" in text:  # most are, and need not be looked for
        return
    there = _region_of(site, value)
    if there and here != there:
        yield Stop("other region", holder or sender, value, {"target": text, "here": here, "there": there})


def _region_of(site: Site, value: Value) -> str:
    try:
        found = [one for one in site.stack.resolve(value, *_BOUND) if one.mode == "managed"]
        spelled = site.world.spell(value)
    except Undecided:
        return ""
    own = site.world.told_region(found[0]) if found else ""
    parts = spelled.text.split(":")
    told = not spelled.why and parts[0] == "arn" and len(parts) > len("arn:") and parts[2] in _SERVICES
    if found and not (own and told):
        return own
    # An ARN may name its region and what a resource of another region is called as well.
    return parts[3] if told and site.stack.front_end != "plan" else ""


def topic_service(site: Site, topic: Value, endpoint: Value) -> str:
    """Return by which name SNS calls: one of the topic's region, where that is opted into and the end is elsewhere."""
    here, there = _region_of(site, topic), _region_of(site, endpoint)
    opted = here != there and any(row["region"] == here for row in rows("opt_in_regions"))
    return _SNS.replace(".", f".{here}.", 1) if here and there and opted else _SNS
