"""Whether a resource lets in a service that calls by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.services import admits_service
from tapeproof.gate.access.site import Sender
from tapeproof.gate.engine.model import Known, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

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
    stops = list(admits_service(site, sender, "sqs:SendMessage", queue))  # type: ignore[arg-type]
    assert [(stop.code, stop.resource.address) for stop in stops] == ([(code, place)] if code else [])


def test_a_condition_that_the_call_does_not_settle_is_not_decided(site_of: Callable[[str], Site]) -> None:
    site = site_of(QUEUE % ("null", ALLOW % ', Condition = { StringEquals = { "aws:SourceOrgID" = "o-1" } }'))
    sender, queue = _sender(site, "aws_sqs_queue")
    with pytest.raises(Undecided, match="under a condition on aws:SourceOrgID only"):
        list(admits_service(site, sender, "sqs:SendMessage", queue))  # type: ignore[arg-type]
