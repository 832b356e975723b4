"""Rules on buses: whether they are on, see events, and reach their targets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.buses import hops_of_rules
from tapeproof.gate.access.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

RULE = """
resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_rule" "placed" {
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = ["shop.orders"] })
}
"""
FORWARD = """
resource "aws_cloudwatch_event_bus" "far" {
  name = "far"
}

resource "aws_iam_role" "forward" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
  inline_policy {
    name = "forward"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.far.arn }]
    })
  }
}

resource "aws_cloudwatch_event_target" "forward" {
  rule           = aws_cloudwatch_event_rule.placed.name
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  arn            = aws_cloudwatch_event_bus.far.arn
  role_arn       = aws_iam_role.forward.arn
}
"""
ON_FAR = """
resource "aws_cloudwatch_event_rule" "there" {
  event_bus_name = aws_cloudwatch_event_bus.far.name
  event_pattern  = jsonencode({ source = ["%s"] })
}
"""
ARCHIVE = 'resource "aws_cloudwatch_event_archive" "a" { event_source_arn = aws_cloudwatch_event_bus.far.arn }\n'


def _codes(site: Site) -> list[str]:
    return [stop.code for hop in hops_of_rules(site) for stop in hop.stops]


def test_a_rule_comes_from_its_bus(site_of: Callable[[str], Site]) -> None:
    hops = list(hops_of_rules(site_of(RULE)))
    assert [(hop.origin, hop.end) for hop in hops] == [
        ("aws_cloudwatch_event_bus.shop", "aws_cloudwatch_event_rule.placed")
    ]
    (other,) = hops_of_rules(site_of('resource "aws_cloudwatch_event_rule" "r" { event_bus_name = "theirs" }'))
    assert other.origin == "bus theirs"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ('["shop.orders"] })', '["shop.orders"] })\n  state = "DISABLED"', ["off"]),
        ('["shop.orders"] })', '["shop.orders"] })\n  is_enabled = false', ["off"]),
        ('["shop.orders"] })', '["shop.orders"] })\n  is_enabled = null', []),
        ('["shop.orders"]', '["aws.ec2"]', ["aws events"]),
        ('["shop.orders"]', '["aws.ec2", "shop.orders"]', []),
        ('["shop.orders"]', '[{ prefix = "aws." }]', []),
    ],
)
def test_a_rule_that_gets_no_events_is_named(
    site_of: Callable[[str], Site], before: str, after: str, expected: list[str]
) -> None:
    assert _codes(site_of(RULE.replace(before, after) if before else RULE)) == expected


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (ON_FAR % "shop.orders", []),
        (ON_FAR % "bank.payments", ["never meet"]),
        ("", ["no rule"]),
        (ARCHIVE, []),
        ((ON_FAR % "shop.orders").replace("  event_bus_name = aws_cloudwatch_event_bus.far.name\n", ""), ["strayed"]),
    ],
)
def test_what_is_forwarded_must_be_taken_there(site_of: Callable[[str], Site], there: str, expected: list[str]) -> None:
    assert _codes(site_of(RULE + FORWARD + there)) == expected


def test_a_target_on_another_bus_than_its_rule_gets_nothing(site_of: Callable[[str], Site]) -> None:
    text = FORWARD.replace("  event_bus_name = aws_cloudwatch_event_bus.shop.name\n", "")
    assert "other bus" in _codes(site_of(RULE + text + ON_FAR % "shop.orders"))


def test_the_rule_of_a_target_may_lie_outside_the_stack(site_of: Callable[[str], Site]) -> None:
    site = site_of('resource "aws_cloudwatch_event_target" "t" {\n  rule = "theirs"\n  arn = "arn:aws:sqs:r:1:q"\n}')
    (hop,) = hops_of_rules(site)
    assert (hop.origin, hop.end) == ("theirs", "arn:aws:sqs:r:1:q")
    assert {doubt.undecided.why for doubt in hop.doubts} == {"names a rule outside this stack"}


BARE = """
resource "aws_cloudwatch_event_rule" "bare" {
  arn           = "arn:aws:events:eu-west-1:123456789012:rule/bare"
  event_pattern = jsonencode({ source = ["shop.orders"] })
}
"""
TARGET = """
variable "rule" {}

resource "aws_cloudwatch_event_target" "t" {
  rule = %s
  arn  = "arn:aws:sqs:eu-west-1:123456789012:elsewhere"
}
"""


@pytest.mark.parametrize(
    ("target", "front_end", "said"),
    [
        ("", "live", ["no target"]),
        ("", "hcl", []),
        (TARGET % "aws_cloudwatch_event_rule.bare.arn", "live", []),
        (TARGET % '"arn:aws:events:eu-west-1:123456789012:rule/other"', "live", ["no target"]),
        (TARGET % "var.rule", "live", ["not known"]),
    ],
)
def test_a_rule_of_an_account_without_a_target_leads_nowhere(
    target: str, front_end: str, said: list[str], stack_of: Callable[[str], Stack]
) -> None:
    site = Site(replace(stack_of(BARE + target), front_end=front_end))
    hop = next(one for one in hops_of_rules(site) if one.end == "aws_cloudwatch_event_rule.bare")
    assert [*(stop.code for stop in hop.stops), *("not known" for _ in hop.doubts)] == said


def test_the_dead_letters_of_a_target_are_asked_about_whoever_has_its_rule(site_of: Callable[[str], Site]) -> None:
    queue = 'resource "aws_sqs_queue" "d" {\n  name       = "d.fifo"\n  fifo_queue = true\n}\n'
    target = (TARGET % '"theirs"').replace(
        ':elsewhere"\n', ':elsewhere"\n  dead_letter_config { arn = aws_sqs_queue.d.arn }\n'
    )
    hops = list(hops_of_rules(site_of(queue + target)))
    assert [(hop.purpose, stop.code) for hop in hops for stop in hop.stops] == [("failure", "fifo queue")]
