"""Every function's log group is declared, so that its retention and key are too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.functions import default_log_group
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.aws.whereabouts import in_another_account, in_another_region
from tapeproof.gate.engine.rule import each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, Resource, Stack
    from tapeproof.gate.engine.rule import Parameters


@each("aws_lambda_function")
def judge(function: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding when no declared log group is the one that the function writes to."""
    chosen = next((value for value in value_at(function, "logging_config.log_group") if not value.is_unset), None)
    if chosen is not None:
        named = stack.resolve(chosen, "aws_cloudwatch_log_group")
        if not any(_is_beside(stack, function, group) for group in named):
            message = "the log group that the function writes to is not declared here"
            yield function.fails(chosen, message, fix="declare it as an aws_cloudwatch_log_group", expected="declared")
        return
    default = default_log_group(function)
    declared = (group for group in stack.resources("aws_cloudwatch_log_group") if "name" in group)
    groups = (group for group in declared if _is_beside(stack, function, group))
    if not any_of(groups, lambda group: default.same_as(group["name"])):
        yield function.fails(
            function,
            "no log group is declared for the function; Lambda makes one that keeps logs forever, without a key",
            fix='declare an aws_cloudwatch_log_group named "/aws/lambda/<function name>"',
            expected="a declared log group",
            observed="none",
        )


def _is_beside(stack: Stack, function: Resource, group: Resource) -> bool:
    return not in_another_region(stack, function, group) and not in_another_account(stack, function, group)
