"""Invocations of functions that are told in documents: definitions of machines, descriptions of interfaces, inputs.

Sources: AWS Step Functions Developer Guide, "Invoke an AWS Lambda function with Step Functions" and "AWS SDK service
integrations"; Amazon API Gateway Developer Guide, "x-amazon-apigateway-integration object" and "Set up asynchronous
invocation of the backend Lambda function"; EventBridge Scheduler User Guide, "Using universal targets".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.engine.model import Known, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["READERS", "Invocation", "tells_by_header"]

_INVOKE = re.compile(r"(?:states|scheduler):::(?:aws-sdk:)?lambda:invoke(?P<later>Async)?(?:[.\"]|$)")
_EVENT = re.compile(r'"InvocationType"\s*:\s*"Event"|aws-sdk:lambda:invokeAsync')
_OF_A_TASK = {"Resource", "Parameters", "Arguments"}
_HEADER = "integration.request.header.x-amz-invocation-type"
_EVENT_HEADER = re.compile(r"x-amz-invocation-type[\"']?\s*:\s*[\"']*(?:Event|method\.request)", re.IGNORECASE)


class Invocation(NamedTuple):
    """What names a function, and whether the one who invokes it waits for its answer."""

    function: Value
    waits: bool


def tells_by_header(parameters: Mapping[str, Value]) -> bool:
    """Return whether the parameters of a request make Lambda queue it, always or when whoever asks says so."""
    return any(name.lower() == _HEADER and not _is_synchronous(value) for name, value in parameters.items())


def _is_synchronous(header: Value) -> bool:
    """Return whether a header is written out and is not ``Event``; mapped from a request, it may be that."""
    text = header.text()
    return text.startswith("'") and text.strip("'") != "Event"


def _in_definition(stack: Stack, machine: Resource) -> Iterator[Invocation]:
    definition = machine["definition"]
    try:
        states = [part for part in _maps(stack.document(definition)) if part.keys() & _OF_A_TASK]
    except Undecided:
        yield Invocation(definition, not _says(definition, _EVENT))
        return
    for state in states:
        resource = state.get("Resource")
        called = None if resource is None else _INVOKE.search(_literal(resource))
        if resource is not None and called is None:
            yield Invocation(resource, waits=True)
            continue
        for name in ("Parameters", "Arguments"):
            yield from _of_call(state.get(name), later=called is not None and bool(called["later"]))


def _of_call(parameters: Value | None, *, later: bool) -> Iterator[Invocation]:
    """Yield what the parameters of Lambda's own ``Invoke`` name."""
    told = parameters.entries() if isinstance(parameters, Known) and hasattr(parameters.value, "items") else {}
    if "FunctionName" in told:
        kind = told.get("InvocationType")
        tells = later or "InvocationType.$" in told or (kind is not None and _literal(kind) == "Event")
        yield Invocation(told["FunctionName"], not tells)


def _in_input(stack: Stack, schedule: Resource) -> Iterator[Invocation]:
    called = [_INVOKE.search(_literal(arn)) for arn in value_at(schedule, "target.arn")]
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
        parts = list(_maps(stack.document(body)))
    except Undecided:
        yield Invocation(body, not _says(body, _EVENT_HEADER))
        return
    for part in parts:
        if "uri" in part:
            given = part.get("requestParameters")
            yield Invocation(part["uri"], given is None or not tells_by_header(given.entries()))
        if "authorizerUri" in part:
            yield Invocation(part["authorizerUri"], waits=True)


def _maps(document: Value) -> Iterator[Mapping[str, Value]]:
    """Yield the objects of a document, however deep."""
    for part in document.parts():
        if isinstance(part, Known) and hasattr(part.value, "items"):
            yield part.entries()


def _literal(value: Value) -> str:
    """Return the text of a value as far as it is written out."""
    if isinstance(value, Known) and not isinstance(value.value, str):
        return ""
    return "".join(piece.content for piece in value.pieces_of_text() if isinstance(piece.content, str))


def _says(value: Value, pattern: re.Pattern[str]) -> bool:
    pieces = value.pieces_of_text()
    return any(isinstance(piece.content, str) and pattern.search(piece.content) for piece in pieces)


READERS: dict[tuple[str, str], Callable[[Stack, Resource], Iterator[Invocation]]] = {
    ("aws_api_gateway_rest_api", "body"): _in_description,
    ("aws_apigatewayv2_api", "body"): _in_description,
    ("aws_cloudwatch_log_account_policy", "policy_document"): _in_subscription,
    ("aws_scheduler_schedule", "target.input"): _in_input,
    ("aws_sfn_state_machine", "definition"): _in_definition,
}
"""Who reads which attribute."""
