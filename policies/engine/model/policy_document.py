"""IAM policy documents, normalised to statements, wherever a resource keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.engine.model.value import Undecided, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.engine.model.block import Resource
    from policies.engine.model.span import Span
    from policies.engine.model.stack import Stack

__all__ = ["HOLDERS", "Condition", "PolicyDocument", "Principal", "Statement", "policy_documents", "statements"]

IDENTITY, RESOURCE, TRUST = "identity", "resource", "trust"

HOLDERS = {
    "aws_iam_group_policy": (("policy", IDENTITY),),
    "aws_iam_policy": (("policy", IDENTITY),),
    "aws_iam_role": (("inline_policy.policy", IDENTITY), ("assume_role_policy", TRUST)),
    "aws_iam_role_policy": (("policy", IDENTITY),),
    "aws_iam_user_policy": (("policy", IDENTITY),),
    "aws_ssoadmin_permission_set_inline_policy": (("inline_policy", IDENTITY),),
    "aws_backup_vault_policy": (("policy", RESOURCE),),
    "aws_cloudwatch_event_bus_policy": (("policy", RESOURCE),),
    "aws_cloudwatch_log_resource_policy": (("policy_document", RESOURCE),),
    "aws_dynamodb_resource_policy": (("policy", RESOURCE),),
    "aws_ecr_repository_policy": (("policy", RESOURCE),),
    "aws_efs_file_system_policy": (("policy", RESOURCE),),
    "aws_kinesis_resource_policy": (("policy", RESOURCE),),
    "aws_kms_external_key": (("policy", RESOURCE),),
    "aws_kms_key": (("policy", RESOURCE),),
    "aws_kms_key_policy": (("policy", RESOURCE),),
    "aws_s3_bucket": (("policy", RESOURCE),),
    "aws_s3_bucket_policy": (("policy", RESOURCE),),
    "aws_schemas_registry_policy": (("policy", RESOURCE),),
    "aws_secretsmanager_secret": (("policy", RESOURCE),),
    "aws_secretsmanager_secret_policy": (("policy", RESOURCE),),
    "aws_sns_topic": (("policy", RESOURCE),),
    "aws_sns_topic_policy": (("policy", RESOURCE),),
    "aws_sqs_queue": (("policy", RESOURCE),),
    "aws_sqs_queue_policy": (("policy", RESOURCE),),
    "aws_vpc_endpoint": (("policy", RESOURCE),),
    "aws_vpc_endpoint_policy": (("policy", RESOURCE),),
}
"""Where each resource type keeps policy documents, and what they attach to (AWS provider 5.100, its documentation)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who a statement is about: ``AWS``, ``Service``, ``Federated``, ``CanonicalUser``, or ``*`` alone."""

    type: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One key of one operator of a statement's conditions."""

    operator: str
    key: str
    values: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement; every field is a tuple, whether the document had one string or a list.

    Source of the grammar: AWS IAM User Guide, "Grammar of the IAM JSON policy language".
    """

    effect: Value
    sid: Value
    actions: tuple[Value, ...] = ()
    not_actions: tuple[Value, ...] = ()
    resources: tuple[Value, ...] = ()
    not_resources: tuple[Value, ...] = ()
    principals: tuple[Principal, ...] = ()
    not_principals: tuple[Principal, ...] = ()
    conditions: tuple[Condition, ...] = ()
    span: Span

    @property
    def allows(self) -> bool:
        """Whether the effect is Allow.

        Raises:
            Undecided: The effect is not known.
        """
        return self.effect.text() == "Allow"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """A policy document and the resource that holds it.

    Attributes:
        holder: The resource.
        kind: ``identity``, ``resource`` or ``trust`` (who may assume a role).
        value: The string as the resource has it.
    """

    holder: Resource
    kind: str
    value: Value

    def statements(self, stack: Stack) -> tuple[Statement, ...]:
        """Return the document's statements.

        Raises:
            Undecided: The document, or how many statements it has, is not known.
        """
        return statements(stack, self.value)


def policy_documents(stack: Stack, *kinds: str, resource: Resource | None = None) -> Iterator[PolicyDocument]:
    """Yield every policy document of some kinds (all without one), of one resource or of the whole stack.

    Raises:
        Undecided: After those found, when a resource may hold more (a ``dynamic "inline_policy"``).
    """
    for holder in stack.resources() if resource is None else (resource,):
        for path, kind in HOLDERS.get(holder.type, ()):
            if kinds and kind not in kinds:
                continue
            block, _, attribute = path.rpartition(".")
            for owner in holder.blocks(block) if block else (holder,):
                value = owner[attribute]
                if not (value.known and value.is_null):
                    yield PolicyDocument(holder=holder, kind=kind, value=value)


def statements(stack: Stack, value: Value) -> tuple[Statement, ...]:
    """Return the statements of a policy document.

    Raises:
        Undecided: The document, or how many statements it has, is not known.
    """
    listed = stack.document(value).entry("Statement")
    return tuple(_statement(element) for element in listed.elements())


def _statement(value: Value) -> Statement:
    def listed(name: str) -> tuple[Value, ...]:
        return _listed(value.entry(name))

    return Statement(
        effect=value.entry("Effect"),
        sid=value.entry("Sid"),
        actions=listed("Action"),
        not_actions=listed("NotAction"),
        resources=listed("Resource"),
        not_resources=listed("NotResource"),
        principals=tuple(_principals(value.entry("Principal"))),
        not_principals=tuple(_principals(value.entry("NotPrincipal"))),
        conditions=tuple(_conditions(value.entry("Condition"))),
        span=value.span,
    )


def _listed(value: Value) -> tuple[Value, ...]:
    """Return a string or a list of strings as a tuple; one that is not known stands for itself."""
    try:
        return value.elements()
    except Undecided:
        return (value,)


def _principals(value: Value) -> Iterator[Principal]:
    try:
        entries = value.entries()
    except Undecided:
        yield Principal(type="*", value=value)  # "Principal": "*", or one that is not known
        return
    for type_, listed in entries.items():
        for element in _listed(listed):
            yield Principal(type=type_, value=element)


def _conditions(value: Value) -> Iterator[Condition]:
    for operator, keys in value.entries().items():
        for key, listed in keys.entries().items():
            yield Condition(operator=operator, key=key, values=_listed(listed), span=listed.span)
