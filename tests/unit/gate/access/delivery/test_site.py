"""Whether a stack admits a caller, and where a refusal is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.site import Sender, site_of
from tapeproof.gate.engine.model import Known, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.delivery.site import Site
    from tapeproof.gate.engine.model import Stack

SOURCE = "arn:aws:events:eu-west-1:111122223333:rule/shop/placed"
QUEUE = """
resource "aws_sqs_queue" "q" {
  name              = "q"
  kms_master_key_id = %s
}

resource "aws_sqs_queue_policy" "q" {
  queue_url = aws_sqs_queue.q.url
  policy = jsonencode({ Version = "2012-10-17", Statement = [%s] })
}
"""
EVENTS = 'Principal = { Service = "events.amazonaws.com" }'
ALLOW = f'{{ Effect = "Allow", {EVENTS}, Action = "sqs:SendMessage", Resource = "*"%s }}'
DENY = '{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "*"%s }'
INSECURE = ', Condition = { Bool = { "aws:SecureTransport" = "%s" } }'
KEY = """
resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "%s" }, Action = "kms:*", Resource = "*" }]
  })
}
"""
ROLE = """
resource "aws_iam_role" "r" {
  name                 = "r"
  permissions_boundary = %s
  assume_role_policy   = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole"%s }]
  })
  inline_policy {
    name   = "p"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "%s", Resource = "*" }] })
  }
}

resource "aws_iam_policy" "fence" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
"""


def _sender(site: Site, type_: str) -> tuple[Sender, object]:
    (target,) = site.stack.resources(type_)
    return Sender("events.amazonaws.com", SOURCE, target, Known("here")), target


@pytest.mark.parametrize(
    ("statements", "code", "place"),
    [
        (ALLOW % "", "", ""),
        (ALLOW % ', Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:events:*:*:rule/shop/*" } }', "", ""),
        (
            ALLOW % ', Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:events:*:*:rule/bank/*" } }',
            "policy",
            "aws_sqs_queue_policy.q",
        ),
        (f"{ALLOW % ''}, {DENY % (INSECURE % 'false')}", "", ""),
        (f"{ALLOW % ''}, {DENY % (INSECURE % 'true')}", "denied", "aws_sqs_queue_policy.q"),
        ("", "policy", "aws_sqs_queue_policy.q"),
    ],
)
def test_a_service_is_let_in_by_the_policy_of_the_queue(
    site_of: Callable[[str], Site], statements: str, code: str, place: str
) -> None:
    site = site_of(QUEUE % ("null", statements))
    sender, queue = _sender(site, "aws_sqs_queue")
    stops = list(site.admits_service(sender, "sqs:SendMessage", queue))  # type: ignore[arg-type]
    assert [(stop.code, stop.resource.address) for stop in stops] == ([(code, place)] if code else [])


def test_a_condition_that_the_call_does_not_settle_is_not_decided(site_of: Callable[[str], Site]) -> None:
    site = site_of(QUEUE % ("null", ALLOW % ', Condition = { StringEquals = { "aws:SourceOrgID" = "o-1" } }'))
    sender, queue = _sender(site, "aws_sqs_queue")
    with pytest.raises(Undecided, match="under a condition on aws:SourceOrgID only"):
        list(site.admits_service(sender, "sqs:SendMessage", queue))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "besides", "codes"),
    [
        ("null", "", []),
        ('"alias/aws/sqs"', "", ["managed key"]),
        ("aws_kms_key.k.arn", KEY % "events.amazonaws.com", []),
        ("aws_kms_key.k.arn", KEY % "sns.amazonaws.com", ["key"]),
        ("aws_kms_key.k.arn", 'resource "aws_kms_key" "k" {}\n', ["key"]),
        (
            '"alias/mail"',
            KEY % "events.amazonaws.com"
            + 'resource "aws_kms_alias" "a" {\n name = "alias/mail"\n target_key_id = aws_kms_key.k.id\n}\n',
            [],
        ),
    ],
)
def test_a_key_stands_between(site_of: Callable[[str], Site], key: str, besides: str, codes: list[str]) -> None:
    site = site_of(QUEUE % (key, "") + besides)
    sender, queue = _sender(site, "aws_sqs_queue")
    assert [stop.code for stop in site.admits_to_key(sender, queue, "send", Known("here"))] == codes  # type: ignore[arg-type]


def test_a_key_of_others_cannot_be_read(site_of: Callable[[str], Site]) -> None:
    site = site_of(QUEUE % ('"arn:aws:kms:eu-west-1:1:key/theirs"', ""))
    sender, queue = _sender(site, "aws_sqs_queue")
    with pytest.raises(Undecided, match="names a key outside this stack"):
        list(site.admits_to_key(sender, queue, "send", Known("here")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("boundary", "action", "code"),
    [
        ("null", "sqs:SendMessage", ""),
        ("null", "sqs:Get*", "role"),
        ("aws_iam_policy.fence.arn", "sqs:SendMessage", "boundary"),
        ("aws_iam_policy.fence.arn", "sqs:Get*", "role"),
    ],
)
def test_a_refusal_is_mended_in_the_role_or_in_its_boundary(
    site_of: Callable[[str], Site], boundary: str, action: str, code: str
) -> None:
    site = site_of(ROLE % (boundary, "", action))
    (role,) = site.stack.resources("aws_iam_role")
    stops = list(site.may(role, ["sqs:SendMessage"], "arn:aws:sqs:eu-west-1:1:q", Known("here")))
    assert [stop.code for stop in stops] == ([code] if code else [])


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("", []),
        (f', Condition = {{ ArnEquals = {{ "aws:SourceArn" = "{SOURCE}" }} }}', []),
        (', Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:lambda:eu-west-1:1:function:f" } }', ["trust"]),
    ],
)
def test_a_role_is_assumed_by_whom_it_trusts(site_of: Callable[[str], Site], condition: str, codes: list[str]) -> None:
    site = site_of(ROLE % ("null", condition, "sqs:*"))
    (role,) = site.stack.resources("aws_iam_role")
    stops = list(site.assumes("lambda.amazonaws.com", role, SOURCE, Known("here")))
    assert [stop.code for stop in stops] == codes


def test_policies_of_a_stack_are_read_once(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(QUEUE % ("null", ""))
    assert site_of(stack) is site_of(stack)
    (queue,) = stack.resources("aws_sqs_queue")
    assert site_of(stack).by_arn(site_of(stack).world.arn(queue)) is queue
    assert site_of(stack).by_arn("not an arn") is None
