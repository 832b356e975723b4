"""DynamoDB tables and S3 buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tapeproof.account.observation import Observation, parse_document, region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.account.asking import Asker

__all__ = ["buckets", "tables"]


def tables(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each table with its backups and the key that encrypts it."""
    for name in list(asker.pages("dynamodb", "list_tables", "TableNames")):
        if not asker.is_chosen("aws_dynamodb_table", name, suffix):
            continue
        table = asker.ask("dynamodb", "describe_table", TableName=name)["Table"]
        backups = asker.ask("dynamodb", "describe_continuous_backups", TableName=name)
        value = {
            "Name": name,
            "Region": region_of(table.get("TableArn", "")),
            "Table": table,
            "Backups": backups.get("ContinuousBackupsDescription"),
            "Key": asker.key(table.get("SSEDescription", {}).get("KMSMasterKeyArn")),
        }
        yield Observation("aws_dynamodb_table", name, value)


def buckets(asker: Asker, suffix: str) -> Iterator[Observation]:
    """Yield each bucket with what guards it."""
    for bucket in list(asker.pages("s3", "list_buckets", "Buckets")):
        if asker.is_chosen("aws_s3_bucket", bucket["Name"], suffix):
            yield Observation("aws_s3_bucket", bucket["Name"], _bucket(asker, bucket["Name"]))


def _bucket(asker: Asker, name: str) -> dict[str, Any]:
    def part(operation: str, key: str, *absent: str) -> Any:  # noqa: ANN401 - any JSON
        return (asker.ask_if_any("s3", operation, absent, Bucket=name) or {}).get(key)

    lock = part("get_object_lock_configuration", "ObjectLockConfiguration", "ObjectLockConfigurationNotFoundError")
    return {
        "Name": name,
        "Region": part("get_bucket_location", "LocationConstraint") or "us-east-1",
        "PublicAccessBlock": part(
            "get_public_access_block", "PublicAccessBlockConfiguration", "NoSuchPublicAccessBlockConfiguration"
        ),
        "Policy": parse_document(part("get_bucket_policy", "Policy", "NoSuchBucketPolicy")),
        "Encryption": part(
            "get_bucket_encryption",
            "ServerSideEncryptionConfiguration",
            "ServerSideEncryptionConfigurationNotFoundError",
        ),
        "Versioning": part("get_bucket_versioning", "Status"),
        "ObjectLock": lock,
    }
