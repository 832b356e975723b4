"""New access beside the pairs of the field."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tapeproof.gate.access.difference import Difference, find_new_access
from tapeproof.gate.access.document import read_document
from tests.effort import seconds_here


def _allow(action: object = "s3:GetObject", resource: object = "*", **condition: object) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


def _deny(action: object, resource: object = "*", **condition: object) -> dict[str, Any]:
    return {**_allow(action, resource, **condition), "Effect": "Deny"}


def _compare(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Difference:
    one, two = ({"Version": "2012-10-17", "Statement": statements} for statements in (old, new))
    return find_new_access(read_document(one), read_document(two))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([_allow("*")], [_allow("*:*")], False),
        ([_allow("s3:*")], [_allow(["s3:Get*", "s3:Put*"])], False),
        ([_allow(["s3:Get*", "s3:Put*"])], [_allow("s3:*")], True),
        ([_allow(resource="arn:*")], [_allow(resource="*")], True),
        ([_allow(NumericLessThan={"t:k": "10"})], [_allow(NumericLessThanEquals={"t:k": "9"})], False),
        ([_allow(NumericLessThan={"t:k": "10"})], [_allow(NumericLessThanEquals={"t:k": "9.5"})], False),
        ([_allow(IpAddress={"t:k": "10.0.0.0/9"})], [_allow(IpAddress={"t:k": "10.0.0.0/8"})], True),
        ([_allow(Bool={"aws:SecureTransport": "true"})], [_allow(StringEquals={"aws:SecureTransport": "true"})], False),
        ([_allow("s3:*"), _deny("s3:Put*")], [_allow("s3:*"), _deny("s3:Put?*"), _deny("s3:Put")], False),
        ([_allow("s3:*"), _deny("s3:Put*")], [_allow("s3:*"), _deny("s3:Put?*")], True),
        ([], [_allow(StringEquals={"t:k": "a"}, StringNotEquals={"t:k": "a"})], False),
        ([], [_allow(Null={"t:k": "true"}, StringEquals={"t:k": "a"})], False),
        ([_allow(resource="arn:aws:s3:::h/*")], [_allow(resource="arn:aws:s3:::h/${aws:username}/*")], False),
        ([_allow(resource="arn:aws:s3:::h/*"), _deny("*", "arn:aws:s3:::h/boss/*")],
         [_allow(resource="arn:aws:s3:::h/${aws:username}/*")], True),
        ([_allow("s3:*", "arn:aws:s3:::a"), _allow("sqs:*", "arn:aws:s3:::b")],
         [_allow(["s3:*", "sqs:*"], ["arn:aws:s3:::a", "arn:aws:s3:::b"])], True),
        ([_allow(StringLike={"t:k": "*"})], [_allow(Null={"t:k": "false"})], False),
    ],
)  # fmt: skip
def test_new_access_is_decided(old: list[dict[str, Any]], new: list[dict[str, Any]], expected: bool) -> None:
    assert _compare(old, new).new_access is expected


def test_an_example_is_of_one_service() -> None:
    witness = _compare([], [_allow(["sqs:SendMessage"])]).witness
    assert witness is not None
    assert (witness.action, witness.resource.split(":")[2]) == ("sqs:SendMessage", "sqs")


def test_where_not_every_value_of_a_variable_is_tried_there_is_no_clean_bill() -> None:
    many = "arn:aws:s3:::" + "-".join(f"${{t:k{place}}}" for place in range(8))
    assert _compare([_allow(resource=many)], [_allow(["s3:GetObject", "s3:GetObject"], many)]).new_access is None


def test_ten_thousand_statements_take_no_more_than_seconds() -> None:
    old = [_allow("s3:GetObject", f"arn:aws:s3:::bucket-{number}/*") for number in range(10_000)]
    begun = time.process_time()
    assert _compare(old, list(reversed(old))).new_access is False
    assert _compare(old, [*old, _allow("s3:GetObject", "arn:aws:s3:::other/*")]).new_access is True
    assert _compare(old, [*old, _allow("s3:GetObject", "arn:aws:s3:::bucket-77/in/*")]).new_access is False
    assert time.process_time() - begun < seconds_here(30)


ACCOUNT = "111122223333"
QUEUE = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs"}


def test_roles_that_are_named_are_the_same_by_a_condition_under_their_account() -> None:
    roles = [f"arn:aws:iam::{ACCOUNT}:role/{name}" for name in ("a", "b")]
    named = read_document({"Version": "2012-10-17", "Statement": {**QUEUE, "Principal": {"AWS": roles}}}, "old")
    under = {**QUEUE, "Principal": {"AWS": ACCOUNT}, "Condition": {"ArnEquals": {"aws:PrincipalArn": roles}}}
    wider = {**under, "Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}}}
    session = {**QUEUE, "Principal": {"AWS": f"arn:aws:sts::{ACCOUNT}:assumed-role/a/s"}}
    documents = [read_document({"Version": "2012-10-17", "Statement": one}, "d") for one in (under, wider, session)]
    assert find_new_access(named, documents[0], "resource", ACCOUNT).new_access is False
    assert find_new_access(named, documents[1], "resource", ACCOUNT).new_access is True
    assert find_new_access(documents[2], documents[0], "resource", ACCOUNT).new_access is True
