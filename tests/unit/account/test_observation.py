"""One resource as AWS describes it."""

from __future__ import annotations

import pytest

from tapeproof.account.observation import belongs, is_kept_by_aws, is_of_aws, parse_document, region_of


@pytest.mark.parametrize(
    ("name", "suffix", "expected"),
    [
        ("queue-trade-dev", "dev", True),
        ("queue-trade-dev", "trade-dev", True),
        ("queue-tradedev", "dev", False),
        ("dev", "dev", False),
        ("queue-trade-dev2", "dev", False),
        ("queue-trade-dev.fifo", "dev", True),
        ("queue-trade-dev", "-dev", True),
        ("queue-trade-prod", "-dev", False),
        ("queue-trade-dev", "", True),
    ],
)
def test_a_name_is_of_the_environment_that_it_ends_in(name: str, suffix: str, expected: bool) -> None:
    assert belongs(name, suffix) is expected


@pytest.mark.parametrize(
    ("arn", "region"),
    [
        ("arn:aws:sqs:eu-west-1:1:q", "eu-west-1"),
        ("arn:aws:s3:::bucket", ""),
        ("arn:aws:iam::1:role/r", ""),
        ("", ""),
        ("no arn", ""),
    ],
)
def test_a_region_is_read_off_the_arn(arn: str, region: str) -> None:
    assert region_of(arn) == region


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('{"Version": "2012-10-17"}', {"Version": "2012-10-17"}),
        ({"Version": "2012-10-17"}, {"Version": "2012-10-17"}),
        ("not json", "not json"),
        ("", ""),
        (None, None),
    ],
)
def test_a_document_is_read_and_what_is_none_stays_as_it_is(given: object, expected: object) -> None:
    assert parse_document(given) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("aws_kms_key", "alias/aws/dynamodb", True),
        ("aws_kms_key", "alias/awsome", False),
        ("aws_cloudwatch_event_bus", "default", True),
        ("aws_dynamodb_table", "default", False),
    ],
)
def test_what_aws_makes_in_every_account_is_told_from_what_somebody_made(kind: str, name: str, expected: bool) -> None:
    assert is_of_aws(kind, name) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"Path": "/aws-service-role/ecs.amazonaws.com/"}, True),
        ({"ManagedBy": "pipes.amazonaws.com"}, True),
        ({"Path": "/"}, False),
        ({"Path": "/service-role/"}, False),
        ({}, False),
    ],
)
def test_what_a_service_of_aws_keeps_for_itself_is_told(found: dict[str, str], expected: bool) -> None:
    assert is_kept_by_aws(found) is expected
