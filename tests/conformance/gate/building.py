"""Makes what a root module declares in an account that moto plays, as far as moto and the live reader hold its type."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, ParamValidationError

from tapeproof.gate.engine.model import Ref, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import boto3

    from tapeproof.gate.engine.model import Resource, Stack, Value

__all__ = ["Built", "build"]

REGION, ACCOUNT = "us-east-1", "123456789012"
HERE = {"account_id": ACCOUNT, "name": REGION, "region": REGION, "partition": "aws"}
"""What data sources say of whoever asks."""
NAMES = {
    "aws_s3_bucket": "bucket",
    "aws_lambda_function": "function_name",
}
ARNS = {
    "aws_cloudwatch_event_bus": "events:{r}:{a}:event-bus/{n}",
    "aws_cloudwatch_event_rule": "events:{r}:{a}:rule/{n}",
    "aws_cloudwatch_log_group": "logs:{r}:{a}:log-group:{n}",
    "aws_dynamodb_table": "dynamodb:{r}:{a}:table/{n}",
    "aws_iam_policy": "iam::{a}:policy/{n}",
    "aws_iam_role": "iam::{a}:role/{n}",
    "aws_lambda_function": "lambda:{r}:{a}:function:{n}",
    "aws_s3_bucket": "s3:::{n}",
    "aws_sns_topic": "sns:{r}:{a}:{n}",
    "aws_sqs_queue": "sqs:{r}:{a}:{n}",
}
SWITCHES = {
    "block_public_acls": "BlockPublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "ignore_public_acls": "IgnorePublicAcls",
    "restrict_public_buckets": "RestrictPublicBuckets",
}
TRUST = {"Version": "2012-10-17", "Statement": []}


@dataclass
class Built:
    """What was made of a stack.

    Attributes:
        made: Type and name of each resource that is there now.
        left: How many of each type are not, as moto or the reader does not hold the type, or a value is not known.
    """

    made: set[tuple[str, str]] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)


def build(stack: Stack, session: boto3.Session) -> Built:
    """Make the resources of a stack, those first that others name."""
    builder = _Builder(stack, session)
    built = Built()
    resources = [one for one in stack.resources() if one.mode == "managed"]
    for resource in sorted(resources, key=lambda one: ORDER.index(one.type) if one.type in ORDER else len(ORDER)):
        if resource.type not in MAKERS or resource.doubt is not None:
            built.left[resource.type] += 1
            continue
        try:
            MAKERS[resource.type](builder, resource)
            built.made.add((resource.type, builder.name(resource)))
        except (LookupError, Undecided, ClientError, ParamValidationError, ValueError, KeyError):
            built.left[resource.type] += 1
            for whole in _wholes_of(stack, resource, built):
                with contextlib.suppress(Undecided):  # what has no name that is known was not made either
                    built.made.discard((whole.type, builder.name(whole)))
    return built


def _wholes_of(stack: Stack, part: Resource, built: Built) -> Iterator[Resource]:
    """Yield what a resource belongs to: without this part of it, a bucket without its policy, it is another one."""
    for whole in stack.resources(*{type_ for type_, _ in built.made}):
        if part in stack.referring_to(whole, part.type):
            yield whole


class _Builder:
    def __init__(self, stack: Stack, session: boto3.Session) -> None:
        self.stack, self.session = stack, session
        self.by_address = {one.address: one for one in stack.everything}
        self.keys: dict[str, str] = {}

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 is untyped
        return self.session.client(service)  # type: ignore[call-overload]

    def name(self, resource: Resource) -> str:
        named = resource[NAMES.get(resource.type, "name")]
        made_by_aws = isinstance(named, Ref) and named.resource == resource.address
        return resource.name if made_by_aws or named.is_unset else self.text(named)

    def arn(self, resource: Resource) -> str:
        if resource.type == "aws_kms_key":
            return self.keys[resource.address]
        return "arn:aws:" + ARNS[resource.type].format(r=REGION, a=ACCOUNT, n=self.name(resource))

    def text(self, value: Value) -> str:
        """Return a string with what its references will be."""
        parts = []
        for piece in value.pieces_of_text():
            if isinstance(piece.content, str):
                parts.append(piece.content)
            elif isinstance(piece.content, Ref):
                parts.append(self._of_reference(piece.content))
            else:
                raise Undecided(value)
        return "".join(parts)

    def _of_reference(self, ref: Ref) -> str:
        if ref.is_data:
            return HERE[ref.path]
        resource = self.by_address[ref.resource]
        if ref.path in {"arn", "invoke_arn", "qualified_arn"}:
            return self.arn(resource)
        if ref.path in {"id", "url"} and resource.type == "aws_sqs_queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.name(resource)}"
        if ref.path in {"id", "key_id"} and resource.type in {"aws_kms_key", "aws_sns_topic", "aws_iam_policy"}:
            return self.arn(resource)
        return self.name(resource)

    def option(self, resource: Resource, name: str) -> str | None:
        value = resource.at(name)
        return None if value.is_unset else self.text(value)


def _queue(builder: _Builder, one: Resource) -> None:
    names = {
        "policy": "Policy",
        "redrive_policy": "RedrivePolicy",
        "kms_master_key_id": "KmsMasterKeyId",
        "sqs_managed_sse_enabled": "SqsManagedSseEnabled",
        "visibility_timeout_seconds": "VisibilityTimeout",
        "fifo_queue": "FifoQueue",
        "redrive_allow_policy": "RedriveAllowPolicy",
    }
    given = {theirs: value for ours, theirs in names.items() if (value := builder.option(one, ours)) is not None}
    if given.get("FifoQueue") == "false":
        del given["FifoQueue"]
    # Terraform leaves SQS's own encryption to AWS, which switches it on; moto does not.
    if "KmsMasterKeyId" not in given:
        given.setdefault("SqsManagedSseEnabled", "true")
    builder.client("sqs").create_queue(QueueName=builder.name(one), Attributes=given)


def _queue_policy(builder: _Builder, one: Resource) -> None:
    attributes = {"Policy": builder.text(one["policy"])}
    builder.client("sqs").set_queue_attributes(QueueUrl=builder.text(one["queue_url"]), Attributes=attributes)


def _topic(builder: _Builder, one: Resource) -> None:
    names = {"policy": "Policy", "kms_master_key_id": "KmsMasterKeyId"}
    given = {theirs: value for ours, theirs in names.items() if (value := builder.option(one, ours)) is not None}
    builder.client("sns").create_topic(Name=builder.name(one), Attributes=given)


def _log_group(builder: _Builder, one: Resource) -> None:
    name, key = builder.name(one), builder.option(one, "kms_key_id")
    builder.client("logs").create_log_group(logGroupName=name, **({"kmsKeyId": key} if key else {}))
    days = one["retention_in_days"]
    if not days.is_unset and int(days.number()):
        builder.client("logs").put_retention_policy(logGroupName=name, retentionInDays=int(days.number()))
    if builder.option(one, "log_group_class") == "DELIVERY":
        raise LookupError("moto keeps no class of a log group")


def _table(builder: _Builder, one: Resource) -> None:
    name, key = builder.name(one), builder.option(one, "server_side_encryption.kms_key_arn")
    encrypted = {"Enabled": True, "SSEType": "KMS", **({"KMSMasterKeyId": key} if key else {})}
    block = [value for value in one.blocks("server_side_encryption") if value["enabled"].boolean()]
    builder.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=builder.option(one, "deletion_protection_enabled") == "true",
        **({"SSESpecification": encrypted} if block else {}),
    )
    if list(one.blocks("replica")):
        raise LookupError("the reader does not ask other regions")
    for recovery in one.blocks("point_in_time_recovery"):
        period = recovery["recovery_period_in_days"]
        if recovery["enabled"].boolean():
            days = {} if period.is_unset else {"RecoveryPeriodInDays": int(period.number())}
            builder.client("dynamodb").update_continuous_backups(
                TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, **days}
            )


def _role(builder: _Builder, one: Resource) -> None:
    if not one["managed_policy_arns"].is_unset:
        raise LookupError("in an account, each attachment stands by itself")
    trust = builder.option(one, "assume_role_policy") or json.dumps(TRUST)
    builder.client("iam").create_role(RoleName=builder.name(one), AssumeRolePolicyDocument=trust)
    for inline in one.blocks("inline_policy"):
        builder.client("iam").put_role_policy(
            RoleName=builder.name(one),
            PolicyName=builder.text(inline["name"]),
            PolicyDocument=builder.text(inline["policy"]),
        )


def _policy(builder: _Builder, one: Resource) -> None:
    document = builder.text(one["policy"])
    builder.client("iam").create_policy(PolicyName=builder.name(one), PolicyDocument=document)


def _role_policy(builder: _Builder, one: Resource) -> None:
    role = builder.text(one["role"])
    with contextlib.suppress(ClientError):
        builder.client("iam").create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(TRUST))
    builder.client("iam").put_role_policy(
        RoleName=role, PolicyName=builder.name(one), PolicyDocument=builder.text(one["policy"])
    )


def _attachment(builder: _Builder, one: Resource) -> None:
    builder.client("iam").attach_role_policy(
        RoleName=builder.text(one["role"]), PolicyArn=builder.text(one["policy_arn"])
    )


def _key(builder: _Builder, one: Resource) -> None:
    names = {"policy": "Policy", "key_usage": "KeyUsage", "customer_master_key_spec": "KeySpec"}
    given = {wanted: builder.option(one, name) for name, wanted in names.items()}
    client = builder.client("kms")
    made = client.create_key(**{name: value for name, value in given.items() if value})["KeyMetadata"]
    builder.keys[one.address] = made["Arn"]
    client.create_alias(AliasName=f"alias/{one.name}", TargetKeyId=made["KeyId"])
    if builder.option(one, "is_enabled") == "false":
        client.disable_key(KeyId=made["KeyId"])


def _alias(builder: _Builder, one: Resource) -> None:
    target = builder.option(one, "target_key_id")
    builder.client("kms").create_alias(AliasName=builder.name(one), TargetKeyId=target)


def _bucket(builder: _Builder, one: Resource) -> None:
    locked = builder.option(one, "object_lock_enabled") == "true"
    builder.client("s3").create_bucket(Bucket=builder.name(one), ObjectLockEnabledForBucket=locked)
    policy = builder.option(one, "policy")
    if policy:
        builder.client("s3").put_bucket_policy(Bucket=builder.name(one), Policy=policy)


def _bucket_policy(builder: _Builder, one: Resource) -> None:
    builder.client("s3").put_bucket_policy(Bucket=builder.text(one["bucket"]), Policy=builder.text(one["policy"]))


def _bucket_block(builder: _Builder, one: Resource) -> None:
    switches = {theirs: builder.option(one, ours) == "true" for ours, theirs in SWITCHES.items()}
    builder.client("s3").put_public_access_block(
        Bucket=builder.text(one["bucket"]), PublicAccessBlockConfiguration=switches
    )


def _account_block(builder: _Builder, one: Resource) -> None:
    switches = {theirs: builder.option(one, ours) == "true" for ours, theirs in SWITCHES.items()}
    builder.client("s3control").put_public_access_block(AccountId=ACCOUNT, PublicAccessBlockConfiguration=switches)


def _bus(builder: _Builder, one: Resource) -> None:
    builder.client("events").create_event_bus(Name=builder.name(one))


def _rule(builder: _Builder, one: Resource) -> None:
    names = {"event_pattern": "EventPattern", "schedule_expression": "ScheduleExpression", "state": "State"}
    given = {theirs: value for ours, theirs in names.items() if (value := builder.option(one, ours)) is not None}
    bus = builder.option(one, "event_bus_name") or "default"
    builder.client("events").put_rule(Name=builder.name(one), EventBusName=bus, **given)


MAKERS: dict[str, Callable[[_Builder, Resource], None]] = {
    "aws_kms_key": _key,
    "aws_kms_alias": _alias,
    "aws_s3_bucket": _bucket,
    "aws_s3_bucket_policy": _bucket_policy,
    "aws_s3_bucket_public_access_block": _bucket_block,
    "aws_s3_account_public_access_block": _account_block,
    "aws_sqs_queue": _queue,
    "aws_sqs_queue_policy": _queue_policy,
    "aws_sns_topic": _topic,
    "aws_cloudwatch_log_group": _log_group,
    "aws_dynamodb_table": _table,
    "aws_iam_role": _role,
    "aws_iam_policy": _policy,
    "aws_iam_role_policy": _role_policy,
    "aws_iam_role_policy_attachment": _attachment,
    "aws_cloudwatch_event_bus": _bus,
    "aws_cloudwatch_event_rule": _rule,
}
ORDER = list(MAKERS)
