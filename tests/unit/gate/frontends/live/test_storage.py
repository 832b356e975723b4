"""Tables and buckets, with recovery, encryption and what keeps them private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tapeproof.gate.frontends.live.storage import buckets, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Resource
    from tapeproof.gate.frontends.live.account import Account


def table(account_of: Callable[..., Account], described: Any, backups: Any) -> Resource:  # noqa: ANN401 - JSON
    answers = {"describe_table": described, "describe_continuous_backups": backups}
    return next(tables(account_of(list_tables={"TableNames": ["t"]}, **answers)))


def recovery(status: str) -> dict[str, Any]:
    return {"ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": status}}}


@pytest.mark.parametrize(("status", "enabled"), [("ENABLED", True), ("DISABLED", False), ("ENABLING", False)])
def test_recovery_is_on_only_when_aws_says_so(status: str, enabled: bool, account_of: Callable[..., Account]) -> None:
    made = table(account_of, {"Table": {"TableArn": "arn:t"}}, recovery(status))
    assert made.at("point_in_time_recovery.enabled").plain() is enabled
    assert made.address == "arn:t"
    assert "server_side_encryption" not in made


@pytest.mark.parametrize(("status", "enabled"), [("ENABLED", True), ("ENABLING", True), ("DISABLED", False)])
def test_encryption_is_on_with_its_key(status: str, enabled: bool, account_of: Callable[..., Account]) -> None:
    described = {"Table": {"TableArn": "arn:t", "SSEDescription": {"Status": status, "KMSMasterKeyArn": "arn:k"}}}
    made = table(account_of, described, recovery("ENABLED"))
    assert made.at("server_side_encryption.enabled").plain() is enabled
    assert made.at("server_side_encryption.kms_key_arn").plain() == "arn:k"


def test_what_aws_refuses_to_say_of_a_table_is_unknown_and_the_table_is_there(
    account_of: Callable[..., Account],
) -> None:
    made = table(account_of, "AccessDenied", "AccessDenied")
    assert made.address == "t"
    for name in ("arn", "point_in_time_recovery", "server_side_encryption", "replica"):
        assert "AccessDenied" in made[name].why


def test_replicas_elsewhere_are_listed_and_only_their_region_knows_of_their_recovery(
    account_of: Callable[..., Account],
) -> None:
    replicas = [{"RegionName": "us-east-1"}, {"RegionName": "eu-west-1", "KMSMasterKeyId": "k"}]
    made = table(account_of, {"Table": {"TableArn": "arn:t", "Replicas": replicas}}, recovery("ENABLED"))
    (replica,) = made["replica"].elements()
    assert replica.entry("region_name").plain() == "eu-west-1"
    assert not replica.entry("point_in_time_recovery").known


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ({"LocationConstraint": None}, True),
        ({"LocationConstraint": "eu-west-1"}, False),
        ({}, True),
        ("AccessDenied", True),
    ],
)
def test_a_bucket_of_another_region_is_left_out(
    location: object, there: bool, account_of: Callable[..., Account]
) -> None:
    account = account_of(list_buckets={"Buckets": [{"Name": "b"}]}, get_bucket_location=location)
    assert [one.name for one in buckets(account)] == (["b"] if there else [])


def test_a_bucket_without_policy_or_block_has_none_and_a_refused_one_is_unknown(
    account_of: Callable[..., Account],
) -> None:
    listed = {"list_buckets": {"Buckets": [{"Name": "b"}]}, "get_bucket_location": {}}
    bare = list(buckets(account_of(**listed)))
    assert [one.type for one in bare] == ["aws_s3_bucket"]
    assert bare[0]["object_lock_enabled"].plain() is False
    refused = dict.fromkeys(
        ("get_object_lock_configuration", "get_bucket_policy", "get_public_access_block"), "AccessDenied"
    )
    bucket, policy, block, whole = buckets(account_of(**listed, **refused))
    unknown = (bucket["object_lock_enabled"], policy["policy"], block["block_public_acls"], whole["block_public_acls"])
    for value in unknown:
        assert "AccessDenied" in value.why


def test_switches_of_a_bucket_are_named_as_in_terraform(account_of: Callable[..., Account]) -> None:
    switches = {"PublicAccessBlockConfiguration": {"BlockPublicAcls": True, "RestrictPublicBuckets": False}}
    account = account_of(
        list_buckets={"Buckets": [{"Name": "b"}]},
        get_bucket_location={},
        get_public_access_block=switches,
        get_object_lock_configuration={"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}},
    )
    bucket, block, _ = buckets(account)
    assert bucket["object_lock_enabled"].plain() is True
    assert {
        name: block[name].plain() for name in ("block_public_acls", "restrict_public_buckets", "ignore_public_acls")
    } == {
        "block_public_acls": True,
        "restrict_public_buckets": False,
        "ignore_public_acls": None,
    }


def test_the_first_region_of_europe_has_two_names(account_of: Callable[..., Account]) -> None:
    listed = {"list_buckets": {"Buckets": [{"Name": "old"}]}, "get_bucket_location": {"LocationConstraint": "EU"}}
    assert [one.name for one in buckets(account_of(region="eu-west-1", **listed))] == ["old"]
    assert list(buckets(account_of(**listed))) == []


@pytest.mark.parametrize(("own", "is_asked"), [(True, False), (False, True)])
def test_the_accounts_own_block_is_asked_for_where_a_bucket_has_none_that_is_whole(
    own: bool, is_asked: bool, account_of: Callable[..., Account]
) -> None:
    names = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")

    def answer(Bucket: str = "", AccountId: str = "") -> object:  # noqa: N803 - as AWS names them
        return {"PublicAccessBlockConfiguration": dict.fromkeys(names, bool(AccountId) or (own and bool(Bucket)))}

    account = account_of(
        list_buckets={"Buckets": [{"Name": "b"}]}, get_bucket_location={}, get_public_access_block=answer
    )
    (*_, last) = buckets(account)
    assert (last.type == "aws_s3_account_public_access_block") is is_asked
    assert last["block_public_acls"].plain() is True


def test_a_bucket_tells_whom_its_configuration_names(account_of: Callable[..., Account]) -> None:
    rules = [{"Name": "Prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".csv"}]
    told = {"Id": "a", "QueueArn": "arn:q", "Events": ["s3:ObjectCreated:*"], "Filter": {"Key": {"FilterRules": rules}}}
    account = account_of(
        list_buckets={"Buckets": [{"Name": "b"}]},
        get_bucket_location={},
        get_bucket_notification_configuration={"QueueConfigurations": [told], "EventBridgeConfiguration": {}},
    )
    (notification,) = (one for one in buckets(account) if one.type == "aws_s3_bucket_notification")
    (queue,) = notification.blocks("queue")
    assert {name: queue[name].plain() for name in ("queue_arn", "events", "filter_prefix", "filter_suffix")} == {
        "queue_arn": "arn:q",
        "events": ["s3:ObjectCreated:*"],
        "filter_prefix": "in/",
        "filter_suffix": ".csv",
    }
    assert notification["eventbridge"].plain() is True
    assert list(notification.blocks("topic")) == []


@pytest.mark.parametrize(("answer", "kinds"), [({}, 0), ("AccessDenied", 1)])
def test_a_bucket_that_tells_nobody_has_no_notification_and_one_that_is_not_known_may(
    answer: object, kinds: int, account_of: Callable[..., Account]
) -> None:
    listed = {"list_buckets": {"Buckets": [{"Name": "b"}]}, "get_bucket_location": {}}
    found = list(buckets(account_of(**listed, get_bucket_notification_configuration=answer)))
    assert sum(one.type == "aws_s3_bucket_notification" for one in found) == kinds


def test_the_policy_of_a_table_whose_arn_aws_refuses_to_say_is_unknown(account_of: Callable[..., Account]) -> None:
    answers = {"describe_table": "AccessDenied", "describe_continuous_backups": recovery("ENABLED")}
    _, policy = tables(account_of(list_tables={"TableNames": ["t"]}, **answers))
    assert (policy.type, policy.address) == ("aws_dynamodb_resource_policy", "t/policy")
    assert "AccessDenied" in policy["policy"].why


@pytest.mark.parametrize("gone", ["describe_table", "describe_continuous_backups"])
def test_a_table_that_is_gone_since_it_was_listed_is_not_there(gone: str, account_of: Callable[..., Account]) -> None:
    answers = {
        "describe_table": {"Table": {"TableArn": "arn:t"}},
        "describe_continuous_backups": recovery("ENABLED"),
        gone: "ResourceNotFoundException",
    }
    assert list(tables(account_of(list_tables={"TableNames": ["t"]}, **answers))) == []
