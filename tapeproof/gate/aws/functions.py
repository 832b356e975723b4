"""Lambda functions: who invokes them, and where what they could not process ends up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.engine.model import Known, Piece, Text, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource, Stack, Value

__all__ = ["default_log_group", "discards_failures", "value_at"]

ASYNCHRONOUS = (
    ("aws_cloudwatch_event_target", "arn"),
    ("aws_cloudwatch_log_subscription_filter", "destination_arn"),
    ("aws_config_config_rule", "source.source_identifier"),
    ("aws_iot_topic_rule", "lambda.function_arn"),
    ("aws_s3_bucket_notification", "lambda_function.lambda_function_arn"),
    ("aws_scheduler_schedule", "target.arn"),
    ("aws_secretsmanager_secret_rotation", "rotation_lambda_arn"),
    ("aws_ses_receipt_rule", "lambda_action.function_arn"),
    ("aws_sns_topic_subscription", "endpoint"),
)
"""Who puts events on a function's internal queue (AWS Lambda Developer Guide, "Invoking Lambda with events from other
AWS services": asynchronous invocation)."""
SYNCHRONOUS = (
    ("aws_api_gateway_integration", "uri"),
    ("aws_apigatewayv2_integration", "integration_uri"),
    ("aws_lambda_event_source_mapping", "function_name"),
    ("aws_lambda_function_url", "function_name"),
    ("aws_lb_target_group_attachment", "target_id"),
    ("aws_pipes_pipe", "target"),
)
"""Who waits for the answer or polls a source, and so deals with failures itself."""


def discards_failures(stack: Stack, function: Resource) -> bool:
    """Return whether Lambda would throw away events that an asynchronous invocation of a function failed on.

    A dead-letter queue is part of the function and counts for all its versions. An on-failure destination belongs to
    one qualifier: that of an alias does not serve invocations without it (AWS Lambda Developer Guide, "Configuring
    error handling settings for asynchronous invocations").

    Raises:
        Undecided: It cannot be told.
    """
    if any_of(value_at(function, "dead_letter_config.target_arn"), lambda value: not value.is_unset):
        return False
    doubt: Undecided | None = None
    qualifiers: list[Value] = []
    try:
        invokers = those(_targets(stack, ASYNCHRONOUS), lambda value: _is(stack, value, function))
        qualifiers.extend(_qualifier(stack, value) for value in invokers)
    except Undecided as undecided:
        doubt = undecided
    if any_of(qualifiers, lambda qualifier: not _has_destination(stack, function, qualifier)):
        return True
    if qualifiers or _has_destination(stack, function, None):
        return False
    if doubt is not None:
        raise doubt
    return not any_of(_targets(stack, SYNCHRONOUS), lambda value: _is(stack, value, function))


def _has_destination(stack: Stack, function: Resource, qualifier: Value | None) -> bool:
    """Return whether failures of invocations by a qualifier, or by any one for None, go somewhere."""
    return any_of(
        stack.resources("aws_lambda_function_event_invoke_config"),
        lambda config: (
            _is(stack, config["function_name"], function)
            and (qualifier is None or _same_qualifier(config["qualifier"], qualifier))
            and any_of(value_at(config, "destination_config.on_failure.destination"), lambda value: not value.is_unset)
        ),
    )


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


def value_at(block: Block, path: str) -> Iterator[Value]:
    """Yield the values of an attribute in nested blocks: of every block, when there are several.

    Raises:
        Undecided: After them, when it is not known how many blocks there are.
    """
    outer, _, rest = path.partition(".")
    if rest:
        for inner in block.blocks(outer):
            yield from value_at(inner, rest)
    else:
        yield block[outer]


def _targets(stack: Stack, places: tuple[tuple[str, str], ...]) -> Iterator[Value]:
    for type_, path in places:
        for resource in stack.resources(type_):
            yield from value_at(resource, path)


def _is(stack: Stack, value: Value, function: Resource) -> bool:
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
