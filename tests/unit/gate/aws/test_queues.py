"""Dead-letter queues: which queues are meant for failures, and who is let into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.queues import (
    admits_rule,
    admits_topic,
    dead_letter_queues,
    is_fifo,
    redrive_targets,
    refuses_redrive,
    role_may_send,
    same_order,
)
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Resource, Stack

QUEUES = """
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
  %s
}

resource "aws_sqs_queue" "lost" {
  name = "lost"
  %s
}
"""
REDRIVE = "redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn })"
APART = 'resource "aws_sqs_queue_redrive_policy" "p" {\n  queue_url = aws_sqs_queue.jobs.url\n  ' + REDRIVE + "\n}\n"


def _queues(stack: Stack) -> tuple[Resource, Resource]:
    jobs, lost = stack.resources("aws_sqs_queue")
    return jobs, lost


@pytest.mark.parametrize(
    ("inside", "besides", "count"),
    [(REDRIVE, "", 1), ("", APART, 1), (REDRIVE, APART, 2), ("", "", 0)],
)
def test_failures_go_where_each_redrive_policy_says(
    stack_of: Callable[[str], Stack], inside: str, besides: str, count: int
) -> None:
    stack = stack_of(QUEUES % (inside, "") + besides)
    found = redrive_targets(stack, _queues(stack)[0])
    assert [stack.resolve(one, "aws_sqs_queue")[0].address for one in found] == ["aws_sqs_queue.lost"] * count
    assert [queue.address for queue in dead_letter_queues(stack)] == ["aws_sqs_queue.lost"] * bool(count)


def _allow(permission: str, sources: str = "") -> str:
    return f'redrive_allow_policy = jsonencode({{ redrivePermission = "{permission}"{sources} }})'


@pytest.mark.parametrize(
    ("policy", "refused"),
    [
        ("", False),
        (_allow("allowAll"), False),
        (_allow("denyAll"), True),
        (_allow("byQueue", ", sourceQueueArns = [aws_sqs_queue.jobs.arn]"), False),
        (_allow("byQueue", ', sourceQueueArns = ["arn:aws:sqs:r:1:jobs"]'), False),
        (_allow("byQueue", ', sourceQueueArns = ["arn:aws:sqs:r:1:other"]'), True),
    ],
)
def test_a_dead_letter_queue_may_refuse_a_source(stack_of: Callable[[str], Stack], policy: str, refused: bool) -> None:
    stack = stack_of(QUEUES % (REDRIVE, policy))
    jobs, lost = _queues(stack)
    assert (refuses_redrive(stack, lost, jobs) is not None) is refused


def test_an_order_is_kept_or_not_on_both_sides(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(QUEUES % ("fifo_queue = true", "fifo_queue = false"))
    jobs, lost = _queues(stack)
    assert (is_fifo(jobs), is_fifo(lost)) == (True, False)
    assert not same_order([jobs], lost)
    assert same_order([jobs], jobs)
    assert same_order([], lost)


RULE = """
resource "aws_cloudwatch_event_rule" "r" {
  name = "r"
}

resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:lambda:r:1:function:f"
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.lost.id
  policy = jsonencode({ Statement = [{
    Effect = "%s", Principal = { Service = "%s" }, Action = "%s", Resource = "%s"%s
  }] })
}
"""
FROM = ', Condition = { ArnEquals = { "aws:SourceArn" = %s } }'
EVENTS, TOPICS = "events.amazonaws.com", "sns.amazonaws.com"


@pytest.mark.parametrize(
    ("statement", "rule", "topic"),
    [
        (("Allow", EVENTS, "sqs:SendMessage", "*", ""), True, False),
        (("Allow", EVENTS, "SQS:Send*", "*", ""), True, False),
        (("Allow", EVENTS, "sqs:Receive*", "*", ""), False, False),
        (("Deny", EVENTS, "sqs:*", "*", ""), False, False),
        (("Allow", EVENTS, "sqs:*", "arn:aws:sqs:r:1:other", ""), False, False),
        (("Allow", EVENTS, "sqs:*", "*", FROM % "aws_cloudwatch_event_rule.r.arn"), True, False),
        (("Allow", EVENTS, "sqs:*", "*", FROM % '"arn:aws:events:r:1:rule/r"'), True, False),
        (("Allow", EVENTS, "sqs:*", "*", FROM % '"arn:aws:events:r:1:rule/other"'), False, False),
        (("Allow", TOPICS, "sqs:*", "*", ""), False, True),
        (("Allow", TOPICS, "sqs:*", "*", FROM % "aws_sns_topic.news.arn"), False, True),
        (("Allow", TOPICS, "sqs:*", "*", FROM % '"arn:aws:sns:r:1:other"'), False, False),
    ],
)
def test_a_queue_lets_in_whom_its_policy_names(
    stack_of: Callable[[str], Stack], statement: tuple[str, ...], rule: bool, topic: bool
) -> None:
    subscription = 'resource "aws_sns_topic_subscription" "s" {\n  topic_arn = aws_sns_topic.news.arn\n}\n'
    stack = stack_of(QUEUES % ("", "") + RULE % statement + subscription)
    _, lost = _queues(stack)
    (target,) = stack.resources("aws_cloudwatch_event_target")
    (subscribed,) = stack.resources("aws_sns_topic_subscription")
    assert admits_rule(stack, lost, target) is rule
    assert admits_topic(stack, lost, subscribed["topic_arn"]) is topic


ROLE = """
resource "aws_iam_role" "r" {
  name = "r"
  inline_policy {
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "%s", Resource = %s }] })
  }
}

resource "aws_scheduler_schedule" "s" {
  target {
    role_arn = %s
  }
}
"""


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("sqs:SendMessage", "aws_sqs_queue.lost.arn", True),
        ("*", '"*"', True),
        ("sqs:Get*", '"*"', False),
        ("sqs:SendMessage", "aws_sqs_queue.jobs.arn", False),
    ],
)
def test_a_role_may_send_what_its_policies_allow(
    stack_of: Callable[[str], Stack], action: str, resource: str, expected: bool
) -> None:
    stack = stack_of(QUEUES % ("", "") + ROLE % (action, resource, "aws_iam_role.r.arn"))
    (schedule,) = stack.resources("aws_scheduler_schedule")
    assert role_may_send(stack, _queues(stack)[1], schedule.at("target.role_arn")) is expected


def test_a_role_of_others_cannot_be_read(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of(QUEUES % ("", "") + ROLE % ("*", '"*"', '"arn:aws:iam::1:role/theirs"'))
    (schedule,) = stack.resources("aws_scheduler_schedule")
    with pytest.raises(Undecided, match="outside this stack"):
        role_may_send(stack, _queues(stack)[1], schedule.at("target.role_arn"))
