"""Who invokes functions, and who of them waits for the answer; the table of both is ``policies/facts/invokers.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.invoking_documents import READERS, Invocation, tells_by_header
from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.engine.model import Known, Undecided, Unknown
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["invokers_that_do_not_wait", "invokers_that_wait"]

_SELDOM_FUNCTIONS = frozenset(
    {"aws_cloudwatch_composite_alarm", "aws_cloudwatch_metric_alarm", "aws_lambda_function_event_invoke_config"}
)
"""Types that send to topics and queues nearly always: a variable without a value is no doubt there."""
_ASKING_DATA = frozenset({"aws_lambda_invocation"})
"""Types that invoke a function as data sources as well."""


def invokers_that_wait(stack: Stack) -> Iterator[Value]:
    """Yield what names the functions of those who wait for an answer, and so deal with failures themselves.

    Raises:
        Undecided: After them, when there may be more.
    """
    return _find_invoked(stack, waits=True)


def invokers_that_do_not_wait(stack: Stack) -> Iterator[Value]:
    """Yield what names the functions of those who put events on a function's internal queue.

    Raises:
        Undecided: After them, when there may be more.
    """
    return _find_invoked(stack, waits=False)


def _find_invoked(stack: Stack, *, waits: bool) -> Iterator[Value]:
    doubt: Undecided | None = None
    for row in rows("invokers"):
        types = row["resource_type"]
        asking = stack.data(types) if types in _ASKING_DATA else ()
        for resource in (*stack.resources(types), *asking):
            try:
                yield from (found.function for found in _invocations(stack, resource, row) if found.waits is waits)
            except Undecided as undecided:
                doubt = doubt or undecided
    if doubt is not None:
        raise doubt


def _invocations(stack: Stack, resource: Resource, row: dict[str, str]) -> Iterator[Invocation]:
    place = (row["resource_type"], row["attribute"])
    if place in READERS:
        yield from READERS[place](stack, resource)
        return
    told = _TOLD_OTHERWISE.get(place)
    waits = (row["waits"] == "yes") is not (told is not None and told(resource))
    for value in value_at(resource, row["attribute"]):
        named = value.elements() if isinstance(value, Known) and isinstance(value.value, tuple) else (value,)
        sure = (name for name in named if place[0] not in _SELDOM_FUNCTIONS or not isinstance(name, Unknown))
        yield from (Invocation(name, waits) for name in sure)


def _by_header(integration: Resource) -> bool:
    """Source: Amazon API Gateway Developer Guide, "Set up asynchronous invocation of the backend Lambda function"."""
    return tells_by_header(integration["request_parameters"].entries())


def _by_pipe(pipe: Resource) -> bool:
    """Source: Amazon EventBridge Pipes Reference, PipeTargetLambdaFunctionParameters."""
    types = value_at(pipe, "target_parameters.lambda_function_parameters.invocation_type")
    return any(not value.is_unset and value.text() == "FIRE_AND_FORGET" for value in types)


def _by_action_point(extension: Resource) -> bool:
    """Source: AWS AppConfig User Guide, "Understanding extensions": what begins with PRE_ or AT_ waits."""
    points = [value.text() for value in value_at(extension, "action_point.point") if not value.is_unset]
    return bool(points) and all(point.startswith(("PRE_", "AT_")) for point in points)


def _by_receipt(rule: Resource) -> bool:
    """Source: Amazon SES API Reference, LambdaAction: ``Event`` unless it says ``RequestResponse``."""
    types = list(value_at(rule, "lambda_action.invocation_type"))
    return bool(types) and all(not value.is_unset and value.text() == "RequestResponse" for value in types)


_TOLD_OTHERWISE = {
    ("aws_appconfig_extension", "action_point.action.uri"): _by_action_point,
    ("aws_api_gateway_integration", "uri"): _by_header,
    ("aws_apigatewayv2_integration", "integration_uri"): _by_header,
    ("aws_pipes_pipe", "target"): _by_pipe,
    ("aws_ses_receipt_rule", "lambda_action.function_arn"): _by_receipt,
}
"""Who may be told not to wait, or to wait, and how to see that."""
