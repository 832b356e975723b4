"""Tables and buckets of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.account.errors import AccountError
from tapeproof.account.storage import buckets, tables

if TYPE_CHECKING:
    from collections.abc import Callable

ABSENT = {
    ("s3", "get_object_lock_configuration"): "ObjectLockConfigurationNotFoundError",
    ("s3", "get_public_access_block"): "NoSuchPublicAccessBlockConfiguration",
    ("s3", "get_bucket_policy"): "NoSuchBucketPolicy",
    ("s3", "get_bucket_encryption"): "ServerSideEncryptionConfigurationNotFoundError",
}


def test_a_table_is_read_with_its_backups_and_its_key(asker: Callable[..., Any]) -> None:
    table = {"TableArn": "arn:aws:dynamodb:eu-west-1:1:table/a-dev", "SSEDescription": {"KMSMasterKeyArn": "k"}}
    backups = {"ContinuousBackupsStatus": "ENABLED"}
    script = {
        ("dynamodb", "list_tables"): ["a-dev", "a-prod"],
        ("dynamodb", "describe_table", "a-dev"): {"Table": table},
        ("dynamodb", "describe_continuous_backups", "a-dev"): {"ContinuousBackupsDescription": backups},
    }
    (found,) = tables(asker(script), "dev")
    assert (found.identity, found.value["Region"], found.value["Key"]) == ("a-dev", "eu-west-1", {"KeyId": "k"})
    assert found.value["Backups"] == backups


def test_a_bucket_without_guards_says_none_of_each(asker: Callable[..., Any]) -> None:
    script = {("s3", "list_buckets"): [{"Name": "tiles-dev"}, {"Name": "tiles"}], **ABSENT}
    (found,) = buckets(asker(script), "dev")
    parts = ("PublicAccessBlock", "Policy", "Encryption", "Versioning", "ObjectLock")
    assert [found.value[part] for part in parts] == [None] * 5


@pytest.mark.parametrize(
    ("answer", "region"),
    [
        ({"LocationConstraint": "eu-west-1"}, "eu-west-1"),
        ({"LocationConstraint": None}, "us-east-1"),
        ({}, "us-east-1"),
    ],
)
def test_a_bucket_without_a_location_is_where_s3_began(
    asker: Callable[..., Any], answer: dict[str, Any], region: str
) -> None:
    script = {("s3", "list_buckets"): [{"Name": "tiles-dev"}], ("s3", "get_bucket_location"): answer, **ABSENT}
    (found,) = buckets(asker(script), "dev")
    assert found.value["Region"] == region


@pytest.mark.parametrize("call", ABSENT)
def test_a_refusal_is_never_taken_for_absence(asker: Callable[..., Any], call: tuple[str, str]) -> None:
    script = {("s3", "list_buckets"): [{"Name": "tiles-dev"}], **ABSENT, call: "AccessDenied"}
    with pytest.raises(AccountError, match="AccessDenied"):
        list(buckets(asker(script), "dev"))
