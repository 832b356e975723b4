"""Where a hop leads, by the kind of thing at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.ends import by_role, by_service, end_of, role_of, service_of, standard_queue
from tapeproof.gate.access.site import Sender
from tapeproof.gate.engine.model import Known, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

FUNCTION = """
resource "aws_lambda_function" "work" {
  function_name = "work"
}

resource "aws_lambda_alias" "live" {
  name          = "live"
  function_name = aws_lambda_function.work.function_name
}

resource "aws_cloudwatch_event_target" "t" {
  arn      = %s
  role_arn = "arn:aws:iam::1:role/theirs"
}
"""
ROLE = """
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "%s" }, Action = "sts:AssumeRole" }]
  })
  inline_policy {
    name = "p"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "%s", Resource = "*" }]
    })
  }
}
"""


def _sender(site: Site) -> Sender:
    resource = next(site.stack.resources())
    return Sender("events.amazonaws.com", "arn:aws:events:r:1:rule/x", resource, Known("here"))


@pytest.mark.parametrize(
    ("arn", "service"),
    [
        ("arn:aws:sqs:eu-west-1:1:q", "sqs"),
        ("arn:aws-cn:states:cn-north-1:1:stateMachine:m", "states"),
        ("arn:aws:s3:::b", "s3"),
    ],
)
def test_the_service_is_read_off_the_arn(site_of: Callable[[str], Site], arn: str, service: str) -> None:
    assert service_of(site_of(FUNCTION % '"x"'), Known(arn)) == service


@pytest.mark.parametrize("text", ["", "jobs", "arn:aws:sqs", "https://sqs.eu-west-1.amazonaws.com/1/q"])
def test_what_is_no_arn_leads_nowhere_that_is_known(site_of: Callable[[str], Site], text: str) -> None:
    with pytest.raises(Undecided, match="is no ARN that can be read"):
        service_of(site_of(FUNCTION % '"x"'), Known(text))


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("aws_lambda_function.work.arn", "aws_lambda_function.work"),
        ("aws_lambda_alias.live.arn", "aws_lambda_function.work"),
        ('"arn:aws:sqs:r:1:theirs"', "arn:aws:sqs:r:1:theirs"),
    ],
)
def test_an_end_is_the_resource_behind_its_aliases_or_its_text(
    site_of: Callable[[str], Site], written: str, end: str
) -> None:
    site = site_of(FUNCTION % written)
    (target,) = site.stack.resources("aws_cloudwatch_event_target")
    assert end_of(site, target["arn"]) == end


def test_a_role_of_others_cannot_be_read(site_of: Callable[[str], Site]) -> None:
    site = site_of(FUNCTION % '"x"')
    (target,) = site.stack.resources("aws_cloudwatch_event_target")
    with pytest.raises(Undecided, match="names a role outside this stack"):
        role_of(site, target["role_arn"])


@pytest.mark.parametrize(
    ("arn", "codes"),
    [
        ("arn:aws:states:eu-west-1:1:stateMachine:m", ["no role"]),
        ("arn:aws:kinesis:eu-west-1:1:stream/s", ["no role"]),
        ("arn:aws:logs:eu-west-1:1:log-group:/g:*", ["policy"]),
    ],
)
def test_some_targets_take_nothing_from_a_service_by_itself(
    site_of: Callable[[str], Site], arn: str, codes: list[str]
) -> None:
    site = site_of(FUNCTION % '"x"')
    assert [stop.code for stop in by_service(site, _sender(site), Known(arn))] == codes


def test_a_service_nobody_told_the_gate_about_is_not_passed(site_of: Callable[[str], Site]) -> None:
    site = site_of(ROLE % ("events.amazonaws.com", "*"))
    with pytest.raises(Undecided, match="a target of quantum must allow is not known"):
        list(by_service(site, _sender(site), Known("arn:aws:quantum:r:1:q")))
    with pytest.raises(Undecided, match="a target of quantum asks of a role is not known"):
        list(by_role(site, _sender(site), next(site.stack.resources("aws_iam_role")), Known("arn:aws:quantum:r:1:q")))


@pytest.mark.parametrize(
    ("trusted", "allowed", "arn", "codes"),
    [
        ("events.amazonaws.com", "states:StartExecution", "arn:aws:states:eu-west-1:1:stateMachine:m", []),
        ("sns.amazonaws.com", "states:StartExecution", "arn:aws:states:eu-west-1:1:stateMachine:m", ["trust"]),
        ("events.amazonaws.com", "states:Stop*", "arn:aws:states:eu-west-1:1:stateMachine:m", ["role"]),
        ("events.amazonaws.com", "events:InvokeApiDestination", "arn:aws:events:eu-west-1:1:api-destination/a/b", []),
        ("events.amazonaws.com", "events:PutEvents", "arn:aws:events:eu-west-1:1:api-destination/a/b", ["role"]),
        ("events.amazonaws.com", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:1:theirs", []),
    ],
)
def test_a_role_must_be_assumed_and_allowed(
    site_of: Callable[[str], Site], trusted: str, allowed: str, arn: str, codes: list[str]
) -> None:
    site = site_of(ROLE % (trusted, allowed))
    (role,) = site.stack.resources("aws_iam_role")
    assert [stop.code for stop in by_role(site, _sender(site), role, Known(arn))] == codes


@pytest.mark.parametrize(("fifo", "codes"), [("true", ["fifo queue"]), ("false", []), ("null", [])])
def test_a_fifo_queue_is_refused_where_a_standard_one_is_meant(
    site_of: Callable[[str], Site], fifo: str, codes: list[str]
) -> None:
    source = f'resource "aws_sqs_queue" "q" {{ fifo_queue = {fifo} }}\n' + FUNCTION % "aws_sqs_queue.q.arn"
    site = site_of(source)
    (target,) = site.stack.resources("aws_cloudwatch_event_target")
    assert [stop.code for stop in standard_queue(site, target["arn"], target)] == codes
