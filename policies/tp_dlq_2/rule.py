"""What EventBridge, its Scheduler and SNS cannot deliver is kept, in a queue that lets them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.queues import admits_rule, admits_topic, is_fifo, role_may_send, same_order
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.rule import each, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Finding, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters

_EXPECTED = "a dead-letter queue that lets the failures in"
_PEOPLE = frozenset({"email", "email-json", "sms"})
"""Protocols whose subscribers are people, to whom nothing is redriven."""


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about the targets of rules and schedules, and about subscriptions."""
    yield from _targets(stack, parameters)
    yield from _subscriptions(stack, parameters)


@each("aws_cloudwatch_event_target", "aws_scheduler_schedule")
def _targets(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    scheduled = resource.type == "aws_scheduler_schedule"
    target: Block | None = resource.block("target") if scheduled else resource
    config = None if target is None else target.block("dead_letter_config")
    if target is None or config is None or config["arn"].is_unset:
        yield resource.fails(
            config["arn"] if config is not None else target or resource,
            "what cannot be delivered to the target is discarded: it has no dead-letter queue",
            fix="dead_letter_config { arn = aws_sqs_queue.<name>.arn }",
            expected=_EXPECTED,
            observed="none",
        )
        return
    for queue in _queues(stack, config["arn"]):
        if is_fifo(queue):
            message = f"{queue.address} is FIFO, and EventBridge sends what it cannot deliver to standard queues only"
            yield resource.fails(config["arn"], message, fix="use a standard queue", expected=_EXPECTED)
            continue
        admitted = role_may_send(stack, queue, target["role_arn"]) if scheduled else admits_rule(stack, queue, resource)
        if not admitted:
            message = f"{queue.address} refuses what is sent to it: no policy allows "
            message += (
                "the schedule's role to send to it" if scheduled else "events.amazonaws.com to send for this rule"
            )
            fix = "allow sqs:SendMessage on it" + ("" if scheduled else " to events.amazonaws.com in its queue policy")
            yield resource.fails(config["arn"], message, fix=fix, expected=_EXPECTED, observed="not let in")


def _to_machines(stack: Stack) -> Iterator[Resource]:
    """Yield the subscriptions of machines; one whose protocol has no value counts as one."""
    for subscription in stack.resources("aws_sns_topic_subscription"):
        protocol = subscription["protocol"]
        if not (protocol.known and not protocol.is_unset and protocol.text() in _PEOPLE):
            yield subscription


@over(_to_machines)
def _subscriptions(subscription: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    subscription["protocol"].text()
    redrive = subscription["redrive_policy"]
    if redrive.is_unset:
        message = "what the topic cannot deliver to the subscriber is discarded: the subscription has no redrive policy"
        fix = "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.<name>.arn })"
        yield subscription.fails(redrive, message, fix=fix, expected=_EXPECTED, observed="none")
        return
    topic = subscription["topic_arn"]
    for queue in _queues(stack, stack.document(redrive).entry("deadLetterTargetArn")):
        if not same_order(stack.resolve(topic, "aws_sns_topic"), queue):
            message = (
                f"{queue.address} is FIFO and the topic is not, or the other way round, so SNS sends nothing to it"
            )
            yield subscription.fails(redrive, message, fix="use a queue of the topic's type", expected=_EXPECTED)
        elif not admits_topic(stack, queue, topic):
            message = f"{queue.address} refuses what is sent to it: no policy allows sns.amazonaws.com to send for "
            fix = "allow sqs:SendMessage on it to sns.amazonaws.com in its queue policy"
            yield subscription.fails(redrive, message + "this topic", fix=fix, expected=_EXPECTED)


def _queues(stack: Stack, arn: Value) -> tuple[Resource, ...]:
    """Return the queues that a dead-letter ARN names.

    Raises:
        Undecided: It names none of this stack.
    """
    queues = stack.resolve(arn, "aws_sqs_queue")
    if not queues:
        raise Undecided(arn, "the dead-letter queue is outside this stack, so its policy cannot be read")
    return queues
