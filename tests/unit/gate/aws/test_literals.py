"""Text that differs between accounts and environments."""

from __future__ import annotations

import time

import pytest

from tapeproof.gate.aws.literals import hard_coded
from tests.effort import seconds_here


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("123456789012", "an account id", "123456789012"),
        ("in us-east-1 only", "a region", "us-east-1"),
        ("us-gov-west-1", "a region", "us-gov-west-1"),
        ("us-east-1a", "an availability zone", "us-east-1a"),
        ("us-west-2-lax-1a", "an availability zone", "us-west-2-lax-1a"),
        ("use1-az4", "an availability zone", "use1-az4"),
        ("arn:aws:s3:::tiles/x", "an ARN", "arn:aws:s3:::tiles/x"),
        ("see https://api.internal/v1", "an endpoint", "https://api.internal"),
        ("mail ops@example.org now", "an e-mail address", "ops@example.org"),
    ],
)
def test_each_kind_is_found_with_its_place(text: str, kind: str, found: str) -> None:
    (one,) = hard_coded(text)
    assert (one.kind, one.text) == (kind, found)
    assert text[one.offset : one.offset + len(found)] == found


@pytest.mark.parametrize(
    "text",
    [
        "", "12345678901", "1234567890123", "v1.123456789012", "market-us-east-1x",
        "arn:aws:iam::aws:policy/ReadOnlyAccess", "http://www.w3.org/2001/XMLSchema",
        "http://acs.amazonaws.com/groups/s3/LogDelivery", "arn:aws:s3:::*", "name@", "https://",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert list(hard_coded(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        *("postgres://feed:hunter22@db.internal/x", "redis://:hunter22@cache.internal:6379/0"),
        *("DB_PASSWORD=hunter22@corp.example.com", '{"token": "hunter22@corp.example.com"}'),
    ],
)
def test_a_password_is_no_address_and_is_never_told(text: str) -> None:
    assert not [one for one in hard_coded(text) if "hunter22" in one.text]


def test_what_is_inside_another_is_told_once() -> None:
    assert [one.kind for one in hard_coded("arn:aws:sqs:eu-west-1:123456789012:jobs")] == ["an ARN"]
    assert [one.kind for one in hard_coded("https://sqs.eu-west-1.amazonaws.com/q")] == ["an endpoint"]


@pytest.mark.parametrize("text", ["a@" * 10_000, "a." * 10_000, "http://" * 5_000, "arn:aws:" * 5_000, "1" * 20_000])
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    assert len(list(hard_coded(text))) <= len(text)
    assert time.process_time() - begun < seconds_here(5)
