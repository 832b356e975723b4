"""Functions say how long they may take and how much memory they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.sources import source_queues
from tapeproof.gate.engine.ignored import find_ignored
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_DEFAULT_TIMEOUT, _DEFAULT_VISIBILITY = 3, 30
"""Seconds, as AWS has them unless they are set (Lambda Developer Guide and SQS Developer Guide, quotas)."""


@each("aws_lambda_function")
def judge(function: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when a limit is left to AWS's default or out of bounds, or stops the function altogether."""

    def of_bound(bound: tuple[str, str, int, int]) -> Iterator[Finding]:
        name, unit, least, most = bound
        value = function[name]
        expected = f"{least} to {most} {unit}"
        if value.is_unset:
            message = f"does not set {name}, so AWS's default applies"
            fix = f"{name} = {parameters['suggested_' + name]}"
            yield function.fails(value, message, fix=fix, expected=expected, observed="not set")
        elif not least <= value.number() <= most:
            message = f"{name} = {value.number()} is outside {expected}"
            fix = f"{name} = {min(max(value.number(), least), most)}"
            yield function.fails(value, message, fix=fix, expected=expected)

    bounds = (
        ("timeout", "seconds", parameters["minimum_timeout"], parameters["maximum_timeout"]),
        ("memory_size", "MB", parameters["minimum_memory_size"], parameters["maximum_memory_size"]),
    )
    yield from judge_all((judge_all(bounds, of_bound), _concurrency(function), _visibility(stack, function)), iter)


def _concurrency(function: Resource) -> Iterator[Finding]:
    reserved = function["reserved_concurrent_executions"]
    if not reserved.is_unset and reserved.number() == 0:
        message = "no concurrency is reserved for the function, so Lambda refuses every invocation"
        fix = "remove reserved_concurrent_executions, or reserve at least 1"
        yield function.fails(reserved, message, fix=fix, expected="at least 1, or -1 for none reserved")


def _visibility(stack: Stack, function: Resource) -> Iterator[Finding]:
    """Yield a finding for each queue whose messages come back while the function still works on them.

    Source: AWS Lambda Developer Guide, "Creating and configuring an Amazon SQS event source mapping".
    """
    timeout = function.get("timeout", _DEFAULT_TIMEOUT)
    for queue in source_queues(stack, function):
        visible = queue.get("visibility_timeout_seconds", _DEFAULT_VISIBILITY)
        if visible.number() < timeout.number():
            message = f"messages of {queue.address} come back after {visible.number()} s, while the function "
            message += f"may still work on them ({timeout.number()} s)"
            fix = f"visibility_timeout_seconds = {6 * timeout.number()}"
            expected = "at least the function's timeout; AWS advises six times as much"
            yield function.fails(visible, message, fix=fix, expected=expected)
        yield from find_ignored(queue, "visibility_timeout_seconds")
