"""Invocations of functions that are told in documents: definitions of machines, descriptions of interfaces, inputs.

Sources: AWS Step Functions Developer Guide, "Invoke an AWS Lambda function with Step Functions" and "AWS SDK service
integrations"; Amazon API Gateway Developer Guide, "x-amazon-apigateway-integration object" and "Set up asynchronous
invocation of the backend Lambda function"; EventBridge Scheduler User Guide, "Using universal targets".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.appsync_calls import of_data_source
from tapeproof.gate.aws.automation_calls import in_automation, in_dashboard, in_pipeline
from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.aws.written_calls import Invocation, function_in_uri, literal_text, maps_of, tells_in_text
from tapeproof.gate.engine.model import Known, Text, Undecided
from tapeproof.gate.late_pattern import compile_late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["READERS", "tells_by_header", "tells_by_path"]

_INVOKE = re.compile(r"(?:states|scheduler):::(?:aws-sdk:)?lambda:invoke(?P<later>Async)?(?:[.\"]|$)")
_EVENT = re.compile(r'"InvocationType"\s*:\s*"Event"|aws-sdk:lambda:invokeAsync')
_CONSTANT = re.compile(r"\{%\s*(['\"])(?!Event\1)\w+\1\s*%\}")
_OF_A_TASK = {"Resource", "Parameters", "Arguments"}
_HEADER = "integration.request.header.x-amz-invocation-type"
_EVENT_HEADER = compile_late(r"x-amz-invocation-type[\"']?\s*:\s*[\"']*(?:Event|method\.request)", re.IGNORECASE)


def tells_by_header(parameters: Mapping[str, Value]) -> bool:
    """Return whether the parameters of a request make Lambda queue it, always or when whoever asks says so."""
    return any(name.lower() == _HEADER and not _is_synchronous(value) for name, value in parameters.items())


def tells_by_path(uri: Value) -> bool:
    """Return whether a URI is that of Lambda's older ``InvokeAsync``.

    Source: AWS Lambda API Reference, InvokeAsync: ``/2014-11-13/functions/FunctionName/invoke-async/``.
    """
    return "/invoke-async" in literal_text(uri)


def _is_synchronous(header: Value) -> bool:
    """Return whether a header is written out and is not ``Event``; mapped from a request, it may be that."""
    text = header.text()
    return text.startswith("'") and text.strip("'") != "Event"


def _in_definition(stack: Stack, machine: Resource) -> Iterator[Invocation]:
    definition = machine["definition"]
    try:
        states = [part for part in maps_of(stack.document(definition)) if part.keys() & _OF_A_TASK]
    except Undecided:
        if not isinstance(definition, (Known, Text)):
            raise  # a plan does not show what the text around a function will say
        yield Invocation(definition, not tells_in_text(definition, _EVENT))
        return
    for state in states:
        resource = state.get("Resource")
        called = None if resource is None else _INVOKE.search(literal_text(resource))
        if resource is not None and called is None:
            yield Invocation(resource, waits=True)
            continue
        for name in ("Parameters", "Arguments"):
            yield from _of_call(state.get(name), later=called is not None and bool(called["later"]))
            _refuse_computed(state.get(name))


def _refuse_computed(arguments: Value | None) -> None:
    """Refuse arguments that do not say which function it is that may not be waited for.

    Raises:
        Undecided: One expression makes all of them, or the name of the function.
    """
    if not isinstance(arguments, Known):
        return
    told = arguments.entries() if hasattr(arguments.value, "items") else {}
    kind = told.get("InvocationType")
    is_later = "InvocationType.$" in told or (kind is not None and _may_be_event(literal_text(kind)))
    is_computed = "FunctionName.$" in told or literal_text(told.get("FunctionName", Known(""))).startswith("{%")
    if (is_later and is_computed) or "InvocationType" in literal_text(arguments):
        raise Undecided(arguments, "is computed when the machine runs")


def _of_call(parameters: Value | None, *, later: bool) -> Iterator[Invocation]:
    """Yield what the parameters of Lambda's own ``Invoke`` name."""
    told = parameters.entries() if isinstance(parameters, Known) and hasattr(parameters.value, "items") else {}
    if "FunctionName" in told:
        kind = told.get("InvocationType")
        tells = later or "InvocationType.$" in told or (kind is not None and _may_be_event(literal_text(kind)))
        yield Invocation(told["FunctionName"], not tells)


def _may_be_event(kind: str) -> bool:
    """Return whether a type of invocation is ``Event``, or an expression of JSONata that may be.

    Source: AWS Step Functions Developer Guide, "Transforming data with JSONata".
    """
    return kind == "Event" or (kind.startswith("{%") and not _CONSTANT.fullmatch(kind))


def _in_input(stack: Stack, schedule: Resource) -> Iterator[Invocation]:
    called = [_INVOKE.search(literal_text(arn)) for arn in value_at(schedule, "target.arn")]
    later = any(found is not None and found["later"] for found in called)
    for given in value_at(schedule, "target.input") if any(called) else ():
        yield from _of_call(stack.document(given), later=later)


def _in_subscription(stack: Stack, policy: Resource) -> Iterator[Invocation]:
    """Yield where an account's subscription of all its log groups leads; other policies of an account lead nowhere."""
    document = policy["policy_document"]
    if policy["policy_type"].text() == "SUBSCRIPTION_FILTER_POLICY":
        destination = stack.document(document).entry("DestinationArn")
        yield from () if destination.is_unset else (Invocation(destination, waits=False),)


def _in_description(stack: Stack, interface: Resource) -> Iterator[Invocation]:
    body = interface["body"]
    if body.known and body.is_unset:
        return
    try:
        parts = list(maps_of(stack.document(body)))
    except Undecided:
        if not isinstance(body, (Known, Text)):
            raise
        yield Invocation(body, not (tells_in_text(body, _EVENT_HEADER) or tells_by_path(body)))
        return
    for part in parts:
        if "uri" in part:
            given = part.get("requestParameters")
            tells = given is not None and tells_by_header(given.entries())
            yield Invocation(function_in_uri(part["uri"]), not (tells or tells_by_path(part["uri"])))
        if "authorizerUri" in part:
            yield Invocation(function_in_uri(part["authorizerUri"]), waits=True)


READERS: dict[tuple[str, str], Callable[[Stack, Resource], Iterator[Invocation]]] = {
    ("aws_api_gateway_rest_api", "body"): _in_description,
    ("aws_apigatewayv2_api", "body"): _in_description,
    ("aws_appsync_datasource", "lambda_config.function_arn"): of_data_source,
    ("aws_cloudwatch_dashboard", "dashboard_body"): in_dashboard,
    ("aws_cloudwatch_log_account_policy", "policy_document"): _in_subscription,
    ("aws_sagemaker_pipeline", "pipeline_definition"): in_pipeline,
    ("aws_scheduler_schedule", "target.input"): _in_input,
    ("aws_ssm_document", "content"): in_automation,
    ("aws_sfn_state_machine", "definition"): _in_definition,
}
"""Who reads which attribute."""
