"""Events of buckets: to EventBridge, and to several targets of one notification."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.graph import hops_of
from tapeproof.gate.frontends.hcl.reader import read

if TYPE_CHECKING:
    from pathlib import Path

RULE = """
resource "aws_s3_bucket" "inbox" {
  bucket = "inbox"
}

resource "aws_cloudwatch_event_rule" "arrived" {
  name = "arrived"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail        = { bucket = { name = [aws_s3_bucket.inbox.bucket] } }
  })
}
"""
NOTIFICATION = """
resource "aws_s3_bucket_notification" "inbox" {
  bucket = aws_s3_bucket.inbox.id
  %s
}
"""
TOPIC = """
  topic {
    topic_arn = "arn:aws:sns:eu-west-1:111122223333:news"
    events    = ["%s"]
    filter_%s = "%s"
  }
"""


def _stops(folder: Path, text: str) -> list[tuple[str, str]]:
    (folder / "main.tf").write_text(text, encoding="utf-8")
    return [(stop.code, stop.resource.address) for hop in hops_of(read(folder)) for stop in hop.stops]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RULE, [("silent bucket", "aws_s3_bucket.inbox")]),
        (RULE + NOTIFICATION % "eventbridge = true", []),
        (RULE + NOTIFICATION % "eventbridge = false", [("silent bucket", "aws_s3_bucket_notification.inbox")]),
        (RULE.replace("Object Created", "AWS API Call via CloudTrail"), []),
        (RULE.replace("aws_s3_bucket.inbox.bucket", '"of-others"'), []),
    ],
)
def test_a_bucket_must_send_its_events_to_the_bus(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert _stops(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("s3:ObjectCreated:*", "prefix", "in/"), ("s3:ObjectCreated:Put", "prefix", "in/new/"), True),
        (("s3:ObjectCreated:*", "prefix", "in/"), ("s3:ObjectCreated:Put", "prefix", "out/"), False),
        (("s3:ObjectCreated:*", "prefix", "in/"), ("s3:ObjectRemoved:*", "prefix", "in/"), False),
        (("s3:ObjectCreated:*", "prefix", "in/"), ("s3:ObjectCreated:*", "suffix", ".csv"), True),
        (("s3:ObjectCreated:*", "suffix", ".png"), ("s3:ObjectCreated:*", "suffix", ".csv"), False),
    ],
)
def test_configurations_of_one_bucket_must_not_overlap(
    tmp_path: Path, one: tuple[str, ...], other: tuple[str, ...], overlap: bool
) -> None:
    bucket = RULE.partition('resource "aws_cloudwatch_event_rule"')[0]
    stops = _stops(tmp_path, bucket + NOTIFICATION % (TOPIC % one + TOPIC % other))
    assert (("overlap", "aws_s3_bucket_notification.inbox") in stops) is overlap
