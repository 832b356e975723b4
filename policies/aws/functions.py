"""Lambda functions: who invokes them, and where what they could not process ends up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.aws.judging import any_of
from policies.engine.model import Known, Piece, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.engine.model import Block, Resource, Stack, Value

__all__ = ["asynchronous", "default_log_group", "has_failure_destination", "value_at"]

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


def asynchronous(stack: Stack, function: Resource) -> bool:
    """Return whether a function is invoked asynchronously: by a service that does so, or by nobody in the stack.

    Raises:
        Undecided: It cannot be told.
    """
    if any_of(_targets(stack, ASYNCHRONOUS), lambda value: _is(stack, value, function)):
        return True
    return not any_of(_targets(stack, SYNCHRONOUS), lambda value: _is(stack, value, function))


def has_failure_destination(stack: Stack, function: Resource) -> bool:
    """Return whether events that a function fails on go somewhere: a dead-letter queue or an on-failure destination.

    Raises:
        Undecided: It cannot be told.
    """
    if any_of(value_at(function, "dead_letter_config.target_arn"), lambda value: not value.is_null):
        return True
    return any_of(
        stack.resources("aws_lambda_function_event_invoke_config"),
        lambda config: (
            _is(stack, config["function_name"], function)
            and any_of(value_at(config, "destination_config.on_failure.destination"), lambda value: not value.is_null)
        ),
    )


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
    if value.is_null:
        return False
    named = stack.resolve(value, "aws_lambda_function", "aws_lambda_alias")
    return any(
        resource.address == function.address
        if resource.type == "aws_lambda_function"
        else function in stack.resolve(resource["function_name"], "aws_lambda_function")
        for resource in named
    )
