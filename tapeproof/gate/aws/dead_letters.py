"""Where rules, schedules and topics send what they cannot deliver, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.fault import Fault
from tapeproof.gate.aws.queues import admits_rule, admits_topic, is_fifo, role_may_send, same_order
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource, Stack, Value

__all__ = ["faults_of_subscription", "faults_of_target"]

_EXPECTED = "a dead-letter queue that lets the failures in"


def faults_of_target(resource: Resource, stack: Stack) -> Iterator[Fault]:
    """Yield what is wrong with the dead-letter queue of a rule's target, or of a schedule's.

    Raises:
        Undecided: It cannot be told.
    """
    scheduled = resource.type == "aws_scheduler_schedule"
    target: Block | None = resource.block("target") if scheduled else resource
    config = None if target is None else target.block("dead_letter_config")
    if target is None or config is None or config["arn"].is_unset:
        place = config["arn"].span if config is not None else (target or resource).span
        message = "what cannot be delivered to the target is discarded: it has no dead-letter queue"
        yield Fault(place, message, "dead_letter_config { arn = aws_sqs_queue.<name>.arn }", _EXPECTED, "none")
        return
    for queue in _queues(stack, config["arn"]):
        if is_fifo(queue):
            message = f"{queue.address} is FIFO, and EventBridge sends what it cannot deliver to standard queues only"
            yield Fault(config["arn"], message, "use a standard queue", _EXPECTED)
        elif scheduled and not role_may_send(stack, queue, target["role_arn"]):
            message = f"{queue.address} refuses what is sent to it: no policy allows the schedule's role to send to it"
            yield Fault(config["arn"], message, "allow sqs:SendMessage on it", _EXPECTED, "not let in")
        elif not scheduled and not admits_rule(stack, queue, resource):
            yield _build_refusal(config["arn"], queue, "events.amazonaws.com", "rule")


def faults_of_subscription(subscription: Resource, stack: Stack) -> Iterator[Fault]:
    """Yield what is wrong with the dead-letter queue of a subscription to a topic.

    Source: Amazon SNS Developer Guide, "Amazon SNS dead-letter queues".

    Raises:
        Undecided: It cannot be told.
    """
    redrive, topic = subscription["redrive_policy"], subscription["topic_arn"]
    if redrive.is_unset:
        message = "what the topic cannot deliver to the subscriber is discarded: the subscription has no redrive policy"
        fix = "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.<name>.arn })"
        yield Fault(redrive, message, fix, _EXPECTED, "none")
        return
    for queue in _queues(stack, stack.document(redrive).entry("deadLetterTargetArn")):
        if not same_order(stack.resolve(topic, "aws_sns_topic"), queue):
            message = f"SNS sends nothing to {queue.address}: of queue and topic, one is FIFO and the other is not"
            yield Fault(redrive, message, "use a queue of the topic's type", _EXPECTED)
        elif not admits_topic(stack, queue, topic):
            yield _build_refusal(redrive, queue, "sns.amazonaws.com", "topic")


def _build_refusal(place: Value, queue: Resource, service: str, what: str) -> Fault:
    message = f"{queue.address} refuses what is sent to it: no policy allows {service} to send for this {what}"
    return Fault(
        place, message, f"allow sqs:SendMessage on it to {service} in its queue policy", _EXPECTED, "not let in"
    )


def _queues(stack: Stack, arn: Value) -> tuple[Resource, ...]:
    """Return the queues that a dead-letter ARN names.

    Raises:
        Undecided: It names none of this stack.
    """
    queues = stack.resolve(arn, "aws_sqs_queue")
    if not queues:
        raise Undecided(arn, "the dead-letter queue is outside this stack, so its policy cannot be read")
    return queues
