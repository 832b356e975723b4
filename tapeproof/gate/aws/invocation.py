"""Who invokes functions, and who of them waits for the answer; the table of both is ``policies/facts/invokers.csv``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.engine.model import Undecided
from tapeproof.gate.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["invokers_that_do_not_wait", "invokers_that_wait"]

_HEADER = "integration.request.header.x-amz-invocation-type"
_EVENT = re.compile(r'"InvocationType"\s*:\s*"Event"')


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
        for resource in stack.resources(row["resource_type"]):
            try:
                if _waits(resource, row) is waits:
                    yield from value_at(resource, row["attribute"])
            except Undecided as undecided:
                doubt = doubt or undecided
    if doubt is not None:
        raise doubt


def _waits(resource: Resource, row: dict[str, str]) -> bool:
    """Return whether an invoker waits: as its service does, unless it is told otherwise."""
    waits = row["waits"] == "yes"
    told = _TOLD_OTHERWISE.get((row["resource_type"], row["attribute"]))
    return waits is not (told is not None and told(resource))


def _by_header(integration: Resource) -> bool:
    """Source: Amazon API Gateway Developer Guide, "Set up asynchronous invocation of the backend Lambda function"."""
    headers = integration["request_parameters"].entries()
    return any(name.lower() == _HEADER and value.text().strip("'") == "Event" for name, value in headers.items())


def _by_pipe(pipe: Resource) -> bool:
    """Source: Amazon EventBridge Pipes Reference, PipeTargetLambdaFunctionParameters."""
    types = value_at(pipe, "target_parameters.lambda_function_parameters.invocation_type")
    return any(not value.is_unset and value.text() == "FIRE_AND_FORGET" for value in types)


def _by_definition(machine: Resource) -> bool:
    """Source: AWS Step Functions Developer Guide, "Invoke an AWS Lambda function with Step Functions"."""
    pieces = machine["definition"].pieces_of_text()
    return any(isinstance(piece.content, str) and _EVENT.search(piece.content) for piece in pieces)


def _by_receipt(rule: Resource) -> bool:
    """Source: Amazon SES API Reference, LambdaAction: ``Event`` unless it says ``RequestResponse``."""
    types = list(value_at(rule, "lambda_action.invocation_type"))
    return bool(types) and all(not value.is_unset and value.text() == "RequestResponse" for value in types)


_TOLD_OTHERWISE = {
    ("aws_api_gateway_integration", "uri"): _by_header,
    ("aws_apigatewayv2_integration", "integration_uri"): _by_header,
    ("aws_pipes_pipe", "target"): _by_pipe,
    ("aws_ses_receipt_rule", "lambda_action.function_arn"): _by_receipt,
    ("aws_sfn_state_machine", "definition"): _by_definition,
}
"""Who may be told not to wait, or to wait, and how to see that."""
