"""Kinesis streams, with what encrypts them and who else is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.frontends.live.streams import streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.frontends.live.account import Account

LISTED = {"list_streams": {"StreamNames": ["ticks-dev", "ticks-prod"]}}
PLAIN = {"StreamDescriptionSummary": {"StreamARN": "arn:s", "EncryptionType": "NONE", "RetentionPeriodHours": 24}}


def test_streams_have_their_key_and_only_those_of_the_suffix(account_of: Callable[..., Account]) -> None:
    summary = {"StreamARN": "arn:s", "EncryptionType": "KMS", "KeyId": "arn:k", "RetentionPeriodHours": 48}
    account = account_of("-dev", **LISTED, describe_stream_summary={"StreamDescriptionSummary": summary})
    (stream,) = streams(account)
    assert (stream.type, stream.name, stream.address) == ("aws_kinesis_stream", "ticks-dev", "arn:s")
    assert [stream[name].plain() for name in ("arn", "encryption_type", "kms_key_id", "retention_period")] == [
        "arn:s", "KMS", "arn:k", 48,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "policies"),
    [("ResourceNotFoundException", 0), ({"Policy": "{}"}, 0), ({"Policy": '{"Statement": []}'}, 1)],
)
def test_a_policy_of_a_stream_is_read_where_there_is_one(
    answer: object, policies: int, account_of: Callable[..., Account]
) -> None:
    account = account_of("-dev", **LISTED, describe_stream_summary=PLAIN, get_resource_policy=answer)
    _, *found = streams(account)
    assert [(one.type, one["resource_arn"].plain()) for one in found] == [
        ("aws_kinesis_resource_policy", "arn:s")
    ] * policies


def test_what_aws_refuses_to_say_of_streams_is_unknown(account_of: Callable[..., Account]) -> None:
    stream, policy = streams(account_of("-dev", **LISTED, describe_stream_summary="AccessDenied"))
    assert (policy.type, policy.address) == ("aws_kinesis_resource_policy", "ticks-dev/policy")
    assert "AccessDenied" in policy["policy"].why
    assert stream.address == "ticks-dev"
    assert "AccessDenied" in stream["encryption_type"].why
    refused = account_of(list_streams="AccessDenied")
    assert list(streams(refused)) == []
    (gap,) = refused.gaps
    assert (gap.type, gap.doubt.why) == ("aws_kinesis_stream", "AWS refused kinesis list_streams: AccessDenied")


def test_a_stream_that_is_gone_since_it_was_listed_is_not_there(account_of: Callable[..., Account]) -> None:
    assert list(streams(account_of("-dev", **LISTED, describe_stream_summary="ResourceNotFoundException"))) == []
