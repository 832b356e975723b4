"""What EventBridge and its Scheduler cannot deliver is kept, in a queue that lets them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.queues import admits_rule, role_may_send
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_EXPECTED = "a dead-letter queue that lets the failures in"


@each("aws_cloudwatch_event_target", "aws_scheduler_schedule")
def judge(resource: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when a target has no dead-letter queue, or one that would refuse what is sent to it."""
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
    queues = stack.resolve(config["arn"], "aws_sqs_queue")
    if not queues:
        raise Undecided(config["arn"], "the dead-letter queue is outside this stack, so its policy cannot be read")
    for queue in queues:
        admitted = role_may_send(stack, queue, target["role_arn"]) if scheduled else admits_rule(stack, queue, resource)
        if not admitted:
            message = f"{queue.address} refuses what is sent to it: no policy allows "
            message += (
                "the schedule's role to send to it" if scheduled else "events.amazonaws.com to send for this rule"
            )
            fix = "allow sqs:SendMessage on it" + ("" if scheduled else " to events.amazonaws.com in its queue policy")
            yield resource.fails(config["arn"], message, fix=fix, expected=_EXPECTED, observed="not let in")
