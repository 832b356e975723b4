"""Lambda functions: who invokes them, and where what they could not process ends up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.invocation import invokers_that_do_not_wait, invokers_that_wait
from tapeproof.gate.aws.judging import any_of, surely, those
from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.aws.whereabouts import in_another_region
from tapeproof.gate.engine.model import Known, Piece, Text, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = [
    "default_log_group",
    "discards_failures",
    "failure_destinations",
    "invoke_configs",
    "is_function",
    "value_at",
]
_CONFIG = "aws_lambda_function_event_invoke_config"
_DEAD_LETTERS = "dead_letter_config.target_arn"
_ON_FAILURE = "destination_config.on_failure.destination"


def discards_failures(stack: Stack, function: Resource) -> bool:
    """Return whether Lambda would throw away events that an asynchronous invocation of a function failed on.

    A dead-letter queue is part of the function and counts for all its versions. An on-failure destination belongs to
    one qualifier: that of an alias does not serve invocations without it (AWS Lambda Developer Guide, "Configuring
    error handling settings for asynchronous invocations").

    Raises:
        Undecided: It cannot be told.
    """
    if any_of(value_at(function, _DEAD_LETTERS), lambda value: not value.is_unset):
        return False
    doubt: Undecided | None = None
    qualifiers: list[Value] = []
    try:
        invokers = those(invokers_that_do_not_wait(stack), lambda value: is_function(stack, value, function))
        qualifiers.extend(_qualifier(stack, value) for value in invokers)
    except Undecided as undecided:
        doubt = undecided
    if any_of(qualifiers, lambda qualifier: not _has_destination(stack, function, qualifier)):
        return True
    if qualifiers or _has_destination(stack, function, None):
        return False
    asked = any_of(invokers_that_wait(stack), lambda value: is_function(stack, value, function))
    if asked and doubt is not None:
        raise doubt
    return not asked


def failure_destinations(stack: Stack, function: Resource) -> Iterator[Value]:
    """Yield the ARNs that a function's failures are sent to, by itself or by a configuration of its invocations.

    Raises:
        Undecided: After them, when there may be another.
    """
    yield from (value for value in value_at(function, _DEAD_LETTERS) if not value.is_unset)
    for config in invoke_configs(stack, function):
        yield from (value for value in value_at(config, _ON_FAILURE) if not value.is_unset)


def invoke_configs(stack: Stack, function: Resource) -> Iterator[Resource]:
    """Yield the configurations of a function's asynchronous invocations, whatever their qualifiers.

    Raises:
        Undecided: After them, when there may be another.
    """
    return those(_configs(stack, function), lambda config: is_function(stack, config["function_name"], function))


def _configs(stack: Stack, function: Resource) -> Iterator[Resource]:
    """Yield the configurations of invocations in a function's region, whosever they are."""
    return (config for config in stack.resources(_CONFIG) if not in_another_region(stack, config, function))


def _has_destination(stack: Stack, function: Resource, qualifier: Value | None) -> bool:
    """Return whether failures of invocations by a qualifier, or by any one for None, go somewhere."""
    return any_of(
        _configs(stack, function),
        lambda config: (
            is_function(stack, config["function_name"], function)
            and (qualifier is None or _same_qualifier(config["qualifier"], qualifier))
            and _keeps_failures(config)
            and not _is_overruled(stack, function, config)
        ),
    )


def _keeps_failures(config: Resource) -> bool:
    return any_of(value_at(config, _ON_FAILURE), lambda value: not value.is_unset)


def _is_overruled(stack: Stack, function: Resource, config: Resource) -> bool:
    """Return whether another configuration of the same invocations surely keeps nothing: the last applied stays."""

    def overrules(other: Resource) -> bool:
        same = is_function(stack, other["function_name"], function)
        return same and _same_qualifier(other["qualifier"], config["qualifier"]) and not _keeps_failures(other)

    return any(surely(overrules, other) for other in _configs(stack, function) if other is not config)


def _qualifier(stack: Stack, target: Value) -> Value:
    """Return the name of the alias that a target is, null when it is the function itself."""
    aliases = stack.resolve(target, "aws_lambda_alias")
    return aliases[0]["name"] if aliases else Known(None, span=target.span)


def _same_qualifier(one: Value, other: Value) -> bool:
    latest = [value.is_unset or (value.known and value.text() == "$LATEST") for value in (one, other)]
    return all(latest) if any(latest) else one.same_as(other)


def default_log_group(function: Resource) -> Value:
    """Return the name of the log group that Lambda writes to unless ``logging_config`` says otherwise.

    Source: AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs".
    """
    prefix, name = "/aws/lambda/", function["function_name"]
    if isinstance(name, Known):
        return Known(prefix + name.text(), span=name.span, origins=name.origins)
    return Text((Piece(prefix, name.span), *name.pieces_of_text()), span=name.span, origins=name.origins)


def is_function(stack: Stack, value: Value, function: Resource) -> bool:
    """Return whether a value names a function, or an alias of it."""
    if value.is_unset:
        return False
    named = stack.resolve(value, "aws_lambda_function", "aws_lambda_alias")
    return any(
        resource.address == function.address
        if resource.type == "aws_lambda_function"
        else function in stack.resolve(resource["function_name"], "aws_lambda_function")
        for resource in named
    )
