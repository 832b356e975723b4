"""IAM policy documents, normalised to statements, wherever a resource keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapeproof.gate.engine.model.value import Undecided, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tapeproof.gate.engine.model.block import Resource
    from tapeproof.gate.engine.model.span import Span
    from tapeproof.gate.engine.model.stack import Stack

__all__ = ["HOLDERS", "Condition", "PolicyDocument", "Principal", "Statement", "policy_documents", "statements"]

IDENTITY, RESOURCE, TRUST, KEY = "identity", "resource", "trust", "key"

_POLICY, _DOCUMENT, _ACCESS = "policy", "policy_document", "access_policies"

HOLDERS: dict[str, tuple[tuple[str, str], ...]] = {
    "aws_iam_role": (("inline_policy.policy", IDENTITY), ("assume_role_policy", TRUST)),
    "aws_ssoadmin_permission_set_inline_policy": (("inline_policy", IDENTITY),),
    "aws_cloudwatch_log_destination_policy": (("access_policy", RESOURCE),),
    "aws_glacier_vault": (("access_policy", RESOURCE),),
    **dict.fromkeys(
        ("aws_iam_group_policy", "aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iot_policy"),
        ((_POLICY, IDENTITY),),
    ),
    **dict.fromkeys(
        (
            "aws_kms_external_key",
            "aws_kms_key",
            "aws_kms_key_policy",
            "aws_kms_replica_external_key",
            "aws_kms_replica_key",
        ),
        ((_POLICY, KEY),),
    ),
    **dict.fromkeys(
        (
            "aws_cloudwatch_log_resource_policy",
            "aws_codeartifact_domain_permissions_policy",
            "aws_codeartifact_repository_permissions_policy",
            "aws_xray_resource_policy",
        ),
        ((_DOCUMENT, RESOURCE),),
    ),
    **dict.fromkeys(
        (
            "aws_elasticsearch_domain",
            "aws_elasticsearch_domain_policy",
            "aws_opensearch_domain",
            "aws_opensearch_domain_policy",
        ),
        ((_ACCESS, RESOURCE),),
    ),
    **dict.fromkeys(
        (
            "aws_acmpca_policy",
            "aws_api_gateway_rest_api",
            "aws_api_gateway_rest_api_policy",
            "aws_backup_vault_policy",
            "aws_cloudwatch_event_bus_policy",
            "aws_codebuild_resource_policy",
            "aws_dynamodb_resource_policy",
            "aws_ecr_registry_policy",
            "aws_ecr_repository_policy",
            "aws_ecrpublic_repository_policy",
            "aws_efs_file_system_policy",
            "aws_glue_resource_policy",
            "aws_kinesis_resource_policy",
            "aws_msk_cluster_policy",
            "aws_oam_sink_policy",
            "aws_redshift_resource_policy",
            "aws_redshiftserverless_resource_policy",
            "aws_s3_access_point",
            "aws_s3_bucket",
            "aws_s3_bucket_policy",
            "aws_s3control_access_point_policy",
            "aws_schemas_registry_policy",
            "aws_secretsmanager_secret",
            "aws_secretsmanager_secret_policy",
            "aws_ses_identity_policy",
            "aws_sesv2_email_identity_policy",
            "aws_sns_topic",
            "aws_sns_topic_policy",
            "aws_sqs_queue",
            "aws_sqs_queue_policy",
            "aws_vpc_endpoint",
            "aws_vpc_endpoint_policy",
        ),
        ((_POLICY, RESOURCE),),
    ),
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

    Attributes:
        places: Where the whole value of each key that turns a statement round stands: ``NotAction``.
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
    places: Mapping[str, Span]

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
        kind: ``identity``, ``resource``, ``trust`` (who may assume a role) or ``key`` (of a KMS key, in which the
            resource ``*`` means the key itself).
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
    document = stack.document(value)
    _only(document, _DOCUMENT_KEYS)
    listed = document.entry("Statement")
    if listed.is_null:
        raise Undecided(document, "has no Statement, so it is no policy")
    return tuple(_statement(element) for element in listed.elements())


_DOCUMENT_KEYS = frozenset({"Version", "Id", "Statement"})
_STATEMENT_KEYS = frozenset(
    {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
)
"""Source: AWS IAM User Guide, "Grammar of the IAM JSON policy language"."""


def _only(value: Value, keys: frozenset[str]) -> None:
    """Refuse a key that no policy has: whoever wrote it meant something that is not judged."""
    for key, entry in value.entries().items():
        if key not in keys:
            raise Undecided(entry, f"stands under {key!r}, which is no key of a policy")


def _statement(value: Value) -> Statement:
    _only(value, _STATEMENT_KEYS)

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
        places={name: value.entry(name).span for name in ("NotAction", "NotResource", "NotPrincipal")},
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
