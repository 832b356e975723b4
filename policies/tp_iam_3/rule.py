"""Nobody unnamed is let in, and a service only on behalf of something named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.admission import keys_of, permission_fault, principal_fault
from tapeproof.gate.aws.judging import each_document
from tapeproof.gate.aws.sharing import public_shares, sharing_types
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, PolicyDocument, Principal, Resource, Stack, Statement
    from tapeproof.gate.engine.rule import Parameters


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about policies attached to resources, permissions to invoke functions, and their public URLs."""
    yield from _documents(stack, parameters)
    yield from _permissions(stack, parameters)
    yield from _urls(stack, parameters)
    yield from _shares(stack, parameters)


@each_document("resource", "key", "trust")
def _documents(
    statement: Statement, document: PolicyDocument, stack: Stack, parameters: Parameters
) -> Iterator[Finding]:
    if not statement.allows:
        return
    keys = keys_of(tuple(parameters["binding_keys"]), tuple(parameters["narrowing_keys"]))

    def of_principal(principal: Principal) -> Iterator[Finding]:
        fault = principal_fault(stack, document, statement, principal, keys)
        if fault is not None:
            yield fault.build_finding(document.holder)

    if statement.not_principals:
        place = statement.places["NotPrincipal"]
        message = "NotPrincipal in an Allow statement is everyone else"
        yield document.holder.fails(place, message, fix="use Principal")
    yield from judge_all(statement.principals, of_principal)


@each("aws_lambda_permission", "aws_cloudwatch_event_permission")
def _permissions(permission: Resource, stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    fault = permission_fault(stack, permission)
    if fault is not None:
        yield fault.build_finding(permission)


@each(*sharing_types())
def _shares(resource: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    yield from (fault.build_finding(resource) for fault in public_shares(resource))


@each("aws_lambda_function_url")
def _urls(url: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    authorization = url["authorization_type"]
    if not authorization.is_unset and authorization.text().upper() == "NONE":
        message = "the function's URL asks nobody who they are: anyone on the internet may invoke it"
        yield url.fails(authorization, message, fix='authorization_type = "AWS_IAM"', expected="AWS_IAM")
