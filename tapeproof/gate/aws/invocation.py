"""Who invokes functions, and who of them waits for the answer; the table of both is ``policies/facts/invokers.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import resource_type
from tapeproof.gate.aws.invoking_documents import READERS, tells_by_header, tells_by_path
from tapeproof.gate.aws.paths import value_at
from tapeproof.gate.aws.written_calls import Invocation, function_in_uri
from tapeproof.gate.engine.model import Known, Ref, Undecided
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.facts import rows_of_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource, Stack, Unresolved, Value

__all__ = ["invokers_that_do_not_wait", "invokers_that_wait"]

_SELDOM_FUNCTIONS = frozenset(
    {"aws_cloudwatch_composite_alarm", "aws_cloudwatch_metric_alarm", "aws_lambda_function_event_invoke_config"}
)
"""Types that send to topics and queues nearly always: a variable without a value is no doubt there."""
_ASKING_DATA = frozenset({"aws_lambda_invocation"})
"""Types that invoke a function as data sources and ephemeral resources as well."""


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
    found, doubts = _find_all(stack)
    yield from (one.function for one in found if one.waits is waits)
    if waits in doubts:
        raise Undecided(doubts[waits].value, doubts[waits].why)


class _Found(NamedTuple):
    """The invocations of a stack, and the first doubt whether more of them wait, or do not."""

    invocations: list[Invocation]
    doubts: dict[bool, Undecided]


_last: list[tuple[Stack, _Found]] = []
"""The stack that was asked about last; each of its functions asks."""


def _find_all(stack: Stack) -> _Found:
    known = next((found for asked, found in _last if asked is stack), None)
    if known is not None:
        return known
    found = _Found([], {})
    for row in rows_of_all("invokers"):
        types = row["resource_type"]
        asking = [one for one in stack.everything if one.type == types] if types in _ASKING_DATA else ()
        for resource in asking or stack.resources(types):
            _read(stack, resource, row, found)
    for action in stack.blocks_of("action"):
        _read_action(action, found)
    _last[:] = [(stack, found)]
    return found


def _read_action(action: Block, into: _Found) -> None:
    """Source: documentation of hashicorp/aws, action aws_lambda_invoke: it waits unless it says ``Event``."""
    if action.labels[:1] != ("aws_lambda_invoke",):
        return
    try:
        waits = action.at("config.invocation_type")
        into.invocations.append(
            Invocation(action.at("config.function_name"), waits.is_unset or waits.text() != "Event")
        )
    except Undecided as undecided:
        for kind in (True, False):
            into.doubts.setdefault(kind, undecided)


def _read(stack: Stack, resource: Resource, row: dict[str, str], into: _Found) -> None:
    place = (row["resource_type"], row["attribute"])
    kinds = [True, False]
    try:
        if place in READERS:
            into.invocations.extend(READERS[place](stack, resource))
            return
        told = _TOLD_OTHERWISE.get(place)
        kinds = [(row["waits"] == "yes") is not (told is not None and told(resource))]
        for value in value_at(resource, place[1]):
            named = value.elements() if isinstance(value, Known) and isinstance(value.value, tuple) else (value,)
            into.invocations.extend(
                Invocation(function_in_uri(name), kinds[0]) for name in named if _may_be_function(place[0], name)
            )
    except Undecided as undecided:
        for kind in kinds:
            into.doubts.setdefault(kind, undecided)


def _may_be_function(type_: str, value: Value) -> bool:
    """Return whether a value is worth asking whose function it is, of those who send elsewhere nearly always."""
    if type_ not in _SELDOM_FUNCTIONS:
        return True
    named = () if value.known and value.is_unset else value.pieces_of_text()
    return any(_is_of_function(piece.content) for piece in named)


def _is_of_function(content: str | Unresolved) -> bool:
    if isinstance(content, str):
        return ":function:" in content
    return isinstance(content, Ref) and resource_type(content.resource).startswith("aws_lambda_")


def _by_request(integration: Resource) -> bool:
    """Source: Amazon API Gateway Developer Guide, "Set up asynchronous invocation of the backend Lambda function"."""
    uri = integration["uri"] if "uri" in integration else integration["integration_uri"]
    if tells_by_header(integration["request_parameters"].entries()):
        return True
    if integration.type == "aws_api_gateway_integration" and isinstance(uri, Ref) and "invoke" not in uri.path:
        raise Undecided(uri, "what stands around the function's ARN is not known")  # such a URI is never an ARN alone
    return tells_by_path(uri)


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


def _by_mail_rule(rules: Resource) -> bool:
    """Source: Amazon SES API v2 Mail Manager, InvokeLambdaAction: ``EVENT`` or ``REQUEST_RESPONSE``."""
    types = list(value_at(rules, "rule.action.invoke_lambda.invocation_type"))
    return bool(types) and all(not value.is_unset and value.text() == "REQUEST_RESPONSE" for value in types)


_TOLD_OTHERWISE = {
    ("aws_appconfig_extension", "action_point.action.uri"): _by_action_point,
    ("aws_api_gateway_integration", "uri"): _by_request,
    ("aws_apigatewayv2_integration", "integration_uri"): _by_request,
    ("aws_mailmanager_rule_set", "rule.action.invoke_lambda.function_arn"): _by_mail_rule,
    ("aws_pipes_pipe", "target"): _by_pipe,
    ("aws_ses_receipt_rule", "lambda_action.function_arn"): _by_receipt,
}
"""Who may be told not to wait, or to wait, and how to see that."""
