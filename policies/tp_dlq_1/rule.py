"""What a function fails on is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.functions import discards_failures
from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each("aws_lambda_function")
def judge(function: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when Lambda would discard events that an asynchronous invocation failed on."""
    if discards_failures(stack, function):
        yield function.fails(
            function,
            "events that the function fails on are discarded: it has neither a dead-letter queue nor an on-failure "
            "destination",
            fix="add dead_letter_config, or an aws_lambda_function_event_invoke_config with on_failure",
            expected="a dead-letter queue or on-failure destination",
            observed="neither",
        )
