"""Who is let in by a statement of a resource's policy, or by a permission: someone named, or a stranger."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tapeproof.gate.aws.accounts import foreign_account
from tapeproof.gate.aws.arns import leaves_account_open
from tapeproof.gate.aws.conditions import conditions_on, contexts_of_arns, holds_without_key, is_bound
from tapeproof.gate.aws.denials import leaves_few
from tapeproof.gate.aws.fault import Fault
from tapeproof.gate.aws.federation import admits_guests, binds_subject, subject_key
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.aws.log_delivery import writes_below_an_account

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tapeproof.gate.engine.model import PolicyDocument, Principal, Resource, Stack, Statement, Value

__all__ = ["Keys", "keys_of", "permission_fault", "principal_fault"]

_ANYONE = "the principal * is anyone, in any account"
_WHOLE_ACCOUNT = "everyone in another account is let in, by whatever that account allows them"
_ONE = "name the account, role or service, or add a condition that fixes an organisation, account or ARN"
_ACCESS_POINT = "aws_s3_access_point"
_ANY_ACCOUNT = re.compile(r"arn:[^:]*:(?:iam|sts)::[^:]*[*?]")
_SERVICE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|ic\.gov|sgov\.gov)")
"""Services in all partitions, and Alexa."""
_ALONG = frozenset({"sts:tagsession", "sts:setsourceidentity", "sts:setcontext"})
"""What may be said while a role is assumed; nobody gets a role by them (IAM User Guide, "Pass session tags in STS")."""
_SOURCES = {"alexa-appkit.amazon.com": ("set event_source_token to the id of the skill", "event_source_token")}
"""How a service says for what it calls, where it is not by an ARN."""
_THIRD_PARTY = frozenset({"sts:externalid"})


@cache
def keys_of(binding: tuple[str, ...], narrowing: tuple[str, ...]) -> Keys:
    """Return condition keys, made ready once for all statements."""
    return Keys(binding, narrowing)


class Keys:
    """Condition keys that make a wide principal narrow.

    Args:
        binding: Those that bind a service principal.
        narrowing: Those that make the principal ``*`` not public.
    """

    def __init__(self, binding: Iterable[str], narrowing: Iterable[str]) -> None:
        self.binding = frozenset(key.lower() for key in binding)
        self.narrowing = frozenset(key.lower() for key in narrowing)


def principal_fault(
    stack: Stack, document: PolicyDocument, statement: Statement, principal: Principal, keys: Keys
) -> Fault | None:
    """Return what is wrong with a principal that a statement lets in, or None.

    Raises:
        Undecided: It cannot be told who that is, or what a condition fixes.
    """
    if document.kind == "trust" and _gives_no_role(statement):
        return None
    value = principal.value
    name = value.text() if value.known else ""
    if name == "*" or (principal.type == "*" and value.text()) or _ANY_ACCOUNT.match(name):
        return _of_anyone(stack, document, statement, principal, keys)
    if principal.type == "Service" and document.kind != "trust":
        return _of_service(statement, principal, keys)
    if principal.type == "Federated":
        return _of_provider(statement, principal)
    if principal.type == "AWS" and foreign_account(stack, value):
        return _of_account(statement, principal, keys)
    _require_someone(value)
    return None


def _gives_no_role(statement: Statement) -> bool:
    """Return whether a statement of a trust policy allows only what goes along with assuming a role."""
    actions = statement.actions
    return bool(actions) and all(action.known and action.text().lower() in _ALONG for action in actions)


def _require_someone(value: Value) -> None:
    """Raise Undecided for a principal of which nothing is known, which may be everybody."""
    pieces = value.pieces_of_text()
    if all(not isinstance(piece.content, str) and not piece.content.is_reference for piece in pieces):
        value.text()


def _of_anyone(
    stack: Stack, document: PolicyDocument, statement: Statement, principal: Principal, keys: Keys
) -> Fault | None:
    if is_bound(statement, keys.narrowing) or leaves_few(statement, document.statements(stack), keys.narrowing):
        return None
    if _is_of_one_network(stack, document.holder):
        return None
    return Fault(principal.value, _ANYONE + _explain(statement, keys.narrowing), _ONE, "named principals")


def _is_of_one_network(stack: Stack, holder: Resource) -> bool:
    """Return whether a policy is of an access point that only one network reaches; S3 never calls that public.

    Source: Amazon S3 User Guide, 'The meaning of "public"', on access points.
    """
    points = [holder] if holder.type == _ACCESS_POINT else []
    if holder.type == "aws_s3control_access_point_policy":
        points = list(stack.resolve(holder["access_point_arn"], _ACCESS_POINT))
    return bool(points) and all(any(True for _ in point.blocks("vpc_configuration")) for point in points)


def _of_service(statement: Statement, principal: Principal, keys: Keys) -> Fault | None:
    if is_bound(statement, keys.binding | contexts_of_arns(statement)) or writes_below_an_account(statement, principal):
        return None
    name = principal.value.text() if principal.value.known else "the service"
    message = f"{name} may act for any customer of AWS, not only for this account"
    fix = "add a condition on aws:SourceArn or aws:SourceAccount"
    return Fault(principal.value, message + _explain(statement, keys.binding), fix, "a bound source")


def _of_provider(statement: Statement, principal: Principal) -> Fault | None:
    if admits_guests(statement):
        message = "those who have not signed in are let in, so anyone on the internet"
        return Fault(principal.value, message, 'let in "authenticated" only', "those who have signed in")
    if binds_subject(statement):
        return None
    name = principal.value.text() if principal.value.known else "the identity provider"
    message = f"{name} may let anyone in that it knows: no condition names a subject"
    fix = f"add StringEquals on {subject_key(name)}"
    return Fault(principal.value, message, fix, "a condition on the subject")


def _of_account(statement: Statement, principal: Principal, keys: Keys) -> Fault | None:
    if is_bound(statement, _THIRD_PARTY | keys.narrowing):
        return None
    fix = "name the role; for a third party's role add a condition on sts:ExternalId"
    return Fault(principal.value, _WHOLE_ACCOUNT, fix, "a role of the other account")


def _explain(statement: Statement, keys: frozenset[str]) -> str:
    """Return what to say of conditions on the right keys that bind nothing, as the end of a sentence."""
    named = list(conditions_on(statement, keys))
    if not named:
        return ""
    for condition in named:
        if holds_without_key(statement, condition):
            return f"; {condition.operator} also holds where {condition.key} is absent"
    return f"; the condition on {named[0].key} fixes nothing"


def permission_fault(stack: Stack, permission: Resource) -> Fault | None:
    """Return what is wrong with whom a permission lets in, to a function or an event bus, or None.

    Raises:
        Undecided: It cannot be told.
    """
    principal = permission["principal"]
    if principal.text() == "*":
        fix = "name the service or account, or the organisation"
        return None if _is_narrow(permission) else Fault(principal, _ANYONE, fix, "a named principal")
    if foreign_account(stack, principal) and not _is_narrow(permission):
        return Fault(principal, _WHOLE_ACCOUNT, "name the role", "a role of the other account")
    return _of_service_alone(permission)


def _of_service_alone(permission: Resource) -> Fault | None:
    principal, source = permission["principal"], permission["source_arn"]
    if _SERVICE.fullmatch(principal.text()) is None or not permission["source_account"].is_unset:
        return None
    if source.is_unset and not permission["event_source_token"].is_unset:
        return None  # the id of one skill (AWS Lambda Developer Guide, "Using Lambda with Alexa")
    if source.is_unset:
        message = f"{principal.text()} may invoke the function for any customer of AWS"
        fix, expected = _SOURCES.get(principal.text(), ("set source_arn", "source_arn or source_account"))
        return Fault(principal, message, fix, expected)
    if leaves_account_open(source):
        return Fault(source, "this source is in any account, so it binds nothing", "name the ARN", "an exact ARN")
    return None


def _is_narrow(permission: Resource) -> bool:
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
