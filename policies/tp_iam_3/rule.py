"""Nobody unnamed is let in, and a service only on behalf of something named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.arns import leaves_account_open
from tapeproof.gate.aws.judging import any_of, each_document
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Condition, Finding, PolicyDocument, Principal, Resource, Stack, Statement
    from tapeproof.gate.engine.rule import Parameters

_ANYONE = "the principal * is anyone, in any account"


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about policies attached to resources, and about permissions to invoke functions."""
    yield from _documents(stack, parameters)
    yield from _permissions(stack, parameters)


@each_document("resource", "key", "trust")
def _documents(
    statement: Statement, document: PolicyDocument, _stack: Stack, parameters: Parameters
) -> Iterator[Finding]:
    if not statement.allows:
        return
    fails = document.holder.fails

    def of_principal(principal: Principal) -> Iterator[Finding]:
        name = principal.value.text() if principal.value.known else ""
        if name == "*" or (principal.type == "*" and principal.value.text()):
            yield fails(principal.value, _ANYONE, fix="name the account, role or service", expected="named principals")
        elif principal.type == "Service" and document.kind != "trust" and not _bound(statement, parameters):
            message = f"{name or 'the service'} may act for any customer of AWS, not only for this account"
            yield fails(principal.value, message, fix="add a condition on aws:SourceArn", expected="a bound source")
        elif not name:
            principal.value.pieces_of_text()

    if statement.not_principals:
        place = statement.places["NotPrincipal"]
        yield fails(place, "NotPrincipal in an Allow statement is everyone else", fix="use Principal")
    yield from judge_all(statement.principals, of_principal)


@each("aws_lambda_permission", "aws_cloudwatch_event_permission")
def _permissions(permission: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    principal = permission["principal"]
    if principal.text() == "*":
        yield permission.fails(principal, _ANYONE, fix="name the service or account", expected="a named principal")
    elif principal.text().endswith(".amazonaws.com"):
        if permission["source_arn"].is_unset and permission["source_account"].is_unset:
            message = f"{principal.text()} may invoke the function for any customer of AWS"
            yield permission.fails(principal, message, fix="set source_arn", expected="source_arn or source_account")
        elif not permission["source_arn"].is_unset and leaves_account_open(permission["source_arn"]):
            message = "this source is in any account, so it binds nothing"
            yield permission.fails(permission["source_arn"], message, fix="name the ARN", expected="an exact ARN")


def _bound(statement: Statement, parameters: Parameters) -> bool:
    """Return whether a condition ties the request to an account, an organisation or a resource."""
    keys = {key.lower() for key in parameters["binding_keys"]}

    def binds(condition: Condition) -> bool:
        weak = condition.operator.endswith("IfExists") or "Not" in condition.operator or condition.operator == "Null"
        return condition.key.lower() in keys and not weak and not any_of(condition.values, leaves_account_open)

    return any_of(statement.conditions, binds)
