"""What a queue or stream could not get processed is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.aws.queues import redrive_targets, refuses_redrive, same_order
from tapeproof.gate.aws.sources import SOURCE_PATHS, kind_of_source
from tapeproof.gate.engine.ignored import find_ignored
from tapeproof.gate.engine.model import Ref, Undecided
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters

_EXPECTED = "a redrive policy to a queue that takes what is sent to it"


@each("aws_lambda_event_source_mapping", "aws_pipes_pipe")
def judge(mapping: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when a source queue's failures are not kept, or a stream's failures go nowhere."""
    attribute, failures = SOURCE_PATHS[mapping.type]
    source = mapping[attribute]
    kind = kind_of_source(stack, mapping, source)
    if kind == "queue":
        queues = [queue for queue in stack.resolve(source, "aws_sqs_queue") if queue.mode == "managed"]
        if not queues:
            raise Undecided(source, "the source queue is outside this stack, so its redrive policy cannot be read")
        yield from judge_all(queues, lambda queue: _queue(queue, stack))
    elif kind == "stream" and all(value.is_unset for path in failures for value in value_at(mapping, path)):
        yield mapping.fails(
            mapping,
            "records that fail until they expire are lost: the mapping has no on-failure destination",
            fix="destination_config { on_failure { destination_arn = aws_sqs_queue.<name>.arn } }",
            expected="an on-failure destination",
            observed="none",
        )


def _queue(queue: Resource, stack: Stack) -> Iterator[Finding]:
    targets = redrive_targets(stack, queue)
    if not targets or all(target.is_unset for target in targets):
        yield queue.fails(
            queue["redrive_policy"],
            "messages that fail again and again are lost when they expire: the queue has no redrive policy",
            fix="redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.<name>.arn, maxReceiveCount = 5 })",
            expected="a redrive policy",
            observed="none",
        )
        return
    yield from find_ignored(queue, "redrive_policy")
    yield from judge_all(targets, lambda target: _target(queue, target, stack))


def _target(queue: Resource, target: Value, stack: Stack) -> Iterator[Finding]:
    named = stack.resolve(target, "aws_sqs_queue")
    if not named and not (isinstance(target, Ref) and target.is_data):
        raise Undecided(target, "is no queue of this stack, so it is not known whether there is one")
    yield from judge_all(
        (other for other in named if other.mode == "managed"), lambda other: _check_redrive(stack, queue, target, other)
    )


def _check_redrive(stack: Stack, queue: Resource, target: Value, other: Resource) -> Iterator[Finding]:
    """Yield a finding when a dead-letter queue does not take what another queue sends to it."""
    if not same_order((queue,), other):
        message = (
            f"{other.address} is FIFO and the queue is not, or the other way round, so SQS refuses to redrive to it"
        )
        yield queue.fails(target, message, fix="use a queue of the same type", expected=_EXPECTED)
    refusal = refuses_redrive(stack, other, queue)
    if refusal is not None:
        message = f"{other.address} refuses what is redriven from this queue"
        fix = 'redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [<this queue>] })'
        yield queue.fails(refusal, message, fix=fix, expected=_EXPECTED)
