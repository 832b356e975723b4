"""What a queue or stream could not get processed is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.functions import value_at
from tapeproof.gate.aws.queues import redrive_target
from tapeproof.gate.aws.sources import SOURCE_PATHS, kind_of_source
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters


@each("aws_lambda_event_source_mapping", "aws_pipes_pipe")
def judge(mapping: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when a source queue has no redrive policy, or a stream's failures go nowhere."""
    attribute, failures = SOURCE_PATHS[mapping.type]
    source = mapping[attribute]
    kind = kind_of_source(stack, mapping, source)
    if kind == "queue":
        queues = stack.resolve(source, "aws_sqs_queue")
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
    target: Value | None = redrive_target(stack, queue)
    if target is None or target.is_unset:
        yield queue.fails(
            queue["redrive_policy"],
            "messages that fail again and again are lost when they expire: the queue has no redrive policy",
            fix="redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.<name>.arn, maxReceiveCount = 5 })",
            expected="a redrive policy",
            observed="none",
        )
