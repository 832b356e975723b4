"""What a call of Terraform's provider needs of IAM: actions on resources, by AWS's names.

ministack 1.5.33 takes some calls for others, and some resources for `*`. These are the names of the Service
Authorization Reference, for the calls that this stack makes; tests hold them against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ACCOUNT", "REGION", "S3_ACTIONS", "Need", "list_needs"]

ACCOUNT, REGION = "000000000000", "us-east-1"
# Amazon S3 User Guide, "Required permissions for Amazon S3 API operations".
S3_ACTIONS = {
    "DeleteBucketEncryption": "PutEncryptionConfiguration",
    "DeleteBucketLifecycle": "PutLifecycleConfiguration",
    "DeleteBucketOwnershipControls": "PutBucketOwnershipControls",
    "DeleteObjects": "DeleteObject",
    "DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
    "GetBucketCors": "GetBucketCORS",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
}
# Tags that are given while something is made: the services' entries in the same reference.
TAG_ACTIONS = {"iam": "TagRole", "s3": "PutBucketTagging", "sqs": "TagQueue"}
_UNNAMED = {"CreateEventSourceMapping": "event-source-mapping:*", "CreateKey": "key/*"}


PASSED, ALIAS = "iam:PassedToService", "kms:RequestAlias"


class Need(NamedTuple):
    """An action on a resource.

    Attributes:
        action: Such as `sqs:CreateQueue`.
        resource: An ARN; `*` where the call can name none.
        key: Of the condition that tells it from others of that name: whom a role is passed to, or by which alias a key
            of AWS's is asked for.
        value: What that key has.
    """

    action: str
    resource: str
    key: str = ""
    value: str = ""


def list_needs(service: str, operation: str, asked: dict[str, Any]) -> Iterator[Need]:
    """Yield what a call needs.

    Args:
        service: As botocore names it.
        operation: Of its API.
        asked: Its members.
    """
    if service == "sts":
        return  # GetCallerIdentity needs no permission
    if operation == "DescribeKey" and str(asked.get("KeyId")).startswith("alias/"):
        yield Need("kms:DescribeKey", _arn("kms", "key/*"), ALIAS, str(asked["KeyId"]))
        return  # asked on the key that the alias is of, whose id the caller does not know
    if operation in {"CreateTopic", "SetTopicAttributes"}:
        asked = {"TopicArn": f"arn:aws:sns:{REGION}:{ACCOUNT}:{asked.get('Name')}", **asked}
    try:
        resources = list(_resources(service, operation, asked))
    except KeyError:
        resources = ["*"]  # a call that this stack does not make: nobody may make it but who may everything
    name = S3_ACTIONS.get(operation, operation) if service == "s3" else operation
    yield from (Need(f"{service}:{name}", resource) for resource in resources)
    if any(asked.get(name) for name in ("Tags", "tags")) and operation.startswith(("Create", "Put")):
        name, made = TAG_ACTIONS.get(service, "TagResource"), resources
        # What is made has no name that the caller knows.
        if operation in _UNNAMED:
            made = [_arn(service, _UNNAMED[operation])]
        yield from (Need(f"{service}:{name}", resource) for resource in made)
    if operation == "DeleteObjects" and any("VersionId" in one for one in asked["Delete"]["Objects"]):
        yield from (Need("s3:DeleteObjectVersion", resource) for resource in resources)
    yield from _passed(service, asked)


def _passed(service: str, asked: dict[str, Any]) -> Iterator[Need]:
    role = asked.get("Role") if service == "lambda" else asked.get("Target", {}).get("RoleArn")
    if isinstance(role, str) and service in {"lambda", "scheduler"}:
        yield Need("iam:PassRole", role, PASSED, f"{service}.amazonaws.com")


def _arn(service: str, name: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{name}"


def _resources(service: str, operation: str, asked: dict[str, Any]) -> Iterator[str]:
    """Yield the ARNs that a call is about; `*` where it can name none."""
    yield from {
        "cloudwatch": _alarms, "dynamodb": _tables, "events": _rules, "iam": _roles, "kms": _keys, "lambda": _functions,
        "logs": _groups, "s3": _buckets, "scheduler": _schedules, "sns": _topics, "sqs": _queues,
    }[service](operation, asked)  # fmt: skip


def _alarms(operation: str, asked: dict[str, Any]) -> Iterable[str]:
    if operation == "DescribeAlarms":
        return [_arn("cloudwatch", "alarm:*")]
    dashboards = asked.get("DashboardNames", [asked["DashboardName"]] if "DashboardName" in asked else [])
    if dashboards:
        return [f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/{name}" for name in dashboards]
    if "ResourceARN" in asked:
        return [asked["ResourceARN"]]
    return [_arn("cloudwatch", f"alarm:{name}") for name in asked.get("AlarmNames", [asked.get("AlarmName")])]


def _tables(_: str, asked: dict[str, Any]) -> Iterable[str]:
    return [asked.get("ResourceArn") or _arn("dynamodb", f"table/{asked['TableName']}")]


def _rules(operation: str, asked: dict[str, Any]) -> Iterable[str]:
    if "ResourceARN" in asked:
        return [asked["ResourceARN"]]
    if "ArchiveName" in asked:
        named = [_arn("events", f"archive/{asked['ArchiveName']}")]
        return [*named, asked["EventSourceArn"]] if operation == "CreateArchive" else named
    rule = asked.get("Rule") or (asked.get("Name") if "EventBusName" in asked else None)
    return [_arn("events", f"rule/{asked['EventBusName']}/{rule}" if rule else f"event-bus/{asked['Name']}")]


def _roles(_: str, asked: dict[str, Any]) -> Iterable[str]:
    return [f"arn:aws:iam::{ACCOUNT}:role/{asked['RoleName']}"]


def _keys(_: str, asked: dict[str, Any]) -> Iterable[str]:
    key = asked.get("KeyId") or asked.get("TargetKeyId") or ""
    found = [key if key.startswith("arn:") else _arn("kms", f"key/{key}")] if key else []
    found += [_arn("kms", asked["AliasName"])] if "AliasName" in asked else []
    return found or ["*"]


def _functions(operation: str, asked: dict[str, Any]) -> Iterable[str]:
    if operation == "CreateEventSourceMapping":
        return ["*"]
    if "UUID" in asked:
        return [_arn("lambda", f"event-source-mapping:{asked['UUID']}")]
    name = asked.get("Resource") or asked["FunctionName"]
    return [name if name.startswith("arn:") else _arn("lambda", f"function:{name}")]


def _groups(operation: str, asked: dict[str, Any]) -> Iterable[str]:
    if operation == "DescribeLogGroups":
        return ["*"]
    return [asked.get("resourceArn") or _arn("logs", f"log-group:{asked['logGroupName']}")]


def _buckets(operation: str, asked: dict[str, Any]) -> Iterable[str]:
    bucket = f"arn:aws:s3:::{asked['Bucket']}"
    return (
        [f"{bucket}/{one['Key']}" for one in asked["Delete"]["Objects"]] if operation == "DeleteObjects" else [bucket]
    )


def _schedules(operation: str, asked: dict[str, Any]) -> Iterable[str]:
    if "ResourceArn" in asked:
        return [asked["ResourceArn"]]
    group = f"schedule-group/{asked['Name']}"
    return [_arn("scheduler", group if "Group" in operation else f"schedule/{asked['GroupName']}/{asked['Name']}")]


def _topics(_: str, asked: dict[str, Any]) -> Iterable[str]:
    return [asked.get("TopicArn") or asked["ResourceArn"]]


def _queues(_: str, asked: dict[str, Any]) -> Iterable[str]:
    return [_arn("sqs", asked.get("QueueName") or asked["QueueUrl"].rpartition("/")[2])]
