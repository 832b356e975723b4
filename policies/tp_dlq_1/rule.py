"""What a function fails on is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.functions import discards_failures, failure_destinations, invoke_configs
from tapeproof.gate.aws.queues import is_fifo
from tapeproof.gate.engine.ignored import find_ignored
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack, Value
    from tapeproof.gate.engine.rule import Parameters

_EXPECTED = "a dead-letter queue or on-failure destination"


@each("aws_lambda_function")
def judge(function: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when Lambda would discard events that an asynchronous invocation failed on."""

    def of_destination(destination: Value) -> Iterator[Finding]:
        for kept in stack.resolve(destination, "aws_sqs_queue", "aws_sns_topic"):
            if is_fifo(kept):
                message = f"events that the function fails on are discarded: {kept.address} is FIFO, "
                message += "and Lambda sends failures to standard queues and topics only"
                yield function.fails(destination, message, fix="use a standard queue", expected=_EXPECTED)

    destinations = judge_all(failure_destinations(stack, function), of_destination)
    ignored = judge_all(invoke_configs(stack, function), lambda config: find_ignored(config, "destination_config"))
    yield from judge_all((_discarded(function, stack), destinations, ignored), iter)


def _discarded(function: Resource, stack: Stack) -> Iterator[Finding]:
    if discards_failures(stack, function):
        message = "events that the function fails on are discarded: it has neither a dead-letter queue nor an "
        fix = "add dead_letter_config, or an aws_lambda_function_event_invoke_config with on_failure"
        yield function.fails(
            function, f"{message}on-failure destination", fix=fix, expected=_EXPECTED, observed="neither"
        )
