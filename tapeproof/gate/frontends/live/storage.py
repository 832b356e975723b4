"""Tables and buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.gate.engine.model import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account

__all__ = ["buckets", "tables"]

_REGIONS = {None: "us-east-1", "": "us-east-1", "EU": "eu-west-1"}
"""Regions that buckets name in another way (Amazon S3 API Reference, "GetBucketLocation")."""
_SWITCHES = {
    "block_public_acls": "BlockPublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "ignore_public_acls": "IgnorePublicAcls",
    "restrict_public_buckets": "RestrictPublicBuckets",
}


_NOTIFIED = (
    ("lambda_function", "LambdaFunctionConfigurations", "lambda_function_arn", "LambdaFunctionArn"),
    ("queue", "QueueConfigurations", "queue_arn", "QueueArn"),
    ("topic", "TopicConfigurations", "topic_arn", "TopicArn"),
)
"""Kinds of targets of a bucket: our block, AWS's list, our attribute, AWS's member."""


def tables(account: Account) -> Iterator[Resource]:
    """Yield the tables, with point-in-time recovery and encryption as they are."""
    for name in account.pages("dynamodb", "list_tables", "TableNames"):
        if not account.covers(name):
            continue
        answer = account.describe("dynamodb", "describe_table", TableName=name)
        backups = account.describe("dynamodb", "describe_continuous_backups", TableName=name)
        if answer is None or backups is None:
            continue
        found = account.part(answer, "Table")
        recovery = account.part(backups, "ContinuousBackupsDescription", "PointInTimeRecoveryDescription")
        yield account.resource(
            "aws_dynamodb_table",
            name,
            account.part(found, "TableArn") if isinstance(found, dict) else name,
            name=name,
            arn=account.part(found, "TableArn"),
            stream_arn=account.part(found, "LatestStreamArn"),
            stream_enabled=account.part(found, "StreamSpecification", "StreamEnabled"),
            deletion_protection_enabled=account.part(found, "DeletionProtectionEnabled"),
            point_in_time_recovery=_recovery(recovery),
            server_side_encryption=_encryption(account.part(found, "SSEDescription")),
            replica=_replicas(account, found),
        )
        yield from _table_policy(account, name, account.part(found, "TableArn"))


def _table_policy(account: Account, name: str, arn: str | Unknown) -> Iterator[Resource]:
    """Yield the policy of a table; whose ARN AWS refuses to say, of its policy nothing is known either."""
    policy: Any = arn
    if isinstance(arn, str):
        policy = account.part(account.ask("dynamodb", "get_resource_policy", ResourceArn=arn), "Policy")
    if policy is not None:
        named = {"resource_arn": arn, "policy": policy}
        address = f"{arn if isinstance(arn, str) else name}/policy"
        yield account.resource("aws_dynamodb_resource_policy", name, address, **named)


def buckets(account: Account) -> Iterator[Resource]:
    """Yield the buckets of the region, with what keeps them private; the account's own block where one needs it."""
    blocked: list[bool] = []
    for bucket in account.pages("s3", "list_buckets", "Buckets"):
        name = bucket["Name"]
        if account.covers(name) and _in_region(account, name):
            arn = f"arn:aws:s3:::{name}"
            lock = account.ask("s3", "get_object_lock_configuration", Bucket=name)
            locked = account.part(lock, "ObjectLockConfiguration", "ObjectLockEnabled")
            yield account.resource(
                "aws_s3_bucket",
                name,
                arn,
                bucket=name,
                arn=arn,
                id=name,
                object_lock_enabled=locked if isinstance(locked, Unknown) else locked == "Enabled",
            )
            yield from _bucket_parts(account, name, arn)
            yield from _notifications(account, name, arn)
            blocked.append(_is_blocked(account, name))
    if not all(blocked):
        yield from _of_whole_account(account)


def _bucket_parts(account: Account, name: str, arn: str) -> Iterator[Resource]:
    policy = account.part(account.ask("s3", "get_bucket_policy", Bucket=name), "Policy")
    if policy is not None:
        yield account.resource("aws_s3_bucket_policy", name, f"{arn}/policy", bucket=name, policy=policy)
    switches = _switches_of(account, name)
    if switches is not None:
        settings = {ours: account.part(switches, theirs) for ours, theirs in _SWITCHES.items()}
        address = f"{arn}/public-access-block"
        yield account.resource("aws_s3_bucket_public_access_block", name, address, bucket=name, **settings)


def _notifications(account: Account, name: str, arn: str) -> Iterator[Resource]:
    """Yield what a bucket tells of itself, where it tells anybody."""
    answer = account.ask("s3", "get_bucket_notification_configuration", Bucket=name)
    told = {ours: _told(account.part(answer, theirs), *members) for ours, theirs, *members in _NOTIFIED}
    bridged = answer if isinstance(answer, Unknown) else "EventBridgeConfiguration" in answer or None
    if bridged is not None or any(part is not None for part in told.values()):
        address = f"{arn}/notification"
        settings = {"bucket": name, "eventbridge": bridged, **told}
        yield account.resource("aws_s3_bucket_notification", name, address, **settings)


def _told(configured: Any, ours: str, theirs: str) -> Any:  # noqa: ANN401 - JSON
    """Return the blocks of a notification for one kind of target, None where there are none."""
    if not isinstance(configured, list):
        return configured
    return [{ours: one.get(theirs), "events": one.get("Events", []), **_filters_of(one)} for one in configured] or None


def _filters_of(configured: dict[str, Any]) -> dict[str, str]:
    rules = configured.get("Filter", {}).get("Key", {}).get("FilterRules", [])
    return {f"filter_{rule['Name'].lower()}": rule["Value"] for rule in rules}


def _switches_of(account: Account, name: str) -> Any:  # noqa: ANN401 - JSON
    answer = account.ask("s3", "get_public_access_block", Bucket=name)
    return account.part(answer, "PublicAccessBlockConfiguration")


def _is_blocked(account: Account, name: str) -> bool:
    switches = _switches_of(account, name)
    return isinstance(switches, dict) and all(switches.get(switch) is True for switch in _SWITCHES.values())


def _of_whole_account(account: Account) -> Iterator[Resource]:
    answer = account.ask("s3control", "get_public_access_block", AccountId=account.number)
    switches = account.part(answer, "PublicAccessBlockConfiguration")
    if switches is not None:
        settings = {ours: account.part(switches, theirs) for ours, theirs in _SWITCHES.items()}
        address = f"arn:aws:s3::{account.number}:public-access-block"
        yield account.resource("aws_s3_account_public_access_block", account.number, address, **settings)


def _in_region(account: Account, name: str) -> bool:
    location = account.ask("s3", "get_bucket_location", Bucket=name)
    constraint = account.part(location, "LocationConstraint")
    return isinstance(constraint, Unknown) or _REGIONS.get(constraint, constraint) == account.region


def _recovery(found: Any) -> Any:  # noqa: ANN401 - JSON
    if found is None or isinstance(found, Unknown):
        return found
    enabled = found.get("PointInTimeRecoveryStatus") == "ENABLED"
    return [{"enabled": enabled, "recovery_period_in_days": found.get("RecoveryPeriodInDays")}]


def _encryption(found: Any) -> Any:  # noqa: ANN401 - JSON
    if found is None or isinstance(found, Unknown):
        return found
    return [{"enabled": found.get("Status") in {"ENABLED", "ENABLING"}, "kms_key_arn": found.get("KMSMasterKeyArn")}]


def _replicas(account: Account, table: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the replicas; whether one can be restored only its own region says, which is not asked."""
    listed = account.part(table, "Replicas")
    if not listed or isinstance(listed, Unknown):
        return listed or None
    return [
        {
            "region_name": replica.get("RegionName"),
            "kms_key_arn": replica.get("KMSMasterKeyId"),
            "point_in_time_recovery": Unknown("only the replica's own region says whether it can be restored"),
        }
        for replica in listed
        if replica.get("RegionName") != account.region
    ]
