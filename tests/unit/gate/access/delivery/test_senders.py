"""Schedules, topics, buckets, alarms and log groups, each sending by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.access.delivery.senders import hops_of_senders

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.access.site import Site

ROLE = """
resource "aws_iam_role" "clock" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "scheduler.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
  inline_policy {
    name = "clock"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "%s", Resource = "%s" }]
    })
  }
}

resource "aws_scheduler_schedule" "clock" {
  schedule_expression = "rate(1 hour)"
  target {
    arn      = "%s"
    role_arn = aws_iam_role.clock.arn
  }
}
"""
TOPIC = """
resource "aws_sns_topic" "news" {
  name = "news%s"
  %s
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs%s"
  %s
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:*", Resource = "*" }]
  })
}

resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.jobs.arn
}
"""
FIFO = {"topic": (".fifo", "fifo_topic = true"), "queue": (".fifo", "fifo_queue = true"), "": ("", "")}


def _found(site: Site) -> list[tuple[str, str]]:
    return [(stop.code, stop.resource.address) for hop in hops_of_senders(site) for stop in hop.stops]


@pytest.mark.parametrize(
    ("action", "resource", "target", "codes"),
    [
        ("lambda:InvokeFunction", "*", "arn:aws:lambda:eu-west-1:1:function:f", []),
        ("lambda:Get*", "*", "arn:aws:lambda:eu-west-1:1:function:f", ["role"]),
        ("sqs:PurgeQueue", "*", "arn:aws:scheduler:::aws-sdk:sqs:purgeQueue", []),
        ("states:StartExecution", "arn:aws:states:::x", "arn:aws:scheduler:::aws-sdk:sfn:startExecution", []),
        ("sqs:SendMessage", "*", "arn:aws:scheduler:::aws-sdk:sqs:purgeQueue", ["role"]),
    ],
)
def test_a_schedule_brings_what_its_role_may(
    site_of: Callable[[str], Site], action: str, resource: str, target: str, codes: list[str]
) -> None:
    assert [code for code, _ in _found(site_of(ROLE % (action, resource, target)))] == codes


def test_a_schedule_that_is_disabled_is_named(site_of: Callable[[str], Site]) -> None:
    text = ROLE % ("lambda:*", "*", "arn:aws:lambda:eu-west-1:1:function:f")
    text = text.replace('"rate(1 hour)"', '"rate(1 hour)"\n  state = "DISABLED"')
    assert _found(site_of(text)) == [("off", "aws_scheduler_schedule.clock")]


@pytest.mark.parametrize(
    ("topic", "queue", "codes"),
    [("", "", []), ("topic", "queue", []), ("topic", "", []), ("", "queue", ["fifo subscriber"])],
)
def test_a_standard_topic_does_not_reach_a_fifo_queue(
    site_of: Callable[[str], Site], topic: str, queue: str, codes: list[str]
) -> None:
    site = site_of(TOPIC % (*FIFO[topic], *FIFO[queue]))
    assert [code for code, _ in _found(site)] == codes


def test_a_subscription_that_its_queue_does_not_let_in_is_named(site_of: Callable[[str], Site]) -> None:
    text = (TOPIC % (*FIFO[""], *FIFO[""])).replace('Service = "sns.amazonaws.com"', 'Service = "s3.amazonaws.com"')
    assert _found(site_of(text)) == [("policy", "aws_sqs_queue.jobs")]


def test_a_mail_address_is_no_hop(site_of: Callable[[str], Site]) -> None:
    members = 'topic_arn = "arn:aws:sns:r:1:t"\n  protocol = "email"\n  endpoint = "a@example.org"'
    site = site_of(f'resource "aws_sns_topic_subscription" "s" {{\n  {members}\n}}')
    assert list(hops_of_senders(site)) == []


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ("alarm_actions = [aws_sns_topic.news.arn]", []),
        ("alarm_actions = [aws_sns_topic.news.arn]\n  actions_enabled = false", ["actions off"]),
        ("alarm_actions = [aws_sns_topic.news.arn]\n  ok_actions = [aws_sns_topic.news.arn]", []),
        ("alarm_actions = null", []),
        ('alarm_actions = ["arn:aws:automate:eu-west-1:ec2:stop"]', []),
    ],
)
def test_an_alarm_tells_each_topic_once(site_of: Callable[[str], Site], members: str, expected: list[str]) -> None:
    alarm = f'resource "aws_cloudwatch_metric_alarm" "a" {{\n  alarm_name = "a"\n  {members}\n}}\n'
    site = site_of('resource "aws_sns_topic" "news" { name = "news" }\n' + alarm)
    assert [code for code, _ in _found(site)] == expected
    assert len(list(hops_of_senders(site))) == (0 if "null" in members else 1)


def test_two_notifications_of_one_bucket_overwrite_each_other(site_of: Callable[[str], Site]) -> None:
    one = 'resource "aws_s3_bucket_notification" "%s" { bucket = "inbox" }\n'
    assert [code for code, _ in _found(site_of(one % "a" + one % "b"))] == ["overwritten", "overwritten"]
    assert _found(site_of(one % "a")) == []


def test_a_log_group_sends_with_a_role_or_a_permission(site_of: Callable[[str], Site]) -> None:
    text = (
        'resource "aws_cloudwatch_log_subscription_filter" "f" {\n  log_group_name = "/g"\n  destination_arn = "%s"\n}'
    )
    stream = "arn:aws:kinesis:eu-west-1:1:stream/s"
    assert _found(site_of(text % stream)) == [("no role", "aws_cloudwatch_log_subscription_filter.f")]


@pytest.mark.parametrize(("class_", "codes"), [("INFREQUENT_ACCESS", ["no subscriptions"]), ("STANDARD", [])])
def test_a_log_group_of_a_class_without_subscriptions_sends_nothing(
    site_of: Callable[[str], Site], class_: str, codes: list[str]
) -> None:
    site = site_of(f"""
resource "aws_cloudwatch_log_group" "g" {{
  name            = "g"
  log_group_class = "{class_}"
}}
resource "aws_cloudwatch_log_subscription_filter" "s" {{
  log_group_name  = aws_cloudwatch_log_group.g.name
  destination_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/s"
  role_arn        = "arn:aws:iam::123456789012:role/theirs"
}}
""")
    assert [code for code, _ in _found(site)] == codes


def test_a_schedule_of_a_foreign_role_is_off_all_the_same(site_of: Callable[[str], Site]) -> None:
    site = site_of("""
resource "aws_scheduler_schedule" "s" {
  state = "DISABLED"
  target {
    arn      = "arn:aws:sqs:eu-west-1:123456789012:q"
    role_arn = "arn:aws:iam::123456789012:role/theirs"
  }
}
""")
    assert [code for code, _ in _found(site)] == ["off"]
