"""Alarms: what they watch, and whether anyone hears them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tapeproof.gate.aws.alarms import Metric, Miss, alarms_on, missed_by, notifies
from tapeproof.gate.engine.model import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tapeproof.gate.engine.model import Stack

DEPTH = Metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName")
QUEUE = 'resource "aws_sqs_queue" "lost" {\n  name = "lost"\n}\n'
PLAIN = """
  namespace   = "AWS/SQS"
  metric_name = "ApproximateNumberOfMessagesVisible"
  dimensions  = { QueueName = %s }
"""
QUERY = "metric_query {\n  metric {\n    %s\n  }\n}"


def _alarm(body: str) -> str:
    return f'resource "aws_cloudwatch_metric_alarm" "a" {{\n  alarm_name = "a"\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("body", "watched"),
    [
        (PLAIN % "aws_sqs_queue.lost.name", True),
        (PLAIN % '"lost"', True),
        (PLAIN % '"other"', False),
        ((PLAIN % "aws_sqs_queue.lost.name").replace("Visible", "NotVisible"), False),
        ((PLAIN % "aws_sqs_queue.lost.name").replace("AWS/SQS", "AWS/SNS"), False),
        (PLAIN % '"other"' + QUERY % (PLAIN % "aws_sqs_queue.lost.name").replace("\n  ", "\n    "), True),
        (QUERY % (PLAIN % "aws_sqs_queue.lost.name").replace("\n  ", "\n    "), True),
        ("", False),
    ],
)
def test_an_alarm_watches_the_metric_of_the_resource(
    stack_of: Callable[[str], Stack], body: str, watched: bool
) -> None:
    stack = stack_of(QUEUE + _alarm(body))
    (queue,) = stack.resources("aws_sqs_queue")
    assert [alarm.address for alarm in alarms_on(stack, DEPTH, queue)] == (
        ["aws_cloudwatch_metric_alarm.a"] if watched else []
    )


def test_an_alarm_on_something_unknown_may_watch_it(stack_of: Callable[[str], Stack]) -> None:
    stack = stack_of('variable "queue" {}\n' + QUEUE + _alarm(PLAIN % "var.queue"))
    (queue,) = stack.resources("aws_sqs_queue")
    with pytest.raises(Undecided):
        list(alarms_on(stack, DEPTH, queue))


@pytest.mark.parametrize("attribute", ["namespace", "metric_name"])
def test_an_alarm_on_a_metric_that_is_not_known_may_watch_it(stack_of: Callable[[str], Stack], attribute: str) -> None:
    lines = [line for line in PLAIN.splitlines() if not line.strip().startswith(attribute)]
    body = "\n".join([*lines, f"  {attribute} = var.what"]) % "aws_sqs_queue.lost.name"
    stack = stack_of('variable "what" {}\n' + QUEUE + _alarm(body))
    (queue,) = stack.resources("aws_sqs_queue")
    with pytest.raises(Undecided):
        list(alarms_on(stack, DEPTH, queue))


def test_each_stack_has_its_own_alarms(stack_of: Callable[[str], Stack]) -> None:
    watched, alone = stack_of(QUEUE + _alarm(PLAIN % "aws_sqs_queue.lost.name")), stack_of(QUEUE)
    found = [
        len(list(alarms_on(one, DEPTH, next(one.resources("aws_sqs_queue"))))) for one in (watched, alone, watched)
    ]
    assert found == [1, 0, 1]


COMPOSITE = """
resource "aws_cloudwatch_composite_alarm" "c" {
  alarm_rule    = %s
  alarm_actions = %s
}
"""


@pytest.mark.parametrize(
    ("body", "composite", "expected"),
    [
        ('alarm_actions = ["arn:aws:sns:r:1:t"]', "", True),
        ("alarm_actions = []", "", False),
        ("", "", False),
        ('alarm_actions = ["arn:aws:sns:r:1:t"]\n  actions_enabled = false', "", False),
        ("", COMPOSITE % ('"ALARM(a)"', '["arn:aws:sns:r:1:t"]'), True),
        ("", COMPOSITE % ('"ALARM(${aws_cloudwatch_metric_alarm.a.alarm_name})"', '["arn:aws:sns:r:1:t"]'), True),
        ("", COMPOSITE % ('"ALARM(b)"', '["arn:aws:sns:r:1:t"]'), False),
        ("", COMPOSITE % ('"ALARM(a)"', "[]"), False),
    ],
)
def test_somebody_hears_an_alarm_by_its_action_or_through_a_composite(
    stack_of: Callable[[str], Stack], body: str, composite: str, expected: bool
) -> None:
    stack = stack_of(_alarm(body) + composite)
    (alarm,) = stack.resources("aws_cloudwatch_metric_alarm")
    assert notifies(stack, alarm) is expected


ERRORS = Metric("AWS/Lambda", "Errors", "FunctionName")
FUNCTION = 'resource "aws_lambda_function" "f" {\n  function_name = "f"\n}\n'
ON_FUNCTION = '  namespace   = "AWS/Lambda"\n  metric_name = "Errors"\n  dimensions  = { FunctionName = "f"%s }\n%s'
VISIBLE = PLAIN % "aws_sqs_queue.lost.name" + '  comparison_operator = "%s"\n  threshold = %s\n'


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (PLAIN % "aws_sqs_queue.lost.arn", Miss.HANDLE),
        (PLAIN % "aws_sqs_queue.lost.id", Miss.HANDLE),
        (PLAIN % "aws_sqs_queue.lost.url", Miss.HANDLE),
        (PLAIN % '"https://sqs.us-east-1.amazonaws.com/111122223333/lost"', Miss.HANDLE),
        (PLAIN % '"lost", Team = "a"', Miss.DIMENSION),
        (QUERY % (PLAIN % "aws_sqs_queue.lost.arn").replace("\n  ", "\n    "), Miss.HANDLE),
        (VISIBLE % ("LessThanThreshold", 1), Miss.DIRECTION),
        (VISIBLE % ("GreaterThanThreshold", 1), Miss.THRESHOLD),
        (VISIBLE % ("GreaterThanOrEqualToThreshold", 2), Miss.THRESHOLD),
        (VISIBLE % ("GreaterThanOrEqualToThreshold", 1), None),
        (VISIBLE % ("GreaterThanThreshold", 0.5), None),
        (PLAIN % '"lost", Team = null', None),
    ],
)
def test_an_alarm_that_never_tells_of_dead_letters_is_none(
    stack_of: Callable[[str], Stack], body: str, why: Miss | None
) -> None:
    stack = stack_of(QUEUE + _alarm(body))
    (queue,) = stack.resources("aws_sqs_queue")
    assert [missed.why for missed in missed_by(stack, DEPTH, queue)] == ([] if why is None else [why])
    assert bool(list(alarms_on(stack, DEPTH, queue))) is (why is None)


@pytest.mark.parametrize(
    ("body", "watched"),
    [
        (ON_FUNCTION % (', Resource = "f:live"', ""), True),
        (ON_FUNCTION % (', Resource = "f:live", ExecutedVersion = "3"', ""), True),
        (ON_FUNCTION % (', Environment = "prod"', ""), False),
        (ON_FUNCTION % ("", '  comparison_operator = "GreaterThanUpperThreshold"\n'), True),
        (ON_FUNCTION % ("", '  comparison_operator = "LessThanOrEqualToThreshold"\n  threshold = 9\n'), False),
        (ON_FUNCTION % ("", '  comparison_operator = "GreaterThanThreshold"\n  threshold = 9\n'), True),
        ((ON_FUNCTION % ("", "")).replace('"f"', "aws_lambda_function.f.arn"), False),
        ((ON_FUNCTION % ("", "")).replace('"f"', "aws_lambda_function.f.id"), True),
    ],
)
def test_an_alarm_has_data_only_by_dimensions_that_aws_publishes(
    stack_of: Callable[[str], Stack], body: str, watched: bool
) -> None:
    stack = stack_of(FUNCTION + _alarm(body))
    (function,) = stack.resources("aws_lambda_function")
    assert bool(list(alarms_on(stack, ERRORS, function))) is watched


def test_what_an_expression_compares_may_be_turned_round(stack_of: Callable[[str], Stack]) -> None:
    query = QUERY % (ON_FUNCTION % ("", ""))
    stack = stack_of(FUNCTION + _alarm(query + '\n  comparison_operator = "LessThanThreshold"\n  threshold = 99'))
    (function,) = stack.resources("aws_lambda_function")
    assert list(alarms_on(stack, ERRORS, function))
