"""Queues and their dead-letter queues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.queues import hops_of_queues

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

QUEUES = """
resource "aws_sqs_queue" "jobs" {
  name           = "jobs"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn, maxReceiveCount = 3 })
}

resource "aws_sqs_queue" "lost" {
  name                      = "lost"
  message_retention_seconds = 1209600
}
"""
APART = """
resource "aws_sqs_queue_redrive_allow_policy" "lost" {
  queue_url            = aws_sqs_queue.lost.id
  redrive_allow_policy = jsonencode({ redrivePermission = "%s"%s })
}
"""


def _found(site: Site) -> list[tuple[str, str]]:
    return [(stop.code, stop.resource.address) for hop in hops_of_queues(site) for stop in hop.stops]


def test_what_failed_goes_from_the_queue_to_its_dead_letter_queue(site_of: Callable[[str], Site]) -> None:
    (hop,) = hops_of_queues(site_of(QUEUES))
    assert (hop.origin, hop.end, hop.purpose, hop.stops) == (
        "aws_sqs_queue.jobs",
        "aws_sqs_queue.lost",
        "failure",
        (),
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("aws_sqs_queue.lost.arn", "aws_sqs_queue.jobs.arn", [("itself", "aws_sqs_queue.jobs")]),
        ("1209600", "345600", []),
        ("1209600", "345599", [("kept shorter", "aws_sqs_queue.lost")]),
        (
            '"lost"\n  message',
            '"lost.fifo"\n  fifo_queue = true\n  message',
            [("other kind", "aws_sqs_queue.jobs")],
        ),
    ],
)
def test_a_dead_letter_queue_that_does_not_fit_is_named(
    site_of: Callable[[str], Site], before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    assert QUEUES.count(before) == 1
    assert _found(site_of(QUEUES.replace(before, after))) == expected


@pytest.mark.parametrize(
    ("permission", "sources", "refused"),
    [
        ("allowAll", "", False),
        ("denyAll", "", True),
        ("byQueue", ", sourceQueueArns = [aws_sqs_queue.jobs.arn]", False),
        ("byQueue", ', sourceQueueArns = ["arn:aws:sqs:eu-west-1:111122223333:other"]', True),
        ("byQueue", "", True),
    ],
)
def test_a_dead_letter_queue_may_refuse_a_source(
    site_of: Callable[[str], Site], permission: str, sources: str, refused: bool
) -> None:
    found = _found(site_of(QUEUES + APART % (permission, sources)))
    assert found == ([("redrive refused", "aws_sqs_queue_redrive_allow_policy.lost")] if refused else [])


def test_a_redrive_policy_may_be_kept_apart(site_of: Callable[[str], Site]) -> None:
    inside = "  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn })\n"
    text = QUEUES.replace(QUEUES.splitlines()[3] + "\n", "")
    apart = f'resource "aws_sqs_queue_redrive_policy" "jobs" {{\n  queue_url = aws_sqs_queue.jobs.id\n{inside}}}\n'
    assert list(hops_of_queues(site_of(text))) == []
    (hop,) = hops_of_queues(site_of(text + apart))
    assert (hop.origin, hop.end) == ("aws_sqs_queue.jobs", "aws_sqs_queue.lost")


@pytest.mark.parametrize("written", ["var.policy", '"not json"'])
def test_a_redrive_policy_that_is_not_known_is_told(site_of: Callable[[str], Site], written: str) -> None:
    source = f'variable "policy" {{}}\nresource "aws_sqs_queue" "q" {{ redrive_policy = {written} }}\n'
    (hop,) = hops_of_queues(site_of(source))
    assert hop.doubts
    assert not any(doubt.is_assumed for doubt in hop.doubts)


def test_a_queue_of_others_is_taken_for_granted_and_told(site_of: Callable[[str], Site]) -> None:
    text = QUEUES.replace("aws_sqs_queue.lost.arn", '"arn:aws:sqs:eu-west-1:1:theirs"')
    (hop,) = hops_of_queues(site_of(text))
    assert hop.end == "arn:aws:sqs:eu-west-1:1:theirs"
    assert all(doubt.is_assumed for doubt in hop.doubts)


def test_two_policies_of_one_queue_overwrite_each_other(site_of: Callable[[str], Site]) -> None:
    policy = 'resource "aws_sqs_queue_policy" "%s" {\n  queue_url = aws_sqs_queue.jobs.url\n  policy = "{}"\n}\n'
    found = _found(site_of(QUEUES + policy % "a" + policy % "b"))
    assert found == [("overwritten", "aws_sqs_queue_policy.a"), ("overwritten", "aws_sqs_queue_policy.b")]
    assert _found(site_of(QUEUES + policy % "a")) == []
