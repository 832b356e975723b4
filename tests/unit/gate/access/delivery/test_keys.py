"""Whether a key lets through who calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.keys import admits_to_key
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
"""
KEY = """
resource "aws_kms_key" "k" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "%s" }, Action = "kms:*", Resource = "*" }]
  })
}
"""


def _sender(site: Site, type_: str) -> tuple[Sender, object]:
    (target,) = site.stack.resources(type_)
    return Sender("events.amazonaws.com", SOURCE, target, Known("here")), target


@pytest.mark.parametrize(
    ("key", "besides", "codes"),
    [
        ("null", "", []),
        ('"alias/aws/sqs"', "", ["managed key of a queue"]),
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
    site = site_of(QUEUE % key + besides)
    sender, queue = _sender(site, "aws_sqs_queue")
    assert [stop.code for stop in admits_to_key(site, sender, queue, "send", Known("here"))] == codes  # type: ignore[arg-type]


def test_a_key_of_others_cannot_be_read(site_of: Callable[[str], Site]) -> None:
    site = site_of(QUEUE % '"arn:aws:kms:eu-west-1:1:key/theirs"')
    sender, queue = _sender(site, "aws_sqs_queue")
    with pytest.raises(Undecided, match="names a key outside this stack"):
        list(admits_to_key(site, sender, queue, "send", Known("here")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("", ["", ""]),
        ('Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }', ["", ""]),
        (f'Condition = {{ ArnEquals = {{ "aws:SourceArn" = "{SOURCE}" }} }}', ["", "key"]),
    ],
)
def test_what_one_source_may_is_told_of_others_only_where_the_key_asks_for_none(
    site_of: Callable[[str], Site], condition: str, codes: list[str]
) -> None:
    key = KEY % "events.amazonaws.com"
    site = site_of(QUEUE % "aws_kms_key.k.arn" + key.replace('Resource = "*"', f'Resource = "*", {condition}'))
    sender, queue = _sender(site, "aws_sqs_queue")
    told = [
        "".join(stop.code for stop in admits_to_key(site, one, queue, "send", Known("here")))  # type: ignore[arg-type]
        for one in (sender, sender._replace(source=f"{SOURCE}-too"))
    ]
    assert told == codes
