"""Which actions AWS has, and which resources they take."""

from __future__ import annotations

import pytest

from tapeproof.gate.aws.actions import (
    actions_matching,
    actions_without_resource,
    exists,
    has_service,
    takes_no_resource,
)


@pytest.mark.parametrize("action", ["dynamodb:PutItem", "DynamoDB:putitem", "s3:Get*", "ec2:Describe?pcs", "*", "*:*"])
def test_an_action_of_aws_exists_in_whatever_case_and_as_a_pattern(action: str) -> None:
    assert exists(action)


@pytest.mark.parametrize(
    "action",
    [
        "dyanmodb:PutItem",  # aws-cloudformation/cfn-lint#1117
        "s3:HeadBucket",  # duo-labs/parliament#186: a call, and no action
        "dax:ListTables",  # prowler-cloud/prowler#825
        "s3:DeleteBucketOwnershipControls",  # iann0036/iamlive#89
        "logs:Putx*",
        "PutItem",
        "",
    ],
)
def test_what_aws_does_not_have_does_not_exist(action: str) -> None:
    assert not exists(action)


def test_a_service_is_known_by_what_stands_before_the_colon() -> None:
    assert has_service("sqs:Nothing")
    assert not has_service("sqz:SendMessage")


def test_a_pattern_matches_the_actions_that_it_would_match_at_aws() -> None:
    assert "sqs:sendmessage" in actions_matching("sqs:Send*")
    assert set(actions_matching("sqs:Send*")) <= set(actions_matching("sqs:*"))


@pytest.mark.parametrize(
    ("action", "none"),
    [("xray:PutTraceSegments", True), ("XRAY:puttracesegments", True), ("sqs:SendMessage", False), ("x:y", False)],
)
def test_an_action_takes_no_resource_when_aws_lists_none(action: str, none: bool) -> None:
    assert takes_no_resource(action) is none
    assert (action in actions_without_resource()) is (none and action[0].islower())
