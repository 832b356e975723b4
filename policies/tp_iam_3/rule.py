"""Nobody unnamed is let in, and a service only on behalf of something named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.accounts import foreign_account
from tapeproof.gate.aws.arns import leaves_account_open
from tapeproof.gate.aws.conditions import conditions_on, holds_without_key, is_bound
from tapeproof.gate.aws.federation import binds_subject
from tapeproof.gate.aws.judging import any_of, each_document
from tapeproof.gate.engine.rule import each, judge_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Finding, PolicyDocument, Principal, Resource, Stack, Statement, Value
    from tapeproof.gate.engine.rule import Parameters

_ANYONE = "the principal * is anyone, in any account"
_ONE = "name the account, role or service, or add a condition that fixes an organisation, account or ARN"
_THIRD_PARTY = frozenset({"sts:externalid"})


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield findings about policies attached to resources, permissions to invoke functions, and their public URLs."""
    yield from _documents(stack, parameters)
    yield from _permissions(stack, parameters)
    yield from _urls(stack, parameters)


@each_document("resource", "key", "trust")
def _documents(
    statement: Statement, document: PolicyDocument, stack: Stack, parameters: Parameters
) -> Iterator[Finding]:
    if not statement.allows:
        return
    fails = document.holder.fails
    services, narrowing = (_lowered(parameters[name]) for name in ("binding_keys", "narrowing_keys"))

    def of_principal(principal: Principal) -> Iterator[Finding]:
        value = principal.value
        name = value.text() if value.known else ""
        if name == "*" or (principal.type == "*" and value.text()):
            if not is_bound(statement, narrowing):
                yield fails(value, _ANYONE + _loose(statement, narrowing), fix=_ONE, expected="named principals")
        elif principal.type == "Service" and document.kind != "trust" and not is_bound(statement, services):
            message = f"{name or 'the service'} may act for any customer of AWS, not only for this account"
            fix = "add a condition on aws:SourceArn or aws:SourceAccount"
            yield fails(value, message + _loose(statement, services), fix=fix, expected="a bound source")
        elif principal.type == "Federated" and not binds_subject(statement):
            message = f"{name or 'the identity provider'} may let anyone in that it knows: no condition names a subject"
            fix = "add StringEquals on the provider's :sub claim (SAML: on SAML:aud)"
            yield fails(value, message, fix=fix, expected="a condition on the subject")
        elif principal.type == "AWS" and _is_open_account(stack, statement, value, narrowing):
            message = "everyone in another account is let in, by whatever that account allows them"
            fix = "name the role; for a third party's role add a condition on sts:ExternalId"
            yield fails(value, message, fix=fix, expected="a role of the other account")
        elif not name:
            value.pieces_of_text()

    if statement.not_principals:
        place = statement.places["NotPrincipal"]
        yield fails(place, "NotPrincipal in an Allow statement is everyone else", fix="use Principal")
    yield from judge_all(statement.principals, of_principal)


def _is_open_account(stack: Stack, statement: Statement, principal: Value, narrowing: frozenset[str]) -> bool:
    """Return whether a principal is the whole of another account, without a condition that narrows it."""
    return foreign_account(stack, principal) and not is_bound(statement, _THIRD_PARTY | narrowing)


@each("aws_lambda_permission", "aws_cloudwatch_event_permission")
def _permissions(permission: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    principal = permission["principal"]
    if principal.text() == "*":
        if not _is_bound_permission(permission):
            fix = "name the service or account, or the organisation"
            yield permission.fails(principal, _ANYONE, fix=fix, expected="a named principal")
    elif principal.text().endswith(".amazonaws.com"):
        if permission["source_arn"].is_unset and permission["source_account"].is_unset:
            message = f"{principal.text()} may invoke the function for any customer of AWS"
            yield permission.fails(principal, message, fix="set source_arn", expected="source_arn or source_account")
        elif permission["source_account"].is_unset and leaves_account_open(permission["source_arn"]):
            message = "this source is in any account, so it binds nothing"
            yield permission.fails(permission["source_arn"], message, fix="name the ARN", expected="an exact ARN")


@each("aws_lambda_function_url")
def _urls(url: Resource, _stack: Stack, _parameters: Parameters) -> Iterator[Finding]:
    authorization = url["authorization_type"]
    if not authorization.is_unset and authorization.text().upper() == "NONE":
        message = "the function's URL asks nobody who they are: anyone on the internet may invoke it"
        yield url.fails(authorization, message, fix='authorization_type = "AWS_IAM"', expected="AWS_IAM")


def _is_bound_permission(permission: Resource) -> bool:
    """Return whether a permission for anyone is narrowed to an organisation, an account or an ARN."""
    for name in ("principal_org_id", "source_account", "source_arn"):
        if not permission[name].is_unset and not leaves_account_open(permission[name]):
            return True
    return any_of(
        permission.blocks("condition"),
        lambda condition: (
            condition["key"].text().lower() == "aws:principalorgid"
            and condition["type"].text() in {"StringEquals", "StringLike"}
            and not leaves_account_open(condition["value"])
        ),
    )


def _loose(statement: Statement, keys: frozenset[str]) -> str:
    """Return what to say of conditions on the right keys that bind nothing, as the end of a sentence."""
    named = list(conditions_on(statement, keys))
    if not named:
        return ""
    for condition in named:
        if holds_without_key(statement, condition):
            return f"; {condition.operator} also holds where {condition.key} is absent"
    return f"; the condition on {named[0].key} fixes nothing"


def _lowered(names: list[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)
