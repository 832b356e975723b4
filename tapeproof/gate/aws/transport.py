"""Policies that refuse requests made without TLS.

Source: Amazon S3, SQS and SNS developer guides: a Deny statement on ``aws:SecureTransport`` being ``false``.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.engine.model import Known, policy_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import PolicyDocument, Resource, Stack, Statement, Value

__all__ = ["attached_documents", "requires_tls"]

SEPARATE = {
    "aws_s3_bucket": ("aws_s3_bucket_policy", "bucket"),
    "aws_sqs_queue": ("aws_sqs_queue_policy", "queue_url"),
    "aws_sns_topic": ("aws_sns_topic_policy", "arn"),
}
"""The resource type that attaches a policy to another, and the attribute that says to which."""

NEEDED = {
    "aws_s3_bucket": ("s3:getobject", "s3:putobject", "s3:listbucket"),
    "aws_sqs_queue": ("sqs:sendmessage", "sqs:receivemessage"),
    "aws_sns_topic": ("sns:publish",),
}
"""Actions that a policy must refuse without TLS; a topic's policy may not name ``sns:*``."""
_OBJECTS = "/*"


def attached_documents(stack: Stack, resource: Resource) -> Iterator[PolicyDocument]:
    """Yield the policy documents attached to a bucket, queue or topic, by itself or by a resource of their own.

    Raises:
        Undecided: After them, when another may be attached to it.
    """
    yield from policy_documents(stack, resource=resource)
    type_, attribute = SEPARATE[resource.type]
    policies = stack.resources(type_)
    for policy in those(policies, lambda policy: resource in stack.resolve(policy[attribute], resource.type)):
        yield from policy_documents(stack, resource=policy)


def requires_tls(stack: Stack, resource: Resource) -> bool:
    """Return whether every request without TLS to a bucket, queue or topic is denied.

    Raises:
        Undecided: It cannot be told.
    """
    return any_of(
        (statement for document in attached_documents(stack, resource) for statement in document.statements(stack)),
        lambda statement: _denies_plaintext(statement) and _everything(stack, statement, resource),
    )


def _denies_plaintext(statement: Statement) -> bool:
    if statement.allows or not any(principal.value.text() == "*" for principal in statement.principals):
        return False
    only = 1
    return len(statement.conditions) == only and any(
        condition.operator == "Bool"
        and condition.key.lower() == "aws:securetransport"
        and all(value.text() == "false" for value in condition.values)
        for condition in statement.conditions
    )


def _everything(stack: Stack, statement: Statement, resource: Resource) -> bool:
    """Return whether a statement is about reading and writing all of the resource."""
    patterns = [action.text().lower() for action in statement.actions]
    if not all(any(fnmatchcase(needed, pattern) for pattern in patterns) for needed in NEEDED[resource.type]):
        return False
    if any(value.known and value.text() == "*" for value in statement.resources):
        return True
    if resource.type != "aws_s3_bucket":
        return any_of(statement.resources, lambda value: resource in stack.resolve(value, resource.type))
    objects = [value for value in statement.resources if _ends(value, _OBJECTS)]
    itself = [value for value in statement.resources if value not in objects]
    return any_of(itself, lambda value: resource in stack.resolve(value, resource.type)) and any_of(
        objects, lambda value: resource in stack.resolve(_without(value, _OBJECTS), resource.type)
    )


def _ends(value: Value, text: str) -> bool:
    last = value.pieces_of_text()[-1].content
    return isinstance(last, str) and last.endswith(text)


def _without(value: Value, ending: str) -> Value:
    """Return an ARN without its ending; one that is not wholly known is resolved by what it refers to."""
    return Known(value.text().removesuffix(ending), origins=value.origins) if value.known else value
