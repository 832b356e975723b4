"""Attributes that a provider makes of the configuration alone, so that they are known as soon as that is.

Sources: documentation of ``terraform_data`` and of the providers null, template, local and aws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tapeproof.gate.engine.evaluator.syntax import Call, GetAttribute, Object

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tapeproof.gate.engine.evaluator.syntax import At, Body, Expression

__all__ = ["DERIVING", "ELSEWHERE", "IDENTIFYING", "LOOKING_UP", "derived_expression", "identifying_argument"]

_Making: TypeAlias = "Callable[[Body, At], Expression | None]"


def derived_expression(mode: str, type_: str, name: str, body: Body, at: At) -> Expression | None:
    """Return what an attribute that nobody configures comes to, as an expression; None where only apply tells.

    Args:
        mode: ``managed`` or ``data``.
        type_: The type.
        name: The attribute.
        body: What is configured.
        at: Where the block stands.
    """
    make = _DERIVED.get((mode, type_, name))
    return None if make is None else make(body, at)


def identifying_argument(mode: str, type_: str, given: Collection[str]) -> str:
    """Return the argument that says which resource an id or a data source is of; empty where none surely does.

    Args:
        mode: ``managed`` or ``data``.
        type_: The type.
        given: The arguments that are configured.
    """
    if mode == "data":
        named = [name for name in LOOKING_UP.get(type_, ()) if name in given]
        return named[0] if len(named) == 1 and ELSEWHERE.isdisjoint(given) else ""
    if type_ in _IDS_OF_BUCKETS:
        return "" if "expected_bucket_owner" in given else "bucket"
    return _IDS_OF_WHAT_IS_SET_ON.get(type_, "")


def _same_as(configured: str) -> _Making:
    return lambda body, _at: body.expression(configured)


def _same_unless(configured: str, lengthened_by: str) -> _Making:
    """Return what makes the same as an argument, unless another one is put behind it."""
    return lambda body, _at: None if body.expression(lengthened_by) is not None else body.expression(configured)


def _call(function: str, *configured: str) -> _Making:
    """Return what makes a call of a function; its first argument must be configured, the others are maps."""

    def make(body: Body, at: At) -> Expression | None:
        first, *others = (body.expression(name) for name in configured)
        if first is None:
            return None
        given = (Object((), at) if other is None else other for other in others)
        return Call(function, (first, *given), False, at)

    return make


def _part_of_arn(part: str) -> _Making:
    def make(body: Body, at: At) -> Expression | None:
        parsed = _call("provider::aws::arn_parse", "arn")(body, at)
        return None if parsed is None else GetAttribute(parsed, part, at)

    return make


_DERIVED: dict[tuple[str, str, str], _Making] = {
    ("managed", "terraform_data", "output"): _same_as("input"),
    ("data", "null_data_source", "outputs"): _same_as("inputs"),
    ("data", "template_file", "rendered"): _call("templatestring", "template", "vars"),
    ("data", "local_file", "content"): _call("file", "filename"),
    ("data", "aws_arn", "partition"): _part_of_arn("partition"),
    ("data", "aws_arn", "service"): _part_of_arn("service"),
    ("data", "aws_arn", "region"): _part_of_arn("region"),
    ("data", "aws_arn", "account"): _part_of_arn("account_id"),
    ("data", "aws_arn", "resource"): _part_of_arn("resource"),
}
_IDS_OF_WHAT_IS_SET_ON = {
    "aws_backup_vault_notifications": "backup_vault_name",
    "aws_backup_vault_policy": "backup_vault_name",
    "aws_cloudwatch_event_bus_policy": "event_bus_name",
    "aws_dynamodb_resource_policy": "resource_arn",
    "aws_ecr_lifecycle_policy": "repository",
    "aws_ecr_repository_policy": "repository",
    "aws_efs_file_system_policy": "file_system_id",
    "aws_kinesis_resource_policy": "resource_arn",
    "aws_kms_key_policy": "key_id",
    "aws_s3_bucket_notification": "bucket",
    "aws_s3_bucket_ownership_controls": "bucket",
    "aws_s3_bucket_policy": "bucket",
    "aws_s3_bucket_public_access_block": "bucket",
    "aws_secretsmanager_secret_policy": "secret_arn",
    "aws_sns_topic_data_protection_policy": "arn",
    "aws_sns_topic_policy": "arn",
    "aws_sqs_queue_policy": "queue_url",
    "aws_sqs_queue_redrive_allow_policy": "queue_url",
    "aws_sqs_queue_redrive_policy": "queue_url",
}
"""Types of hashicorp/aws that set something on another resource and have its id, and what is configured to be it."""
_IDS_OF_BUCKETS = (
    "aws_s3_bucket_accelerate_configuration",
    "aws_s3_bucket_cors_configuration",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_logging",
    "aws_s3_bucket_object_lock_configuration",
    "aws_s3_bucket_request_payment_configuration",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
    "aws_s3_bucket_website_configuration",
)
"""Types whose id is the bucket's, with a comma and the account behind it where ``expected_bucket_owner`` is given."""
_DERIVED |= {("managed", type_, "id"): _same_as(name) for type_, name in _IDS_OF_WHAT_IS_SET_ON.items()}
_DERIVED |= {("managed", type_, "id"): _same_unless("bucket", "expected_bucket_owner") for type_ in _IDS_OF_BUCKETS}
DERIVING = frozenset(type_ for _, type_, _ in _DERIVED)
"""Types that have such attributes; few resources are of one, and every reference asks."""
LOOKING_UP = {
    "aws_cloudwatch_event_bus": ("name",),
    "aws_cloudwatch_log_group": ("name",),
    "aws_dynamodb_table": ("name",),
    "aws_ecr_repository": ("name",),
    "aws_iam_policy": ("arn", "name"),
    "aws_iam_role": ("name",),
    "aws_iam_user": ("user_name",),
    "aws_kinesis_stream": ("name",),
    "aws_kms_alias": ("name",),
    "aws_kms_key": ("key_id",),
    "aws_lambda_function": ("function_name",),
    "aws_s3_bucket": ("bucket",),
    "aws_secretsmanager_secret": ("arn", "name"),
    "aws_sfn_state_machine": ("name",),
    "aws_sns_topic": ("name",),
    "aws_sqs_queue": ("name",),
}
"""The arguments by which a data source finds one resource of its type; ``looked_up`` finds it here."""
IDENTIFYING = frozenset(("arn", "bucket", "function_name", "id", "key_id", "name"))
"""Attributes of which one alone says which resource is meant."""
ELSEWHERE = frozenset(("provider", "qualifier", "region"))
"""Arguments of a data source that may mean another resource of the same name."""
