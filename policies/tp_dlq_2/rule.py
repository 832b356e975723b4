"""What EventBridge, its Scheduler and SNS cannot deliver is kept, in a queue that lets them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.dead_letters import faults_of_subscription, faults_of_target
from tapeproof.gate.engine.rule import each, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_PEOPLE = frozenset({"email", "email-json", "sms"})
"""Protocols whose subscribers are people, to whom nothing is redriven."""


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about the targets of rules and schedules, and about subscriptions."""
    yield from _targets(stack, parameters)
    yield from _subscriptions(stack, parameters)


@each("aws_cloudwatch_event_target", "aws_scheduler_schedule")
def _targets(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    for fault in faults_of_target(resource, stack):
        yield fault.build_finding(resource)


def _of_machines(stack: Stack) -> Iterator[Resource]:
    """Yield the subscriptions of machines; one whose protocol has no value counts as one."""
    for subscription in stack.resources("aws_sns_topic_subscription"):
        protocol = subscription["protocol"]
        if not (protocol.known and not protocol.is_unset and protocol.text() in _PEOPLE):
            yield subscription


@over(_of_machines)
def _subscriptions(subscription: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    subscription["protocol"].text()
    for fault in faults_of_subscription(subscription, stack):
        yield fault.build_finding(subscription)
