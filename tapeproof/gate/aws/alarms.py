"""CloudWatch alarms: what they watch, and whether anyone hears them."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from tapeproof.gate.aws.accounts import own_accounts
from tapeproof.gate.aws.composite_alarms import goes_off_with
from tapeproof.gate.aws.judging import any_of, those
from tapeproof.gate.aws.metric_queries import selects
from tapeproof.gate.aws.whereabouts import in_another_region
from tapeproof.gate.engine.model import Ref, Undecided, Value
from tapeproof.gate.engine.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tapeproof.gate.engine.model import Block, Resource, Stack

__all__ = ["Metric", "Miss", "Missed", "alarms_on", "missed_by", "notifies"]

_DIMENSIONS = {
    "AWS/Lambda": frozenset({"FunctionName", "Resource", "ExecutedVersion"}),
    "AWS/SQS": frozenset({"QueueName"}),
}
"""What a service publishes its metrics by; with any other dimension beside them there is no such metric, and an alarm
never has data (AWS Lambda Developer Guide, "Types of metrics for Lambda functions"; Amazon SQS Developer Guide,
"Available CloudWatch metrics for Amazon SQS"; Amazon CloudWatch User Guide, "Dimensions")."""
_HANDLES = frozenset({"arn", "url", "qualified_arn", "invoke_arn", "qualified_invoke_arn"})
_WHOSE_ID_IS_NO_NAME = frozenset({"aws_sqs_queue"})
"""Source: documentation of the AWS provider, "Attribute Reference"."""
_COUNTS_OF_ALL = frozenset({"ApproximateNumberOfMessagesVisible"})
"""Metrics of a dead-letter queue that should be 0."""


class Metric(NamedTuple):
    """A metric of one resource: ``AWS/Lambda``, ``Errors``, ``FunctionName``."""

    namespace: str
    name: str
    dimension: str


class Miss(Enum):
    """Why an alarm that is meant for a metric never tells of trouble."""

    HANDLE = auto()
    """The dimension holds the resource's ARN or URL in the place of its name."""
    DIMENSION = auto()
    """AWS publishes no such metric with one of the dimensions."""
    DIRECTION = auto()
    """It goes off when there is little of what is counted."""
    THRESHOLD = auto()
    """It goes off only when there is more than one of what should not be there at all."""
    REGION = auto()
    """It is in another region, and sees metrics of its own."""


class Missed(NamedTuple):
    """An alarm that is meant for a metric and never tells of trouble.

    Attributes:
        alarm: The alarm.
        why: What is wrong with it.
        at: The value that is wrong.
        subject: The dimension that is wrong; else empty.
    """

    alarm: Resource
    why: Miss
    at: Value
    subject: str = ""


def alarms_on(stack: Stack, metric: Metric, resource: Resource) -> Iterator[Resource]:
    """Yield the alarms that watch a metric of a resource, alone or in an expression, and go off when it is bad.

    Raises:
        Undecided: After them, when another alarm may.
    """
    return those(_list_alarms(stack, metric), lambda alarm: _watches(stack, alarm, metric, resource))


def missed_by(stack: Stack, metric: Metric, resource: Resource) -> Iterator[Missed]:
    """Yield what is wrong with each alarm that is meant for a metric of a resource and never tells of trouble.

    Raises:
        Undecided: It cannot be told of one.
    """
    for alarm in _list_alarms(stack, metric):
        for watched in _list_metric_blocks(alarm):
            if _is_meant(stack, watched, metric, resource):
                missed = _wrong_with(stack, alarm, watched, metric, resource)
                if missed is not None:
                    yield missed


_last: list[tuple[Stack, list[tuple[Resource, set[tuple[str, str]] | None]]]] = []
"""The stack that was asked about last; each function and queue asks for alarms on several metrics."""


def _list_alarms(stack: Stack, metric: Metric) -> list[Resource]:
    """Return the alarms of a stack that may name a metric."""
    wanted = (metric.namespace, metric.name)
    return [alarm for alarm, named in _list_all_alarms(stack) if named is None or wanted in named]


def _list_all_alarms(stack: Stack) -> list[tuple[Resource, set[tuple[str, str]] | None]]:
    """Return the alarms of a stack with the metrics they name; None where that is not wholly known."""
    listed = next((known for asked, known in _last if asked is stack), None)
    if listed is None:
        listed = [(alarm, _list_metrics(alarm)) for alarm in stack.resources("aws_cloudwatch_metric_alarm")]
        _last[:] = [(stack, listed)]
    return listed


def _list_metrics(alarm: Resource) -> set[tuple[str, str]] | None:
    try:
        if any(not query["expression"].is_unset for query in alarm.blocks("metric_query")):
            return None  # an expression may name metrics too
        blocks = list(_list_metric_blocks(alarm))
        named = [[block[name] for name in ("namespace", "metric_name")] for block in blocks]
        return {(space.text(), name.text()) for space, name in named if not (space.is_unset or name.is_unset)}
    except Undecided:
        return None


def notifies(stack: Stack, alarm: Resource) -> bool:
    """Return whether an alarm tells someone: by an action of its own, or through a composite alarm that has one.

    Raises:
        Undecided: It cannot be told.
    """
    if _acts(alarm):
        return True
    name = alarm["alarm_name"]
    composites = stack.resources("aws_cloudwatch_composite_alarm")
    return any_of(composites, lambda one: _acts(one) and goes_off_with(one["alarm_rule"], alarm, name))


def _acts(alarm: Resource) -> bool:
    return alarm.get("actions_enabled", True).boolean() and bool(alarm["alarm_actions"].elements())


def _watches(stack: Stack, alarm: Resource, metric: Metric, resource: Resource) -> bool:
    def goes_off(watched: Block) -> bool:
        meant = _is_meant(stack, watched, metric, resource)
        return meant and _wrong_with(stack, alarm, watched, metric, resource) is None

    if in_another_region(stack, alarm, resource):
        return False
    if any_of(_list_metrics_used(stack, alarm), goes_off):
        return True
    names = {"namespace": metric.namespace, "name": metric.name, "dimension": metric.dimension}
    queries = (query["expression"] for query in alarm.blocks("metric_query"))
    return any_of(queries, lambda query: not query.is_unset and selects(query, resource, **names))


def _list_metrics_used(stack: Stack, alarm: Resource) -> Iterator[Block]:
    """Yield the blocks of metrics that the alarm goes by: returned or used by an expression, and of this account."""
    yield alarm
    queries = list(alarm.blocks("metric_query"))
    returned = [query for query in queries if _may_be_returned(query["return_data"])]
    texts = [query["expression"] for query in queries if not query["expression"].is_unset]
    for query in queries:
        used = not returned or query in returned or any(_names(text, query["id"]) for text in texts)
        if used and not _is_of_another_account(stack, query["account_id"]):
            yield from query.blocks("metric")


def _may_be_returned(switch: Value) -> bool:
    return not switch.known or (not switch.is_unset and switch.boolean())


def _names(expression: Value, name: Value) -> bool:
    if not expression.known or not name.known or name.is_unset:
        return True
    return re.search(rf"\b{re.escape(name.text())}\b", expression.text()) is not None


def _is_of_another_account(stack: Stack, account: Value) -> bool:
    if not account.known or account.is_unset:
        return False
    own = own_accounts(stack)
    return bool(own) and account.text() not in own


def _list_metric_blocks(alarm: Resource) -> Iterator[Block]:
    """Yield the blocks that name a metric: the alarm itself, or those inside its metric queries."""
    yield alarm
    for query in alarm.blocks("metric_query"):
        yield from query.blocks("metric")


def _is_meant(stack: Stack, watched: Block, metric: Metric, resource: Resource) -> bool:
    for attribute, wanted in (("namespace", metric.namespace), ("metric_name", metric.name)):
        value = watched[attribute]
        if value.is_unset or value.text() != wanted:
            return False
    dimension = watched["dimensions"].entry(metric.dimension)
    return not dimension.is_unset and resource in stack.resolve(dimension, resource.type)


def _wrong_with(stack: Stack, alarm: Resource, watched: Block, metric: Metric, resource: Resource) -> Missed | None:
    if in_another_region(stack, alarm, resource):
        return Missed(alarm, Miss.REGION, alarm["region"] if "region" in alarm else alarm["alarm_name"])
    return _fault_of(alarm, watched, metric, resource.type)


def _fault_of(alarm: Resource, watched: Block, metric: Metric, type_: str) -> Missed | None:
    """Return why an alarm that is meant for a metric never tells of trouble; None when it does."""
    dimensions = watched["dimensions"].entries()
    if _is_handle(dimensions[metric.dimension], type_):
        return Missed(alarm, Miss.HANDLE, dimensions[metric.dimension], metric.dimension)
    known = _DIMENSIONS.get(metric.namespace, frozenset(dimensions))
    strange = next((name for name, value in dimensions.items() if name not in known and not value.is_unset), "")
    if strange:
        return Missed(alarm, Miss.DIMENSION, dimensions[strange], strange)
    operator = alarm["comparison_operator"]
    if watched is not alarm or operator.is_unset:
        return None  # what an expression compares may be turned round
    if operator.text() in {"LessThanThreshold", "LessThanOrEqualToThreshold", "LessThanLowerThreshold"}:
        return Missed(alarm, Miss.DIRECTION, operator)
    return _fault_of_threshold(alarm, operator.text()) if metric.name in _COUNTS_OF_ALL else None


def _fault_of_threshold(alarm: Resource, operator: str) -> Missed | None:
    threshold = alarm["threshold"]
    if threshold.is_unset:
        return None
    late = threshold.number() >= 1 if operator == "GreaterThanThreshold" else threshold.number() > 1
    return Missed(alarm, Miss.THRESHOLD, threshold) if late else None


def _is_handle(dimension: Value, type_: str) -> bool:
    """Return whether a value that stands for a resource of a type is its ARN or URL, not its name."""
    if isinstance(dimension, Ref):
        return dimension.path in _HANDLES or (dimension.path == "id" and type_ in _WHOSE_ID_IS_NO_NAME)
    pieces = dimension.pieces_of_text()
    first = pieces[0].content if pieces else ""
    return isinstance(first, str) and first.startswith(("arn:", "https://"))
