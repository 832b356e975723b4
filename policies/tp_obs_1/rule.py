"""Someone hears when a function or a dead-letter queue is in trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapeproof.gate.aws.alarm_words import fix_of, tell_miss
from tapeproof.gate.aws.alarms import Metric, alarms_on, missed_by, notifies
from tapeproof.gate.aws.judging import any_of
from tapeproof.gate.aws.queues import dead_letter_queues
from tapeproof.gate.engine.ignored import find_ignored
from tapeproof.gate.engine.model import Finding, Undecided, Verdict
from tapeproof.gate.engine.rule import each, judge_all, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Resource, Stack
    from tapeproof.gate.engine.rule import Parameters

_HOLDS = ("actions_enabled", "alarm_actions", "comparison_operator", "dimensions", "metric_query", "threshold")


def judge(stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for each alarm that is missing, or that tells nobody."""
    yield from _functions(stack, parameters)
    try:
        yield from _queues(stack, parameters)
    except Undecided as undecided:
        yield Finding(Verdict.UNKNOWN, undecided.why, span=undecided.value.span)


@each("aws_lambda_function")
def _functions(function: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    metrics = (Metric("AWS/Lambda", name, "FunctionName") for name in parameters["function_metrics"])
    yield from judge_all(metrics, lambda metric: _check_alarm(stack, function, metric))


@over(dead_letter_queues)
def _queues(queue: Resource, stack: Stack, parameters: Parameters) -> Iterator[Finding]:
    metrics = [Metric("AWS/SQS", name, "QueueName") for name in parameters["queue_metrics"]]
    if not any_of(metrics, lambda metric: any(True for _ in alarms_on(stack, metric, queue))):
        yield from _report_no_alarm(stack, queue, metrics)
        return
    yield from judge_all(metrics, lambda metric: _heard(stack, queue, metric))


def _check_alarm(stack: Stack, resource: Resource, metric: Metric) -> Iterator[Finding]:
    if not any(True for _ in alarms_on(stack, metric, resource)):
        yield from _report_no_alarm(stack, resource, [metric])
    else:
        yield from _heard(stack, resource, metric)


def _report_no_alarm(stack: Stack, resource: Resource, metrics: list[Metric]) -> Iterator[Finding]:
    missed = next((one for metric in metrics for one in missed_by(stack, metric, resource)), None)
    if missed is not None:
        yield missed.alarm.fails(missed.at, tell_miss(missed, resource), fix=fix_of(missed))
        return
    metric = metrics[0]
    message = f"no alarm watches {metric.namespace} {metric.name} of it"
    fix = f"add an aws_cloudwatch_metric_alarm on {metric.name} with {metric.dimension} in its dimensions"
    yield resource.fails(resource, message, fix=fix, expected=f"an alarm on {metric.name}", observed="none")


def _heard(stack: Stack, resource: Resource, metric: Metric) -> Iterator[Finding]:
    alarms = list(alarms_on(stack, metric, resource))
    if alarms and not any_of(alarms, lambda alarm: notifies(stack, alarm)):
        message = f"the alarm on {metric.name} of {resource.address} tells nobody: it has no action that is enabled"
        place = alarms[0]["alarm_actions"] if "alarm_actions" in alarms[0] else alarms[0]
        fix = "alarm_actions = [aws_sns_topic.<name>.arn]"
        yield alarms[0].fails(place, message, fix=fix, expected="an action", observed="none")
    if len(alarms) == 1:
        yield from find_ignored(alarms[0], *_HOLDS)
