"""Mappings, pipes, and where functions put what they failed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.pollers import hops_of_pollers

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

BASE = """
resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 60
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["lambda.amazonaws.com", "pipes.amazonaws.com"] }
      Action    = "sts:AssumeRole"
    }]
  })
  inline_policy {
    name = "work"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["sqs:*", "sns:Publish"], Resource = "*" },
        { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*" },
      ]
    })
  }
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  timeout       = 10
  role          = aws_iam_role.work.arn
}
"""
MAPPING = """
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.work.arn
}
"""
PIPE = """
resource "aws_pipes_pipe" "p" {
  role_arn = aws_iam_role.work.arn
  source   = aws_sqs_queue.jobs.arn
  target   = "arn:aws:sns:eu-west-1:1:theirs"
}
"""


def _found(site: Site) -> list[tuple[str, str]]:
    return [(stop.code, stop.resource.address) for hop in hops_of_pollers(site) for stop in hop.stops]


def test_what_works_is_not_found_fault_with(site_of: Callable[[str], Site]) -> None:
    hops = list(hops_of_pollers(site_of(BASE + MAPPING + PIPE)))
    assert [(hop.origin, hop.end) for hop in hops] == [
        ("aws_sqs_queue.jobs", "aws_lambda_function.work"),
        ("aws_sqs_queue.jobs", "aws_pipes_pipe.p"),
        ("aws_pipes_pipe.p", "arn:aws:sns:eu-west-1:1:theirs"),
        ("aws_lambda_function.work", "its log group"),
    ]
    assert not [stop for hop in hops for stop in hop.stops]
    assert not [doubt for hop in hops for doubt in hop.doubts]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("= 60", "= 59", [("visible soon", "aws_sqs_queue.jobs")]),
        ("= 60", "= 9", [("visible", "aws_sqs_queue.jobs")]),
        ("  visibility_timeout_seconds = 60\n", "", [("visible soon", "aws_lambda_event_source_mapping.m")]),
        ("timeout       = 10", "timeout       = null", []),
        ('["sqs:*", ', '["sqs:Receive*", "sqs:Get*", ', [("role", "aws_iam_role.work")] * 2),
        ("arn\n}\n\nresource", "arn\n}\n\nresource", []),
        ('"logs:PutLogEvents"', '"logs:Get*"', [("log", "aws_iam_role.work")]),
        ('["lambda.amazonaws.com", ', "[", [("trust", "aws_iam_role.work")]),
        ('"pipes.amazonaws.com"', '"x.amazonaws.com"', [("trust", "aws_iam_role.work")] * 2),
    ],
)
def test_what_stops_a_poller_is_named_where_it_is(
    site_of: Callable[[str], Site], before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    text = BASE + MAPPING + PIPE
    assert before in text
    assert _found(site_of(text.replace(before, after, 1))) == expected


@pytest.mark.parametrize(
    ("addition", "code"),
    [
        (MAPPING.replace("jobs.arn\n", "jobs.arn\n  enabled = false\n"), "off"),
        (PIPE.replace("jobs.arn\n", 'jobs.arn\n  desired_state = "STOPPED"\n'), "off"),
    ],
)
def test_what_is_switched_off_is_named(site_of: Callable[[str], Site], addition: str, code: str) -> None:
    assert [found for found, _ in _found(site_of(BASE + addition))] == [code]


@pytest.mark.parametrize(
    ("stream", "codes"), [("", ["off"]), ("stream_enabled = false", ["off"]), ("stream_enabled = true", [])]
)
def test_a_stream_must_be_on(site_of: Callable[[str], Site], stream: str, codes: list[str]) -> None:
    table = f'resource "aws_dynamodb_table" "t" {{\n  name = "t"\n  {stream}\n}}\n'
    text = (
        (BASE + MAPPING)
        .replace("aws_sqs_queue.jobs.arn", "aws_dynamodb_table.t.stream_arn")
        .replace('"sqs:*"', '"dynamodb:*"')
    )
    assert [code for code, _ in _found(site_of(text + table))] == codes


def test_what_failed_goes_where_the_configuration_says(site_of: Callable[[str], Site]) -> None:
    config = """
    resource "aws_lambda_function_event_invoke_config" "c" {
      function_name = aws_lambda_function.work.function_name
      destination_config {
        on_failure {
          destination = aws_sqs_queue.jobs.arn
        }
        on_success {
          destination = "arn:aws:s3:::theirs"
        }
      }
    }
    """
    hops = list(hops_of_pollers(site_of(BASE + config)))
    told = [(hop.end, hop.purpose, [stop.code for stop in hop.stops]) for hop in hops]
    assert ("aws_sqs_queue.jobs", "failure", []) in told
    assert ("arn:aws:s3:::theirs", "delivery", ["role"]) in told


def test_a_function_of_others_is_told(site_of: Callable[[str], Site]) -> None:
    text = MAPPING.replace("aws_lambda_function.work.arn", '"arn:aws:lambda:eu-west-1:1:function:theirs"')
    (hop,) = hops_of_pollers(site_of('resource "aws_sqs_queue" "jobs" {}\n' + text))
    assert "outside this stack" in hop.doubts[0].undecided.why


FOREIGN = """
resource "aws_lambda_function" "f" {
  function_name = "f"
  timeout       = 60
  role          = "arn:aws:iam::123456789012:role/theirs"
}
resource "aws_sqs_queue" "d" {
  name                       = "d.fifo"
  fifo_queue                 = true
  visibility_timeout_seconds = 9
}
"""


@pytest.mark.parametrize(
    ("addition", "code"),
    [
        (
            """resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "theirs"
  event_source_arn = aws_sqs_queue.d.arn
  enabled          = false
}""",
            "off",
        ),
        (
            """resource "aws_lambda_event_source_mapping" "m" {
  function_name    = aws_lambda_function.f.arn
  event_source_arn = aws_sqs_queue.d.arn
}""",
            "visible",
        ),
        (
            """resource "aws_lambda_function_event_invoke_config" "c" {
  function_name = "theirs"
  destination_config {
    on_failure { destination = aws_sqs_queue.d.arn }
  }
}""",
            "fifo queue",
        ),
        (
            """resource "aws_pipes_pipe" "p" {
  role_arn      = "arn:aws:iam::123456789012:role/theirs"
  desired_state = "STOPPED"
  source        = "arn:aws:sqs:eu-west-1:123456789012:q"
  target        = "arn:aws:sns:eu-west-1:123456789012:t"
}""",
            "off",
        ),
    ],
)
def test_what_a_foreign_role_may_hides_nothing_else(site_of: Callable[[str], Site], addition: str, code: str) -> None:
    hops = list(hops_of_pollers(site_of(FOREIGN + addition)))
    assert code in [stop.code for hop in hops for stop in hop.stops]
    assert [doubt for hop in hops for doubt in hop.doubts if doubt.is_assumed]
