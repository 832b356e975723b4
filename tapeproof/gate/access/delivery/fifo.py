"""What a FIFO queue needs of a message, a group and something by which a second copy is known; and where none may be.

Sources: Amazon EventBridge API Reference and EventBridge Scheduler API Reference, "SqsParameters" (the queue must have
content-based deduplication); Amazon EventBridge Pipes Reference, "PipeTargetSqsQueueParameters"; Amazon SQS API
Reference, "SendMessage".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.access.delivery.ends import standard_queue
from tapeproof.gate.access.delivery.facts import Stop
from tapeproof.gate.access.delivery.hops import is_fifo, only, optional_block, outside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.access.site import Site
    from tapeproof.gate.engine.model import Block, Resource, Value

__all__ = ["fits_fifo", "standard_end"]

_QUEUE, _TOPIC = "aws_sqs_queue", "aws_sns_topic"


def fits_fifo(site: Site, sender: Resource, value: Value, holder: Block, path: str) -> Iterator[Stop]:
    """Yield a stop where a FIFO queue would get messages that it does not take.

    Args:
        site: The stack.
        sender: What sends.
        value: Names the queue, or some other target.
        holder: What has the parameters of the message.
        path: The block of the parameters.

    Raises:
        Undecided: It cannot be told.
    """
    if outside(site, value, _QUEUE):
        return
    queue = only(site, value, _QUEUE)
    if not is_fifo(queue):
        return
    told = optional_block(holder, path)
    if told is None or told["message_group_id"].is_unset:
        yield Stop("no group", sender, value, {"target": queue.address})
    elif told["message_deduplication_id"].is_unset and not _by_content(queue):
        yield Stop("no deduplication", sender, value, {"target": queue.address})


def standard_end(site: Site, value: Value, sender: Resource) -> Iterator[Stop]:
    """Yield a stop where a queue or a topic is FIFO and must not be, as where Lambda puts its records.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html

    Raises:
        Undecided: It cannot be told.
    """
    yield from standard_queue(site, value, sender)
    if not outside(site, value, _TOPIC):
        topic = only(site, value, _TOPIC)
        if is_fifo(topic):
            yield Stop("fifo topic", sender, value, {"target": topic.address})


def _by_content(queue: Resource) -> bool:
    own = queue["content_based_deduplication"]
    return not own.is_null and own.boolean()
