"""Functions say how long they may take and how much memory they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each("aws_lambda_function")
def judge(function: Resource, _stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when the timeout or the memory is left to AWS's default, or out of bounds."""

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
    yield from judge_all(bounds, of_bound)
