"""Policies that refuse requests made without TLS.

Source: Amazon S3, SQS and SNS developer guides: a Deny statement on ``aws:SecureTransport`` being ``false``; Amazon S3
User Guide, "Bucket policy examples using condition keys" (``s3:TlsVersion``).
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.aws.whereabouts import in_another_region
from tapeproof.gate.engine.model import Known, policy_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Condition, PolicyDocument, Resource, Stack, Statement, Value

__all__ = ["attached_documents", "requires_tls"]

SEPARATE = {
    "aws_s3_bucket": ("aws_s3_bucket_policy", "bucket"),
    "aws_sqs_queue": ("aws_sqs_queue_policy", "queue_url"),
    "aws_sns_topic": ("aws_sns_topic_policy", "arn"),
}
"""The resource type that attaches a policy to another, and the attribute that says to which."""

_OBJECTS = "/*"

NEEDED = {
    "aws_s3_bucket": (("s3:getobject", _OBJECTS), ("s3:putobject", _OBJECTS), ("s3:listbucket", "")),
    "aws_sqs_queue": (("sqs:sendmessage", ""), ("sqs:receivemessage", "")),
    "aws_sns_topic": (("sns:publish", ""),),
}
"""Actions that a policy must refuse without TLS, and what follows the ARN of what each works on; a topic's policy may
not name ``sns:*``."""

_SECURE, _VERSION, _SERVICE = "aws:securetransport", "s3:tlsversion", "aws:principalisawsservice"


def attached_documents(stack: Stack, resource: Resource) -> Iterator[PolicyDocument]:
    """Yield the policy documents attached to a bucket, queue or topic, by itself or by a resource of their own.

    Raises:
        Undecided: After them, when another may be attached to it.
    """
    yield from policy_documents(stack, resource=resource)
    type_, attribute = SEPARATE[resource.type]
    policies = (policy for policy in stack.resources(type_) if not in_another_region(stack, policy, resource))
    for policy in those(policies, lambda policy: resource in stack.resolve(policy[attribute], resource.type)):
        yield from policy_documents(stack, resource=policy)


def requires_tls(stack: Stack, resource: Resource) -> bool:
    """Return whether every request without TLS to a bucket, queue or topic is denied, by one statement or by several.

    AWS keeps one policy of each; where more are declared, the last that is applied stays, so each has to deny them.

    Raises:
        Undecided: It cannot be told.
    """
    policies = [list(document.statements(stack)) for document in attached_documents(stack, resource)]

    def is_refused(statements: list[Statement], action: str, ending: str) -> bool:
        return any_of(statements, lambda statement: _refuses(stack, statement, resource, action, ending))

    needed = NEEDED[resource.type]
    return bool(policies) and all(is_refused(policy, *need) for policy in policies for need in needed)


def _refuses(stack: Stack, statement: Statement, resource: Resource, action: str, ending: str) -> bool:
    return (
        _denies_plaintext(statement)
        and _names_action(statement, action)
        and any_of(statement.resources, lambda value: _covers(stack, value, resource, ending))
    )


def _denies_plaintext(statement: Statement) -> bool:
    if statement.allows or not any(principal.value.text() == "*" for principal in statement.principals):
        return False
    narrowing = [condition for condition in statement.conditions if not _spares_services(condition)]
    return len(narrowing) == 1 and _holds_without_tls(narrowing[0])


def _holds_without_tls(condition: Condition) -> bool:
    """Return whether a condition holds for every request without TLS, in any of the ways to write it.

    Such a request has ``aws:SecureTransport`` false and no TLS version, so that ``...IfExists`` holds on the version.
    """
    key, operator = condition.key.lower(), condition.operator.lower()
    if key not in {_SECURE, _VERSION}:
        return False  # whatever its values are
    values = {value.text().lower() for value in condition.values}
    if key == _SECURE:
        if operator.removesuffix("ifexists") in {"bool", "stringequals", "stringequalsignorecase", "stringlike"}:
            return "false" in values
        return operator in {"stringnotequals", "stringnotequalsignorecase", "stringnotlike"} and values == {"true"}
    return operator == "numericlessthanifexists" or (operator == "null" and values == {"true"})


def _spares_services(condition: Condition) -> bool:
    """Return whether a condition only leaves out AWS's own services, which always come by TLS."""
    bools = condition.key.lower() == _SERVICE and condition.operator.lower() in {"bool", "boolifexists"}
    return bools and all(value.text().lower() == "false" for value in condition.values)


def _names_action(statement: Statement, action: str) -> bool:
    if statement.not_actions:
        return not any_of(statement.not_actions, lambda value: fnmatchcase(action, value.text().lower()))
    return any_of(statement.actions, lambda value: fnmatchcase(action, value.text().lower()))


def _covers(stack: Stack, value: Value, resource: Resource, ending: str) -> bool:
    """Return whether a statement's resource is all of a bucket's objects, or the bucket, queue or topic itself."""
    if value.known and value.text() == "*":
        return True
    last = value.pieces_of_text()[-1].content
    written = last if isinstance(last, str) else ""
    for suffix in (_OBJECTS, "*"):
        if written.endswith(suffix):
            whole = suffix in {"*", ending} and (value.known or written == suffix)
            return whole and resource in stack.resolve(_without(value, suffix), resource.type)
    return not ending and resource in stack.resolve(value, resource.type)


def _without(value: Value, ending: str) -> Value:
    """Return an ARN without its ending; one that is not wholly known is resolved by what it refers to."""
    return Known(value.text().removesuffix(ending), origins=value.origins) if value.known else value
